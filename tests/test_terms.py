"""Terms as N-Triples text: what is taken apart is what was put together."""

import pytest

from diaspora_kg.namespaces import XSD
from diaspora_kg.terms import iri, literal_parts, text_literal, text_of, typed_literal

LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


@pytest.mark.parametrize(
    ("term", "parts"),
    [
        ('"plain"', ("plain", None, XSD + "string")),
        ('""', ("", None, XSD + "string")),
        ('"söz"@tr', ("söz", "tr", LANG_STRING)),
        ('"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>', ("1.50", None, XSD + "decimal")),
        ('"say \\"yes\\"@en"@en-GB', ('say "yes"@en', "en-GB", LANG_STRING)),
        ('"a \\\\ and \\u0131 and \\n"', ("a \\ and ı and \n", None, XSD + "string")),
    ],
)
def test_a_literal_is_taken_apart(term: str, parts: tuple[str, str | None, str]) -> None:
    """Text, language and datatype come back, with what was escaped as it was."""
    assert literal_parts(term) == parts


@pytest.mark.parametrize("text", ['"', "\\", 'ends with "', "line\nbreak", "@en", "^^<x>", ""])
def test_any_text_survives_being_written(text: str) -> None:
    """What a literal is made of is what is read out of it."""
    assert text_of(text_literal(text)) == text
    assert literal_parts(text_literal(text, "EN"))[:2] == (text, "en")
    assert literal_parts(typed_literal(text, XSD + "token"))[0] == text


@pytest.mark.parametrize("term", ["<http://example.org/>", "_:b0", '"open', '"a"x', '"a"^^int', ""])
def test_what_is_no_literal_is_refused(term: str) -> None:
    """An IRI, a blank node or a broken literal has no parts."""
    with pytest.raises(ValueError, match="not a literal"):
        literal_parts(term)


def test_an_iri_holds_nothing_that_no_iri_may_hold() -> None:
    """Characters that would end the term are percent-encoded."""
    assert iri("http://example.org/a b<c>") == "<http://example.org/a%20b%3Cc%3E>"
