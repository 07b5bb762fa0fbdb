"""The store on disk: one folder a build, and a file ``CURRENT`` that is replaced atomically."""

from diaspora_kg.store.layout import FORMAT, StoredBuild
from diaspora_kg.store.lines import Changes, nquads, read_nquads, without_contested
from diaspora_kg.store.reading import is_store, read_build
from diaspora_kg.store.successors import write_successor
from diaspora_kg.store.writing import write_build

__all__ = [
    "FORMAT",
    "Changes",
    "StoredBuild",
    "is_store",
    "nquads",
    "read_build",
    "read_nquads",
    "without_contested",
    "write_build",
    "write_successor",
]
