"""The answer to "why" in Markdown."""

from collections.abc import Iterable, Iterator

from diaspora_kg.evidence import ClaimRecord, Explanation
from diaspora_kg.evidence.explanations import ClaimExplanation, ProofStep, Statement
from diaspora_kg.evidence.records import ConflictRecord
from diaspora_kg.namespaces import compact
from diaspora_kg.rendering.evidence import Telling, grounds_of
from diaspora_kg.rendering.evidence_in_markdown import ground
from diaspora_kg.rendering.explanations import origins_in_words, shown_term
from diaspora_kg.rendering.layout import joined, markdown_text
from diaspora_kg.terms import Triple


def as_markdown(explanation: Explanation, language: str = "en") -> str:
    """Return an explanation in Markdown."""
    return joined(_Markdown(language).lines(explanation))


class _Markdown:
    def __init__(self, language: str) -> None:
        self.telling = Telling(shown_term, language, all_claims=True)

    def lines(self, explanation: Explanation) -> Iterator[str]:
        yield f"# {markdown_text(explanation.label)}"
        yield ""
        yield f"{explanation.kind}, `{shown_term(explanation.subject)}`"
        for note in explanation.notes:
            yield from ("", markdown_text(note))
        for statement in explanation.statements:
            yield from self._statement(statement)
        if explanation.claim is not None:
            yield from self._claim(explanation.claim)
        if explanation.conflict is not None:
            yield from self._conflict(explanation.conflict)
        if explanation.conflicting:
            yield from ("", "## The sides")
            for record, standing in explanation.conflicting:
                yield from ("", f"{markdown_text(record.label)} — *{standing.status}*")
                yield from self._quotes((record,))

    def _statement(self, statement: Statement) -> Iterator[str]:
        yield from ("", f"## {markdown_text(statement.words)}", "")
        counted = origins_in_words(statement.origins, len(statement.claims))
        yield f"*{statement.standing}*" + (f", {counted}" if statement.claims else "")
        if statement.intervals:
            yield f"; said to hold {', or '.join(statement.intervals)}"
        if statement.reason and statement.standing != "claimed":
            yield from ("", markdown_text(statement.reason))
        if statement.named:
            yield from ("", f"Given by {', '.join(statement.named)}.")
        yield from self._quotes(statement.claims)
        if statement.against:
            yield from ("", "Denied by:")
            yield from self._quotes(statement.against)
        if statement.proof is not None:
            yield ""
            yield from self._proof(statement.proof)
        for conflict in statement.conflicts:
            yield from (
                "",
                f"In conflict: {markdown_text(conflict.label)} `{compact(conflict.iri)}`",
            )

    def _proof(self, root: ProofStep) -> Iterator[str]:
        seen: set[Triple] = set()
        waiting = [(root, "")]
        while waiting:
            step, indent = waiting.pop()
            is_repeated = bool(step.premises) and step.triple in seen
            seen.add(step.triple)
            yield f"{indent}* {markdown_text(step.words + _reason(step, is_repeated))}"
            for line in self._quotes(step.claims):
                yield f"{indent}  {line}"
            if not is_repeated:
                waiting.extend((premise, indent + "  ") for premise in reversed(step.premises))

    def _claim(self, explained: ClaimExplanation) -> Iterator[str]:
        yield from self._quotes((explained.record,))
        standing = explained.standing
        why = standing.explanation or "undisputed in this corpus under this policy, not “true”"
        counted = origins_in_words(explained.origins, 1 + len(explained.same))
        yield from (
            "",
            f"*{standing.status}*: {markdown_text(why)}",
            "",
            f"What it says: {counted}.",
        )
        for heading, claims in (
            ("Said as well by:", explained.same),
            ("Borne out by:", explained.supported_by),
            ("Worded anew by, or anew for:", explained.restatements),
        ):
            if claims:
                yield from ("", heading)
                yield from self._quotes(claims)
        for conflict in explained.conflicts:
            yield from self._conflict(conflict)

    def _conflict(self, conflict: ConflictRecord) -> Iterator[str]:
        about = f"{conflict.kind} conflict, {conflict.status}, `{compact(conflict.iri)}`"
        yield from ("", f"## {markdown_text(conflict.label)}", "", about)
        yield from ("", markdown_text(conflict.description))
        for observation in conflict.observations:
            yield from ("", f"Measured: `{compact(observation)}`")
        for decision in conflict.adjudications:
            yield from ("", f"Adjudication: {markdown_text(decision)}")

    def _quotes(self, claims: Iterable[ClaimRecord]) -> Iterator[str]:
        for group in grounds_of(claims):
            yield ""
            yield from ground(group, self.telling)


def _reason(step: ProofStep, is_repeated: bool) -> str:
    if is_repeated:
        return " (see above)"
    because = f" — because {'; '.join(step.because)}" if step.because else ""
    rule = f" [{step.rule}]" if step.rule else ""
    return because + rule + (f" ({', '.join(step.named)})" if step.named else "")
