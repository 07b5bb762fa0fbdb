"""The data graph: a store that answers for the original terms, and what the planner counts."""

import io
import re
from collections import Counter
from collections.abc import Iterable

import pyoxigraph

from diaspora_kg.shacl.graph import read_triples
from diaspora_kg.shacl.originals import BLANK, ILL_FORMED, WRITTEN, code_literals
from diaspora_kg.shacl.vocabulary import SUBCLASS_OF
from diaspora_kg.terms import TYPE, Term

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


class DataGraph:
    """Triples to validate; named graphs count as one."""

    def __init__(self, lines: bytes, store: pyoxigraph.Store | None = None) -> None:
        """Take N-Triples or N-Quads; a store that holds just these triples saves loading them."""
        if lines.count(b"\n") != sum(1 for _ in _LINE.finditer(lines)):
            lines = _normal(lines)
        self.predicates: Counter[Term] = Counter()
        """How many triples each predicate has."""
        self.classes: Counter[Term] = Counter()
        """How many instances each class has, by its own name."""
        self.has_blanks = False
        self._below: dict[Term, set[Term]] = {}
        typed, has_graphs = self._survey(lines)
        codes = code_literals(typed)
        self.is_coded = bool(codes) or self.has_blanks
        """Whether the store holds terms that stand for others."""
        if has_graphs or self.is_coded:
            lines, store = _rewritten(lines, codes), None
        self.store = store or _loaded(lines)
        """A store with the original terms, coded where it would change them."""

    @classmethod
    def from_terms(cls, statements: Iterable[tuple[Term, ...]]) -> "DataGraph":
        """Return the graph of triples or quads of terms, each its N-Triples form."""
        return cls("".join(f"{s} {p} {o} .\n" for s, p, o, *_ in statements).encode("utf-8"))

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

    def _survey(self, lines: bytes) -> tuple[set[Term], bool]:
        predicates: Counter[bytes] = Counter()
        classes: Counter[bytes] = Counter()
        typed: set[bytes] = set()
        has_graphs = False
        for match in _LINE.finditer(lines):
            subject, predicate, obj, datatype, graph = match.groups()
            predicates[predicate] += 1
            if datatype:
                typed.add(obj)
            elif predicate == _BULK_TYPE:
                classes[obj] += 1
            elif predicate == _BULK_SUBCLASS:
                below = self._below.setdefault(_coded_node(obj), set())
                below.add(_coded_node(subject))
            self.has_blanks = self.has_blanks or _BLANK in (subject[0], obj[0])
            has_graphs = has_graphs or graph is not None
        self.predicates.update({key.decode(): count for key, count in predicates.items()})
        self.classes.update({_coded_node(key): count for key, count in classes.items()})
        return {literal.decode() for literal in typed}, has_graphs


def _coded_node(node: bytes) -> Term:
    return f"<{BLANK}{node[2:].decode()}>" if node.startswith(b"_:") else node.decode()


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
