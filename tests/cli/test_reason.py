"""``diaspora-kg reason``."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.inference.dl import DLResult
from diaspora_kg.reasoning import materialise, premises
from diaspora_kg.store import read_nquads

Run = Callable[..., Any]

PREFIXES = """\
@prefix : <http://example.org/> .
@prefix dkg: <https://w3id.org/diaspora-kg/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
MEMBERSHIP = "<http://example.org/b> <https://w3id.org/diaspora-kg/ontology#hasMember> "

needs_java = pytest.mark.skipif(shutil.which("java") is None, reason="HermiT runs on Java")


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Path]:
    """Return what writes a Turtle file."""

    def write(turtle: str) -> Path:
        (tmp_path / "data.ttl").write_text(PREFIXES + turtle, "utf-8")
        return tmp_path / "data.ttl"

    return write


class TestFiles:
    """Any RDF files."""

    def test_what_follows_from_our_ontology(self, dkg: Run, file: Callable[[str], Path]) -> None:
        """The packaged ontology is taken as known: who is a member has an organisation as host."""
        done = dkg("reason", file(":a dkg:memberOf :b ."))

        assert done.status == 0
        assert MEMBERSHIP + "<http://example.org/a> ." in done.out.splitlines()
        assert "<http://example.org/a> <https://w3id.org/diaspora-kg/ontology#memberOf>" not in (
            done.out
        )

    def test_what_follows_from_axioms_of_the_files(
        self, dkg: Run, file: Callable[[str], Path]
    ) -> None:
        """Axioms in the files count as well."""
        done = dkg("reason", file(":A a owl:Class ; rdfs:subClassOf :B . :x a :A ."))

        assert "<http://example.org/x> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> " \
            "<http://example.org/B> ." in done.out.splitlines()  # fmt: skip

    def test_with_what_was_given(
        self, dkg: Run, file: Callable[[str], Path], tmp_path: Path
    ) -> None:
        """``--all`` writes the given statements too, and the suffix decides on the format."""
        path = file(":a dkg:memberOf :b .")
        dkg("reason", path, "--all", "-o", tmp_path / "out.ttl")

        text = (tmp_path / "out.ttl").read_text("utf-8")
        assert "dkg:memberOf <http://example.org/b>" in text
        assert text.startswith("@prefix ")

    def test_contradictions(self, dkg: Run, file: Callable[[str], Path]) -> None:
        """What the axioms do not allow is said with the statements, and the status is 1."""
        done = dkg("reason", file(":A owl:disjointWith :B . :x a :A , :B ."))

        assert done.status == 1
        assert "contradiction (disjointWith): " in done.err
        assert "http://example.org/x rdf:type http://example.org/A" in done.err

    @pytest.mark.parametrize("name", ["none.ttl", "data.txt", "bad.ttl"])
    def test_what_cannot_be_read(self, dkg: Run, tmp_path: Path, name: str) -> None:
        """A missing file, another kind of file and a broken one are unreadable input."""
        (tmp_path / "data.txt").write_text("x")
        (tmp_path / "bad.ttl").write_text("x y z")

        done = dkg("reason", tmp_path / name)

        assert (done.status, done.out) == (2, "")
        assert "error[DKG100]" in done.err


class TestGraph:
    """The current graph, and case files."""

    def test_what_the_build_inferred(self, dkg: Run, packaged_kg: KnowledgeGraph) -> None:
        """Without files, the inferred statements of the graph are written."""
        store = packaged_kg.build.folder.parent.parent

        done = dkg("reason", "--kg", store)

        assert done.status == 0
        quads = read_nquads(packaged_kg.build.quads_file.read_bytes())
        inferred = {f"{s} {p} {o} ." for s, p, o, g in quads if g.endswith("/inferred>")}
        given = {f"{s} {p} {o} ." for s, p, o, g in quads if not g.endswith("/inferred>")}
        assert set(done.out.splitlines()) >= inferred - given

    def test_nothing_contested_is_a_premise(self, packaged_kg: KnowledgeGraph) -> None:
        """What is disputed is no premise, and what follows anew is what the build inferred."""
        store = packaged_kg.build.folder.parent.parent
        given = premises(kg=store)
        quads = read_nquads(packaged_kg.build.quads_file.read_bytes())
        contested = {q[:3] for q in quads if q[3].endswith("/contested>")}
        elsewhere = {q[:3] for q in quads if not q[3].endswith("/contested>")}

        assert set(given.facts) & (contested - elsewhere) == set()
        assert set(materialise(given).triples) <= set(given.inferred)

    def test_case_files(self, dkg: Run, tmp_path: Path) -> None:
        """Case files are built first; what is accepted in them is a premise."""
        (tmp_path / "x.yaml").write_text(
            "id: x\ntype: Organization\nlabel: {en: X, tr: X}\n"
            "sources: {s: {title: {en: T}, publisher: P, date: 2012, tier: official}}\n"
            "entities: {y: {type: Organization, label: {en: Y, tr: Y}}}\n"
            "claims:\n  - {property: memberOf, object: y, confidence: 0.9, "
            "evidence: {source: s, locator: p. 1, quote: {en: X is in Y}}}\n",
            "utf-8",
        )

        done = dkg("reason", tmp_path / "x.yaml")

        expected = (
            "<https://w3id.org/diaspora-kg/id/y> "
            "<https://w3id.org/diaspora-kg/ontology#hasMember> "
            "<https://w3id.org/diaspora-kg/id/x> ."
        )
        assert done.status == 0
        assert expected in done.out.splitlines()


class TestDL:
    """``--dl``: only a good answer is a good answer."""

    @pytest.mark.parametrize(
        ("result", "status", "line"),
        [
            (DLResult("consistent"), 0, "consistent, and every class can have members"),
            (DLResult("inconsistent"), 1, "inconsistent: no world is as these statements say"),
            (DLResult("unsatisfiable-classes", ("<http://e.org/C>",)), 1,
             "consistent, but some classes can have no member\n  http://e.org/C"),
            (DLResult("could-not-tell", reason="no answer within 300 seconds"), 1,
             "could not tell: no answer within 300 seconds"),
        ],
    )  # fmt: skip
    def test_answers(
        self,
        dkg: Run,
        file: Callable[[str], Path],
        monkeypatch: pytest.MonkeyPatch,
        result: DLResult,
        status: int,
        line: str,
    ) -> None:
        """The answer is on stdout, and everything but consistency is a finding."""
        monkeypatch.setattr("diaspora_kg.reasoning.check_dl", lambda *args: result)

        done = dkg("reason", "--dl", file(":a dkg:memberOf :b ."))

        assert (done.status, done.out) == (status, line + "\n")

    def test_what_was_left_out(
        self, dkg: Run, file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Literals that the reasoner refuses are counted."""
        result = DLResult("consistent", omitted={"gYear": 4})
        monkeypatch.setattr("diaspora_kg.reasoning.check_dl", lambda *args: result)

        done = dkg("reason", "--dl", file(":a dkg:memberOf :b ."))

        assert "left out: 4 literals of xsd:gYear, which the reasoner refuses\n" in done.out

    def test_without_java(
        self, dkg: Run, file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without Java a part is missing, and nothing may be concluded."""
        monkeypatch.setenv("PATH", "")

        done = dkg("reason", "--dl", file(":a dkg:memberOf :b ."))

        assert (done.status, done.out) == (3, "")
        assert done.err.startswith("error[DKG701]: the DL reasoner needs Java")

    @needs_java
    def test_java_that_breaks_is_no_good_answer(
        self, dkg: Run, file: Callable[[str], Path]
    ) -> None:
        """An answer that does not come in time is none."""
        done = dkg("reason", "--dl", "--timeout", "1", file(":a dkg:memberOf :b ."))

        assert done.status == 1
        assert done.out == "could not tell: no answer within 1 seconds\n"

    @needs_java
    def test_a_contradiction_with_our_ontology(self, dkg: Run, file: Callable[[str], Path]) -> None:
        """HermiT finds what the packaged ontology does not allow."""
        done = dkg("reason", "--dl", file(":A owl:disjointWith :B . :x a :A , :B ."))

        assert done.status == 1
        assert done.out.startswith("inconsistent")
