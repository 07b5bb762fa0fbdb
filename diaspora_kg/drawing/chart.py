"""The drawing of a concept map: title, concepts, arrows with their words, legend."""

from diaspora_kg.drawing.arrangement import arrange
from diaspora_kg.drawing.canvas import Canvas, steady
from diaspora_kg.drawing.captions import LANGUAGES, Captions
from diaspora_kg.drawing.concept_map import ConceptMap, Link
from diaspora_kg.drawing.geometry import Box, bounds
from diaspora_kg.drawing.legend import Legend
from diaspora_kg.drawing.lettering import Block, Line, Style, wrapped
from diaspora_kg.drawing.palette import (
    BACKGROUND,
    CONCEPT_EDGE,
    CONCEPT_FILL,
    RULE,
    colour_of,
    line_width,
    tint_of,
)
from diaspora_kg.drawing.phrasebook import Wording
from diaspora_kg.drawing.picture import FORMATS, Picture
from diaspora_kg.drawing.placing import Arrangement, Arrow
from diaspora_kg.drawing.tooltips import summary, tooltip

_WIDTH = 1000.0
_MARGIN = 28.0
_TITLE = Style(20, bold=True)
_SUBTITLE = Style(12.5, "#4a4a4a")
_CONCEPT = Style(18, "#10222e", bold=True)
_PHRASE = Style(15)
_FURTHER = Style(12, "#4a4a4a", italic=True)
_COUNT = Style(12, "#4a4a4a", bold=True)
_BADGE = Style(13, "#ffffff", bold=True)
_SHAPES = (236.0, 188.0, 150.0)
"""How wide the words of an arrow may be, widest first."""

_NAMED = 6
"""How many sources stand below the title."""

_SHOWN = 3
"""How many restatements stand at an arrow; its tooltip has all."""


def draw(chart: ConceptMap, format_: str, width: int | None) -> Picture:
    """Return the picture of a concept map."""
    words = LANGUAGES[chart.language]
    with steady():
        canvas = _drawn(chart, words)
        size = float(width or canvas.width)
        if format_ == "png":
            data = canvas.png(size, chart.title)
        else:
            data = canvas.svg(size, chart.title, summary(chart, words), chart.language)
    return Picture(data, FORMATS[format_])


def _drawn(chart: ConceptMap, words: Captions) -> Canvas:
    found = arranged(chart)
    content = _content(found)
    width = max(_WIDTH, content.width + 2 * _MARGIN)
    heading = _heading(chart, words, width - 2 * _MARGIN)
    legend = Legend(chart, words, width - 2 * _MARGIN)
    top = _MARGIN + heading.height + 26
    height = top + content.height + 34 + legend.height + _MARGIN
    canvas = Canvas(width, height, BACKGROUND, RULE)
    _draw_heading(canvas, heading)
    shift = (width / 2 - content.x, top - content.top)
    _draw_map(canvas, chart, found.moved(*shift), words)
    legend.draw(canvas, _MARGIN, top + content.height + 34)
    return canvas


# --- Arranging --------------------------------------------------------------------------


def arranged(chart: ConceptMap) -> Arrangement:
    """Return where everything in the map stands."""
    words = LANGUAGES[chart.language]
    sizes = {node: Block(wrapped(label, _CONCEPT, 150)) for node, label in chart.concepts.items()}
    arrows = [
        Arrow(link.subject, link.object, _blocks(link, chart, words), link.pair)
        for link in chart.links
    ]
    return arrange(sizes, arrows, _WIDTH - 140)


def _blocks(link: Link, chart: ConceptMap, words: Captions) -> tuple[Block, ...]:
    """Return the words of an arrow, broken in several ways."""
    found = []
    for width in _SHAPES:
        lines = list(wrapped(_phrase(link.main, chart, words), _PHRASE, width))
        further = _further(link)
        for wording in further[:_SHOWN]:
            lines.extend(wrapped(_phrase(wording, chart, words), _FURTHER, width))
        if len(further) > _SHOWN:
            more = words.more.format(count=len(further) - _SHOWN)
            lines.append(Line(more, _FURTHER))
        if any(other.origins != link.origins for other in chart.links):
            lines.append(Line(_count(link.origins, words), _COUNT))
        found.append(Block(tuple(lines)))
    return tuple(dict.fromkeys(found))


def _phrase(wording: Wording, chart: ConceptMap, words: Captions) -> str:
    foreign = wording.language not in (None, chart.language)
    tag = f" ({wording.language})" if foreign else ""
    mark = " †" if wording.conflicts else ""
    return f"{words.negation if wording.negated else ''}{wording.phrase}{tag}{mark}"


def _further(link: Link) -> list[Wording]:
    """Return the restatements whose phrases differ from those before."""
    seen = {link.main.phrase.casefold()}
    found = []
    for wording in link.restatements:
        if wording.phrase.casefold() not in seen or wording.conflicts:
            found.append(wording)
        seen.add(wording.phrase.casefold())
    return found


def _count(origins: int, words: Captions) -> str:
    return words.one_origin if origins == 1 else words.origins.format(count=origins)


def _content(found: Arrangement) -> Box:
    curves = [Box(x, y, 12, 12) for arrow in found.arrows for x, y in arrow.curve.samples]
    return bounds([*found.boxes.values(), *(arrow.label for arrow in found.arrows), *curves])


# --- Drawing ----------------------------------------------------------------------------


def _heading(chart: ConceptMap, words: Captions, width: float) -> Block:
    count = chart.propositions
    text = words.computed_one if count == 1 else words.computed
    computed = text.format(propositions=count, source=_cited(chart, words))
    return Block((*wrapped(chart.title, _TITLE, width), *wrapped(computed, _SUBTITLE, 0.8 * width)))


def _cited(chart: ConceptMap, words: Captions) -> str:
    """Return the sources as a sentence; a single one with its title."""
    cited = chart.sources
    if len(cited) == 1 and cited[0][1]:
        return words.one_source.format(cited=cited[0][0], title=cited[0][1])
    names = [name for name, _ in cited[:_NAMED]]
    if len(cited) > _NAMED:
        names.append(words.more.format(count=len(cited) - _NAMED))
    return words.sources.format(cited="; ".join(names)) if names else ""


def _draw_heading(canvas: Canvas, heading: Block) -> None:
    canvas.group("heading")
    canvas.block(heading, (canvas.width / 2, _MARGIN + heading.height / 2))


def _draw_map(canvas: Canvas, chart: ConceptMap, found: Arrangement, words: Captions) -> None:
    placed = list(zip(chart.links, found.arrows, strict=True))
    canvas.group("bands")
    for number in range(1, chart.pairs + 1):
        sides = [arrow.curve.samples for link, arrow in placed if link.pair == number]
        canvas.area([point for side in sides for point in side], tint_of(number))
    tips = [tooltip(link, chart, words) for link in chart.links]
    for i, (link, arrow) in enumerate(placed):
        canvas.group(f"link-{i + 1}", tips[i])
        canvas.arrow(
            arrow.curve,
            colour_of(link.pair),
            line_width(link.origins),
            dashed=link.main.negated,
        )
    for i, (_, arrow) in enumerate(placed):
        canvas.group(f"phrase-{i + 1}", tips[i])
        canvas.box(arrow.label, BACKGROUND, radius=6)
        canvas.block(arrow.block, (arrow.label.x, arrow.label.y))
    _draw_badges(canvas, found)
    _draw_concepts(canvas, chart, found)


def _draw_badges(canvas: Canvas, found: Arrangement) -> None:
    canvas.group("pairs")
    for number, (x, y) in sorted(found.badges.items()):
        canvas.disc((x, y), 12, colour_of(number))
        canvas.words(str(number), (x, y + _BADGE.size * 0.36), _BADGE)


def _draw_concepts(canvas: Canvas, chart: ConceptMap, found: Arrangement) -> None:
    for i, (node, label) in enumerate(chart.concepts.items()):
        box = found.boxes[node]
        canvas.group(f"concept-{i + 1}", label)
        canvas.box(box, CONCEPT_FILL, edge=CONCEPT_EDGE, line=1.6, radius=10)
        canvas.block(Block(_label_lines(label)), (box.x, box.y))


def _label_lines(label: str) -> tuple[Line, ...]:
    return wrapped(label, _CONCEPT, 150)
