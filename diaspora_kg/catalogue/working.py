"""Codes of the store, of files that are written, of parts that are missing, of policies."""

from diaspora_kg.catalogue.entries import entry

ENTRIES = (
    entry(
        "DKG601",
        "the store cannot be written",
        """The folder of the graph cannot be written, the disk is full, or the folder holds
        something that no build of this program wrote, which is never overwritten. A graph that
        was there before is untouched.""",
        "command",
        "diaspora-kg build -o cases",
        "diaspora-kg build -o kg",
    ),
    entry(
        "DKG602",
        "there is no graph in the folder",
        """'--kg' or DIASPORA_KG names a folder in which no graph was built, or its files are
        damaged. Without either, ./kg is opened, and else the packaged cases.""",
        "command",
        "diaspora-kg export --kg no-such-folder",
        "diaspora-kg build -o my-kg && diaspora-kg export --kg my-kg",
    ),
    entry(
        "DKG603",
        "the graph was written by another version",
        """The layout of the store, or of the files of its storage engine, is not that of this
        version. Build the graph again from its case files; nothing else is kept in it. Building
        over it replaces it.""",
        "command",
        "diaspora-kg export --kg kg-of-last-year",
        "diaspora-kg build my-cases -o kg && diaspora-kg export --kg kg",
    ),
    entry(
        "DKG604",
        "an output file cannot be written",
        """The folder does not exist, may not be written, holds files that no export wrote, or the
        disk is full.""",
        "command",
        "diaspora-kg export -o no-such-folder/graph.ttl",
        "diaspora-kg export -o graph.ttl",
    ),
    entry(
        "DKG605",
        "a file of that name is already there",
        """'new' never overwrites: what stands in the file may be work of days. Choose another
        name, or another place with '-o'.""",
        "command",
        "diaspora-kg new case ytb && diaspora-kg new case ytb",
        "diaspora-kg new case ytb && diaspora-kg new case ytb -o ytb-second.yaml",
    ),
    entry(
        "DKG606",
        "there is nothing of that name to export",
        """'export --graph' takes the name of a graph (ontology, reference, sources, case/ytb,
        accepted, contested, inferred, conflicts, meta) and '--table' that of a table. The hint
        names what was probably meant.""",
        "command",
        "diaspora-kg export --graph acepted",
        "diaspora-kg export --graph accepted",
    ),
    entry(
        "DKG607",
        "there is no such error code",
        "'diaspora-kg explain' without a code lists all codes with what they stand for.",
        "command",
        "diaspora-kg explain DKG999",
        "diaspora-kg explain DKG104",
    ),
    entry(
        "DKG608",
        "another process blocks the folder of the graph",
        """Two builds into one folder do not wait for each other, but for the instant in which a
        finished graph is put into its place. A process that was stopped in that instant blocks the
        others; a process that ended, however it did, blocks nobody.""",
        "command",
        "diaspora-kg build -o kg    # while another build hangs in its last step",
        "diaspora-kg build -o another-folder",
    ),
    entry(
        "DKG701",
        "the DL reasoner needs Java",
        """'reason --dl' asks HermiT, which runs on Java. Nothing was checked, and nothing may be
        concluded. All other commands work without Java.""",
        "command",
        "diaspora-kg reason --dl    # on a machine without Java",
        "diaspora-kg reason",
    ),
    entry(
        "DKG702",
        "a library for tables is not installed",
        """Turning results into pandas or polars tables needs these libraries. The hint says how to
        install them; CSV needs none.""",
        "command",
        "python -c \"import diaspora_kg; diaspora_kg.open_kg().query('claims').to_polars()\"",
        "pip install 'diaspora-kg[polars]'",
    ),
    entry(
        "DKG703",
        "the libraries that draw are not installed",
        "Pictures need libraries that not everybody wants. The hint says how to install them.",
        "command",
        "diaspora-kg draw concept-map    # without the part 'draw'",
        "pip install 'diaspora-kg[draw]'",
    ),
    entry(
        "DKG801",
        "a policy of acceptance means nothing",
        """'--min-origins' is 1 or more, '--min-confidence' lies between 0 and 1, and '--min-tier'
        is one of the tiers of sources, from primary-data to blog.""",
        "command",
        "python -c \"import diaspora_kg.acceptance as a; a.Policy(min_tier='gossip')\"",
        "diaspora-kg build --min-tier scholarly",
    ),
)
