"""The graph as open data: description, nanopublications, and a release that can be cited."""

from diaspora_kg.publishing.context import context_as_json
from diaspora_kg.publishing.edition import release_of
from diaspora_kg.publishing.nanopublications import nanopublications_as_trig
from diaspora_kg.publishing.release import Release, make_release, write_release

__all__ = [
    "Release",
    "context_as_json",
    "make_release",
    "nanopublications_as_trig",
    "release_of",
    "write_release",
]
