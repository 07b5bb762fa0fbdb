"""What is accepted after a change: claims that share a content or a statement are weighed anew.

A claim's lot depends on the conflicts that it is in and on the claims of the same content and the
same statement. So the touched claims, those whose conflicts are not what they were, and all that
hang together with them in these two ways make up a part that is weighed like a whole corpus.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from diaspora_kg.acceptance import ACCEPTED, BECAUSE, META, Policy, accept_among
from diaspora_kg.conflicts import Conflicts
from diaspora_kg.incremental.former import FormerGraph
from diaspora_kg.incremental.memory import Memory, Revision, Row
from diaspora_kg.incremental.reconsidering import Change
from diaspora_kg.incremental.remembering import (
    claim_row,
    member_rows,
    own_unit,
    plain_rows,
    said_rows,
)
from diaspora_kg.store import read_nquads
from diaspora_kg.terms import Quad, Term, Triple, text_literal


@dataclass
class Reaccepted:
    """What changed in what is accepted."""

    removed: set[Quad] = field(default_factory=set)
    added: set[Quad] = field(default_factory=set)
    accepted: int = 0
    """By how much the number of accepted claims grew."""
    changed: set[Triple] = field(default_factory=set)
    """The accepted statements that came or went."""


def reaccept(
    change: Change,
    unsettled: Iterable[Term],
    conflicts: Conflicts,
    memory: Memory,
    former: FormerGraph,
    policy: Policy,
    revision: Revision,
) -> Reaccepted:
    """Return what changed in what is accepted, with the reasons why the rest is not."""
    rows, contents = _hanging_together(change, unsettled, memory)
    chosen = {row[0] for row in rows} | change.touched
    part = change.after.with_claims(chosen)
    own = tuple(one for one in conflicts.conflicts if not chosen.isdisjoint(one.claims))
    acceptance = accept_among(part, Conflicts(own, ()), policy)
    claims = list(part.claims.values())
    result = Reaccepted(accepted=len(acceptance.accepted))
    before, after = _of_rows(rows, former), set(acceptance.reasons)
    result.accepted -= sum(1 for *_, reason, fact in rows if reason is None and fact is not None)
    plain = plain_rows(claims, acceptance)
    statements = {quad for line, _ in plain for quad in read_nquads(line.encode("utf-8"))}
    after |= set(acceptance.quads) - statements
    result.removed, result.added = before - after, after - before
    _plain_statements(result, plain, contents, memory)
    revision.delete("claim", "iri", chosen)
    revision.insert(
        "claim", (claim_row(claim, own_unit(claim.iri), acceptance) for claim in claims)
    )
    revision.delete("plain", "content", contents)
    revision.insert("plain", sorted(set(plain)))
    _keep_groups(change, revision)
    return result


def _hanging_together(
    change: Change, unsettled: Iterable[Term], memory: Memory
) -> tuple[list[Row], set[str]]:
    """Return the former rows of all claims to weigh, and the contents that they have or had."""
    rows: dict[Term, Row] = {}
    contents: set[str] = set()
    statements: set[str] = set()
    query = "SELECT iri, content, statement, reason, fact FROM claim WHERE {} IN {{}}"
    for iri in change.touched:
        claim = change.after.claims.get(iri)
        if claim is not None:
            contents.add(claim.content_key)
            statements.update(filter(None, [claim.statement]))
    new = list(memory.rows_for(query.format("iri"), {*change.touched, *unsettled}))
    done: set[str] = set()
    while new or (contents | statements) - done:
        for row in new:
            rows[row[0]] = row
            contents.add(row[1])
            statements.update(filter(None, [row[2]]))
        mates = [
            *memory.rows_for(query.format("content"), contents - done),
            *memory.rows_for(query.format("statement"), statements - done),
        ]
        done |= contents | statements
        new = [row for row in mates if row[0] not in rows]
    return list(rows.values()), contents


def _of_rows(rows: Iterable[Row], former: FormerGraph) -> set[Quad]:
    """Return what the former graph holds of the lot of some claims, but plain statements."""
    found: set[Quad] = set()
    for iri, _, _, reason, fact in rows:
        if fact is not None:
            found.update(former.quads_of(fact))
        if reason is not None:
            found.add((iri, BECAUSE, text_literal(reason), META))
    return found


def _plain_statements(
    result: Reaccepted, plain: Iterable[Row], contents: set[str], memory: Memory
) -> None:
    """Find the plain statements that came, and those that went because no content yields them."""
    query = "SELECT quad, content FROM plain WHERE content IN {}"
    before = {line for line, _ in memory.rows_for(query, contents)}
    after = {line for line, _ in plain}
    bases: dict[str, set[str]] = defaultdict(set)
    query = "SELECT quad, content FROM plain WHERE quad IN {}"
    for line, content in memory.rows_for(query, before ^ after):
        bases[line].add(content)
    for line in before ^ after:
        if bases[line] - contents:
            continue  # another content yields it, before and after
        (quad,) = read_nquads(line.encode("utf-8"))
        (result.added if line in after else result.removed).add(quad)
        if quad[3] == ACCEPTED:
            result.changed.add(quad[:3])


def _keep_groups(change: Change, revision: Revision) -> None:
    for table in ("member", "said"):
        revision.delete(table, "claim", change.touched)
    for iri in sorted(change.touched):
        claim = change.after.claims.get(iri)
        if claim is not None:
            revision.insert("member", member_rows(claim, change.after))
            revision.insert("said", said_rows(claim, change.after))


def accepted_statements(memory: Memory, result: Reaccepted) -> list[Triple]:
    """Return all plain statements that are accepted now."""
    lines = "".join(line for (line,) in memory.rows("SELECT DISTINCT quad FROM plain"))
    kept = read_nquads(lines.encode("utf-8"))
    before = {quad[:3] for quad in kept if quad[3] == ACCEPTED}
    return sorted(before ^ result.changed)
