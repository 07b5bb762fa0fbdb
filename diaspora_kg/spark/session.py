"""A Spark context that is silent, and a clear word where there can be none."""

import os
import re
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import diaspora_kg
from diaspora_kg.errors import DiasporaKGError, MissingPartError

if TYPE_CHECKING:
    from pyspark import SparkConf, SparkContext

_LOCAL = "local"
_JAVA = re.compile(r'^(Exception in thread "\w+" )?(Caused by: )?([a-z]\w*\.)+(?=[A-Z])')
"""What Java writes before the name of an exception."""


@contextmanager
def spark_context(master: str, settings: dict[str, str] | None = None) -> "Iterator[SparkContext]":
    """Run a block with a Spark context of its own; what Spark logs goes to a file.

    ``master`` is ``local[2]`` or the address of a cluster; ``settings`` are further settings of
    Spark. What fails inside Spark is raised as ``DiasporaKGError`` (DKG642) with its cause.

    Raises ``MissingPartError`` (DKG641) when pyspark or Java is not there, or no session begins.
    """
    _must_be_installed()
    _must_be_alone()
    with tempfile.TemporaryDirectory(prefix="diaspora-kg-spark-") as scratch:
        log = Path(scratch) / "spark.log"
        with log.open("w", encoding="utf-8") as stream:
            context, gateway = _started(master, settings or {}, Path(scratch), stream, log)
            try:
                with plainly_failing():
                    yield context
            finally:
                _stop(context, gateway)


def _must_be_installed() -> None:
    try:
        import pyspark  # noqa: F401
    except ImportError as error:
        raise MissingPartError(
            "DKG641", "Apache Spark is not installed", "pip install 'diaspora-kg[spark]'"
        ) from error
    home = os.environ.get("JAVA_HOME")
    if not (home and (Path(home) / "bin").is_dir()) and shutil.which("java") is None:
        raise MissingPartError(
            "DKG641",
            "Spark needs Java, and there is none on this machine",
            "Install a Java runtime (17 or later); with '--engine local' none is needed.",
        )


def _must_be_alone() -> None:
    from pyspark import SparkContext

    if SparkContext._active_spark_context is not None:
        raise DiasporaKGError(
            "DKG642",
            "a Spark session runs in this process already",
            "Use it: SparkEngine(session.sparkContext), or stop it first.",
        )


def _started(
    master: str, settings: dict[str, str], scratch: Path, stream: IO[str], log: Path
) -> "tuple[SparkContext, Any]":
    from py4j.protocol import Py4JError
    from pyspark import SparkContext
    from pyspark.errors import PySparkException
    from pyspark.java_gateway import launch_gateway

    conf = _conf(master, settings, scratch)
    gateway = None
    try:
        gateway = launch_gateway(conf, {"stdout": stream, "stderr": stream})
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it has opinions on pandas, which is not used here
            context = SparkContext(conf=conf, gateway=gateway)
    except (Py4JError, PySparkException, OSError, ValueError) as error:
        if gateway is not None:
            _end(gateway)
        raise MissingPartError(
            "DKG641",
            f"no Spark session began at '{master}': {_cause(error, log)}",
            "Spark needs Java 17 or later; '--master local[2]' runs it on this machine.",
        ) from error
    context.setLogLevel("OFF")
    if master.startswith(_LOCAL) and "PYSPARK_PYTHON" not in os.environ:
        context.pythonExec = sys.executable  # workers run the same program as this one
    return context, gateway


def _conf(master: str, settings: dict[str, str], scratch: Path) -> "SparkConf":
    from pyspark import SparkConf

    conf = SparkConf(loadDefaults=True).setMaster(master).setAppName("diaspora-kg")
    conf.set("spark.ui.enabled", "false").set("spark.ui.showConsoleProgress", "false")
    conf.set("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
    if master.startswith(_LOCAL):
        # nothing listens beyond this machine
        conf.set("spark.driver.bindAddress", "127.0.0.1").set("spark.driver.host", "127.0.0.1")
        conf.set("spark.local.dir", str(scratch))
        conf.setExecutorEnv("PYTHONPATH", str(Path(diaspora_kg.__file__).parent.parent))
    for key, value in settings.items():
        conf.set(key, value)
    return conf


@contextmanager
def plainly_failing() -> Iterator[None]:
    """Raise what fails inside Spark as ``DiasporaKGError`` (DKG642), with its cause in a line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        raise DiasporaKGError(
            "DKG642",
            f"Spark could not do its part: {_cause(error)}",
            "Nothing has been written. With '-vv' the whole message of Spark is shown.",
        ) from error


def _cause(error: Exception, log: Path | None = None) -> str:
    """Return the one line of a long message that says what went wrong."""
    exception = getattr(error, "java_exception", None)
    while exception is not None and exception.getCause() is not None:
        exception = exception.getCause()
    text = str(error) if exception is None else str(exception.toString())
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if log is not None:
        lines += [line.strip() for line in log.read_text("utf-8").splitlines()]
    marks = ("Error: ", "Error (", "Exception: ", "Caused by: ")
    told = [line for line in lines if any(mark in line for mark in marks) and line[:3] != "at "]
    return _JAVA.sub("", (told or lines or [type(error).__name__])[-1])[:300]


def _stop(context: "SparkContext", gateway: Any) -> None:  # noqa: ANN401 - py4j is untyped
    from py4j.protocol import Py4JError

    try:
        context.stop()
    except (Py4JError, OSError):
        pass  # the Java side died first, and took everything with it
    finally:
        _end(gateway)


def _end(gateway: Any) -> None:  # noqa: ANN401 - py4j is untyped
    """End the Java process, so that the next context gets one of its own."""
    from pyspark import SparkContext

    gateway.shutdown()
    process = getattr(gateway, "proc", None)
    if process is not None:
        process.stdin.close()  # it ends when the pipe does
        process.wait(timeout=60)
    SparkContext._gateway = None
    SparkContext._jvm = None
