"""From cases to quads: claims with their evidence, entities, sources. Nothing here accepts."""

from diaspora_kg.populating.population import (
    PopulatedCase,
    Population,
    Shared,
    populate,
    populate_case,
    prepare,
)

__all__ = ["PopulatedCase", "Population", "Shared", "populate", "populate_case", "prepare"]
