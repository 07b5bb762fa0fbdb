"""Shapes and words on a page, written as SVG or PNG. The only module that draws.

What stands at which place is decided before; the page has one unit, a pixel of an SVG at its
natural size. Nothing random and no date gets into a file.
"""

import io
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import atan2, cos, sin
from typing import Any, Literal
from xml.etree import ElementTree

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyBboxPatch, PathPatch
from matplotlib.path import Path
from matplotlib.text import Text

from diaspora_kg.drawing.geometry import Box, Curve, Point
from diaspora_kg.drawing.lettering import FAMILY, Block, Style

_SVG = "http://www.w3.org/2000/svg"
_POINTS_PER_INCH = 72.0
_FALLBACKS = f"'{FAMILY}', Verdana, 'Segoe UI', Helvetica, Arial, sans-serif"
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "diaspora-kg",
    "text.parse_math": False,
    "path.simplify": False,
}


class Canvas:
    """A page that is drawn on from the back to the front."""

    def __init__(self, width: float, height: float, background: str, border: str) -> None:
        """Begin with an empty page of a colour of its own: pages around it may be dark."""
        self.width, self.height = round(width), round(height)
        self._groups: list[_Group] = []
        self._titles: dict[str, str] = {}
        self.group("page")
        page = Box(self.width / 2, self.height / 2, self.width - 2, self.height - 2)
        self.box(page, background, edge=border, radius=10)

    def group(self, name: str, title: str = "") -> None:
        """Begin a group; what is drawn from now on belongs to it. Its title is shown on demand."""
        self._groups.append(_Group(name))
        if title:
            self._titles[name] = title

    def box(
        self, box: Box, fill: str, *, edge: str = "none", line: float = 1.0, radius: float = 8.0
    ) -> None:
        """Draw a rectangle, with round corners if a radius is given."""
        shape = f"round,pad=0,rounding_size={radius}" if radius else "square,pad=0"
        self._add(
            FancyBboxPatch(
                (box.left, box.top),
                box.width,
                box.height,
                boxstyle=shape,
                facecolor=fill,
                edgecolor=edge,
                linewidth=line,
            )
        )

    def disc(self, centre: Point, radius: float, fill: str) -> None:
        """Draw a filled circle."""
        self._add(Circle(centre, radius, facecolor=fill, edgecolor="none"))

    def area(self, points: Sequence[Point], fill: str, *, edge: str = "none") -> None:
        """Fill the area between some points."""
        path = Path([*points, points[0]], closed=True)
        self._add(PathPatch(path, facecolor=fill, edgecolor=edge, linewidth=1.0))

    def curve(self, curve: Curve, colour: str, width: float, *, dashed: bool = False) -> None:
        """Draw a line along a curve."""
        path = Path(
            [curve.start, curve.first, curve.second, curve.end],
            [Path.MOVETO, Path.CURVE4, Path.CURVE4, Path.CURVE4],
        )
        style: Any = (0, (3.2, 2.0)) if dashed else "solid"
        self._add(
            PathPatch(
                path,
                facecolor="none",
                edgecolor=colour,
                linewidth=width,
                linestyle=style,
                capstyle="butt",
            )
        )

    def arrow(self, curve: Curve, colour: str, width: float, *, dashed: bool = False) -> None:
        """Draw a line with a head at its end."""
        length, half = 11 + 1.6 * width, 5.0 + 1.1 * width
        share = max(0.0, 1 - length * 0.8 / (curve.length or 1.0))
        self.curve(curve.part(0, share) if share else curve, colour, width, dashed=dashed)
        back = curve.at(max(0.0, 1 - length / (curve.length or 1.0)))
        angle = atan2(curve.end[1] - back[1], curve.end[0] - back[0])
        c, s = cos(angle), sin(angle)
        x, y = curve.end
        sides = [(x - length * c - k * half * s, y - length * s + k * half * c) for k in (1, -1)]
        notch = (x - length * 0.75 * c, y - length * 0.75 * s)
        self.area([(x, y), sides[0], notch, sides[1]], colour)

    def words(
        self, text: str, at: Point, style: Style, align: Literal["left", "center"] = "center"
    ) -> None:
        """Write one line; the place is on its baseline."""
        self._add(
            Text(
                at[0],
                at[1],
                text,
                color=style.colour,
                fontproperties=style.font,
                horizontalalignment=align,
                verticalalignment="baseline",
                parse_math=False,
            )
        )

    def block(self, block: Block, centre: Point) -> None:
        """Write some lines around a point."""
        y = centre[1] - block.height / 2
        for line in block.lines:
            baseline = y + line.style.leading * 0.5 + line.style.size * 0.36
            self.words(line.text, (centre[0], baseline), line.style)
            y += line.style.leading

    def svg(self, width: float, title: str, description: str, language: str) -> bytes:
        """Return the page as an SVG of a width in pixels, with its titles."""
        stream = io.BytesIO()
        nothing = {"Date": None, "Creator": None}
        self._figure().savefig(stream, format="svg", dpi=_POINTS_PER_INCH, metadata=nothing)
        about = {"title": title, "desc": description, "language": language}
        height = width * self.height / self.width
        return _finished(stream.getvalue(), self._titles, about, width, height)

    def png(self, width: float, title: str) -> bytes:
        """Return the page as a PNG of a width in pixels."""
        stream = io.BytesIO()
        dpi = width / self.width * _POINTS_PER_INCH + 1e-9
        about = {"Software": None, "Title": title}
        self._figure().savefig(stream, format="png", dpi=dpi, metadata=about)
        return stream.getvalue()

    def _figure(self) -> Figure:
        size = (self.width / _POINTS_PER_INCH, self.height / _POINTS_PER_INCH)
        figure = Figure(figsize=size, dpi=_POINTS_PER_INCH, facecolor="none")
        axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        axes.set_axis_off()
        axes.set_xlim(0, self.width)
        axes.set_ylim(self.height, 0)
        for number, group in enumerate(self._groups):
            for artist in group.artists:
                artist.set_figure(figure)
                artist.axes = axes
                artist.set_transform(axes.transData)
            group.set_zorder(number)
            axes.add_artist(group)
            group.set_clip_on(False)
        return figure

    def _add(self, artist: Artist) -> None:
        self._groups[-1].artists.append(artist)


class _Group(Artist):
    """Artists that are drawn together and bear one name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.artists: list[Artist] = []

    def draw(self, renderer: Any) -> None:  # noqa: ANN401 - the type of matplotlib is not exact
        """Draw all of them."""
        renderer.open_group("g", gid=self.name)
        for artist in self.artists:
            artist.draw(renderer)
        renderer.close_group("g")


@contextmanager
def steady() -> Iterator[None]:
    """Draw the same everywhere, whatever a user has set for matplotlib."""
    with matplotlib.rc_context(), warnings.catch_warnings():
        # the font lacks some scripts: an SVG is then shown in another font of the reader's
        warnings.filterwarnings("ignore", "Glyph .* missing", UserWarning)
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_SETTINGS)
        yield


def _finished(
    data: bytes, titles: Mapping[str, str], about: Mapping[str, str], width: float, height: float
) -> bytes:
    """Return an SVG with its titles, its size in pixels and a font for every machine."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(data)
    for metadata in root.findall(f"{{{_SVG}}}metadata"):
        root.remove(metadata)
    root.attrib.update(
        {
            "width": f"{width:g}",
            "height": f"{height:.0f}",
            "role": "img",
            "lang": about["language"],
            "aria-labelledby": "title desc",
        }
    )
    for position, name in enumerate(("title", "desc")):
        element = ElementTree.Element(f"{{{_SVG}}}{name}", {"id": name})
        element.text = about[name]
        root.insert(position, element)
    for group in root.iter(f"{{{_SVG}}}g"):
        if group.get("id") in titles:
            element = ElementTree.Element(f"{{{_SVG}}}title")
            element.text = titles[str(group.get("id"))]
            group.insert(0, element)
    for text in root.iter(f"{{{_SVG}}}text"):
        text.set("style", text.get("style", "").replace(f"'{FAMILY}'", _FALLBACKS))
    written = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()
