"""What a DL reasoner said, as text and JSON: the answer, what follows, and why not."""

import json
from collections.abc import Iterator
from typing import Any

from diaspora_kg.consistency import Cause, Consistency, Member
from diaspora_kg.namespaces import compact
from diaspora_kg.rendering.layout import Style, block, joined, plain
from diaspora_kg.terms import iri_of

FORMATS = ("text", "json")
_ANSWERS = {
    "consistent": "consistent, and every class can have members",
    "inconsistent": "inconsistent: no world is as these statements say",
    "unsatisfiable-classes": "consistent, but some classes can have no member",
    "could-not-tell": "could not tell",
}
_ROLES = {"consistent": "good", "could-not-tell": "mark"}
_OTHER_ROLE = "warn"


def render(found: Consistency, form: str, width: int = 100, style: Style = plain) -> str:
    """Return what the reasoner said in one of ``FORMATS``."""
    if form == "json":
        return as_json(found)
    return joined(_lines(found, width, style))


def _lines(found: Consistency, width: int, style: Style) -> Iterator[str]:
    result = found.result
    answer = _ANSWERS[result.answer] + (f": {result.reason}" if result.reason else "")
    role = _ROLES.get(result.answer, _OTHER_ROLE)
    yield from (style(role, line) for line in block(answer, width, "", "  "))
    for cls in result.unsatisfiable:
        name, short = found.names.get(cls, ""), compact(iri_of(cls))
        yield f"  {short}" if name in ("", short) else f"  {name} ({short})"
    for cause in found.causes:
        yield ""
        yield from _cause(cause, width, style)
    if found.subsumptions:
        yield ""
        yield style("head", "what follows, though no axiom says so")
        for _, words in found.subsumptions:
            yield from block(words, width, "  ", "    ")
    for datatype, number in sorted((result.omitted or {}).items()):
        literals = f"{number:,} literal{'' if number == 1 else 's'} of xsd:{datatype}"
        yield f"left out: {literals}, which the reasoner refuses"


def _cause(cause: Cause, width: int, style: Style) -> Iterator[str]:
    what = f"why {cause.label} can have no member" if cause.of else "why it cannot be"
    if not cause.members:
        yield style("head", f"{what}: not found ({cause.reason or 'the reasoner did not say'})")
        return
    how = "none of these can be dropped" if cause.is_minimal else "perhaps not all are needed"
    yield style("head", f"{what}: {how}")
    for number, member in enumerate(cause.members, start=1):
        yield from block(member.words, width, f"  {number}. ", "     ")
        if member.where:
            yield from (style("dim", x) for x in block(", ".join(member.where), width, "     "))
    if cause.reason:
        yield from block(f"the search ended early: {cause.reason}", width, "  ", "  ")


def as_json(found: Consistency) -> str:
    """Return the answer as JSON; ``answer`` is never ``consistent`` unless the reasoner said so."""
    result = found.result
    value: dict[str, Any] = {
        "answer": result.answer,
        "unsatisfiable": [iri_of(cls) for cls in result.unsatisfiable],
        "causes": [_cause_value(cause) for cause in found.causes],
        "subsumptions": [
            {"sub": iri_of(triple[0]), "super": iri_of(triple[2]), "words": words}
            for triple, words in found.subsumptions
        ],
        "omitted": dict(sorted((result.omitted or {}).items())),
    }
    if result.trouble:
        value |= {"trouble": result.trouble, "reason": result.reason}
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _cause_value(cause: Cause) -> dict[str, Any]:
    value: dict[str, Any] = {
        "of": iri_of(cause.of) if cause.of else None,
        "minimal": cause.is_minimal,
        "members": [_member_value(member) for member in cause.members],
    }
    return value | ({"reason": cause.reason} if cause.reason else {})


def _member_value(member: Member) -> dict[str, Any]:
    return {
        "words": member.words,
        "kind": member.kind,
        "where": list(member.where),
        "claims": list(member.claims),
        "triples": [list(triple) for triple in member.triples],
    }
