"""The matcher recognises names, one ability a test, and knows when it does not."""

import random
from collections.abc import Callable

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.linking.building import build_index
from diaspora_kg.linking.matching import Matcher
from tests.linking.conftest import THINGS, thing

First = Callable[..., str]


@pytest.fixture(scope="module")
def sections() -> Matcher:
    """Return what answers from a registry that has sections and no whole."""
    return Matcher(
        build_index(
            [
                *THINGS,
                thing("relief", "Harbour Relief International Japan", country="JP"),
                thing("guild", "Guild of Potters, Velmar", country="DE", town="Velmar"),
                thing("soap", "Farlane Soap Works (United Kingdom)", country="GB"),
            ]
        )
    )


class TestAbilities:
    """What people do to names."""

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("university of velmar", "velmar-uni"),
            ("The University of Velmar", "velmar-uni"),
            ("Univ. of Velmar", "velmar-uni"),
            ("Velmar University", "velmar-uni"),
            ("Technology Velmar University of", "velmar-tech"),
            ("Universtiy of Velmar", "velmar-uni"),
            ("Orsk Museum of Loocal History", "orsk-museum"),
            ("Norwegian Society", "cancer-no"),
        ],
        ids=["case", "article", "short", "order", "swapped", "exchanged", "doubled", "dropped"],
    )
    def test_noise(self, first: First, name: str, expected: str) -> None:
        """Case, an article, abbreviations, order, slips and a missing word do not hide a name."""
        assert first(name) == expected

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("Technische Universität Velmar", "velmar-tech"),
            ("Université de Velmar", "velmar-uni"),
            ("Kreftforeningen", "cancer-no"),
            ("Орский государственный университет", "orsk-uni"),
            ("北浜図書館", "kita-library"),
            ("ホソダン株式会社", "hoden"),
            ("جامعة زاويلة", "zawil"),
        ],
        ids=["de", "fr", "compound", "ru", "learnt from the others", "katakana", "ar"],
    )
    def test_translation_and_transliteration(self, first: First, name: str, expected: str) -> None:
        """A name in another language or script is found by meaning and sound."""
        assert first(name) == expected

    def test_turkish_capitals(self, first: First) -> None:
        """Turkish names are found in capitals and without their accents."""
        assert first("ŞİİRBEY ÜNİVERSİTESİ") == "siirbey"
        assert first("isparlik vakfi") == "isparlik"

    def test_legal_form(self, first: First) -> None:
        """A company is found without its legal form, and with another."""
        assert first("Blitzkraft") == "lightning"
        assert first("Blitzkraft AG") == "lightning"

    def test_acronym_of_the_registry(self, first: First) -> None:
        """An acronym that the registry has is enough."""
        assert first("VUVA") == "water-cz"

    def test_first_letters(self, first: First) -> None:
        """Letters that nobody recorded are found as the first letters of a name."""
        assert first("FCE Ondura") == "fce"

    def test_web_address(self, first: First) -> None:
        """A word of a web address is evidence."""
        assert first("HOSODAN") == "hoden"

    def test_numbers_decide(self, first: First) -> None:
        """Numbers are not misspelt for one another."""
        assert first("UMR7102") == "lab8"

    def test_the_country_decides_between_namesakes(self, first: First) -> None:
        """Of things with one name, the one in the country is meant."""
        assert first("Institute of Water Research", "AT") == "water-at"
        assert first("Institute of Water Research", "CZ") == "water-cz"


class TestProbabilities:
    """How sure an answer is."""

    def test_the_same_name_is_nearly_certain(self, matcher: Matcher) -> None:
        """A name that only one thing has, with its country, is nearly certain."""
        best = matcher.candidates("Norwegian Cancer Society", "NO")[0]

        assert best.probability > 0.95

    def test_namesakes_share(self, matcher: Matcher) -> None:
        """Without a country no namesake can be sure, and the sum of all is at most 1."""
        found = matcher.candidates("Ministry of Labour")

        assert found[0].probability < 0.7
        assert sum(candidate.probability for candidate in found) <= 1.0

    def test_what_the_registry_has_not_is_unlikely(self, matcher: Matcher) -> None:
        """Something else of the same kind is no answer."""
        best = matcher.candidates("Society of Dutch Beekeepers", "NL")

        assert all(candidate.probability < 0.3 for candidate in best)

    def test_nothing_in_common(self, matcher: Matcher) -> None:
        """A name without any word of the registry has no candidates."""
        assert matcher.candidates("Xyzzyqwv") == []

    @pytest.mark.parametrize("name", ["", "  ", "…", "の", "🏛", "-", "a" * 5000])
    def test_what_is_no_name_has_no_answer(self, matcher: Matcher, name: str) -> None:
        """An empty name, signs, or a text without end do no harm."""
        assert all(candidate.probability < 0.5 for candidate in matcher.candidates(name))

    def test_best_first(self, matcher: Matcher) -> None:
        """Candidates come likeliest first, at most as many as asked for."""
        found = matcher.candidates("Sandova", limit=3)

        assert len(found) == 3
        shares = [candidate.probability for candidate in found]
        assert shares == sorted(shares, reverse=True)


class TestReasons:
    """Why a candidate is one."""

    def test_for_and_against(self, matcher: Matcher) -> None:
        """What agrees comes first, then what does not."""
        found = {c.iri: c for c in matcher.candidates("Institute of Water Research", "AT")}

        assert found["http://example.org/water-at"].why == (
            "the same as its name 'Institute of Water Research'",
            "same country (AT)",
        )
        assert "other country (CZ, not AT)" in found["http://example.org/water-cz"].why

    def test_a_type_is_a_condition(self, matcher: Matcher) -> None:
        """Asked for a type, nothing of another is proposed."""
        found = matcher.candidates("Velmar", types={"education"})

        assert [candidate.iri for candidate in found] == ["http://example.org/velmar-uni"]


class TestPlacesLeftOver:
    """A record that is called like ours, and by a country or a town."""

    @pytest.mark.parametrize(
        ("name", "country", "place"),
        [
            ("Harbour Relief International", "JP", "Japan"),
            ("Guild of Potters", "DE", "Velmar"),
            ("Farlane Soap Works", "GB", "United Kingdom"),
        ],
    )
    def test_no_country_known(self, sections: Matcher, name: str, country: str, place: str) -> None:
        """Without a country the section is no more than one chance of two; with it, it is sure."""
        unknown = sections.candidates(name)[0]
        known = sections.candidates(name, country)[0]

        assert unknown.probability < 0.5
        assert known.probability > 0.9
        assert unknown.why[-1] == (
            f"its name has '{place}', and no country is known here: check the country"
        )

    def test_a_word_that_is_left_over_is_named(self, sections: Matcher) -> None:
        """Names with a word left over are not called the same."""
        found = sections.candidates("Harbour Relief International", "JP")[0]

        assert found.why == (
            "the same words as its name 'Harbour Relief International Japan', but for 'Japan'",
            "same country (JP)",
        )

    def test_the_place_is_in_ours(self, sections: Matcher) -> None:
        """A name that has the place is as sure as before, also where no country is known."""
        found = sections.candidates("Harbour Relief International, Japan")[0]

        assert found.probability > 0.9
        assert found.why == ("the same as its name 'Harbour Relief International Japan'",)


class TestCountries:
    """How a country is given."""

    def test_a_name_instead_of_the_code(self, matcher: Matcher) -> None:
        """The name of a country is refused: it would count against every candidate."""
        with pytest.raises(DiasporaKGError) as error:
            matcher.candidates("Sandova Opera", "Austria")

        assert error.value.code == "DKG507"

    def test_small_letters(self, matcher: Matcher) -> None:
        """A code may be written in small letters."""
        name = "Institute of Water Research"

        assert matcher.candidates(name, "at") == matcher.candidates(name, "AT")


class TestOrder:
    """Nothing depends on chance."""

    def test_the_order_of_the_records_does_not_matter(self) -> None:
        """The same things in another order give the same answers."""
        shuffled = list(THINGS)
        random.Random(5).shuffle(shuffled)
        one, other = Matcher(build_index(THINGS)), Matcher(build_index(shuffled))

        for name in ("Velmar", "Ministry of Labour", "北浜図書館", "Sandova schol"):
            assert one.candidates(name) == other.candidates(name)

    def test_equal_candidates_have_a_fixed_order(self) -> None:
        """Of things that nothing tells apart, the one whose IRI comes first is first."""
        twins = [thing("b", "Sandova Opera"), thing("a", "Sandova Opera")]

        found = Matcher(build_index(twins)).candidates("Sandova Opera")

        assert [c.iri for c in found] == ["http://example.org/a", "http://example.org/b"]
