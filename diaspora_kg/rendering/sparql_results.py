"""Answers for programs: the results formats of SPARQL 1.1 in JSON and XML, terms as they are.

Recommendations: https://www.w3.org/TR/sparql11-results-json/ and
https://www.w3.org/TR/rdf-sparql-XMLres/.
"""

import json
import re
from typing import TYPE_CHECKING, Any

from diaspora_kg.namespaces import XSD
from diaspora_kg.table import Table
from diaspora_kg.terms import Term, iri_of, is_iri, literal_parts

if TYPE_CHECKING:
    from diaspora_kg.evidence import RowEvidence

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def as_json(table: Table, evidence: "tuple[RowEvidence, ...] | None" = None) -> str:
    """Return SPARQL 1.1 Query Results JSON; evidence is a member of its own beside the results."""
    if table.kind == "answer":
        value: dict[str, Any] = {"head": {}, "boolean": table.is_true}
    else:
        bindings = [
            {
                name: _json_term(cell)
                for name, cell in zip(table.columns, row, strict=True)
                if cell is not None
            }
            for row in table.rows
        ]
        value = {"head": {"vars": list(table.columns)}, "results": {"bindings": bindings}}
    if evidence is not None:
        from diaspora_kg.rendering.evidence import as_value

        value["evidence"] = [as_value(row) for row in evidence]
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _json_term(term: Term) -> dict[str, str]:
    if is_iri(term):
        return {"type": "uri", "value": iri_of(term)}
    if term.startswith("_:"):
        return {"type": "bnode", "value": term[2:]}
    text, language, datatype = literal_parts(term)
    value = {"type": "literal", "value": text}
    if language:
        value["xml:lang"] = language
    elif datatype != XSD + "string":
        value["datatype"] = datatype
    return value


def as_xml(table: Table) -> str:
    """Return SPARQL Query Results XML."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<sparql xmlns="http://www.w3.org/2005/sparql-results#">')
    if table.kind == "answer":
        word = "true" if table.is_true else "false"
        lines += ["  <head/>", f"  <boolean>{word}</boolean>", "</sparql>"]
        return "\n".join(lines) + "\n"
    lines.append("  <head>")
    lines += [f"    <variable name={quoteattr(name)}/>" for name in table.columns]
    lines += ["  </head>", "  <results>"]
    for row in table.rows:
        lines.append("    <result>")
        for name, cell in zip(table.columns, row, strict=True):
            if cell is not None:
                term = _xml_term(cell)
                lines.append(f"      <binding name={quoteattr(name)}>{term}</binding>")
        lines.append("    </result>")
    return "\n".join([*lines, "  </results>", "</sparql>"]) + "\n"


def _xml_term(term: Term) -> str:
    if is_iri(term):
        return f"<uri>{_xml_text(iri_of(term))}</uri>"
    if term.startswith("_:"):
        return f"<bnode>{_xml_text(term[2:])}</bnode>"
    text, language, datatype = literal_parts(term)
    if language:
        return f"<literal xml:lang={quoteattr(language)}>{_xml_text(text)}</literal>"
    if datatype != XSD + "string":
        return f"<literal datatype={quoteattr(datatype)}>{_xml_text(text)}</literal>"
    return f"<literal>{_xml_text(text)}</literal>"


def _xml_text(text: str) -> str:
    """Return a text for XML; ``xml.sax`` would load half of the network library for this."""
    clean = _NOT_XML.sub("\ufffd", text).replace("&", "&amp;")
    return clean.replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")


def quoteattr(text: str) -> str:
    """Return a text as the quoted value of an attribute in XML."""
    inside = _xml_text(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")
    return f'"{inside}"'
