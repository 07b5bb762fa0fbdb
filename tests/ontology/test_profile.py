"""OWL 2 DL, HermiT and OWL 2 RL, by ``scripts/check_owl.py``; skipped by name without Java."""

import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).parents[2]
if not (ROOT / "scripts" / "check_owl.py").is_file():
    pytest.skip("there is no checkout with scripts", allow_module_level=True)

PREFIXES = """
@prefix : <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://w3id.org/diaspora-kg/ontology> a owl:Ontology .
"""


def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_owl", ROOT / "scripts" / "check_owl.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_owl"] = module
    spec.loader.exec_module(module)
    return module


check_owl = script()


@pytest.fixture(scope="module")
def robot() -> str:
    """Give the class path of ROBOT, from local disk alone."""
    try:
        return str(check_owl.classpath(offline=True))
    except check_owl.MissingPartError as error:
        pytest.skip(f"{'; '.join(check_owl.CHECKS)}: {error}")


def written(turtle: str, folder: Path) -> Path:
    file = folder / "ontology.ttl"
    file.write_text(PREFIXES + turtle, "utf-8")
    return file


def test_the_ontology_is_in_its_profiles(robot: str, tmp_path: Path) -> None:
    """DL, consistent, every class satisfiable, and RL but for exactly the listed exceptions."""
    graph, _ = check_owl.merged(ROOT / "ontology")
    file = tmp_path / "ontology.ttl"
    graph.serialize(file, format="turtle")
    listed = check_owl.listed_exceptions(check_owl.PROFILE_PAGE.read_text("utf-8"))

    assert listed
    assert check_owl.check_dl(robot, file) == []
    assert check_owl.check_consistency(robot, file) == []
    assert check_owl.check_rl(robot, file, listed) == []


def test_what_is_not_dl_is_found(robot: str, tmp_path: Path) -> None:
    """A property that is never declared breaks the DL profile."""
    file = written(":a a owl:NamedIndividual ; :undeclared :a .", tmp_path)

    (finding,) = check_owl.check_dl(robot, file)

    assert finding.startswith("OWL 2 DL profile: ")
    assert "https://example.org/undeclared" in finding


def test_a_class_that_must_be_empty_is_found(robot: str, tmp_path: Path) -> None:
    """A class under two classes that exclude each other has no members."""
    file = written(
        """:A a owl:Class ; owl:disjointWith :B . :B a owl:Class .
        :C a owl:Class ; rdfs:subClassOf :A , :B .""",
        tmp_path,
    )

    (finding,) = check_owl.check_consistency(robot, file)

    assert finding.startswith("consistency and satisfiability (HermiT): ")
    assert "https://example.org/C" in finding


def test_an_unlisted_exception_to_rl_is_found(robot: str, tmp_path: Path) -> None:
    """What is outside the RL profile is listed, and what is listed is outside."""
    file = written(
        """:A a owl:Class ; rdfs:subClassOf
          [ a owl:Restriction ; owl:onProperty :p ; owl:someValuesFrom :A ] .
        :p a owl:ObjectProperty .""",
        tmp_path,
    )

    first, second = check_owl.check_rl(robot, file, {"DataPropertyRange(dkg:quote rdf:langString)"})

    assert first.startswith("OWL 2 RL profile: not listed: SubClassOf(<https://example.org/A> ")
    assert second.endswith("listed in vain: DataPropertyRange(dkg:quote rdf:langString)")


def test_without_java_the_checks_are_skipped_by_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where Java is missing, the script names what it did not check."""
    monkeypatch.setattr(check_owl.shutil, "which", lambda program: None)
    monkeypatch.setattr(sys, "argv", ["check_owl.py"])

    status = check_owl.main()

    assert status == 0
    assert capsys.readouterr().err == (
        "skipped: OWL 2 DL profile; consistency and satisfiability (HermiT); OWL 2 RL profile. "
        "java is not installed.\n"
    )


def test_a_required_check_that_is_skipped_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    """In CI a missing Java is not silently good."""
    monkeypatch.setattr(check_owl.shutil, "which", lambda program: None)
    monkeypatch.setattr(sys, "argv", ["check_owl.py", "--required"])

    assert check_owl.main() == check_owl.EXIT_MISSING_PART


def test_dates_are_left_out_and_counted(tmp_path: Path) -> None:
    """HermiT refuses years, months and days: the checked copy has none, and says how many."""
    (tmp_path / "dates.ttl").write_text(
        PREFIXES + ':a :on "2010"^^<http://www.w3.org/2001/XMLSchema#gYear> , "2010" .', "utf-8"
    )

    graph, left_out = check_owl.merged(tmp_path)

    assert left_out == 1
    assert len(graph) == 2


def test_the_page_tells_what_each_axiom_is_for() -> None:
    """The table of axioms has the rows of ``axioms.yaml``, in their order."""
    page = (ROOT / "docs" / "ontology-profile.md").read_text("utf-8")
    examples = yaml.safe_load((ROOT / "tests/ontology/axioms.yaml").read_text("utf-8"))

    rows = re.findall(r"^\| ([^|`]+) \| ([^|]+) \|$", page, re.MULTILINE)[1:]

    told = [(e["axiom"], e.get("question") or f"Error: {e['error']}") for e in examples]
    assert [row for row in rows if row[0] != "---"] == told
