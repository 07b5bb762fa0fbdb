"""Open data that counts nothing: registers, code lists, ties between towns.

Each becomes a graph of its own with its provenance, like a cube. A register says what it calls a
thing and of which kind it takes it to be: neither a claim of a source on a case, nor a fact.
"""

from collections.abc import Iterator
from pathlib import Path

from diaspora_kg.cubes.model import Left
from diaspora_kg.cubes.publishers import Given, id_of
from diaspora_kg.namespaces import DCTERMS, DKGG, PROV, RDFS, SCHEMA, VOID, XSD
from diaspora_kg.naming import individual, slug
from diaspora_kg.reading.observations import digest_of
from diaspora_kg.terms import TYPE, Quad, Term, Triple, dkg, iri, text_literal, typed_literal

LABEL = iri(RDFS + "label")


class Register:
    """A graph under way: what a register holds, and what of it was left out."""

    def __init__(self, path: Path, given: Given, default: str, title: str, publisher: str) -> None:
        self.id = id_of(given, default)
        self.node = individual("dataset", self.id)
        self.graph = iri(f"{DKGG}dataset/{self.id}")
        self.left = Left()
        self.entries = 0
        self.remarks: list[str] = []
        self.triples: list[Triple] = []
        self._describe(path, given, given.title or title, given.publisher or publisher)

    def add(self, subject: Term, predicate: Term, value: Term) -> None:
        """Take in a statement."""
        self.triples.append((subject, predicate, value))

    def quads(self) -> Iterator[Quad]:
        """Yield everything, each statement once."""
        for s, p, o in dict.fromkeys(self.triples):
            yield s, p, o, self.graph

    def _describe(self, path: Path, given: Given, title: str, publisher: str) -> None:
        sha256 = digest_of(path)
        file = iri(f"{self.node[1:-1]}/file/{sha256[:12]}")
        party = individual("party", slug(publisher))
        self.add(self.node, TYPE, iri(VOID + "Dataset"))
        self.add(self.node, LABEL, text_literal(title, "en"))
        self.add(self.node, iri(DCTERMS + "title"), text_literal(title, "en"))
        self.add(self.node, iri(DCTERMS + "publisher"), party)
        self.add(party, TYPE, dkg("Party"))
        self.add(party, LABEL, text_literal(publisher))
        self.add(self.node, iri(PROV + "wasDerivedFrom"), file)
        self.add(file, TYPE, iri(PROV + "Entity"))
        self.add(file, iri(SCHEMA + "name"), text_literal(path.name))
        self.add(file, iri(SCHEMA + "sha256"), text_literal(sha256))
        for predicate, address in (("license", given.licence), ("source", given.page)):
            if address:
                self.add(self.node, iri(DCTERMS + predicate), iri(address))
        if given.edition:
            self.add(self.node, dkg("edition"), text_literal(given.edition))
        if given.retrieved is not None:
            day = typed_literal(given.retrieved.isoformat(), XSD + "date")
            self.add(file, dkg("retrievedOn"), day)
