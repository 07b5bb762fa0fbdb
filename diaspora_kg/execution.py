"""What carries out the stages that go case by case: this process, or several machines.

Conflicts, acceptance and inference look at the whole graph and are the same for every engine.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from diaspora_kg.errors import Finding, Location
from diaspora_kg.inputs import read_found, read_inputs
from diaspora_kg.layout import Inputs, Layout
from diaspora_kg.populating import Population, populate
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
    """Does it all on this machine."""

    def __init__(self, found: tuple[Inputs, Layout] | None = None) -> None:
        """Take the files where they have been found already."""
        self._found = found

    def read(self, paths: Iterable[Path]) -> Inputs:
        """Return what files and folders hold; see ``read_inputs``."""
        if self._found is None:
            return read_inputs(paths)
        found, self._found = self._found, None
        return read_found(*found)

    def populate(self, inputs: Inputs, ontology: Ontology, reference: Reference) -> Population:
        """Return the quads of cases, sources and observations; see ``populating``."""
        return populate(inputs.cases, inputs.sources, ontology, reference, inputs.observations)

    def validate(
        self, quads: Iterable[Quad], places: Mapping[Term, Location]
    ) -> tuple[Finding, ...]:
        """Return what the packaged shapes find; see ``validate_graph``."""
        return validate_graph(quads, places)
