"""Questions to a graph: packaged queries and any SPARQL, over the union of what is not contested."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.namespaces import PREFIXES
from diaspora_kg.parameters import read_parameters
from diaspora_kg.reading.queries import PackagedQuery, packaged_query, wording
from diaspora_kg.table import Table

_COMMENT = re.compile(r"#[^\n]*")
_NOT_CODE = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|<[^<>\s]*>|#[^\n]*")
_NETWORK = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_UPDATE = re.compile(
    r"\A\s*(?:(?:PREFIX|BASE)\b[^\n]*\s*)*(INSERT|DELETE|LOAD|CLEAR|DROP|CREATE|ADD|MOVE|COPY)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Question:
    """What is asked: the SPARQL that runs, and the packaged query it came from, if any."""

    sparql: str
    packaged: PackagedQuery | None = None
    values: Mapping[str, str] | None = None


def packaged_question(
    name: str, given: Mapping[str, str], store: pyoxigraph.Store
) -> Question:
    """Return the question that a packaged query asks with some values.

    Raises ``DiasporaKGError``: DKG401 for an unknown query, DKG402 to DKG405 for values.
    """
    query = packaged_query(name)
    values = read_parameters(query, given, store)
    return Question(query.with_values(values), query, values)


def free_question(sparql: str) -> Question:
    """Return a question in SPARQL; the prefixes of the project need not be declared.

    Raises ``DiasporaKGError``: DKG408 when it would reach the network, DKG409 when it would
    change the graph.
    """
    code = _NOT_CODE.sub(" ", sparql)
    if _NETWORK.search(code):
        raise DiasporaKGError(
            "DKG408",
            "the query would ask another service over the network (SERVICE)",
            "Nothing leaves this machine unless it is asked for; take the SERVICE part out.",
        )
    if _UPDATE.match(_COMMENT.sub(" ", code)):
        raise DiasporaKGError(
            "DKG409",
            "the query would change the graph",
            "The graph is made from case files; change those and build again.",
        )
    return Question(sparql)


def run(question: Question, store: pyoxigraph.Store) -> Table:
    """Return the rows that answer a question.

    An ASK gives one row with ``true`` or ``false``; a CONSTRUCT or DESCRIBE the triples.

    Raises ``DiasporaKGError`` (DKG406) when the SPARQL is not well-formed.
    """
    try:
        result = store.query(
            question.sparql, use_default_graph_as_union=True, prefixes=dict(PREFIXES)
        )
    except SyntaxError as error:
        raise _malformed(error) from error
    except (ValueError, OSError, RuntimeError) as error:
        raise DiasporaKGError(
            "DKG406", f"the query cannot be run: {error}", "Look at its parts one by one."
        ) from error
    if isinstance(result, pyoxigraph.QueryBoolean):
        value = '"true"' if bool(result) else '"false"'
        return Table(("answer",), ((f"{value}^^<http://www.w3.org/2001/XMLSchema#boolean>",),))
    if isinstance(result, pyoxigraph.QueryTriples):
        triples = sorted((str(t.subject), str(t.predicate), str(t.object)) for t in result)
        return Table(("subject", "predicate", "object"), tuple(triples))
    columns = tuple(variable.value for variable in result.variables)
    rows = tuple(
        tuple(None if solution[i] is None else str(solution[i]) for i in range(len(columns)))
        for solution in result
    )
    return Table(columns, rows, _titles(question))


def _titles(question: Question) -> dict[str, str]:
    if question.packaged is None:
        return {}
    return {name: wording(texts) for name, texts in question.packaged.columns.items()}


def _malformed(error: SyntaxError) -> DiasporaKGError:
    where = f" at line {error.lineno}, column {error.offset}" if error.lineno else ""
    text = str(error.msg or error).splitlines()[0]
    return DiasporaKGError(
        "DKG406",
        f"this is not well-formed SPARQL{where}: {text}",
        "Text that begins with a word and holds no SPARQL is the name of a packaged query; "
        "'diaspora-kg query' lists them.",
    )
