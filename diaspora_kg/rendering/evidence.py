"""The evidence of a row in words: for people in lines, for programs as values."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from diaspora_kg.evidence import ClaimRecord, Link, Passage, RowEvidence
from diaspora_kg.namespaces import compact
from diaspora_kg.rendering.layout import Style, block
from diaspora_kg.terms import Term, Triple, is_iri, literal_parts

SHOWN = 4
"""How many claims of a row people are shown unless they ask for all."""
_ACCESS = {
    "abstract": "known from its abstract only",
    "quoted-elsewhere": "known as quoted elsewhere",
    "restricted": "words withheld: access is restricted",
}


@dataclass(frozen=True)
class Telling:
    """How evidence is told: in which language, with how much, and what to call things."""

    name: Callable[[Term], str]
    language: str = "en"
    all_claims: bool = False


@dataclass(frozen=True)
class Grounds:
    """Claims that rest on the same passages and are said by the same."""

    claims: tuple[ClaimRecord, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """The passages of all of them."""
        return self.claims[0].passages

    @property
    def remarks(self) -> list[str]:
        """What keeps them from being plain statements of fact; each with its claim if several."""
        return list(dict.fromkeys(word for claim in self.claims for word in claim.manner))

    @property
    def caveats(self) -> list[str]:
        """What a careful reader should know."""
        return list(dict.fromkeys(caveat for claim in self.claims for caveat in claim.caveats))


def grounds_of(claims: Iterable[ClaimRecord]) -> list[Grounds]:
    """Return claims, those together that rest on the same passages and are said by the same."""
    groups: dict[tuple[object, ...], list[ClaimRecord]] = {}
    for claim in claims:
        key = (claim.speaker, *(passage.evidence for passage in claim.passages))
        groups.setdefault(key, []).append(claim)
    return [Grounds(tuple(claims)) for claims in groups.values()]


def place_of(claim: ClaimRecord, passage: Passage) -> str:
    """Return who says it, citing whom, and where: "Nye 2008, citing … (p. 94)"."""
    who = passage.source_label
    if not who.startswith(claim.holder.removesuffix(".")):
        who = f"{claim.holder}, in {who}"
    if claim.explicitness == "coder-inferred":
        who = f"inferred by the coder from {passage.source_label}"
    said = ", ".join([who, *claim.chain])
    access = _ACCESS.get(passage.access)
    details = "; ".join(part for part in (passage.locator, access) if part)
    return f"{said} ({details})" if details else said


def quote_of(passage: Passage, language: str = "en") -> str:
    """Return the quote between quotation marks, with its translation if there is a fitting one."""
    if passage.is_withheld or not passage.quotes:
        return "[the words are withheld]" if passage.is_withheld else "[no quote]"
    by_language = dict(passage.quotes)
    text = f"“{by_language.get(language, passage.quote)}”"
    translated = dict(passage.translations).get(language)
    return f"{text} = “{translated}”" if translated and language not in by_language else text


# --- For people -------------------------------------------------------------------------


def lines_of(
    evidence: RowEvidence, telling: Telling, width: int, style: Style, indent: str = "    "
) -> Iterator[str]:
    """Yield what a row rests on, line by line."""
    grounds = grounds_of(evidence.claims)
    shown = shown_of(evidence, grounds, telling)
    for ground in shown:
        yield from ground_lines(ground, telling, width, style, indent)
    for role, text in remarks(evidence, telling, len(grounds) - len(shown)):
        yield from (style(role, line) for line in block(text, width, indent, indent + "  "))


def ground_lines(
    ground: Grounds, telling: Telling, width: int, style: Style, indent: str
) -> Iterator[str]:
    """Yield passages with who says them where, then remarks, caveats and the claims."""
    first = ground.claims[0]
    for passage in ground.passages:
        quote = quote_of(passage, telling.language)
        yield from (style("quote", line) for line in block(quote, width, indent, indent + " "))
        yield from block(f"— {place_of(first, passage)}", width, indent + "  ", indent + "    ")
    names = ", ".join(compact(claim.iri) for claim in ground.claims)
    said = "; ".join(ground.remarks)
    text = f"[{names}]" + (f" {said}" if said else "")
    yield from (style("dim", x) for x in block(text, width, indent + "  ", indent + "   "))
    for caveat in ground.caveats:
        prefix = indent + "  caveat: "
        yield from (style("warn", x) for x in block(caveat, width, prefix, indent + "    "))


def shown_of(evidence: RowEvidence, grounds: list[Grounds], telling: Telling) -> list[Grounds]:
    """Return what people are shown of a row: groups are counted, and listed on request."""
    if telling.all_claims or len(grounds) <= 1:
        return grounds
    if evidence.is_group:
        return []
    return grounds if len(grounds) <= SHOWN + 1 else grounds[:SHOWN]


def remarks(evidence: RowEvidence, telling: Telling, left_out: int) -> Iterator[tuple[str, str]]:
    """Yield what else a row rests on, each remark with the role it has on a screen."""
    if not evidence.is_traced:
        yield "warn", "could not be traced"
        return
    if evidence.is_group or left_out:
        yield "dim", _counted(evidence, left_out)
    if evidence.is_contested:
        yield "warn", "contested: sources dispute what this row says"
    for triple in evidence.inferred:
        yield "dim", f"inferred: {in_words(triple, telling.name)}"
    if evidence.named:
        yield "dim", f"also rests on {', '.join(evidence.named)}"
    if evidence.rests_on_absence:
        yield "dim", f"rests on absence: nothing was found for {evidence.absent_in_words}"
    if evidence.untraced:
        yield "warn", f"nothing stands behind {len(evidence.untraced)} of its triples"
    if not evidence.claims and not evidence.named and not evidence.rests_on_absence:
        yield "dim", "rests on no claim"


def _counted(evidence: RowEvidence, left_out: int) -> str:
    sources = {p.source for claim in evidence.claims for p in claim.passages}
    claims = f"{len(evidence.claims)} claim{'s' if len(evidence.claims) != 1 else ''}"
    whole = f"{claims} from {len(sources)} source{'s' if len(sources) != 1 else ''}"
    how = " (--evidence-all lists them)" if left_out else ""
    if evidence.is_group:
        return f"a group of {evidence.group_size} solutions: {whole}{how}"
    return f"and {left_out} more; {whole} in all{how}"


def in_words(triple: Triple, name: Callable[[Term], str]) -> str:
    """Return a triple by the names of its terms."""
    return " ".join(
        name(term) if is_iri(term) else (literal_parts(term)[0] if term[:1] == '"' else term)
        for term in triple
    )


# --- For tables and programs ------------------------------------------------------------

COLUMNS = ("evidence_claims", "evidence_quotes", "evidence_sources", "evidence_notes")
"""The columns that evidence adds to forms without a place of their own for it."""
_BETWEEN = " | "


def cells_of(evidence: RowEvidence, telling: Telling) -> tuple[str, str, str, str]:
    """Return evidence as four cells: claims, quotes, sources with places, and what else."""
    grounds = grounds_of(evidence.claims)
    passages = [(ground.claims[0], p) for ground in grounds for p in ground.passages]
    notes = [text for _, text in remarks(evidence, telling, left_out=0)]
    notes += [word for ground in grounds for word in ground.remarks]
    notes += [f"caveat: {caveat}" for ground in grounds for caveat in ground.caveats]
    return (
        _BETWEEN.join(compact(claim.iri) for claim in evidence.claims),
        _BETWEEN.join(dict.fromkeys(quote_of(p, telling.language) for _, p in passages)),
        _BETWEEN.join(dict.fromkeys(place_of(claim, p) for claim, p in passages)),
        _BETWEEN.join(dict.fromkeys(notes)),
    )


def as_value(evidence: RowEvidence) -> dict[str, Any]:
    """Return evidence as plain values, for JSON."""
    return {
        "claims": [claim_value(claim) for claim in evidence.claims],
        "alsoRestsOn": list(evidence.named),
        "restsOnAbsence": evidence.rests_on_absence,
        "absent": list(evidence.absent),
        "groupSize": evidence.group_size,
        "layers": list(evidence.layers),
        "inferred": [list(triple) for triple in evidence.inferred],
        "complete": evidence.is_traced and not evidence.untraced,
    }


def claim_value(claim: ClaimRecord) -> dict[str, Any]:
    """Return a claim as plain values, for JSON."""
    value: dict[str, Any] = {
        "claim": claim.iri,
        "label": claim.label,
        "holder": claim.holder,
        "speaker": claim.speaker,
        "polarity": claim.polarity,
        "modality": claim.modality,
        "explicitness": claim.explicitness,
        "passages": [passage_value(passage) for passage in claim.passages],
    }
    more: dict[str, Any] = {
        "attribution": [_link_value(link) for link in claim.links],
        "hedges": list(claim.hedges),
        "frequency": claim.frequency,
        "conditions": list(claim.conditions),
        "rationale": claim.rationale,
        "validFrom": claim.valid_from,
        "validUntil": claim.valid_until,
        "caveats": list(claim.caveats),
    }
    return value | {key: found for key, found in more.items() if found}


def passage_value(passage: Passage) -> dict[str, Any]:
    """Return a passage as plain values, for JSON."""
    value: dict[str, Any] = {
        "evidence": passage.evidence,
        "source": passage.source,
        "sourceLabel": passage.source_label,
        "locator": passage.locator,
        "quotes": [{"language": tag, "text": text} for tag, text in passage.quotes],
    }
    if passage.translations:
        value["translations"] = [{"language": t, "text": text} for t, text in passage.translations]
    if passage.access:
        value["access"] = passage.access
    return value


def _link_value(link: Link) -> dict[str, Any]:
    found = {
        "position": link.position,
        "stance": link.stance,
        "label": link.label,
        "agent": link.agent,
        "work": link.work,
    }
    return {key: value for key, value in found.items() if value}
