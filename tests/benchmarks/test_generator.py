"""Generated cases: the same every time, the same as YAML and as tables, and with something in them.

Case files are read by the program itself, so that a case that it refuses fails here.
"""

from pathlib import Path

import pytest

pytest.importorskip("benchmarks", reason="the benchmarks stand in a checkout only")

from benchmarks.case_files import tables_of, write_tables, write_yaml, yaml_of
from benchmarks.generator import cases_for, generate_case, generate_cases
from diaspora_kg.assembly import assemble
from diaspora_kg.stages import Graph


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """Return the graph of fourteen generated cases."""
    folder = tmp_path_factory.mktemp("cases")
    write_yaml(folder, 14)
    return assemble([folder])


class TestCases:
    """What is drawn."""

    def test_are_the_same_every_time(self) -> None:
        """The same number and seed give the same case."""
        once, again = yaml_of(generate_case(3)), yaml_of(generate_case(3))

        assert once == again

    def test_do_not_depend_on_how_many_there_are(self) -> None:
        """Case 2 is the same among three as among five."""
        among_three, among_five = list(generate_cases(3))[2], list(generate_cases(5))[2]

        assert yaml_of(among_three) == yaml_of(among_five)

    def test_keep_their_names_when_they_are_edited(self) -> None:
        """With another seed a case has other claims, and the same id, sources and entities."""
        case, edited = generate_case(3), generate_case(3, seed=8)

        assert (case.id, case.sources, case.entities) == (
            edited.id,
            edited.sources,
            edited.entities,
        )
        assert case.claims != edited.claims

    def test_refer_to_earlier_cases_only(self) -> None:
        """The first case stands alone: all that its claims name is its own."""
        text = yaml_of(generate_case(0))

        assert "-00001" not in text

    def test_have_as_many_claims_as_are_asked_for(self) -> None:
        """A case may be larger than the ways to draw a claim, and smaller."""
        sizes = [len(generate_case(1, claims=number).claims) for number in (5, 24, 50)]

        assert sizes == [5, 24, 50]

    def test_are_as_many_as_a_number_of_triples_takes(self) -> None:
        """Ten thousand triples, of which 3,500 are the table of states, are nine cases."""
        assert cases_for(10_000) == 9


class TestGraph:
    """What the program makes of generated cases."""

    def test_has_no_violation(self, graph: Graph) -> None:
        """Generated cases pass the shapes; that sources disagree is worth a warning at most."""
        assert "error" not in {finding.severity.word for finding in graph.findings}

    def test_holds_conflicts_of_several_kinds(self, graph: Graph) -> None:
        """Sources disagree on classes and on figures, and a coder holds one against another."""
        kinds = {conflict.kind for conflict in graph.conflicts.conflicts}

        assert kinds >= {"classification", "value"}

    def test_is_the_same_from_tables(self, graph: Graph, tmp_path: Path) -> None:
        """The tables of the same cases give the same quads."""
        write_tables(tmp_path, 14)

        assert assemble([tmp_path]).quads == graph.quads

    def test_grows_with_the_number_of_cases(self, graph: Graph) -> None:
        """Fourteen cases hold 336 claims."""
        assert graph.counts["claims"] == 336


def test_tables_have_the_parts_of_a_case() -> None:
    """A case is a table of claims with four others beside it."""
    names = sorted(tables_of(generate_case(7)))

    assert names == [
        "institution-00007.case.csv",
        "institution-00007.csv",
        "institution-00007.entities.csv",
        "institution-00007.passages.csv",
        "institution-00007.sources.csv",
    ]
