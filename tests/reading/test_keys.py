"""What a key that is not known was meant to be."""

from diaspora_kg.reading.keys import (
    CASE_KEYS,
    CLAIM_KEYS,
    ENTITY_KEYS,
    EVIDENCE_KEYS,
    what_key_was_meant,
)


class TestKeyOfAThing:
    """Keys of a case or an entity."""

    def test_a_property_is_a_claim(self) -> None:
        """What a source says is no key of the case, however like one its name is."""
        hint = what_key_was_meant("homeState", CASE_KEYS, "otherwise", "write it under 'claims:'")

        assert hint == (
            "What a source says is a claim of its own, with its passage: write it under 'claims:'."
        )

    def test_a_key_with_capitals_is_that_key(self) -> None:
        """Keys have hyphens where properties have capitals."""
        hint = what_key_was_meant("altLabel", ENTITY_KEYS, "otherwise", "claim")

        assert hint == "Did you mean 'alt-label' or 'label'?"

    def test_a_misspelt_key_gets_a_suggestion(self) -> None:
        """Without capitals inside it is a slip."""
        assert what_key_was_meant("lable", CASE_KEYS, "x", "y") == "Did you mean 'label'?"


class TestKeyOfAClaim:
    """Keys of anything else."""

    def test_a_claim_is_not_sent_to_the_claims(self) -> None:
        """In a claim, a key with capitals is looked for among those with hyphens."""
        hint = what_key_was_meant("attributedTo", CLAIM_KEYS, "otherwise", "claim")

        assert hint == "Did you mean 'attributed-to'?"


def test_a_page_is_a_locator() -> None:
    """A passage has no page as such: it is told how to write one."""
    hint = what_key_was_meant("page", EVIDENCE_KEYS, "Allowed are others.", "")

    assert hint == "Write 'locator: p. 12': a locator may be a page, an article or a timestamp."
