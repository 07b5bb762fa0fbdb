"""Claims as nanopublications: small citable graphs of an assertion, its provenance and itself.

What is asserted is the claim, not the world: that this holder says this of that, with the
polarity and modality of the source. The plain triple of a claim is in no nanopublication, so
nobody who gathers them takes for a fact what a source only says. The form is that of the
nanopublication guidelines (https://nanopub.net/guidelines/working_draft/).
"""

from collections import defaultdict
from collections.abc import Iterable

from diaspora_kg import __version__
from diaspora_kg.exporting import serialise
from diaspora_kg.namespaces import BASE, DCTERMS, DKGID, PROV, RDFS, XSD
from diaspora_kg.terms import (
    TYPE,
    Quad,
    Term,
    dkg,
    iri,
    iri_of,
    is_iri,
    literal_parts,
    text_literal,
    typed_literal,
)

NP = "http://www.nanopub.org/nschema#"
NPX = "http://purl.org/nanopub/x/"
NANOPUBLICATIONS = BASE + "np/"
"""Under which the nanopublications have their IRIs, as ``<case>/<claim>``."""

_CLAIM, _LABEL, _TITLE = dkg("Claim"), iri(RDFS + "label"), iri(DCTERMS + "title")
_LICENCE = iri("https://creativecommons.org/licenses/by/4.0/")
_DATASET = iri(BASE + "graph")
_EVIDENCE, _SOURCE = dkg("evidence"), dkg("inSource")
_CODED_ON, _CODER, _CODING = dkg("codedOn"), dkg("coder"), dkg("coding")
_HOLDER = dkg("claimHolder")
_OF_SOURCE = {
    TYPE,
    _TITLE,
    *(iri(DCTERMS + name) for name in ("creator", "issued", "identifier", "publisher")),
    iri("http://purl.org/ontology/bibo/doi"),
    iri("https://schema.org/url"),
}
_COMPUTED = {dkg(name) for name in ("contentKey", "notAcceptedBecause", "inCase")}
_STATED_IN = f"<{BASE}graph/case/"
_SOURCES = iri(BASE + "graph/sources")


def nanopublications(quads: Iterable[Quad], version: str) -> list[Quad]:
    """Return one nanopublication for each claim of a graph, as quads, sorted.

    ``version`` is the version of the graph that they were made from. Passages that must not
    leave have to be withheld before.
    """
    maker = _Maker(quads, version)
    found: set[Quad] = set()
    for claim in maker.claims:
        found.update(maker.make(claim))
    return sorted(found, key=lambda quad: (quad[3], *quad[:3]))


def nanopublications_as_trig(quads: Iterable[Quad], version: str = __version__) -> bytes:
    """Return the nanopublications of a graph as TriG."""
    return serialise(nanopublications(quads, version), "trig")


def nanopublication_of(claim: Term) -> str:
    """Return the IRI of the nanopublication of a claim."""
    case, _, name = iri_of(claim).removeprefix(DKGID).partition("/claim/")
    return f"{NANOPUBLICATIONS}{case}/{name}"


class _Maker:
    def __init__(self, quads: Iterable[Quad], version: str) -> None:
        self._said: dict[Term, list[tuple[Term, Term]]] = defaultdict(list)
        self._parts: dict[Term, list[Term]] = defaultdict(list)
        self._version = version
        self.claims: list[Term] = []
        for s, p, o, g in sorted(set(quads)):
            if not g.startswith(_STATED_IN) and g != _SOURCES:
                continue
            self._said[s].append((p, o))
            if p == TYPE and o == _CLAIM:
                self.claims.append(s)
        for node in self._said:
            owner, found, rest = iri_of(node).partition("/claim/")
            if found and "/" in rest:
                self._parts[iri(f"{owner}/claim/{rest.partition('/')[0]}")].append(node)

    def make(self, claim: Term) -> Iterable[Quad]:
        """Yield the four graphs of the nanopublication of a claim."""
        name = nanopublication_of(claim)
        graphs = {part: iri(f"{name}#{part}") for part in ("Head", "assertion", "provenance")}
        graphs["pubinfo"] = iri(name + "#pubInfo")
        this = iri(name)
        yield this, TYPE, iri(NP + "Nanopublication"), graphs["Head"]
        yield this, iri(NP + "hasAssertion"), graphs["assertion"], graphs["Head"]
        yield this, iri(NP + "hasProvenance"), graphs["provenance"], graphs["Head"]
        yield this, iri(NP + "hasPublicationInfo"), graphs["pubinfo"], graphs["Head"]
        for p, o in self._said[claim]:
            if not self._is_provenance(claim, p, o):
                yield claim, p, o, graphs["assertion"]
        for s, p, o in self._provenance(claim, graphs["assertion"]):
            yield s, p, o, graphs["provenance"]
        for p, o in self._about(claim):
            yield this, p, o, graphs["pubinfo"]

    def _is_provenance(self, claim: Term, predicate: Term, value: Term) -> bool:
        belongs = is_iri(value) and value.startswith(claim[:-1] + "/")
        return predicate == _EVIDENCE or belongs or predicate in _COMPUTED

    def _provenance(self, claim: Term, assertion: Term) -> Iterable[tuple[Term, Term, Term]]:
        evidence = self._values(claim, _EVIDENCE)
        sources = {source for piece in evidence for source in self._values(piece, _SOURCE)}
        for source in sources:
            yield assertion, iri(PROV + "wasDerivedFrom"), source
            yield from ((source, p, o) for p, o in self._said[source] if p in _OF_SOURCE)
        for holder in self._values(claim, _HOLDER):
            yield assertion, iri(PROV + "wasAttributedTo"), holder
        for coding in self._values(claim, _CODING):
            yield assertion, iri(PROV + "wasGeneratedBy"), coding
        for p, o in self._said[claim]:
            if self._is_provenance(claim, p, o) and p not in _COMPUTED:
                yield claim, p, o
        for node in (*evidence, *self._parts[claim]):
            yield from ((node, p, o) for p, o in self._said[node])

    def _about(self, claim: Term) -> Iterable[tuple[Term, Term]]:
        codings = self._values(claim, _CODING)
        for coder in {each for coding in codings for each in self._values(coding, _CODER)}:
            yield iri(DCTERMS + "creator"), coder
        days = [day for coding in codings for day in self._values(coding, _CODED_ON)]
        if days:
            latest = max(literal_parts(day)[0] for day in days)
            if len(latest) == len("2026-01-31"):
                made = typed_literal(f"{latest}T00:00:00Z", XSD + "dateTime")
                yield iri(DCTERMS + "created"), made
        for label in self._values(claim, _LABEL):
            yield _LABEL, label
        yield iri(DCTERMS + "license"), _LICENCE
        yield iri(NPX + "introduces"), claim
        yield iri(NPX + "hasNanopubType"), _CLAIM
        yield iri(DCTERMS + "isPartOf"), _DATASET
        yield iri("http://purl.org/pav/version"), text_literal(self._version)

    def _values(self, subject: Term, predicate: Term) -> list[Term]:
        return [o for p, o in self._said[subject] if p == predicate]
