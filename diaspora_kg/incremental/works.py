"""The sources of all cases: which changed, who speaks in them, and where they are written.

Sources are few beside claims, and what one of them is called can depend on all others. So when one
says something else than before, all are written anew; where they only moved down a file, their
places are.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TypeVar

from diaspora_kg.errors import Location
from diaspora_kg.incremental.encoding import loads
from diaspora_kg.incremental.memory import Memory, Revision, StaleError
from diaspora_kg.incremental.remembering import (
    SOURCES,
    asked_rows,
    called_in,
    places_as_json,
    places_from_json,
    said_of,
    source_row,
)
from diaspora_kg.layout import Inputs
from diaspora_kg.model import Source
from diaspora_kg.populating import PopulatedSources, populate_sources
from diaspora_kg.populating.sources import Dated, Party, dated_as
from diaspora_kg.resolution import Names
from diaspora_kg.store import nquads, read_nquads
from diaspora_kg.terms import Quad, Term

_Value = TypeVar("_Value")


class Works:
    """The sources that there are now, over those of the former build."""

    def __init__(
        self,
        changed: Mapping[str, Inputs],
        gone: frozenset[str],
        memory: Memory,
        revision: Revision,
    ) -> None:
        """Take what was read of changed parts, and the parts that are no more.

        Raises ``StaleError`` when a source is declared twice.
        """
        self.memory, self.revision = memory, revision
        stale = changed.keys() | gone
        self.former = {
            key: (part, said)
            for key, part, said in memory.rows("SELECT key, part, said FROM source")
        }
        self.read: dict[str, tuple[str, Source]] = {}
        for part, inputs in changed.items():
            own = (source for case in inputs.cases for source in case.sources)
            for source in (*inputs.sources, *own):
                known = self.former.get(source.key)
                if source.key in self.read or (known is not None and known[0] not in stale):
                    raise StaleError(f"the source '{source.key}' is declared twice")
                self.read[str(source.key)] = part, source
        self.lost = {k for k, (part, _) in self.former.items() if part in stale} - self.read.keys()
        self.other = {
            key
            for key, (_, source) in self.read.items()
            if key not in self.former or self.former[key][1] != said_of(source)
        }
        """The sources that say something else than before, or are new."""
        kept = self.former.keys() - self.lost
        self.sources: Mapping[str, Source] = _Lazy(sorted(kept | self.read.keys()), self._source)
        self._places: Mapping[Term, Location] | None = None
        self._parties: dict[str, tuple[Term, str, str]] | None = None

    def have_changed(self, packaged_coder: bool) -> bool:
        """Tell whether sources say something else than in the former build."""
        return bool(self.other or self.lost) or packaged_coder != self.memory.json("packaged coder")

    def dated(self, names: Names) -> Mapping[str, Dated]:
        """Return the sources with who speaks in them; which of them are asked for is noted."""
        return names.noting_sources(self._dated)

    # --- Where they only moved ----------------------------------------------------------

    def move(self, names: Names) -> set[Term]:
        """Note the places to which sources moved; return the nodes that stand elsewhere now."""
        again = {key: source for key, (_, source) in self.read.items()}
        if not again:
            return set()
        before = {key: self._remembered(key) for key in again}
        old = populate_sources(before, names, packaged_coder=False).places
        new = populate_sources(again, names, packaged_coder=False).places
        places = self._former_places
        moved = {node for node, at in old.items() if places.get(node) == at != new[node]}
        if moved:
            self._keep_places({**places, **{node: new[node] for node in moved}})
        self._keep_rows(again, self._called)
        return moved

    # --- Where they changed -------------------------------------------------------------

    def write_all(self, names: Names, packaged_coder: bool) -> tuple[set[str], PopulatedSources]:
        """Write all sources anew; return the names that mean something else now, and the rest."""
        library = {key: self.sources[key] for key in self.sources}
        written = populate_sources(library, names, packaged_coder=packaged_coder)
        parties = {key: called_in(dated) for key, dated in written.dated.items()}
        renamed = {
            key
            for key, called in parties.items()
            if key in self.former and key not in self.other and called != self._called(key)
        }
        self.revision.delete("source", "key", self.lost)
        kept = {key: library[key] for key in (*self.read, *renamed)}
        self._keep_rows(kept, parties.__getitem__)
        self._parties = parties
        self.revision.delete("asked", "unit", [SOURCES])
        self.revision.insert("asked", asked_rows(SOURCES, written))
        self.revision.keep_json("packaged coder", packaged_coder)
        self.revision.keep("quads of sources", nquads(written.quads).decode("utf-8"))
        self._keep_places(written.places)
        names_changed = self.other | self.lost | renamed
        return {f"source:{key}" for key in names_changed}, written

    def former_quads(self) -> list[Quad]:
        """Return what the former graph says of sources."""
        return read_nquads(self.memory.text("quads of sources").encode("utf-8"))

    def moved(self, written: PopulatedSources) -> set[Term]:
        """Return the nodes that stand elsewhere than before."""
        old, new = self._former_places, written.places
        return {node for node in old.keys() | new.keys() if old.get(node) != new.get(node)}

    # --- Looking things up --------------------------------------------------------------

    @property
    def places(self) -> Mapping[Term, Location]:
        """Where the sources and their authors are written now."""
        return self._former_places if self._places is None else self._places

    @cached_property
    def _former_places(self) -> Mapping[Term, Location]:
        return places_from_json(self.memory.json("places of sources"))

    @cached_property
    def _dated(self) -> Mapping[str, Dated]:
        def date(key: str) -> Dated:
            term, label, _ = self._parties[key] if self._parties else self._called(key)
            return dated_as(self.sources[key], Party(term, label), [])

        return _Lazy(self.sources, date)

    def _source(self, key: str) -> Source:
        return self.read[key][1] if key in self.read else self._remembered(key)

    def _remembered(self, key: str) -> Source:
        ((value,),) = self.memory.rows("SELECT value FROM source WHERE key = ?", key)
        source: Source = loads(value)
        return source

    def _called(self, key: str) -> tuple[Term, str, str]:
        ((called,),) = self.memory.rows("SELECT called FROM source WHERE key = ?", key)
        found: tuple[Term, str, str] = loads(called)
        return found

    # --- Keeping them -------------------------------------------------------------------

    def _keep_rows(
        self, sources: Mapping[str, Source], called: Callable[[str], tuple[Term, str, str]]
    ) -> None:
        for key, source in sources.items():
            part = self.read[key][0] if key in self.read else self.former[key][0]
            self.revision.insert("source", [source_row(part, source, called(key))])

    def _keep_places(self, places: Mapping[Term, Location]) -> None:
        self._places = places
        self.revision.keep_json("places of sources", places_as_json(places))


class _Lazy(Mapping[str, _Value]):
    """Values by key, each made when it is first asked for."""

    def __init__(self, keys: Iterable[str], make: Callable[[str], _Value]) -> None:
        self._keys = dict.fromkeys(keys)
        self._make = make
        self._made: dict[str, _Value] = {}

    def __getitem__(self, key: str) -> _Value:
        if key not in self._keys:
            raise KeyError(key)
        if key not in self._made:
            self._made[key] = self._make(key)
        return self._made[key]

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)
