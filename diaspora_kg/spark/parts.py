"""The whole graph as N-Quads in sorted parts; put together in their order they are ``graph.nq``."""

import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.spark.populating import Measured, Populated
from diaspora_kg.spark.slices import Section
from diaspora_kg.terms import Quad, nquad

if TYPE_CHECKING:
    from pyspark import SparkContext

Compression = Literal["none", "gzip"]
_CODECS = {"none": None, "gzip": "org.apache.hadoop.io.compress.GzipCodec"}
LINES_OF_A_PART = 200_000


def write_parts(
    context: "SparkContext",
    populated: Populated,
    quads: Iterable[Quad],
    folder: str,
    compression: Compression = "none",
) -> None:
    """Write a graph as parts ``part-00000`` … of sorted lines, all of it or nothing.

    ``folder`` is a path, or an address that Hadoop can write to, such as ``hdfs://…``; it must not
    be there, or be empty. Lines that executors hold are written from there.

    Raises ``DiasporaKGError`` (DKG648) when the folder holds something or cannot be written.
    """
    own = [nquad(quad)[:-1] for quad in quads if quad not in populated.elsewhere]
    total = len(own) + len(populated.elsewhere)
    count = max(1, -(-total // LINES_OF_A_PART))
    lines = context.union(
        [
            context.parallelize(own, count),
            populated.sections.flatMap(_lines),
            populated.measured.flatMap(_lines),
        ]
    )
    ordered = lines.distinct(count).sortBy(_itself, numPartitions=count)
    if "://" in folder:
        ordered.saveAsTextFile(folder, _CODECS[compression])
        return
    must_be_free(folder)
    target = Path(folder)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".parts-", dir=target.parent) as scratch:
            made = Path(scratch) / "parts"
            ordered.saveAsTextFile(_address_of(made), _CODECS[compression])
            for checksum in made.glob(".*.crc"):
                checksum.unlink()
            if target.is_dir():
                target.rmdir()
            shutil.move(made, target)
    except OSError as error:
        raise DiasporaKGError(
            "DKG648",
            f"the parts cannot be written: {error.strerror or error}",
            "Check the free space and that you may write there.",
            Location(folder),
        ) from error


def must_be_free(address: str) -> None:
    """Raise ``DiasporaKGError`` (DKG648) when a folder holds something; Hadoop looks at addresses.

    Parts of two graphs in one folder would be taken for one graph.
    """
    folder = Path(address)
    if "://" in address or not folder.exists():
        return
    if not folder.is_dir() or any(folder.iterdir()):
        raise DiasporaKGError(
            "DKG648",
            f"'{folder}' is there already",
            "Choose a new or empty folder: parts of two graphs must not come together.",
            Location(str(folder)),
        )


def _lines(part: Section | Measured) -> Iterator[str]:
    return iter(part.lines.decode("utf-8").split("\n")[:-1])


def _itself(line: str) -> str:
    return line


def _address_of(path: Path) -> str:
    """Return a path as Hadoop reads it, which takes no character for an escaped one."""
    posix = path.resolve().as_posix()
    return f"file://{posix if posix.startswith('/') else '/' + posix}"
