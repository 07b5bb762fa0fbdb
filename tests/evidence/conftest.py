"""Tiny graphs of claims, and questions to them with the evidence of each row."""

from zlib import crc32

import pyoxigraph as ox
import pytest

from diaspora_kg.evidence import EvidencedTable, Explanation, evidence_of, explain
from diaspora_kg.evidence.explanations import Statement
from diaspora_kg.lookup import Lookup, View
from diaspora_kg.namespaces import DKGG, PREFIXES
from diaspora_kg.querying import CONTESTED, free_question, run

HEAD = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
HEAD += f"@prefix ex: <http://example.org/> .\n@prefix case: <{DKGG}case/> .\n"
SOURCES = """
ex:book a dkg:Source ; rdfs:label "Author 2020" ; dcterms:creator ex:author .
ex:author a dkg:Party ; rdfs:label "Author" .
"""


class Tiny:
    """A graph that is written line by line in a test."""

    def __init__(self) -> None:
        """Begin with one source."""
        self.parts: list[str] = []
        self.turtle("dkgg:sources", SOURCES)

    def turtle(self, graph: str, text: str) -> None:
        """Write some Turtle into a graph."""
        self.parts.append(f"GRAPH {graph} {{ {text} }}\n")

    def claim(
        self,
        name: str,
        subject: str,
        predicate: str,
        obj: str,
        *,
        polarity: str = "affirmed",
        source: str = "ex:book",
        holder: str = "ex:author",
        passage: str = "",
        more: str = "",
    ) -> None:
        """Write a claim; its passage quotes "words of NAME" unless another one is named."""
        own = f"ex:{name}-passage"
        key = crc32(repr((subject, predicate, obj)).encode())
        kind = "claimValue" if obj.startswith('"') else "claimObject"
        self.turtle(
            "case:c",
            f"""ex:{name} a dkg:Claim ; rdfs:label "Author: {name}"@en ;
              dkg:claimSubject {subject} ; dkg:claimPredicate {predicate} ; dkg:{kind} {obj} ;
              dkg:claimHolder {holder} ; dkg:contentKey "{key}" ;
              dkg:polarity dkgc:{polarity} ; dkg:modality dkgc:factual ;
              dkg:explicitness dkgc:explicit ; dkg:evidence {passage or own} . {more}""",
        )
        if not passage:
            self.turtle(
                "case:c",
                f"""{own} a dkg:Evidence ; dkg:inSource {source} ; dkg:locator "p. 1" ;
                  dkg:quote "words of {name}"@en .""",
            )

    def fact(self, subject: str, predicate: str, obj: str, *claims: str, graph: str = "") -> None:
        """Write a fact that rests on claims, with its plain triple; accepted if not contested."""
        name = "ex:fact-" + "-".join(claims)
        based = " , ".join(f"ex:{claim}" for claim in claims)
        kind = "factValue" if obj.startswith('"') else "factObject"
        self.turtle(
            f"dkgg:{graph or 'accepted'}",
            f"""{name} a dkg:Fact ; dkg:factSubject {subject} ; dkg:factPredicate {predicate} ;
              dkg:{kind} {obj} ; dkg:basedOn {based} . {subject} {predicate} {obj} .""",
        )

    def accepted(self, name: str, subject: str, predicate: str, obj: str, **more: str) -> None:
        """Write a claim and the fact that it yields."""
        self.claim(name, subject, predicate, obj, **more)
        self.fact(subject, predicate, obj, name)

    def contested(self, name: str, subject: str, predicate: str, obj: str) -> None:
        """Write a claim whose content is in dispute."""
        self.claim(name, subject, predicate, obj)
        self.fact(subject, predicate, obj, name, graph="contested")

    def store(self) -> ox.Store:
        """Return everything that was written."""
        store = ox.Store()
        store.bulk_load((HEAD + "".join(self.parts)).encode("utf-8"), ox.RdfFormat.TRIG)
        return store

    def ask(self, sparql: str, *, hidden: bool = False) -> EvidencedTable:
        """Return the answer to a query with its evidence; contested content may be hidden."""
        view = View(self.store(), frozenset((CONTESTED,)) if hidden else frozenset())
        query = f"PREFIX ex: <http://example.org/>\n{sparql}"
        table = run(free_question(query), view)
        return evidence_of(query, table, view)

    def why(self, subject: str, predicate: str = "", obj: str = "") -> Explanation:
        """Return why something is said, of what was written."""
        full = [f"http://example.org/{word}" if word else None for word in (subject, predicate)]
        assert full[0] is not None
        last = f"http://example.org/{obj}" if obj else None
        return explain(full[0], full[1], last, lookup=Lookup(self.store()), meta={})

    def ask_why_type(self, subject: str) -> tuple[Statement, ...]:
        """Return what is said of the class of a thing."""
        address = f"http://example.org/{subject}"
        return explain(address, "a", None, lookup=Lookup(self.store()), meta={}).statements

    @staticmethod
    def claims(answer: EvidencedTable) -> list[list[str]]:
        """Return the claims of each row by name."""
        return [[c.iri.rpartition("/")[2] for c in row.claims] for row in answer.evidence]


@pytest.fixture
def tiny() -> Tiny:
    """Return an empty graph."""
    return Tiny()
