"""A small graph of claims, written claim by claim, for the stages that reason over claims."""

import gc
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from diaspora_kg.acceptance import Acceptance, Policy, accept
from diaspora_kg.conflicts import Conflict, Conflicts, find_conflicts
from diaspora_kg.corpus import Corpus
from diaspora_kg.namespaces import DCTERMS, DKG, DKGC, DKGID, PROV, RDFS, SKOS, XSD
from diaspora_kg.reading.ontology import Ontology, parse_turtle
from diaspora_kg.terms import TYPE, Quad, Term, iri, text_literal, typed_literal
from diaspora_kg.times import parse_time

if TYPE_CHECKING:
    from diaspora_kg.graph import KnowledgeGraph

WORKERS_WAIT = 600.0
"""Seconds to wait for a graph that another worker builds, on however slow a machine."""

ONTOLOGY = """
@prefix dkg: <https://w3id.org/diaspora-kg/ontology#> .
@prefix dkgc: <https://w3id.org/diaspora-kg/concept/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
dkg:Claim a owl:Class . dkg:Source a owl:Class .
dkg:FigureClaim a owl:Class ; rdfs:subClassOf dkg:Claim .
dkg:Proposition a owl:Class ; rdfs:subClassOf dkg:Claim .
dkg:Actor a owl:Class .
dkg:Organization a owl:Class ; rdfs:subClassOf dkg:Actor .
dkg:NonStateActor a owl:Class ; rdfs:subClassOf dkg:Actor .
dkg:StateActor a owl:Class ; rdfs:subClassOf dkg:Actor ; dkg:conflictsWithClass dkg:NonStateActor .
dkg:StateBody a owl:Class ; rdfs:subClassOf dkg:StateActor , dkg:Organization ;
    rdfs:label "state body"@en .
dkg:Ngo a owl:Class ; rdfs:subClassOf dkg:NonStateActor ; rdfs:label "NGO"@en .
dkg:parent a owl:ObjectProperty ; rdfs:label "has parent"@en ; dkg:presupposes "subject" .
[] a owl:Restriction ; owl:onProperty dkg:parent ; owl:someValuesFrom dkg:StateActor ;
    rdfs:subClassOf dkg:StateBody .
dkg:promotes a owl:ObjectProperty ; rdfs:label "promotes"@en ; dkg:presupposes "subject" .
dkg:supports a owl:ObjectProperty ; rdfs:label "supports"@en .
dkg:mergedInto a owl:ObjectProperty ; rdfs:label "merged into"@en ; dkg:marksEndOf "subject" .
dkg:dissolvedOn a owl:DatatypeProperty ; rdfs:label "dissolved on"@en ; dkg:marksEndOf "subject" .
dkg:foundedOn a owl:DatatypeProperty ; rdfs:label "founded on"@en ;
    dkg:marksBeginningOf "subject" .
dkg:hasFigure a owl:DatatypeProperty ; rdfs:label "has figure"@en .
dkg:hasTitle a owl:DatatypeProperty ; rdfs:label "has title"@en .
dkgc:soft-power a skos:Concept ; skos:prefLabel "soft power"@en .
dkgc:culture a skos:Concept ; skos:prefLabel "culture"@en .
dkgc:migrants a skos:Concept ; skos:prefLabel "migrants"@en .
dkgc:world a skos:Concept ; skos:prefLabel "world"@en .
dkgc:poorer-countries a skos:Concept ; skos:prefLabel "poorer countries"@en .
"""


def thing(word: str) -> Term:
    """Return the term of a short name: ``dkg:X``, ``dkgc:x``, ``skos:x``, a literal, or an id."""
    for prefix, namespace in (("dkg:", DKG), ("dkgc:", DKGC), ("skos:", SKOS)):
        if word.startswith(prefix):
            return iri(namespace + word.removeprefix(prefix))
    if word.startswith('"'):
        return word
    return TYPE if word == "rdf:type" else iri(DKGID + word)


class Cases:
    """Writes the quads of claims, sources and entities, with as little ado as possible."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.ontology = Ontology(tuple(parse_turtle(ONTOLOGY)))
        self.quads: list[Quad] = []

    def add(self, subject: str, predicate: str, value: Term) -> None:
        """Write one quad; the subject is an id, the predicate a name of the ontology."""
        known = {"label": RDFS, "title": DCTERMS, "creator": DCTERMS, "publisher": DCTERMS}
        namespace = known.get(predicate, PROV if predicate == "wasDerivedFrom" else DKG)
        prop = TYPE if predicate == "rdf:type" else iri(namespace + predicate)
        self.quads.append((thing(subject), prop, value, iri("http://example.org/graph")))

    def days(self, subject: str, first: str, last: str, written: str) -> None:
        """Write the earliest and the latest day that a time means; nothing for no time."""
        time = parse_time(written) if written else None
        for name, day in ((first, time and time.earliest), (last, time and time.latest)):
            if day:
                self.add(subject, name, typed_literal(day.isoformat(), XSD + "date"))

    def entity(self, word: str, *types: str, label: str = "") -> None:
        """Write an entity with its declared types."""
        for name in types:
            self.add(word, "rdf:type", thing(name))
        self.add(word, "label", text_literal(label or word, "en"))

    def source(
        self,
        key: str,
        *,
        author: str = "",
        publisher: str = "",
        issued: str = "",
        derived_from: str = "",
        tier: str = "",
    ) -> None:
        """Write a source; a party is its author and publisher by name."""
        node = f"source/{key}"
        self.add(node, "rdf:type", thing("dkg:Source"))
        self.add(node, "label", text_literal(key.capitalize()))
        self.add(f"party/{key}", "label", text_literal(key.capitalize()))
        for role, name in (("creator", author), ("publisher", publisher)):
            if name:
                self.add(node, role, thing(f"party/{name}"))
        if derived_from:
            self.add(node, "wasDerivedFrom", thing(f"source/{derived_from}"))
        if tier:
            self.add(node, "sourceTier", thing(f"dkgc:{tier}"))
        self.days(node, "earliest", "latest", issued)

    def claim(
        self,
        name: str,
        subject: str,
        predicate: str,
        value: str,
        source: str = "",
        *,
        cites: str = "",
        agent: str = "",
        stance: str = "endorses",
        as_of: str = "",
        since: str = "",
        until: str = "",
        confidence: str = "0.9",
        contrary_to: str = "",
        kind: str = "",
        key: str = "",
        **more: str,
    ) -> Term:
        """Write a claim from one source, by default affirmed, factual and explicit."""
        node = f"case/claim/{name}"
        type_name = "dkg:FigureClaim" if predicate == "dkg:hasFigure" else "dkg:Claim"
        self.add(node, "rdf:type", thing(type_name))
        self.add(node, "label", text_literal(f"Holder: {name}", "en"))
        self.add(node, "claimSubject", thing(subject))
        self.add(node, "claimPredicate", thing(predicate))
        is_value = value.startswith('"')
        self.add(node, "claimValue" if is_value else "claimObject", thing(value))
        self.add(node, "contentKey", text_literal(key or f"{subject} {predicate} {value}"))
        for name_of, word in more.items():
            self.add(node, name_of, thing(word))
        if source:
            self.add(node, "claimHolder", thing(f"party/{source}"))
            self.add(node, "evidence", thing(f"{node}/evidence"))
            self.add(f"{node}/evidence", "inSource", thing(f"source/{source}"))
        if confidence:
            self.add(node, "coding", thing(f"{node}/coding"))
            literal = typed_literal(confidence, XSD + "decimal")
            self.add(f"{node}/coding", "confidence", literal)
        if cites or agent:
            self._attribution(node, cites, agent, stance)
        for prop, written in (("validFrom", since), ("validUntil", until)):
            if written:
                self.add(node, prop, text_literal(written))
        self.days(node, "earliest", "", since)
        self.days(node, "", "latest", until)
        self.days(node, "assertedEarliest", "assertedLatest", as_of)
        if is_value and "#date" in value:
            written = value.split('"')[1]
            self.days(node, "valueEarliest", "valueLatest", written)
        if contrary_to:
            self._contrary(node, contrary_to, kind)
        return thing(node)

    def _attribution(self, node: str, cites: str, agent: str, stance: str) -> None:
        link = f"{node}/attribution"
        self.add(node, "attribution", thing(link))
        self.add(link, "position", typed_literal("1", XSD + "integer"))
        self.add(link, "stance", thing(f"dkgc:{stance}"))
        if cites:
            self.add(link, "work", thing(f"source/{cites}"))
        if agent:
            self.add(link, "agent", thing(agent))

    def _contrary(self, node: str, other: str, kind: str) -> None:
        self.add(node, "contraryTo", thing(f"case/claim/{other}"))
        if kind:
            self.add(node, "contrariety", thing(f"{node}/contrary"))
            self.add(f"{node}/contrary", "contrary", thing(f"case/claim/{other}"))
            self.add(f"{node}/contrary", "conflictKind", thing(f"dkgc:{kind}-conflict"))

    def figure(
        self,
        name: str,
        number: str,
        source: str = "",
        *,
        bound: str = "exact",
        period: str = "",
        subject: str = "earth",
        unit: str = "persons",
        **more: str,
    ) -> Term:
        """Write a figure on migrants, in base units."""
        literal = typed_literal(number, XSD + "decimal")
        more.setdefault("key", f"{subject} {number} {bound} {period}")
        node = self.claim(name, subject, "dkg:hasFigure", literal, source, **more)
        claim = f"case/claim/{name}"
        self.add(claim, "indicator", thing("dkgc:migrants"))
        self.add(claim, "baseValue", literal)
        self.add(claim, "baseUnit", thing(f"dkgc:{unit}"))
        self.add(claim, "bound", thing(f"dkgc:{bound}"))
        if period:
            self.add(claim, "referencePeriod", text_literal(period))
            self.days(claim, "periodEarliest", "periodLatest", period)
        return node

    def adjudication(self, name: str, *between: str, outcome: str = "", **more: str) -> None:
        """Write a decision between claims; ``upholds`` and ``rejects`` name one claim each."""
        self.add(name, "rdf:type", thing("dkg:Adjudication"))
        for claim in between:
            self.add(name, "decidesBetween", thing(f"case/claim/{claim}"))
        for role, claim in more.items():
            self.add(name, role, thing(f"case/claim/{claim}"))
        if outcome:
            self.add(name, "outcome", thing(f"dkgc:{outcome}"))

    @property
    def conflicts(self) -> Conflicts:
        """What is found in all that was written."""
        return find_conflicts(self.quads, self.ontology)

    @property
    def found(self) -> list[tuple[str, set[str]]]:
        """Kind and claims, by name, of every conflict."""
        return [(c.kind, self.names(c)) for c in self.conflicts.conflicts]

    @property
    def only(self) -> Conflict:
        """The one conflict that is found."""
        (conflict,) = self.conflicts.conflicts
        return conflict

    @staticmethod
    def names(conflict: Conflict) -> set[str]:
        """Return the names of the claims of a conflict."""
        return {claim.rpartition("/")[2].rstrip(">") for claim in conflict.claims}

    def accepted(self, policy: Policy | None = None) -> Acceptance:
        """Return what is accepted of all that was written."""
        return accept(self.quads, self.conflicts, self.ontology, policy)

    def reason(self, name: str, policy: Policy | None = None) -> str | None:
        """Return why a claim is not accepted; None when it is."""
        return self.accepted(policy).refused.get(thing(f"case/claim/{name}"))

    def corpus(self) -> Corpus:
        """Return all that was written as values."""
        return Corpus(self.quads, self.ontology)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give tests that share what a module makes to one worker, and begin with what takes long.

    xdist hands out groups before single tests, so that only short tests are left for the end.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None and _shares_with_its_module(item):
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if getattr(config.option, "loadgroup", False):
        for item in items:
            _write_group(item)


def _write_group(item: pytest.Item) -> None:
    """Write the group of a test into its id, where the scheduler reads it.

    xdist does that itself, but with pytest 9.2 in a place that nobody reads any more, and every
    worker starts every service (https://github.com/pytest-dev/pytest-xdist/issues/1386).
    """
    groups = sorted({mark.args[0] for mark in item.iter_markers("xdist_group")})
    structured = getattr(item, "_id", None)
    if groups and structured is not None:
        setattr(item, "_id", structured.parse(f"{item.nodeid}@{'_'.join(groups)}"))  # noqa: B010


def _shares_with_its_module(item: pytest.Item) -> bool:
    """Tell whether a test uses a fixture that is made once for its module or class."""
    known = getattr(item, "_fixtureinfo").name2fixturedefs  # noqa: B009 - pytest has no other way
    return any(fixtures[-1].scope in ("module", "class") for fixtures in known.values())


def pytest_collection_finish() -> None:
    """Spare the garbage collector what lasts as long as the tests: thousands of items, modules."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture
def cases() -> Cases:
    """Return an empty graph to write claims into."""
    return Cases()


def made_once(
    factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]
) -> "KnowledgeGraph":
    """Return a graph that the first worker makes and the others, which wait for it, only open."""
    from diaspora_kg.opening import open_kg
    from diaspora_kg.store.locking import only_one

    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / name
    with only_one(shared / f"{name}.lock", patience=WORKERS_WAIT):
        if not (folder / "CURRENT").exists():
            make(folder)
    return open_kg(folder)


@pytest.fixture(scope="session")
def packaged_kg(tmp_path_factory: pytest.TempPathFactory) -> "KnowledgeGraph":
    """Build the packaged cases once for all tests that ask them something; none changes them."""
    from diaspora_kg.assembly import build

    return made_once(tmp_path_factory, "packaged-kg", lambda folder: build(None, folder))


@pytest.fixture(scope="session")
def kg_with_data(
    packaged_kg: "KnowledgeGraph", tmp_path_factory: pytest.TempPathFactory
) -> "KnowledgeGraph":
    """Build the packaged cases with small data sets beside them."""
    from diaspora_kg.store import nquads, write_build
    from tests.open_data import small_data_sets

    def write(folder: Path) -> None:
        data = nquads(small_data_sets()) + packaged_kg.build.quads_file.read_bytes()
        lines = sorted(set(data.splitlines(keepends=True)))
        write_build(folder, b"".join(lines), packaged_kg.meta)

    return made_once(tmp_path_factory, "kg-with-data", write)
