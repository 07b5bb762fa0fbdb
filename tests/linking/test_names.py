"""Names are taken apart: case, accents, scripts, legal forms, meanings."""

from diaspora_kg.linking.names import analyse
from diaspora_kg.linking.readings import readings_of
from diaspora_kg.linking.scripts import fold, skeleton


class TestLetters:
    """What counts as the same letter."""

    def test_turkish_i_with_and_without_dot(self) -> None:
        """The four letters i of Turkish are one, in capitals or not."""
        assert fold("İZMİR ısparta") == "izmir isparta"

    def test_accents_and_ligatures(self) -> None:
        """Accents go, and letters that ASCII has not become the usual ones."""
        assert fold("Łódź Ærø Straße Đà Nẵng") == "lodz aero strasse da nang"

    def test_alphabets_become_latin(self) -> None:
        """Cyrillic and Greek are written in Latin letters."""
        assert fold("Майкоп Αθήνα") == "maykop athina"

    def test_kana_is_read(self) -> None:
        """Kana is read aloud; a long vowel is a short one."""
        assert analyse("ホシデン").words == ("hoshiden",)
        assert analyse("トウキョウ").words == ("tokyo",)

    def test_invisible_signs_do_not_count(self) -> None:
        """Signs that nobody sees, such as marks of direction, make no other name."""
        assert analyse("Vel\u200bmar\u200f").tokens == analyse("Velmar").tokens

    def test_consonants_survive_transliteration(self) -> None:
        """Two ways to write one sound have the same consonants."""
        assert skeleton("bouzareah") == skeleton("buzaria")
        assert skeleton("tashkent") == skeleton("toshkent")


class TestMeanings:
    """Generic words of any language are one token."""

    def test_a_university_in_many_languages(self) -> None:
        """University is one meaning, whatever the language or script."""
        names = (
            "University",
            "Universität",
            "Üniversitesi",
            "Uniwersytet",
            "جامعة",
            "大学",
            "대학교",
        )

        meanings = {analyse(name).tokens for name in names}

        assert meanings == {("~university",)}

    def test_a_compound_is_taken_apart(self) -> None:
        """A compound word gives the meanings of its parts."""
        assert analyse("Krebsforschungszentrum").tokens[0] == "~cancer"
        assert analyse("Krebsgesellschaft").tokens == ("~cancer", "~society")

    def test_text_without_spaces_is_taken_apart(self) -> None:
        """Japanese words are found in a run without spaces; what is unknown stays."""
        name = analyse("長崎市保健大学")

        assert name.tokens == ("~nagasaki", "~municipal", "~health", "~university")

    def test_an_arabic_article_is_not_part_of_the_word(self) -> None:
        """The Arabic article and prepositions that are written together do not hide a word."""
        assert analyse("المتحف الوطني").tokens == ("~museum", "~national")

    def test_words_that_say_nothing_are_left_out(self) -> None:
        """Articles and prepositions do not count."""
        assert analyse("The School of the Arts").tokens == ("~school", "~art")

    def test_a_country_and_its_adjective(self) -> None:
        """A country and its adjectives are one token."""
        assert analyse("Deutsche").tokens == analyse("Germany").tokens == ("~de",)


class TestLegalForms:
    """What a company or association is before the law is not its name."""

    def test_at_the_end(self) -> None:
        """A legal form at the end is left out, also before the country."""
        for form in ("GmbH", "Ltd.", "A.Ş.", "Sp. z o.o.", "S.p.A.", "Oy", "Co., Ltd."):
            assert analyse(f"Blitzkraft {form}").tokens == ("blitzkraft",), form

    def test_in_japanese(self) -> None:
        """Japanese legal forms stand at the beginning or the end, without a space."""
        assert (
            analyse("株式会社ホシデン").tokens
            == analyse("ホシデン株式会社").tokens
            == ("hoshiden",)
        )

    def test_letters_at_the_beginning_are_a_name(self) -> None:
        """SR is a legal form in Finland, but not where a name begins with it."""
        assert analyse("S.R. College").tokens == ("sr", "~college")


class TestShortForms:
    """Acronyms and numbers."""

    def test_letters_and_numbers_are_parted(self) -> None:
        """UMR8220 and UMR 8220 are the same."""
        assert analyse("UMR8220").tokens == analyse("UMR 8220").tokens == ("umr", "8220")

    def test_dotted_letters_are_one_word(self) -> None:
        """U.S. and US are the same."""
        assert analyse("U.S. Army").tokens == analyse("US Army").tokens

    def test_first_letters(self) -> None:
        """The first letters of a name are known, also without its last word."""
        assert analyse("Federal College of Education, Ondura").initials == ("fceo", "fce")

    def test_a_roman_number_is_a_number(self) -> None:
        """Lyon II and Lyon 2 are the same."""
        assert analyse("Lyon II").tokens == analyse("Lyon 2").tokens


class TestReadings:
    """Chinese characters in Japanese names."""

    def test_a_town(self) -> None:
        """The reading of a town is among the ways to read its characters."""
        assert "kurashiki" in readings_of("倉敷")

    def test_a_consonant_softens_inside(self) -> None:
        """A consonant may soften inside a word: hashi, but Chidoribashi."""
        assert "chidoribashi" in readings_of("千鳥橋")

    def test_an_unknown_character_gives_no_reading(self) -> None:
        """Where one character is not known, no reading is guessed."""
        assert readings_of("倉龘") == frozenset()
