"""The evidence of each row of an answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import BNode, Variable

from diaspora_kg.evidence.expressions import to_oxigraph
from diaspora_kg.evidence.ledger import Basis, Ledger
from diaspora_kg.evidence.paths import Reader
from diaspora_kg.evidence.records import ClaimRecord, Records
from diaspora_kg.evidence.scope import name_of
from diaspora_kg.evidence.solutions import Traced
from diaspora_kg.evidence.tracing import NotTraceableError, TracedAnswer, trace
from diaspora_kg.labels import Labels
from diaspora_kg.lookup import Lookup, Node, Step, View, parse_triple
from diaspora_kg.namespaces import compact
from diaspora_kg.table import Cell, Table
from diaspora_kg.terms import Triple, iri_of, is_iri

_SHOWN_GAPS = 5


@dataclass(frozen=True)
class RowEvidence:
    """What one row rests on."""

    claims: tuple[ClaimRecord, ...] = ()
    named: tuple[str, ...] = ()
    """Data that is named and not quoted, such as the table of states."""
    absent: tuple[str, ...] = ()
    """What was looked for and not found, as short names of properties and classes."""
    rests_on_absence: bool = False
    group_size: int = 1
    """How many solutions an aggregate joined in this row."""
    layers: tuple[str, ...] = ()
    """Where the triples stand: ``accepted``, ``contested``, ``inferred``, ``claims`` …"""
    inferred: tuple[Triple, ...] = ()
    """The inferred triples among those that the row matched."""
    untraced: tuple[Triple, ...] = ()
    """Triples behind which nothing was found."""
    is_traced: bool = True
    """False when the row could not be followed at all."""

    @property
    def is_contested(self) -> bool:
        """Whether the row rests on content that sources dispute."""
        return "contested" in self.layers

    @property
    def is_group(self) -> bool:
        """Whether the row joins several solutions."""
        return self.group_size > 1


@dataclass(frozen=True)
class EvidencedTable:
    """An answer with the evidence of each row, in the order of the rows."""

    table: Table
    evidence: tuple[RowEvidence, ...]
    problem: str = ""
    """Why nothing could be traced, if so."""

    @property
    def gaps(self) -> list[str]:
        """What could not be traced, in words; evidence is never partial in silence."""
        if self.problem:
            return [f"The evidence of this query cannot be traced: {self.problem}."]
        lost = [str(n) for n, row in enumerate(self.evidence, start=1) if not row.is_traced]
        shown = ", ".join(lost[:_SHOWN_GAPS]) + (" …" if len(lost) > _SHOWN_GAPS else "")
        lines = [f"Row {shown} could not be traced."] if lost else []
        untraced = sorted({triple for row in self.evidence for triple in row.untraced})
        lines.extend(f"Nothing stands behind {_short(t)}." for t in untraced[:_SHOWN_GAPS])
        if len(untraced) > _SHOWN_GAPS:
            lines.append(f"… nor behind {len(untraced) - _SHOWN_GAPS} more triples.")
        return lines

    @property
    def claims(self) -> list[ClaimRecord]:
        """Every claim that the answer rests on, once."""
        found = {claim.iri: claim for row in self.evidence for claim in row.claims}
        return [found[address] for address in sorted(found)]


def evidence_of(
    sparql: str, table: Table, view: View, labels: Labels | None = None
) -> EvidencedTable:
    """Return a table with the claims behind each of its rows."""
    ledger = Ledger(Lookup(view.store))
    records = Records(labels or Labels(ledger.lookup))
    try:
        answer = trace(sparql, Reader(view.store, hidden=view.hidden), table)
    except NotTraceableError as error:
        nothing = tuple(RowEvidence(is_traced=False) for _ in table.rows)
        return EvidencedTable(table, nothing, str(error))
    matched = _matched(answer, table)
    rows = (_row(solutions, ledger, records) for solutions in matched)
    return EvidencedTable(table, tuple(rows))


# --- Which solutions a row stands for ---------------------------------------------------


@dataclass
class _Solutions:
    """The solutions of a row, to be given out one by one when as many rows are alike."""

    solutions: list[Traced]
    rows: int = 0
    given: int = field(default=0)

    def next(self) -> list[Traced]:
        if self.rows != len(self.solutions):
            return self.solutions
        self.given += 1
        return [self.solutions[self.given - 1]]


def _matched(answer: TracedAnswer, table: Table) -> Iterator[list[Traced]]:
    if answer.form == "AskQuery":
        yield list(answer.solutions[:1]) or [Traced({}, absent=frozenset({"any solution"}))]
    elif answer.form == "ConstructQuery":
        made = _constructed(answer)
        yield from (made.get(row, []) for row in table.rows)
    elif answer.form == "DescribeQuery":
        yield from ([Traced({}, frozenset((_step(row),)))] for row in table.rows)
    else:
        yield from _selected(answer, table)


def _selected(answer: TracedAnswer, table: Table) -> Iterator[list[Traced]]:
    exact = _index(answer.solutions, table.columns)
    certain = [i for i, name in enumerate(table.columns) if name not in answer.computed]
    loose = _index(answer.solutions, [table.columns[i] for i in certain])
    for row in table.rows:
        if row in exact:
            exact[row].rows += 1
    for row in table.rows:
        if row in exact:
            yield exact[row].next()
        else:  # a computed value that the two engines write differently
            found = loose.get(tuple(row[i] for i in certain))
            yield found.solutions if found else []


def _index(
    solutions: Iterable[Traced], columns: Iterable[str]
) -> dict[tuple[Cell, ...], _Solutions]:
    found: dict[tuple[Cell, ...], list[Traced]] = defaultdict(list)
    names = list(columns)
    for solution in solutions:
        terms = (solution.bindings.get(name) for name in names)
        found[tuple(None if term is None else str(term) for term in terms)].append(solution)
    return {row: _Solutions(alike) for row, alike in found.items()}


def _constructed(answer: TracedAnswer) -> dict[tuple[Cell, ...], list[Traced]]:
    found: dict[tuple[Cell, ...], list[Traced]] = defaultdict(list)
    for solution in answer.solutions:
        for triple in answer.template:
            terms = [_filled(term, solution) for term in triple]
            if all(term is not None for term in terms):
                found[tuple(str(term) for term in terms)].append(solution)
    return found


def _filled(term: object, solution: Traced) -> Node | None:
    if isinstance(term, Variable):
        return solution.bindings.get(name_of(term))
    return None if isinstance(term, BNode) else to_oxigraph(term)


def _step(row: tuple[Cell, ...]) -> Step:
    subject, predicate, obj = (cell or "" for cell in row)
    return parse_triple((subject, predicate, obj))


# --- What they rest on ------------------------------------------------------------------


def _row(solutions: list[Traced], ledger: Ledger, records: Records) -> RowEvidence:
    if not solutions:
        return RowEvidence(is_traced=False)
    basis = Basis()
    for solution in solutions:
        basis.add(ledger.behind(solution.triples))
    absent = sorted({name for solution in solutions for name in solution.absent})
    return RowEvidence(
        claims=tuple(records.claim(claim) for claim in sorted(basis.claims)),
        named=tuple(sorted(basis.named)),
        absent=tuple(absent),
        rests_on_absence=bool(absent),
        group_size=max(solution.members for solution in solutions),
        layers=tuple(sorted(basis.layers)),
        inferred=tuple(sorted(basis.inferred)),
        untraced=tuple(sorted(basis.untraced)),
    )


def _short(triple: Triple) -> str:
    return " ".join(compact(iri_of(term)) if is_iri(term) else term for term in triple)
