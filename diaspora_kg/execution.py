"""What carries out the stages that go case by case: this process, or several machines.

Conflicts, acceptance and inference look at the whole graph and are the same for every engine.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from diaspora_kg.division import Division
from diaspora_kg.errors import Finding, Location
from diaspora_kg.inputs import read_cases, read_shared
from diaspora_kg.layout import Inputs, Layout, find_inputs, lay_out
from diaspora_kg.neighbours import cited, sources_beside
from diaspora_kg.populating import Population, populate
from diaspora_kg.progress import doing
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.reading.states import Reference
from diaspora_kg.terms import Quad, Term
from diaspora_kg.validation import validate_graph


class Engine(Protocol):
    """Reads, populates and validates. Every engine gives the same bytes and the same findings."""

    def read(self, paths: Iterable[Path]) -> Inputs:
        """Return what files and folders hold; of a case, no more than others need of it."""

    def populate(self, inputs: Inputs, ontology: Ontology, reference: Reference) -> Population:
        """Return the quads of what was read last."""

    def validate(
        self, quads: Iterable[Quad], places: Mapping[Term, Location]
    ) -> tuple[Finding, ...]:
        """Return what the packaged shapes find in the graph that was populated last."""


class LocalEngine:
    """Does it all on this machine, the cases in several processes where there are cores."""

    def __init__(self, found: tuple[Inputs, Layout] | None = None) -> None:
        """Take the files where they have been found already."""
        self._found = found
        self._division: Division | None = None

    def read(self, paths: Iterable[Path]) -> Inputs:
        """Return what files and folders hold; see ``read_inputs``.

        Of cases that another process has read it is their outlines, which ``populate`` knows.
        """
        inputs, layout = self._found or _located(paths)
        self._found = None
        doing(f"reading {len(inputs.files):,} files")
        beside = sources_beside(inputs.named, inputs.files)
        # which of these a case cites stands in its words, and an outline has not all of them
        self._division = division = Division(layout, count=1 if beside else None)
        read_cases(division.layout, inputs)
        read_shared(layout, inputs)
        division.gather(inputs)
        inputs.sources.extend(cited(beside, inputs.cases, inputs.sources))
        return inputs

    def populate(self, inputs: Inputs, ontology: Ontology, reference: Reference) -> Population:
        """Return the quads of cases, sources and observations; see ``populating``."""
        division, self._division = self._division, None
        given = (inputs.cases, inputs.sources, ontology, reference, inputs.observations)
        return populate(*given, write=division.write if division else None)

    def validate(
        self, quads: Iterable[Quad], places: Mapping[Term, Location]
    ) -> tuple[Finding, ...]:
        """Return what the packaged shapes find; see ``validate_graph``."""
        return validate_graph(quads, places)


def _located(paths: Iterable[Path]) -> tuple[Inputs, Layout]:
    inputs = find_inputs(paths)
    return inputs, lay_out(inputs.files)
