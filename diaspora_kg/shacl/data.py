"""The data graph: a store that answers for the original terms, and what the planner counts."""

import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain

import pyoxigraph

from diaspora_kg.shacl.graph import read_triples
from diaspora_kg.shacl.originals import BLANK, ILL_FORMED, WRITTEN, code_literals
from diaspora_kg.shacl.vocabulary import SUBCLASS_OF
from diaspora_kg.terms import TYPE, Quad, Term, Triple

_N_TRIPLES, _N_QUADS = pyoxigraph.RdfFormat.N_TRIPLES, pyoxigraph.RdfFormat.N_QUADS
_NODE = rb"<[^>]*>|_:[^ ]+"
_LINE = re.compile(
    rb"^(" + _NODE + rb") (<[^>]*>) "
    rb"(" + _NODE + rb'|"(?:[^"\\]|\\.)*"(?:@[^ ]+|\^\^(<[^>]*>))?)( (?:' + _NODE + rb"))? \.$",
    re.MULTILINE,
)
_CODED_NODE = re.compile(rb"(?:^|(?<= ))<%s([^>]*)>(?= )" % BLANK.encode(), re.MULTILINE)
_CODED_LITERAL = re.compile(
    rb'"\^\^<(?:%s|%s)([^>]*)> \.$' % (WRITTEN.encode(), ILL_FORMED.encode()), re.MULTILINE
)
_BLANK = ord("_")
_BULK_TYPE, _BULK_SUBCLASS = TYPE.encode(), SUBCLASS_OF.encode()


@dataclass
class _Survey:
    """What is counted of a graph in one look at it, and what the store would not keep."""

    predicates: Counter[Term] = field(default_factory=Counter)
    classes: Counter[Term] = field(default_factory=Counter)
    below: dict[Term, set[Term]] = field(default_factory=dict)
    typed: set[Term] = field(default_factory=set)
    """Literals with a datatype."""
    has_blanks: bool = False
    has_graphs: bool = False


class DataGraph:
    """Triples to validate; named graphs count as one."""

    calls_python = True
    """Whether its queries may call functions in Python; a service elsewhere knows none."""

    def __init__(self, lines: bytes, store: pyoxigraph.Store | None = None) -> None:
        """Take N-Triples or N-Quads; a store that holds just these triples saves loading them."""
        if lines.count(b"\n") != sum(1 for _ in _LINE.finditer(lines)):
            lines = _normal(lines)
        survey = _survey_of_lines(lines)
        codes = self._take(survey)
        if survey.has_graphs or self.is_coded:
            lines, store = _rewritten(lines, codes), None
        self.store = store or _loaded(lines)
        """A store with the original terms, coded where it would change them."""

    def _take(self, survey: _Survey) -> dict[Term, Term]:
        """Keep what was counted, and return the codes of the literals that need one."""
        self.predicates = survey.predicates
        """How many triples each predicate has."""
        self.classes = survey.classes
        """How many instances each class has, by its own name."""
        self._below = survey.below
        self.has_blanks = survey.has_blanks
        codes = code_literals(survey.typed)
        self.is_coded = bool(codes) or self.has_blanks
        """Whether the store holds terms that stand for others."""
        return codes

    @classmethod
    def from_terms(cls, statements: Iterable[Triple | Quad]) -> "DataGraph":
        """Return the graph of triples or quads of terms, each its N-Triples form.

        Terms need not be taken apart again: this is some times as fast as from lines.
        """
        graph = cls.__new__(cls)
        triples = [statement[:3] for statement in statements]
        codes = graph._take(_survey_of_terms(triples))
        if graph.has_blanks:  # most triples have none all the same
            triples = [
                triple if triple[0][0] != "_" != triple[2][0] else _coded_triple(triple)
                for triple in triples
            ]
        if codes:
            triples = [(s, p, codes.get(o, o)) for s, p, o in triples]
        lines = "".join([f"{s} {p} {o} .\n" for s, p, o in triples])
        graph.store = _loaded(lines.encode("utf-8"))
        return graph

    @classmethod
    def from_store(cls, store: pyoxigraph.Store) -> "DataGraph":
        """Return the graph of all that a store holds; its terms are taken as the original ones."""
        return cls(_dumped(store), store)

    @classmethod
    def from_document(cls, text: str | bytes, syntax: pyoxigraph.RdfFormat) -> "DataGraph":
        """Return the graph of a document. Raises ``SyntaxError`` when it is not well-formed."""
        return cls.from_terms(read_triples(text, syntax))

    @property
    def ntriples(self) -> bytes:
        """The triples with their original terms."""
        lines = _dumped(self.store)
        if not self.is_coded:
            return lines
        return _CODED_LITERAL.sub(rb'"^^<\1> .', _CODED_NODE.sub(rb"_:\1", lines))

    def with_subclasses(self, cls: Term) -> tuple[Term, ...]:
        """Return the classes, among a class and those below it, that have instances, sorted."""
        seen, todo = {cls}, [cls]
        while todo:
            for below in self._below.get(todo.pop(), ()):
                if below not in seen:
                    seen.add(below)
                    todo.append(below)
        return tuple(sorted(name for name in seen if self.classes[name]))


def _survey_of_terms(triples: list[Triple]) -> _Survey:
    objects = {o for _, _, o in triples}
    survey = _Survey(
        predicates=Counter([p for _, p, _ in triples]),
        classes=Counter([_coded(o) for _, p, o in triples if p == TYPE]),
        typed={o for o in objects if o[-1] == ">" and o[0] == '"'},
        has_blanks=any(term[0] == "_" for term in chain({s for s, _, _ in triples}, objects)),
    )
    if SUBCLASS_OF in survey.predicates:
        for s, p, o in triples:
            if p == SUBCLASS_OF:
                survey.below.setdefault(_coded(o), set()).add(_coded(s))
    return survey


def _survey_of_lines(lines: bytes) -> _Survey:
    survey = _Survey()
    predicates: Counter[bytes] = Counter()
    classes: Counter[bytes] = Counter()
    typed: set[bytes] = set()
    for match in _LINE.finditer(lines):
        subject, predicate, obj, datatype, graph = match.groups()
        predicates[predicate] += 1
        if datatype:
            typed.add(obj)
        elif predicate == _BULK_TYPE:
            classes[obj] += 1
        elif predicate == _BULK_SUBCLASS:
            survey.below.setdefault(_coded_node(obj), set()).add(_coded_node(subject))
        survey.has_blanks = survey.has_blanks or _BLANK in (subject[0], obj[0])
        survey.has_graphs = survey.has_graphs or graph is not None
    survey.predicates.update({key.decode(): count for key, count in predicates.items()})
    survey.classes.update({_coded_node(key): count for key, count in classes.items()})
    survey.typed = {literal.decode() for literal in typed}
    return survey


def _coded(term: Term) -> Term:
    return f"<{BLANK}{term[2:]}>" if term.startswith("_:") else term


def _coded_triple(triple: Triple) -> Triple:
    subject, predicate, obj = triple
    return _coded(subject), predicate, _coded(obj)


def _coded_node(node: bytes) -> Term:
    return _coded(node.decode())


def _normal(lines: bytes) -> bytes:
    return "".join(f"{s} {p} {o} .\n" for s, p, o in read_triples(lines, _N_QUADS)).encode()


def _dumped(store: pyoxigraph.Store) -> bytes:
    target = io.BytesIO()
    store.dump(target, _N_QUADS)
    return target.getvalue()


def _loaded(lines: bytes) -> pyoxigraph.Store:
    store = pyoxigraph.Store()
    store.bulk_load(lines, _N_TRIPLES)
    return store


def _rewritten(lines: bytes, codes: dict[Term, Term]) -> bytes:
    """Return N-Triples with codes for the terms that have one, of one graph for all graphs."""
    written = {term.encode(): code.encode() for term, code in codes.items()}

    def line(match: re.Match[bytes]) -> bytes:
        subject, predicate, obj, _, _ = match.groups()
        if subject[0] == _BLANK:
            subject = _coded_node(subject).encode()
        obj = _coded_node(obj).encode() if obj[0] == _BLANK else written.get(obj, obj)
        return b"%s %s %s ." % (subject, predicate, obj)

    return _LINE.sub(line, lines)
