"""What an arrow says when somebody asks it: phrase, claims, origins, places of the quotes."""

from collections.abc import Iterable

from diaspora_kg.drawing.captions import Captions
from diaspora_kg.drawing.concept_map import ConceptMap, Link
from diaspora_kg.drawing.phrasebook import Passage, Wording
from diaspora_kg.terms import iri_of


def tooltip(link: Link, chart: ConceptMap, words: Captions) -> str:
    """Return the lines of a tooltip, most telling first."""
    lines = [_sentence(link.main, words)]
    for other in chart.links:
        if link.pair and other.pair == link.pair and other is not link:
            said = _sentence(other.main, words)
            lines.append(words.tip_pair.format(number=link.pair, sentence=said))
    lines.append(words.tip_origins.format(count=link.origins))
    for heading, wordings in (
        (words.tip_main, (link.main,)),
        (words.tip_restatements, link.restatements),
        (words.tip_elsewhere, link.elsewhere),
        (words.tip_reasons, link.reasons),
    ):
        if wordings:
            lines.extend(("", f"{heading}:"))
        for wording in wordings:
            lines.extend(_lines(wording, words))
    return "\n".join(lines)


def summary(chart: ConceptMap, words: Captions) -> str:
    """Return what the whole map says, one link a line."""
    return "\n".join(_sentence(link.main, words) for link in chart.links)


def _sentence(wording: Wording, words: Captions) -> str:
    return (words.negation if wording.negated else "") + wording.sentence


def _lines(wording: Wording, words: Captions) -> Iterable[str]:
    yield f"• {_sentence(wording, words)}"
    yield f"  {iri_of(wording.claim)}"
    if wording.passages:
        yield f"  {_places(wording.passages)}"
    if wording.cites:
        yield f"  {words.tip_cites.format(works='; '.join(wording.cites))}"
    for text in wording.conditions:
        yield f"  {words.tip_condition.format(text=text)}"
    for text in wording.conflicts:
        yield f"  {words.tip_conflict.format(text=text)}"


def _places(passages: Iterable[Passage]) -> str:
    """Return the places of some passages, each source named once."""
    by_source: dict[str, list[str]] = {}
    for passage in passages:
        by_source.setdefault(passage.source, []).append(passage.locator)
    return " | ".join(f"{name}: {'; '.join(places)}" for name, places in by_source.items())
