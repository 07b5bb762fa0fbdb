"""A growing set of quads for one named graph, and the place each node came from."""

from diaspora_kg.errors import Location
from diaspora_kg.model import Wordings
from diaspora_kg.namespaces import DCTERMS, OA, PROV, RDFS, SKOS
from diaspora_kg.terms import TYPE, Quad, Term, dkg, iri, text_literal, typed_literal
from diaspora_kg.times import Time

_DATE = "http://www.w3.org/2001/XMLSchema#date"


LABEL = iri(RDFS + "label")
ALT_LABEL = iri(SKOS + "altLabel")
DESCRIPTION = iri(DCTERMS + "description")
TITLE = iri(DCTERMS + "title")
PROV_ACTIVITY = iri(PROV + "Activity")
DERIVED_FROM = iri(PROV + "wasDerivedFrom")
SPECIFIC_RESOURCE = iri(OA + "SpecificResource")


class GraphWriter:
    """Writes quads of one named graph."""

    def __init__(self, graph: Term) -> None:
        self.graph = graph
        self.quads: set[Quad] = set()
        self.places: dict[Term, Location] = {}

    def add(self, subject: Term, predicate: Term, value: Term | None) -> None:
        """Write one statement; nothing when there is no value."""
        if value is not None:
            self.quads.add((subject, predicate, value, self.graph))

    def node(self, subject: Term, at: Location, *types: str) -> None:
        """Write the types of a node and remember where it was written."""
        self.places.setdefault(subject, at)
        for name in types:
            self.add(subject, TYPE, dkg(name))

    def wordings(self, subject: Term, predicate: Term, wordings: Wordings) -> None:
        """Write texts with their languages."""
        for wording in wordings:
            self.add(subject, predicate, text_literal(wording.text, wording.language))

    def text(self, subject: Term, predicate: Term, text: str | None) -> None:
        """Write a text without language."""
        if text is not None:
            self.add(subject, predicate, text_literal(text))

    def time(self, subject: Term, predicate: Term, time: Time) -> None:
        """Write a time; the form as written is kept beside it where the literal changes it."""
        literal = time.literal
        self.add(subject, predicate, literal)
        if not literal.startswith(text_literal(time.written)):
            self.add(subject, dkg("timeWritten"), text_literal(time.written))

    def bounds(
        self, subject: Term, earliest: str, latest: str, first: Time | None, last: Time | None
    ) -> None:
        """Write the first and the last day between which something lies, where known."""
        if first is not None and first.earliest is not None:
            self.add(subject, dkg(earliest), typed_literal(first.earliest.isoformat(), _DATE))
        if last is not None and last.latest is not None:
            self.add(subject, dkg(latest), typed_literal(last.latest.isoformat(), _DATE))
