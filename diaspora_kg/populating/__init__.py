"""From cases to quads: claims with their evidence, entities, sources. Nothing here accepts."""

from diaspora_kg.populating.population import (
    PopulatedCase,
    PopulatedSources,
    Population,
    Shared,
    populate,
    populate_case,
    populate_sources,
    prepare,
    write_cases,
)

__all__ = [
    "PopulatedCase",
    "PopulatedSources",
    "Population",
    "Shared",
    "populate",
    "populate_case",
    "populate_sources",
    "prepare",
    "write_cases",
]
