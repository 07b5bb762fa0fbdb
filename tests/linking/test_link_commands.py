"""The commands of links, from candidates to links that are checked."""

import json
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

import pytest
from click.testing import CliRunner, Result

from diaspora_kg.assembly import build
from diaspora_kg.cli import cli
from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.reading.links import Verdict
from diaspora_kg.reading.sssom import read_mapping_set
from tests.services.misbehaving import Service, answer, serving

CASES = """\
id: {key}
type: CivilSocietyOrganization
state: DE
label: {{en: {name}, tr: {name} Vakfı}}
"""


def record(key: str, name: str, status: str = "active") -> dict[str, object]:
    """Return a record of a registry."""
    return {
        "id": f"https://ror.org/{key}",
        "status": status,
        "names": [{"value": name, "types": ["ror_display", "label"], "lang": "en"}],
        "locations": [{"geonames_details": {"country_code": "DE", "name": "Velmar"}}],
        "types": ["nonprofit"],
    }


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with a graph of two organisations and a registry that has them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cases = tmp_path / "cases"
    cases.mkdir()
    for key, name in (("orsk", "Orsk Heritage Society"), ("tarn", "Tarnbeck Peace Institute")):
        (cases / f"{key}.yaml").write_text(CASES.format(key=key, name=name), "utf-8")
    build([cases], tmp_path / "kg", fail_on=None)
    names = {
        "1": "Orsk Heritage Society",
        "2": "Tarnbeck Peace Institute",
        "3": "Sandova Opera",
        "4": "Mirabel Poultry Association",
        "5": "Zawilah University",
    }
    records = [record(key, name) for key, name in names.items()]
    (tmp_path / "ror.json").write_text(json.dumps(records), "utf-8")
    return tmp_path


def run(*arguments: str, keys: str = "") -> Result:
    """Run a command of links; keys are pressed as at a terminal."""
    with patch("diaspora_kg.cli.link.review.is_at_terminal", return_value=bool(keys)):
        result = CliRunner().invoke(cli, ["link", *arguments], input=keys)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def propose() -> list[str]:
    """Propose candidates for the graph and return the pairs."""
    run("suggest", "--to", "ror", "--snapshot", "ror.json", "--least", "0.1", "-o", "new.sssom.tsv")
    links = read_mapping_set(Path("new.sssom.tsv")).links
    return [f"{link.subject.rpartition('/')[2]} {link.object.rpartition('/')[2]}" for link in links]


def verdicts(file: str) -> list[Verdict]:
    """Return what became of the rows of a file."""
    return [link.verdict for link in read_mapping_set(Path(file)).links]


class TestTheWayOfALink:
    """Suggest, review, apply, check."""

    def test_from_candidate_to_link(self, desk: Path) -> None:
        """A candidate that is accepted by a key becomes a link; a rejected one never comes back."""
        assert propose() == ["orsk 1", "tarn 2"]

        run("review", "new.sssom.tsv", "--reviewer", "A", "--date", "2026-01-31", keys="ar")
        run("apply", "new.sssom.tsv", "--into", "links.sssom.tsv")

        assert verdicts("links.sssom.tsv") == [Verdict.ACCEPTED, Verdict.REJECTED]
        assert propose() == []

    def test_undo_and_quit(self, desk: Path) -> None:
        """'u' takes the last decision back, and 'q' keeps what was decided."""
        propose()

        run("review", "new.sssom.tsv", "--reviewer", "A", keys="rua?q")

        assert verdicts("new.sssom.tsv") == [Verdict.ACCEPTED, Verdict.UNDECIDED]

    def test_evidence_side_by_side(self, desk: Path) -> None:
        """What the graph says of a thing and what the registry says stand beside one another."""
        propose()

        shown = run(
            "review", "new.sssom.tsv", "--reviewer", "A", "--snapshot", "ror.json", keys="q"
        ).output

        assert "Orsk Heritage Society Vakfı (tr)" in shown
        assert "nonprofit" in shown
        assert "ror:1" in shown

    def test_a_review_needs_a_reviewer(self, desk: Path) -> None:
        """Nobody's decision is no decision."""
        propose()

        refused = CliRunner().invoke(cli, ["link", "review", "new.sssom.tsv"], input="a")

        assert refused.exit_code == 2
        assert "--reviewer NAME" in refused.output

    def test_keys_need_a_terminal(self, desk: Path) -> None:
        """Where keys cannot be pressed, nothing is drawn, and it is said what else can be done."""
        propose()

        refused = run("review", "new.sssom.tsv", "--reviewer", "A")

        assert refused.exit_code == 2
        assert refused.stdout == ""
        assert "needs a terminal; use --to-csv and --from-csv, or --replay FILE" in refused.stderr

    @pytest.mark.parametrize("end", ["", EOFError()], ids=["end of input", "Ctrl-D"])
    def test_the_end_of_input_ends_a_review(self, desk: Path, end: str | EOFError) -> None:
        """When no key can come any more, what was decided is kept and the command ends well."""
        propose()
        keys = Mock(side_effect=["a", end])

        with patch("diaspora_kg.cli.link.review.click.getchar", keys):
            done = run("review", "new.sssom.tsv", "--reviewer", "A", keys="any")

        assert done.exit_code == 0
        assert verdicts("new.sssom.tsv") == [Verdict.ACCEPTED, Verdict.SUGGESTED]


class TestSpreadsheet:
    """The same in a spreadsheet."""

    def sheet(self, word: str) -> None:
        """Write a sheet and decide its first row."""
        propose()
        run("review", "new.sssom.tsv", "--to-csv", "new.csv", "--snapshot", "ror.json")
        head, first, *rest = Path("new.csv").read_text("utf-8").splitlines()
        lines = [head, word + first, *rest]
        Path("new.csv").write_text("\n".join(lines) + "\n", "utf-8")

    def test_round_trip(self, desk: Path) -> None:
        """A decision in the sheet is taken back, and an empty cell decides nothing."""
        self.sheet("close")

        run("review", "new.sssom.tsv", "--from-csv", "new.csv", "--reviewer", "A")

        links = read_mapping_set(Path("new.sssom.tsv")).links
        assert links[0].predicate == "http://www.w3.org/2004/02/skos/core#closeMatch"
        assert [link.verdict for link in links] == [Verdict.ACCEPTED, Verdict.SUGGESTED]

    def test_a_word_that_is_no_decision(self, desk: Path) -> None:
        """A slip of the pen is refused at its row, and nothing is taken."""
        self.sheet("acept")

        with pytest.raises(Exception, match="'acept' is no decision") as error:
            CliRunner().invoke(
                cli,
                ["link", "review", "new.sssom.tsv", "--from-csv", "new.csv", "--reviewer", "A"],
                catch_exceptions=False,
            )

        assert getattr(error.value, "code", "") == "DKG529"
        assert verdicts("new.sssom.tsv") == [Verdict.SUGGESTED, Verdict.SUGGESTED]


class TestReplaying:
    """A review on a newer snapshot."""

    def test_decisions_hold_for_the_same_pairs(self, desk: Path) -> None:
        """What was decided on the old snapshot is not asked again on the new one."""
        propose()
        run("review", "new.sssom.tsv", "--reviewer", "A", keys="ar")
        Path("old.sssom.tsv").write_bytes(Path("new.sssom.tsv").read_bytes())
        propose()

        said = run("review", "new.sssom.tsv", "--replay", "old.sssom.tsv").output

        assert "2 decided as before, 0 to be decided." in said
        assert verdicts("new.sssom.tsv") == [Verdict.ACCEPTED, Verdict.REJECTED]


class TestChecking:
    """Links that no longer hold."""

    def test_a_withdrawn_record(self, desk: Path) -> None:
        """A newer snapshot in which a record is withdrawn is a warning at the row of the link."""
        propose()
        run("review", "new.sssom.tsv", "--reviewer", "A", keys="aa")
        run("apply", "new.sssom.tsv")
        records = [record("1", "Orsk Heritage Society", "withdrawn"), record("2", "Tarnbeck")]
        Path("newer.json").write_text(json.dumps(records), "utf-8")

        checked = run("check", "--snapshot", "newer.json", "--fail-on", "warning")

        assert "links.sssom.tsv:10:1: warning[DKG530]: ror:1 is withdrawn" in checked.output
        assert run("check").output == "0 findings. Links: 2 to ror.\n"


class TestServices:
    """The same with a service in place of a snapshot."""

    def test_a_service_proposes(self, desk: Path) -> None:
        """Candidates come from the service, and off line from what it answered before."""
        body = json.dumps({"items": [record("1", "Orsk Heritage Society")]}).encode("utf-8")

        def organizations(_: Service, handler: Any, __: bytes) -> None:
            answer(handler, 200, body, "application/json")

        with serving({"/organizations": organizations}) as service:
            asked = ("suggest", "--to", "ror", "--service", service.url, "--least", "0.9")
            online = run(*asked, "-o", "new.sssom.tsv")
            offline = run(*asked, "--offline", "-o", "again.sssom.tsv")

        assert "1 candidate for 1 of them" in online.output
        assert "1 candidate for 1 of them" in offline.output
        (link,) = read_mapping_set(Path("new.sssom.tsv")).links
        assert link.object == "https://ror.org/1"
        assert link.justification == "LexicalSimilarityThresholdMatching"

    def test_off_line_without_answers(self, desk: Path) -> None:
        """Without any answer kept there is no result: nothing is written, and nothing sent."""
        with pytest.raises(MissingPartError) as error:
            CliRunner().invoke(
                cli,
                ["link", "suggest", "--to", "ror", "--offline", "-o", "new.sssom.tsv"],
                catch_exceptions=False,
            )

        assert (error.value.code, error.value.exit_status) == ("DKG538", 3)
        assert "'--snapshot FILE'" in error.value.hint
        assert not Path("new.sssom.tsv").exists()

    def test_off_line_with_some_answers(self, desk: Path) -> None:
        """What nothing is kept of is counted beside what was answered."""
        asked = ("suggest", "--to", "ror")

        def organizations(_: Service, handler: Any, __: bytes) -> None:
            is_ours = "Orsk" in handler.path
            items = {"items": [record("1", "Orsk Heritage Society")]}
            data = json.dumps(items if is_ours else {}).encode()
            answer(handler, 200 if is_ours else 500, data, "application/json")

        with (
            patch("diaspora_kg.linking.web.time.sleep"),
            serving({"/organizations": organizations}) as service,
        ):
            asked += ("--service", service.url, "-o", "new.sssom.tsv")
            CliRunner().invoke(cli, ["link", *asked])
            said = run(*asked, "--offline").output

        assert "nothing is kept of what the service says of 1 of them." in said

    @pytest.mark.parametrize("more", [(), ("--snapshot", "ror.json"), ("Orsk Opera",)])
    def test_a_word_that_is_no_registry(self, desk: Path, more: tuple[str, ...]) -> None:
        """A slip in the word after '--to' is told with the words that there are."""
        with pytest.raises(DiasporaKGError) as error:
            CliRunner().invoke(
                cli, ["link", "suggest", "--to", "rorr", *more], catch_exceptions=False
            )

        assert error.value.code == "DKG502"
        assert error.value.hint == (
            "Did you mean ror? The words are wikidata, ror, geonames, eurovoc, openalex, crossref; "
            "else give a registry as a file."
        )

    def test_a_registry_without_a_service(self, desk: Path) -> None:
        """A registry that has no service of its own needs a file or an address."""
        refused = CliRunner().invoke(cli, ["link", "suggest", "--to", "eurovoc"])

        assert refused.exit_code == 2
        assert "--snapshot" in refused.output

    def test_a_service_checks(self, desk: Path) -> None:
        """A record that the service does not have any more is a warning."""
        propose()
        run("review", "new.sssom.tsv", "--reviewer", "A", keys="ar")
        run("apply", "new.sssom.tsv")

        with serving({}) as service:
            checked = run("check", "--to", "ror", "--service", service.url)

        assert "warning[DKG530]: ror:1 is not in the registry" in checked.output
