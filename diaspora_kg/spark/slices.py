"""Slices: a case, or some of the claims of a large one, with all that is the case's own.

A claim stands alone but for three ties, and each is looked after: rows with one id make one claim
(they go into one slice), claims of a case name its entities and passages (every slice has them),
and two claims may be the same or share a passage (see ``disagreeing``: such a case is put together
again).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from zlib import crc32

from diaspora_kg.errors import Finding, Location
from diaspora_kg.model import Case, Claim, Written
from diaspora_kg.neighbours import words_of
from diaspora_kg.populating import PopulatedCase
from diaspora_kg.reading.cases import case_from_tree
from diaspora_kg.reading.corpora import Fragment, join
from diaspora_kg.reading.records import Record, Records
from diaspora_kg.reading.tables import read_tables
from diaspora_kg.store import nquads
from diaspora_kg.terms import TYPE, Term, dkg

_CLAIM = dkg("Claim")
_BLANK = Location("")


@dataclass(frozen=True)
class Slice:
    """One case or a part of it."""

    home: str
    """What all slices of one case share."""
    number: int
    case: Case | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Outline:
    """What others need to know of a slice: the case without its claims, and their ids."""

    home: str
    number: int
    case: Case | None
    named: tuple[Written, ...]
    unnamed: int
    cites: frozenset[str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Section:
    """What a slice says, ready to be sent on."""

    home: str
    number: int
    case_id: str
    lines: bytes
    """Sorted N-Quads."""
    places: dict[Term, Location]
    findings: tuple[Finding, ...]


Sign = tuple[bytes, str, bool, bool]
"""Of a node: a hash of its lines, the file of its place, whether slices may share it, and do."""


# --- Cutting ----------------------------------------------------------------------------


def size_of(fragment: Fragment) -> int:
    """Return how many rows of claims a fragment holds."""
    return len(fragment.records.rows) - 1 if fragment.part == "claims" else 0


def cut(fragment: Fragment, count: int) -> Iterator[tuple[int, Fragment]]:
    """Yield the rows of a fragment for each of so many slices; what is no claim goes to all."""
    if count == 1:
        yield 0, fragment
        return
    if fragment.part != "claims":
        yield from ((number, fragment) for number in range(count))
        return
    head, *rows = fragment.records.rows
    names = [name.lower() for name in head.cells]
    column = names.index("id") if "id" in names else None
    by_slice: dict[int, list[Record]] = {}
    for row in rows:
        name = row.cells[column] if column is not None and column < len(row.cells) else ""
        by_slice.setdefault(crc32((name or f"row {row.number}").encode()) % count, []).append(row)
    for number, own in by_slice.items():
        yield number, replace(fragment, records=Records(fragment.records.file, (head, *own)))


def slice_of(home: str, number: int, found: Iterable[Fragment]) -> Slice:
    """Return the slice that some fragments make, with what is wrong with its form."""
    tree, findings = read_tables(join(found))
    case, more = case_from_tree(tree)
    return Slice(home, number, case, (*findings, *more))


def outline(part: Slice, keys: frozenset[str]) -> Outline:
    """Return what others need of a slice; of its words, those that are among the keys."""
    case = part.case
    if case is None:
        return Outline(part.home, part.number, None, (), 0, frozenset(), part.findings)
    named = tuple(claim.id for claim in case.claims if claim.id is not None)
    cites = frozenset(words_of(case)) & keys if keys else frozenset[str]()
    bare = replace(case, claims=(), passages=(), adjudications=())
    unnamed = len(case.claims) - len(named)
    return Outline(part.home, part.number, bare, named, unnamed, cites, part.findings)


def outlined(parts: Iterable[Outline]) -> Case | None:
    """Return a case with its claims outlined: those with an id by it, the others by count."""
    ordered = sorted(parts, key=lambda part: part.number)
    case = next((part.case for part in ordered if part.case is not None), None)
    if case is None:
        return None
    nothing = Claim(_BLANK, Written("", _BLANK))
    named = sorted((name for part in ordered for name in part.named), key=lambda name: name.at)
    claims = [Claim(name.at, nothing.property, name) for name in named]
    return replace(case, claims=(*claims, *[nothing] * sum(part.unnamed for part in ordered)))


def whole(parts: Iterable[Slice]) -> Slice:
    """Return a case put together again from its slices, its claims in the order of their rows."""
    ordered = sorted(parts, key=lambda part: part.number)
    cases = [part.case for part in ordered if part.case is not None]
    claims = sorted((claim for case in cases for claim in case.claims), key=lambda claim: claim.at)
    return replace(ordered[0], number=0, case=replace(cases[0], claims=tuple(claims)))


# --- Written slices ---------------------------------------------------------------------


def written(part: Slice, case: Case, populated: PopulatedCase) -> Section:
    """Return what a slice says as lines."""
    return Section(
        part.home,
        part.number,
        str(case.id),
        nquads(populated.quads),
        dict(populated.places),
        populated.findings,
    )


def signs(part: Section) -> Iterator[tuple[tuple[str, Term], Sign]]:
    """Yield what each node of a slice looks like, to be compared with other slices of the case."""
    lines: dict[str, list[str]] = {}
    claims: set[str] = set()
    is_claim = f" {TYPE} {_CLAIM} "
    for line in part.lines.decode("utf-8").split("\n"):
        subject = line.partition(" ")[0]
        lines.setdefault(subject, []).append(line)
        if is_claim in line:
            claims.add(subject)
    for node, own in lines.items():
        place = part.places.get(node)
        digest = sha256("\n".join(own).encode("utf-8")).digest()[:12]
        yield (part.home, node), (digest, place.file if place else "", node not in claims, True)


def compared(one: Sign, other: Sign) -> Sign:
    """Return the sign of a node that two slices have: its last part tells whether that is right."""
    return *one[:3], one == other and one[2] and one[3]
