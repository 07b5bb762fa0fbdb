"""``diaspora-kg query``: lists, answers, evidence, citations, refusals."""

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from diaspora_kg.graph import KnowledgeGraph

if TYPE_CHECKING:
    from conftest import Done

    Run = Callable[..., Done]

COUNT = "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?c a dkg:Claim }"
MOIA = "SELECT ?when { dkgid:moia dkg:foundedOn ?when } ORDER BY ?when"


@pytest.fixture
def kg(packaged_kg: KnowledgeGraph) -> Path:
    """Return the folder of the packaged graph."""
    return packaged_kg.build.folder.parent.parent


class TestList:
    """Without a name."""

    def test_queries_are_listed_by_tag_with_their_questions(self, dkg: "Run") -> None:
        """Each query has its question and how its parameters are typed."""
        done = dkg("query")

        assert done.status == 0
        assert "\n  definitions-of-a-concept\n" in done.out
        assert "      How do the sources define soft power" in done.out
        assert "\n      -p concept=dkgc:core/soft-power [-p language=tr]\n" in done.out

    def test_the_list_is_a_table_for_programs(self, dkg: "Run") -> None:
        """In other forms it has four columns."""
        done = dkg("query", "-f", "csv")

        header, *rows = csv.reader(io.StringIO(done.out))
        assert header == ["name", "question", "tags", "parameters"]
        assert "definitions-of-a-concept" in [row[0] for row in rows]

    def test_questions_come_in_turkish(self, dkg: "Run") -> None:
        """The language chooses the wording."""
        done = dkg("query", "--language", "tr")

        assert "Hangi atıflara atıf yapılan eserin kendisi karşı çıkar?" in done.out


class TestAnswer:
    """Packaged queries and SPARQL."""

    def test_a_label_stands_for_a_thing(self, dkg: "Run", kg: Path) -> None:
        """A label in Turkish asks what its short name asks."""
        by_name = dkg(
            "query", "definitions-of-a-concept", "-p", "concept=core/soft-power", "--kg", kg
        )
        by_label = dkg("query", "definitions-of-a-concept", "-p", "concept=YUMUŞAK GÜÇ", "--kg", kg)

        assert by_label.status == 0
        assert by_label.out == by_name.out
        assert "note: 'YUMUŞAK GÜÇ' is taken as dkgc:core/soft-power" in by_label.err

    def test_data_is_on_stdout_and_talk_on_stderr(self, dkg: "Run", kg: Path) -> None:
        """A pipe gets the rows and nothing else."""
        done = dkg("query", "--sparql", MOIA, "-f", "csv", "--kg", kg)

        assert done.out == "when\n2004\n2004-05\n"
        assert "2 rows." in done.err
        assert "note: These answers come from the packaged cases" in done.err

    def test_quiet_says_nothing(self, dkg: "Run", kg: Path) -> None:
        """-q leaves stderr to errors."""
        assert dkg("-q", "query", "--sparql", MOIA, "--kg", kg).err == ""

    def test_sparql_comes_from_a_file(self, dkg: "Run", kg: Path, tmp_path: Path) -> None:
        """The name of a file stands for its SPARQL."""
        file = tmp_path / "mine.rq"
        file.write_text(MOIA, "utf-8")

        done = dkg("query", "--sparql", file, "-f", "csv", "--kg", kg)

        assert done.out == "when\n2004\n2004-05\n"

    def test_the_suffix_of_the_output_chooses_the_form(
        self, dkg: "Run", kg: Path, tmp_path: Path
    ) -> None:
        """-o answer.json writes JSON and leaves stdout empty."""
        file = tmp_path / "answer.json"

        done = dkg("query", "--sparql", MOIA, "-o", file, "--kg", kg)

        assert done.out == ""
        assert json.loads(file.read_text("utf-8"))["head"] == {"vars": ["when"]}

    def test_no_rows_are_no_denial(self, dkg: "Run", kg: Path) -> None:
        """An empty answer says what it does not mean."""
        done = dkg("query", "--sparql", "SELECT ?x { dkgid:moia dkg:mergerOf ?x }", "--kg", kg)

        assert done.status == 0
        assert "No rows. Nothing in this graph says so, which is not the same as “no”." in done.err

    def test_a_description_needs_no_braces(self, dkg: "Run", kg: Path) -> None:
        """DESCRIBE of one thing is SPARQL and no name of a file."""
        done = dkg("query", "--sparql", "DESCRIBE dkgid:moia", "-f", "csv", "--kg", kg)

        assert done.status == 0
        assert "foundedOn" in done.out

    def test_a_slip_is_no_finding(self, dkg: "Run", kg: Path) -> None:
        """A name that nothing is called by is warned of, and 'no rows' refers to it."""
        done = dkg("query", "--sparql", "SELECT ?s { ?s a dkg:Diaspra }", "--kg", kg)

        assert done.status == 0
        assert "warning[DKG456]: dkg:Diaspra is no term of the ontology" in done.err
        assert "Did you mean dkg:Diaspora or " in done.err
        assert "No rows: the query has a name that nothing is called by, see above." in done.err

    def test_show_prints_what_would_run(self, dkg: "Run", kg: Path) -> None:
        """The terms stand in the row of parameters, and nothing is run."""
        done = dkg(
            "query",
            "definitions-of-a-concept",
            "-p",
            "concept=core/soft-power",
            "--show",
            "--kg",
            kg,
        )

        row = "{ (<https://w3id.org/diaspora-kg/concept/core/soft-power> UNDEF) }"
        assert row in done.out
        assert "#+" not in done.out


class TestEvidence:
    """``--evidence``."""

    def test_quotes_stand_under_their_rows(self, dkg: "Run", kg: Path) -> None:
        """Each row has the words that it rests on, with who says them where."""
        done = dkg("query", "--sparql", MOIA, "--evidence", "--kg", kg)

        assert "\n    “was established in May 2004" in done.out
        assert "[dkgid:moia/claim/founded-2004]" in done.out
        assert "[dkgid:moia/claim/founded-2004-05]" in done.out

    def test_a_group_is_counted_and_listed_on_request(self, dkg: "Run", kg: Path) -> None:
        """An aggregate says of how many claims it is made; --evidence-all lists them."""
        query = "SELECT (COUNT(?x) AS ?n) { dkgid:moia dkg:foundedOn ?x }"

        counted = dkg("query", "--sparql", query, "--evidence", "--kg", kg)
        listed = dkg("query", "--sparql", query, "--evidence-all", "--kg", kg)

        assert "a group of 2 solutions: 2 claims from " in counted.out
        assert "dkgid:moia/claim/founded-2004" not in counted.out
        assert "[dkgid:moia/claim/founded-2004]" in listed.out

    def test_contested_content_is_seen_on_request_and_marked(self, dkg: "Run", kg: Path) -> None:
        """What is disputed is in no answer without --contested, and marked with it."""
        query = "SELECT ?c { dkgid:peace-corps a ?c FILTER (?c = dkg:NonGovernmentalOrganization) }"

        without = dkg("query", "--sparql", query, "--kg", kg)
        with_it = dkg("query", "--sparql", query, "--contested", "--kg", kg)

        assert "non-governmental organization" not in without.out
        assert "contested: sources dispute what this row says" in with_it.out

    def test_the_contested_graph_can_be_asked_by_name(self, dkg: "Run", kg: Path) -> None:
        """A query that names dkgg:contested sees it, and still no other query does."""
        query = "SELECT (COUNT(*) AS ?n) { GRAPH dkgg:contested { ?f a dkg:Fact } }"

        done = dkg("query", "--sparql", query, "-f", "csv", "--kg", kg)

        assert int(done.out.splitlines()[1]) > 0


class TestCite:
    """``--cite``."""

    def test_the_question_the_graph_and_the_works_are_named(self, dkg: "Run", kg: Path) -> None:
        """What to cite is printed in place of the rows."""
        done = dkg(
            "query",
            "definitions-of-a-concept",
            "-p",
            "concept=core/soft-power",
            "--cite",
            "--kg",
            kg,
        )

        assert done.out.startswith("Question   How do the sources define soft power")
        assert "Query      definitions-of-a-concept (concept = dkgc:core/soft-power)" in done.out
        assert "Date       undated build" in done.out
        assert "Rustamova, Dildora Jumatovna. 2024 or later." in done.out

    def test_bibtex_follows_from_the_suffix(self, dkg: "Run", kg: Path, tmp_path: Path) -> None:
        """-o works.bib writes BibTeX."""
        file = tmp_path / "works.bib"

        dkg("query", "--sparql", MOIA, "--cite", "-o", file, "--kg", kg)

        assert "@misc{diaspora-kg,\n" in file.read_text("utf-8")


class TestWrongUse:
    """What is refused, with a code and exit status 2."""

    @pytest.mark.parametrize(
        ("arguments", "code"),
        [
            (["no-such-query"], "DKG401"),
            (["sources", "-p", "colour=red"], "DKG402"),
            (["definitions-of-a-concept"], "DKG403"),
            (["definitions-of-a-concept", "-p", "concept=sofft power"], "DKG404"),
            (["claims-about", "-p", "entity=advocacy"], "DKG405"),
            (["--sparql", "SELECT * { ?s }"], "DKG406"),
            (["--sparql", "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }"], "DKG408"),
            (["--sparql", "CLEAR DEFAULT {}"], "DKG409"),
            (["sources", "--as-of", "2015"], "DKG410"),
            (["--sparql", "nowhere.rq"], "DKG411"),
            (["sources", "-f", "bibtex"], "DKG412"),
            (["sources", "--cite", "-f", "csv"], "DKG412"),
            (["sources", "-p", "colour"], "DKG413"),
        ],
    )
    def test_mistakes_have_a_code(
        self, arguments: list[str], code: str, dkg: "Run", kg: Path
    ) -> None:
        """Every mistake is one line with its code, a hint, and no traceback."""
        done = dkg("query", *arguments, "--kg", kg)

        assert done.status == 2
        assert done.out == ""
        assert done.err.startswith(f"error[{code}]: ")
        assert "\n  hint: " in done.err
        assert "Traceback" not in done.err

    def test_services_are_asked_from_disk(self, dkg: "Run", kg: Path) -> None:
        """SERVICE through a service is refused by its code, also where a folder is named."""
        query = "SELECT * { SERVICE <https://example.org/sparql> { ?s ?p ?o } }"
        service = ("--endpoint", "http://localhost:1/query", "--allow-service", "example.org")

        done = dkg("query", "--sparql", query, "--kg", kg, *service)

        assert done.status == 2
        assert "error[DKG428]" in done.err

    def test_a_name_and_sparql_are_one_too_many(self, dkg: "Run", kg: Path) -> None:
        """Only one question is asked at a time."""
        done = dkg("query", "sources", "--sparql", COUNT, "--kg", kg)

        assert done.status == 2
        assert "not both" in done.err

    def test_a_folder_without_a_graph_is_told(self, dkg: "Run", tmp_path: Path) -> None:
        """A store that is not there has its own code."""
        assert "error[DKG602]" in dkg("query", "--sparql", COUNT, "--kg", tmp_path).err


@pytest.mark.parametrize(
    "arguments",
    [
        ["query", "definitions-of-a-concept", "-p", "concept=core/soft-power"],
        ["why", "moia/claim/created"],
        ["find", "MOIA"],
        ["terms", "memberOf"],
    ],
)
def test_only_evidence_loads_the_slow_library(arguments: list[str], kg: Path) -> None:
    """Following a query needs rdflib; nothing else here does."""
    code = (
        "import sys\n"
        "from diaspora_kg.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit as ended:\n    print(ended.code, 'rdflib' in sys.modules)\n"
    )
    environment = {**os.environ, "DIASPORA_KG": str(kg)}

    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, env=environment
    )

    assert done.stdout.splitlines()[-1] == "0 False"
