"""Candidates for the things of a graph that have no link yet, as a mapping set to be reviewed."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from diaspora_kg import __version__
from diaspora_kg.linking.mapping_sets import mapping_set
from diaspora_kg.linking.targets import Target, target_of
from diaspora_kg.linking.things import Thing
from diaspora_kg.reading.links import EXACT, Link, Verdict
from diaspora_kg.reading.sssom import MappingSet

_LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"
_SET = "https://w3id.org/diaspora-kg/suggestions"


class Found(Protocol):
    """A record that may be meant."""

    @property
    def iri(self) -> str:
        """Its IRI."""

    @property
    def label(self) -> str:
        """Its name."""

    @property
    def probability(self) -> float:
        """How sure it is, from 0 to 1."""

    @property
    def why(self) -> tuple[str, ...]:
        """What speaks for it and against it."""


Ask = Callable[[Thing, int], Iterable[Found]]
"""Returns the records that may be meant by a thing, at most so many, best first."""


@dataclass(frozen=True)
class Snapshot:
    """What was asked: a registry as it was."""

    home: str
    """The IRI of the registry; empty where it is not known."""
    version: str
    tool: str = "diaspora-kg"
    justification: str = "LexicalMatching"


def suggest(
    things: Iterable[Thing],
    ask: Ask,
    snapshot: Snapshot,
    *,
    known: Collection[Link] = (),
    least: float = 0.5,
    limit: int = 3,
) -> MappingSet:
    """Return candidates for the things that have none accepted in the registry yet.

    ``known`` are mappings that somebody has looked at: their pairs are not proposed again,
    whether they were accepted, rejected or left open. Candidates below ``least`` are left out,
    and a thing gets no more than ``limit``. Every row is a suggestion until it is reviewed.
    """
    done = {link.pair for link in known if link.verdict is not Verdict.SUGGESTED}
    linked = {
        (link.subject, _registry(link.object)) for link in known if link.verdict is Verdict.ACCEPTED
    }
    links: list[Link] = []
    for thing in things:
        for found in _found(thing, ask, limit, least):
            is_linked = (thing.iri, _registry(found.iri)) in linked or any(
                _registry(match) == _registry(found.iri) for match in thing.matches
            )
            if not is_linked and (thing.iri, found.iri) not in done:
                links.append(_link(thing, found, snapshot))
    return mapping_set(links, _SET, _LICENCE, mapping_set_title="Candidates, to be reviewed")


def is_linked(thing: Thing, target: Target) -> bool:
    """Tell whether a thing has a link into a registry already."""
    return any(match.startswith(target.base) for match in thing.matches)


def _registry(address: str) -> str:
    """Return what names the registry of a record: its known beginning, or all but the last part."""
    target = target_of(address)
    return target.base if target else address.rpartition("/")[0].rpartition("#")[0] or address


def _found(thing: Thing, ask: Ask, limit: int, least: float) -> Iterator[Found]:
    count = 0
    for found in ask(thing, limit):
        if found.probability >= least and count < limit:
            count += 1
            yield found


def _link(thing: Thing, found: Found, snapshot: Snapshot) -> Link:
    return Link(
        thing.iri,
        EXACT,
        found.iri,
        snapshot.justification,
        thing.label,
        found.label,
        confidence=round(found.probability, 4),
        source=snapshot.home,
        source_version=snapshot.version,
        tool=snapshot.tool,
        tool_version=__version__,
        comment="; ".join(found.why),
    )
