"""The cases of a build divided among processes, each of which reads and writes a share of them.

A case cannot be written before the names of all cases are known, so every process first tells an
outline of its cases, and is then told the outlines of all. What it writes is sent back whole.
"""

from collections.abc import Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from diaspora_kg.errors import Finding, Location
from diaspora_kg.inputs import read_cases
from diaspora_kg.layout import STDIN, Inputs, Layout
from diaspora_kg.model import Case, Claim, Source, Written
from diaspora_kg.parallel import Partner, processes
from diaspora_kg.populating import PopulatedCase, Shared, prepare, write_cases
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.reading.states import read_reference
from diaspora_kg.reading.table_groups import TableGroup

LEAST_BYTES = 1 << 17
"""A smaller share is read sooner than a process has learned the ontology."""

_UNNAMED = Claim(Location(""), Written("", Location("")))


@dataclass(frozen=True)
class Outline:
    """A case with its claims outlined: those with an id by it, the others by count.

    This is all that ``prepare`` looks at in a case that is written elsewhere, and little to send.
    """

    case: Case
    """All but the claims and what belongs to them."""
    ids: tuple[str, ...]
    unnamed: int

    @classmethod
    def of(cls, case: Case) -> "Outline":
        """Return the outline of a case."""
        ids = tuple(str(claim.id) for claim in case.claims if claim.id is not None)
        bare = replace(case, claims=(), passages=(), adjudications=())
        return cls(bare, ids, len(case.claims) - len(ids))

    def as_case(self) -> Case:
        """Return the case with claims of which nothing is known but the id."""
        at, word = self.case.at, _UNNAMED.property
        named = (Claim(at, word, Written(name, at), figure=_UNNAMED.figure) for name in self.ids)
        return replace(self.case, claims=(*named, *[_UNNAMED] * self.unnamed))


@dataclass(frozen=True)
class Outlines:
    """What others have to know of some cases, and what is wrong with their form."""

    cases: tuple[Outline, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Surroundings:
    """What has to be known beside some cases to write them: the others in outline, the sources."""

    cases: tuple[Outline, ...]
    sources: tuple[Source, ...]


class Division:
    """The cases of a build, divided among this process and others."""

    def __init__(self, layout: Layout, count: int | None = None, least: int = LEAST_BYTES) -> None:
        """Let others begin with their shares: so many processes, by default as many as are good.

        ``least`` is how many bytes a share must have.
        """
        self.layout, *others = divided(layout, processes() if count is None else count, least)
        """What is left for this process to read."""
        if others:
            read_ontology()  # a process that is forked now has what has been parsed
        self._partners = [Partner(partial(_read_and_write, share)) for share in others]
        self._elsewhere: set[int] = set()

    def gather(self, inputs: Inputs) -> None:
        """Add outlines of the cases of the others to what this process has read; let them write."""
        if not self._partners:
            return
        found = [partner.first() for partner in self._partners]
        own = tuple(map(Outline.of, inputs.cases))
        for each in found:
            cases = [outline.as_case() for outline in each.cases]
            inputs.cases.extend(cases)
            inputs.findings.extend(each.findings)
            self._elsewhere.update(map(id, cases))
        for partner, each in zip(self._partners, found, strict=True):
            others = (case for other in found if other is not each for case in other.cases)
            partner.tell(Surroundings((*own, *others), tuple(inputs.sources)))

    def write(self, shared: Shared) -> Mapping[str, PopulatedCase]:
        """Return what each case says, by its id: those of the others too."""
        here = tuple(case for case in shared.cases if id(case) not in self._elsewhere)
        written = write_cases(replace(shared, cases=here))
        for partner in self._partners:
            written.update(partner.last())
        return written


def divided(layout: Layout, count: int, least: int) -> list[Layout]:
    """Return the shares of so many processes, or of fewer when each must have so many bytes.

    All that is no case of its own is in the first share, and counts for its size.
    """
    sizes = {path: _bytes((path,)) for path in layout.cases if path != STDIN}
    sizes |= {_first(group): _bytes(group.parts.values()) for group in layout.groups}
    count = max(1, min(count, sum(sizes.values()) // least))
    filled = [_bytes((*layout.observations, *layout.bibliographies, *layout.outside))]
    filled += [0] * (count - 1)
    share_of = {STDIN: 0}  # no other process has this one's input
    for path in sorted(sizes, key=lambda path: (-sizes[path], str(path))):
        share = share_of[path] = filled.index(min(filled))
        filled[share] += sizes[path]
    shares = []
    for share in range(count):
        cases = tuple(path for path in layout.cases if share_of[path] == share)
        groups = tuple(group for group in layout.groups if share_of[_first(group)] == share)
        shares.append((cases, groups))
    (cases, groups), *others = shares
    return [
        replace(layout, cases=cases, groups=groups),
        *(Layout(cases, groups, (), (), (), ()) for cases, groups in others),
    ]


def _read_and_write(
    share: Layout,
) -> Generator[Outlines, Surroundings, Mapping[str, PopulatedCase]]:
    """Read a share of the cases and tell their outlines; then write them."""
    inputs = Inputs()
    read_cases(share, inputs)
    told = yield Outlines(tuple(map(Outline.of, inputs.cases)), tuple(inputs.findings))
    own = set(map(id, inputs.cases))
    cases = (*inputs.cases, *(outline.as_case() for outline in told.cases))
    shared = prepare(cases, told.sources, read_ontology(), read_reference())
    kept = tuple(case for case in shared.cases if id(case) in own)
    return write_cases(replace(shared, cases=kept))


def _first(group: TableGroup) -> Path:
    return next(iter(group.parts.values()))


def _bytes(files: Iterable[Path]) -> int:
    total = 0
    for file in files:
        try:
            total += file.stat().st_size
        except OSError:
            continue  # whoever reads it will say what is wrong
    return total
