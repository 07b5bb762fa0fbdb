"""Finding by words: ranks, kinds, scripts, marks."""

import pyoxigraph as ox
import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.namespaces import PREFIXES
from diaspora_kg.search import Found, find

HEAD = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
TURTLE = """
dkgid:club a dkg:Organization ; rdfs:label "Power Club"@en .
<https://w3id.org/diaspora-kg/concept/core/power> a skos:Concept ; skos:prefLabel "power"@en ,
  "güç"@tr ; skos:definition "capacity to act"@en .
<https://w3id.org/diaspora-kg/concept/kinds/power> a skos:Concept ; skos:prefLabel "power"@en .
<https://w3id.org/diaspora-kg/concept/core/soft-power> a skos:Concept ;
  skos:prefLabel "soft power"@en , "yumuşak güç"@tr ; skos:altLabel "القوة الناعمة"@ar .
dkg:power a owl:ObjectProperty ; rdfs:label "has power"@en .
dkgid:empower a dkg:Organization ; rdfs:label "Empowerment"@en .
dkgid:one a dkg:Claim ; rdfs:label "Nye: soft power attracts"@en ; dkg:evidence dkgid:e .
dkgid:e a dkg:Evidence ; dkg:inSource dkgid:book ; dkg:locator "p. 2" ;
  dkg:quote "the diaspora’s power to attract"@en ; dkg:translation "diasporanın çekim gücü"@tr .
dkgid:hidden a dkg:Evidence ; dkg:quote "power behind doors"@en ;
  dkg:accessLevel dkgc:restricted .
dkgid:book a dkg:Source ; rdfs:label "Nye 2004" ; dcterms:title "Soft Power"@en .
dkgid:fact a dkg:Fact ; rdfs:label "soft power attracts"@en .
"""


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Return a small graph of things with power in them."""
    found = ox.Store()
    found.bulk_load((HEAD + TURTLE).encode("utf-8"), ox.RdfFormat.TURTLE)
    return found


def short(found: list[Found]) -> list[str]:
    return [item.iri.removeprefix("https://w3id.org/diaspora-kg/") for item in found]


def test_the_best_match_comes_first(store: ox.Store) -> None:
    """Exact names, then beginnings, words of names, and quotes; general concepts first."""
    assert short(find("power", store)) == [
        "concept/core/power",
        "concept/kinds/power",
        "id/club",
        "concept/core/soft-power",
        "ontology#power",
        "id/book",
        "id/one",
        "id/empower",
        "id/e",
    ]


def test_all_words_have_to_be_there(store: ox.Store) -> None:
    """Two words find what holds both in one text."""
    assert short(find("power soft", store)) == ["concept/core/soft-power", "id/book", "id/one"]


@pytest.mark.parametrize("text", ["YUMUŞAK GÜÇ", "yumusak guc", "Yumuşak  güç"])
def test_turkish_is_found_however_it_is_typed(text: str, store: ox.Store) -> None:
    """Case and accents make no difference."""
    assert short(find(text, store)) == ["concept/core/soft-power"]


def test_arabic_is_found_with_vowel_signs(store: ox.Store) -> None:
    """Vowel signs make no difference."""
    assert short(find("القُوَّة", store)) == ["concept/core/soft-power"]


def test_a_beginning_of_a_word_is_enough(store: ox.Store) -> None:
    """Suffixes, which Turkish has many of, do not hide a word."""
    (found,) = find("diaspora çekim", store)

    assert (found.field, found.language) == ("translation", "tr")


def test_definitions_are_searched(store: ox.Store) -> None:
    """What a thing is defined as finds it."""
    (found,) = find("capacity", store)

    assert (found.iri.rpartition("/")[2], found.field) == ("power", "definition")


def test_kinds_narrow_the_search(store: ox.Store) -> None:
    """Only what is of a kind is found."""
    assert short(find("power", store, kinds=["term", "quote"])) == ["ontology#power", "id/e"]


def test_the_number_can_be_limited(store: ox.Store) -> None:
    """The best are kept."""
    assert short(find("power", store, limit=1)) == ["concept/core/power"]


def test_words_are_marked_where_they_stand(store: ox.Store) -> None:
    """Marks fit the text as it is written."""
    (quote,) = find("DIASPORA'S attract", store, kinds=["quote"])

    assert quote.marked("[", "]") == "the [diaspora’s] power to [attract]"
    assert quote.label == "Nye 2004, p. 2"


def test_restricted_words_are_not_found(store: ox.Store) -> None:
    """What may not be shown is not found either."""
    assert find("behind doors", store) == []


def test_nothing_to_look_for(store: ox.Store) -> None:
    """A search without a word is refused, and told what to write."""
    with pytest.raises(DiasporaKGError) as caught:
        find("  ", store)

    assert caught.value.code == "DKG421"
    assert "find 'soft power'" in caught.value.hint


def test_words_that_stand_together_come_first(store: ox.Store) -> None:
    """Of two names with both words, the one that has them in their order is better."""
    assert short(find("soft pow", store))[0] == "concept/core/soft-power"
