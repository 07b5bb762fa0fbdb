"""The picture of a concept map: what an SVG and a PNG contain, and that they never vary."""

import os
import struct
import subprocess
import sys
from itertools import combinations
from xml.etree import ElementTree

import matplotlib
import pytest
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from diaspora_kg.drawing import draw_concept_map
from diaspora_kg.drawing.chart import arranged
from diaspora_kg.drawing.concept_map import read_concept_map
from diaspora_kg.drawing.drawing import read_corpus
from diaspora_kg.errors import DiasporaKGError, MissingPartError

SVG = "{http://www.w3.org/2000/svg}"
CASE = NamedNode("https://w3id.org/diaspora-kg/graph/case/test")
MAP = "<https://w3id.org/diaspora-kg/id/map>"

PROGRAM = """
import hashlib, sys
from pathlib import Path
from pyoxigraph import RdfFormat, Store
from diaspora_kg.drawing import draw_concept_map
store = Store()
store.load(sys.stdin.buffer.read(), RdfFormat.N_QUADS)
for format in ("svg", "png"):
    print(hashlib.sha256(draw_concept_map(store, format=format).data).hexdigest())
"""


def drawn(store: Store, **options: object) -> ElementTree.Element:
    return ElementTree.fromstring(draw_concept_map(store, **options).data)


def group(svg: ElementTree.Element, name: str) -> ElementTree.Element:
    return next(g for g in svg.iter(f"{SVG}g") if g.get("id") == name)


def groups(svg: ElementTree.Element, prefix: str) -> list[str]:
    return [i for g in svg.iter(f"{SVG}g") if (i := g.get("id", "")).startswith(prefix)]


def words(element: ElementTree.Element) -> str:
    return " ".join(text.text or "" for text in element.iter(f"{SVG}text"))


def strokes(element: ElementTree.Element, name: str) -> list[str]:
    """Return what the style of the paths says of a property, in the order of drawing."""
    styles = [path.get("style", "") for path in element.iter(f"{SVG}path")]
    pairs = [pair.split(": ") for style in styles for pair in style.split("; ") if ": " in pair]
    return [value for key, value in pairs if key == name]


class TestSvg:
    """What stands in an SVG."""

    def test_arrows(self, triangle) -> None:
        """There is one arrow for each link, a restatement being merged into its link."""
        assert groups(drawn(triangle), "link-") == ["link-1", "link-2", "link-3"]

    def test_concepts(self, triangle) -> None:
        """Every concept stands once, with its label as text."""
        svg = drawn(triangle)

        concepts = [words(group(svg, name)) for name in groups(svg, "concept-")]

        assert concepts == ["civil society", "foreign policy", "soft power"]

    def test_phrase(self, triangle) -> None:
        """The phrase of an arrow is text, its restatements follow, then its origins."""
        assert words(group(drawn(triangle), "phrase-3")) == (
            "is an approach to is a method of 2 origins"
        )

    def test_title_of_an_arrow(self, triangle) -> None:
        """An arrow says on demand its sentence, origins, claims and the places of the quotes."""
        title = group(drawn(triangle), "link-3").find(f"{SVG}title")

        assert title is not None
        assert title.text == (
            "soft power – is an approach to – foreign policy\n"
            "Independent origins: 2\n"
            "\n"
            "Proposition:\n"
            "• soft power – is an approach to – foreign policy\n"
            "  https://w3id.org/diaspora-kg/id/k3\n"
            "  Ann 2020: p. 1\n"
            "\n"
            "In other words:\n"
            "• soft power – is a method of – foreign policy\n"
            "  https://w3id.org/diaspora-kg/id/k4\n"
            "  Bob 2021: p. 9"
        )

    def test_title_of_a_pair(self, triangle) -> None:
        """An arrow of a pair names the other arrow."""
        title = group(drawn(triangle), "link-1").findtext(f"{SVG}title") or ""

        assert "Pair 1, with: soft power – depends on – civil society" in title

    def test_pair(self, triangle) -> None:
        """The arrows of a pair share a colour, and their number stands on a band between them."""
        svg = drawn(triangle)

        colours = [strokes(group(svg, f"link-{i}"), "stroke")[0] for i in (1, 2, 3)]

        assert colours == ["#0072b2", "#0072b2", "#4d4d4d"]
        assert words(group(svg, "pairs")) == "1"
        assert len(list(group(svg, "bands").iter(f"{SVG}path"))) == 1

    def test_width(self, triangle) -> None:
        """An arrow with more origins is wider."""
        svg = drawn(triangle)

        assert [strokes(group(svg, f"link-{i}"), "stroke-width")[0] for i in (1, 2, 3)] == [
            "2",
            "2",
            "3.5",
        ]

    def test_negation(self, a_store, triangle) -> None:
        """A link that the source denies is dashed and says so."""
        triangle.update(
            "PREFIX : <https://w3id.org/diaspora-kg/id/>"
            "INSERT DATA { :k3 <https://w3id.org/diaspora-kg/ontology#polarity>"
            " <https://w3id.org/diaspora-kg/concept/negated> }"
        )

        svg = drawn(triangle)

        assert words(group(svg, "phrase-3")).startswith("not: is an approach to")
        assert strokes(group(svg, "link-3"), "stroke-dasharray")
        assert "the source denies the link" in words(group(svg, "legend"))

    def test_language(self, triangle) -> None:
        """In Turkish the legend is Turkish, and a phrase that is not is marked."""
        svg = drawn(triangle, language="tr")

        assert words(group(svg, "concept-2")) == "sivil toplum"
        assert words(group(svg, "phrase-2")).startswith("depends on (en)")
        assert "Ok yönünde okunur" in words(group(svg, "legend"))

    def test_heading(self, triangle) -> None:
        """The heading names the map, the number of propositions and the sources."""
        assert words(group(drawn(triangle), "heading")) == (
            "A map Computed from 4 propositions. Sources: Ann 2020; Bob 2021."
        )

    def test_markup_and_formulas(self, triangle) -> None:
        """Signs of markup and of mathematics are text like any other."""
        triangle.update(
            "PREFIX : <https://w3id.org/diaspora-kg/id/>"
            "PREFIX dkg: <https://w3id.org/diaspora-kg/ontology#>"
            "DELETE { GRAPH ?g { :k2 dkg:linkingPhrase ?p } }"
            "INSERT { GRAPH ?g { :k2 dkg:linkingPhrase 'costs $1$ & <b>' } }"
            "WHERE { GRAPH ?g { :k2 dkg:linkingPhrase ?p } }"
        )

        assert words(group(drawn(triangle), "phrase-2")) == "costs $1$ & <b> 1 origin"

    def test_fonts(self, triangle) -> None:
        """Text falls back to the sans-serif of the reader's machine."""
        styles = {text.get("style", "") for text in drawn(triangle).iter(f"{SVG}text")}

        assert all("sans-serif" in style for style in styles)

    def test_size(self, triangle) -> None:
        """The width that was asked for is the width in pixels."""
        assert drawn(triangle, width=700).get("width") == "700"


class TestPng:
    """The same picture as PNG."""

    def test_size(self, triangle) -> None:
        """The width that was asked for is the width in pixels."""
        picture = draw_concept_map(triangle, format="png", width=640)

        assert picture.media_type == "image/png"
        assert struct.unpack(">I", picture.data[16:20]) == (640,)


class TestSteadiness:
    """The same graph gives the same file."""

    def test_other_process(self, triangle) -> None:
        """Two processes with other hash seeds write the same bytes, SVG and PNG."""
        quads = triangle.dump(format=RdfFormat.N_QUADS)

        results = {
            subprocess.run(
                [sys.executable, "-c", PROGRAM],
                input=quads,
                capture_output=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": seed},
            ).stdout
            for seed in ("1", "2")
        }

        assert len(results) == 1

    def test_order_of_statements(self, triangle) -> None:
        """The order in which a graph was written does not matter."""
        other = Store()
        for quad in sorted(triangle, key=str, reverse=True):
            other.add(quad)

        assert draw_concept_map(other) == draw_concept_map(triangle)

    def test_graph_names(self, triangle) -> None:
        """In which named graphs the claims stand does not matter."""
        other = Store()
        triples = triangle.dump(format=RdfFormat.N_TRIPLES, from_graph=CASE)
        other.load(triples, RdfFormat.N_TRIPLES, to_graph=DefaultGraph())

        assert draw_concept_map(other) == draw_concept_map(triangle)

    def test_settings_of_the_user(self, triangle) -> None:
        """What a user has set for matplotlib changes nothing, and is left as it was."""
        plain = draw_concept_map(triangle)

        with matplotlib.rc_context({"svg.fonttype": "path", "path.sketch": (3, 20, 2)}):
            styled = draw_concept_map(triangle)
            kept = matplotlib.rcParams["svg.fonttype"]

        assert styled == plain
        assert kept == "path"

    def test_no_date(self, triangle) -> None:
        """A picture carries neither a date nor the version of a program."""
        svg = draw_concept_map(triangle).text

        assert "metadata" not in svg
        assert "Matplotlib" not in svg


class TestChoice:
    """Which map is drawn."""

    def test_no_map(self, a_store) -> None:
        """A graph without propositions is told how to get some."""
        with pytest.raises(DiasporaKGError) as caught:
            draw_concept_map(a_store(""))

        assert (caught.value.code, caught.value.hint) == (
            "DKG451",
            "Give claims 'map:' and 'phrase:' in a case, and build again.",
        )

    @pytest.mark.parametrize("name", ["map", "dkgid:map", "a MAP", MAP, MAP[1:-1]])
    def test_name(self, triangle, name: str) -> None:
        """A map is named by its id, its IRI or its label."""
        assert draw_concept_map(triangle, which=name) == draw_concept_map(triangle)

    def test_unknown_name(self, triangle) -> None:
        """A misspelt map gets a suggestion."""
        with pytest.raises(DiasporaKGError) as caught:
            draw_concept_map(triangle, which="mop")

        assert (caught.value.code, caught.value.hint) == ("DKG452", "Did you mean 'map'?")

    def test_several(self, triangle) -> None:
        """Where there are several maps, they are listed."""
        triangle.update(
            "PREFIX : <https://w3id.org/diaspora-kg/id/>"
            "INSERT DATA { :k1 <https://w3id.org/diaspora-kg/ontology#inConceptMap> :atlas }"
        )

        with pytest.raises(DiasporaKGError) as caught:
            draw_concept_map(triangle)

        assert (caught.value.code, caught.value.hint) == (
            "DKG452",
            "Name one with --map: atlas, map.",
        )

    def test_unknown_format(self, triangle) -> None:
        """A format that is not drawn is refused by name."""
        with pytest.raises(DiasporaKGError) as caught:
            draw_concept_map(triangle, format="pdf")

        assert (caught.value.code, caught.value.hint) == ("DKG453", "Known are: png, svg.")

    @pytest.mark.parametrize("library", ["matplotlib", "networkx", "scipy"])
    def test_missing_library(self, triangle, monkeypatch, library: str) -> None:
        """Without a library that draws, one line says what to install."""
        monkeypatch.setitem(sys.modules, library, None)

        with pytest.raises(MissingPartError) as caught:
            draw_concept_map(triangle)

        assert (caught.value.code, caught.value.hint, caught.value.exit_status) == (
            "DKG703",
            "pip install 'diaspora-kg[draw]'",
            3,
        )


class TestReadability:
    """Nothing lies on anything else."""

    @pytest.mark.parametrize("name", ["triangle", "twelve_concepts"])
    def test_room(self, request, name: str) -> None:
        """Words, boxes and arrows keep apart, in a small map and in one of twenty links."""
        found = arranged(read_concept_map(read_corpus(request.getfixturevalue(name)), MAP))

        solid = [*found.boxes.values(), *(arrow.label for arrow in found.arrows)]

        assert all(a.overlap(b) == 0 for a, b in combinations(solid, 2))
        assert found.hidden == 0
