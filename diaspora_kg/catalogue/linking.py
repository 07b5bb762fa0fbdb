"""Codes of linking: registries as files, names with known answers, what is not installed."""

from diaspora_kg.catalogue.entries import entry

_CASE = "id: ytb\ntype: DiasporaInstitution\nlabel: {en: Presidency for Turks Abroad, tr: YTB}\n"
_HEAD = (
    "#mapping_set_id: https://example.org/links\n"
    "#license: https://creativecommons.org/publicdomain/zero/1.0/\n"
    "#curie_map:\n"
    "#  dkgid: https://w3id.org/diaspora-kg/id/\n"
    "#  ror: https://ror.org/\n"
)
_COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\treviewer_label\n"
_ROW = "dkgid:ytb\tskos:exactMatch\tror:00example\tsemapv:ManualMappingCuration\tA. Coder\n"
_GOOD = _HEAD + _COLUMNS + _ROW


def _files(links: str) -> str:
    return f"=== ytb.yaml\n{_CASE}=== links.sssom.tsv\n{links}"


ENTRIES = (
    entry(
        "DKG501",
        "a library that compares names is not installed",
        """'link suggest' and 'link evaluate' compare spellings with rapidfuzz and read other
        scripts with anyascii. Both come with the program, unless somebody took them away or no
        wheel fits the machine.""",
        "command",
        "diaspora-kg link suggest 'Goethe-Institut' --to ror.json    # without rapidfuzz",
        "pip install rapidfuzz anyascii",
    ),
    entry(
        "DKG502",
        "the file is no registry that is known",
        """'--to' takes a dump of the Research Organization Registry (.json), a table of GeoNames
        (allCountries.txt, cities15000.txt, countryInfo.txt), or an RDF file whose things have
        labels: a thesaurus in SKOS, a subset of Wikidata in N-Triples, a vocabulary. The file is
        missing, empty, or none of these; or '--to' has a word, and no registry is known by it.""",
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
        has no such thing. A country is a code of two letters, or empty. A table without rows
        measures nothing.""",
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
    entry(
        "DKG520",
        "a file is no mapping set",
        """Links to open data are kept in SSSOM TSV, in files whose names end in '.sssom.tsv': a
        header of lines that begin with '#', then a table with tabs, which has at least the
        columns subject_id, predicate_id, object_id and mapping_justification.""",
        "files",
        _files(_COLUMNS + _ROW),
        _files(_GOOD),
    ),
    entry(
        "DKG521",
        "the header of a mapping set lacks something",
        """The header is YAML behind '#'. It names the set ('mapping_set_id'), its licence
        ('license') and, under 'curie_map', the prefixes that the rows use.""",
        "files",
        _files(_GOOD.replace("#license", "#licence")),
        _files(_GOOD),
    ),
    entry(
        "DKG522",
        "a column of a mapping set is not known or stands twice",
        """The columns are the slots of SSSOM 1.1, so that a slip of the pen does not lose what a
        column holds. Columns of your own are declared in the header under
        'extension_definitions'.""",
        "files",
        _files(_GOOD.replace("reviewer_label", "reviewer_lable")),
        _files(_GOOD),
    ),
    entry(
        "DKG523",
        "an identifier of a mapping has no declared prefix",
        """Identifiers are written in full or with a prefix from 'curie_map'. Only the prefixes of
        SKOS, OWL, RDF, RDFS, XSD, SSSOM and SEMAPV need no declaration.""",
        "files",
        _files(_GOOD.replace("ror:00example", "grid:00example")),
        _files(_GOOD),
    ),
    entry(
        "DKG524",
        "a row of a mapping set lacks a cell or has too many",
        """Every mapping has a subject, a predicate, an object and a justification. A row with
        more cells than columns usually holds a tab inside a text.""",
        "files",
        _files(_GOOD.replace("ror:00example", "")),
        _files(_GOOD),
    ),
    entry(
        "DKG525",
        "a value of a mapping is out of bounds",
        """A predicate is one of skos:exactMatch, closeMatch, broadMatch, narrowMatch and
        relatedMatch; a justification is one of those of SSSOM; a confidence is from 0 to 1 and
        a reviewer's agreement from -1 to 1; a day is written 2026-01-31; the only modifier is
        'Not'.""",
        "files",
        _files(_GOOD.replace("ManualMappingCuration", "SomebodySaidSo")),
        _files(_GOOD),
    ),
    entry(
        "DKG526",
        "a mapping says owl:sameAs",
        """owl:sameAs makes one thing of two: whatever is said of either would hold of both, and a
        reasoner would carry one slip through the whole graph. skos:exactMatch says that two
        descriptions are of the same thing, and leaves them apart.""",
        "files",
        _files(_GOOD.replace("skos:exactMatch", "owl:sameAs")),
        _files(_GOOD),
    ),
    entry(
        "DKG527",
        "a mapping is both kept and rejected",
        """One row says that two things match, another that somebody looked and they do not. Which
        of the two holds has to be decided; a rejected row stays, so that nobody is asked
        again.""",
        "files",
        _files(
            _GOOD.replace("_label\n", "_label\tpredicate_modifier\n") + _ROW.strip() + "\tNot\n"
        ),
        _files(_GOOD),
    ),
    entry(
        "DKG528",
        "a review has no reviewer",
        """Where a row says how far the reviewer agrees, or when the review was, it also says who
        looked: 'reviewer_id' (an ORCID, for example) or 'reviewer_label'.""",
        "files",
        _files(_GOOD.replace("reviewer_label", "review_date").replace("A. Coder", "2026-01-31")),
        _files(_GOOD),
    ),
    entry(
        "DKG507",
        "a country is not given by its code",
        """'--country' takes the code of two letters of ISO 3166-1. Where the country is not known,
        leave it out: a wrong one counts against every candidate.""",
        "command",
        "diaspora-kg link suggest 'Goethe-Institut' --to ror-dump.json --country Germany",
        "diaspora-kg link suggest 'Goethe-Institut' --to ror-dump.json --country DE",
    ),
    entry(
        "DKG529",
        "a spreadsheet of decisions cannot be taken back",
        """'link review --to-csv' writes a sheet with a column 'decision'; 'link review --from-csv'
        takes it back. A decision is accept, close, broad, narrow, reject or not sure; the
        columns subject and object stay as they were. Nothing of the sheet is taken as long as
        one row is wrong.""",
        "command",
        "diaspora-kg link review new.sssom.tsv --from-csv new.csv    # a cell says 'yes'",
        "diaspora-kg link review new.sssom.tsv --from-csv new.csv    # the cell says 'accept'",
    ),
    entry(
        "DKG530",
        "a record that is linked to is gone",
        """The registry has no such record any more, or has withdrawn it. The link leads nowhere;
        another record may have taken its place. This is a warning.""",
        "command",
        "diaspora-kg link check links.sssom.tsv --snapshot newer-dump.json",
        "diaspora-kg link suggest --to ror --snapshot newer-dump.json -o again.sssom.tsv",
    ),
    entry(
        "DKG531",
        "a record that is linked to was merged into another",
        """The registry sends from this record to another one: two were found to be the same, or
        one was renumbered. Whether the other is still the same thing as ours, a person has to
        see. This is a warning.""",
        "command",
        "diaspora-kg link check links.sssom.tsv --snapshot newer-dump.json",
        "diaspora-kg link review again.sssom.tsv --reviewer 'A. Coder'",
    ),
    entry(
        "DKG532",
        "two things of ours are linked to one record",
        """Two subjects match one record exactly, so they would be the same thing. Either they are,
        and one entry of the cases is enough, or one of the links is wrong, or only close. This
        is a warning.""",
        "command",
        "diaspora-kg link check links.sssom.tsv    # ytb and mop-hrd, both to one record",
        "diaspora-kg link check links.sssom.tsv    # one of the two rejected",
    ),
    entry(
        "DKG533",
        "a thing of ours is linked to two records of one registry",
        """A registry has a thing once. One of the two exact matches is wrong, or only close; or
        the registry has the thing twice, and one of its records will be merged. This is a
        warning.""",
        "command",
        "diaspora-kg link check links.sssom.tsv    # ytb to two records of ROR",
        "diaspora-kg link check links.sssom.tsv    # one of the two close, not exact",
    ),
    entry(
        "DKG534",
        "a link leads into another country",
        """What the graph says of the country and what the record says differ, and yet they are
        said to be the same. Namesakes in other countries are the usual cause. This is a
        warning.""",
        "command",
        "diaspora-kg link check links.sssom.tsv --snapshot ror-dump.json    # one in India",
        "diaspora-kg link check links.sssom.tsv --snapshot ror-dump.json    # the Pakistani one",
    ),
    entry(
        "DKG535",
        "a link leads to a registry of other things",
        """ROR has organisations, GeoNames places, EuroVoc concepts, Crossref and OpenAlex works. A
        thing of another class cannot be there: often it is what the thing belongs to that was
        linked. This is a warning.""",
        "command",
        "diaspora-kg link check links.sssom.tsv    # a diaspora, to a record of GeoNames",
        "diaspora-kg link check links.sssom.tsv    # its homeland, to that record",
    ),
    entry(
        "DKG536",
        "no link leads into the registry",
        """The snapshot after '--snapshot' holds none of the records that are linked to, so nothing
        can be checked against it: it is another registry, or a part of one.""",
        "command",
        "diaspora-kg link check links.sssom.tsv --snapshot another-registry.json",
        "diaspora-kg link check links.sssom.tsv --snapshot ror-dump.json",
    ),
    entry(
        "DKG537",
        "a link starts from something that the graph does not know",
        """The subject of a row is in none of the cases that were built: it was renamed or
        misspelt, or its case was left out. This is a warning.""",
        "command",
        "diaspora-kg link check links.sssom.tsv    # dkgid:ybt",
        "diaspora-kg link check links.sssom.tsv    # dkgid:ytb",
    ),
    entry(
        "DKG538",
        "a service of records refuses, or is not asked",
        """The service of a registry answered that it cannot or will not, after it was asked several
        times; or '--offline' was given and nothing is kept of what it would say. Answers are kept
        with their day, so a second run asks only for the rest. The exit status is 3.""",
        "command",
        "diaspora-kg link suggest --to ror --offline    # nothing was asked before",
        "diaspora-kg link suggest --to ror",
    ),
    entry(
        "DKG539",
        "a service of records answers in another form than it should",
        """The answer is no JSON, is cut off, or lacks what the interface promises: the address is
        that of another service, or the interface has changed.""",
        "command",
        "diaspora-kg link suggest --to wikidata --service https://example.org/",
        "diaspora-kg link suggest --to wikidata",
    ),
)
