"""Codes of what can go wrong between the program and a SPARQL service."""

from diaspora_kg.catalogue.entries import entry

_ASK = "diaspora-kg query institutions-of-states --endpoint "

ENTRIES = (
    entry(
        "DKG620",
        "the service cannot be reached",
        """No connection came about: the name is unknown, nobody listens at the address, or a wall
        stands between. The program has tried several times. Nothing was changed.""",
        "command",
        _ASK + "http://localhost:1/sparql",
        _ASK + "http://localhost:7878/query",
    ),
    entry(
        "DKG621",
        "the certificate of the service is not trusted",
        """The service shows a certificate that nobody known has signed, that is out of date, or
        that is for another name. DIASPORA_KG_ENDPOINT_CA names a file of certificates to trust,
        for a service of your own house. Checking cannot be switched off.""",
        "command",
        _ASK + "https://kg.example.org/sparql    # with a certificate of its own",
        "DIASPORA_KG_ENDPOINT_CA=our-ca.pem " + _ASK + "https://kg.example.org/sparql",
    ),
    entry(
        "DKG622",
        "the service did not answer in time",
        """The answer did not begin, or did not go on, within the time allowed: 300 seconds unless
        DIASPORA_KG_ENDPOINT_TIMEOUT says otherwise. The same query would take as long again, so
        it is not repeated.""",
        "command",
        "DIASPORA_KG_ENDPOINT_TIMEOUT=1 " + _ASK + "https://slow.example.org/sparql",
        "DIASPORA_KG_ENDPOINT_TIMEOUT=900 " + _ASK + "https://slow.example.org/sparql",
    ),
    entry(
        "DKG623",
        "the service wants to know who asks",
        """The service answered 401 or 403. Set DIASPORA_KG_ENDPOINT_USER and …_PASSWORD, or
        …_TOKEN, or write the host into netrc. A password on the command line could be read by
        everybody on the machine; so there is no option for it. Digest authentication is not
        spoken.""",
        "command",
        _ASK + "https://closed.example.org/sparql",
        "DIASPORA_KG_ENDPOINT_TOKEN=… " + _ASK + "https://closed.example.org/sparql",
    ),
    entry(
        "DKG624",
        "the service refuses the request",
        """The service says that the query is not well-formed, uses what it does not know, or is
        too dear; or there is no SPARQL at the address. What it says is shown. Repeating would
        change nothing.""",
        "command",
        "diaspora-kg query --sparql 'SELECT * WHERE' --endpoint http://localhost:7878/query",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o } LIMIT 5' --endpoint "
        "http://localhost:7878/query",
    ),
    entry(
        "DKG625",
        "the answer of the service broke off",
        """Less came than was announced, or the answer ends in the middle. Half an answer is never
        shown as one. Queries are asked again by themselves a few times; an upload goes on where
        it stopped when the same command is given again.""",
        "command",
        _ASK + "https://dying.example.org/sparql",
        _ASK + "https://dying.example.org/sparql    # once it is running again",
    ),
    entry(
        "DKG626",
        "what came is no answer to SPARQL",
        """A web page, an empty answer, or something that is not well-formed came instead of rows.
        The address is probably that of a page for people. CSV is not taken: it does not tell an
        address from a text.""",
        "command",
        _ASK + "https://example.org/",
        _ASK + "https://example.org/sparql",
    ),
    entry(
        "DKG627",
        "the service cut its answer off",
        """The service gives no more than so many rows, or stops after so much time and sends what
        it has. A part of an answer looks like an answer and is none, so it is refused. Have the
        limit raised (Virtuoso: ResultSetMaxRows), or ask for less.""",
        "command",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o }' --endpoint http://localhost:8890/sparql",
        "diaspora-kg query --sparql 'SELECT * { ?s ?p ?o } LIMIT 100' --endpoint "
        "http://localhost:8890/sparql",
    ),
    entry(
        "DKG628",
        "the service sends requests elsewhere",
        """Redirects within one host are followed when asking. One to another host, or when the
        service is changed, is not: what is meant for one service, a password among it, is for no
        other. Name the final address yourself if you trust it.""",
        "command",
        _ASK + "http://example.org/sparql    # which answers: see https://example.org/sparql",
        _ASK + "https://example.org/sparql",
    ),
    entry(
        "DKG629",
        "the service is busy or out of order",
        """The service answered 429, 502, 503 or 504, several times over; when it said how long to
        wait, that was kept to, up to a minute. Nothing was changed.""",
        "command",
        _ASK + "https://busy.example.org/sparql",
        _ASK + "https://busy.example.org/sparql    # later",
    ),
    entry(
        "DKG630",
        "the service takes no changes",
        """Neither SPARQL 1.1 Update nor the Graph Store Protocol took a triple on trial, at the
        usual addresses beside that of the queries. Many services are for reading only. Where the
        addresses are unusual, DIASPORA_KG_ENDPOINT_UPDATE and DIASPORA_KG_ENDPOINT_GRAPHS name
        them.""",
        "command",
        "diaspora-kg build --endpoint https://read-only.example.org/sparql",
        "DIASPORA_KG_ENDPOINT_UPDATE=http://localhost:9999/change diaspora-kg build --endpoint "
        "http://localhost:9999/sparql",
    ),
    entry(
        "DKG631",
        "the service does not hold what it was sent",
        """After the upload the service counts its triples, graph by graph, and the numbers are not
        those that were sent. The former graph is untouched: the new one is not switched to before
        all of it has arrived. The same command goes on where it stopped.""",
        "command",
        "diaspora-kg build --endpoint http://localhost:7878/query    # stopped half-way",
        "diaspora-kg build --endpoint http://localhost:7878/query    # again",
    ),
    entry(
        "DKG632",
        "the service was switched to the new graph only in part",
        """A service that cannot change all graphs at once was interrupted while it did so one by
        one. Readers are told. The new graph is there as a whole; the same command finishes the
        switch.""",
        "command",
        "diaspora-kg build --endpoint http://localhost:8890/sparql    # stopped at the end",
        "diaspora-kg build --endpoint http://localhost:8890/sparql    # again",
    ),
    entry(
        "DKG633",
        "the address of the service cannot be used as it is",
        """An address begins with http:// or https:// and holds neither name nor password, which
        would stand in histories and in the list of processes; those belong into the environment.
        A password is sent to another machine by https only, and to one host only.""",
        "command",
        _ASK + "https://anna:secret@kg.example.org/sparql",
        "DIASPORA_KG_ENDPOINT_USER=anna DIASPORA_KG_ENDPOINT_PASSWORD=secret "
        + _ASK
        + "https://kg.example.org/sparql",
    ),
    entry(
        "DKG634",
        "the service holds no graph of this program",
        """'why', 'find', 'validate' and the packaged queries need the graphs that a build makes;
        this service has none whose name begins with https://w3id.org/diaspora-kg/graph/. SPARQL
        of your own can be asked there all the same.""",
        "command",
        "diaspora-kg why 'Peace Corps' --endpoint https://other.example.org/sparql",
        "diaspora-kg build --endpoint http://localhost:7878/query && diaspora-kg why 'Peace Corps' "
        "--endpoint http://localhost:7878/query",
    ),
    entry(
        "DKG635",
        "this needs a graph on disk",
        """Exports, pictures and reasoning read a build as files. A service gives values, and not
        always in the form in which they were written. Build the graph on this machine for
        these.""",
        "command",
        'python -c "import diaspora_kg; '
        "diaspora_kg.open_kg(endpoint='http://localhost:7878').build\"",
        "diaspora-kg export --kg kg",
    ),
    entry(
        "DKG636",
        "too much to fetch",
        """Shapes of your own run on a service that was loaded by diaspora-kg. From any other, and
        where shapes name what a service cannot (a node without a name, the form of a literal), the
        triples are fetched and checked on this machine, up to two million of them. Take a file of
        the data instead.""",
        "command",
        "diaspora-kg validate --endpoint https://query.wikidata.org/sparql --shapes shapes.ttl",
        "diaspora-kg validate people.nt --shapes shapes.ttl",
    ),
)
