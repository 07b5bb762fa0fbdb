"""Graphs: how they are found, how old they are, what is contested in them."""

import os
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.inference.closure import Reasoner
from diaspora_kg.opening import open_kg
from diaspora_kg.store import write_build

QUADS = b"""\
<http://e/a> <http://e/p> <http://e/b> <https://w3id.org/diaspora-kg/graph/accepted> .
<http://e/a> <http://e/p> <http://e/c> <https://w3id.org/diaspora-kg/graph/contested> .
"""
SEEN = "SELECT ?x { <http://e/a> <http://e/p> ?x } ORDER BY ?x"


def built(folder: Path, *inputs: Path, packaged: bool = False) -> Path:
    """Write a small graph that was made of some files."""
    meta = {"format": 1, "packaged": packaged, "inputs": [str(file) for file in inputs]}
    write_build(folder, QUADS, meta)
    return folder


@pytest.fixture
def kg(tmp_path: Path) -> KnowledgeGraph:
    """Return a graph with one accepted and one contested triple."""
    return open_kg(built(tmp_path / "kg"))


class TestContested:
    """What is disputed."""

    def test_no_query_sees_it(self, kg: KnowledgeGraph) -> None:
        """By default the answer leaves out what is contested."""
        assert kg.sparql(SEEN).texts() == [["http://e/b"]]

    def test_it_is_seen_on_request(self, tmp_path: Path) -> None:
        """A graph that is opened so shows it beside the rest."""
        kg = open_kg(built(tmp_path / "kg"), contested=True)

        assert kg.sparql(SEEN).texts() == [["http://e/b"], ["http://e/c"]]

    def test_it_is_seen_by_who_names_its_graph(self, kg: KnowledgeGraph) -> None:
        """A query that names the graph sees it there, and only there."""
        named = "SELECT ?x { GRAPH dkgg:contested { ?s <http://e/p> ?x } }"
        beside = "SELECT ?x { ?s <http://e/p> ?x FILTER NOT EXISTS { GRAPH dkgg:contested { } } }"

        assert kg.sparql(named).texts() == [["http://e/c"]]
        assert ["http://e/c"] not in kg.sparql(beside).texts()

    def test_its_name_in_a_comment_is_no_request(self, kg: KnowledgeGraph) -> None:
        """Only code asks for a graph."""
        question = kg.ask(f"# not dkgg:contested\n{SEEN}")

        assert not question.names_contested

    def test_the_whole_graph_goes_to_rdflib(self, kg: KnowledgeGraph) -> None:
        """What is handed to rdflib is complete."""
        assert len(kg.to_rdflib()) == 2


class TestAge:
    """What a reader of answers is told."""

    def test_packaged_cases_are_named_as_such(self, tmp_path: Path) -> None:
        """Answers of the packaged cases say how those were coded."""
        kg = open_kg(built(tmp_path / "kg", packaged=True))

        assert kg.notices()[0] == (
            "These answers come from the packaged cases: machine-assisted, coded once, not "
            "adjudicated."
        )

    def test_a_graph_older_than_its_files_says_so(self, tmp_path: Path) -> None:
        """A file that was changed after the build is named."""
        file = tmp_path / "club.yaml"
        file.write_text("id: club", "utf-8")
        kg = open_kg(built(tmp_path / "kg", file))
        pointer = tmp_path / "kg" / "CURRENT"
        os.utime(pointer, (1, 1))

        assert kg.stale_inputs() == [str(file)]
        assert kg.notices() == [
            "The graph is older than its case files (club.yaml): build it again with "
            "'diaspora-kg build'."
        ]

    def test_a_file_that_is_gone_counts(self, tmp_path: Path) -> None:
        """A case that was taken away is still in the answers, and that is told."""
        kg = open_kg(built(tmp_path / "kg", tmp_path / "gone.yaml"))

        assert len(kg.notices()) == 1

    def test_a_new_file_in_a_folder_counts(self, tmp_path: Path) -> None:
        """A case that was added to the folder that was built is missing in the answers."""
        cases = tmp_path / "cases"
        cases.mkdir()
        meta = {"format": 1, "packaged": False, "inputs": [], "given": [str(cases)]}
        write_build(tmp_path / "kg", QUADS, meta)
        os.utime(tmp_path / "kg" / "CURRENT", (1, 1))
        (cases / "new.yaml").write_text("id: new", "utf-8")

        assert open_kg(tmp_path / "kg").stale_inputs() == [str(cases / "new.yaml")]

    def test_a_graph_asked_from_elsewhere_is_not_stale_for_that(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A relative name is looked for beside the graph, too."""
        (tmp_path / "cases").mkdir()
        file = tmp_path / "cases" / "club.yaml"
        file.write_text("id: club", "utf-8")
        os.utime(file, (1, 1))
        built(tmp_path / "kg", Path("cases/club.yaml"))
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")

        assert open_kg(tmp_path / "kg").stale_inputs() == []

    def test_a_fresh_graph_says_nothing(self, tmp_path: Path) -> None:
        """Nothing is said when there is nothing to say."""
        file = tmp_path / "club.yaml"
        file.write_text("id: club", "utf-8")
        os.utime(file, (1, 1))

        assert open_kg(built(tmp_path / "kg", file)).notices() == []


class TestFinding:
    """Where a graph is looked for."""

    def test_the_environment_names_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """DIASPORA_KG is the folder where no other is given."""
        monkeypatch.setenv("DIASPORA_KG", str(built(tmp_path / "elsewhere")))

        assert open_kg().build.folder.parent.parent == tmp_path / "elsewhere"

    def test_kg_in_the_current_folder_comes_next(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without a name and without the variable, ./kg is opened."""
        monkeypatch.delenv("DIASPORA_KG", raising=False)
        monkeypatch.chdir(tmp_path)
        built(tmp_path / "kg")

        assert open_kg().build.folder.parent.parent == Path("kg")

    def test_a_folder_without_a_graph_is_an_error(self, tmp_path: Path) -> None:
        """A wrong folder is not replaced by another graph in silence."""
        with pytest.raises(DiasporaKGError) as raised:
            open_kg(tmp_path)

        assert raised.value.code == "DKG602"

    def test_a_damaged_graph_is_an_error_of_its_own(self, tmp_path: Path) -> None:
        """A store whose files are gone is told as such."""
        kg = open_kg(built(tmp_path / "kg"))
        shutil.rmtree(kg.build.folder / "store")

        with pytest.raises(DiasporaKGError) as raised:
            kg.sparql(SEEN)

        assert raised.value.code == "DKG602"


class TestApi:
    """Questions in Python."""

    def test_a_packaged_query_takes_labels(self, packaged_kg: KnowledgeGraph) -> None:
        """Parameters are given as words."""
        table = packaged_kg.query("definitions-of-a-concept", concept="soft power")

        assert "definition" in table.columns
        assert len(table) > 3

    def test_evidence_has_claims_row_by_row(self, packaged_kg: KnowledgeGraph) -> None:
        """The evidence of an answer can be asked for by the name of the query."""
        answer = packaged_kg.evidence("definitions-of-a-concept", concept="soft power")

        assert len(answer.evidence) == len(answer.table)
        assert all(row.claims for row in answer.evidence)

    def test_evidence_takes_sparql(self, packaged_kg: KnowledgeGraph) -> None:
        """So it can for any SPARQL."""
        answer = packaged_kg.evidence(
            "SELECT ?x { dkgid:state/IN dkg:establishes ?x }".replace(
                "dkgid:state/IN", "<https://w3id.org/diaspora-kg/id/state/IN>"
            )
        )

        assert [claim.iri.rpartition("/")[2] for claim in answer.claims] == ["created"]

    def test_what_is_found_can_be_cited(self, packaged_kg: KnowledgeGraph) -> None:
        """A citation knows its works."""
        citation = packaged_kg.cite("definitions-of-a-concept", concept="soft power")

        assert "rustamova" in [work.key for work in citation.works]

    def test_words_find_things(self, packaged_kg: KnowledgeGraph) -> None:
        """The first that is found is the best."""
        assert packaged_kg.find("MOIA")[0].iri == "https://w3id.org/diaspora-kg/id/moia"


class TestProofs:
    """What the evidence of inferred statements is made of."""

    def test_premises_are_closed_once_for_all_questions(self, packaged_kg: KnowledgeGraph) -> None:
        """Whoever asks several questions waits once for the closure behind their proofs."""
        kg = KnowledgeGraph(packaged_kg.build)

        with patch("diaspora_kg.evidence.ledger.Reasoner", wraps=Reasoner) as made:
            (actor,) = kg.why("action-agency", "a", "Actor").statements
            answer = kg.evidence("non-state-soft-power-holders")

        assert actor.proof is not None
        assert any(row.inferred for row in answer.evidence)
        assert made.call_count == 1
