"""What an update does and what it leaves alone, and when a build is made anew as a whole."""

from collections.abc import Callable
from pathlib import Path

import pytest

from diaspora_kg.acceptance import Policy
from diaspora_kg.assembly import build
from diaspora_kg.errors import FindingsError
from diaspora_kg.incremental import repopulating
from diaspora_kg.store import read_build

UNION = """\
id: union
type: Organization
label: {en: Student union}
coding: {by: anna, on: 2026-01-01}
defaults: {confidence: 0.9}
sources:
  statute: {type: report, title: {en: Statute}, author: ["Demir, Aylin"], date: 2012}
claims:
  - id: founding
    property: foundedOn
    value: 1990
    evidence: [{source: statute, locator: p. 1, quote: {en: founded in 1990}}]
"""
LEAGUE = """\
id: league
type: Organization
label: {en: League}
coding: {by: anna, on: 2026-01-01}
defaults: {confidence: 0.9}
claims:
  - property: givesSupportTo
    object: union
    evidence: [{source: statute, locator: p. 2, quote: {en: it helps the union}}]
"""
APART = """\
id: apart
type: Organization
label: {en: Apart}
coding: {by: anna, on: 2026-01-01}
defaults: {confidence: 0.9}
claims:
  - property: foundedOn
    value: 2001
    evidence: [{source: statute, locator: p. 3, quote: {en: founded in 2001}}]
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Return a folder of three cases that was built once."""
    folder = tmp_path / "cases"
    folder.mkdir()
    for name, text in (("union", UNION), ("league", LEAGUE), ("apart", APART)):
        (folder / f"{name}.yaml").write_text(text, "utf-8")
    build([folder], tmp_path / "kg")
    return folder


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the ids of the cases that are written anew, as they are."""
    found: list[str] = []
    populate: Callable[..., object] = repopulating.populate_case

    def note(case, names, dated):  # type: ignore[no-untyped-def]
        found.append(str(case.id))
        return populate(case, names, dated)

    monkeypatch.setattr(repopulating, "populate_case", note)
    return found


class TestWhatIsTouched:
    """Only what depends on a change is computed again."""

    def test_nothing(self, cases: Path, written: list[str]) -> None:
        """Without a change nothing is written, and the build keeps its name."""
        former = read_build(cases.parent / "kg").folder

        again = build([cases], cases.parent / "kg")

        assert (again.is_update, written, again.stored.folder) == (True, [], former)

    def test_one_case(self, cases: Path, written: list[str]) -> None:
        """A claim that is altered has its own case written anew, and no other."""
        (cases / "union.yaml").write_text(UNION.replace("value: 1990", "value: 1991"), "utf-8")

        again = build([cases], cases.parent / "kg")

        assert (again.is_update, written) == (True, ["union"])

    def test_names_that_others_use(self, cases: Path, written: list[str]) -> None:
        """An entity with another label has the cases written anew that speak of it."""
        (cases / "union.yaml").write_text(UNION.replace("Student union", "Union"), "utf-8")

        again = build([cases], cases.parent / "kg")

        assert (again.is_update, written) == (True, ["league", "union"])
        graph = again.stored.quads_file.read_text("utf-8")
        assert ("gives support to Union" in graph, "Student union" in graph) == (True, False)

    def test_retraction(self, cases: Path) -> None:
        """What followed from a claim goes with it."""
        followed = "<https://w3id.org/diaspora-kg/id/league>"
        (cases / "league.yaml").unlink()

        again = build([cases], cases.parent / "kg")

        assert again.is_update
        assert followed not in again.stored.quads_file.read_text("utf-8")


class TestMistakes:
    """A mistake is found with the others' cases left alone."""

    def test_unknown_name(self, cases: Path) -> None:
        """What another case needs is missed there, at its line."""
        (cases / "union.yaml").write_text(UNION.replace("id: union", "id: club"), "utf-8")

        with pytest.raises(FindingsError) as error:
            build([cases], cases.parent / "kg")

        (finding,) = error.value.findings
        assert (finding.code, str(finding.location)) == ("DKG107", f"{cases}/league.yaml:8:13")

    def test_names_of_other_cases(self, cases: Path) -> None:
        """A name that a packaged case declares is told with its file, as by a whole build."""
        changed = LEAGUE.replace("object: union", "object: peace-corps")
        (cases / "league.yaml").write_text(changed, "utf-8")

        with pytest.raises(FindingsError) as raised:
            build([cases], cases.parent / "kg")

        (finding,) = raised.value.findings
        assert "peace-corps.yaml declares the entity 'peace-corps'" in finding.hint

    def test_the_former_graph_stands(self, cases: Path) -> None:
        """A refused update changes nothing, and the next one is an update again."""
        kg = cases.parent / "kg"
        former = read_build(kg).folder
        (cases / "union.yaml").write_text(UNION.replace("foundedOn", "foundedIn"), "utf-8")
        with pytest.raises(FindingsError):
            build([cases], kg)
        stands = read_build(kg).folder
        (cases / "union.yaml").write_text(UNION, "utf-8")

        again = build([cases], kg)

        assert (stands, again.stored.folder, again.is_update) == (former, former, True)


class TestWholeBuilds:
    """Where the former build cannot serve, everything is made anew."""

    def test_on_request(self, cases: Path) -> None:
        """``full`` makes a whole build."""
        assert not build([cases], cases.parent / "kg", full=True).is_update

    def test_other_settings(self, cases: Path) -> None:
        """Another policy makes a whole build."""
        assert not build([cases], cases.parent / "kg", policy=Policy(min_origins=2)).is_update

    def test_damage(self, cases: Path) -> None:
        """A memory that is damaged is not trusted."""
        memory = read_build(cases.parent / "kg").state_folder / "memory.sqlite"
        data = bytearray(memory.read_bytes())
        data[len(data) // 2] ^= 0xFF
        memory.write_bytes(data)

        again = build([cases], cases.parent / "kg")
        after = build([cases], cases.parent / "kg")

        assert (again.is_update, after.is_update) == (False, True)

    def test_files_named_one_by_one(self, cases: Path) -> None:
        """Named files look at their neighbours, so they are read as a whole."""
        again = build([cases / "union.yaml"], cases.parent / "kg")

        assert not again.is_update

    def test_two_of_one_name(self, cases: Path) -> None:
        """What is declared twice is explained as a whole build explains it."""
        (cases / "copy.yaml").write_text(UNION, "utf-8")

        with pytest.raises(FindingsError) as error:
            build([cases], cases.parent / "kg")

        assert {finding.code for finding in error.value.findings} >= {"DKG114"}
