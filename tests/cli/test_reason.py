"""``diaspora-kg reason``."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.inference.dl import DLResult
from diaspora_kg.inference.dl_causes import Causes
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

CASE = """\
id: x
type: Organization
label: {{en: X, tr: X}}
sources: {{s: {{title: {{en: T}}, publisher: P, date: 2012, tier: official}}}}
entities: {{y: {{type: Organization, label: {{en: Y, tr: Y}}}}}}
passages: {{p: {{source: s, locator: p. 1, quote: {{en: words}}}}}}
claims:
{claims}"""
IN_PERSON = """\
  - {id: in, property: memberOf, object: y, evidence: p}
  - {id: person, subject: y, property: rdf:type, object: Person, evidence: p}
"""

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

    def test_contradictions(self, dkg: Run, file: Callable[[str], Path], tmp_path: Path) -> None:
        """What the axioms do not allow names the rule and the lines, and the status is 1."""
        done = dkg("reason", file(":A owl:disjointWith :B . :x a :A , :B ."))

        assert done.status == 1
        assert done.err.splitlines()[1] == (
            f"{tmp_path / 'data.ttl'}:5:26: error[DKG252]: “:x is a :A” cannot be true beside "
            f"“:x is a :B” ({tmp_path / 'data.ttl'}:5:26): nothing is both a :A and a :B (cax-dw)"
        )

    def test_what_follows_for_axioms(self, dkg: Run, file: Callable[[str], Path]) -> None:
        """Files are closed whole: axioms follow from axioms; what ours say anyway is left out."""
        done = dkg(
            "reason",
            file(":A rdfs:subClassOf :B . :B rdfs:subClassOf :C . :p rdfs:domain :B ."),
        )

        assert sorted(done.out.splitlines()) == [
            "<http://example.org/A> <http://www.w3.org/2000/01/rdf-schema#subClassOf> "
            "<http://example.org/C> .",
            "<http://example.org/p> <http://www.w3.org/2000/01/rdf-schema#domain> "
            "<http://example.org/C> .",
        ]

    def test_without_our_ontology(self, dkg: Run, file: Callable[[str], Path]) -> None:
        """``--no-ontology`` uses the axioms of the files alone."""
        path = file(":a dkg:memberOf :b . dkg:memberOf rdfs:range :B .")

        done = dkg("reason", "--no-ontology", path)

        assert done.out.splitlines() == [
            "<http://example.org/b> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
            "<http://example.org/B> ."
        ]

    def test_claims_mean_nothing_without_the_ontology(self, dkg: Run, tmp_path: Path) -> None:
        """For case files and for a graph, the ontology cannot be left out."""
        done = dkg("reason", "--no-ontology", tmp_path)

        assert (done.status, done.out) == (2, "")
        assert "error[DKG812]" in done.err

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

    def test_contradictions_name_claims_and_lines(self, dkg: Run, tmp_path: Path) -> None:
        """A graph keeps no lines; they are read anew from its files while these are unchanged."""
        path = tmp_path / "x.yaml"
        path.write_text(CASE.format(claims=IN_PERSON), "utf-8")
        dkg("build", path, "-o", tmp_path / "kg", "--fail-on", "never")

        done = dkg("reason", "--kg", tmp_path / "kg")

        assert done.status == 1
        assert (
            f"{path}:8:5: error[DKG252]: “X member of Y” cannot be true beside “Y is a person” "
            f"({path}:9:5): nothing is both a person and an organization (cax-dw)"
        ) in done.err.splitlines()

    def test_contradictions_without_the_files(self, dkg: Run, tmp_path: Path) -> None:
        """Without its files, a graph still names the claims."""
        path = tmp_path / "x.yaml"
        path.write_text(CASE.format(claims=IN_PERSON), "utf-8")
        dkg("build", path, "-o", tmp_path / "kg", "--fail-on", "never")
        path.unlink()

        done = dkg("reason", "--kg", tmp_path / "kg")

        assert done.status == 1
        assert "dkgid:x/claim/in: error[DKG252]: “X member of Y” cannot be true beside" in done.err

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
            (DLResult("could-not-tell", reason="no answer within 300 seconds"), 3,
             "could not tell: no answer within 300 seconds"),
            (DLResult("could-not-tell", reason="UnsupportedDatatypeException: xsd:gYear"), 2,
             "could not tell: UnsupportedDatatypeException: xsd:gYear"),
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
        """The answer is on stdout, and everything but consistency has a status of its own."""
        monkeypatch.setattr("diaspora_kg.consistency.check_dl", lambda *args: result)
        monkeypatch.setattr(
            "diaspora_kg.consistency.find_causes", lambda *args, **more: Causes((), False, 0)
        )

        done = dkg("reason", "--dl", file(":a dkg:memberOf :b ."))

        assert done.status == status
        assert done.out.partition("\n\n")[0].rstrip("\n") == line

    def test_what_was_left_out(
        self, dkg: Run, file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Literals that the reasoner refuses are counted."""
        result = DLResult("consistent", omitted={"gYear": 4})
        monkeypatch.setattr("diaspora_kg.consistency.check_dl", lambda *args: result)

        done = dkg("reason", "--dl", file(":a dkg:memberOf :b ."))

        assert "left out: 4 literals of xsd:gYear, which the reasoner refuses\n" in done.out

    def test_limits_reach_the_reasoner(
        self, dkg: Run, file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Seconds and megabytes are passed on."""
        limits: list[object] = []

        def check(_triples: object, *given: object) -> DLResult:
            limits.extend(given)
            return DLResult("consistent")

        monkeypatch.setattr("diaspora_kg.consistency.check_dl", check)

        dkg("reason", "--dl", file(":a dkg:memberOf :b ."), "--timeout", 7, "--memory", 99)

        assert limits == [7.0, 99]

    def test_without_java(
        self, dkg: Run, file: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without Java a part is missing, and nothing may be concluded."""
        monkeypatch.setenv("PATH", "")

        done = dkg("reason", "--dl", file(":a dkg:memberOf :b ."))

        assert (done.status, done.out) == (3, "")
        assert done.err.startswith("error[DKG701]: the DL reasoner needs Java")
        assert "Install a Java runtime (11 or later)" in done.err

    def test_a_form_that_no_answer_has(self, dkg: Run, file: Callable[[str], Path]) -> None:
        """An answer is text or JSON, and what follows is triples."""
        asked = dkg("reason", "--dl", "-f", "turtle", file(":a dkg:memberOf :b ."))
        inferred = dkg("reason", "-f", "json", file(":a dkg:memberOf :b ."))

        assert (asked.status, inferred.status) == (2, 2)
        assert "error[DKG412]" in asked.err
        assert "error[DKG412]" in inferred.err


@needs_java
class TestHermiT:
    """``--dl`` with the reasoner itself."""

    UNSATISFIABLE = (
        ':Gongo a owl:Class ; rdfs:label "person club"@en ;\n'
        "  rdfs:subClassOf dkg:Person , dkg:Organization .\n"
        ":Small a owl:Class ; rdfs:subClassOf :Gongo ."
    )

    def test_a_smallest_cause_with_lines(
        self,
        dkg: Run,
        file: Callable[[str], Path],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A clash comes with axioms and statements of which none can be dropped, with lines."""
        monkeypatch.chdir(tmp_path)  # a long path would be broken over two lines
        path = file(
            ":A a owl:Class ; rdfs:subClassOf :B .\n:B a owl:Class ; owl:disjointWith :C .\n"
            ":C a owl:Class .\n:x a :A .\n:x a :C ."
        ).relative_to(tmp_path)

        done = dkg("reason", "--dl", "--no-ontology", path)

        assert done.status == 1
        assert done.out.splitlines() == [
            "inconsistent: no world is as these statements say",
            "",
            "why it cannot be: none of these can be dropped",
            "  1. :x is a :A",
            f"     {path}:8:1",
            "  2. :x is a :C",
            f"     {path}:8:1",
            "  3. every :A is a :B",
            f"     {path}:5:1",
            "  4. nothing is both a :B and a :C",
            f"     {path}:6:1",
        ]

    def test_a_class_that_can_have_no_member(self, dkg: Run, file: Callable[[str], Path]) -> None:
        """It is told why the highest class can have none; axioms of ours name their module."""
        done = dkg("reason", "--dl", "-f", "json", file(self.UNSATISFIABLE))

        said = json.loads(done.out)
        assert done.status == 1
        assert said["answer"] == "unsatisfiable-classes"
        assert said["unsatisfiable"] == ["http://example.org/Gongo", "http://example.org/Small"]
        (cause,) = said["causes"]
        assert (cause["of"], cause["minimal"]) == ("http://example.org/Gongo", True)
        assert [member["words"] for member in cause["members"]] == [
            "every person club is a person",
            "every person club is an organization",
            "nothing is both a person and an organization",
        ]
        assert cause["members"][2]["where"] == ["ontology/actors.ttl"]

    def test_what_follows_for_classes(self, dkg: Run, file: Callable[[str], Path]) -> None:
        """Classes below others are told in words where no axiom says so."""
        path = file(
            ":p a owl:ObjectProperty ; rdfs:domain :B . :B a owl:Class .\n"
            ":A a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty :p ; "
            "owl:minCardinality 2 ] ."
        )

        done = dkg("reason", "--dl", "--no-ontology", path)

        assert done.status == 0
        assert "  every :A is a :B\n" in done.out

    def test_claims_with_their_lines(self, dkg: Run, tmp_path: Path) -> None:
        """Of a graph on disk, the claims of a cause are named with the lines of their files."""
        (tmp_path / "x.yaml").write_text(
            CASE.format(claims=IN_PERSON),
            "utf-8",
        )
        dkg("build", tmp_path / "x.yaml", "-o", tmp_path / "kg", "--fail-on", "never")

        done = dkg("reason", "--dl", "--kg", tmp_path / "kg", "-f", "json")

        (cause,) = json.loads(done.out)["causes"]
        claims = [member for member in cause["members"] if member["claims"]]
        assert cause["minimal"]
        assert [member["words"] for member in claims] == ["X member of Y", "Y is a person"]
        assert [where.rpartition("x.yaml")[2] for m in claims for where in m["where"]] == [
            ":8:5",
            ":9:5",
        ]

    def test_an_answer_that_does_not_come_in_time(
        self, dkg: Run, file: Callable[[str], Path]
    ) -> None:
        """An answer that does not come in time is none."""
        done = dkg("reason", "--dl", "--timeout", "1", file(":a dkg:memberOf :b ."))

        assert done.status == 3
        assert done.out == "could not tell: no answer within 1 second\n"
        assert "error[DKG810]" in done.err
        assert "'--timeout SECONDS'" in done.err

    def test_too_little_memory(self, dkg: Run, file: Callable[[str], Path]) -> None:
        """A reasoner that runs out of memory has said nothing."""
        done = dkg("reason", "--dl", "--memory", "3", file(":a dkg:memberOf :b ."))

        assert done.status == 3
        assert done.out.startswith("could not tell: ")
        assert "'--memory MB'" in done.err

    def test_a_datatype_that_it_refuses(self, dkg: Run, file: Callable[[str], Path]) -> None:
        """A datatype that HermiT does not know is trouble with the input, not an answer."""
        path = file(
            ":since a owl:DatatypeProperty .\n"
            ':x :since "P1Y"^^<http://www.w3.org/2001/XMLSchema#duration> .'
        )

        done = dkg("reason", "--dl", "--no-ontology", path)

        assert done.status == 2
        assert done.out.startswith("could not tell: ")
        assert "error[DKG811]" in done.err
        assert "XMLSchema#duration" in done.err


@pytest.mark.skipif(os.name != "posix", reason="the stand-ins for Java are shell scripts")
class TestBrokenJava:
    """A Java that breaks never reads as "consistent"."""

    @pytest.mark.parametrize(
        ("script", "telling"),
        [
            ("exit 0", "without an answer"),
            ("exit 7", "without an answer"),
            ("echo lorem ipsum; exit 0", "without an answer"),
            ("echo lorem ipsum; exit 1", "lorem ipsum"),
            ("echo '<http://www.w3.org/2002/07/owl#Thing> is sati'; exit 0", "without an answer"),
            ("echo '#Thing is satisfiable.'; kill -9 $$", "killed (signal 9)"),
            ("kill -9 $$", "killed (signal 9)"),
            ("sleep 60", "no answer within 3 seconds"),
            ("sleep 60 & wait", "no answer within 3 seconds"),
            ("echo 'java.lang.OutOfMemoryError: Java heap space' >&2; exit 1", "OutOfMemoryError"),
        ],
    )
    def test_no_answer(
        self,
        dkg: Run,
        file: Callable[[str], Path],
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        script: str,
        telling: str,
    ) -> None:
        """Whatever it does in place of answering, the status is 3 and nothing was said."""
        java = tmp_path / "bin" / "java"
        java.parent.mkdir()
        java.write_text(f"#!/bin/sh\n{script}\n")
        java.chmod(0o755)
        monkeypatch.setenv("PATH", f"{java.parent}{os.pathsep}{os.environ['PATH']}")
        path = file(":a a owl:Thing .")

        seconds = "3" if script.startswith("sleep") else "60"
        done = dkg("reason", "--dl", "--no-ontology", path, "--timeout", seconds)

        assert done.status == 3
        assert done.out.startswith("could not tell: ")
        assert telling in done.out
        assert "error[DKG810]: the DL reasoner gave no answer" in done.err
