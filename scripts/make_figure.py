"""Write ``docs/figures/concept-map.svg`` and ``.png`` from the packaged cases.

    python scripts/make_figure.py [--check]

``--check`` writes nothing and fails when a figure is not what the cases give now.
"""

import io
import sys
from pathlib import Path

import matplotlib.image
import numpy
import pyoxigraph

from diaspora_kg.assembly import assemble
from diaspora_kg.drawing import draw_concept_map
from diaspora_kg.store import nquads, without_contested

TARGET = Path(__file__).resolve().parent.parent / "docs" / "figures"
NAME = "concept-map"
PNG_WIDTH = 2000  # twice the natural size, for sharp screens


def main(arguments: list[str]) -> int:
    """Write or check both figures; return the exit status."""
    store = packaged_store()
    figures = {
        TARGET / f"{NAME}.svg": draw_concept_map(store).data,
        TARGET / f"{NAME}.png": draw_concept_map(store, format="png", width=PNG_WIDTH).data,
    }
    if arguments == ["--check"]:
        stale = [file for file, data in figures.items() if not is_current(file, data)]
        for file in stale:
            print(f"{file.name} is stale: run 'python scripts/make_figure.py'")
        return 1 if stale else 0
    TARGET.mkdir(parents=True, exist_ok=True)
    for file, data in figures.items():
        file.write_bytes(data)
    return 0


def packaged_store() -> pyoxigraph.Store:
    """Return the graph of the packaged cases in memory, whatever else was built here."""
    store = pyoxigraph.Store()
    data = without_contested(nquads(assemble(shapes=False).quads))
    store.bulk_load(data, pyoxigraph.RdfFormat.N_QUADS)
    return store


def is_current(file: Path, data: bytes) -> bool:
    """Compare text by its characters and a PNG by its pixels: compression may differ."""
    if not file.is_file():
        return False
    if file.suffix != ".png":
        return file.read_bytes().replace(b"\r\n", b"\n") == data
    now, then = (matplotlib.image.imread(io.BytesIO(png)) for png in (data, file.read_bytes()))
    return now.shape == then.shape and bool(numpy.array_equal(now, then))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
