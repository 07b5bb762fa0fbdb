"""Builds that touch only what a change touches, with the result of a full build.

``docs/incremental.md`` tells how: what is remembered of a build, what depends on what, and when a
build is made anew as a whole.
"""
