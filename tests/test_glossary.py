"""Terms of the ontology explained."""

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.glossary import Entry, Glossary
from diaspora_kg.reading.ontology import read_ontology


@pytest.fixture(scope="module")
def glossary() -> Glossary:
    """Return the packaged ontology."""
    return Glossary(read_ontology(include_alignments=False))


def one(name: str, glossary: Glossary) -> Entry:
    (entry,) = glossary.explain(name)
    return entry


@pytest.mark.parametrize(
    "name", ["dkg:memberOf", "memberOf", "member of", "Member Of", "üyesi olduğu örgüt"]
)
def test_a_term_is_found_by_any_of_its_names(name: str, glossary: Glossary) -> None:
    """Short name, name and label of any language mean the same term."""
    assert one(name, glossary).short == "dkg:memberOf"


def test_a_property_tells_its_ends(glossary: Glossary) -> None:
    """Domain, range, wider property, inverse, and what it takes."""
    entry = one("memberOf", glossary)

    assert entry.takes == "an object"
    assert entry.domain == ("dkg:Actor",)
    assert entry.range == ("dkg:Organization",)
    assert entry.parents == ("dkg:belongsTo",)
    assert entry.inverse == ("dkg:hasMember",)


@pytest.mark.parametrize(
    ("name", "use"),
    [
        ("dkg:memberOf", "- subject: <actor>\n  property: memberOf\n  object: <organization>"),
        (
            "dkg:foundedOn",
            "- subject: <entity or concept>\n  property: foundedOn\n  value: 2010-04-06",
        ),
        (
            "dkg:DiasporaInstitution",
            "type: DiasporaInstitution\n# or as a claim\n- property: rdf:type\n"
            "  object: DiasporaInstitution",
        ),
        ("dkgc:core/soft-power", "object: core/soft-power"),
        ("dkgc:possible", "modality: possible"),
        ("dkgc:caveat-wording", "kind: wording"),
        ("dkg:claimHolder", "# written by the program, from the keys of a claim"),
    ],
)
def test_the_use_in_a_case_file_is_shown(name: str, use: str, glossary: Glossary) -> None:
    """Each entry ends with how it is written."""
    assert one(name, glossary).use == use


def test_a_scheme_lists_its_members(glossary: Glossary) -> None:
    """A closed list names its values."""
    assert one("dkgc:polarity", glossary).members == ("dkgc:affirmed", "dkgc:negated")


def test_a_label_of_several_things_explains_all(glossary: Glossary) -> None:
    """A concept and a class of one name are both explained, the general concept first."""
    entries = glossary.explain("diaspora")

    assert [entry.short for entry in entries] == ["dkgc:core/diaspora", "dkg:Diaspora"]


def test_a_misspelt_name_gets_a_suggestion(glossary: Glossary) -> None:
    """What is like it is named."""
    with pytest.raises(DiasporaKGError) as raised:
        glossary.explain("membrOf")

    assert raised.value.code == "DKG414"
    assert "'memberOf'" in raised.value.hint


def test_spellings_of_one_term_are_one_suggestion(glossary: Glossary) -> None:
    """A term is proposed once, not by its name, its label and its address."""
    with pytest.raises(DiasporaKGError) as raised:
        glossary.explain("membrOf")

    assert "'dkg:memberOf'" not in raised.value.hint
    assert "'member of'" not in raised.value.hint


def test_the_list_can_be_narrowed(glossary: Glossary) -> None:
    """Only the kinds that are asked for are listed."""
    assert {entry.kind for entry in glossary.entries(["scheme"])} == {"scheme"}
    assert {entry.kind for entry in glossary.entries()} >= {"class", "property", "concept"}
