"""Which edition a graph on disk is released as, and what of its making may go along."""

from datetime import UTC, date, datetime
from pathlib import PurePath

from diaspora_kg import __version__
from diaspora_kg.acceptance import Policy
from diaspora_kg.exporting import withhold
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.publishing.description import Edition
from diaspora_kg.publishing.release import Release, make_release
from diaspora_kg.resources import files_below, folder
from diaspora_kg.store import read_nquads

_CASE_SUFFIXES = (".yaml", ".yml", ".csv", ".tsv", ".bib")


def release_of(graph: KnowledgeGraph, issued: date | None = None) -> tuple[Release, list[str]]:
    """Return a release of a graph, and what a person should know was kept back.

    Its date is the one given, else that of the build, else today. The case files go along for the
    packaged cases; those of a user stay where they are, since they may hold restricted passages.
    """
    allowed = withhold(read_nquads(graph.build.quads_file.read_bytes()))
    dated = graph.meta.get("date")
    built_on = date.fromisoformat(str(dated)) if dated else None
    edition = Edition(
        version=__version__,
        issued=issued or built_on or datetime.now(UTC).date(),
        policy=Policy(**graph.meta["policy"]).in_words(),
        build=graph.build.folder.name,
    )
    cases = _packaged_cases() if graph.is_packaged else {}
    notes = []
    if allowed.passages:
        notes.append(f"{allowed.passages:,} restricted passage(s) kept back.")
    if not graph.is_packaged:
        notes.append(
            "Your case files are not part of the release; add them if they may be passed on."
        )
    return make_release(allowed.quads, edition, cases), notes


def _packaged_cases() -> dict[str, bytes]:
    home = folder("cases")
    return {
        PurePath(str(file)).name: file.read_bytes()
        for suffix in _CASE_SUFFIXES
        for file in files_below(home, suffix)
    }
