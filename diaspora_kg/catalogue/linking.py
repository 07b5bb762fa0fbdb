"""Codes of linking: registries as files, names with known answers, what is not installed."""

from diaspora_kg.catalogue.entries import entry

ENTRIES = (
    entry(
        "DKG501",
        "a library that compares names is not installed",
        """'link suggest' and 'link evaluate' compare spellings with rapidfuzz and read other
        scripts with anyascii, which not everybody wants. The hint says how to install them.""",
        "command",
        "diaspora-kg link suggest 'Goethe-Institut' --to ror.json    # without the part 'link'",
        "pip install 'diaspora-kg[link]'",
    ),
    entry(
        "DKG502",
        "the file is no registry that is known",
        """'--to' takes a dump of the Research Organization Registry (.json), a table of GeoNames
        (allCountries.txt, cities15000.txt, countryInfo.txt), or an RDF file whose things have
        labels: a thesaurus in SKOS, a subset of Wikidata in N-Triples, a vocabulary. The file is
        missing, empty, or none of these.""",
        "command",
        "diaspora-kg link suggest 'Goethe-Institut' --to cases/ytb.yaml",
        "diaspora-kg link suggest 'Goethe-Institut' --to ror-dump.json",
    ),
    entry(
        "DKG503",
        "the index of a registry cannot be written",
        """A registry is indexed once, and the index is kept in the cache of the user. That folder
        cannot be written, or the disk is full. XDG_CACHE_HOME names another folder.""",
        "command",
        "XDG_CACHE_HOME=/proc diaspora-kg link suggest 'Goethe-Institut' --to ror-dump.json",
        "XDG_CACHE_HOME=/tmp diaspora-kg link suggest 'Goethe-Institut' --to ror-dump.json",
    ),
    entry(
        "DKG504",
        "the table of known names lacks a column",
        """'link evaluate' reads a CSV whose first line names the columns name, country, expected
        and kind. The country may be empty in a row; the column has to be there.""",
        "command",
        "printf 'name,expected\\nGoethe-Institut,NIL\\n' > known.csv\n"
        "diaspora-kg link evaluate known.csv --to ror-dump.json",
        "printf 'name,country,expected,kind\\nGoethe-Institut,DE,NIL,nil\\n' > known.csv\n"
        "diaspora-kg link evaluate known.csv --to ror-dump.json",
    ),
    entry(
        "DKG505",
        "a row of known names says nothing",
        """Every row has a name and what it means: an IRI of the registry, or NIL where the registry
        has no such thing. A table without rows measures nothing.""",
        "command",
        "printf 'name,country,expected,kind\\nGoethe-Institut,DE,,alias\\n' > known.csv\n"
        "diaspora-kg link evaluate known.csv --to ror-dump.json",
        "printf 'name,country,expected,kind\\nGoethe-Institut,DE,NIL,nil\\n' > known.csv\n"
        "diaspora-kg link evaluate known.csv --to ror-dump.json",
    ),
    entry(
        "DKG506",
        "an expected answer is not in the registry",
        """A name can only be found where its answer is. Either the registry after '--to' is not the
        one that the names were coded for, or the identifier is misspelt, or the row is one for
        NIL.""",
        "command",
        "diaspora-kg link evaluate known.csv --to another-registry.json",
        "diaspora-kg link evaluate known.csv --to ror-dump.json",
    ),
)
