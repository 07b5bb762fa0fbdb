"""The graph of a former build, read where it lies: by subject in its lines, backwards in its store.

Nothing is loaded. The lines of ``graph.nq`` are sorted, so what is said of a subject is found by
halving; who refers to a thing is looked up in the store. Over it lies what a new build takes away
and adds, so that both graphs can be asked.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from mmap import ACCESS_READ, mmap
from types import TracebackType

import pyoxigraph

from diaspora_kg.namespaces import DKGG
from diaspora_kg.store import StoredBuild, read_nquads
from diaspora_kg.store.lines import lines_with_prefix
from diaspora_kg.terms import Quad, Term, iri, iri_of, is_iri

_STATED = frozenset(iri(DKGG + name) for name in ("sources", "reference", "links"))
_CASE = f"<{DKGG}case/"


def is_stated(graph: Term) -> bool:
    """Tell whether a graph holds what cases, sources and reference tables state."""
    return graph.startswith(_CASE) or graph in _STATED


class FormerGraph:
    """The quads of a former build. To be closed, or used in a ``with`` statement."""

    def __init__(self, build: StoredBuild) -> None:
        """Open a build. Raises ``OSError`` or ``ValueError`` when it is damaged."""
        with build.quads_file.open("rb") as stream:
            self._lines = mmap(stream.fileno(), 0, access=ACCESS_READ)
        self._store = build.open()
        self._known: dict[Term, tuple[Quad, ...]] = {}

    def quads_of(self, subject: Term) -> tuple[Quad, ...]:
        """Return all quads of a subject, in the order of their lines."""
        found = self._known.get(subject)
        if found is None:
            lines = lines_with_prefix(self._lines, f"{subject} ".encode())
            found = self._known[subject] = tuple(read_nquads(b"".join(lines)))
        return found

    def referring(self, thing: Term, predicate: Term | None = None) -> Iterator[Quad]:
        """Yield the quads with a thing (an IRI) as object; contested ones are not among them."""
        named = None if predicate is None else pyoxigraph.NamedNode(iri_of(predicate))
        node = pyoxigraph.NamedNode(iri_of(thing))
        for quad in self._store.quads_for_pattern(None, named, node, None):
            yield str(quad.subject), str(quad.predicate), thing, str(quad.graph_name)

    def __enter__(self) -> "FormerGraph":
        """Use the build for the length of a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the build's files."""
        self._lines.close()
        del self._store


class Statements:
    """What is stated in a graph: a former one, with some quads taken away and others added."""

    def __init__(
        self, former: FormerGraph, removed: Iterable[Quad] = (), added: Iterable[Quad] = ()
    ) -> None:
        """Take the difference from a former graph; quads of other graphs than stated are fine."""
        self._former = former
        self._removed = frozenset(quad for quad in removed if is_stated(quad[3]))
        self._added: dict[Term, list[Quad]] = defaultdict(list)
        self._referring: dict[Term, list[Quad]] = defaultdict(list)
        for quad in sorted(added):
            if is_stated(quad[3]):
                self._added[quad[0]].append(quad)
                if is_iri(quad[2]):
                    self._referring[quad[2]].append(quad)
        self._known: dict[Term, tuple[Quad, ...]] = {}

    def quads_of(self, subject: Term) -> tuple[Quad, ...]:
        """Return the stated quads of a subject."""
        found = self._known.get(subject)
        if found is None:
            old = (quad for quad in self._former.quads_of(subject) if is_stated(quad[3]))
            kept = (quad for quad in old if quad not in self._removed)
            found = self._known[subject] = (*kept, *self._added.get(subject, ()))
        return found

    def referring(self, thing: Term, predicate: Term | None = None) -> list[Quad]:
        """Return the stated quads with a thing (an IRI) as object."""
        old = (quad for quad in self._former.referring(thing, predicate) if is_stated(quad[3]))
        kept = [quad for quad in old if quad not in self._removed]
        new = self._referring.get(thing, ())
        kept.extend(quad for quad in new if predicate is None or quad[1] == predicate)
        return kept

    def objects(self, subject: Term, predicate: Term) -> tuple[Term, ...]:
        """Return the objects of a subject and a predicate, sorted."""
        return tuple(sorted({q[2] for q in self.quads_of(subject) if q[1] == predicate}))

    def subjects(self, predicate: Term, obj: Term) -> tuple[Term, ...]:
        """Return the subjects of a predicate and an IRI, sorted."""
        return tuple(sorted({quad[0] for quad in self.referring(obj, predicate)}))
