"""The evidence of a row in Markdown: quotes as block quotes, each with where it stands."""

from collections.abc import Iterator

from diaspora_kg.evidence import RowEvidence
from diaspora_kg.namespaces import compact
from diaspora_kg.rendering.evidence import (
    Grounds,
    Telling,
    grounds_of,
    place_of,
    quote_of,
    remarks,
    shown_of,
)
from diaspora_kg.rendering.layout import markdown_text


def paragraphs(number: int, evidence: RowEvidence, telling: Telling) -> Iterator[str]:
    """Yield what a numbered row rests on, line by line."""
    grounds = grounds_of(evidence.claims)
    shown = shown_of(evidence, grounds, telling)
    yield f"**{number}.**"
    for group in shown:
        yield ""
        yield from ground(group, telling)
    notes = [text for _, text in remarks(evidence, telling, len(grounds) - len(shown))]
    if notes:
        yield ""
        yield from (f"* {markdown_text(note)}" for note in notes)


def ground(group: Grounds, telling: Telling) -> Iterator[str]:
    """Yield the passages of claims as a block quote, with who says them where."""
    first = group.claims[0]
    for passage in group.passages:
        yield f"> {markdown_text(quote_of(passage, telling.language))}"
        yield f"> — {markdown_text(place_of(first, passage))}"
        yield ">"
    names = ", ".join(f"`{compact(claim.iri)}`" for claim in group.claims)
    said = "; ".join(group.remarks)
    yield f"> {names}" + (f" {markdown_text(said)}" if said else "")
    for caveat in group.caveats:
        yield f"> *caveat:* {markdown_text(caveat)}"
