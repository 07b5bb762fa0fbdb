"""The pitfalls of ontologies that a program can look for, by the numbers of the OOPS! catalogue.

The catalogue is that of the OntOlogy Pitfall Scanner, https://oops.linkeddata.es/catalogue.jsp; the
checks are our own and look at files, not at the service. Each returns the terms that are affected.
What asks for a judgement (is this hierarchy overspecialised?) is not checked, and says so.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from diaspora_kg.namespaces import DCTERMS, DKG, OWL, RDF, RDFS, SKOS
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.terms import TYPE, Term, iri, iri_of, is_iri, literal_parts

_SUB, _LABEL, _DEFINITION = iri(RDFS + "subClassOf"), iri(RDFS + "label"), iri(SKOS + "definition")
_DOMAIN, _RANGE = iri(RDFS + "domain"), iri(RDFS + "range")
_INVERSE, _EQUIVALENT = iri(OWL + "inverseOf"), iri(OWL + "equivalentClass")
_CHAIN = iri(OWL + "propertyChainAxiom")
_SYMMETRIC, _TRANSITIVE = iri(OWL + "SymmetricProperty"), iri(OWL + "TransitiveProperty")
_ROOT = "https://w3id.org/diaspora-kg/ontology"


@dataclass(frozen=True)
class Pitfall:
    """One pitfall, with what was found."""

    number: str
    title: str
    found: tuple[str, ...]
    note: str = ""


def _ours(terms: Iterable[Term]) -> Iterator[Term]:
    return (term for term in terms if term.startswith(f"<{DKG}"))


def _objects(ontology: Ontology) -> list[Term]:
    return sorted(p for p, kind in ontology.properties.items() if kind == "object")


def _short(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(sorted({iri_of(term).removeprefix(DKG) for term in terms}))


def _named_is(ontology: Ontology) -> Iterable[Term]:
    return (p for p in ontology.properties if iri_of(p).removeprefix(DKG) in ("is", "isA", "is-a"))


def _unconnected(ontology: Ontology) -> Iterable[Term]:
    used = {term for s, p, o in ontology.triples for term in (s, o) if p not in (TYPE, _LABEL)}
    touched: Counter[Term] = Counter()
    for s, p, o in ontology.triples:
        if p in (_SUB, _DOMAIN, _RANGE, _INVERSE, _EQUIVALENT) or p.startswith(f"<{OWL}"):
            touched[s] += 1
            touched[o] += 1
    return (c for c in ontology.classes if c in used and not touched[c])


def _cycles(ontology: Ontology) -> Iterable[Term]:
    return (
        c
        for c in ontology.classes
        for above in ontology.objects(c, _SUB)
        if is_iri(above) and c in ontology.superclasses(above) - {above}
    )


def _unannotated(ontology: Ontology) -> Iterable[Term]:
    terms = (*ontology.classes, *ontology.properties)
    return (t for t in terms if not ontology.objects(t, _LABEL) or not _defined(ontology, t))


def _defined(ontology: Ontology, term: Term) -> bool:
    return bool(ontology.objects(term, _DEFINITION))


def _without_disjointness(ontology: Ontology) -> Iterable[Term]:
    wanted = iri(OWL + "disjointWith"), iri(OWL + "AllDisjointClasses")
    has = any(p == wanted[0] or o == wanted[1] for _, p, o in ontology.triples)
    return () if has else (iri(_ROOT),)


def _without_domain_or_range(ontology: Ontology) -> Iterable[Term]:
    return (
        p
        for p, kind in ontology.properties.items()
        if kind != "annotation"
        and not (ontology.objects(p, _DOMAIN) and ontology.objects(p, _RANGE))
    )


def _without_inverse(ontology: Ontology) -> Iterable[Term]:
    inverse = {t for s, p, o in ontology.triples if p == _INVERSE for t in (s, o)}
    return (
        p
        for p in _objects(ontology)
        if p not in inverse and _SYMMETRIC not in ontology.objects(p, TYPE)
    )


def _several_domains(ontology: Ontology) -> Iterable[Term]:
    return (
        p
        for p in ontology.properties
        if len(ontology.objects(p, _DOMAIN)) > 1 or len(ontology.objects(p, _RANGE)) > 1
    )


def _swapped(ontology: Ontology) -> Iterable[Term]:
    """Labels longer than the definition in the same language: contents probably swapped."""
    for term in (*ontology.classes, *ontology.properties):
        lengths = defaultdict(dict)
        for kind, predicate in (("label", _LABEL), ("definition", _DEFINITION)):
            for value in ontology.objects(term, predicate):
                text, language, _ = literal_parts(value)
                lengths[language][kind] = len(text)
        if any(found.get("label", 0) > found.get("definition", 9999) for found in lengths.values()):
            yield term


def _miscellaneous(ontology: Ontology) -> Iterable[Term]:
    pattern = re.compile(r"Other|Misc|General(?=[A-Z]|$)|Unknown")
    return (c for c in ontology.classes if pattern.match(iri_of(c).removeprefix(DKG)))


def _oddly_named(ontology: Ontology) -> Iterable[Term]:
    for term in ontology.classes:
        if not re.fullmatch(r"[A-Z][A-Za-z]*", iri_of(term).removeprefix(DKG)):
            yield term
    for term in ontology.properties:
        if not re.fullmatch(r"[a-z][A-Za-z0-9]*", iri_of(term).removeprefix(DKG)):
            yield term


def _inverse_to_itself(ontology: Ontology) -> Iterable[Term]:
    return (s for s, p, o in ontology.triples if p == _INVERSE and s == o)


def _inverse_of_symmetric(ontology: Ontology) -> Iterable[Term]:
    return (
        s
        for s, p, _ in ontology.triples
        if p == _INVERSE and _SYMMETRIC in ontology.objects(s, TYPE)
    )


def _crooked(kind: Term) -> Callable[[Ontology], Iterable[Term]]:
    """Return a check: a symmetric or transitive property whose domain is not its range."""

    def check(ontology: Ontology) -> Iterable[Term]:
        return (
            p
            for p in _objects(ontology)
            if kind in ontology.objects(p, TYPE)
            and set(ontology.objects(p, _DOMAIN)) != set(ontology.objects(p, _RANGE))
        )

    return check


def _same_label(ontology: Ontology) -> Iterable[Term]:
    by_label: dict[str, list[Term]] = defaultdict(list)
    for cls in ontology.classes:
        for label in ontology.objects(cls, _LABEL):
            by_label[label].append(cls)
    return (cls for found in by_label.values() if len(found) > 1 for cls in found)


def _short_chains(ontology: Ontology) -> Iterable[Term]:
    rest, nil = iri(RDF + "rest"), iri(RDF + "nil")
    return (
        s for s, p, o in ontology.triples if p == _CHAIN and ontology.objects(o, rest) == (nil,)
    )


def _undeclared(
    predicate: Term, known: Callable[[Ontology], Iterable[Term]]
) -> Callable[[Ontology], Iterable[Term]]:
    def check(ontology: Ontology) -> Iterable[Term]:
        declared = set(known(ontology))
        used = (o for _, p, o in ontology.triples if p == predicate and is_iri(o))
        return (term for term in _ours(used) if term not in declared)

    return check


def _undeclared_properties(ontology: Ontology) -> Iterable[Term]:
    used = {p for _, p, _ in ontology.triples}
    return (p for p in _ours(used) if p not in ontology.properties)


def _file_endings(ontology: Ontology) -> Iterable[Term]:
    heads = (s for s, p, o in ontology.triples if p == TYPE and o == iri(OWL + "Ontology"))
    return (s for s in heads if re.search(r"\.(owl|rdf|ttl|n3|xml)>$", s))


def _without_declaration(ontology: Ontology) -> Iterable[Term]:
    head = iri(_ROOT)
    return () if iri(OWL + "Ontology") in ontology.objects(head, TYPE) else (head,)


def _hijacked(ontology: Ontology) -> Iterable[Term]:
    """Terms of other namespaces that we declare as classes or properties with an axiom of ours."""
    kinds = {iri(OWL + k) for k in ("Class", "ObjectProperty", "DatatypeProperty")}
    declared = {s for s, p, o in ontology.triples if p == TYPE and o in kinds and is_iri(s)}
    axioms = {s for s, p, _ in ontology.triples if p in (_SUB, _DOMAIN, _RANGE, _INVERSE)}
    return (s for s in declared & axioms if not s.startswith(f"<{DKG}"))


def _without_licence(ontology: Ontology) -> Iterable[Term]:
    head = iri(_ROOT)
    return () if ontology.objects(head, iri(DCTERMS + "license")) else (head,)


_JUDGED = {
    "P01": "Creating polysemous elements",
    "P02": "Creating synonyms as classes",
    "P05": "Defining wrong inverse relationships",
    "P07": "Merging different concepts in the same class",
    "P09": "Missing domain information",
    "P12": "Equivalent properties not explicitly declared",
    "P14": "Misusing owl:allValuesFrom",
    "P15": "Using 'some not' in place of 'not some'",
    "P16": "Using a primitive class in place of a defined one",
    "P17": "Overspecializing a hierarchy",
    "P18": "Overspecializing the domain or range",
    "P23": "Duplicating a datatype already provided by the implementation language",
    "P24": "Using recursive definitions",
    "P27": "Defining wrong equivalent properties",
    "P30": "Equivalent classes not explicitly declared",
    "P31": "Defining wrong equivalent classes",
    "P37": "Ontology not available on the Web",
    "P39": "Ambiguous namespace",
}
"""What a person has to judge, or what depends on where the files are served."""

_CHECKS: tuple[tuple[str, str, Callable[[Ontology], Iterable[Term]], str], ...] = (
    ("P03", "Creating the relationship 'is'", _named_is, ""),
    (
        "P04",
        "Creating unconnected ontology elements",
        _unconnected,
        "Classes of records that stand below no other and are reached by properties without range.",
    ),
    ("P06", "Including cycles in a class hierarchy", _cycles, ""),
    ("P08", "Missing annotations", _unannotated, ""),
    ("P10", "Missing disjointness", _without_disjointness, ""),
    (
        "P11",
        "Missing domain or range in properties",
        _without_domain_or_range,
        "Chosen: domains and ranges are premises of inference, and a property that sources use of "
        "many kinds of things must not turn them into one kind. Shapes say what is expected.",
    ),
    (
        "P13",
        "Inverse relationships not explicitly declared",
        _without_inverse,
        "Chosen: an inverse is declared where sources use one. A query walks a property against "
        "its direction without it.",
    ),
    ("P19", "Defining multiple domains or ranges in properties", _several_domains, ""),
    ("P20", "Misusing ontology annotations", _swapped, ""),
    ("P21", "Using a miscellaneous class", _miscellaneous, ""),
    ("P22", "Using different naming conventions in the ontology", _oddly_named, ""),
    ("P25", "Defining a relationship as inverse to itself", _inverse_to_itself, ""),
    ("P26", "Defining inverse relationships for a symmetric one", _inverse_of_symmetric, ""),
    ("P28", "Defining wrong symmetric relationships", _crooked(_SYMMETRIC), ""),
    (
        "P29",
        "Defining wrong transitive relationships",
        _crooked(_TRANSITIVE),
        "Range narrower than domain, or left open: each step leads to what can be stepped from.",
    ),
    ("P32", "Several classes with the same label", _same_label, ""),
    ("P33", "Creating a property chain with just one property", _short_chains, ""),
    ("P34", "Untyped class", _undeclared(_SUB, lambda o: o.classes), ""),
    ("P35", "Untyped property", _undeclared_properties, ""),
    ("P36", "URI contains file extension", _file_endings, ""),
    ("P38", "No OWL ontology declaration", _without_declaration, ""),
    ("P40", "Namespace hijacking", _hijacked, ""),
    ("P41", "No license declared", _without_licence, ""),
)


def find_pitfalls(ontology: Ontology) -> list[Pitfall]:
    """Return every checked pitfall with the terms that it affects."""
    return [
        Pitfall(number, title, _short(check(ontology)), note)
        for number, title, check, note in _CHECKS
    ]


def judged() -> dict[str, str]:
    """Return the pitfalls that no program checks here, by number."""
    return dict(_JUDGED)
