"""Who speaks in a claim: its holder, those whom the holder cites, and who coded it."""

from diaspora_kg.model import AttributedTo, Claim, CodingNote, Evidence, Written
from diaspora_kg.namespaces import XSD
from diaspora_kg.naming import individual, slug
from diaspora_kg.numbers import lexical
from diaspora_kg.populating.entities import PACKAGED_CODER, name_of
from diaspora_kg.populating.quads import LABEL, PROV_ACTIVITY
from diaspora_kg.populating.sources import Dated, Party
from diaspora_kg.populating.workspace import Workspace
from diaspora_kg.terms import TYPE, Term, dkg, dkgc, iri, typed_literal

_NOT_STATED = individual("party", "not-stated")


# --- Holder -----------------------------------------------------------------------------


def holder_of(space: Workspace, claim: Claim, passages: list[Evidence]) -> Party | None:
    """Return who says it: the coder of an inference, who is named, else the source's authors."""
    if claim.explicitness == "coder-inferred":
        return _coder(space, codings_of(space, claim)[0])
    if claim.holder is not None:
        return _agent(space, claim.holder)
    first = space.first_source(passages)
    if first is None:
        return None
    for passage in passages:
        other = space.source(passage.source)
        if other is not None and other.party != first.party:
            space.wrong(
                "DKG131",
                f"one claim has passages of two holders: {first.label} and {other.label}",
                "Make it two claims: another holder who says the same is another claim.",
                passage.at,
            )
    return first.party


def _agent(space: Workspace, word: Written) -> Party | None:
    source = space.source(word)
    if source is not None:
        return source.party
    if word == "not-stated":
        space.writer.node(_NOT_STATED, word.at, "Party")
        space.writer.text(_NOT_STATED, LABEL, "not stated")
        return Party(_NOT_STATED, "not stated")
    term = space.names.thing(word)
    return None if term is None else Party(term, name_of(term, space.names))


# --- Attribution ------------------------------------------------------------------------


def write_attributions(
    space: Workspace, claim: Claim, node: Term, passages: list[Evidence]
) -> None:
    """Write the chain "A says B says C", nearest first; note it when it comes back to itself."""
    first = space.first_source(passages)
    seen = {first.term} if first is not None else set()
    for number, link in enumerate(claim.attributed_to, start=1):
        work = _work(space, link)
        agent = _cited_agent(space, link, work)
        if agent is None and work is None:
            continue  # the word means nothing, and that has been noted
        if work is not None and work.term in seen:
            space.wrong(
                "DKG112",
                f"the chain of attributions comes back to '{link.source or link.name}'",
                "A chain goes away from the passage: nearest first, each work once.",
                link.at,
            )
            return
        if work is not None:
            seen.add(work.term)
        _write_attribution(space, claim, node, number, link, agent, work)


def _work(space: Workspace, link: AttributedTo) -> Dated | None:
    if link.source is not None:
        known = space.names.source(link.source)
        return None if known is None else space.sources[known.key]
    return space.source(link.name)


def _cited_agent(space: Workspace, link: AttributedTo, work: Dated | None) -> Party | None:
    word = link.agent
    if word is None and work is None and link.source is None:
        word = link.name
    agent = _agent(space, word) if word is not None else None
    if agent is None and work is not None:
        return work.party
    return agent


def _write_attribution(
    space: Workspace,
    claim: Claim,
    node: Term,
    number: int,
    link: AttributedTo,
    agent: Party | None,
    work: Dated | None,
) -> None:
    writer = space.writer
    term = iri(f"{node[1:-1]}/attribution/{number}")
    writer.node(term, link.at, "Attribution")
    writer.add(node, dkg("attribution"), term)
    writer.add(term, dkg("position"), typed_literal(str(link.position), XSD + "integer"))
    word = link.stance or claim.stance
    stance = dkgc("endorses") if word is None else space.names.from_list(word, "stance")
    writer.add(term, dkg("stance"), stance)
    if agent is not None:
        writer.add(term, dkg("agent"), agent.term)
        writer.add(node, dkg("attributedTo"), agent.term)
    if work is not None:
        writer.add(term, dkg("work"), work.term)


# --- Coding -----------------------------------------------------------------------------


def codings_of(space: Workspace, claim: Claim) -> list[CodingNote]:
    """Return the codings of a claim; what its first leaves out is taken from the case."""
    base = space.case.coding
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


def write_codings(space: Workspace, claim: Claim, node: Term) -> None:
    """Write who read the passage so, when and how surely."""
    writer = space.writer
    for number, note in enumerate(codings_of(space, claim), start=1):
        coding = iri(f"{node[1:-1]}/coding/{number}")
        writer.node(coding, claim.at, "Coding")
        writer.add(coding, TYPE, PROV_ACTIVITY)
        writer.add(node, dkg("coding"), coding)
        writer.add(coding, dkg("coder"), _coder(space, note).term)
        coded_on = space.time(note.on)
        if coded_on is not None:
            writer.time(coding, dkg("codedOn"), coded_on)
        writer.text(coding, dkg("codebookVersion"), note.codebook)
        writer.text(coding, dkg("memo"), note.memo)
        writer.text(coding, dkg("round"), note.round)
        confidence = None if note.confidence is None else space.number(note.confidence)
        if confidence is not None:
            literal = typed_literal(lexical(confidence), XSD + "decimal")
            writer.add(coding, dkg("confidence"), literal)


def _coder(space: Workspace, note: CodingNote) -> Party:
    word = note.by or Written("unnamed coder", space.case.at)
    if word == PACKAGED_CODER:
        return Party(individual(PACKAGED_CODER), "packaged coding")
    entity = space.names.entities.get(word)
    if entity is not None:
        return Party(individual(entity.id), word)
    coder = individual("coder", slug(word))
    space.writer.node(coder, word.at, "Coder")
    space.writer.text(coder, LABEL, word)
    return Party(coder, word)
