"""What an update reads of a former graph is what a whole build would hold."""

from pathlib import Path
from typing import Any

import pytest

from diaspora_kg.assembly import assemble, build
from diaspora_kg.corpus import Corpus
from diaspora_kg.errors import Location
from diaspora_kg.incremental import updating
from diaspora_kg.incremental.former import FormerGraph, Statements, is_stated
from diaspora_kg.incremental.part import PartOfCorpus
from diaspora_kg.incremental.places import Places
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.store import read_build, read_nquads
from diaspora_kg.terms import TYPE, Term, dkg, iri

CASE = """\
id: {id}
type: Organization
label: {{en: {id}}}
coding: {{by: anna, on: 2026-01-01}}
defaults: {{confidence: 0.9}}
sources:
  of-{id}: {{type: report, title: {{en: Report}}, author: ["Demir, Aylin"], date: 2012}}
claims:
  - id: founding
    property: foundedOn
    value: {year}
    evidence: [{{source: of-{id}, locator: p. 1, quote: {{en: founded then}}}}]
"""


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    """Return a folder of two cases that was built once."""
    folder = tmp_path / "cases"
    folder.mkdir()
    for name, year in (("union", 1990), ("league", 2001)):
        (folder / f"{name}.yaml").write_text(CASE.format(id=name, year=year), "utf-8")
    build([folder], tmp_path / "kg")
    return folder


@pytest.mark.parametrize("name", ["Claim", "Actor", "Source", "Adjudication"])
def test_the_nodes_of_a_class_are_those_of_the_whole(
    cases: Path, tmp_path: Path, name: str
) -> None:
    """Classes below count, and so do quads that were taken away and added."""
    stored, ontology = read_build(tmp_path / "kg"), read_ontology()
    quads = [q for q in read_nquads(stored.quads_file.read_bytes()) if is_stated(q[3])]
    gone = [q for q in quads if q[0].endswith("/id/union/claim/founding>")]
    new = (iri("http://x/new"), TYPE, dkg("Adjudication"), gone[0][3])
    whole = Corpus([q for q in quads if q not in gone] + [new], ontology)

    with FormerGraph(stored) as former:
        part = PartOfCorpus(Statements(former, gone, [new]), ontology)
        found = part.of_type(dkg(name))

    assert found == whole.of_type(dkg(name))
    assert found


def test_all_places_are_those_of_a_whole_build(
    cases: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every node that a whole build places has the same place in an update, and no other."""
    seen: list[dict[Term, Location]] = []

    class Recording(Places):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            assert len(self) == len(set(self))
            seen.append(dict(self))

    monkeypatch.setattr(updating, "Places", Recording)
    (cases / "union.yaml").write_text(
        "# a line more\n" + CASE.format(id="union", year=1991), "utf-8"
    )

    result = build([cases], tmp_path / "kg")

    assert result.is_update
    assert seen == [dict(assemble([cases]).places)]
