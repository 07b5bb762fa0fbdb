"""Findings as text, JSON and Turtle (a SHACL validation report)."""

import json
from collections.abc import Iterable

from diaspora_kg.errors import Finding, Severity
from diaspora_kg.namespaces import DKG, SH, compact
from diaspora_kg.terms import iri, text_literal

_SEVERITIES = {
    Severity.VIOLATION: "Violation",
    Severity.WARNING: "Warning",
    Severity.INFO: "Info",
}


def render(findings: Iterable[Finding], form: str) -> str:
    """Return findings in a form: ``text``, ``json`` or ``turtle``."""
    return {"text": _all_text, "json": as_json, "turtle": as_turtle}[form](tuple(findings))


def as_text(finding: Finding) -> str:
    """Return ``FILE:LINE:COLUMN: severity[CODE]: what is wrong`` and the hint below it."""
    place = str(finding.location) if finding.location else _node(finding)
    head = f"{place}: " if place else ""
    text = f"{head}{finding.severity.word}[{finding.code}]: {finding.message}"
    return f"{text}\n  hint: {finding.hint}" if finding.hint else text


def as_json(findings: tuple[Finding, ...]) -> str:
    """Return findings as a JSON object with one entry per finding."""
    return json.dumps(
        {
            "conforms": not any(f.severity is Severity.VIOLATION for f in findings),
            "findings": [_entry(finding) for finding in findings],
        },
        ensure_ascii=False,
        indent=2,
    ) + "\n"


def as_turtle(findings: tuple[Finding, ...]) -> str:
    """Return findings as a SHACL validation report; the place of each is kept beside it."""
    conforms = "false" if any(f.severity is Severity.VIOLATION for f in findings) else "true"
    lines = [
        f"@prefix dkg: <{DKG}> .",
        f"@prefix sh: <{SH}> .",
        "",
        f"[] a sh:ValidationReport ;\n    sh:conforms {conforms}"
        + "".join(f" ;\n    sh:result {_result(finding)}" for finding in findings)
        + " .",
    ]
    return "\n".join(lines) + "\n"


def _all_text(findings: tuple[Finding, ...]) -> str:
    return "".join(as_text(finding) + "\n" for finding in findings)


def _node(finding: Finding) -> str:
    return compact(finding.focus) if finding.focus else ""


def _entry(finding: Finding) -> dict[str, object]:
    entry: dict[str, object] = {
        "code": finding.code,
        "severity": finding.severity.name.lower(),
        "message": finding.message,
        "hint": finding.hint,
    }
    if finding.location is not None:
        place = finding.location
        entry["location"] = {
            key: value
            for key, value in (
                ("file", place.file),
                ("line", place.line),
                ("column", place.column),
                ("cell", place.cell),
            )
            if value
        }
    for key in ("focus", "path", "value", "shape", "component"):
        value = getattr(finding, key)
        if value:
            entry[key] = value
    return entry


def _result(finding: Finding) -> str:
    parts = [
        "a sh:ValidationResult",
        f"sh:resultSeverity sh:{_SEVERITIES[finding.severity]}",
        f"sh:resultMessage {text_literal(_said(finding), 'en')}",
        f"dkg:findingCode {text_literal(finding.code)}",
    ]
    if finding.focus:
        parts.append(f"sh:focusNode {iri(finding.focus)}")
    if finding.path:
        parts.append(f"sh:resultPath {iri(finding.path)}")
    if finding.shape:
        parts.append(f"sh:sourceShape {iri(finding.shape)}")
    if finding.component:
        parts.append(f"sh:sourceConstraintComponent {iri(finding.component)}")
    if finding.value:
        is_address = finding.value.startswith(("http://", "https://"))
        value = iri(finding.value) if is_address else text_literal(finding.value)
        parts.append(f"sh:value {value}")
    if finding.location is not None:
        parts.append(f"dkg:findingLocation {text_literal(str(finding.location))}")
    return "[ " + " ;\n        ".join(parts) + " ]"


def _said(finding: Finding) -> str:
    return f"{finding.message}. {finding.hint}".strip()
