"""The answer to "why" as text, JSON, Markdown and a picture."""

from collections.abc import Iterator

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.evidence import ClaimRecord, Explanation
from diaspora_kg.evidence.explanations import ClaimExplanation, ProofStep, Statement
from diaspora_kg.evidence.records import ConflictRecord
from diaspora_kg.evidence.standing import Standing
from diaspora_kg.namespaces import XSD, compact
from diaspora_kg.rendering.evidence import (
    Telling,
    ground_lines,
    grounds_of,
)
from diaspora_kg.rendering.layout import Style, block, joined, plain
from diaspora_kg.rendering.proof_pictures import as_svg
from diaspora_kg.rendering.proofs import trees_of
from diaspora_kg.terms import Term, Triple, iri_of, is_iri, literal_parts

FORMATS = ("text", "json", "md", "svg")
SUFFIXES = {".txt": "text", ".json": "json", ".md": "md", ".svg": "svg"}
_ROLES = {"accepted": "good", "contested": "warn", "inferred": "mark", "given": "mark"}
_ACCEPTED = "undisputed in this corpus under this policy, not “true”"


def render(
    explanation: Explanation,
    form: str,
    width: int = 100,
    style: Style = plain,
    language: str = "en",
) -> str:
    """Return an explanation in one of ``FORMATS``.

    Raises ``DiasporaKGError`` (DKG813) for a picture of which nothing is said.
    """
    if form == "svg":
        return as_picture(explanation, language)
    if form == "json":
        from diaspora_kg.rendering.explanations_in_json import as_json

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
            yield from self._proof(statement.proof)
        for conflict in statement.conflicts:
            named = f"{conflict.label} [{compact(conflict.iri)}]"
            yield from self._block("warn", named, "  in conflict: ")

    def _proof(self, root: ProofStep) -> Iterator[str]:
        """Yield a proof as a tree; what is used twice is unfolded at the first place."""
        seen: set[Triple] = set()
        waiting = [(root, "  ", "  ")]
        while waiting:
            step, first, others = waiting.pop()
            is_repeated = bool(step.premises) and step.triple in seen
            seen.add(step.triple)
            words = f"{step.words} (see above)" if is_repeated else step.words
            yield from block(words, self.width, first, others + "  ")
            if is_repeated:
                continue
            yield from self._grounds_of_step(step, others + "  ")
            for number, premise in reversed(list(enumerate(step.premises, start=1))):
                is_last = number == len(step.premises)
                branch, trunk = ("└─ ", "   ") if is_last else ("├─ ", "│  ")
                waiting.append((premise, others + "  " + branch, others + "  " + trunk))

    def _grounds_of_step(self, step: ProofStep, indent: str) -> Iterator[str]:
        for number, axiom in enumerate(step.because, start=1):
            rule = f" [{step.rule}]" if number == len(step.because) else ""
            yield from self._block("dim", axiom + rule, indent + "because ")
        if step.rule and not step.because:
            yield from self._block("dim", f"by the rule {step.rule}", indent)
        if step.named:
            yield from self._block("dim", f"({', '.join(step.named)})", indent)
        yield from self._quotes(step.claims, indent)

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
        for observation in conflict.observations:
            yield from self._block("", compact(observation), indent + "  measured: ")
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


# --- A picture --------------------------------------------------------------------------


def as_picture(explanation: Explanation, language: str = "en") -> str:
    """Return the statements of an explanation as an SVG, with proofs and quotes.

    Raises ``DiasporaKGError`` (DKG813) when nothing is said.
    """
    trees = trees_of(explanation, language)
    if not trees:
        raise DiasporaKGError(
            "DKG813",
            f"there is nothing to draw: {' '.join(explanation.notes) or 'nothing is said'}",
            "Without '-f svg' it is told in words what the graph says.",
        )
    return as_svg(trees, f"Why: {explanation.label}")
