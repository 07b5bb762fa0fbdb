"""The registries that links lead to: their addresses, and what of ours each can hold."""

from dataclasses import dataclass

from diaspora_kg.linking.mapping_sets import DOI, EUROVOC, OPENALEX, ROR
from diaspora_kg.namespaces import DKG, GEONAMES, SKOS, WIKIDATA

_ACTORS = (DKG + "Organization", DKG + "CivilSocietyOrganization", DKG + "StateBody")
_PLACES = (DKG + "Place",)
_WORKS = (DKG + "Source", DKG + "UnresolvedReference")
_CONCEPTS = (SKOS + "Concept",)


@dataclass(frozen=True)
class Target:
    """A registry, whoever answers for it: a snapshot on disk or a service."""

    name: str
    base: str
    """How the IRIs of its records begin."""
    home: str
    """The IRI of the registry itself, as links name it."""
    holds: tuple[str, ...]
    """Classes of ours of which it can have records; a thing of another class does not fit."""


TARGETS = {
    target.name: target
    for target in (
        Target(
            "wikidata",
            WIKIDATA,
            "https://www.wikidata.org/",
            (*_ACTORS, *_PLACES, *_CONCEPTS, *_WORKS, DKG + "Actor", DKG + "Event"),
        ),
        Target("ror", ROR, ROR, _ACTORS),
        Target("geonames", GEONAMES, "https://www.geonames.org/", _PLACES),
        Target("eurovoc", EUROVOC, EUROVOC, _CONCEPTS),
        Target("openalex", OPENALEX, OPENALEX, _WORKS),
        Target("crossref", DOI, "https://www.crossref.org/", _WORKS),
    )
}
"""By the word after ``--to``."""


def target_of(address: str) -> Target | None:
    """Return the registry that an IRI belongs to, if it is one that is known."""
    return next((each for each in TARGETS.values() if address.startswith(each.base)), None)
