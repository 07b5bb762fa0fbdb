"""The answer to "why" as JSON, for programs."""

import json
from typing import Any

from diaspora_kg.evidence import Explanation
from diaspora_kg.evidence.explanations import ClaimExplanation, ProofStep, Statement
from diaspora_kg.evidence.records import ConflictRecord
from diaspora_kg.evidence.standing import Standing
from diaspora_kg.rendering.evidence import claim_value, passage_value
from diaspora_kg.terms import Triple


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
        "proof": _proof_value(statement.proof, set()) if statement.proof else None,
        "givenBy": list(statement.named),
    }
    return {
        "triple": list(statement.triple),
        "words": statement.words,
        "standing": statement.standing,
        "origins": statement.origins,
        "claims": [claim_value(claim) for claim in statement.claims],
    } | {key: found for key, found in more.items() if found}


def _proof_value(step: ProofStep, seen: set[Triple]) -> dict[str, Any]:
    """Return a proof as a tree; what was unfolded before says so in place of its premises."""
    value: dict[str, Any] = {"triple": list(step.triple), "words": step.words}
    if step.premises and step.triple in seen:
        return value | {"see": "above"}
    seen.add(step.triple)
    more: dict[str, Any] = {
        "rule": step.rule,
        "because": list(step.because),
        "premises": [_proof_value(premise, seen) for premise in step.premises],
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
        "between": [*conflict.claims, *conflict.observations],
        "adjudications": list(conflict.adjudications),
    }
