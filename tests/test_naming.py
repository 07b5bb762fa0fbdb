"""How things are named."""

import pytest

from diaspora_kg.naming import article


@pytest.mark.parametrize(
    ("noun", "expected"),
    [
        ("state body", "a"),
        ("exchange programme", "an"),
        ("umbrella organization", "an"),
        ("university", "a"),
        ("European agency", "a"),
        ("one-party state", "a"),
        ("NGO", "an"),
        ("UN agency", "a"),
        ("", "a"),
    ],
)
def test_article(noun: str, expected: str) -> None:
    """The article goes by the sound with which a noun begins."""
    assert article(noun) == expected
