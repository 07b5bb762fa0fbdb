"""Claims as quads: content, holder, attribution, hedges, times, evidence, coding, caveats."""

from dataclasses import dataclass
from decimal import Decimal

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.model import AttributedTo, Case, Claim, CodingNote, Evidence, Wordings, Written
from diaspora_kg.namespaces import DKGID, RDF, SKOS, XSD
from diaspora_kg.naming import individual, normalise_passage, short_hash, slug
from diaspora_kg.numbers import lexical, parse_number
from diaspora_kg.populating.entities import name_of
from diaspora_kg.populating.figures import write_figure
from diaspora_kg.populating.quads import (
    DESCRIPTION,
    LABEL,
    PROV_ACTIVITY,
    SPECIFIC_RESOURCE,
    GraphWriter,
)
from diaspora_kg.populating.sources import Dated, Party, not_a_time
from diaspora_kg.resolution import Names
from diaspora_kg.terms import TYPE, Term, dkg, dkgc, iri, text_literal, text_of, typed_literal
from diaspora_kg.times import Time, parse_time

_NUMERIC = {iri(XSD + name) for name in ("decimal", "integer", "nonNegativeInteger", "double")}
_LANG_STRING = iri(RDF + "langString")
_SAYS_CONTENT = {iri(SKOS + "definition"), iri(SKOS + "altLabel"), iri(SKOS + "prefLabel")}
_SOURCES = DKGID + "source/"
_VERBS = {
    iri(SKOS + "definition"): "is defined as",
    iri(SKOS + "altLabel"): "is also called",
    iri(SKOS + "prefLabel"): "is called",
    TYPE: "is a",
}
_VALUE_KIND, _TIME = dkg("valueKind"), text_literal("time")
_NOT_STATED = individual("party", "not-stated")


@dataclass(frozen=True)
class _Content:
    subject: Term
    predicate: Term
    objects: tuple[Term, ...]
    is_literal: bool
    time: Time | None = None
    number: Decimal | None = None


class ClaimWriter:
    """Writes the claims of one case."""

    def __init__(
        self,
        case: Case,
        case_node: Term,
        writer: GraphWriter,
        names: Names,
        sources: dict[str, Dated],
    ) -> None:
        self.case = case
        self.case_node = case_node
        self.writer = writer
        self.names = names
        self.sources = sources
        self.findings: list[Finding] = []
        self.seen: dict[Term, Claim] = {}
        self.passages = {passage.id: passage for passage in case.passages if passage.id}

    def wrong(
        self,
        code: str,
        message: str,
        hint: str,
        at: Location,
        severity: Severity = Severity.VIOLATION,
    ) -> None:
        """Note a mistake of this case."""
        self.findings.append(Finding(code, message, hint, severity, at))

    # --- One claim ----------------------------------------------------------------------

    def write(self, claim: Claim) -> None:
        """Write one claim with everything that hangs on it."""
        content = self._content(claim)
        evidence = self._evidence(claim)
        if content is None:
            return
        node = self._identify(claim, content, evidence)
        if node is None:
            return
        writer, at = self.writer, claim.at
        writer.node(node, at, "Claim")
        writer.add(node, dkg("inCase"), self.case_node)
        writer.add(node, dkg("claimSubject"), content.subject)
        writer.add(node, dkg("claimPredicate"), content.predicate)
        for value in content.objects:
            writer.add(node, dkg("claimValue" if content.is_literal else "claimObject"), value)
        if content.time is not None:
            writer.bounds(node, "valueEarliest", "valueLatest", content.time, content.time)
            writer.text(node, dkg("writtenForm"), content.time.written)
        self._manner(claim, node)
        self._times(claim, node, evidence)
        for passage in evidence:
            writer.add(node, dkg("evidence"), self._write_evidence(passage))
        holder = self._holder(claim, evidence)
        if holder is not None:
            writer.add(node, dkg("claimHolder"), holder.term)
        self._attributions(claim, node, evidence)
        self._relations(claim, node)
        self._codings(claim, node)
        self._caveats(claim, node)
        figure_key = write_figure(self, claim, node, content.number)
        self._label(claim, node, content, holder)
        writer.text(node, dkg("contentKey"), self._content_key(claim, content, figure_key))

    def _identify(self, claim: Claim, content: _Content, evidence: list[Evidence]) -> Term | None:
        if claim.id is not None:
            node = individual(self.case.id, "claim", claim.id)
        else:
            passages = sorted(
                "|".join([e.source or "", e.locator or "", normalise_passage(_all(e.quote))])
                for e in evidence
            )
            key = self._content_key(claim, content, repr(claim.figure))
            node = individual(self.case.id, "claim", short_hash(*passages, key))
        first = self.seen.setdefault(node, claim)
        if first is claim:
            return node
        if claim.id is not None:
            self.wrong(
                "DKG115",
                f"the claim id '{claim.id}' stands twice in this case, first at {first.at}",
                "Give each claim an id of its own; to add evidence, list it under 'evidence:'.",
                claim.id.at,
            )
        else:
            self.wrong(
                "DKG122",
                f"this claim repeats the one at {first.at} and is merged with it",
                "Take one of them away, or give them ids if both are meant.",
                claim.at,
                Severity.WARNING,
            )
        return None

    # --- What is claimed ----------------------------------------------------------------

    def _content(self, claim: Claim) -> _Content | None:
        names = self.names
        subject = (
            individual(self.case.entity.id) if claim.subject is None else names.thing(claim.subject)
        )
        predicate = names.property(claim.property)
        if predicate is None:
            return None
        if claim.object is not None:
            objects = self._object(claim, predicate)
        else:
            return self._value(claim, subject, predicate)
        if subject is None or objects is None:
            return None
        return _Content(subject, predicate, (objects,), is_literal=False)

    def _object(self, claim: Claim, predicate: Term) -> Term | None:
        assert claim.object is not None
        if claim.value is not None or claim.value_wording:
            self.wrong(
                "DKG121",
                "the claim has both an object and a value",
                "Keep 'object' for a thing and 'value' for a text, a number or a date.",
                claim.at,
            )
        kind = self.names.ontology.properties.get(predicate)
        if kind == "datatype":
            self.wrong(
                "DKG121",
                f"'{claim.property}' takes a value, not an object",
                f"Write 'value: {{en: {claim.object}}}'.",
                claim.object.at,
            )
            return None
        if predicate == TYPE:
            return self.names.class_(claim.object)
        return self.names.thing(claim.object)

    def _value(self, claim: Claim, subject: Term | None, predicate: Term) -> _Content | None:
        kind = self.names.ontology.properties.get(predicate)
        if kind == "object" or predicate == TYPE:
            self.wrong(
                "DKG121",
                f"'{claim.property}' needs an object: an entity, a concept or a state",
                "Write 'object: …' with an id; 'diaspora-kg find TEXT' looks ids up.",
                claim.at,
            )
            return None
        if claim.value_wording:
            values = tuple(text_literal(w.text, w.language) for w in claim.value_wording)
            return _Content(subject, predicate, values, True) if subject else None
        if claim.value is None:
            self.wrong(
                "DKG110",
                "the claim has neither an object nor a value",
                "Write 'object: …' for a thing, or 'value: …' for a text, number or date.",
                claim.at,
            )
            return None
        return self._plain_value(claim, claim.value, subject, predicate)

    def _plain_value(
        self, claim: Claim, value: Written, subject: Term | None, predicate: Term
    ) -> _Content | None:
        declared = self.names.ontology.range(predicate)
        if declared in _NUMERIC or not claim.figure.is_empty:
            number = self.number(value)
            if number is None or subject is None:
                return None
            literal = typed_literal(lexical(number), XSD + "decimal")
            return _Content(subject, predicate, (literal,), True, number=number)
        if declared == _LANG_STRING or predicate in _SAYS_CONTENT:
            self.wrong(
                "DKG109",
                f"the value of '{claim.property}' has no language",
                f"Write 'value: {{en: {value}}}', with the code of its language.",
                value.at,
            )
            return None
        time = parse_time(value) if self._takes_time(predicate) else None
        literal = time.literal if time is not None else text_literal(value)
        if declared is not None and declared != iri(XSD + "string") and time is None:
            literal = typed_literal(value, text_of(declared))
        return _Content(subject, predicate, (literal,), True, time) if subject else None

    def _takes_time(self, predicate: Term) -> bool:
        return _TIME in self.names.ontology.objects(predicate, _VALUE_KIND)

    def number(self, value: Written) -> Decimal | None:
        """Return the number that a text means; note it when it is none."""
        number = parse_number(value)
        if number is None:
            self.wrong(
                "DKG118",
                f"'{value}' is no number that can be read without doubt",
                "Write 1500 or 1.5: a single point or comma before three digits means both.",
                value.at,
            )
        return number

    def _content_key(self, claim: Claim, content: _Content, figure: str) -> str:
        return short_hash(
            content.subject,
            content.predicate,
            *sorted(content.objects),
            claim.polarity or "affirmed",
            claim.modality or "factual",
            figure,
        )

    def _label(self, claim: Claim, node: Term, content: _Content, holder: Party | None) -> None:
        who = f"{holder.label}: " if holder is not None else ""
        text = f"{who}{self._sentence(claim, content)}"
        short = text if len(text) <= 160 else text[:157].rsplit(" ", 1)[0] + " …"
        self.writer.add(node, LABEL, text_literal(short, "en"))

    def _sentence(self, claim: Claim, content: _Content) -> str:
        subject = self._name(content.subject)
        if content.number is not None and claim.figure.indicator is not None:
            return f"{subject}: {self._figure_in_words(claim, content)}"
        said = text_of(content.objects[0]) if content.is_literal else self._name(content.objects[0])
        negation = " not:" if claim.polarity == "negated" else ""
        if claim.phrase:
            verb = str(claim.phrase[0].text)
        else:
            verb = _VERBS.get(content.predicate) or self._name(content.predicate)
        return f"{subject}{negation} {verb} {said}"

    def _figure_in_words(self, claim: Claim, content: _Content) -> str:
        figure = claim.figure
        parts = [
            self._word(figure.indicator),
            "" if figure.bound in (None, "exact", "not-stated") else figure.bound.replace("-", " "),
            str(claim.value),
            self._word(figure.unit),
            "" if figure.period in (None, "not-stated") else f"({figure.period})",
        ]
        return " ".join(part for part in parts if part)

    def _word(self, word: Written | None) -> str:
        term = None if word is None else self.names.thing(word)
        return "" if term is None else self._name(term)

    def _name(self, term: Term) -> str:
        source = self.sources.get(text_of(term).removeprefix(_SOURCES))
        return source.label if source is not None else name_of(term, self.names)

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

    def time(self, word: Written | None) -> Time | None:
        """Return the time that a text means; note it when it is none."""
        if word is None:
            return None
        time = parse_time(word)
        if time is None:
            self.findings.append(not_a_time(word))
        return time

    def _times(self, claim: Claim, node: Term, evidence: list[Evidence]) -> None:
        writer = self.writer
        start, end = self.time(claim.valid_from), self.time(claim.valid_until)
        for time, name in ((start, "validFrom"), (end, "validUntil")):
            if time is not None:
                writer.time(node, dkg(name), time)
        writer.bounds(node, "earliest", "latest", start, end)
        if start and end and start.earliest and end.latest and end.latest < start.earliest:
            assert claim.valid_until is not None
            self.wrong(
                "DKG117",
                f"the claim ends ({end.written}) before it begins ({start.written})",
                "Exchange 'from' and 'until', or mend the dates.",
                claim.valid_until.at,
            )
        spoken = self.time(claim.as_of)
        if spoken is not None:
            writer.time(node, dkg("assertedAsOf"), spoken)
            writer.bounds(node, "assertedEarliest", "assertedLatest", spoken, spoken)
            return
        source = self._first_source(evidence)
        if source is None:
            return
        if source.issued is not None:
            writer.time(node, dkg("assertedAsOf"), source.issued)
        writer.bounds(node, "assertedEarliest", "assertedLatest", source.first, source.last)

    # --- Who says it --------------------------------------------------------------------

    def _first_source(self, evidence: list[Evidence]) -> Dated | None:
        for passage in evidence:
            if passage.source is not None:
                return self.sources.get(passage.source.removeprefix("source/"))
        return None

    def _holder(self, claim: Claim, evidence: list[Evidence]) -> Party | None:
        if claim.explicitness == "coder-inferred":
            return self._coder(self._coding_of(claim)[0])
        if claim.holder is not None:
            return self._agent(claim.holder)
        first = self._first_source(evidence)
        if first is None:
            return None
        for passage in evidence:
            other = self.sources.get((passage.source or "").removeprefix("source/"))
            if other is not None and other.party != first.party:
                self.wrong(
                    "DKG131",
                    f"one claim has passages of two holders: {first.label} and {other.label}",
                    "Make it two claims: another holder who says the same is another claim.",
                    passage.at,
                )
        return first.party

    def _agent(self, word: Written) -> Party | None:
        source = self.sources.get(word.removeprefix("source/"))
        if source is not None:
            return source.party
        if word == "not-stated":
            self.writer.node(_NOT_STATED, word.at, "Party")
            self.writer.text(_NOT_STATED, LABEL, "not stated")
            return Party(_NOT_STATED, "not stated")
        term = self.names.thing(word)
        return None if term is None else Party(term, name_of(term, self.names))

    def _attributions(self, claim: Claim, node: Term, evidence: list[Evidence]) -> None:
        first = self._first_source(evidence)
        seen = {first.term} if first is not None else set()
        for number, link in enumerate(claim.attributed_to, start=1):
            word = link.source or link.name
            work: Dated | None = None
            if word is not None and (link.source or word.removeprefix("source/") in self.sources):
                known = self.names.source(word)
                work = None if known is None else self.sources[known.key]
            agent_word = link.agent or (link.name if work is None and link.source is None else None)
            agent = self._agent(agent_word) if agent_word is not None else None
            if agent is None and work is not None:
                agent = work.party
            if agent is None and work is None:
                continue
            if work is not None and work.term in seen:
                self.wrong(
                    "DKG112",
                    f"the chain of attributions comes back to '{word}'",
                    "A chain goes away from the passage: nearest first, each work once.",
                    link.at,
                )
                return
            if work is not None:
                seen.add(work.term)
            self._write_attribution(claim, node, number, link, agent, work)

    def _write_attribution(
        self,
        claim: Claim,
        node: Term,
        number: int,
        link: AttributedTo,
        agent: Party | None,
        work: Dated | None,
    ) -> None:
        writer = self.writer
        term = iri(f"{node[1:-1]}/attribution/{number}")
        writer.node(term, link.at, "Attribution")
        writer.add(node, dkg("attribution"), term)
        writer.add(term, dkg("position"), typed_literal(str(link.position), XSD + "integer"))
        word = link.stance or claim.stance
        stance = dkgc("endorses") if word is None else self.names.from_list(word, "stance")
        writer.add(term, dkg("stance"), stance)
        if agent is not None:
            writer.add(term, dkg("agent"), agent.term)
            writer.add(node, dkg("attributedTo"), agent.term)
        if work is not None:
            writer.add(term, dkg("work"), work.term)

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

    # --- Evidence -----------------------------------------------------------------------

    def _evidence(self, claim: Claim) -> list[Evidence]:
        found = list(claim.evidence)
        for name in claim.passages:
            passage = self.passages.get(name)
            if passage is None:
                from diaspora_kg.suggestions import did_you_mean

                self.wrong(
                    "DKG123",
                    f"unknown passage '{name}'",
                    did_you_mean(name, self.passages, "Name it under 'passages:'."),
                    name.at,
                )
            else:
                found.append(passage)
        for passage in found:
            if passage.source is not None:
                self.names.source(passage.source)
        return found

    def _write_evidence(self, evidence: Evidence) -> Term:
        writer = self.writer
        key = evidence.id or short_hash(
            evidence.source or "", evidence.locator or "", normalise_passage(_all(evidence.quote))
        )
        node = individual(self.case.id, "evidence", key)
        writer.node(node, evidence.at, "Evidence")
        writer.add(node, TYPE, SPECIFIC_RESOURCE)
        if evidence.source is not None:
            source = self.sources.get(evidence.source.removeprefix("source/"))
            writer.add(node, dkg("inSource"), source.term if source else None)
            if evidence.access is None and source is not None and source.source.access is not None:
                access = self.names.from_list(source.source.access, "access-level")
                writer.add(node, dkg("accessLevel"), access)
        writer.text(node, dkg("locator"), evidence.locator)
        writer.wordings(node, dkg("quote"), evidence.quote)
        writer.wordings(node, dkg("translation"), evidence.translation)
        if evidence.access is not None:
            level = self.names.from_list(evidence.access, "access-level")
            writer.add(node, dkg("accessLevel"), level)
        return node

    # --- Coding -------------------------------------------------------------------------

    def _coding_of(self, claim: Claim) -> list[CodingNote]:
        base = self.case.coding
        first, *others = claim.coding or (CodingNote(),)
        own = CodingNote(
            by=first.by or base.by,
            on=first.on or base.on,
            codebook=first.codebook or base.codebook,
            confidence=first.confidence or base.confidence,
            round=first.round or base.round,
            memo=first.memo,
        )
        return [own, *others]

    def _coder(self, note: CodingNote) -> Party:
        word = note.by or Written("unnamed coder", self.case.at)
        if word == "packaged-coding":
            return Party(individual("packaged-coding"), "packaged coding")
        entity = self.names.entities.get(word)
        if entity is not None:
            return Party(individual(entity.id), word)
        coder = individual("coder", slug(word))
        self.writer.node(coder, word.at, "Coder")
        self.writer.text(coder, LABEL, word)
        return Party(coder, word)

    def _codings(self, claim: Claim, node: Term) -> None:
        writer = self.writer
        for number, note in enumerate(self._coding_of(claim), start=1):
            coding = iri(f"{node[1:-1]}/coding/{number}")
            writer.node(coding, claim.at, "Coding")
            writer.add(coding, TYPE, PROV_ACTIVITY)
            writer.add(node, dkg("coding"), coding)
            writer.add(coding, dkg("coder"), self._coder(note).term)
            coded_on = self.time(note.on)
            if coded_on is not None:
                writer.time(coding, dkg("codedOn"), coded_on)
            writer.text(coding, dkg("codebookVersion"), note.codebook)
            writer.text(coding, dkg("memo"), note.memo)
            writer.text(coding, dkg("round"), note.round)
            if note.confidence is not None:
                number_read = self.number(note.confidence)
                if number_read is not None:
                    literal = typed_literal(lexical(number_read), XSD + "decimal")
                    writer.add(coding, dkg("confidence"), literal)


def _all(wordings: Wordings) -> str:
    return " ".join(wording.text for wording in wordings)
