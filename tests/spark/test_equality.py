"""A build on Spark gives the bytes, the places and the findings of a local build."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from diaspora_kg.assembly import assemble, build
from diaspora_kg.errors import Finding, FindingsError
from diaspora_kg.execution import Engine
from diaspora_kg.spark import SparkEngine
from diaspora_kg.stages import Graph
from diaspora_kg.store import nquads

pytestmark = pytest.mark.xdist_group("spark")
"""One worker starts the session once for all of these."""

Engines = Callable[..., SparkEngine]


def graph_of(paths: list[Path] | None, engine: Engine | None = None) -> Graph:
    """Return the graph of some files."""
    return assemble(paths, engine=engine)


def findings_of(paths: list[Path], engine: Engine | None = None) -> tuple[Finding, ...]:
    """Return what is wrong with some files, whether a graph comes of them or not."""
    try:
        return assemble(paths, engine=engine).findings
    except FindingsError as error:
        return error.findings


def as_parquet(folder: Path) -> None:
    """Turn the tables of a folder into Parquet, with few rows in a row group."""
    pyarrow = pytest.importorskip("pyarrow", reason="pip install 'diaspora-kg[parquet]'")
    from pyarrow import csv, parquet

    for file in folder.glob("*.csv"):
        names = file.read_text("utf-8").partition("\n")[0].split(",")
        texts = csv.ConvertOptions(column_types=dict.fromkeys(names, pyarrow.string()))
        table = csv.read_csv(file, convert_options=texts)
        parquet.write_table(table, file.with_suffix(".parquet"), row_group_size=3)
        file.unlink()


def assert_same(paths: list[Path] | None, engine: Engine) -> Graph:
    """Assert that both engines give the same, and return the graph."""
    local, spread = graph_of(paths), graph_of(paths, engine)

    assert nquads(spread.quads) == nquads(local.quads)
    assert dict(spread.places) == dict(local.places)
    assert spread.findings == local.findings
    assert spread.counts == local.counts
    return spread


class TestTheSameGraph:
    """What is right."""

    @pytest.mark.parametrize("rows", [1, 5_000])
    def test_claims_and_observations_in_csv(self, corpus: Path, engine: Engines, rows: int) -> None:
        """One table of several cases, tied to one another, is the same in slices of any size."""
        graph = assert_same([corpus], engine(rows))

        assert (graph.counts["cases"], graph.counts["claims"]) == (3, 9)
        assert [finding.code for finding in graph.findings] == [
            "DKG290", "DKG290", "DKG290", "DKG122", "DKG645",
        ]  # fmt: skip

    def test_parquet(self, corpus: Path, engine: Engines) -> None:
        """Parquet is read row group by row group."""
        as_parquet(corpus)

        graph = assert_same([corpus], engine(2))

        assert graph.counts["claims"] == 9

    def test_one_case_in_one_table(self, tmp_path: Path, engine: Engines) -> None:
        """A table of a single case, named alone, is cut like any other, and sees what is beside."""
        rows = "".join(
            f"c{number},diasporaInstitutionOf,TR,b{number % 2},p. {number},of Türkiye {number}\n"
            for number in range(20)
        )
        header = "id,property,object,source,locator,quote.en\n"
        (tmp_path / "ytb.csv").write_text(header + rows, "utf-8")
        (tmp_path / "ytb.case.csv").write_text("type,DiasporaInstitution\nlabel.en,YTB\n", "utf-8")
        entry = "@book{{b{0}, title = {{Book {0}}}, author = {{A, B}}, year = 2012}}\n"
        (tmp_path / "books.bib").write_text(entry.format(0) + entry.format(1), "utf-8")

        graph = assert_same([tmp_path / "ytb.csv"], engine(3))

        assert (graph.counts["claims"], graph.counts["sources"]) == (20, 2)

    def test_packaged_cases(self, engine: Engines) -> None:
        """The packaged cases, in YAML, are the same, with their conflicts and inferences."""
        graph = assert_same(None, engine())

        assert graph.counts["conflicts"] > 0


class TestTheSameFindings:
    """What is wrong."""

    @pytest.mark.parametrize(
        ("changes", "codes"),
        [
            (
                [
                    ("claims.csv", "contrary-to", "contrary"),
                    ("claims.csv", "moia,closed", ",closed"),
                    ("claims.csv", "ytb,home,,,,", "ytb,home,,KR,,"),
                    ("observations.csv", "KR,2020", "KR,"),
                ],
                ["DKG103", "DKG132", "DKG643", "DKG645", "DKG647"],
            ),
            (
                [
                    ("claims.csv", "oka/parent", "oka/parents"),
                    ("claims.csv", "oka,purpose,statedPurpose", "oka,purpose,statedPurpos"),
                    ("sources.csv", "2014,scholarly", "20x4,scholarly"),
                    ("observations.csv", "KR,2020", "TR,2020"),
                    ("observations.csv", "1728093", "1.728.093"),
                    ("observations.csv", "5240960.5,persons", "5240960.5,perssons"),
                    ("observations.csv", "IN,2015", "TR,2020"),
                ],
                ["DKG105", "DKG107", "DKG116", "DKG117", "DKG122", "DKG644", "DKG645", "DKG646"],
            ),
            (
                [
                    (
                        "cases.csv",
                        "moia,DiasporaInstitution,MOIA,MOIA",
                        "moia,DiasporaInstitution,,",
                    ),
                    ("entities.csv", "oka,foreign", "nobody,foreign"),
                    ("claims.csv", "abroad,0.8,,gamlen2014,p. 5", "abroad,1.8,,gamlen2014,"),
                ],
                ["DKG122", "DKG202", "DKG228", "DKG260", "DKG288", "DKG289", "DKG290", "DKG645"],
            ),
        ],
        ids=["form", "words", "shapes"],
    )
    def test_mistakes_in_tables(
        self,
        corpus: Path,
        engine: Engines,
        changes: list[tuple[str, str, str]],
        codes: list[str],
    ) -> None:
        """The mistakes of a stage are all found, once each, at their cells, in the same words."""
        for file, old, new in changes:
            text = (corpus / file).read_text("utf-8")
            (corpus / file).write_text(text.replace(old, new), "utf-8")

        found = findings_of([corpus], engine(2))

        assert found == findings_of([corpus])
        assert sorted({finding.code for finding in found}) == codes

    def test_files_that_cannot_be_read(self, corpus: Path, engine: Engines) -> None:
        """What is no Parquet, no YAML and no text is told file by file, and nothing breaks."""
        (corpus / "worse.yaml").write_text("id: [a\n", "utf-8")
        (corpus / "more.csv").write_bytes(b"case,property\nx,\x00\xff\xfe\n")
        (corpus / "bad.parquet").write_bytes(b"PAR1 and no more")

        found = findings_of([corpus], engine())

        assert found == findings_of([corpus])
        assert {"DKG101", "DKG640"} <= {finding.code for finding in found}


class TestParts:
    """The graph as sorted N-Quads parts."""

    def test_parts_in_their_order_are_the_graph(
        self,
        corpus: Path,
        tmp_path: Path,
        engine: Engines,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """The lines of all parts, one after the other, are those of the local build."""
        monkeypatch.setattr("diaspora_kg.spark.parts.LINES_OF_A_PART", 10_000)
        spread = engine(2)
        graph = graph_of([corpus], spread)

        spread.write_parts(graph.quads, str(tmp_path / "a b" / "plain"))
        spread.write_parts(graph.quads, str(tmp_path / "packed"), "gzip")

        plain = sorted((tmp_path / "a b" / "plain").iterdir())
        packed = sorted((tmp_path / "packed").iterdir())
        local = nquads(graph_of([corpus]).quads)
        assert b"".join(file.read_bytes() for file in plain) == local
        assert b"".join(gzip.decompress(file.read_bytes()) for file in packed) == local
        assert [file.name for file in plain[:2]] == ["part-00000", "part-00001"]
        assert packed[0].name == "part-00000.gz"

    def test_parts_are_kept_with_the_build(
        self, corpus: Path, tmp_path: Path, engine: Engines
    ) -> None:
        """What a build keeps beside the graph comes and goes with it."""
        spread = engine()

        built = build(
            [corpus],
            tmp_path / "kg",
            engine=spread,
            beside=lambda graph, folder: spread.write_parts(graph.quads, str(folder / "parts")),
        )

        (part,) = (built.stored.state_folder / "parts").iterdir()
        assert part.read_bytes() == built.stored.quads_file.read_bytes()
