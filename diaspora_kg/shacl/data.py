"""The data graph: a store that answers for the original terms, and what the planner counts."""

import io
import re
from collections import Counter
from collections.abc import Iterable
from functools import cached_property

import pyoxigraph

from diaspora_kg.shacl.engine import as_object
from diaspora_kg.shacl.graph import read_triples
from diaspora_kg.shacl.originals import BLANK, Codes, code_literals, coded
from diaspora_kg.shacl.vocabulary import SUBCLASS_OF
from diaspora_kg.terms import TYPE, Term

_N_TRIPLES, _N_QUADS = pyoxigraph.RdfFormat.N_TRIPLES, pyoxigraph.RdfFormat.N_QUADS
_NODE = rb"<[^>]*>|_:[^ ]+"
_LINE = re.compile(
    rb"^(" + _NODE + rb") (<[^>]*>) "
    rb"(" + _NODE + rb'|"(?:[^"\\]|\\.)*"(?:@[^ ]+|\^\^(<[^>]*>))?)( (?:' + _NODE + rb"))? \.$",
    re.MULTILINE,
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
        coded = codes.all
        self.canonical = codes.canonical
        """What the plain store makes of literals, with the original ones."""
        self.changed_predicates: frozenset[Term] = frozenset()
        """The predicates of literals whose form the plain store changes."""
        self._lines = b""
        if has_graphs or coded or self.has_blanks:
            self._lines = _without_graphs(lines) if has_graphs else lines
            lines, store = self._rewritten(codes), None
        self.exact = store or _loaded(lines)
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
    def is_coded(self) -> bool:
        """Whether the store holds terms that stand for others."""
        return bool(self._lines)

    @property
    def ntriples(self) -> bytes:
        """The triples with their original terms."""
        return self._lines or _dumped(self.exact)

    @cached_property
    def plain(self) -> pyoxigraph.Store:
        """A store with the values, as the SPARQL of a shapes graph expects them."""
        if not self.is_coded:
            return self.exact
        store = pyoxigraph.Store()
        with_blanks: list[bytes] = []
        rest: list[bytes] = []
        for line in self._lines.splitlines(keepends=True):
            (with_blanks if b"_:" in line else rest).append(line)
        store.bulk_load(b"".join(rest), _N_TRIPLES)
        # loading renames blank nodes, adding does not
        store.bulk_extend(pyoxigraph.parse(b"".join(with_blanks), _N_TRIPLES))
        return store

    def with_subclasses(self, cls: Term) -> tuple[Term, ...]:
        """Return the classes, among a class and those below it, that have instances, sorted."""
        seen, todo = {cls}, [cls]
        while todo:
            for below in self._below.get(todo.pop(), ()):
                if below not in seen:
                    seen.add(below)
                    todo.append(below)
        return tuple(sorted(name for name in seen if self.classes[name]))

    def has_object(self, obj: Term, subject: Term | None = None) -> bool:
        """Tell whether a term is the object of a triple, of one with a subject if that is given."""
        node = None if subject is None else as_object(coded(subject))
        if isinstance(node, pyoxigraph.Literal):
            return False
        quads = self.exact.quads_for_pattern(node, None, as_object(coded(obj)))
        return next(iter(quads), None) is not None

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

    def _rewritten(self, codes: Codes) -> bytes:
        written = {term.encode(): code.encode() for term, code in codes.all.items()}
        changed = {term.encode() for term in codes.changed}
        predicates: set[bytes] = set()

        def line(match: re.Match[bytes]) -> bytes:
            subject, predicate, obj, _, _ = match.groups()
            if subject[0] == _BLANK:
                subject = _coded_node(subject).encode()
            if obj in changed:
                predicates.add(predicate)
            obj = _coded_node(obj).encode() if obj[0] == _BLANK else written.get(obj, obj)
            return b"%s %s %s ." % (subject, predicate, obj)

        lines = _LINE.sub(line, self._lines)
        self.changed_predicates = frozenset(predicate.decode() for predicate in predicates)
        return lines


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


def _without_graphs(lines: bytes) -> bytes:
    return _LINE.sub(rb"\1 \2 \3 .", lines)
