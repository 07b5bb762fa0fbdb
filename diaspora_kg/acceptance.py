"""From claims to facts: what is undisputed in this corpus, under this policy.

Accepted does not mean true. Only what is said of particulars can be accepted; a claim about a
concept or a kind, a definition and a link of a concept map never are. Everything that is not
accepted has one reason, the first that applies in the order of ``REASONS``.

Claims that stand or fall together fall together when one is in a conflict. The content of an
open conflict is contested whoever says it; in a validity conflict the time is in dispute and not
the content, so there only the claims themselves are. A definition conflict has no loser: what it
says of particulars stands.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from diaspora_kg.conflicts import Conflicts
from diaspora_kg.corpus import Corpus
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.independence import count_origins
from diaspora_kg.namespaces import DKGG, RDFS, XSD
from diaspora_kg.naming import individual, short_hash
from diaspora_kg.reading.ontology import Ontology
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import TYPE, Quad, Term, Triple, dkg, iri, text_literal, typed_literal

ACCEPTED = iri(DKGG + "accepted")
CONTESTED = iri(DKGG + "contested")
META = iri(DKGG + "meta")
BECAUSE = dkg("notAcceptedBecause")

TIERS = (
    "primary-data",
    "official",
    "scholarly",
    "registry",
    "news",
    "organisation",
    "tertiary",
    "blog",
)
"""The tiers of sources, the most reliable first."""

REASONS: Mapping[str, str] = {
    "definition": "A definition is shown with its origins; it is never a fact.",
    "proposition": "A link of a concept map is shown with its origins; it is never a fact.",
    "concept-subject": "What is said of a concept or a kind is never a fact.",
    "negated": "The source denies it.",
    "not-factual": "The source says it as possible, predicted, recommended, announced or judged.",
    "coder-inferred": "The coder infers it; no source says it.",
    "disputed-by-holder": "The source tells what others say in order to dispute it.",
    "decided-against": "An adjudication decided a conflict against it.",
    "undecidable": "An adjudication found that nothing decides its conflict.",
    "open-conflict": (
        "Another claim or a measurement stands against it, and nothing has been decided."
    ),
    "below-min-origins": "It has fewer independent origins than the policy asks for.",
    "below-min-confidence": "The coding is less certain than the policy asks for.",
    "below-min-tier": "No source of it is of the tier that the policy asks for.",
    "statement-in-conflict": "A claim that it stands or falls with is in a conflict.",
}
"""Why a claim was not accepted, in words. The order decides which reason is given."""


@dataclass(frozen=True)
class Policy:
    """What a claim must reach to be accepted."""

    min_origins: int = 1
    min_confidence: float = 0.0
    min_tier: str | None = None
    """The least reliable tier that counts, one of ``TIERS``; None for any source at all."""

    def __post_init__(self) -> None:
        """Refuse thresholds that mean nothing (DKG801)."""
        if self.min_tier is not None and self.min_tier not in TIERS:
            raise DiasporaKGError(
                "DKG801",
                f"there is no tier of sources called '{self.min_tier}'",
                f"Write one of: {', '.join(TIERS)}.",
            )
        if self.min_origins < 1 or not 0 <= self.min_confidence <= 1:
            raise DiasporaKGError(
                "DKG801",
                "a threshold of the policy is out of its range",
                "Origins are 1 or more; a confidence lies between 0 and 1.",
            )

    def as_dict(self) -> dict[str, object]:
        """Return the thresholds by name, as they are written beside a build."""
        return asdict(self)

    def in_words(self) -> str:
        """Return the thresholds as a phrase that can stand beside every output."""
        many = self.min_origins > 1
        words = [f"at least {self.min_origins} independent origins" if many else "one origin"]
        if self.min_confidence > 0:
            words.append(f"a coding confidence of at least {self.min_confidence:g}")
        if self.min_tier is not None:
            words.append(f"a source of the tier '{self.min_tier}' or a more reliable one")
        return ", ".join(words) + ", and no conflict that is open or was decided against it"


@dataclass(frozen=True)
class Acceptance:
    """What was accepted, what is contested, and why the rest is neither."""

    quads: tuple[Quad, ...]
    """Facts and plain triples, in ``dkgg:accepted`` and ``dkgg:contested``."""
    accepted: Mapping[Term, Term]
    """Claim to the fact that it yielded."""
    contested: Mapping[Term, Term]
    """Claim in an open conflict to the fact that it would yield."""
    refused: Mapping[Term, str]
    """Claim to a code of ``REASONS``."""
    triples: tuple[Triple, ...]
    """The accepted plain triples alone: the premises of inference and of the DL check."""

    @property
    def reasons(self) -> list[Quad]:
        """Why the claims that are not accepted are not, in ``dkgg:meta``."""
        return [(claim, BECAUSE, text_literal(why), META) for claim, why in self.refused.items()]


def accept(
    quads: Iterable[Quad], conflicts: Conflicts, ontology: Ontology, policy: Policy | None = None
) -> Acceptance:
    """Return which claims are accepted as facts under a policy, and why the others are not."""
    return accept_among(Corpus(quads, ontology), conflicts, policy)


def accept_among(corpus: Corpus, conflicts: Conflicts, policy: Policy | None = None) -> Acceptance:
    """Return which claims of a corpus are accepted, and why the others are not.

    What becomes of a claim depends on the conflicts that it is in, and on the claims that share
    its content or its statement; with these, a part of a corpus gives the same as the whole.
    """
    refused = _Refusals(corpus, conflicts, policy or Policy()).all()
    facts = _Facts(corpus)
    accepted: dict[Term, Term] = {}
    contested: dict[Term, Term] = {}
    for claim in corpus.claims.values():
        reason = refused.get(claim.iri)
        if reason is None:
            accepted[claim.iri] = facts.add(claim, ACCEPTED)
        elif reason in ("open-conflict", "statement-in-conflict"):
            contested[claim.iri] = facts.add(claim, CONTESTED)
    plain = {(s, p, o) for s, p, o, g in facts.plain if g == ACCEPTED}
    return Acceptance(
        quads=tuple(sorted(facts.quads | facts.plain)),
        accepted=accepted,
        contested=contested,
        refused=refused,
        triples=tuple(sorted(plain)),
    )


class _Refusals:
    """The reasons against claims, found in three steps: each alone, its content, its statement."""

    def __init__(self, corpus: Corpus, conflicts: Conflicts, policy: Policy) -> None:
        self.corpus = corpus
        self.policy = policy
        self.open: set[Term] = set()
        self.lost: set[Term] = set()
        self.undecidable: set[Term] = set()
        disputed_content: set[str] = set()
        for conflict in conflicts.conflicts:
            self.lost |= conflict.rejected
            if conflict.kind == "definition":
                continue
            if conflict.is_open:
                self.open |= set(conflict.claims)
                if conflict.kind != "validity":  # there the time is in dispute, not the content
                    disputed_content |= {corpus.claims[c].content_key for c in conflict.claims}
            else:
                self.undecidable |= conflict.undecidable
        self.open |= {c.iri for c in corpus.claims.values() if c.content_key in disputed_content}
        self._supporters: dict[str, list[Term]] = defaultdict(list)
        for claim in corpus.claims.values():
            if self._by_nature(claim) is None:
                self._supporters[claim.content_key].append(claim.iri)
        self._origins: dict[str, int] = {}

    def all(self) -> dict[Term, str]:
        """Every claim that is not accepted, with its reason."""
        found: dict[Term, str] = {}
        for claim in self.corpus.claims.values():
            reason = self._reason(claim)
            if reason is not None:
                found[claim.iri] = reason
        in_conflict = ("open-conflict", "decided-against", "undecidable")
        fallen = {
            self.corpus.claims[claim].statement
            for claim, reason in found.items()
            if reason in in_conflict
        }
        for claim in self.corpus.claims.values():
            if claim.statement is not None and claim.statement in fallen:
                found.setdefault(claim.iri, "statement-in-conflict")
        return found

    def _reason(self, claim: RecordedClaim) -> str | None:
        return (
            self._by_nature(claim)
            or self._by_decision(claim)
            or ("open-conflict" if claim.iri in self.open else None)
            or self._by_policy(claim)
        )

    def _by_nature(self, claim: RecordedClaim) -> str | None:
        """Return the reason that lies in the claim itself, whatever others say."""
        for reason, applies in (
            ("definition", claim.is_definition),
            ("proposition", claim.is_proposition),
            ("concept-subject", self.corpus.is_concept(claim.subject)),
            ("negated", claim.polarity != "affirmed"),
            ("not-factual", claim.modality != "factual"),
            ("coder-inferred", claim.explicitness == "coder-inferred"),
            ("disputed-by-holder", claim.is_disputed_by_holder),
        ):
            if applies:
                return reason
        return None

    def _by_decision(self, claim: RecordedClaim) -> str | None:
        if claim.iri in self.lost:
            return "decided-against"
        return "undecidable" if claim.iri in self.undecidable else None

    def _by_policy(self, claim: RecordedClaim) -> str | None:
        policy = self.policy
        if policy.min_origins > 1 and self._count_origins(claim) < policy.min_origins:
            return "below-min-origins"
        lowest = min(claim.confidences, default=Decimal(0))
        if lowest < Decimal(str(policy.min_confidence)):
            return "below-min-confidence"
        if policy.min_tier is not None and not self._reaches_tier(claim, policy.min_tier):
            return "below-min-tier"
        return None

    def _count_origins(self, claim: RecordedClaim) -> int:
        key = claim.content_key
        if key not in self._origins:
            self._origins[key] = count_origins(self._supporters[key], self.corpus)
        return self._origins[key]

    def _reaches_tier(self, claim: RecordedClaim, least: str) -> bool:
        tiers = {
            self.corpus.sources[source].tier
            for source in claim.sources
            if source in self.corpus.sources
        }
        return not tiers.isdisjoint(TIERS[: TIERS.index(least) + 1])


class _Facts:
    """Facts as quads. Claims with one content and one interval are one fact."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.quads: set[Quad] = set()
        self.plain: set[Quad] = set()
        self._named: set[Term] = set()

    def _words(self, claim: RecordedClaim) -> str:
        """Return what is said, without who says it; a figure keeps its measure and unit."""
        if claim.figure is None:
            return self.corpus.in_words(claim)
        return self.corpus.label(claim.iri).partition(": ")[2] or self.corpus.in_words(claim)

    def add(self, claim: RecordedClaim, graph: Term) -> Term:
        """Write the fact of a claim, with its plain triples unless it is a figure."""
        interval = (claim.valid_from or "", claim.valid_until or "")
        key = short_hash(
            claim.subject, claim.predicate, *claim.objects, claim.content_key, *interval
        )
        node = individual("fact", key)
        self._put(node, TYPE, dkg("Fact"), graph)
        if node not in self._named:
            self._named.add(node)
            self._put(node, iri(RDFS + "label"), text_literal(self._words(claim), "en"), graph)
        self._put(node, dkg("factSubject"), claim.subject, graph)
        self._put(node, dkg("factPredicate"), claim.predicate, graph)
        for value in claim.objects:
            self._put(node, dkg("factValue" if claim.is_value else "factObject"), value, graph)
            if claim.figure is None:
                self.plain.add((claim.subject, claim.predicate, value, graph))
        self._put(node, dkg("basedOn"), claim.iri, graph)
        self._put(node, dkg("validFrom"), claim.valid_from, graph)
        self._put(node, dkg("validUntil"), claim.valid_until, graph)
        self._put(node, dkg("earliest"), _date(claim.valid.first), graph)
        self._put(node, dkg("latest"), _date(claim.valid.last), graph)
        return node

    def _put(self, subject: Term, predicate: Term, value: Term | None, graph: Term) -> None:
        if value is not None:
            self.quads.add((subject, predicate, value, graph))


def _date(day: date | None) -> Term | None:
    return None if day is None else typed_literal(day.isoformat(), XSD + "date")
