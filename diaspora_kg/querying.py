"""Questions to a graph: packaged queries and any SPARQL, over all that is not contested."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from itertools import islice, product
from pathlib import Path
from typing import cast

import pyoxigraph as ox

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.lookup import View
from diaspora_kg.namespaces import DKG, DKGG, PREFIXES, XSD, compact
from diaspora_kg.parameters import Resolver, read_parameters
from diaspora_kg.reading.queries import PackagedQuery, packaged_query, read_query, wording
from diaspora_kg.table import Cell, Table
from diaspora_kg.terms import Term, iri_of, is_iri, literal_parts, typed_literal

CONTESTED = DKGG + "contested"

_STRINGS = (
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^\'\\]|\\.|\'(?!\'\'))*\'\'\''
    r'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\''
)
_ADDRESS = r'<[^<>"{}|^`\\\x00-\x20]*>'
_NOT_CODE = re.compile(rf"(?s){_STRINGS}|{_ADDRESS}|#[^\n]*")
_NOT_ADDRESS = re.compile(rf"(?s)({_STRINGS})|({_ADDRESS})|#[^\n]*")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_SPACE = r"(?:\s|#[^\n]*(?:\n|\Z))*"
_PLACE_OF_SERVICE = rf"(?:{_ADDRESS}|[?$]\w+|(?:[^\s<>{{}}()\"'#]|\\.)*:(?:\\.|[^\s<>{{}}\"#])*)"
_SERVICE = re.compile(
    rf"SERVICE{_SPACE}(?:SILENT{_SPACE})?{_PLACE_OF_SERVICE}{_SPACE}\{{", re.IGNORECASE
)
_IN_VARIABLE = re.compile(r"[?$]\w*\Z")
_DATASET = re.compile(r"(?<![?$:\w])FROM(?![:\w])", re.IGNORECASE)
_PROLOGUE = r"(?:\s*(?:PREFIX\s+[^\s:]*:|BASE))*\s*"
_UPDATE = re.compile(
    rf"\A{_PROLOGUE}(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY|WITH)\b", re.IGNORECASE
)
_DECLARED = re.compile(r"\bPREFIX\s+([\w.-]*)\s*:", re.IGNORECASE)
_USED = re.compile(r"(?<![\w?$:.-])([A-Za-z][\w.-]*|):(?=[\w%\\])")
_PLACE = re.compile(r"error at (\d+):(\d+): ")
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

    @property
    def names_contested(self) -> bool:
        """Whether the question asks by name for what is disputed."""
        code = _without_strings(self.sparql)
        return f"<{CONTESTED}>" in code or re.search(r"\bdkgg:contested\b", code) is not None

    def in_words(self, language: str = "en") -> str:
        """Return the question as a person would ask it, empty when nobody wrote it down."""
        return wording(self.packaged.questions, language) if self.packaged else ""


# --- Making a question ------------------------------------------------------------------


def packaged_question(name: str, given: Mapping[str, str], view: View) -> Question:
    """Return the question that a packaged query asks with some values.

    Raises ``DiasporaKGError``: DKG401 for an unknown query, DKG402 to DKG405 for values.
    """
    return _filled(packaged_query(name), given, view)


def question_of_text(text: str, given: Mapping[str, str], view: View) -> Question:
    """Return a question in SPARQL; a header of ``#+`` lines gives it parameters.

    Raises ``DiasporaKGError``: DKG402 for values that it has no parameters for, DKG408 when it
    would reach the network, DKG409 when it would change the graph.
    """
    question = free_question(text)
    if text.lstrip().startswith("#+"):
        file = cast(Traversable, _Text("query.rq", text.lstrip()))  # a name and a text are enough
        return _filled(read_query(file), given, view)
    if given:
        raise DiasporaKGError(
            "DKG402",
            "a query without a header takes no parameters",
            "Write the values into the SPARQL, or give it a header: 'diaspora-kg new query'.",
        )
    return question


def free_question(sparql: str) -> Question:
    """Return a question in SPARQL; the prefixes of the project need not be declared.

    Raises ``DiasporaKGError``: DKG408 when it would reach the network, DKG409 when it would
    change the graph.
    """
    if _asks_another_service(sparql):
        raise DiasporaKGError(
            "DKG408",
            "the query would ask another service over the network (SERVICE)",
            "Nothing leaves this machine unless it is asked for; take the SERVICE part out.",
        )
    if _UPDATE.match(_code(sparql)):
        raise DiasporaKGError(
            "DKG409",
            "the query would change the graph",
            "The graph is made from case files; change those and build again.",
        )
    return Question(sparql)


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


def _filled(query: PackagedQuery, given: Mapping[str, str], view: View) -> Question:
    resolver = Resolver(view.store)
    choices = read_parameters(query, given, resolver)
    chosen = {name: found[0] for name, found in choices.items()}
    notes: list[str] = []
    if any(len(found) > 1 for found in choices.values()):
        chosen = _only_answerable(query, choices, given, view, resolver)
        notes = [
            f"'{given[name]}' is taken as {resolver.described(chosen[name])}: "
            f"the query has no answer for the others of that name ({_short(found, chosen[name])})."
            for name, found in choices.items()
            if len(found) > 1
        ]
    notes.extend(_of_unclear_reference(chosen, resolver))
    notes.extend(_of_days(query, given, chosen))
    return Question(query.with_values(chosen), query, chosen, tuple(notes))


def _only_answerable(
    query: PackagedQuery,
    choices: Mapping[str, list[Term]],
    given: Mapping[str, str],
    view: View,
    resolver: Resolver,
) -> dict[str, Term]:
    """Return the one reading of ambiguous names for which the query has an answer."""
    readings = [
        dict(zip(choices, terms, strict=True))
        for terms in islice(product(*choices.values()), _COMBINATIONS + 1)
    ]
    answerable = [] if len(readings) > _COMBINATIONS else list(_answerable(query, readings, view))
    if len(answerable) == 1:
        return answerable[0]
    name = next(name for name, found in choices.items() if len(found) > 1)
    raise resolver.ambiguous(given.get(name, given.get(name.replace("_", "-"), "")), choices[name])


def _answerable(
    query: PackagedQuery, readings: list[dict[str, Term]], view: View
) -> Iterator[dict[str, Term]]:
    for reading in readings:
        table = run(Question(query.with_values(reading)), view)
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
    result = _evaluate(question.sparql, view)
    if isinstance(result, ox.QueryBoolean):
        word = typed_literal("true" if bool(result) else "false", XSD + "boolean")
        return Table(("answer",), ((word,),), kind="answer")
    if isinstance(result, ox.QueryTriples):
        triples: list[tuple[Cell, ...]] = [
            (str(triple.subject), str(triple.predicate), str(triple.object)) for triple in result
        ]
        in_order = tuple(sorted(set(triples), key=str))
        return Table(("subject", "predicate", "object"), in_order, kind="triples")
    columns = tuple(variable.value for variable in result.variables)
    places = range(len(columns))
    rows = tuple(
        tuple(None if (term := solution[place]) is None else str(term) for place in places)
        for solution in result
    )
    return Table(columns, rows, _titles(question, language))


def _evaluate(sparql: str, view: View) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    store = view.store
    try:
        if _DATASET.search(_code(sparql)):
            return store.query(sparql, prefixes=dict(PREFIXES))
        if view.hidden:
            seen: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] = [
                graph for graph in store.named_graphs() if _name(graph) not in view.hidden
            ]
            return store.query(sparql, prefixes=dict(PREFIXES), default_graph=seen)
        return store.query(sparql, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    except SyntaxError as error:
        raise _malformed(error, sparql) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise DiasporaKGError(
            "DKG406", f"the query cannot be run: {error}", "Look at its parts one by one."
        ) from error


def read_sparql(text: str) -> str:
    """Return the SPARQL that was given as text or as the name of a file.

    Raises ``DiasporaKGError`` (DKG411) when it names a file that cannot be read.
    """
    looks_like_file = "\n" not in text and "{" not in text
    if not looks_like_file:
        return text
    try:
        return Path(text).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DiasporaKGError(
            "DKG411",
            f"'{text}' is neither SPARQL nor a file that can be read",
            "Write the query in quotes, the name of a file, or '-' for stdin.",
        ) from error


def _titles(question: Question, language: str) -> dict[str, str]:
    if question.packaged is None:
        return {}
    return {name: wording(texts, language) for name, texts in question.packaged.columns.items()}


# --- Reading SPARQL without parsing it --------------------------------------------------


def _asks_another_service(sparql: str) -> bool:
    """Tell whether a query may hold a SERVICE clause, wherever that might be.

    The engine takes ``SERVICE`` for a keyword even where it is glued to what stands before or
    behind it, and only the engine knows for sure where strings and comments end. So the shape of
    the clause is looked for in the whole text; in a comment it is refused as well.
    """
    for text in (sparql, _ESCAPE.sub(_unescape, sparql)):
        for match in _SERVICE.finditer(text):
            if not _IN_VARIABLE.search(text, 0, match.start()):
                return True
    return False


def _code(sparql: str) -> str:
    """Return what is left of a query without strings, addresses and comments."""
    return _NOT_CODE.sub(" ", _ESCAPE.sub(_unescape, sparql))


def _without_strings(sparql: str) -> str:
    """Return a query without strings and comments."""
    return _NOT_ADDRESS.sub(lambda match: match.group(2) or " ", sparql)


def _unescape(match: re.Match[str]) -> str:
    code = int(match.group(1) or match.group(2), 16)
    return chr(code) if code <= 0x10FFFF else " "


def _name(graph: object) -> str:
    return graph.value if isinstance(graph, ox.NamedNode) else ""


def _malformed(error: SyntaxError, sparql: str) -> DiasporaKGError:
    text = str(error).splitlines()[0]
    match = _PLACE.match(text)
    if match is None:
        return DiasporaKGError("DKG406", f"this is not well-formed SPARQL: {text}")
    undeclared = _undeclared(sparql)
    if undeclared:
        return DiasporaKGError(
            "DKG406",
            f"the prefix '{undeclared[0]}:' is not declared",
            f"Write before SELECT: PREFIX {undeclared[0]}: <…>",
        )
    line, column = int(match.group(1)), int(match.group(2))
    lines = [*sparql.splitlines(), ""]
    written = lines[min(line, len(lines)) - 1]
    near = written[max(0, column - 25) : column + 10].strip()
    return DiasporaKGError(
        "DKG406",
        f"this is not well-formed SPARQL at or before line {line}, column {column}: {near}",
        "Look at the brackets, the full stops and the variables just before that place.",
    )


def _undeclared(sparql: str) -> list[str]:
    """Return the prefixes that are used and not declared, those of the project left out."""
    code = _code(sparql)
    declared = set(_DECLARED.findall(code)) | set(PREFIXES)
    return [prefix for prefix in _USED.findall(code) if prefix not in declared]
