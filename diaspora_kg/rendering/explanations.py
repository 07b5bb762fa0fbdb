"""The answer to "why" as text, JSON and Markdown."""

import json
from collections.abc import Iterator
from typing import Any

from diaspora_kg.evidence import ClaimRecord, Explanation
from diaspora_kg.evidence.explanations import ClaimExplanation, ProofStep, Statement
from diaspora_kg.evidence.records import ConflictRecord
from diaspora_kg.evidence.standing import Standing
from diaspora_kg.namespaces import XSD, compact
from diaspora_kg.rendering.evidence import (
    Telling,
    claim_value,
    ground_lines,
    grounds_of,
    passage_value,
)
from diaspora_kg.rendering.layout import Style, block, joined, plain
from diaspora_kg.terms import Term, iri_of, is_iri, literal_parts

FORMATS = ("text", "json", "md")
SUFFIXES = {".txt": "text", ".json": "json", ".md": "md"}
_ROLES = {"accepted": "good", "contested": "warn", "inferred": "mark", "given": "mark"}
_ACCEPTED = "undisputed in this corpus under this policy, not “true”"


def render(
    explanation: Explanation,
    form: str,
    width: int = 100,
    style: Style = plain,
    language: str = "en",
) -> str:
    """Return an explanation in one of ``FORMATS``."""
    if form == "json":
        return as_json(explanation)
    if form == "md":
        from diaspora_kg.rendering.explanations_in_markdown import as_markdown

        return as_markdown(explanation, language)
    return joined(_Text(width, style, language).lines(explanation))


def shown_term(term: Term) -> str:
    """Return a term by its short name, or a literal with its language or datatype."""
    if is_iri(term):
        return compact(iri_of(term))
    text, language, datatype = literal_parts(term)
    mark = f"@{language}" if language else f"^^{compact(datatype)}"
    return f'"{text}"' + ("" if datatype == XSD + "string" else mark)


def origins_in_words(count: int, claims: int) -> str:
    """Return how many claims from how many independent origins there are."""
    said = f"{claims} claim{'s' if claims != 1 else ''}"
    return f"{said}, {count} independent origin{'s' if count != 1 else ''}"


class _Text:
    def __init__(self, width: int, style: Style, language: str) -> None:
        self.width = width
        self.style = style
        self.telling = Telling(shown_term, language, all_claims=True)

    def lines(self, explanation: Explanation) -> Iterator[str]:
        address = shown_term(explanation.subject)
        if explanation.claim is None and explanation.conflict is None:
            head = f"{explanation.label} ({explanation.kind}, {address})"
            yield from self._block("head", head, "")
        for note in explanation.notes:
            yield from self._block("warn", note, "")
        for statement in explanation.statements:
            yield ""
            yield from self._statement(statement)
        if explanation.claim is not None:
            yield from self._claim(explanation.claim)
        if explanation.conflict is not None:
            yield from self._conflict(explanation.conflict, "")
        yield from self._sides(explanation)

    def _statement(self, statement: Statement) -> Iterator[str]:
        role = _ROLES.get(statement.standing, "head")
        first = f"{self.style(role, statement.standing)}: "
        yield first + self.style("head", block(statement.words, self.width - 14, "")[0])
        for more in block(statement.words, self.width - 14, "")[1:]:
            yield "  " + self.style("head", more)
        triple = " ".join(shown_term(term) for term in statement.triple)
        yield from self._block("dim", triple, "  ")
        if statement.claims:
            counted = origins_in_words(statement.origins, len(statement.claims))
            yield from self._block("", counted + _times(statement), "  ")
        if statement.reason and statement.standing != "claimed":
            yield from self._block("", statement.reason, "  ")
        if statement.named:
            yield from self._block("", f"given by {', '.join(statement.named)}", "  ")
        yield from self._quotes(statement.claims, "  ")
        if statement.against:
            yield from self._block("warn", "denied by", "  ")
            yield from self._quotes(statement.against, "    ")
        if statement.proof is not None:
            also = "also inferred:" if statement.claims else ""
            yield from ([f"  {also}"] if also else [])
            yield from self._proof(statement.proof, "  ", "  ")
        for conflict in statement.conflicts:
            named = f"{conflict.label} [{compact(conflict.iri)}]"
            yield from self._block("warn", named, "  in conflict: ")

    def _proof(self, step: ProofStep, first: str, others: str) -> Iterator[str]:
        yield from block(step.words, self.width, first, others + "  ")
        for axiom in step.because:
            yield from self._block("dim", axiom, others + "  because ")
        if step.named:
            yield from self._block("dim", f"({', '.join(step.named)})", others + "  ")
        yield from self._quotes(step.claims, others + "  ")
        for number, premise in enumerate(step.premises, start=1):
            is_last = number == len(step.premises)
            branch, trunk = ("└─ ", "   ") if is_last else ("├─ ", "│  ")
            yield from self._proof(premise, others + "  " + branch, others + "  " + trunk)

    def _claim(self, explained: ClaimExplanation) -> Iterator[str]:
        record = explained.record
        yield from self._block("head", record.label, "")
        triple = " ".join(
            shown_term(t) for t in (record.subject, record.predicate, *record.objects)
        )
        yield from self._block("dim", triple, "")
        yield from self._quotes((record,), "  ")
        if record.rationale:
            yield from self._block("", record.rationale, "  the coder's reason: ")
        if record.interval:
            yield from self._block("", f"said to hold {record.interval}", "  ")
        yield ""
        yield from self._standing(explained.standing)
        counted = origins_in_words(explained.origins, 1 + len(explained.same))
        yield from self._block("", f"what it says: {counted}", "")
        for heading, claims in (
            ("said as well by", explained.same),
            ("borne out by", explained.supported_by),
            ("worded anew by, or anew for", explained.restatements),
        ):
            if claims:
                yield f"{heading}"
                yield from self._quotes(claims, "  ")
        for conflict in explained.conflicts:
            yield ""
            yield from self._conflict(conflict, "")

    def _standing(self, standing: Standing) -> Iterator[str]:
        role = _ROLES.get(standing.status, "head")
        why = _ACCEPTED if standing.status == "accepted" else standing.explanation
        code = f" ({standing.reason})" if standing.reason else ""
        yield f"{self.style(role, standing.status)}: {why}{code}"

    def _conflict(self, conflict: ConflictRecord, indent: str) -> Iterator[str]:
        yield from self._block("warn", conflict.label, indent)
        about = f"{conflict.kind} conflict, {conflict.status}, {compact(conflict.iri)}"
        yield from self._block("dim", about, indent)
        yield from self._block("", conflict.description, indent + "  ")
        for decision in conflict.adjudications:
            yield from self._block("", decision, indent + "  adjudication: ")

    def _sides(self, explanation: Explanation) -> Iterator[str]:
        told = {claim.iri for s in explanation.statements for claim in (*s.claims, *s.against)}
        told |= {explanation.claim.record.iri} if explanation.claim else set()
        if not explanation.conflicting:
            return
        yield ""
        yield self.style("head", "the sides")
        for record, standing in explanation.conflicting:
            here = " (see above)" if record.iri in told else ""
            yield from self._block("", f"{record.label} — {standing.status}{here}", "  ")
            if record.iri not in told:
                yield from self._quotes((record,), "    ")

    def _quotes(self, claims: tuple[ClaimRecord, ...], indent: str) -> Iterator[str]:
        for ground in grounds_of(claims):
            yield from ground_lines(ground, self.telling, self.width, self.style, indent)

    def _block(self, role: str, text: str, prefix: str) -> list[str]:
        lines = block(text, self.width, prefix, " " * min(len(prefix), 6))
        return [self.style(role, line) for line in lines] if role else lines


def _times(statement: Statement) -> str:
    if statement.intervals:
        return f"; said to hold {', or '.join(statement.intervals)}"
    return "; no time stated" if statement.standing in ("accepted", "contested") else ""


# --- For programs -----------------------------------------------------------------------


def as_json(explanation: Explanation) -> str:
    """Return an explanation as JSON; claims stand in it in full wherever they are named."""
    value: dict[str, Any] = {
        "subject": explanation.subject[1:-1],
        "label": explanation.label,
        "kind": explanation.kind,
        "statements": [_statement_value(statement) for statement in explanation.statements],
        "notes": list(explanation.notes),
        "quotes": [passage_value(passage) for passage in explanation.quotes],
    }
    if explanation.claim is not None:
        value["claim"] = _claim_value(explanation.claim)
    if explanation.conflict is not None:
        value["conflict"] = _conflict_value(explanation.conflict)
    if explanation.conflicting:
        value["sides"] = [
            {**claim_value(record), "standing": _standing_value(standing)}
            for record, standing in explanation.conflicting
        ]
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _statement_value(statement: Statement) -> dict[str, Any]:
    more: dict[str, Any] = {
        "reason": statement.reason,
        "intervals": list(statement.intervals),
        "against": [claim_value(claim) for claim in statement.against],
        "conflicts": [_conflict_value(conflict) for conflict in statement.conflicts],
        "proof": _proof_value(statement.proof) if statement.proof else None,
        "givenBy": list(statement.named),
    }
    return {
        "triple": list(statement.triple),
        "words": statement.words,
        "standing": statement.standing,
        "origins": statement.origins,
        "claims": [claim_value(claim) for claim in statement.claims],
    } | {key: found for key, found in more.items() if found}


def _proof_value(step: ProofStep) -> dict[str, Any]:
    value: dict[str, Any] = {"triple": list(step.triple), "words": step.words}
    more: dict[str, Any] = {
        "because": list(step.because),
        "premises": [_proof_value(premise) for premise in step.premises],
        "claims": [claim_value(claim) for claim in step.claims],
        "givenBy": list(step.named),
    }
    return value | {key: found for key, found in more.items() if found}


def _claim_value(explained: ClaimExplanation) -> dict[str, Any]:
    return {
        **claim_value(explained.record),
        "standing": _standing_value(explained.standing),
        "origins": explained.origins,
        "sameContent": [claim_value(claim) for claim in explained.same],
        "supportedBy": [claim_value(claim) for claim in explained.supported_by],
        "restatements": [claim_value(claim) for claim in explained.restatements],
        "conflicts": [_conflict_value(conflict) for conflict in explained.conflicts],
    }


def _standing_value(standing: Standing) -> dict[str, str]:
    value = {"status": standing.status}
    if standing.reason:
        value |= {"reason": standing.reason, "explanation": standing.explanation}
    return value


def _conflict_value(conflict: ConflictRecord) -> dict[str, Any]:
    return {
        "conflict": conflict.iri,
        "label": conflict.label,
        "kind": conflict.kind,
        "status": conflict.status,
        "description": conflict.description,
        "between": list(conflict.claims),
        "adjudications": list(conflict.adjudications),
    }
