"""Codes of queries that ask other services with SERVICE."""

from diaspora_kg.catalogue.entries import entry

_ASK = "diaspora-kg query labels.rq --allow-service "

ENTRIES = (
    entry(
        "DKG422",
        "a service is not among those that may be asked",
        """A query with SERVICE asks the services that '--allow-service' names, and no other: HOST
        stands for the usual ports (443 for https, 80 for http), HOST:PORT for one port. Nothing
        is sent before all services of a query are allowed. SILENT changes nothing of this.""",
        "command",
        _ASK + "localhost    # the query says SERVICE <http://localhost:7878/query>",
        _ASK + "localhost:7878",
    ),
    entry(
        "DKG423",
        "a SERVICE clause cannot be followed",
        """The address of a service is written out, as an IRI or a prefixed name, so that a reader
        sees who is asked: a variable could name anybody. A service asks no other service for us,
        so no SERVICE stands inside of another. The word stands by itself, and not in a text.""",
        "command",
        "diaspora-kg query --sparql 'SELECT * { ?s dkg:endpoint ?w . SERVICE ?w { ?s ?p ?o } }' "
        "--allow-service example.org",
        "diaspora-kg query --sparql 'SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } "
        "}' --allow-service example.org",
    ),
    entry(
        "DKG424",
        "what may be asked is named by its host",
        """'--allow-service' takes a host and, where it is none of the usual, a port: no address
        with a path, no pattern. The address itself stands in the query.""",
        "command",
        _ASK + "https://query.wikidata.org/sparql",
        _ASK + "query.wikidata.org",
    ),
    entry(
        "DKG425",
        "a service sends more than the query may take",
        """A service may give as many rows as '--max-rows' allows, 100,000 being the rule, and its
        answer may be an eighth of '--max-memory' long. A part of its rows would make a wrong
        answer, so there is none. Say more in the SERVICE part of what is wanted; bind its
        variables by patterns of the local graph, whose values are then sent along.""",
        "command",
        "diaspora-kg query --sparql 'SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } "
        "}' --allow-service example.org",
        "diaspora-kg query --sparql 'SELECT * { ?state a dkg:State ; skos:exactMatch ?s . SERVICE "
        "<https://example.org/sparql> { ?s rdfs:label ?o } }' --allow-service example.org",
    ),
    entry(
        "DKG427",
        "a service is not asked, and nothing is kept of what it would say",
        """With '--offline' a query takes what services answered before, whatever its age, and sends
        nothing. This very question was not asked yet: the patterns of SERVICE and the values that
        the local graph gives for them are the question. The exit status is 3.""",
        "command",
        _ASK + "query.wikidata.org --offline    # for the first time",
        _ASK + "query.wikidata.org",
    ),
    entry(
        "DKG428",
        "a query with SERVICE needs a graph on disk",
        """With '--endpoint' the query runs on a service, and that service would ask the other one:
        what it may reach, what it keeps and how much it takes could not be seen from here. Build
        the graph on this machine for queries with SERVICE.""",
        "command",
        _ASK + "query.wikidata.org --endpoint http://localhost:7878/query",
        _ASK + "query.wikidata.org --kg kg",
    ),
)
