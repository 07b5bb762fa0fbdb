"""Codes of questions: queries, their parameters, and pictures."""

from diaspora_kg.catalogue.entries import entry

ENTRIES = (
    entry(
        "DKG401",
        "there is no packaged query of that name",
        """'diaspora-kg query' without a name lists the packaged queries, each with the question
        that it answers. Any SPARQL of your own goes with '--sparql'.""",
        "command",
        "diaspora-kg query definitions-of-concept",
        "diaspora-kg query definitions-of-a-concept -p concept='soft power'",
    ),
    entry(
        "DKG402",
        "the query has no such parameter",
        """The parameters of a query are listed by 'diaspora-kg query NAME --show'. SPARQL of your
        own takes none, unless it has a header as 'diaspora-kg new query' writes it.""",
        "command",
        "diaspora-kg query definitions-of-a-concept -p concpt='soft power'",
        "diaspora-kg query definitions-of-a-concept -p concept='soft power'",
    ),
    entry(
        "DKG403",
        "a parameter that the query needs is missing",
        "Some queries ask about one thing, and have to be told which. The hint gives an example.",
        "command",
        "diaspora-kg query definitions-of-a-concept",
        "diaspora-kg query definitions-of-a-concept -p concept='soft power'",
    ),
    entry(
        "DKG404",
        "a value fits nothing in the graph, or not the parameter",
        """A parameter for a thing takes its short name (ytb), its address (dkgid:ytb) or any of its
        labels, in any language; capital letters and accents make no difference. Numbers, dates
        and truth values must be such. 'diaspora-kg find TEXT' looks for names.""",
        "command",
        "diaspora-kg query definitions-of-a-concept -p concept='sofft pwer'",
        "diaspora-kg query definitions-of-a-concept -p concept='yumuşak güç'",
    ),
    entry(
        "DKG405",
        "a name means several things",
        "Several things of the graph bear the label that was given. The hint lists their names.",
        "command",
        "diaspora-kg query claims-about -p entity='culture'",
        "diaspora-kg query claims-about -p entity=dkgc:core/culture",
    ),
    entry(
        "DKG406",
        "the SPARQL is not well-formed",
        """The message says at which line and column reading stopped. The prefixes of the project
        (dkg, dkgc, dkgid, dcterms, skos and others) need not be declared.""",
        "command",
        "diaspora-kg query --sparql 'SELECT ?s WHERE { ?s a dkg:Claim '",
        "diaspora-kg query --sparql 'SELECT ?s WHERE { ?s a dkg:Claim } LIMIT 5'",
    ),
    entry(
        "DKG407",
        "the header of a query is not right",
        """A packaged query begins with '#+' lines that hold title, question, description, params
        and columns, in YAML. Its VALUES row names the same parameters in the same order, and it
        has an ORDER BY. 'diaspora-kg new query NAME' writes one that is right.""",
        "command",
        "printf '#+ titel: {en: My query}\\nSELECT ?s { ?s ?p ?o }' > my.rq"
        " && diaspora-kg query --sparql my.rq",
        "diaspora-kg new query my && diaspora-kg query --sparql my.rq",
    ),
    entry(
        "DKG408",
        "the query would use the network",
        """A SERVICE part asks another server. Nothing leaves this machine unless it was asked for
        by name: '--allow-service HOST' names the server that may be asked (docs/federation.md).""",
        "command",
        "diaspora-kg query --sparql 'SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }'",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o } LIMIT 5'",
    ),
    entry(
        "DKG409",
        "the query would change the graph",
        """The graph is made from case files and never edited: otherwise nobody could say where a
        statement came from. Change the case, and build again.""",
        "command",
        "diaspora-kg query --sparql 'DELETE WHERE { ?s ?p ?o }'",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o } LIMIT 5'",
    ),
    entry(
        "DKG410",
        "the query has no time that could be restricted",
        """'--as-of' keeps what held on a day. A packaged query can do that when it has a parameter
        'as_of'; in SPARQL of your own, compare dkg:earliest and dkg:latest of facts.""",
        "command",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o }' --as-of 2015-01-01",
        "diaspora-kg query institutions-of-states --as-of 2015-01-01",
    ),
    entry(
        "DKG411",
        "the SPARQL cannot be found",
        """What follows '--sparql' is SPARQL between quotation marks, the name of a file, or '-'
        for stdin. A text without braces is taken for the name of a file.""",
        "command",
        "diaspora-kg query --sparql no-such-file.rq",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o } LIMIT 5'",
    ),
    entry(
        "DKG412",
        "a result cannot be written in that form",
        """Tables of rows, findings, entries and triples have different forms. The hint names those
        that fit what this command writes.""",
        "command",
        "diaspora-kg query definitions-of-a-concept -p concept='soft power' -f bibtex",
        "diaspora-kg query definitions-of-a-concept -p concept='soft power' -f csv",
    ),
    entry(
        "DKG413",
        "a parameter is not written as KEY=VALUE, or stands twice",
        """Every '-p' gives one parameter its value. A value with a blank stands between quotation
        marks, for the sake of the shell.""",
        "command",
        "diaspora-kg query definitions-of-a-concept -p 'soft power'",
        "diaspora-kg query definitions-of-a-concept -p concept='soft power'",
    ),
    entry(
        "DKG414",
        "the ontology has no such term or concept",
        """'diaspora-kg terms' lists classes, properties and concepts; a name may be written in
        English or Turkish, as an address, or as the short name that cases use.""",
        "command",
        "diaspora-kg terms DiasporaInstitut",
        "diaspora-kg terms DiasporaInstitution",
    ),
    entry(
        "DKG421",
        "a search holds no word",
        """'find' looks for words in names, titles, definitions and quotes. It was given nothing, or
        nothing but blanks.""",
        "command",
        "diaspora-kg find ''",
        "diaspora-kg find 'soft power'",
    ),
    entry(
        "DKG450",
        "there is no picture of that name",
        "'diaspora-kg draw' without a name lists the pictures that can be drawn.",
        "command",
        "diaspora-kg draw concept-mp",
        "diaspora-kg draw concept-map",
    ),
    entry(
        "DKG451",
        "the graph holds no concept map",
        """A concept map is drawn from claims that have 'map:' and 'phrase:'. The graph that was
        opened holds none.""",
        "command",
        "diaspora-kg draw concept-map --kg kg-without-propositions",
        "diaspora-kg draw concept-map",
    ),
    entry(
        "DKG452",
        "it is not clear which concept map is meant",
        """The graph holds several concept maps and none was named, or none of the name that was
        given. The hint lists them.""",
        "command",
        "diaspora-kg draw concept-map --map no-such-map",
        "diaspora-kg draw concept-map --map nexus-map",
    ),
    entry(
        "DKG453",
        "a picture in that format or language cannot be drawn",
        "The hint names the formats or languages that there are.",
        "command",
        "diaspora-kg draw concept-map -o map.gif",
        "diaspora-kg draw concept-map -o map.svg",
    ),
    entry(
        "DKG456",
        "a name in a query that nothing is called by",
        """The query has a class, property or concept of the project that the ontology has not, or
        a thing that neither the ontology nor the graph knows. It runs all the same and finds
        nothing there, which would read like a finding; so a warning says it. Most often it is a
        slip of the pen, and the hint says what was probably meant.""",
        "command",
        "diaspora-kg query --sparql 'SELECT ?s WHERE { ?s a dkg:Diaspra }'",
        "diaspora-kg query --sparql 'SELECT ?s WHERE { ?s a dkg:Diaspora }'",
    ),
)
