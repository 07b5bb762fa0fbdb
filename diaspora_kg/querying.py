"""Questions to a graph: packaged queries and any SPARQL, over all that is not contested."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib.resources.abc import Traversable
from itertools import islice, product
from pathlib import Path
from typing import cast

from diaspora_kg.engine import evaluate
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.lookup import View
from diaspora_kg.namespaces import DKG, DKGG, compact
from diaspora_kg.ordering import evaluate_in_order
from diaspora_kg.outside import AllowedServices, Asked
from diaspora_kg.parameters import Resolver, read_parameters
from diaspora_kg.reading.queries import PackagedQuery, packaged_query, read_query, wording
from diaspora_kg.sparql import asks_another_service, changes_the_graph, names_graph
from diaspora_kg.table import Cell, Table
from diaspora_kg.terms import Term, iri_of, is_iri, literal_parts

CONTESTED = DKGG + "contested"

_COMBINATIONS = 40


@dataclass(frozen=True)
class Question:
    """What is asked: the SPARQL that runs, and the packaged query it came from, if any."""

    sparql: str
    packaged: PackagedQuery | None = None
    values: Mapping[str, Term] = field(default_factory=dict)
    """The terms that stand for the parameters."""
    notes: tuple[str, ...] = ()
    """What a person should know of how their words were understood."""
    from_outside: bool = False
    """Whether somebody else than this package wrote the SPARQL, so that it may run without end."""
    allowed: AllowedServices | None = None
    """The services that its SERVICE parts may ask; they have to be asked before it can run."""
    asked: tuple[Asked, ...] = ()
    """The services whose rows stand in the SPARQL."""
    seconds: float = 0.0
    """How long it took to ask them; it counts in the limit of time."""

    @property
    def names_contested(self) -> bool:
        """Whether the question asks by name for what is disputed."""
        return names_graph(self.sparql, CONTESTED, "dkgg:contested")

    def in_words(self, language: str = "en") -> str:
        """Return the question as a person would ask it, empty when nobody wrote it down."""
        return wording(self.packaged.questions, language) if self.packaged else ""


Answering = Callable[[Question], Table]
"""What answers a question while it is being made: a name may mean several things."""


# --- Making a question ------------------------------------------------------------------


def packaged_question(name: str, given: Mapping[str, str], view: View) -> Question:
    """Return the question that a packaged query asks with some values.

    Raises ``DiasporaKGError``: DKG401 for an unknown query, DKG402 to DKG405 for values.
    """
    return _filled(packaged_query(name), given, view)


def question_of_text(
    text: str,
    given: Mapping[str, str],
    view: View,
    answer: Answering | None = None,
    allowed: AllowedServices | None = None,
) -> Question:
    """Return a question in SPARQL; a header of ``#+`` lines gives it parameters.

    ``answer`` runs the SPARQL where a name means several things; without it, it runs right here.

    Raises ``DiasporaKGError``: DKG402 for values that it has no parameters for, DKG408 when it
    would reach the network, DKG409 when it would change the graph.
    """
    question = free_question(text, allowed)
    if text.lstrip().startswith("#+"):
        file = cast(Traversable, _Text("query.rq", text.lstrip()))  # a name and a text are enough
        return _filled(
            read_query(file), given, view, answer, from_outside=True, allowed=question.allowed
        )
    if given:
        raise DiasporaKGError(
            "DKG402",
            "a query without a header takes no parameters",
            "Write the values into the SPARQL, or give it a header: 'diaspora-kg new query'.",
        )
    return question


def free_question(sparql: str, allowed: AllowedServices | None = None) -> Question:
    """Return a question in SPARQL; the prefixes of the project need not be declared.

    Raises ``DiasporaKGError``: DKG408 when it would reach the network and may ask no service,
    DKG409 when it would change the graph.
    """
    asks = asks_another_service(sparql)
    if asks and allowed is None:
        raise DiasporaKGError(
            "DKG408",
            "the query would ask another service over the network (SERVICE)",
            "Nothing leaves this machine unless it is asked for by name: --allow-service HOST, or "
            "take the SERVICE part out.",
        )
    if changes_the_graph(sparql):
        raise DiasporaKGError(
            "DKG409",
            "the query would change the graph",
            "The graph is made from case files; change those and build again.",
        )
    return Question(sparql, from_outside=True, allowed=allowed if asks else None)


def with_day(query: PackagedQuery | None, given: Mapping[str, str], day: str) -> dict[str, str]:
    """Return the values of a query with the day that is asked about.

    Raises ``DiasporaKGError`` (DKG410) when the query has no time to restrict.
    """
    if query is None or "as_of" not in [parameter.name for parameter in query.parameters]:
        what = f"the query '{query.name}'" if query else "a query in SPARQL"
        raise DiasporaKGError(
            "DKG410",
            f"{what} has no time that --as-of could restrict",
            "Choose a query with a parameter 'as_of', or compare dkg:earliest and dkg:latest of "
            "facts in SPARQL.",
        )
    return {**given, "as_of": day}


@dataclass(frozen=True)
class _Text:
    """A text with a name, readable as if it were a file."""

    name: str
    text: str

    def read_text(self, _encoding: str) -> str:
        return self.text


def _filled(
    query: PackagedQuery,
    given: Mapping[str, str],
    view: View,
    answer: Answering | None = None,
    *,
    from_outside: bool = False,
    allowed: AllowedServices | None = None,
) -> Question:
    resolver = Resolver(view.store)
    choices = read_parameters(query, given, resolver)
    chosen = {name: found[0] for name, found in choices.items()}
    notes: list[str] = []
    if any(len(found) > 1 for found in choices.values()):
        asked = answer or (lambda question: run(question, view))
        chosen = _only_answerable(
            query, choices, given, lambda one: asked(replace(one, allowed=allowed)), resolver
        )
        notes = [
            f"'{given[name]}' is taken as {resolver.described(chosen[name])}: "
            f"the query has no answer for the others of that name ({_short(found, chosen[name])})."
            for name, found in choices.items()
            if len(found) > 1
        ]
    notes.extend(_of_other_class(query, given, chosen, resolver))
    notes.extend(_of_unclear_reference(chosen, resolver))
    notes.extend(_of_days(query, given, chosen))
    return Question(query.with_values(chosen), query, chosen, tuple(notes), from_outside, allowed)


def _only_answerable(
    query: PackagedQuery,
    choices: Mapping[str, list[Term]],
    given: Mapping[str, str],
    answer: Answering,
    resolver: Resolver,
) -> dict[str, Term]:
    """Return the one reading of ambiguous names for which the query has an answer."""
    readings = [
        dict(zip(choices, terms, strict=True))
        for terms in islice(product(*choices.values()), _COMBINATIONS + 1)
    ]
    answerable = [] if len(readings) > _COMBINATIONS else list(_answerable(query, readings, answer))
    if len(answerable) == 1:
        return answerable[0]
    name = next(name for name, found in choices.items() if len(found) > 1)
    raise resolver.ambiguous(given.get(name, given.get(name.replace("_", "-"), "")), choices[name])


def _answerable(
    query: PackagedQuery, readings: list[dict[str, Term]], answer: Answering
) -> Iterator[dict[str, Term]]:
    for reading in readings:
        table = answer(Question(query.with_values(reading), from_outside=True))
        if len(table) and (table.kind != "answer" or table.is_true):
            yield reading


def _short(found: list[Term], chosen: Term) -> str:
    return ", ".join(compact(iri_of(term)) for term in found if term != chosen)


def _of_days(
    query: PackagedQuery, given: Mapping[str, str], values: Mapping[str, Term]
) -> Iterator[str]:
    """Say which day was taken where a year or a month was given."""
    for parameter in query.parameters:
        if parameter.type == "date" and parameter.name in values:
            day = literal_parts(values[parameter.name])[0]
            typed = given.get(parameter.name, day).strip()
            if typed != day:
                yield f"'{typed}' is taken as {day}, its first day."


def _of_other_class(
    query: PackagedQuery,
    given: Mapping[str, str],
    values: Mapping[str, Term],
    resolver: Resolver,
) -> Iterator[str]:
    """Say which values are not of the class that the query is about: it knows nothing of them."""
    typed = {name.replace("-", "_"): text for name, text in given.items()}
    for parameter in query.parameters:
        term = values.get(parameter.name, "")
        if parameter.of and is_iri(term) and not resolver.lookup.is_a(iri_of(term), parameter.of):
            wanted = resolver.labels.of_class(parameter.of)
            what = f"'{typed[parameter.name]}' is {resolver.described(term)}"
            yield f"{what} and no {wanted}, as the query wants."


def _of_unclear_reference(values: Mapping[str, Term], resolver: Resolver) -> Iterator[str]:
    for term in values.values():
        if is_iri(term) and resolver.lookup.is_a(iri_of(term), DKG + "AmbiguousReference"):
            may_be = resolver.lookup.things(iri_of(term), DKG + "candidateReferent")
            names = " or ".join(resolver.labels.of(a) or compact(a) for a in may_be)
            said = f": it may be {names}" if names else ""
            yield f"The source does not say what '{resolver.labels(term)}' refers to{said}."


# --- Asking it --------------------------------------------------------------------------


def run(question: Question, view: View, language: str = "en") -> Table:
    """Return the rows that answer a question.

    An ASK gives one row with ``true`` or ``false``; a CONSTRUCT or DESCRIBE the triples.

    Raises ``DiasporaKGError`` (DKG406) when the SPARQL is not well-formed.
    """
    # what is written elsewhere may give rows without end, which are better kept by the engine
    ask = evaluate if question.from_outside else evaluate_in_order
    result = ask(question.sparql, view.store, view.hidden)
    return as_table(question, result.columns, tuple(result.rows), result.kind, language)


def as_table(
    question: Question,
    columns: tuple[str, ...],
    rows: tuple[tuple[Cell, ...], ...],
    kind: str,
    language: str = "en",
    *,
    is_cut: bool = False,
) -> Table:
    """Return the rows that answer a question as a table; triples are sorted."""
    in_order = tuple(sorted(rows, key=str)) if kind == "triples" else rows
    titles = _titles(question, language) if kind == "rows" else {}
    return Table(columns, in_order, titles, kind, is_cut, question.asked)


def read_sparql(text: str) -> str:
    """Return the SPARQL that was given as text or as the name of a file.

    Raises ``DiasporaKGError`` (DKG411) when it names a file that cannot be read.
    """
    is_description = text.lstrip()[:9].upper() == "DESCRIBE "  # it needs no braces
    if "\n" in text or "{" in text or is_description:
        return text
    try:
        return Path(text).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        if " " in text and changes_the_graph(text):  # DROP ALL is refused by who reads it
            return text
        raise DiasporaKGError(
            "DKG411",
            f"'{text}' is neither SPARQL nor a file that can be read",
            "Write the query in quotes, the name of a file, or '-' for stdin.",
        ) from error


def _titles(question: Question, language: str) -> dict[str, str]:
    if question.packaged is None:
        return {}
    return {name: wording(texts, language) for name, texts in question.packaged.columns.items()}
