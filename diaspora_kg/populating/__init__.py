"""From cases to quads: claims with their evidence, entities, sources. Nothing here accepts."""

from diaspora_kg.populating.population import Population, populate

__all__ = ["Population", "populate"]
