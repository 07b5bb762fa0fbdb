"""``link suggest`` and ``link evaluate`` from the outside."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("rapidfuzz", reason="pip install rapidfuzz anyascii")
pytest.importorskip("anyascii", reason="pip install rapidfuzz anyascii")

from tests.cli.conftest import Done

Run = Callable[..., Done]
REGISTRY = """\
@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:opera a ex:House ; rdfs:label "Sandova Opera"@en .
ex:trust rdfs:label "Tarnbeck Trust"@en .
"""
GOLD = """\
name,country,expected,kind
sandova opera,,http://example.org/opera,noisy:lower
Tarnbeck Trust,,http://example.org/trust,display
Xyzzyqwv,,NIL,nil
"""


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a registry and names with known answers, and keep the index there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "registry.ttl").write_text(REGISTRY, "utf-8")
    (tmp_path / "gold.csv").write_text(GOLD, "utf-8")
    return tmp_path


class TestSuggest:
    """What a name may mean."""

    def test_text(self, dkg: Run, desk: Path) -> None:
        """The candidate, its address and the reason stand below the name."""
        done = dkg("link", "suggest", "Sandova Opera", "--to", desk / "registry.ttl")

        assert done.status == 0
        lines = done.out.splitlines()
        assert lines[0] == "Sandova Opera"
        assert lines[1].endswith("%  Sandova Opera  http://example.org/opera")
        assert lines[2].strip() == "the same as its name 'Sandova Opera'"
        assert done.err == "indexing registry.ttl, once\n"

    def test_json(self, dkg: Run, desk: Path) -> None:
        """JSON holds every name with its candidates."""
        done = dkg("link", "suggest", "Opera", "--to", desk / "registry.ttl", "-f", "json")

        (answer,) = json.loads(done.out)
        assert answer["name"] == "Opera"
        assert answer["candidates"][0]["iri"] == "http://example.org/opera"
        assert answer["candidates"][0]["types"] == ["http://example.org/House"]

    def test_csv_and_markdown(self, dkg: Run, desk: Path) -> None:
        """Tables have one row a candidate; a name without any keeps its row in CSV."""
        registry = desk / "registry.ttl"

        csv = dkg("link", "suggest", "Xyzzyqwv", "--to", registry, "-f", "csv").out
        md = dkg("link", "suggest", "Tarnbeck Trust", "--to", registry, "-f", "md").out

        assert csv == "name,iri,label,probability,country,why\nXyzzyqwv,,,,,\n"
        assert md.splitlines()[0] == "| name | probability | candidate | country | why |"
        assert "[Tarnbeck Trust](http://example.org/trust)" in md.splitlines()[2]

    def test_what_is_not_likely_is_left_out(self, dkg: Run, desk: Path) -> None:
        """Candidates of less than 5 %, or than '--least', are not shown."""
        registry = desk / "registry.ttl"

        every = dkg("link", "suggest", "Sandova Opera Trust", "--to", registry, "--least", "0")
        likely = dkg("link", "suggest", "Sandova Opera Trust", "--to", registry)
        surest = dkg("link", "suggest", "Sandova Opera", "--to", registry, "--least", "1")

        assert (every.out.count("http"), likely.out.count("http")) == (2, 1)
        assert surest.out == "Sandova Opera\n  no candidate\n"

    def test_no_such_registry(self, dkg: Run, desk: Path) -> None:
        """A registry that is not there is named, with what would be one."""
        done = dkg("link", "suggest", "Opera", "--to", desk / "nothing.json")

        assert (done.status, done.out) == (2, "")
        assert "error[DKG502]: 'nothing.json' does not exist" in done.err
        assert "hint: Give a dump of ROR" in done.err


class TestEvaluate:
    """How good the answers are."""

    def test_json_has_the_promised_figures(self, dkg: Run, desk: Path) -> None:
        """Scripts read ``first_candidate`` and ``recall_at_98_precision``."""
        done = dkg(
            "link", "evaluate", desk / "gold.csv", "--to", desk / "registry.ttl", "-f", "json"
        )

        figures = json.loads(done.out)
        assert done.status == 0
        assert figures["first_candidate"] == 1.0
        assert figures["recall_at_98_precision"] == 1.0
        assert figures["nil_rejected"] == 1.0
        assert [part["kind"] for part in figures["kinds"]] == ["display", "nil", "noisy"]

    def test_text_has_a_row_for_every_kind(self, dkg: Run, desk: Path) -> None:
        """The table begins with all names and goes on with each kind."""
        done = dkg("link", "evaluate", desk / "gold.csv", "--to", desk / "registry.ttl")

        assert [line.split()[0] for line in done.out.splitlines()[:5]] == [
            "kind",
            "all",
            "display",
            "nil",
            "noisy",
        ]

    def test_outcomes(self, dkg: Run, desk: Path) -> None:
        """On request, what was found for every name is written."""
        registry, gold, out = desk / "registry.ttl", desk / "gold.csv", desk / "outcomes.csv"

        dkg("link", "evaluate", gold, "--to", registry, "--outcomes", out)

        rows = out.read_text("utf-8").splitlines()
        assert rows[0] == "name,country,kind,expected,found,probability,accepted,right"
        assert rows[1].startswith("sandova opera,,noisy:lower,http://example.org/opera,")
        assert rows[3] == "Xyzzyqwv,,nil,NIL,,0.0000,no,no"

    def test_a_table_without_its_columns(self, dkg: Run, desk: Path) -> None:
        """Missing columns are named."""
        (desk / "gold.csv").write_text("name,expected\nOpera,NIL\n", "utf-8")

        done = dkg("link", "evaluate", desk / "gold.csv", "--to", desk / "registry.ttl")

        assert done.status == 2
        assert "error[DKG504]: there is no column 'country' and no column 'kind'" in done.err

    def test_an_answer_of_another_registry(self, dkg: Run, desk: Path) -> None:
        """An unknown identifier stops the measurement at its line."""
        (desk / "gold.csv").write_text(GOLD.replace("org/opera", "org/nobody"), "utf-8")

        done = dkg("link", "evaluate", desk / "gold.csv", "--to", desk / "registry.ttl")

        assert done.status == 2
        assert "gold.csv:2:1: error[DKG506]" in done.err
