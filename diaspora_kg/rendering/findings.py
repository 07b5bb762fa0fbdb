"""Findings as text, JSON and Turtle (a SHACL validation report)."""

import json
from collections.abc import Iterable

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.namespaces import BASE, compact
from diaspora_kg.shacl.report import prefixes_turtle, result_turtle
from diaspora_kg.terms import iri, iri_of, text_literal
from diaspora_kg.validation.quotes import QuoteCheck, QuoteMatch
from diaspora_kg.validation.results import ShaclFinding
from diaspora_kg.validation.shacl import HANDED_OVER

_SEVERITIES = {
    Severity.VIOLATION: "Violation",
    Severity.WARNING: "Warning",
    Severity.INFO: "Info",
}
_PREFIXES = {"earl": "http://www.w3.org/ns/earl#", "ptr": "http://www.w3.org/2009/pointers#"}
_INDENT = "        "
_ERRORS = BASE + "errors#"
_SHORTEST_QUOTED = 100


def render(findings: Iterable[Finding], form: str, quotes: QuoteCheck | None = None) -> str:
    """Return findings in a form: ``text``, ``json`` or ``turtle``.

    ``quotes`` is what ``validate --texts`` looked up; JSON lists where each quote stands.
    """
    listed = tuple(findings)
    if form == "json":
        return as_json(listed, quotes)
    return {"text": _all_text, "turtle": as_turtle}[form](listed)


def as_text(finding: Finding) -> str:
    """Return ``FILE:LINE:COLUMN: severity[CODE]: what is wrong`` and the hint below it."""
    place = str(finding.location) if finding.location else _node(finding)
    head = f"{place}: " if place else ""
    text = f"{head}{finding.severity.word}[{finding.code}]: {finding.message}{_offender(finding)}"
    return f"{text}\n  hint: {finding.hint}" if finding.hint else text


def as_json(findings: tuple[Finding, ...], quotes: QuoteCheck | None = None) -> str:
    """Return findings as a JSON object with one entry per finding, and one per quote."""
    tree: dict[str, object] = {
        "conforms": not any(f.severity is Severity.VIOLATION for f in findings),
        "findings": [_entry(finding) for finding in findings],
    }
    if quotes is not None:
        tree["quotes"] = [_quote(match) for match in quotes.matches]
        tree["sources_without_text"] = list(quotes.without_text)
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


def as_turtle(findings: tuple[Finding, ...]) -> str:
    """Return findings as a SHACL validation report; the place of each is kept beside it.

    What no shape found is a ``sh:AbstractResult``: a validation result proper has a shape and a
    constraint component.
    """
    results = [finding for finding in findings if finding.code != HANDED_OVER]
    conforms = "false" if results else "true"  # SHACL: no result of whatever severity
    own = "".join(f"@prefix {prefix}: <{address}> .\n" for prefix, address in _PREFIXES.items())
    report = ["a sh:ValidationReport", f"sh:conforms {conforms}"]
    report += [f"sh:result\n{_result(finding)}" for finding in results]
    remarks = (f for f in findings if f.code == HANDED_OVER)
    report += [f"rdfs:comment {text_literal(_said(remark), 'en')}" for remark in remarks]
    body = "[] " + " ;\n    ".join(report) + " .\n"
    return f"{own}{prefixes_turtle(body)}\n{body}"


def _all_text(findings: tuple[Finding, ...]) -> str:
    return "".join(as_text(finding) + "\n" for finding in findings)


def _node(finding: Finding) -> str:
    return compact(finding.focus) if finding.focus else ""


def _offender(finding: Finding) -> str:
    """Return the value that is wrong, where a shape of ours names none in its message."""
    shown = compact(finding.value)
    if not finding.value or finding.code == "DKG200" or shown in finding.message:
        return ""
    if len(shown) > _SHORTEST_QUOTED:
        shown = shown[:_SHORTEST_QUOTED].rsplit(" ", 1)[0] + " …"
    return f" ({shown})"


# --- JSON -------------------------------------------------------------------------------


def _entry(finding: Finding) -> dict[str, object]:
    entry: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": finding.message,
        "hint": finding.hint,
    }
    if finding.location is not None:
        entry["location"] = _place(finding.location)
    for key in ("focus", "path", "value", "shape", "component"):
        value = getattr(finding, key)
        if value:
            entry[key] = value
    if finding.related:
        entry["related"] = list(finding.related)
    return entry


def _place(place: Location) -> dict[str, object]:
    fields = (
        ("file", place.file),
        ("line", place.line),
        ("column", place.column),
        ("cell", place.cell),
    )
    return {key: value for key, value in fields if value}


def _quote(match: QuoteMatch) -> dict[str, object]:
    entry: dict[str, object] = {
        "evidence": iri_of(match.evidence),
        "source": match.source,
        "language": match.language,
        "file": match.file,
        "status": match.status,
    }
    if match.is_found:
        entry |= {"start": match.start, "end": match.end}
    if match.nearest:
        entry |= {"nearest": match.nearest, "similarity": round(match.similarity, 3)}
    return entry


# --- Turtle -----------------------------------------------------------------------------


def _result(finding: Finding) -> str:
    beside = []
    if finding.code != "DKG200":
        beside.append(("rdfs:seeAlso", iri(_ERRORS + finding.code)))
    if finding.location is not None:
        beside.append(("earl:pointer", _pointer(finding.location)))
    if isinstance(finding, ShaclFinding) and finding.result is not None:
        return result_turtle(finding.result, _INDENT, beside)
    parts = [
        "a sh:AbstractResult",
        f"sh:resultSeverity sh:{_SEVERITIES[finding.severity]}",
        f"sh:resultMessage {text_literal(_said(finding), 'en')}",
    ]
    if finding.focus:
        parts.append(f"sh:focusNode {iri(finding.focus)}")
    parts += [f"{name} {value}" for name, value in beside]
    return f"{_INDENT}[ " + f" ;\n{_INDENT}  ".join(parts) + f"\n{_INDENT}]"


def _pointer(place: Location) -> str:
    """Return a place in the W3C vocabulary of pointers: a line and character, or a cell."""
    parts = [f"ptr:reference {text_literal(place.file)}"]
    if place.cell:
        parts = ["a ptr:ExpressionPointer", *parts, f"ptr:expression {text_literal(place.cell)}"]
    elif place.line:
        numbers = [f"ptr:lineNumber {place.line}", f"ptr:charNumber {place.column}"]
        parts = ["a ptr:LineCharPointer", *parts, *numbers]
    else:
        parts = ["a ptr:Pointer", *parts]
    return "[ " + " ; ".join(parts) + " ]"


def _said(finding: Finding) -> str:
    return f"{finding.message}. {finding.hint}".strip()
