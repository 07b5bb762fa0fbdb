"""Cases divided among processes: the same result as of one process, whoever writes what."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from diaspora_kg.assembly import packaged_cases
from diaspora_kg.division import Division, divided
from diaspora_kg.errors import Location
from diaspora_kg.inputs import read_cases, read_inputs, read_shared
from diaspora_kg.layout import Layout, find_inputs, lay_out
from diaspora_kg.populating import Population, populate
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.reading.states import read_reference
from diaspora_kg.terms import Term

ONE = """id: {id}
type: DiasporaInstitution
label: {{en: Body {id}}}
state: TR
coding: {{by: tester, on: 2025-01-15, codebook: 0.1.0}}
sources:
  src-{id}: {{type: report, title: {{en: Report {id}}}, date: 2020}}
claims:
  - property: foundedOn
    value: 2010
    evidence:
      - source: {source}
        locator: p. 1
        quote: {{en: founded in 2010}}
"""


def population_of(paths: list[Path], count: int) -> Population:
    """Return what some files say, read and written by so many processes."""
    inputs = find_inputs(paths)
    layout = lay_out(inputs.files)
    division = Division(layout, count, least=1)
    read_cases(division.layout, inputs)
    read_shared(layout, inputs)
    division.gather(inputs)
    return populate(
        inputs.cases, inputs.sources, read_ontology(), read_reference(), write=division.write
    )


def whole(paths: list[Path]) -> Population:
    """Return what some files say, read and written one after the other."""
    inputs = read_inputs(paths)
    return populate(inputs.cases, inputs.sources, read_ontology(), read_reference())


def located(population: Population) -> Mapping[Term, Location]:
    """Return the places of a population as a plain mapping, which compares by what it holds."""
    return dict(population.places)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_the_number_of_processes_changes_nothing(count: int) -> None:
    """Quads, places and findings of the packaged cases are those of a single process."""
    paths = packaged_cases()

    shared = population_of(paths, count)

    alone = whole(paths)
    assert shared.quads == alone.quads
    assert located(shared) == located(alone)
    assert shared.findings == alone.findings
    assert {name: case.asked for name, case in shared.cases.items()} == {
        name: case.asked for name, case in alone.cases.items()
    }


def test_mistakes_are_found_wherever_they_are_read(tmp_path: Path) -> None:
    """A case may cite a source of another share; an unknown key and a repeated id are told."""
    for name, case, source in (("a", "a", "src-b"), ("b", "b", "nowhere"), ("c", "a", "src-a")):
        (tmp_path / f"{name}.yaml").write_text(ONE.format(id=case, source=source), "utf-8")

    found = population_of([tmp_path], 3).findings

    told = [(f.code, Path(f.location.file).name) for f in found if f.location is not None]
    assert told == [("DKG104", "b.yaml"), ("DKG114", "c.yaml")]
    assert found == whole([tmp_path]).findings


def test_what_is_wrong_with_the_form_is_gathered(tmp_path: Path) -> None:
    """Mistakes of form in another process's share are among the findings of all."""
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text(
            ONE.format(id=name, source=f"src-{name}") + "colour: red\n", "utf-8"
        )
    inputs = find_inputs([tmp_path])
    division = Division(lay_out(inputs.files), 2, least=1)

    read_cases(division.layout, inputs)
    division.gather(inputs)

    told = sorted(Path(f.location.file).name for f in inputs.findings if f.location is not None)
    assert told == ["a.yaml", "b.yaml"]


def test_shares_have_nearly_the_same_size(tmp_path: Path) -> None:
    """The largest file goes to one process, the small ones to the other."""
    for name, size in (("a", 100), ("b", 40), ("c", 30), ("d", 30)):
        (tmp_path / f"{name}.yaml").write_text("#" * size, "utf-8")

    shares = divided(lay_out(sorted(tmp_path.iterdir())), 2, least=1)

    assert [[path.stem for path in share.cases] for share in shares] == [["a"], ["b", "c", "d"]]


def test_little_is_not_divided(tmp_path: Path) -> None:
    """Files smaller than a share must be are all left to this process."""
    for name in "ab":
        (tmp_path / f"{name}.yaml").write_text("#" * 90, "utf-8")

    layout = lay_out(sorted(tmp_path.iterdir()))

    assert divided(layout, 2, least=100) == [layout]


def test_what_belongs_to_no_case_stays_here(tmp_path: Path) -> None:
    """Bibliographies and the case on standard input are read by this process."""
    (tmp_path / "a.yaml").write_text("#" * 10, "utf-8")
    (tmp_path / "b.bib").write_text("%" * 50, "utf-8")

    shares = divided(lay_out([Path("-"), *sorted(tmp_path.iterdir())]), 2, least=1)

    assert [share.cases for share in shares] == [(Path("-"),), (tmp_path / "a.yaml",)]
    assert [share.bibliographies for share in shares] == [(tmp_path / "b.bib",), ()]


def test_the_tables_of_a_case_stay_together(tmp_path: Path) -> None:
    """Tables of one case are read by one process, also where two folders name theirs alike."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "ytb.csv").write_text("property,value\n", "utf-8")
        (tmp_path / folder / "ytb.case.csv").write_text("key,value\n", "utf-8")
    files = sorted(tmp_path.rglob("*.csv"))

    shares = divided(lay_out(files), 2, least=1)

    assert _parts(shares) == [{"claims", "case"}, {"claims", "case"}]


def _parts(shares: list[Layout]) -> list[set[str]]:
    return [{part for group in share.groups for part in group.parts} for share in shares]
