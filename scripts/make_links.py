"""Write the links of the packaged cases from tables at hand; nothing comes from memory.

    python scripts/make_links.py [ROR-DUMP.json]

States and territories: the reference table, which was made from the country-codes data package.
Works: the DOIs that the bibliographies give. Organisations: records of ROR whose name, country
and kind agree with ours (``ORGANISATIONS``), looked up in a dump; without a dump the rows that
stand are kept. ``CODED`` are matches that a case itself makes and explains, ``PARTIES`` bodies that
speak under a name of their own in the bibliography.
"""

import csv
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from diaspora_kg import __version__
from diaspora_kg.inputs import read_inputs
from diaspora_kg.linking.mapping_sets import DOI, ROR, as_sssom, mapping_set
from diaspora_kg.namespaces import DKGID, GEONAMES, WIKIDATA
from diaspora_kg.reading.links import CLOSE, EXACT, Link
from diaspora_kg.reading.sssom import read_mapping_set

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "cases" / "links.sssom.tsv"
DAY = "2026-11-21"
CODER = DKGID + "packaged-coding"
TABLE = "BackgroundKnowledgeBasedMatching"
STATES = "The country-codes table (ODC-PDDL 1.0) gives it for ISO 3166-1 {}."

ORGANISATIONS = {
    "peace-corps": ("Peace Corps", "US"),
    "us-federal-government": ("Government of the United States of America", "US"),
}
"""Our name in English and the country as our cases give them; both have to agree with ROR."""

CODED = (
    ("university-of-punjab-lahore", "University of Punjab, Lahore", CLOSE, "011maz450",
     "University of the Punjab", False,
     "Case universities-in-the-documents: one document writes the name otherwise; the match is "
     "the coder's."),
    ("university-of-punjab-lahore", "University of Punjab, Lahore", EXACT, "04p2sbk06",
     "Panjab University", True,
     "Case universities-in-the-documents: another university than the one in Lahore."),
    ("islamic-azad-university-shahrood", "Islamic Azad University, Shahrood Branch", CLOSE,
     "00j1sp553", "Islamic Azad University, Shahrood", False,
     "Case universities-in-the-documents: that the branch is this body is the coder's match."),
)  # fmt: skip

PARTIES = (
    ("un-desa", "United Nations Department of Economic and Social Affairs", "un-desa", "UN DESA",
     "Case pakistani-diaspora gives UN DESA as the department's abbreviation; the bibliography and "
     "imported data sets name it so."),
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Write ``cases/links.sssom.tsv``."""
    links = [*states(), *works(), *coded()]
    links += organisations(Path(arguments[0])) if arguments else kept()
    links += [*parties(), *not_the_country()]
    made = mapping_set(
        links,
        "https://w3id.org/diaspora-kg/links",
        "https://creativecommons.org/licenses/by/4.0/",
        mapping_set_title="Identity links of the packaged cases",
        mapping_set_description="Taken from tables at hand; who made each and from what stands in "
        "its row. Packaged coding is machine-assisted, made once and not reviewed.",
        mapping_set_version=__version__,
    )
    TARGET.write_text(as_sssom(made), "utf-8")


def link(subject: str, label: str, to: str, to_label: str, why: str, comment: str) -> Link:
    """Return an exact match made by the packaged coding."""
    registry = {GEONAMES: "https://www.geonames.org/", WIKIDATA: "https://www.wikidata.org/"}
    source = next((home for base, home in registry.items() if to.startswith(base)), "")
    source = source or (ROR if to.startswith(ROR) else DOI)
    return Link(
        DKGID + subject, EXACT, to, why, label, to_label, author=CODER, date=DAY, source=source,
        tool="diaspora-kg", tool_version=__version__, comment=comment,
    )  # fmt: skip


def states() -> Iterator[Link]:
    """Yield the links of states and territories to Wikidata and GeoNames."""
    text = (ROOT / "ontology" / "reference" / "states.csv").read_text("utf-8")
    for row in csv.DictReader(text.splitlines()):
        code, name = row["alpha2"], row["name.en"]
        if row["wikidata"]:
            target = WIKIDATA + row["wikidata"]
            yield link(f"state/{code}", name, target, "", TABLE, STATES.format(code))
        if row["geonames"]:
            target = f"{GEONAMES}{row['geonames']}/"
            yield link(f"state/{code}", name, target, "", TABLE, STATES.format(code))


def parties() -> Iterator[Link]:
    """Yield the links of bodies of cases to the same bodies as authors and publishers."""
    for key, name, party, called, comment in PARTIES:
        yield Link(
            DKGID + key, EXACT, DKGID + "party/" + party, "ManualMappingCuration", name, called,
            author=CODER, date=DAY, tool="diaspora-kg", tool_version=__version__, comment=comment,
        )  # fmt: skip


def not_the_country() -> list[Link]:
    """Return what the table of states has wrong, as a rejected mapping."""
    comment = (
        "The country-codes table gives this for ISO 3166-1 NL, but it is the Kingdom of the "
        "Netherlands, more than the country in Europe that the code means."
    )
    found = link(
        "state/NL", "Netherlands", WIKIDATA + "Q29999", "", "ManualMappingCuration", comment
    )
    return [negated(found)]


def negated(given: Link) -> Link:
    """Return a mapping as one that does not hold."""
    return replace(given, is_negated=True)


def works() -> Iterator[Link]:
    """Yield the links of works to their DOIs."""
    inputs = read_inputs([ROOT / "cases"])
    for source in [*inputs.sources, *(s for case in inputs.cases for s in case.sources)]:
        if source.doi is not None:
            doi = str(source.doi).removeprefix(DOI)
            where = Path(source.doi.at.file).name
            comment = f"The entry {source.key} of {where} gives it."
            yield link(f"source/{source.key}", "", DOI + doi, "", TABLE, comment)


def organisations(dump: Path) -> Iterator[Link]:
    """Yield links to ROR, and by what ROR says to Wikidata, where name and country agree."""
    records = json.loads(dump.read_text("utf-8"))
    for key, (name, country) in ORGANISATIONS.items():
        same = [record for record in records if _is(record, name, country)]
        if len(same) != 1:
            continue
        (record,) = same
        comment = f"Name and country ({country}) agree with the record, and no other has the name."
        yield link(key, name, record["id"], name, TABLE, comment)
        given = [each for each in record["external_ids"] if each["type"] == "wikidata"]
        if len(given) == 1 and len(given[0]["all"]) == 1:
            comment = f"The ROR record {record['id']} gives it."
            target = WIKIDATA + given[0]["all"][0]
            yield link(key, name, target, "", "MappingChaining", comment)


def _is(record: dict[str, object], name: str, country: str) -> bool:
    names = {each["value"] for each in record["names"] if "label" in each["types"]}  # type: ignore[index,attr-defined]
    where = {p["geonames_details"]["country_code"] for p in record["locations"]}  # type: ignore[index,attr-defined]
    return name in names and country in where and record["status"] == "active"


def kept() -> list[Link]:
    """Return the links of organisations that stand in the file."""
    subjects = {DKGID + key for key in ORGANISATIONS}
    return [each for each in read_mapping_set(TARGET).links if each.subject in subjects]


def coded() -> Iterator[Link]:
    """Yield the matches that a case makes and explains."""
    for subject, label, predicate, key, name, is_negated, comment in CODED:
        made = link(subject, label, ROR + key, name, "ManualMappingCuration", comment)
        yield replace(made, predicate=predicate, is_negated=is_negated)


if __name__ == "__main__":
    main(sys.argv[1:])
