"""The evidence of each row of an answer."""

from collections import defaultdict
from dataclasses import dataclass

import pyoxigraph as ox

from diaspora_kg.evidence.ledger import ClaimRecord, Ledger
from diaspora_kg.evidence.tracing import NotTraceableError, Traced, trace
from diaspora_kg.table import Cell, Table
from diaspora_kg.terms import Triple


@dataclass(frozen=True)
class RowEvidence:
    """What one row rests on."""

    claims: tuple[ClaimRecord, ...]
    named: tuple[str, ...] = ()
    """Data that is named and not quoted, such as the table of states."""
    rests_on_absence: bool = False
    group_size: int = 1
    """How many solutions an aggregate joined in this row."""
    untraced: tuple[Triple, ...] = ()
    """Triples behind which nothing was found."""
    is_traced: bool = True
    """False when the row could not be followed at all."""


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
            return [f"the evidence of this query cannot be traced: {self.problem}"]
        missing = sum(not row.is_traced for row in self.evidence)
        lines = [f"{missing} rows could not be traced"] if missing else []
        untraced = sorted({triple for row in self.evidence for triple in row.untraced})
        lines.extend(f"nothing stands behind: {' '.join(triple)}" for triple in untraced[:5])
        if len(untraced) > 5:
            lines.append(f"… and behind {len(untraced) - 5} more")
        return lines

    def claims(self) -> list[ClaimRecord]:
        """Return every claim that the answer rests on, once."""
        found = {claim.iri: claim for row in self.evidence for claim in row.claims}
        return [found[address] for address in sorted(found)]


def evidence_of(sparql: str, table: Table, store: ox.Store) -> EvidencedTable:
    """Return a table with the claims behind each of its rows."""
    try:
        answer = trace(sparql, store)
    except NotTraceableError as error:
        nothing = RowEvidence((), is_traced=False)
        return EvidencedTable(table, tuple(nothing for _ in table.rows), str(error))
    ledger = Ledger(store)
    is_boolean = table.columns == ("answer",) and len(table) == 1
    exact = _index(answer.solutions, table.columns)
    certain = [i for i, name in enumerate(table.columns) if name not in answer.computed]
    loose = _index(answer.solutions, tuple(table.columns[i] for i in certain))
    rows = []
    for row in table.rows:
        matched = list(answer.solutions[:1]) if is_boolean else exact.get(row)
        if matched is None:  # a computed value that the two engines write differently
            matched = loose.get(tuple(row[i] for i in certain), [])
        rows.append(_row(matched, ledger, is_boolean))
    return EvidencedTable(table, tuple(rows))


def _index(
    solutions: tuple[Traced, ...], columns: tuple[str, ...]
) -> dict[tuple[Cell, ...], list[Traced]]:
    found: dict[tuple[Cell, ...], list[Traced]] = defaultdict(list)
    for solution in solutions:
        terms = (solution.bindings.get(name) for name in columns)
        found[tuple(None if term is None else str(term) for term in terms)].append(solution)
    return dict(found)


def _row(solutions: list[Traced], ledger: Ledger, is_boolean: bool) -> RowEvidence:
    if not solutions:
        return RowEvidence((), rests_on_absence=is_boolean, is_traced=is_boolean)
    support = ledger.behind(triple for solution in solutions for triple in solution.triples)
    return RowEvidence(
        claims=tuple(ledger.record(claim) for claim in sorted(support.claims)),
        named=tuple(sorted(support.named)),
        rests_on_absence=any(solution.absent for solution in solutions),
        group_size=max(solution.members for solution in solutions),
        untraced=tuple(sorted(support.untraced)),
    )
