"""Write the links of the packaged cases from tables at hand; nothing comes from memory.

    python scripts/make_links.py [ROR-DUMP.json]

States and territories: the reference table, which was made from the country-codes data package.
Works: the DOIs that the bibliographies give. Organisations: records of ROR whose name, country
and kind agree with ours (``ORGANISATIONS``), looked up in a dump; without a dump the rows that
stand are kept. Concepts: preferred labels of EuroVoc, from the PyPI package ``eurovoc`` (MIT);
where it is not installed the rows that stand are kept. ``CODED`` are matches that a case itself
makes and explains, ``PARTIES`` bodies that speak under a name of their own in the bibliography.
"""

import csv
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from diaspora_kg import __version__
from diaspora_kg.inputs import read_inputs
from diaspora_kg.linking.mapping_sets import DOI, EUROVOC, ROR, as_sssom, mapping_set
from diaspora_kg.namespaces import BASE, DKGID, GEONAMES, WIKIDATA
from diaspora_kg.reading.links import CLOSE, EXACT, Link
from diaspora_kg.reading.ontology import read_ontology
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

CONCEPTS = (
    "concept/blog", "concept/citizen-diplomacy-effect/tourism",
    "concept/citizen-diplomacy-relevance/globalisation",
    "concept/citizen-diplomacy-term/climate-change", "concept/citizen-diplomacy-term/public-health",
    "concept/civil-society-function/first-aid",
    "concept/civil-society-impact-area/environmental-policy",
    "concept/core/civil-society", "concept/core/cultural-identity", "concept/core/culture",
    "concept/core/decision-making", "concept/core/democracy", "concept/core/development-aid",
    "concept/core/diaspora", "concept/core/economic-growth", "concept/core/economic-relations",
    "concept/core/economy", "concept/core/education", "concept/core/educational-institution",
    "concept/core/entrepreneurship", "concept/core/foreign-aid", "concept/core/foreign-policy",
    "concept/core/government", "concept/core/human-rights", "concept/core/innovation",
    "concept/core/intellectual-capital", "concept/core/international-cooperation",
    "concept/core/international-relations", "concept/core/investment",
    "concept/core/knowledge-transfer", "concept/core/language", "concept/core/local-government",
    "concept/core/migration", "concept/core/municipality", "concept/core/music",
    "concept/core/national-identity", "concept/core/peace", "concept/core/political-institution",
    "concept/core/political-power", "concept/core/public-opinion", "concept/core/state",
    "concept/core/technology-transfer", "concept/core/university",
    "concept/diaspora-criterion/nationality", "concept/hard-power-means/economic-sanctions",
    "concept/hard-power-means/military-intervention", "concept/nexus-notion/politics",
    "concept/organisation", "concept/organisation-form/ministry",
    "concept/organisation-form/public-institution",
    "concept/research-method/case-study", "concept/research-method/qualitative-analysis",
    "concept/soft-power-constituent/social-structure",
)  # fmt: skip
"""Concepts whose English label is a preferred label of EuroVoc and has one meaning in this field.

Left out are words that mean another thing there or may do so ("customs", "appeal", "stock",
"claim", "goodwill", "governance", "history", "world"), and members of typologies that repeat the
word of a concept in the list.
"""

PARTIES = (
    ("un-desa", "United Nations Department of Economic and Social Affairs", "un-desa", "UN DESA",
     "Case pakistani-diaspora gives UN DESA as the department's abbreviation; the bibliography and "
     "imported data sets name it so."),
)  # fmt: skip


def main(arguments: list[str]) -> None:
    """Write ``cases/links.sssom.tsv``."""
    links = [*states(), *works(), *coded()]
    links += organisations(Path(arguments[0])) if arguments else kept(ORGANISATIONS)
    links += concepts()
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


def concepts() -> list[Link]:
    """Return links of concepts to those of EuroVoc that are called the same."""
    try:
        import eurovoc
    except ModuleNotFoundError:
        return kept(CONCEPTS, BASE)
    ontology, made = read_ontology(), []
    for name in CONCEPTS:
        label = ontology.label(f"<{BASE}{name}>")
        (key,) = (
            key for key, called in eurovoc.en_labels.items() if called.lower() == label.lower()
        )
        comment = (
            f"The eurovoc package {eurovoc.version} gives this preferred label; definitions and "
            "broader terms are not in it, so the match is no exact one."
        )
        made.append(
            Link(
                BASE + name,
                CLOSE,
                EUROVOC + key,
                "ManualMappingCuration",
                label,
                label,
                author=CODER,
                date="2026-11-22",
                source="http://eurovoc.europa.eu/",
                source_version=eurovoc.version,
                tool="diaspora-kg",
                tool_version=__version__,
                comment=comment,
            )
        )
    return made


def _is(record: dict[str, object], name: str, country: str) -> bool:
    names = {each["value"] for each in record["names"] if "label" in each["types"]}  # type: ignore[index,attr-defined]
    where = {p["geonames_details"]["country_code"] for p in record["locations"]}  # type: ignore[index,attr-defined]
    return name in names and country in where and record["status"] == "active"


def kept(names: Iterable[str], base: str = DKGID) -> list[Link]:
    """Return the links of some things that stand in the file."""
    subjects = {base + name for name in names}
    return [each for each in read_mapping_set(TARGET).links if each.subject in subjects]


def coded() -> Iterator[Link]:
    """Yield the matches that a case makes and explains."""
    for subject, label, predicate, key, name, is_negated, comment in CODED:
        made = link(subject, label, ROR + key, name, "ManualMappingCuration", comment)
        yield replace(made, predicate=predicate, is_negated=is_negated)


if __name__ == "__main__":
    main(sys.argv[1:])
