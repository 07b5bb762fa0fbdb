"""The evidence of each row of an answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import BNode, Variable

from diaspora_kg.evidence.answers import EvidencedTable, RowEvidence
from diaspora_kg.evidence.effort import Effort
from diaspora_kg.evidence.expressions import to_oxigraph
from diaspora_kg.evidence.ledger import Basis, Ledger, Proofs
from diaspora_kg.evidence.paths import Reader
from diaspora_kg.evidence.records import Records
from diaspora_kg.evidence.scope import name_of
from diaspora_kg.evidence.solutions import Ground, Traced
from diaspora_kg.evidence.tracing import NotTraceableError, TracedAnswer, trace
from diaspora_kg.labels import Labels
from diaspora_kg.lookup import Lookup, Node, Step, View, parse_triple
from diaspora_kg.table import Cell, Table


def evidence_of(
    sparql: str,
    table: Table,
    view: View,
    labels: Labels | None = None,
    effort: Effort | None = None,
    proofs: Proofs | None = None,
) -> EvidencedTable:
    """Return a table with the claims behind each of its rows.

    ``proofs`` of the same graph, when more than one question is asked, are made once for all.
    What cannot be followed, or (DKG460) only at a cost beyond ``effort``, is no error: the rows
    stand without evidence, and the table says why.
    """
    ledger = Ledger(Lookup(view.store), proofs)
    records = Records(labels or Labels(ledger.lookup))
    try:
        answer = trace(sparql, Reader(view.store, hidden=view.hidden), table, effort)
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
        yield list(answer.solutions)
    elif answer.form == "ConstructQuery":
        made = _constructed(answer)
        yield from (made.get(row, []) for row in table.rows)
    elif answer.form == "DescribeQuery":
        yield from ([Traced({}, Ground((_step(row),)))] for row in table.rows)
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
