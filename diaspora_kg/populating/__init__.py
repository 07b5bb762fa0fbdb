"""From cases to quads: claims with their evidence, entities, sources. Nothing here accepts."""

from diaspora_kg.populating.population import PopulatedCase, Population, populate, populate_case

__all__ = ["PopulatedCase", "Population", "populate", "populate_case"]
