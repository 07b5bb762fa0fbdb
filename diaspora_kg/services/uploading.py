"""Loading a build into a service: in pieces, again where it broke off, and switched at the end.

The pieces go into graphs of their own (``…/graph/staging/<build>/…``), where no query looks. When
all have arrived, counted by the service itself, one update puts them in the place of the former
graphs. Nothing but graphs whose names begin with ``https://w3id.org/diaspora-kg/graph/`` is ever
touched. What has arrived is known from the counts of the service, so an upload that broke off
goes on from any machine.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pyoxigraph as ox

from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.exporting.restricted import withhold
from diaspora_kg.namespaces import DKG, DKGC, DKGG
from diaspora_kg.services.abilities import Abilities, find_abilities
from diaspora_kg.services.addresses import read_address
from diaspora_kg.services.client import Client, in_batches
from diaspora_kg.services.holdings import (
    DERIVED,
    RECORD,
    STAGING,
    UNION,
    Holdings,
    connect,
    read_holdings,
    record_of,
)
from diaspora_kg.services.pieces import (
    Line,
    Piece,
    arrived,
    derived_from,
    distinct_values,
    graphs_of,
    parts_of,
    pieces,
)
from diaspora_kg.store import StoredBuild, nquads, read_nquads

_BYTES_OF_STORE, _BYTES_OF_UPDATE = 2_000_000, 100_000
"""How large a piece is: of the Graph Store Protocol, and of an update, which has to be compiled."""
_TOLD = ("counts", "date", "format", "packaged", "policy", "version")
"""What is told of a build; the names of its files are nobody's business."""
_RESTRICTED = f"<{DKG}accessLevel> <{DKGC}restricted>".encode()
_AT_ONCE = 25
"""How many graphs are dropped in one request."""

Say = Callable[[str], None]


@dataclass(frozen=True)
class Uploaded:
    """What came of loading a build into a service."""

    build: str
    graphs: int
    triples: int
    sent: int
    """How many pieces were sent; those that were there already are not counted."""
    at_once: bool
    """Whether readers saw the former graph or the new one, and nothing in between."""
    server: str
    withheld: int = 0
    """How many restricted passages were kept back."""


def upload_build(build: StoredBuild, url: str, say: Say = lambda _: None) -> Uploaded:
    """Load a build on disk into the service at an address, in the place of what it held of ours.

    A service that holds this very build already is left as it is. Passages whose access is
    restricted are kept back, as from every export. ``say`` is told of the progress.

    Raises what ``upload`` raises, and DKG633 for an address that cannot be used as it is.
    """
    client, held = connect(read_address(url))
    if held.build == build.name and not held.replaced_by and _holds(client, held):
        return Uploaded(
            build.name, len(held.graphs) - len(DERIVED), held.graphs[UNION], 0, True, ""
        )
    meta = {name: value for name, value in build.meta.items() if name in _TOLD}
    data, withheld = _without_restricted(build.quads_file.read_bytes())
    done = upload(client, held, build.name, data.splitlines(keepends=True), meta, say)
    return replace(done, withheld=withheld)


def _without_restricted(data: bytes) -> tuple[bytes, int]:
    """Return N-Quads without passages that may not be passed on, and how many those are."""
    if _RESTRICTED not in data:
        return data, 0
    allowed = withhold(read_nquads(data))
    return nquads(allowed.quads), allowed.passages


def _holds(client: Client, held: Holdings) -> bool:
    """Tell whether a service still holds what it was given, by its own count."""
    counts = _counts(client, DKGG)
    return all(counts.get(graph, 0) > 0 for graph in {*held.graphs, *DERIVED})


def upload(
    client: Client,
    held: Holdings,
    build: str,
    quads: Iterable[bytes],
    meta: Mapping[str, Any],
    say: Say = lambda _: None,
) -> Uploaded:
    """Load a build into a service in the place of the former one.

    ``quads`` are lines of N-Quads; ``say`` is told of the progress.

    Raises ``DiasporaKGError``: DKG630 when the service takes no changes, DKG631 when it does not
    hold what it was sent; and what ``Client`` raises. The former graph is then as it was, but for
    services that cannot switch at once: those are told to go on by the same command.
    """
    abilities = find_abilities(client)
    return _Upload(client, abilities, held, build, graphs_of(quads), meta, say).run()


class _Upload:
    def __init__(
        self,
        client: Client,
        abilities: Abilities,
        held: Holdings,
        build: str,
        graphs: dict[str, list[Line]],
        meta: Mapping[str, Any],
        say: Say,
    ) -> None:
        self.client = client
        self.abilities = abilities
        self.held = held
        self.say = say
        self.graphs = graphs
        self.derived = derived_from(graphs)
        counts = {graph: len(lines) for graph, lines in (graphs | self.derived).items()}
        self.new = Holdings(counts, build, meta)
        self.staging = f"{STAGING}{build}/" if abilities.update else DKGG
        self.sent = 0

    def run(self) -> Uploaded:
        if not self.abilities.update:
            self._note_replacement()
        counts = _counts(self.client, self.staging)
        for number, (graph, lines) in enumerate(sorted(self.graphs.items()), start=1):
            self._send(graph, lines, counts.get(graph, 0))
            self.say(f"{number} of {len(self.graphs)} graphs are there.")
        for graph in self.derived:
            self._derive(graph, counts.get(graph, 0))
        self._must_have_arrived(self.staging)
        if self.abilities.update:
            self._switch()
        else:
            self._finish_in_place()
        return Uploaded(
            self.new.build,
            len(self.graphs),
            self.new.graphs[UNION],
            self.sent,
            self.abilities.switches_at_once,
            self.abilities.server,
        )

    # --- Sending ------------------------------------------------------------------------

    def _send(self, graph: str, lines: Sequence[Line], there: int) -> None:
        most = _BYTES_OF_STORE if self.abilities.graphs else _BYTES_OF_UPDATE
        prepared = list(pieces(lines, most))
        done = arrived(prepared, there)
        if done == 0 and there == self._least(lines):
            return  # the service takes literals of one value for one
        for number, piece in enumerate(prepared[done:], start=done):
            self._send_piece(self._staged(graph), piece, is_first=number == 0)
            self.sent += 1

    def _least(self, lines: Sequence[Line]) -> int:
        return distinct_values(lines) if any(b'"^^<' in line for line in lines) else len(lines)

    def _send_piece(self, graph: str, piece: Piece, *, is_first: bool) -> None:
        if self.abilities.graphs:
            self.client.put(self.abilities.graphs, graph, piece.ntriples, replaces=is_first)
            return
        text = f"INSERT DATA {{ GRAPH <{graph}> {{\n{piece.ntriples.decode('utf-8')}}} }}"
        if is_first:
            text = f"DROP SILENT GRAPH <{graph}> ;\n{text}"
        self.client.update(self.abilities.update, text, is_repeatable=True)

    def _derive(self, derived: str, there: int) -> None:
        """Let the service put a graph together from those that it has; else send it."""
        lines = self.derived[derived]
        if there in (len(lines), self._least(lines)):
            return
        if not self.abilities.update:
            self._send(derived, lines, there)
            return
        target = self._staged(derived)
        self._update(f"DROP SILENT GRAPH <{target}>")
        for graph in parts_of(derived, self.graphs):
            self._update(f"ADD <{self._staged(graph)}> TO <{target}>")

    def _lines(self, graph: str) -> Sequence[Line]:
        return self.derived[graph] if graph in self.derived else self.graphs[graph]

    def _staged(self, graph: str) -> str:
        return self.staging + graph[len(DKGG) :]

    def _update(self, text: str) -> None:
        self.client.update(self.abilities.update, text, is_repeatable=True)

    # --- Counting -----------------------------------------------------------------------

    def _must_have_arrived(self, prefix: str) -> None:
        counts = _counts(self.client, prefix)
        for graph, wanted in self.new.graphs.items():
            there = counts.get(graph, 0)
            lines = self._lines(graph)
            if there != wanted and there != self._least(lines):
                raise MissingPartError(
                    "DKG631",
                    f"the service holds {there:,} of {wanted:,} triples of {graph}",
                    "The former graph is untouched. Say it again: what arrived is not sent twice.",
                )

    # --- Switching ----------------------------------------------------------------------

    def _switch(self) -> None:
        gone = [g for g in self.held.graphs if g not in self.new.graphs and g != RECORD]
        drops = [f"DROP SILENT GRAPH <{graph}>" for graph in sorted(gone)]
        copies = [f"COPY <{self._staged(g)}> TO <{g}>" for g in sorted(self.new.graphs)]
        record = self._record(self.new)
        if self.abilities.switches_at_once:
            self._switch_at_once(";\n".join([*drops, *copies, record]))
        else:
            self._note_replacement()
            for step in (*drops, *copies):
                self._update(step)
            self._must_have_arrived_live()
            self._update(record)
        self._clean()

    def _switch_at_once(self, text: str) -> None:
        try:
            self.client.update(self.abilities.update, text, is_repeatable=False)
        except DiasporaKGError:
            # the answer may have been lost after the deed was done
            if read_holdings(self.client).build != self.new.build:
                raise

    def _must_have_arrived_live(self) -> None:
        live = _counts(self.client, DKGG)
        for graph, wanted in self.new.graphs.items():
            lines = self._lines(graph)
            if live.get(graph) not in (wanted, self._least(lines)):
                raise MissingPartError(
                    "DKG632",
                    f"the service was not switched to the new graph as a whole: {graph}",
                    "Say it again: everything is there and only has to be switched.",
                )

    def _note_replacement(self) -> None:
        """Let readers know that the graphs are being changed one after the other."""
        held = self.held if self.held.build else replace(self.new, build="")
        self._write_record(replace(held, replaced_by=self.new.build))

    def _finish_in_place(self) -> None:
        for graph in sorted(self.held.graphs):
            if graph not in self.new.graphs and graph != RECORD:
                self.client.delete(self.abilities.graphs, graph)
        self._write_record(self.new)

    def _write_record(self, holdings: Holdings) -> None:
        if self.abilities.update:
            self._update(self._record(holdings))
            return
        lines = "".join(f"{s} {p} {o} .\n" for s, p, o, _ in record_of(holdings))
        self.client.put(self.abilities.graphs, RECORD, lines.encode("utf-8"), replaces=True)

    def _record(self, holdings: Holdings) -> str:
        lines = "\n".join(f"{s} {p} {o} ." for s, p, o, _ in record_of(holdings))
        return f"DROP SILENT GRAPH <{RECORD}> ;\nINSERT DATA {{ GRAPH <{RECORD}> {{\n{lines}\n}} }}"

    def _clean(self) -> None:
        """Remove what was staged, of this build and of those that broke off before it."""
        rows = self.client.select(
            "SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } "
            f'FILTER(STRSTARTS(STR(?g), "{STAGING}")) }}'
        )
        left = sorted(
            f"DROP SILENT GRAPH <{graph.value}>"
            for (graph,) in rows
            if isinstance(graph, ox.NamedNode) and graph.value.startswith(STAGING)
        )
        for batch in in_batches(left, _AT_ONCE):
            self._update(" ;\n".join(batch))


def _counts(client: Client, prefix: str) -> dict[str, int]:
    """Return how many triples each graph has whose name begins so, by its final name."""
    rows = client.select(
        "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } "
        f'FILTER(STRSTARTS(STR(?g), "{prefix}")) }} GROUP BY ?g'
    )
    return {
        DKGG + graph.value[len(prefix) :]: int(number.value)
        for graph, number in rows
        if isinstance(graph, ox.NamedNode) and isinstance(number, ox.Literal)
    }
