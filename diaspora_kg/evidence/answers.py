"""An answer with what each of its rows rests on."""

from dataclasses import dataclass, replace

from diaspora_kg.evidence.records import ClaimRecord, Passage
from diaspora_kg.namespaces import compact
from diaspora_kg.table import Table
from diaspora_kg.terms import Triple, iri_of, is_iri

_SHOWN_GAPS = 5


@dataclass(frozen=True)
class RowEvidence:
    """What one row rests on."""

    claims: tuple[ClaimRecord, ...] = ()
    named: tuple[str, ...] = ()
    """Data that is named and not quoted, such as the table of states."""
    absent: tuple[str, ...] = ()
    """What was looked for and not found: properties, classes, claims with a property."""
    rests_on_absence: bool = False
    group_size: int = 1
    """How many solutions an aggregate joined in this row."""
    layers: tuple[str, ...] = ()
    """Where the triples stand: ``accepted``, ``contested``, ``inferred``, ``claims`` …"""
    inferred: tuple[Triple, ...] = ()
    """The inferred triples among those that the row matched."""
    untraced: tuple[Triple, ...] = ()
    """Triples behind which nothing was found."""
    is_traced: bool = True
    """False when the row could not be followed at all."""

    @property
    def quotes(self) -> tuple[Passage, ...]:
        """The passages of its claims, each once; ``str`` gives the words with their place."""
        passages = (passage for claim in self.claims for passage in claim.passages)
        return tuple({passage.evidence: passage for passage in passages}.values())

    @property
    def is_contested(self) -> bool:
        """Whether the row rests on content that sources dispute."""
        return "contested" in self.layers

    @property
    def absent_in_words(self) -> str:
        """What was looked for and not found, as one enumeration."""
        return ("; " if any("," in thing for thing in self.absent) else ", ").join(self.absent)

    @property
    def is_group(self) -> bool:
        """Whether the row joins several solutions."""
        return self.group_size > 1


@dataclass(frozen=True)
class EvidencedTable:
    """An answer with the evidence of each row, in the order of the rows."""

    table: Table
    evidence: tuple[RowEvidence, ...]
    problem: str = ""
    """Why nothing could be traced, if so."""

    @property
    def gaps(self) -> list[str]:
        """What could not be traced, in words; evidence is never partial in silence."""
        outside = [
            f"What {asked.address} gave (asked on {asked.dates}) is no claim: it has no evidence."
            for asked in self.table.asked
            if not asked.failure
        ]
        if self.problem:
            return [f"The evidence of this query cannot be traced: {self.problem}.", *outside]
        lost = [str(n) for n, row in enumerate(self.evidence, start=1) if not row.is_traced]
        cut = [f"The answer was cut: rows beyond the first {len(self.table)} were not followed."]
        shown = ", ".join(lost[:_SHOWN_GAPS]) + (" …" if len(lost) > _SHOWN_GAPS else "")
        lines = outside + (cut if self.table.is_cut else [])
        if lost:
            lines.append(f"Row {shown} could not be traced.")
        untraced = sorted({triple for row in self.evidence for triple in row.untraced})
        lines.extend(f"Nothing stands behind {_short(t)}." for t in untraced[:_SHOWN_GAPS])
        if len(untraced) > _SHOWN_GAPS:
            lines.append(f"… nor behind {len(untraced) - _SHOWN_GAPS} more triples.")
        return lines

    def marked(self) -> "EvidencedTable":
        """Return the same with every row marked that may rest on what services gave."""
        services = tuple(
            f"{asked.address} (asked on {asked.dates}, not traced)"
            for asked in self.table.asked
            if asked.rows
        )
        if not services:
            return self
        rows = tuple(replace(row, named=(*row.named, *services)) for row in self.evidence)
        return replace(self, evidence=rows)

    @property
    def claims(self) -> list[ClaimRecord]:
        """Every claim that the answer rests on, once."""
        found = {claim.iri: claim for row in self.evidence for claim in row.claims}
        return [found[address] for address in sorted(found)]


def _short(triple: Triple) -> str:
    return " ".join(compact(iri_of(term)) if is_iri(term) else term for term in triple)
