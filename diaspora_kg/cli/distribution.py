"""Options of ``build`` that say where it runs: in this process, or on Apache Spark."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, cast

import click

if TYPE_CHECKING:
    from diaspora_kg.spark import SparkEngine
    from diaspora_kg.stages import Graph

F = TypeVar("F", bound=Callable[..., Any])
_PARTS = "parts"


@dataclass(frozen=True)
class Distribution:
    """Where a build runs, and where Spark leaves the parts of the graph."""

    engine: str
    master: str
    parts: str | None
    compression: Literal["none", "gzip"]

    @contextmanager
    def running(self) -> "Iterator[SparkEngine | None]":
        """Run a block with the engine; with None where it is this process.

        Raises ``MissingPartError`` (DKG641) without Spark, and ``DiasporaKGError`` (DKG648) when
        the parts could not be written in the end.
        """
        if self.engine == "local":
            yield None
            return
        from diaspora_kg.spark import must_be_free, spark_engine

        if self.parts is not None:
            must_be_free(self.parts)
        with spark_engine(self.master) as engine:
            yield engine

    def keep(self, engine: "SparkEngine", graph: "Graph", folder: Path) -> None:
        """Write the parts of a graph: beside the build, or where the user wants them."""
        target = str(folder / _PARTS) if self.parts is None else self.parts
        engine.write_parts(graph.quads, target, self.compression)


def distribution_options(function: F) -> F:
    """Add ``--engine`` and what belongs to it; the command gets them as ``distribution``."""

    @functools.wraps(function)
    def command(
        *args: object,
        engine: str,
        master: str | None,
        parts: str | None,
        compression: Literal["none", "gzip"] | None,
        **kwargs: object,
    ) -> object:
        for name, value in (("master", master), ("parts", parts), ("compress", compression)):
            if value is not None and engine != "spark":
                raise click.UsageError(f"'--{name}' goes with '--engine spark'.")
        chosen = Distribution(engine, master or "local[*]", parts, compression or "none")
        return function(*args, distribution=chosen, **kwargs)

    return cast(F, _options(command))


def _options(command: Callable[..., object]) -> Callable[..., object]:
    for option in (
        click.option(
            "--compress",
            "compression",
            type=click.Choice(["none", "gzip"]),
            help="How the parts are compressed.",
        ),
        click.option(
            "--parts",
            metavar="DIR",
            help="With Spark: where the graph goes as sorted N-Quads parts, a new folder or an "
            "address such as hdfs://…; by default they are kept with the build.",
        ),
        click.option(
            "--master",
            metavar="ADDRESS",
            help="With Spark: the cluster, or 'local[2]' for two cores of this machine; all of "
            "them by default.",
        ),
        click.option(
            "--engine",
            type=click.Choice(["local", "spark"]),
            default="local",
            show_default=True,
            help="Where cases are read, populated and validated: here, or on Apache Spark.",
        ),
    ):
        command = option(command)
    return command
