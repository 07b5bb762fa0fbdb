"""Quads with the look-ups that flat tables need."""

from collections import defaultdict
from collections.abc import Iterable

from diaspora_kg.namespaces import DKG, DKGC, DKGG, DKGID, RDFS, SKOS, compact
from diaspora_kg.terms import TYPE, Quad, Term, dkg, iri, iri_of, is_iri, literal_parts, text_of

Row = dict[str, str]
"""Column to text."""

_LABELS = (iri(RDFS + "label"), iri(SKOS + "prefLabel"))


class Index:
    """Subject and predicate to values, over all graphs."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        """Take quads in any order."""
        self._values: dict[Term, dict[Term, list[Term]]] = defaultdict(dict)
        self._graphs: dict[Term, set[Term]] = defaultdict(set)
        self._members: dict[Term, set[Term]] = defaultdict(set)
        for s, p, o, g in sorted(set(quads)):
            values = self._values[s].setdefault(p, [])
            if o not in values:
                values.append(o)
            self._graphs[s].add(g)
            if p == TYPE:
                self._members[o].add(s)

    def of_class(self, name: str) -> list[Term]:
        """Return what was given a class of the ontology, sorted."""
        return sorted(self._members[dkg(name)])

    def subjects(self, namespace: str) -> list[Term]:
        """Return what lies in a namespace and has a class, sorted."""
        found = (s for s, said in self._values.items() if TYPE in said)
        return sorted(s for s in found if s.startswith(f"<{namespace}"))

    def graphs(self, subject: Term) -> set[Term]:
        """Return the graphs in which something is said of a subject."""
        return self._graphs.get(subject, set())

    def all(self, subject: Term, predicate: Term | str) -> list[Term]:
        """Return the values of a predicate; a bare name is one of the ontology's."""
        term = predicate if predicate.startswith("<") else dkg(predicate)
        return self._values.get(subject, {}).get(term, [])

    def one(self, subject: Term, predicate: Term | str) -> Term | None:
        """Return the first value of a predicate, or None."""
        return next(iter(self.all(subject, predicate)), None)

    def text(self, subject: Term, predicate: Term | str) -> str:
        """Return the first value as text, a name of ours shortened; empty when there is none."""
        value = self.one(subject, predicate)
        return "" if value is None else short(value)

    def texts(self, subject: Term, predicate: Term | str) -> str:
        """Return all values as text, separated by ``|``."""
        return " | ".join(short(value) for value in self.all(subject, predicate))

    def label(self, subject: Term | None, language: str = "en") -> str:
        """Return the label in a language, else in none; empty when there is neither."""
        if subject is None or not is_iri(subject):
            return ""
        found: dict[str, str] = {}
        for predicate in _LABELS:
            for value in self.all(subject, predicate):
                text, tag, _ = literal_parts(value)
                found.setdefault(tag or "", text)
        return found.get(language) or found.get("", "")

    def labels(self, subject: Term, predicate: Term | str) -> str:
        """Return the labels of all values, separated by ``|``."""
        return " | ".join(self.label(v) or short(v) for v in self.all(subject, predicate))


def short(term: Term) -> str:
    """Return text as it is, and an address as its short name: ``ytb``, ``affirmed``, ``cites``."""
    if not is_iri(term):
        return term if term.startswith("_:") else text_of(term)
    address = iri_of(term)
    for namespace in (DKGID, DKGC, DKG):
        if address.startswith(namespace):
            return address.removeprefix(namespace)
    return compact(address)


def language_of(value: Term | None) -> str:
    """Return the language of a text; empty for anything else."""
    return "" if value is None or is_iri(value) else literal_parts(value)[1] or ""


def status_of(index: Index, fact: Term) -> str:
    """Return whether a fact is accepted or contested."""
    return "contested" if iri(DKGG + "contested") in index.graphs(fact) else "accepted"
