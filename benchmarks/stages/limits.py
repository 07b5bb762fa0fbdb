"""What no program on this engine can be faster than: its parser, and its store in memory."""

from pathlib import Path

from benchmarks.corpus import Files
from benchmarks.outcome import Outcome, Stage


def parse(files: Files, _: Path) -> Outcome:
    """Parse the finished graph in a stream and keep nothing."""
    import pyoxigraph as ox

    outcome = Outcome()
    data = files.quads.read_bytes()
    with outcome.timed():
        number = sum(1 for _ in ox.parse(data, ox.RdfFormat.N_QUADS))
    outcome.counts = {"quads": number, "bytes": len(data)}
    return outcome


def load(files: Files, _: Path) -> Outcome:
    """Load the finished graph into Oxigraph's store in memory."""
    import pyoxigraph as ox

    outcome = Outcome()
    with outcome.timed():
        store = ox.Store()
        store.bulk_load(path=files.quads, format=ox.RdfFormat.N_QUADS)
    outcome.counts["quads"] = len(store)
    return outcome


PARSING = Stage("parse", "parse the finished graph in a stream (limit)", {"Oxigraph": parse})
LOADING_THE_RESULT = Stage(
    "load-result", "load the finished graph into memory (limit)", {"Oxigraph": load}
)
