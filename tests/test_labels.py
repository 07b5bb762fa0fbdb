"""Names: folding across scripts, and what to call a thing in a language."""

import pyoxigraph as ox
import pytest

from diaspora_kg.labels import Labels, fold, fold_in_place
from diaspora_kg.lookup import Lookup
from diaspora_kg.namespaces import DKGID, PREFIXES

HEAD = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
TURTLE = """
dkgid:tr a dkg:State ; rdfs:label "Türkiye"@en , "Türkiye Cumhuriyeti"@tr .
dkgid:x rdfs:label "neither"@fr .
dkgid:y a dkg:Ngo , dkg:Organization ; rdfs:label "Y" .
dkg:Ngo rdfs:subClassOf dkg:Organization ; rdfs:label "NGO"@en .
dkg:Organization rdfs:label "organization"@en .
dkgid:z a dkg:Claim ; rdfs:label "Author: X is Y"@en .
"""


@pytest.fixture(scope="module")
def labels() -> Labels:
    """Return the names of a few things in Turkish."""
    store = ox.Store()
    store.bulk_load((HEAD + TURTLE).encode("utf-8"), ox.RdfFormat.TURTLE)
    return Labels(Lookup(store), "tr")


class TestFolding:
    """Texts that people type in different ways."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("ILISU", "ılısu"),
            ("Ilısu", "ilisu"),
            ("İSTANBUL", "istanbul"),
            ("Çiçek", "CICEK"),
            ("Öztürk", "ozturk"),
            ("Straße", "STRASSE"),
            ("O‘zbekiston", "O'zbekiston"),
            ("Oʻzbekiston", "O’zbekiston"),
            ("القُوَّة الناعمة", "القوة الناعمه"),
            ("أحمد", "احمد"),
            ("نرم طاقت کی", "نرم طاقت كي"),
            ("soft  power\n", "Soft Power"),
            ("people‑to‑people", "people-to-people"),
            ("٢٠٢٤", "2024"),
        ],
    )
    def test_variants_meet(self, one: str, other: str) -> None:
        """Case, marks, apostrophes, Urdu letters and the Turkish i make no difference."""
        assert fold(one) == fold(other)

    def test_different_words_stay_apart(self) -> None:
        """Folding joins spellings, not words."""
        assert fold("güç") != fold("göç")

    def test_places_lead_back_to_the_text(self) -> None:
        """Each folded character knows where it came from, also where one became two."""
        folded, places = fold_in_place("Maß İ")

        assert folded == "mass i"
        assert places == [0, 1, 2, 2, 3, 4]


class TestLabels:
    """What to call a thing."""

    def test_the_wanted_language_comes_first(self, labels: Labels) -> None:
        """A label in the language that is wanted is taken."""
        assert labels(f"<{DKGID}tr>") == "Türkiye Cumhuriyeti"

    def test_any_label_is_better_than_none(self, labels: Labels) -> None:
        """Where there is neither the language nor English, another will do."""
        assert labels(f"<{DKGID}x>") == "neither"

    def test_without_a_label_the_short_name_is_taken(self, labels: Labels) -> None:
        """A thing without a name is called by its short name."""
        assert labels(f"<{DKGID}nobody>") == "dkgid:nobody"

    def test_the_most_specific_class_is_the_kind(self, labels: Labels) -> None:
        """What a thing is, is said by the class that has none of the others below it."""
        assert labels.kind(f"{DKGID}y") == "NGO"

    def test_a_claim_in_a_table_goes_by_its_short_name(self, labels: Labels) -> None:
        """The name of a claim is a sentence; the short name is what one asks on with."""
        assert labels.for_cell(f"<{DKGID}z>") == "dkgid:z"
