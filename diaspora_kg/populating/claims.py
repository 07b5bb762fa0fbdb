"""Claims as quads: content, holder, attribution, hedges, times, evidence, coding, caveats."""

from dataclasses import fields, is_dataclass, replace

from diaspora_kg.errors import Location, Severity
from diaspora_kg.model import Claim, Evidence
from diaspora_kg.naming import individual, short_hash
from diaspora_kg.populating.content import Content, read_content
from diaspora_kg.populating.figures import check_digits, write_figure
from diaspora_kg.populating.passages import passage_key, passages_of, write_passage
from diaspora_kg.populating.quads import DESCRIPTION, LABEL, GraphWriter
from diaspora_kg.populating.sentences import label_of
from diaspora_kg.populating.sources import Party
from diaspora_kg.populating.speakers import holder_of, write_attributions, write_codings
from diaspora_kg.populating.workspace import Workspace
from diaspora_kg.terms import Term, dkg, dkgc, iri, text_literal


class ClaimWriter:
    """Writes the claims of one case."""

    def __init__(self, space: Workspace) -> None:
        self.space = space
        self.writer = space.writer
        self.names = space.names
        self.case = space.case
        self.seen: dict[Term, tuple[Claim, list[Evidence]]] = {}

    # --- One claim ----------------------------------------------------------------------

    def write(self, claim: Claim) -> None:
        """Write one claim with everything that hangs on it."""
        space, writer = self.space, self.writer
        content = read_content(space, claim)
        evidence = passages_of(space, claim)
        if content is None:
            self._check_rest(claim, evidence)
            return
        node = self._identify(claim, content, evidence)
        if node is None:
            return
        writer.node(node, claim.at, "Claim")
        writer.add(node, dkg("inCase"), space.node)
        self._write_content(node, content)
        holder = self._write_rest(claim, node, evidence)
        figure_key = write_figure(space, claim, node, content.number, content.predicate)
        check_digits(space, claim, evidence, content.number)
        writer.add(node, LABEL, text_literal(label_of(space, claim, content, holder), "en"))
        writer.text(node, dkg("contentKey"), content.key(claim, figure_key))

    def _write_rest(self, claim: Claim, node: Term, evidence: list[Evidence]) -> Party | None:
        """Write all that does not hang on what the claim says, and return who says it."""
        space, writer = self.space, self.writer
        self._manner(claim, node)
        self._times(claim, node, evidence)
        for passage in evidence:
            writer.add(node, dkg("evidence"), write_passage(space, passage))
        holder = holder_of(space, claim, evidence)
        if holder is not None:
            writer.add(node, dkg("claimHolder"), holder.term)
        write_attributions(space, claim, node, evidence)
        self._relations(claim, node)
        write_codings(space, claim, node)
        self._caveats(claim, node)
        return holder

    def _check_rest(self, claim: Claim, evidence: list[Evidence]) -> None:
        """Find what else is wrong with a claim whose content means nothing; write nothing."""
        aside = replace(self.space, writer=GraphWriter(self.writer.graph))
        node = individual(self.case.id, "claim", claim.id or "unread")
        ClaimWriter(aside)._write_rest(claim, node, evidence)
        write_figure(aside, claim, node)

    def _write_content(self, node: Term, content: Content) -> None:
        writer = self.writer
        writer.add(node, dkg("claimSubject"), content.subject)
        writer.add(node, dkg("claimPredicate"), content.predicate)
        for value in content.objects:
            writer.add(node, dkg("claimValue" if content.is_literal else "claimObject"), value)
        if content.time is not None:
            writer.bounds(node, "valueEarliest", "valueLatest", content.time, content.time)
            writer.text(node, dkg("writtenForm"), content.time.written)

    # --- Which node it is ---------------------------------------------------------------

    def _identify(self, claim: Claim, content: Content, evidence: list[Evidence]) -> Term | None:
        if claim.id is not None:
            node = individual(self.case.id, "claim", claim.id)
        else:
            passages = sorted("|".join(passage_key(passage)) for passage in evidence)
            key = content.key(claim, repr(claim.figure))
            node = individual(self.case.id, "claim", short_hash(*passages, key))
        first, its_evidence = self.seen.setdefault(node, (claim, evidence))
        if first is claim:
            return node
        if claim.id is not None:
            self.space.wrong(
                "DKG115",
                f"the claim id '{claim.id}' stands twice in this case, first at {first.at}",
                "Give each claim an id of its own; to add evidence, list it under 'evidence:'.",
                claim.id.at,
            )
        else:
            self._merge(claim, first, _plain(tuple(evidence)) == _plain(tuple(its_evidence)))
        return None

    def _merge(self, claim: Claim, first: Claim, same_evidence: bool) -> None:
        other = [
            field.name.replace("_", "-")
            for field in fields(claim)
            if field.name not in ("at", "evidence", "passages")
            and _plain(getattr(claim, field.name)) != _plain(getattr(first, field.name))
        ]
        if same_evidence and not other:
            self.space.wrong(
                "DKG122",
                f"this claim repeats the one at {first.at} and is merged with it",
                "Take one of them away, or give them ids if both are meant.",
                claim.at,
                Severity.WARNING,
            )
        else:
            self.space.wrong(
                "DKG134",
                f"this claim says the same of the same passage as the one at {first.at}, "
                f"but differs in {', '.join(other or ['evidence'])}",
                "Give each an 'id', so that both are kept; two codings of one claim stand under "
                "'codings:'.",
                claim.at,
            )

    # --- How it is said -----------------------------------------------------------------

    def _manner(self, claim: Claim, node: Term) -> None:
        writer = self.writer
        for word, scheme, default in (
            (claim.polarity, "polarity", "affirmed"),
            (claim.modality, "modality", "factual"),
            (claim.explicitness, "explicitness", "explicit"),
        ):
            value = dkgc(default) if word is None else self.names.from_list(word, scheme)
            writer.add(node, dkg(scheme), value)
        for cue in claim.hedge:
            writer.text(node, dkg("hedge"), cue)
        writer.text(node, dkg("frequency"), claim.frequency)
        writer.wordings(node, dkg("condition"), claim.condition)
        writer.wordings(node, dkg("rationale"), claim.rationale)
        writer.wordings(node, dkg("linkingPhrase"), claim.phrase)

    def _times(self, claim: Claim, node: Term, evidence: list[Evidence]) -> None:
        space, writer = self.space, self.writer
        start, end = space.time(claim.valid_from), space.time(claim.valid_until)
        for time, name in ((start, "validFrom"), (end, "validUntil")):
            if time is not None:
                writer.time(node, dkg(name), time)
        writer.bounds(node, "earliest", "latest", start, end)
        if start and end and start.earliest and end.latest and end.latest < start.earliest:
            assert claim.valid_until is not None
            space.wrong(
                "DKG117",
                f"the claim ends ({end.written}) before it begins ({start.written})",
                "Exchange 'from' and 'until', or mend the dates.",
                claim.valid_until.at,
            )
        spoken = space.time(claim.as_of)
        if spoken is not None:
            writer.time(node, dkg("assertedAsOf"), spoken)
            writer.bounds(node, "assertedEarliest", "assertedLatest", spoken, spoken)
            return
        source = space.first_source(evidence)
        if source is None:
            return
        if source.issued is not None:
            writer.time(node, dkg("assertedAsOf"), source.issued)
        writer.bounds(node, "assertedEarliest", "assertedLatest", source.first, source.last)

    # --- What it stands beside ----------------------------------------------------------

    def _relations(self, claim: Claim, node: Term) -> None:
        writer, names, case = self.writer, self.names, self.case
        for words, name in (
            (claim.restates, "restates"),
            (claim.supports, "supports"),
            ((claim.reciprocal_of,) if claim.reciprocal_of else (), "reciprocalOf"),
        ):
            for word in words:
                writer.add(node, dkg(name), names.claim(word, case))
        if claim.map is not None:
            writer.node(node, claim.at, "Proposition")
            writer.add(node, dkg("inConceptMap"), names.thing(claim.map))
        if claim.statement is not None:
            statement = individual(case.id, "statement", claim.statement)
            writer.node(statement, claim.at, "Statement")
            writer.text(statement, LABEL, claim.statement.replace("-", " "))
            writer.add(node, dkg("partOfStatement"), statement)
        self._contraries(claim, node)

    def _contraries(self, claim: Claim, node: Term) -> None:
        writer = self.writer
        for number, contrary in enumerate(claim.contrary_to, start=1):
            other = self.names.claim(contrary.claim, self.case)
            writer.add(node, dkg("contraryTo"), other)
            if other is None or (contrary.kind is None and not contrary.why):
                continue
            note = iri(f"{node[1:-1]}/contrary/{number}")
            writer.node(note, contrary.claim.at, "Contrariety")
            writer.add(node, dkg("contrariety"), note)
            writer.add(note, dkg("contrary"), other)
            writer.wordings(note, DESCRIPTION, contrary.why)
            if contrary.kind is not None:
                kind = self.names.from_list(contrary.kind, "conflict-kind")
                writer.add(note, dkg("conflictKind"), kind)

    def _caveats(self, claim: Claim, node: Term) -> None:
        for number, caveat in enumerate(claim.caveats, start=1):
            note = iri(f"{node[1:-1]}/caveat/{number}")
            self.writer.node(note, caveat.at, "Caveat")
            self.writer.add(node, dkg("caveat"), note)
            self.writer.wordings(note, DESCRIPTION, caveat.text)
            if caveat.kind is not None:
                kind = self.names.from_list(caveat.kind, "caveat-kind")
                self.writer.add(note, dkg("caveatKind"), kind)


def _plain(value: object) -> object:
    """Return what was written, without the places at which it stands."""
    if isinstance(value, Location):
        return None
    if isinstance(value, str):
        return str(value)
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if is_dataclass(value):
        return tuple(_plain(getattr(value, field.name)) for field in fields(value))
    return value
