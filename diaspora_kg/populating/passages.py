"""Evidence as quads: the passages that a claim rests on."""

from diaspora_kg.model import Claim, Evidence, Wordings
from diaspora_kg.naming import individual, normalise_passage, short_hash
from diaspora_kg.populating.quads import SPECIFIC_RESOURCE
from diaspora_kg.populating.workspace import Workspace
from diaspora_kg.suggestions import did_you_mean
from diaspora_kg.terms import TYPE, Term, dkg


def passages_of(space: Workspace, claim: Claim) -> list[Evidence]:
    """Return the passages of a claim, those that it names among them; note unknown words."""
    known = {passage.id: passage for passage in space.case.passages if passage.id}
    found = list(claim.evidence)
    for name in claim.passages:
        passage = known.get(name)
        if passage is None:
            space.wrong(
                "DKG123",
                f"unknown passage '{name}'",
                did_you_mean(name, known, "Name it under 'passages:'."),
                name.at,
            )
        else:
            found.append(passage)
    for passage in found:
        if passage.source is not None:
            space.names.source(passage.source)
    return found


def passage_key(passage: Evidence) -> tuple[str, str, str]:
    """Return what tells one passage from another: source, locator, and the quote, folded."""
    quote = normalise_passage(_all(passage.quote))
    return passage.source or "", passage.locator or "", quote


def write_passage(space: Workspace, passage: Evidence) -> Term:
    """Write one passage and return its node; the same passage is the same node."""
    writer, names = space.writer, space.names
    node = individual(space.case.id, "evidence", passage.id or short_hash(*passage_key(passage)))
    writer.node(node, passage.at, "Evidence")
    writer.add(node, TYPE, SPECIFIC_RESOURCE)
    source = space.source(passage.source)
    access = passage.access
    if source is not None:
        writer.add(node, dkg("inSource"), source.term)
        access = access or source.source.access
    writer.text(node, dkg("locator"), passage.locator)
    writer.wordings(node, dkg("quote"), passage.quote)
    writer.wordings(node, dkg("translation"), passage.translation)
    if access is not None:
        writer.add(node, dkg("accessLevel"), names.from_list(access, "access-level"))
    return node


def _all(wordings: Wordings) -> str:
    return " ".join(wording.text for wording in wordings)
