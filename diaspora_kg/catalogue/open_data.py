"""Codes of importing open data."""

from diaspora_kg.catalogue.entries import entry

ENTRIES = (
    entry(
        "DKG650",
        "a file of open data is not what it was taken for",
        """Each kind of 'import' reads the files of one publisher, as they are published. This file
        has another layout. Another kind may fit; any table of numbers can be described by a
        mapping, with 'import table'.""",
        "command",
        "diaspora-kg import migrant-stock remittances-2017.xlsx",
        "diaspora-kg import remittances remittances-2017.xlsx    # the kind that fits",
    ),
    entry(
        "DKG651",
        "a file has two numbers for the same",
        """Area, year and indicator tell the numbers of a data set apart. Here two rows give
        different ones, because two editions, or two ways to count, stand in one file. Nothing was
        written: no program can know which of the two is meant.""",
        "command",
        "diaspora-kg import migrant-stock both-editions.csv",
        "diaspora-kg import migrant-stock one-edition.csv --edition 2019",
    ),
    entry(
        "DKG652",
        "the ontology has no indicator for what a file measures",
        """A number can only be compared when it is known what it counts. The code of the series is
        of no indicator of the ontology. Say with --indicator which one it is.""",
        "command",
        "diaspora-kg import indicator other-series.csv",
        "diaspora-kg import indicator other-series.csv --indicator remittance-flows",
    ),
    entry(
        "DKG653",
        "the mapping of a table is missing or wrong",
        """'import table' reads any table of numbers whose columns a mapping in CSVW describes:
        which holds the area, which the period, which the numbers, and what these count.""",
        "command",
        "diaspora-kg import table presence.csv",
        "diaspora-kg import table presence.csv --mapping elcano-presence",
    ),
    entry(
        "DKG654",
        "a cube breaks an integrity constraint",
        """The RDF Data Cube recommendation lists what must hold of a data set: one value for each
        dimension, no two observations with the same dimensions, and so on. Data that break it
        would give wrong answers, so nothing was written.""",
        "command",
        "diaspora-kg import table doubled.csv --mapping elcano-presence",
        "diaspora-kg import table presence.csv --mapping elcano-presence",
    ),
    entry(
        "DKG655",
        "a table of spellings is wrong",
        """With --areas you say what words of a file mean, in a table of two columns: the word, and
        the ISO 3166-1 code of the state or territory.""",
        "command",
        "diaspora-kg import remittances remittances-2017.xlsx --areas wrong.csv",
        "diaspora-kg import remittances remittances-2017.xlsx --areas spellings.csv",
    ),
    entry(
        "DKG656",
        "a build was given RDF that is no data set",
        """A build takes cases, tables, bibliographies, and data sets as 'import' wrote them. A
        statement outside the graphs of data sets would get into the graph without a source, a
        quote and a page, so it is refused.""",
        "command",
        "diaspora-kg build cases somebodys-facts.nq -o kg",
        "diaspora-kg build cases stock.nq -o kg    # written by 'diaspora-kg import'",
    ),
)
