"""Claims, passages and conflicts as a person reads them: who says what, where, in which words."""

from dataclasses import dataclass

from diaspora_kg.labels import Labels
from diaspora_kg.namespaces import DCTERMS, DKG, DKGC, DKGID
from diaspora_kg.terms import Term, iri

_RESTRICTED = "restricted"
_VERBS = {"endorses": "citing", "reports": "reporting", "disputes": "disputing"}
_UNNAMED = DKGID + "party/not-stated"


@dataclass(frozen=True)
class Passage:
    """A quote with the place it stands at."""

    evidence: str
    """The IRI of the piece of evidence."""
    quotes: tuple[tuple[str, str], ...]
    """Language and text; none when access to the passage is restricted."""
    source: str
    """The IRI of the source."""
    source_label: str
    title: str
    locator: str
    access: str = ""
    translations: tuple[tuple[str, str], ...] = ()

    @property
    def quote(self) -> str:
        """The quote, in the first of its languages."""
        return self.quotes[0][1] if self.quotes else ""

    @property
    def is_withheld(self) -> bool:
        """Whether the words may not be shown."""
        return self.access == _RESTRICTED

    def __str__(self) -> str:
        """Return the quote and where it stands."""
        quote = f"“{self.quote}” " if self.quote else ""
        return f"{quote}({self.source_label}, {self.locator})"


@dataclass(frozen=True)
class Link:
    """One link of "A says B says C"."""

    position: int
    label: str
    """The work, else who is named."""
    agent: str
    work: str
    stance: str


@dataclass(frozen=True)
class ClaimRecord:
    """One claim as a person reads it, with its passages."""

    iri: str
    label: str
    subject: Term
    predicate: Term
    objects: tuple[Term, ...]
    holder: str
    """The name of who says it."""
    polarity: str
    modality: str
    explicitness: str
    passages: tuple[Passage, ...]
    links: tuple[Link, ...] = ()
    """The chain of attributions, nearest first."""
    caveats: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    frequency: str = ""
    conditions: tuple[str, ...] = ()
    rationale: str = ""
    valid_from: str = ""
    valid_until: str = ""
    content_key: str = ""

    @property
    def speaker(self) -> str:
        """Who speaks, from the nearest to the farthest: "Waraa & Islam, citing Kulkova 2021"."""
        return ", ".join([self.holder, *self.chain])

    @property
    def chain(self) -> tuple[str, ...]:
        """The links of the attribution in words, nearest first: "citing Kulkova 2021"."""
        by_position: dict[tuple[int, str], list[str]] = {}
        for link in self.links:
            by_position.setdefault((link.position, link.stance), []).append(link.label)
        return tuple(
            f"{_VERBS.get(stance, 'citing')} {' and '.join(labels)}"
            for (_, stance), labels in sorted(by_position.items())
        )

    @property
    def manner(self) -> tuple[str, ...]:
        """What keeps the claim from being a plain statement of fact, in words."""
        words = ["denied"] if self.polarity == "negated" else []
        if self.modality not in ("", "factual"):
            words.append(f"said as {self.modality}")
        if self.explicitness == "implied":
            words.append("implied")
        if self.explicitness == "coder-inferred":
            words.append("inferred by the coder")
        if self.hedges:
            words.append("hedged: " + ", ".join(f"“{hedge}”" for hedge in self.hedges))
        if self.frequency:
            words.append(self.frequency)
        words.extend(f"if {condition}" for condition in self.conditions)
        return tuple(words)

    @property
    def interval(self) -> str:
        """When it is said to hold, in words; empty when nothing is said."""
        start = f"from {self.valid_from}" if self.valid_from else ""
        end = f"until {self.valid_until}" if self.valid_until else ""
        return " ".join(part for part in (start, end) if part)


@dataclass(frozen=True)
class ConflictRecord:
    """Claims that stand against one another, or against what was measured."""

    iri: str
    label: str
    kind: str
    description: str
    status: str
    claims: tuple[str, ...]
    """The IRIs of the claims."""
    adjudications: tuple[str, ...] = ()
    """What was decided, in words."""
    observations: tuple[str, ...] = ()
    """The IRIs of the observations among its sides."""


class Records:
    """Reads claims, passages and conflicts of a store, each once."""

    def __init__(self, labels: Labels) -> None:
        """Take the names of things, and with them where to look."""
        self.labels = labels
        self.lookup = labels.lookup
        self._claims: dict[str, ClaimRecord] = {}
        self._passages: dict[str, Passage] = {}

    def claim(self, address: str) -> ClaimRecord:
        """Return a claim with its passages."""
        if address not in self._claims:
            self._claims[address] = self._read_claim(address)
        return self._claims[address]

    def passage(self, address: str) -> Passage:
        """Return a piece of evidence."""
        if address not in self._passages:
            self._passages[address] = self._read_passage(address)
        return self._passages[address]

    def conflict(self, address: str) -> ConflictRecord:
        """Return a conflict with the IRIs of its claims and observations."""
        lookup = self.lookup
        sides = lookup.things(address, DKG + "between")
        claims = [side for side in sides if lookup.is_a(side, DKG + "Claim")]
        return ConflictRecord(
            iri=address,
            label=self._name(address),
            kind=self._words(address, "conflictKind").removesuffix("-conflict"),
            description=lookup.text(address, DCTERMS + "description"),
            status=self._words(address, "status") or "open",
            claims=tuple(claims),
            adjudications=tuple(
                self._adjudication(node) for node in lookup.holders(DKG + "decides", address)
            ),
            observations=tuple(side for side in sides if side not in claims),
        )

    def conflicts_of(self, claim: str) -> list[ConflictRecord]:
        """Return the conflicts that a claim is in."""
        return [self.conflict(node) for node in self.lookup.holders(DKG + "between", claim)]

    # --- Reading ------------------------------------------------------------------------

    def _read_claim(self, claim: str) -> ClaimRecord:
        lookup = self.lookup
        objects = [iri(address) for address in lookup.things(claim, DKG + "claimObject")]
        values = [str(value) for value in lookup.values(claim, DKG + "claimValue")]
        passages = [self.passage(node) for node in lookup.things(claim, DKG + "evidence")]
        holders = lookup.things(claim, DKG + "claimHolder")
        return ClaimRecord(
            iri=claim,
            label=self._name(claim),
            subject=_term(lookup.thing(claim, DKG + "claimSubject")),
            predicate=_term(lookup.thing(claim, DKG + "claimPredicate")),
            objects=tuple(objects or values),
            holder=", ".join(self._name(holder) for holder in holders) or "an unnamed holder",
            polarity=self._words(claim, "polarity"),
            modality=self._words(claim, "modality"),
            explicitness=self._words(claim, "explicitness"),
            passages=tuple(sorted(passages, key=lambda p: (p.source_label, p.locator, p.quote))),
            links=self._links(claim),
            caveats=tuple(
                lookup.text(node, DCTERMS + "description") or self._words(node, "caveatKind")
                for node in lookup.things(claim, DKG + "caveat")
            ),
            hedges=tuple(lookup.texts(claim, DKG + "hedge")),
            frequency=lookup.text(claim, DKG + "frequency"),
            conditions=tuple(lookup.texts(claim, DKG + "condition")),
            rationale=lookup.text(claim, DKG + "rationale"),
            valid_from=lookup.text(claim, DKG + "validFrom"),
            valid_until=lookup.text(claim, DKG + "validUntil"),
            content_key=lookup.text(claim, DKG + "contentKey"),
        )

    def _read_passage(self, evidence: str) -> Passage:
        lookup = self.lookup
        source = lookup.thing(evidence, DKG + "inSource")
        access = self._words(evidence, "accessLevel")
        titles = lookup.text(source, DCTERMS + "title") if source else ""
        is_open = access != _RESTRICTED
        return Passage(
            evidence=evidence,
            quotes=self._tagged(evidence, "quote") if is_open else (),
            source=source,
            source_label=self._name(source) if source else "a source that is not named",
            title=titles,
            locator=lookup.text(evidence, DKG + "locator"),
            access=access,
            translations=self._tagged(evidence, "translation") if is_open else (),
        )

    def _links(self, claim: str) -> tuple[Link, ...]:
        links = []
        for node in self.lookup.things(claim, DKG + "attribution"):
            agent = self.lookup.thing(node, DKG + "agent")
            work = self.lookup.thing(node, DKG + "work")
            position = self.lookup.text(node, DKG + "position") or "1"
            links.append(
                Link(
                    position=int(position),
                    label=self._link_label(agent, work),
                    agent=agent,
                    work=work,
                    stance=self._words(node, "stance") or "endorses",
                )
            )
        return tuple(sorted(links, key=lambda link: (link.position, link.label)))

    def _link_label(self, agent: str, work: str) -> str:
        if work:
            return self._name(work)
        return "somebody who is not named" if agent in ("", _UNNAMED) else self._name(agent)

    def _adjudication(self, node: str) -> str:
        lookup = self.lookup
        outcome = self._words(node, "outcome").replace("-", " ")
        by = ", ".join(self._name(agent) for agent in lookup.things(node, DKG + "decidedBy"))
        parts = [
            outcome,
            f"decided by {by or lookup.text(node, DKG + 'decidedBy') or 'somebody not named'}",
            lookup.text(node, DKG + "decidedOn"),
        ]
        why = lookup.text(node, DCTERMS + "description")
        text = ", ".join(part for part in parts if part)
        return f"{text}: {why}" if why else text

    def _tagged(self, evidence: str, name: str) -> tuple[tuple[str, str], ...]:
        values = self.lookup.values(evidence, DKG + name)
        return tuple(dict.fromkeys((value.language or "", value.value) for value in values))

    def _name(self, address: str) -> str:
        return self.labels(iri(address))

    def _words(self, node: str, name: str) -> str:
        """Return the name of a coding concept: ``factual`` for ``dkgc:factual``."""
        found = self.lookup.things(node, DKG + name)
        return ", ".join(address.removeprefix(DKGC) for address in found)


def _term(address: str) -> Term:
    return iri(address) if address else '""'
