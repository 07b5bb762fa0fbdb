"""Files in the layouts of their publishers, as cubes."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from diaspora_kg.cubes import Areas, Cube, as_quads, check_cube
from diaspora_kg.cubes.described import read_described
from diaspora_kg.cubes.importing import import_open_data
from diaspora_kg.cubes.indicators import read_indicator
from diaspora_kg.cubes.migrant_stock import read_migrant_stock
from diaspora_kg.cubes.publishers import Given
from diaspora_kg.cubes.remittances import read_remittances
from diaspora_kg.cubes.spellings import read_spellings
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.namespaces import DCTERMS, DKG, QB
from diaspora_kg.store import nquads
from diaspora_kg.terms import dkg, iri, text_literal, typed_literal

DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"
DESCRIPTION = iri(DCTERMS + "description")
OPEN = Path(__file__).parents[2].parent / "shared" / "data" / "open"
needs_open_data = pytest.mark.skipif(
    not OPEN.is_dir(), reason="the publishers' files are not beside this checkout"
)


def given(**more: str) -> Given:
    """Return what a user would say of a file."""
    return Given(Areas(), **more)


def numbers(cube: Cube) -> list[tuple[str, str, str, str]]:
    """Return area, other area, year and value of each measurement, by short names."""

    def short(term: str | None) -> str:
        return "" if term is None else term.rpartition("/")[2].rstrip(">")

    return [(short(m.area), short(m.counterpart), m.period, m.value) for m in cube.measurements]


def workbook(path: Path, *rows: list[object]) -> Path:
    """Write the rows of a workbook."""
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def table(path: Path, text: str) -> Path:
    """Write a text file."""
    path.write_text(text, "utf-8")
    return path


class TestMigrantStock:
    """UN DESA, in three layouts."""

    def test_long(self, tmp_path: Path) -> None:
        """One row for destination, origin and year."""
        text = "destination,origin,year,migrant_stock\nbdi,bel,1990,642\nnam,chanisl,1990,3\n"

        cube = read_migrant_stock(table(tmp_path / "m.csv", text), given(edition="2019"))

        assert numbers(cube) == [("BI", "BE", "1990", "642")]
        assert cube.left.unknown == {"chanisl": 1}
        assert cube.data_set.id == "migrant-stock-2019"

    def test_one_column_a_year(self, tmp_path: Path) -> None:
        """The first column of a year counts both sexes; those of each sex come after it."""
        file = workbook(
            tmp_path / "m.xlsx",
            ["United Nations"],
            ["Index", "Region, country or area of destination", "Location code of destination",
             "Region, country or area of origin", "Location code of origin", 1990, 1995, 1990],
            [1, "Burundi", 108, "Belgium", 56, 642, 700, 300],
            [2, "WORLD", 900, "Belgium", 56, 9, 9, 9],
        )  # fmt: skip

        cube = read_migrant_stock(file, given(edition="2020"))

        assert numbers(cube) == [
            ("BI", "BE", "1990", "642"), ("BI", "BE", "1995", "700"),
            ("001", "BE", "1990", "9"), ("001", "BE", "1995", "9"),
        ]  # fmt: skip

    def test_one_column_an_origin(self, tmp_path: Path) -> None:
        """The column of totals is what comes from the world; rests of regions are sums."""
        file = workbook(
            tmp_path / "m.xlsx",
            ["Year", "Sort order", "Major area, region, country or area of destination", "Notes",
             "Code", "Type of data (a)", "Total", "Other North", "Afghanistan", "Belgium"],
            [1990, 1, "Burundi", None, 108, "B R", 333110, 5, None, 642],
        )  # fmt: skip

        cube = read_migrant_stock(file, given(edition="2019"))

        assert numbers(cube) == [("BI", "001", "1990", "333110"), ("BI", "BE", "1990", "642")]
        assert cube.left.aggregates == {"Other North": 1}

    def test_another_file(self, tmp_path: Path) -> None:
        """A file of something else is refused by name."""
        with pytest.raises(DiasporaKGError) as caught:
            read_migrant_stock(table(tmp_path / "x.csv", "a,b\n1,2\n"), given())

        assert caught.value.code == "DKG650"

    def test_two_numbers_for_the_same(self, tmp_path: Path) -> None:
        """Two editions in one file cannot be told apart, so none is taken."""
        text = "destination,origin,year,stock\nbdi,bel,1990,642\nbdi,bel,1990,700\n"

        with pytest.raises(DiasporaKGError) as caught:
            read_migrant_stock(table(tmp_path / "m.csv", text), given())

        assert caught.value.code == "DKG651"
        assert "BI/BE/1990: 642 and 700" in caught.value.message


class TestRemittances:
    """The bilateral matrix of the World Bank."""

    def test_rows_send_and_columns_receive(self, tmp_path: Path) -> None:
        """The area receives; the year stands in the title; sums are of the world."""
        file = workbook(
            tmp_path / "bilateral.xlsx",
            ["Bilateral Remittance Estimates for 2017 using Migrant Stocks (millions of US$)"],
            ["receiving (across) / sending (down) ", "Albania", "Korea, Rep.", "WORLD"],
            ["Namibia", 1.5, 0, 1.5],
            ["Kosovo", 2, 3, 5],
            ["WORLD", 3.5, 3, 6.5],
            [None],
            ["Notes:"],
            ["These are analytical estimates."],
        )

        cube = read_remittances(file, given())

        assert numbers(cube) == [
            ("AL", "NA", "2017", "1.5"), ("KR", "NA", "2017", "0"), ("001", "NA", "2017", "1.5"),
            ("AL", "001", "2017", "3.5"), ("KR", "001", "2017", "3"), ("001", "001", "2017", "6.5"),
        ]  # fmt: skip
        assert cube.left.unknown == {"Kosovo": 3}
        assert cube.data_set.notes == ("These are analytical estimates.",)
        assert cube.data_set.unit == "usd-million"


class TestIndicator:
    """World Development Indicators."""

    HEAD = '"Country Name","Country Code","Indicator Name","Indicator Code","1960","1961",\n'

    def test_a_preamble_stands_above_the_head(self, tmp_path: Path) -> None:
        """Empty cells and two dots are missing values, sums of the bank's own are left out."""
        text = (
            '\ufeff"Data Source","World Development Indicators",\n\n'
            f'"Last Updated Date","2021-09-15",\n\n{self.HEAD}'
            '"Namibia","NAM","Paid (current US$)","BM.TRF.PWKR.CD.DT","","16480446.9",\n'
            '"Arab World","ARB","Paid (current US$)","BM.TRF.PWKR.CD.DT","1","2",\n'
            '"World","WLD","Paid (current US$)","BM.TRF.PWKR.CD.DT","..","9",\n'
        )

        cube = read_indicator(table(tmp_path / "wdi.csv", text), given())

        assert numbers(cube) == [
            ("NA", "", "1960", ""), ("NA", "", "1961", "16480446.9"),
            ("001", "", "1960", ""), ("001", "", "1961", "9"),
        ]  # fmt: skip
        assert cube.missing == 2
        assert cube.left.aggregates == {"Arab World (ARB)": 2}
        assert (cube.data_set.indicator, cube.data_set.unit) == ("remittances-paid", "usd")
        assert cube.data_set.edition == "2021-09-15"

    def test_an_unknown_series(self, tmp_path: Path) -> None:
        """What is measured has to be known before it can be compared."""
        text = self.HEAD + '"Namibia","NAM","Other","XX.YY","1","2",\n'
        file = table(tmp_path / "wdi.csv", text)

        with pytest.raises(DiasporaKGError) as caught:
            read_indicator(file, given())

        assert caught.value.code == "DKG652"
        assert read_indicator(file, given(indicator="diaspora-size")).measurements


class TestDescribed:
    """Any table, with a mapping."""

    MAPPING = """{"dc:publisher": "Somebody", "dialect": {"delimiter": "|"}, "dkg:unit": "persons",
      "tableSchema": {"columns": [
        {"titles": "code", "propertyUrl": "sdmx-dimension:refArea"},
        {"titles": "date", "propertyUrl": "sdmx-dimension:refPeriod"},
        {"titles": "troops", "propertyUrl": "sdmx-measure:obsValue", "dkg:indicator": "troops"},
        {"titles": "size", "propertyUrl": "sdmx-measure:obsValue",
         "dkg:indicator": "diaspora-size"}]}}"""

    def test_columns_are_what_the_mapping_says(self, tmp_path: Path) -> None:
        """An indicator of the ontology is that one; another is the data set's own."""
        file = table(tmp_path / "p.csv", "code|date|troops|size|x\nAE|1990-01-01|0|5|6\n")
        table(tmp_path / "p.csv-metadata.json", self.MAPPING)

        cube = read_described(file, given())

        assert numbers(cube) == [("AE", "", "1990", "0"), ("AE", "", "1990", "5")]
        assert [m.indicator for m in cube.measurements] == ["troops", "diaspora-size"]
        assert cube.data_set.own_indicators == {"troops": "troops"}
        assert check_cube(as_quads(cube)) == []

    @pytest.mark.parametrize(
        ("old", "new", "what"),
        [
            ('"titles": "code"', '"titles": "kode"', "the table has no column 'kode'"),
            ("sdmx-dimension:refArea", "sdmx-dimension:area", "is nothing that a column can hold"),
            ('"dc:publisher": "Somebody",', "", "nobody is named as the publisher"),
            ('"tableSchema"', '"schema"', "the mapping names no columns"),
        ],
    )
    def test_a_mapping_that_is_wrong(self, tmp_path: Path, old: str, new: str, what: str) -> None:
        """What is wrong is said, at the mapping."""
        file = table(tmp_path / "p.csv", "code|date|troops|size\nAE|1990|0|5\n")
        home = table(tmp_path / "m.json", self.MAPPING.replace(old, new))

        with pytest.raises(DiasporaKGError) as caught:
            read_described(file, given(), home)

        assert caught.value.code == "DKG653"
        assert what in caught.value.message
        assert caught.value.location is not None
        assert caught.value.location.file == str(home)

    def test_a_list_of_records_in_a_script(self, tmp_path: Path) -> None:
        """JSON, also as the body of a module, is a table."""
        text = 'module.exports = [\n {"code": "AE", "date": 1990, "troops": 1.0, "size": 2}\n];\n'
        file = table(tmp_path / "p.js", text)
        home = table(tmp_path / "m.json", self.MAPPING)

        assert numbers(read_described(file, given(), home))[0] == ("AE", "", "1990", "1")


class TestQuads:
    """The cube as RDF."""

    def cube(self, tmp_path: Path, text: str = "bdi,bel,1990,642\nbdi,fra,1990,..\n") -> Cube:
        """Return the cube of some rows."""
        file = table(tmp_path / "m.csv", "destination,origin,year,stock\n" + text)
        return read_migrant_stock(file, Given(Areas(), edition="2019", retrieved=date(2020, 1, 2)))

    def test_an_observation_says_what_where_when_and_from_which_file(self, tmp_path: Path) -> None:
        """Both areas, the year, the number, its unit, its status and its file."""
        quads = list(as_quads(self.cube(tmp_path)))
        node = next(s for s, p, o, _ in quads if o == typed_literal("642.0", DECIMAL))

        said = {(p.rpartition("#")[2].rstrip(">"), o.rpartition("/")[2].rstrip(">"))
                for s, p, o, _ in quads if s == node}  # fmt: skip

        assert ("refArea", "BI") in said
        assert ("counterpartArea", "BE") in said
        assert ("unitMeasure", "persons") in said
        assert ("obsStatus", "code#obsStatus-A") in said
        assert ("indicator", "international-migrants") in said

    def test_a_missing_value_says_so(self, tmp_path: Path) -> None:
        """It has a status and no number."""
        quads = list(as_quads(self.cube(tmp_path)))
        (missing,) = {s for s, p, o, _ in quads if o.endswith("obsStatus-M>")}

        assert not any(p.endswith("obsValue>") for s, p, _, _ in quads if s == missing)

    def test_all_of_it_is_in_a_graph_of_its_own(self, tmp_path: Path) -> None:
        """Another edition stands beside it, in another graph."""
        graphs = {g for _, _, _, g in as_quads(self.cube(tmp_path))}

        assert graphs == {"<https://w3id.org/diaspora-kg/graph/dataset/migrant-stock-2019>"}

    def test_an_area_that_is_not_known_is_told_by_the_data_set(self, tmp_path: Path) -> None:
        """Sums over the areas of the file lack it, and a query can tell that."""
        quads = list(as_quads(self.cube(tmp_path, "bdi,bel,1990,642\nchanisl,bel,1990,5\n")))

        said = {(p, o) for _, p, o, _ in quads if p in (dkg("unmappedArea"), DESCRIPTION)}
        told = "Left out at import, since they name no area of the reference table: chanisl (1)."
        assert said == {
            (dkg("unmappedArea"), text_literal("chanisl")),
            (DESCRIPTION, text_literal(told, "en")),
        }

    def test_a_data_set_of_known_areas_tells_of_none(self, tmp_path: Path) -> None:
        """A sum over countries is not missed either: its parts are in the file."""
        quads = as_quads(self.cube(tmp_path, "bdi,bel,1990,642\nbdi,Others,1990,5\n"))

        assert not any(p == dkg("unmappedArea") for _, p, _, _ in quads)

    def test_the_same_file_gives_the_same_bytes(self, tmp_path: Path) -> None:
        """Importing twice changes nothing."""
        first, second = (nquads(as_quads(self.cube(tmp_path))) for _ in range(2))

        assert first == second

    def test_the_integrity_constraints_hold(self, tmp_path: Path) -> None:
        """What is written is a well-formed cube."""
        assert check_cube(as_quads(self.cube(tmp_path))) == []

    @pytest.mark.parametrize(
        ("predicate", "number"),
        [
            (iri(QB + "structure"), "IC-2"),
            (iri(QB + "measure"), "IC-3"),
            (iri(QB + "codeList"), "IC-5"),
            (iri(QB + "dataSet"), "IC-1"),
            (iri(DKG + "counterpartArea"), "IC-11"),
            (iri("http://purl.org/linked-data/sdmx/2009/attribute#obsStatus"), "IC-13"),
            (iri("http://purl.org/linked-data/sdmx/2009/measure#obsValue"), "IC-14"),
        ],
    )
    def test_a_broken_cube_is_found(self, tmp_path: Path, predicate: str, number: str) -> None:
        """Each constraint is broken by taking away what it asks for."""
        quads = [quad for quad in as_quads(self.cube(tmp_path)) if quad[1] != predicate]

        assert number in {line.partition(":")[0] for line in check_cube(quads)}

    def test_two_observations_of_the_same_are_found(self, tmp_path: Path) -> None:
        """IC-12: dimensions tell observations apart."""
        quads = list(as_quads(self.cube(tmp_path)))
        (node,) = {s for s, p, o, _ in quads if o == typed_literal("642.0", DECIMAL)}
        twin = iri("http://example.org/twin")
        quads += [(twin, p, o, g) for s, p, o, g in quads if s == node]

        assert [line.partition(":")[0] for line in check_cube(quads)] == ["IC-12"]


def test_a_mapping_that_is_nowhere(tmp_path: Path) -> None:
    """Who misspells the name of a packaged mapping reads which there are."""
    file = table(tmp_path / "p.csv", "code|date\n")

    with pytest.raises(DiasporaKGError) as caught:
        import_open_data("table", file, given(), "elcano")

    assert (caught.value.code, caught.value.message) == (
        "DKG653",
        "'elcano' is no file and no packaged mapping; packaged: elcano-presence, overseas-indians",
    )


def test_a_table_of_spellings(tmp_path: Path) -> None:
    """Word and country; a country that is none is found at its cell."""
    good = table(tmp_path / "a.csv", "word,country\nSwaziland,SZ\n")
    bad = table(tmp_path / "b.csv", "word,country\nSwaziland,XX\n")

    assert read_spellings(good) == {"Swaziland": "SZ"}
    with pytest.raises(DiasporaKGError) as caught:
        read_spellings(bad)
    assert (caught.value.code, str(caught.value.location)) == ("DKG655", f"{bad}:2:2")


@needs_open_data
@pytest.mark.parametrize(
    ("kind", "name", "options", "words"),
    [
        (
            "migrant-stock",
            "undesa_ims2019_bilateral_ddf.csv",
            {},
            "78,228 observations of 229 areas",
        ),
        ("remittances", "wb_bilat_rem_2017.xlsx", {}, "45,369 observations of 213 areas, 2017"),
        ("indicator", "wb_BM.TRF.PWKR.CD.DT_2021-09.csv", {}, "13,237 observations of 217 areas"),
        ("table", "elcano_iepg_1990_2013.csv", {"mapping": "elcano-presence"}, "11,060"),
        ("table", "india_nri_pio_2012ish.js", {"mapping": "overseas-indians"}, "507"),
        ("organizations", "ror-registry-sample.json", {}, "9,000 entries"),
        ("sister-cities", "sister_relations.tsv", {}, "17,401 entries"),
        ("code-list", "CRSChannelCode.xml", {}, "438 entries"),
        ("code-list", "OrganisationType.xml", {}, "16 entries"),
        ("code-list", "CAMEO2PLOVER-2021.txt", {}, "276 entries"),
    ],
)
def test_the_files_of_publishers(kind: str, name: str, options: dict[str, str], words: str) -> None:
    """Real files are read whole; cells that are left out are counted."""
    found = import_open_data(kind, OPEN / name, given(), options.get("mapping"))

    assert words in found.words
    assert len({g for _, _, _, g in found.quads}) == 1
