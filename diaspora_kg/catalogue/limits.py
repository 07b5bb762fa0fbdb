"""Codes of the limits under which queries from outside run."""

from diaspora_kg.catalogue.entries import entry

ENTRIES = (
    entry(
        "DKG415",
        "a limit is not a number",
        """'--timeout' takes seconds, '--max-rows' a number of rows, '--max-memory' megabytes. None
        of them is below nought; 0 lifts the limit.""",
        "command",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o } LIMIT 5' --timeout -1",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o } LIMIT 5' --timeout 10",
    ),
    entry(
        "DKG416",
        "a query took too long and was stopped",
        """The usual cause is two patterns without a common variable: each match of the one is set
        beside each of the other. A path with '*' or '+' whose ends are both open is another. There
        is no answer, not even in part. '--timeout SECONDS' allows more time, 60 being the rule.""",
        "command",
        "diaspora-kg query --timeout 1"
        " --sparql 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }'",
        "diaspora-kg query --timeout 10 --sparql 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c }'",
    ),
    entry(
        "DKG417",
        "a query needed too much memory and was stopped",
        """ORDER BY, GROUP BY and DISTINCT hold all that they look at. There is no answer, not even
        in part. '--max-memory MB' allows more, 1024 on top of the opened graph being the rule; an
        answer may not be larger than that either.""",
        "command",
        "diaspora-kg query --max-memory 50"
        " --sparql 'SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f'",
        "diaspora-kg query --max-memory 200"
        " --sparql 'SELECT * { ?a a dkg:Conflict ; ?b ?c } ORDER BY ?c LIMIT 5'",
    ),
    entry(
        "DKG418",
        "an answer was cut",
        """The query gives more rows than '--max-rows' allows, 100,000 being the rule. Those that
        came first were written, and the exit status is 1. Without ORDER BY it is left to chance
        which rows come first, so a cut answer is no sample. This is a warning.""",
        "command",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o }' --max-rows 10",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o } LIMIT 10' --max-rows 10",
    ),
    entry(
        "DKG419",
        "the process that ran a query broke off",
        """SPARQL of your own runs in a process of its own. It was killed from outside, as a system
        short of memory does, or the engine failed in it: it does with some ten thousand brackets
        one in another. There is no answer; nothing else is harmed. The exit status is 3.""",
        "command",
        "diaspora-kg query --sparql nested.rq    # FILTER with 100,000 brackets",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o FILTER((1 + 1) = 2) } LIMIT 5'",
    ),
    entry(
        "DKG420",
        "the process for a query did not start",
        """SPARQL of your own runs in a process of its own, which this system did not start or let
        end before it had opened the graph. The message says why, as far as it is known. The exit
        status is 3.""",
        "command",
        "diaspora-kg query --sparql 'ASK {}'    # where Python may start no programs",
        "diaspora-kg query --sparql 'ASK {}'",
    ),
    entry(
        "DKG460",
        "evidence that would be too much to trace",
        """To say what a row rests on, the query is followed a second time, solution by solution.
        Where that would hold more than 500,000 of them at once, or look at more than 5,000,000
        triples, it is given up. The answer itself is whole and is written; its rows stand without
        evidence, and a warning says so. A count over everything is the usual cause.""",
        "command",
        "diaspora-kg query --evidence"
        " --sparql 'SELECT (COUNT(*) AS ?n) { ?a a dkg:Claim . ?b a dkg:Claim }'",
        "diaspora-kg query --evidence --sparql 'SELECT (COUNT(*) AS ?n) { ?a a dkg:Conflict }'",
    ),
)
