"""Links in a build: which become statements, and what else a folder may hold beside cases."""

from pathlib import Path

from diaspora_kg.assembly import assemble, build
from diaspora_kg.terms import Quad

CASE = "id: ytb\ntype: DiasporaInstitution\nlabel: {en: Presidency for Turks Abroad, tr: YTB}\n"
CASE += "state: TR\n"
HEAD = """\
#mapping_set_id: https://example.org/links
#license: https://creativecommons.org/publicdomain/zero/1.0/
#curie_map:
#  dkgid: https://w3id.org/diaspora-kg/id/
#  ror: https://ror.org/
#  wikidata: http://www.wikidata.org/entity/
subject_id\tpredicate_id\tobject_id\tmapping_justification\tpredicate_modifier\treviewer_label
"""
LINKS = "<https://w3id.org/diaspora-kg/graph/links>"
MATCH = "<http://www.w3.org/2004/02/skos/core#exactMatch>"
YTB = "<https://w3id.org/diaspora-kg/id/ytb>"
TURKEY = "<https://w3id.org/diaspora-kg/id/state/TR>"
OBSERVED = (
    "<http://example.org/o> <http://purl.org/linked-data/cube#dataSet> <http://example.org/d> "
    "<https://w3id.org/diaspora-kg/graph/dataset/stock> .\n"
)


def row(to: str, modifier: str = "", reviewer: str = "", subject: str = "ytb") -> str:
    """Return a row that was found by likeness."""
    cells = (f"dkgid:{subject}", "skos:exactMatch", to, "semapv:LexicalMatching")
    return "\t".join((*cells, modifier, reviewer)) + "\n"


def corpus(folder: Path, *rows: str) -> Path:
    """Return a folder with a case and links."""
    folder.mkdir(exist_ok=True)
    (folder / "ytb.yaml").write_text(CASE, "utf-8")
    (folder / "links.sssom.tsv").write_text(HEAD + "".join(rows), "utf-8")
    return folder


def linked(quads: tuple[Quad, ...], subject: str = YTB) -> list[str]:
    """Return what a thing is said to match exactly, by the graph of links."""
    return [o for s, p, o, g in quads if (s, p, g) == (subject, MATCH, LINKS)]


class TestLinks:
    """What becomes of the rows of a mapping set."""

    def test_only_what_was_accepted_is_in_the_graph(self, tmp_path: Path) -> None:
        """A suggestion and a rejected candidate give no statement."""
        rows = (row("ror:1", reviewer="A"), row("ror:2"), row("ror:3", "Not", "A"))

        graph = assemble([corpus(tmp_path / "cases", *rows)])

        assert linked(graph.quads) == ["<https://ror.org/1>"]

    def test_the_record_of_a_link(self, tmp_path: Path) -> None:
        """Beside the plain statement stands who justified it and how."""
        graph = assemble([corpus(tmp_path / "cases", row("ror:1", reviewer="A. Coder"))])

        (node,) = {s for s, _, o, g in graph.quads if o == "<https://ror.org/1>" and s != YTB}
        said = {(p, o) for s, p, o, _ in graph.quads if s == node}
        assert ("<https://w3id.org/sssom/reviewer_label>", '"A. Coder"') in said
        assert (
            "<https://w3id.org/sssom/mapping_justification>",
            "<https://w3id.org/semapv/vocab/LexicalMatching>",
        ) in said

    def test_states_are_linked_in_every_graph(self, tmp_path: Path) -> None:
        """The packaged links of states come along with cases of one's own, and no others do."""
        graph = assemble([corpus(tmp_path / "cases")])

        assert linked(graph.quads, TURKEY) == [
            "<http://www.wikidata.org/entity/Q43>",
            "<https://sws.geonames.org/298795/>",
        ]
        peace_corps = "<https://w3id.org/diaspora-kg/id/peace-corps>"
        assert linked(graph.quads, peace_corps) == []

    def test_ones_own_word_goes_before_the_packaged(self, tmp_path: Path) -> None:
        """A packaged link of a state that is rejected here is not in the graph of links."""
        rejected = row("wikidata:Q43", "Not", "A", subject="state/TR")

        graph = assemble([corpus(tmp_path / "cases", rejected)])

        assert linked(graph.quads, TURKEY) == ["<https://sws.geonames.org/298795/>"]


class TestDataSets:
    """Imported data sets beside cases."""

    def test_a_data_set_comes_in_as_it_is(self, tmp_path: Path) -> None:
        """Its statements are in its graph, and no shape looks at them."""
        folder = corpus(tmp_path / "cases")
        (folder / "stock.nq").write_text(OBSERVED, "utf-8")

        graph = assemble([folder])

        found = [quad for quad in graph.quads if quad[0] == "<http://example.org/o>"]
        assert [quad[3] for quad in found] == ["<https://w3id.org/diaspora-kg/graph/dataset/stock>"]
        assert [finding.code for finding in graph.findings] == []


class TestUpdates:
    """A build out of the former one."""

    def test_changed_links_are_in_the_next_build(self, tmp_path: Path) -> None:
        """When links change, the build is made as a whole, and holds the new ones."""
        folder = corpus(tmp_path / "cases", row("ror:1", reviewer="A"))
        build([folder], tmp_path / "kg")
        corpus(folder, row("ror:2", reviewer="A"))

        again = build([folder], tmp_path / "kg")

        assert not again.is_update
        assert linked(again.graph.quads) == ["<https://ror.org/2>"]

    def test_a_changed_data_set_is_in_the_next_build(self, tmp_path: Path) -> None:
        """When an imported data set changes, the whole is built, with the new one."""
        folder = corpus(tmp_path / "cases")
        (folder / "stock.nq").write_text(OBSERVED, "utf-8")
        build([folder], tmp_path / "kg")
        (folder / "stock.nq").write_text(OBSERVED.replace("/o>", "/other>"), "utf-8")

        again = build([folder], tmp_path / "kg")

        subjects = {quad[0] for quad in again.graph.quads if "/dataset/" in quad[3]}
        assert subjects == {"<http://example.org/other>"}

    def test_a_changed_case_beside_links(self, tmp_path: Path) -> None:
        """When a case changes and links do not, the update is what a whole build is."""
        folder = corpus(tmp_path / "cases", row("ror:1", reviewer="A"))
        build([folder], tmp_path / "kg")
        (folder / "ytb.yaml").write_text(CASE.replace("YTB", "Başkanlık"), "utf-8")

        again = build([folder], tmp_path / "kg")

        assert again.is_update
        whole = build([folder], tmp_path / "whole")
        assert again.stored.quads_file.read_bytes() == whole.stored.quads_file.read_bytes()
