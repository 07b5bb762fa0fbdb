"""The packaged links, and which links hold in a build."""

from collections.abc import Iterable
from functools import cache

from diaspora_kg.namespaces import DKGC, DKGID
from diaspora_kg.reading.links import Link
from diaspora_kg.reading.sssom import MappingSet, read_mapping_text
from diaspora_kg.resources import folder

FILE = "links.sssom.tsv"
_EVERYWHERE = (DKGID + "state/", DKGID + "region/", DKGC)


@cache
def packaged_mapping_set() -> MappingSet:
    """Return the mapping set that comes with the packaged cases; empty where there is none."""
    file = folder("cases") / FILE
    if not file.is_file():
        return MappingSet((), "", "", {})
    return read_mapping_text(file.read_text("utf-8"), str(file))


def links_in_force(links: Iterable[Link]) -> tuple[Link, ...]:
    """Return the links of a build: its own, and the packaged ones of states, regions, concepts.

    These are in every graph. What the files of a build say of a pair, be it that the
    two do not match, goes before what is packaged.
    """
    own = tuple(links)
    spoken_of = {link.pair for link in own}
    packaged = (
        link
        for link in packaged_mapping_set().links
        if link.subject.startswith(_EVERYWHERE) and link.pair not in spoken_of
    )
    return (*own, *packaged)
