"""A query with SERVICE becomes one without: rows of the services stand in it as VALUES."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Protocol

from diaspora_kg.confinement.limits import Limits
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.federation.asking import Asker, Reply
from diaspora_kg.federation.clauses import (
    DATA,
    Clause,
    always_bound,
    clauses,
    is_simple,
    joined_with,
    may_be_bound,
    variables,
)
from diaspora_kg.namespaces import PREFIXES
from diaspora_kg.outside import Asked, option_for, problem_of
from diaspora_kg.querying import Question
from diaspora_kg.sparql import asks_another_service
from diaspora_kg.table import Cell, Table
from diaspora_kg.terms import is_iri
from diaspora_kg.tokens import PrologueError, Token, tokenize, with_words, written

AT_ONCE = 200
"""How many combinations of values are sent along with one request."""
MOST_SENT = 5_000
"""With more combinations the patterns are asked for as a whole."""
_NOTHING = "VALUES () { () }"
"""One row without any value: what a SERVICE SILENT stands for that failed."""
_ESCAPE = re.compile(r"\\\\([uU])|\\.")
_CODES = {"u": r"\\\u0075", "U": r"\\\u0055"}


class LocalGraph(Protocol):
    """Where the query will run; it says what values are there, and what is not well-formed."""

    def answer(self, question: Question, limits: Limits | None = None) -> Table:
        """Return the rows that answer a question."""

    def check(self, sparql: str, limits: Limits) -> None:
        """Raise ``DiasporaKGError`` (DKG406) for SPARQL that is not well-formed."""


def resolve(
    question: Question,
    graph: LocalGraph,
    limits: Limits,
    *,
    folder: Path | None = None,
    today: date | None = None,
) -> Question:
    """Return a question that asks the same without SERVICE.

    Values that the local graph has for the variables of a service are sent along with the
    patterns, as far as that cannot change the answer. ``folder`` keeps what services say.

    Raises ``DiasporaKGError``: DKG406 for what is not well-formed, DKG422 for a service that is
    not allowed, DKG423 for a clause that cannot be followed, DKG425 for too many rows, and what
    ``Asker.ask`` raises.
    """
    assert question.allowed is not None, "only a question that may ask services is resolved"
    asker = Asker(question.allowed, limits, folder=folder, today=today)
    shape = with_words(question.sparql, {"SERVICE": "GRAPH  ", "SILENT": "      "})
    _must_be_free_of_services(shape)
    graph.check(shape, asker.remaining)
    return _Resolution(question, graph, limits, asker).resolved()


class _Resolution:
    def __init__(self, question: Question, graph: LocalGraph, limits: Limits, asker: Asker) -> None:
        self._question = question
        self._graph = graph
        self._limits = limits
        self._asker = asker
        self._asked: list[Asked] = []
        try:
            self._tokens = tokenize(question.sparql, PREFIXES)
            found = list(clauses(self._tokens))
        except (PrologueError, ValueError) as error:
            raise _unclear(str(error)) from error
        for clause in found:
            self._must_be_allowed(clause)
        _must_be_free_of_services(written(_without(self._tokens, found)))

    def resolved(self) -> Question:
        while clause := next(clauses(self._tokens), None):
            data = Token(DATA, self._values(clause))
            self._tokens[clause.start : clause.end] = [data]
        return replace(
            self._question,
            sparql=written(self._tokens).strip(),
            allowed=None,
            asked=tuple(self._asked),
            seconds=self._asker.spent,
        )

    def _must_be_allowed(self, clause: Clause) -> None:
        address, allowed = clause.address, self._question.allowed
        if not address:
            raise _unclear(f"'SERVICE {clause.place.text}' does not say which service is meant")
        if any(token.keyword == "SERVICE" for token in clause.body):
            raise _unclear(f"the patterns for {address} ask another service in their turn")
        problem = problem_of(address)
        if problem:
            raise _unclear(problem)
        if allowed is None or not allowed.permits(address):
            raise DiasporaKGError(
                "DKG422",
                f"the query would ask {address}, which is not allowed",
                f"If it may be asked, add --allow-service {option_for(address)}",
            )

    # --- One clause ---------------------------------------------------------------------

    def _values(self, clause: Clause) -> str:
        """Return the rows of a service as a VALUES block."""
        columns, known = self._known_values(clause)
        if columns and not known:
            return _values_block(may_be_bound(clause.body), ())  # no row would be of use
        try:
            replies = [
                self._asker.ask(clause.address, text)
                for text in self._requests(clause, columns, known)
            ]
        except DiasporaKGError as error:
            if not clause.is_silent or error.code in ("DKG416", "DKG425"):
                raise
            self._asked.append(Asked(clause.address, 0, (), _reason(error)))
            return _NOTHING
        names = {name for reply in replies for name in reply.columns}
        visible = [name for name in clause.variables if name in names]
        rows = self._rows(clause, visible, replies)
        days = sorted({reply.asked_on for reply in replies})
        self._asked.append(Asked(clause.address, len(rows), tuple(days)))
        return _values_block(visible, rows)

    def _requests(
        self, clause: Clause, columns: Sequence[str], known: Sequence[tuple[Cell, ...]]
    ) -> Iterator[str]:
        most = f" LIMIT {self._limits.rows + 1}" if self._limits.rows else ""
        body = written(list(clause.body)).strip()
        if not columns:
            yield f"SELECT * WHERE {{ {body} }}{most}"
            return
        if not is_simple(clause.body):
            body = f"{{ {body} }}"  # Virtuoso loses values between VALUES and OPTIONAL
        for start in range(0, len(known), AT_ONCE):
            values = _values_block(columns, known[start : start + AT_ONCE])
            yield f"SELECT * WHERE {{ {values} {body} }}{most}"

    def _rows(
        self, clause: Clause, columns: Sequence[str], replies: Iterable[Reply]
    ) -> list[tuple[Cell, ...]]:
        """Return the rows of all replies with the values of some variables."""
        rows: list[tuple[Cell, ...]] = []
        for reply in replies:
            place = {name: n for n, name in enumerate(reply.columns)}
            order = [place.get(name) for name in columns]
            for row in reply.rows:
                rows.append(tuple(None if n is None else row[n] for n in order))
            if self._limits.rows and len(rows) > self._limits.rows:
                raise DiasporaKGError(
                    "DKG425",
                    f"{clause.address} has more than {self._limits.rows:,} rows for its part "
                    "of the query",
                    "Say more there of what is wanted, bind its variables by local patterns, or "
                    "allow more with --max-rows N.",
                )
        return rows

    def _known_values(self, clause: Clause) -> tuple[list[str], list[tuple[Cell, ...]]]:
        """Return values of the local graph that restrict a clause: variables and combinations.

        Without variables, nothing is known that could be sent.
        """
        try:
            local = joined_with(self._tokens, clause)
            shared = sorted(always_bound(clause.body) & set(variables(local)))
        except (ValueError, IndexError, StopIteration):
            return [], []
        if not shared or any(token.keyword == "SERVICE" for token in local):
            return [], []
        names = " ".join(f"?{name}" for name in shared)
        text = (
            f"SELECT DISTINCT {names} {written(_data_set(self._tokens))} "
            f"WHERE {{ {written(local)} }} LIMIT {MOST_SENT + 1}"
        )
        question = Question(text, from_outside=True)
        table = self._graph.answer(question, replace(self._asker.remaining, rows=0))
        if len(table) > MOST_SENT:
            return [], []
        kept = [n for n in range(len(shared)) if all(_can_be_sent(row[n]) for row in table)]
        found = {tuple(row[n] for n in kept) for row in table}
        named = {row for row in found if not any(str(cell).startswith("_:") for cell in row)}
        return [shared[n] for n in kept], sorted(named, key=str)


def _can_be_sent(cell: Cell) -> bool:
    """Tell whether a value is the same term everywhere, whatever a store does to its form.

    A node without a name can: no row of a service has it, so it is left out.
    """
    return cell is not None and (is_iri(cell) or cell.startswith("_:") or cell.endswith('"'))


def _values_block(columns: Iterable[str], rows: Iterable[tuple[Cell, ...]]) -> str:
    names = " ".join(f"?{name}" for name in columns)
    lines = " ".join(f"({' '.join(_literal_safe(cell) for cell in row)})" for row in rows)
    return f"VALUES ({names}) {{ {lines} }}"


def _literal_safe(cell: Cell) -> str:
    r"""Return a term as SPARQL reads it, whether ``\u`` is read before or after ``\\``."""
    if cell is None:
        return "UNDEF"
    return _ESCAPE.sub(lambda match: _CODES.get(match.group(1), match.group()), cell)


def _data_set(tokens: Sequence[Token]) -> list[Token]:
    """Return the FROM clauses of a query."""
    found: list[Token] = []
    for place, token in enumerate(tokens):
        if token.keyword == "FROM":
            width = 3 if tokens[place + 1].keyword == "NAMED" else 2
            found.extend(tokens[place : place + width])
    return found


def _without(tokens: Sequence[Token], found: Iterable[Clause]) -> list[Token]:
    """Return the tokens of a query with nothing in the place of its clauses."""
    left, place = [], 0
    for clause in found:
        left += [*tokens[place : clause.start], Token(DATA, _NOTHING)]
        place = clause.end
    return [*left, *tokens[place:]]


def _reason(error: DiasporaKGError) -> str:
    cause = error.__cause__ if isinstance(error.__cause__, DiasporaKGError) else error
    return f"{cause.message} [{error.code}]"


def _must_be_free_of_services(text: str) -> None:
    """Refuse what the engine might read as SERVICE: it would call whatever stands there."""
    if asks_another_service(text):
        raise _unclear("SERVICE stands in a text, or is not a word by itself")


def _unclear(why: str) -> DiasporaKGError:
    return DiasporaKGError(
        "DKG423",
        f"a SERVICE clause cannot be followed: {why}",
        "Write it as: SERVICE <https://example.org/sparql> { … }",
    )
