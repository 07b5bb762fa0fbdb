"""Turtle into memory, ready to be asked."""

from pathlib import Path

from benchmarks.corpus import Files
from benchmarks.outcome import Outcome, Stage


def by_us(files: Files, _: Path) -> Outcome:
    """Load as ``validate`` and ``reason`` load an RDF file: into Oxigraph's store in memory."""
    import pyoxigraph as ox

    outcome = Outcome()
    with outcome.timed():
        store = ox.Store()
        store.bulk_load(path=files.turtle, format=ox.RdfFormat.TURTLE)
    outcome.counts["triples"] = len(store)
    return outcome


def by_rdflib(files: Files, _: Path) -> Outcome:
    """Load into rdflib's graph in memory."""
    import rdflib

    outcome = Outcome()
    with outcome.timed():
        graph = rdflib.Graph()
        graph.parse(files.turtle, format="turtle")
    outcome.counts["triples"] = len(graph)
    return outcome


def by_rudof(files: Files, _: Path) -> Outcome:
    """Load into pyrudof's graph in memory."""
    import pyrudof

    outcome = Outcome()
    with outcome.timed():
        rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        rudof.read_data(files.turtle, pyrudof.RDFFormat.Turtle)
    outcome.counts["triples"] = sum(1 for _ in rudof.triples())
    return outcome


LOADING = Stage(
    "load",
    "load Turtle into memory",
    {"ours": by_us, "rdflib": by_rdflib, "pyrudof": by_rudof},
    aim=12,
    against="rdflib",
)
