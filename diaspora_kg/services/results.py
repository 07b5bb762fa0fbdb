"""What services send back, read with tolerance, and never taken for more than it is.

Forms are those of the W3C: SPARQL 1.1 Query Results JSON Format, SPARQL Query Results XML Format,
SPARQL 1.1 Query Results TSV, and RDF. A value comes out in the form that the local store gives
it, so that ``40.0`` of one service and ``40`` of another are one and the same row.
"""

import json
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, cast

import pyoxigraph as ox

from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.namespaces import XSD
from diaspora_kg.services.transport import Reply, said_in

Cell = ox.NamedNode | ox.BlankNode | ox.Literal | None
Rows = list[tuple[Cell, ...]]

ACCEPT_ROWS = (
    "application/sparql-results+json, application/sparql-results+xml;q=0.8, "
    "text/tab-separated-values;q=0.5"
)
ACCEPT_TRIPLES = (
    "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7, application/ld+json;q=0.3"
)

_ROW_FORMS = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "text/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/xml": "xml",
    "text/tab-separated-values": "tsv",
}
_OXIGRAPH_FORMS = {"xml": ox.QueryResultsFormat.XML, "tsv": ox.QueryResultsFormat.TSV}
_GRAPH_FORMS = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,  # the media type of N-Triples before 2014
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
    "text/n3": ox.RdfFormat.TURTLE,
    "text/rdf+n3": ox.RdfFormat.TURTLE,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
    "application/trig": ox.RdfFormat.TRIG,
}
_AS_IT_IS = re.compile(r"0|-?[1-9][0-9]{0,16}")
_ASK_OF_VIRTUOSO = "__ASK_RETVAL"


class Answer:
    """The answer to a SELECT or ASK, whole and read to its end."""

    def __init__(self, columns: Sequence[str], rows: Rows, truth: bool | None = None) -> None:
        """Take the names of the columns and the rows, or the truth of an ASK."""
        self.columns = tuple(columns)
        self.rows = rows
        self.truth = truth

    def as_of_store(self) -> ox.QuerySolutions | ox.QueryBoolean:
        """Return the answer as the local store would have given it."""
        if self.truth is not None:
            document: dict[str, Any] = {"head": {}, "boolean": self.truth}
        else:
            bindings = [
                {
                    name: _written(cell)
                    for name, cell in zip(self.columns, row, strict=True)
                    if cell is not None
                }
                for row in self.rows
            ]
            document = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        data = json.dumps(document).encode("utf-8")
        return ox.parse_query_results(data, format=ox.QueryResultsFormat.JSON)


def read_rows(reply: Reply) -> Answer:
    """Return the answer to a SELECT or ASK.

    Raises ``MissingPartError``: DKG625 for half an answer, DKG626 for one in no form of SPARQL.
    Raises ``DiasporaKGError`` (DKG627) when the service cut the rows off.
    """
    form = _ROW_FORMS.get(reply.media_type) or _sniffed(reply)
    try:
        answer = _of_json(reply.body) if form == "json" else _of_oxigraph(reply.body, form)
    except (ValueError, SyntaxError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise _unreadable(reply, form, error) from error
    _must_be_whole(reply, len(answer.rows))
    return answer


def read_triples(reply: Reply) -> list[ox.Quad]:
    """Return the triples of a CONSTRUCT, a DESCRIBE or a graph.

    Raises ``MissingPartError``: DKG625 for half an answer, DKG626 for what is no RDF.
    """
    form = _GRAPH_FORMS.get(reply.media_type)
    if form is None:
        raise _no_sparql(reply)
    try:
        found = list(ox.parse(reply.body, form, base_iri=reply.url, lenient=True))
    except (SyntaxError, ValueError) as error:
        raise _unreadable(reply, "RDF", error) from error
    _must_be_whole(reply, len(found))
    return [
        ox.Quad(q.subject, q.predicate, cast("Any", canonical_cell(cast("Cell", q.object))))
        for q in found
    ]


def triples_of_store(quads: Iterable[ox.Quad]) -> ox.QueryTriples:
    """Return triples as the local store would have given them."""
    store = ox.Store()
    store.bulk_extend(ox.Quad(q.subject, q.predicate, q.object) for q in quads)
    found = store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    return cast(ox.QueryTriples, found)


# --- Forms ------------------------------------------------------------------------------


def _sniffed(reply: Reply) -> str:
    """Return the form of an answer whose media type is missing or says little."""
    start = reply.body.lstrip()[:300]
    is_vague = reply.media_type in ("", "text/plain", "application/octet-stream")
    if is_vague and start.startswith(b"{"):
        return "json"
    if is_vague and b"<sparql" in start:
        return "xml"
    raise _no_sparql(reply)


def _of_json(body: bytes) -> Answer:
    document = json.loads(body)
    if "boolean" in document:
        return Answer((), [], bool(document["boolean"]))
    columns = [str(name) for name in document["head"].get("vars", ())]
    rows = [
        tuple(_read(binding[name]) if name in binding else None for name in columns)
        for binding in document["results"]["bindings"]
    ]
    if columns == [_ASK_OF_VIRTUOSO]:
        return Answer((), [], bool(rows) and cast("Any", rows[0][0]).value == "1")
    return Answer(columns, rows)


def _read(value: dict[str, str]) -> Cell:
    kind, text = value["type"], value["value"]
    if kind == "uri":
        return ox.NamedNode(text)
    if kind == "bnode":
        return ox.BlankNode(re.sub(r"\W", "-", text.removeprefix("nodeID://").removeprefix("_:")))
    if kind not in ("literal", "typed-literal"):  # the second is from before 2013
        raise ValueError(f"'{kind}' is no kind of term")
    language = value.get("xml:lang")
    if language:
        return ox.Literal(text, language=language.lower())
    datatype = value.get("datatype", XSD + "string")
    return canonical(text, datatype)


def _of_oxigraph(body: bytes, form: str) -> Answer:
    parsed = _parsed(body, form)
    if isinstance(parsed, str):
        raise ValueError(parsed)
    return parsed


def _parsed(body: bytes, form: str) -> Answer | str:
    """Return the answer, or what is wrong with it.

    An exception would keep the rows of the engine alive, which may be dropped in one thread only.
    """
    try:
        found = ox.parse_query_results(body, format=_OXIGRAPH_FORMS[form])
        if isinstance(found, ox.QueryBoolean):
            return Answer((), [], bool(found))
        width = range(len(found.variables))
        rows = [tuple(canonical_cell(cast("Cell", row[n])) for n in width) for row in found]
        return Answer([variable.value for variable in found.variables], rows)
    except (SyntaxError, ValueError) as error:
        return str(error) or type(error).__name__


def _written(cell: Cell) -> dict[str, str]:
    if isinstance(cell, ox.NamedNode):
        return {"type": "uri", "value": cell.value}
    if isinstance(cell, ox.BlankNode):
        return {"type": "bnode", "value": cell.value}
    assert isinstance(cell, ox.Literal)
    if cell.language:
        return {"type": "literal", "value": cell.value, "xml:lang": cell.language}
    return {"type": "literal", "value": cell.value, "datatype": cell.datatype.value}


# --- Values -----------------------------------------------------------------------------


def canonical_cell(cell: Cell) -> Cell:
    """Return a term in the form that the local store gives it."""
    if isinstance(cell, ox.Literal) and not cell.language:
        return canonical(cell.value, cell.datatype.value)
    return cell


def canonical(text: str, datatype: str) -> ox.Literal:
    """Return a literal in the form that the local store gives to its value."""
    plain = not datatype.startswith(XSD) or datatype == XSD + "string"
    if plain or (datatype == XSD + "integer" and _AS_IT_IS.fullmatch(text)):
        return ox.Literal(text, datatype=ox.NamedNode(datatype))
    return _stored(text, datatype)


@lru_cache(maxsize=100_000)
def _stored(text: str, datatype: str) -> ox.Literal:
    node = ox.NamedNode("urn:x")
    store = ox.Store()
    store.add(ox.Quad(node, node, ox.Literal(text, datatype=ox.NamedNode(datatype))))
    return cast(ox.Literal, next(iter(store)).object)


# --- What is wrong ----------------------------------------------------------------------


def _must_be_whole(reply: Reply, found: int) -> None:
    """Refuse rows that the service cut off: they look like an answer and are half of one."""
    limit = reply.headers.get("x-sparql-maxrows", "")
    is_partial = reply.status == 206 or reply.headers.get("x-sql-state") == "S1TAT"
    if is_partial or (limit.isdigit() and found >= int(limit)):
        raise DiasporaKGError(
            "DKG627",
            f"the service cut its answer off after {found:,} rows",
            "Ask for less, or have the limit of the service raised "
            "(Virtuoso: ResultSetMaxRows in virtuoso.ini).",
        )


def _unreadable(reply: Reply, form: str, error: Exception) -> MissingPartError:
    ends = {"json": b"}", "xml": b">"}.get(form, b"")
    if not reply.body.rstrip().endswith(ends) or "end of" in str(error):
        return MissingPartError(
            "DKG625",
            f"the answer of the service broke off after {len(reply.body):,} bytes",
            "The service may have stopped half-way; look at it, and ask again.",
        )
    first = (str(error).splitlines() or [type(error).__name__])[0]
    return MissingPartError(
        "DKG626",
        f"the answer of the service is not well-formed ({form}): {first[:160]}",
        "Is this the address of a SPARQL 1.1 service?",
    )


def _no_sparql(reply: Reply) -> MissingPartError:
    kind = reply.media_type or "nothing that says what it is"
    return MissingPartError(
        "DKG626",
        f"the service sent {kind}, which is no answer to SPARQL{said_in(reply)}",
        "Is this the address of a SPARQL 1.1 service, and not of its web page?",
    )
