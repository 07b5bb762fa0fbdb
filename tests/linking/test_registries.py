"""Registries are read in the form in which their publishers give them."""

import json
from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.linking.entries import Entry
from diaspora_kg.linking.registries import open_registry

SECOND = {
    "id": "https://ror.org/0example1",
    "status": "active",
    "names": [
        {"value": "TU", "types": ["acronym"], "lang": None},
        {"value": "Université de Tarn", "types": ["label"], "lang": "fr"},
        {"value": "Tarn University", "types": ["ror_display", "label"], "lang": "en"},
    ],
    "locations": [
        {"geonames_details": {"name": "Tarn", "country_code": "FR", "country_name": "France"}}
    ],
    "links": [
        {"type": "website", "value": "https://www.tarn-uni.fr/en"},
        {"type": "wikipedia", "value": "https://en.wikipedia.org/wiki/University_of_Tarn_(France)"},
    ],
    "types": ["education"],
    "relationships": [{"type": "parent", "label": "Academy of Tarn", "id": "x"}],
}
FIRST = {
    "id": "https://ror.org/0example2",
    "name": "Tarn University",
    "aliases": ["University of Tarn"],
    "acronyms": ["TU"],
    "labels": [{"label": "Université de Tarn", "iso639": "fr"}],
    "country": {"country_code": "FR", "country_name": "France"},
    "addresses": [{"city": "Tarn"}],
    "links": ["https://tarn-uni.fr"],
    "types": ["Education"],
}
PLACE = (
    "2988507\tParis\tParis\tLutetia,Parijs\t48.85\t2.35\tP\tPPLC\tFR\t\t11\t75\t751\t75056\t"
    "2138551\t\t42\tEurope/Paris\t2024-01-01\n"
)
COUNTRY = (
    "#ISO\tISO3\n"
    "FR\tFRA\t250\tFR\tFrance\tParis\t547030\t66987244\tEU\t.fr\tEUR\tEuro\t33\t#####\t^x$\tfr-FR\t"
    "3017382\tCH,DE\t\n"
)
ENTITY, DIRECT = "http://www.wikidata.org/entity/", "http://www.wikidata.org/prop/direct/"
WIKIDATA = f"""\
<{ENTITY}Q1> <http://www.w3.org/2000/01/rdf-schema#label> "Tarn"@en .
<{ENTITY}Q1> <http://www.w3.org/2004/02/skos/core#altLabel> "Ville"@fr .
<{ENTITY}Q1> <{DIRECT}P17> <{ENTITY}Q2> .
<{ENTITY}Q2> <{DIRECT}P297> "FR" .
<{ENTITY}Q1> <{DIRECT}P856> <https://tarn.example.org/> .
<{ENTITY}Q2> <http://www.w3.org/2000/01/rdf-schema#label> "France"@en .
"""
THESAURUS = """\
@prefix ex: <http://example.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
ex:c1 a skos:Concept ; skos:prefLabel "migration"@en , "göç"@tr ; skos:altLabel "mobility"@en .
ex:c2 a skos:Concept ; skos:notation "7" .
"""


def entries(folder: Path, name: str, text: str) -> list[Entry]:
    """Write a file and read it as a registry."""
    path = folder / name
    path.write_text(text, "utf-8")
    return list(open_registry(path).entries())


class TestRor:
    """The Research Organization Registry."""

    def test_second_schema(self, tmp_path: Path) -> None:
        """Names, acronyms, the place, the address and the parents are taken from schema 2."""
        (found,) = entries(tmp_path, "ror.json", json.dumps([SECOND]))

        assert found == Entry(
            iri="https://ror.org/0example1",
            label="Tarn University",
            names=(("Université de Tarn", "fr"), ("Tarn University", "en")),
            acronyms=("TU",),
            titles=("University of Tarn",),
            country="FR",
            places=("Tarn", "France"),
            types=("education",),
            hosts=("tarn-uni", "tarn"),
            related=("Academy of Tarn",),
        )

    def test_first_schema(self, tmp_path: Path) -> None:
        """The older schema gives the same."""
        (found,) = entries(tmp_path, "ror.json", json.dumps([FIRST]))

        assert found.label == "Tarn University"
        assert [name for name, _ in found.names] == [
            "Tarn University",
            "University of Tarn",
            "Université de Tarn",
        ]
        assert (found.country, found.acronyms, found.types) == ("FR", ("TU",), ("education",))

    def test_withdrawn_records_are_no_targets(self, tmp_path: Path) -> None:
        """A record that is withdrawn or inactive is left out."""
        gone = {**SECOND, "id": "https://ror.org/0gone", "status": "withdrawn"}

        found = entries(tmp_path, "ror.json", json.dumps([SECOND, gone]))

        assert [entry.iri for entry in found] == ["https://ror.org/0example1"]


class TestGeoNames:
    """GeoNames."""

    def test_places(self, tmp_path: Path) -> None:
        """A table of places gives names, country and feature code."""
        (found,) = entries(tmp_path, "cities15000.txt", PLACE)

        assert found.iri == "https://sws.geonames.org/2988507/"
        assert [name for name, _ in found.names] == ["Paris", "Lutetia", "Parijs"]
        assert (found.country, found.types) == ("FR", ("P.PPLC",))

    def test_countries(self, tmp_path: Path) -> None:
        """The table of countries gives countries with their codes."""
        (found,) = entries(tmp_path, "countryInfo.txt", COUNTRY)

        assert (found.iri, found.label) == ("https://sws.geonames.org/3017382/", "France")
        assert found.acronyms == ("FR", "FRA")


class TestRdf:
    """Anything with labels."""

    def test_a_subset_of_wikidata(self, tmp_path: Path) -> None:
        """Labels, aliases, the country by its code and the website are taken from N-Triples."""
        found = {entry.label: entry for entry in entries(tmp_path, "subset.nt", WIKIDATA)}

        assert found["Tarn"].names == (("Tarn", "en"), ("Ville", "fr"))
        assert found["Tarn"].country == "FR"
        assert found["Tarn"].hosts == ("tarn", "example")

    def test_a_thesaurus(self, tmp_path: Path) -> None:
        """A concept is found by all its labels; what has no label is left out."""
        (found,) = entries(tmp_path, "thesaurus.ttl", THESAURUS)

        assert found.label == "migration"
        assert found.names == (("migration", "en"), ("göç", "tr"), ("mobility", "en"))


class TestOtherFiles:
    """What is no registry."""

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("empty.json", ""),
            ("broken.json", "[{"),
            ("other.json", '[{"id": "https://example.org/1"}]'),
            ("object.json", '{"a": 1}'),
            ("notes.txt", "some notes\n"),
            ("case.yaml", "id: a-case\n"),
            ("silent.ttl", "<http://example.org/a> <http://example.org/b> 1 ."),
        ],
    )
    def test_is_refused(self, tmp_path: Path, name: str, text: str) -> None:
        """A file that holds no registry is named, with what would be one."""
        with pytest.raises(DiasporaKGError) as error:
            entries(tmp_path, name, text)

        assert error.value.code == "DKG502"
        assert name in error.value.message

    def test_missing_file_and_folder(self, tmp_path: Path) -> None:
        """No file and a folder are told apart."""
        with pytest.raises(DiasporaKGError, match="does not exist"):
            open_registry(tmp_path / "no.json")
        with pytest.raises(DiasporaKGError, match="is a folder"):
            open_registry(tmp_path)
