"""Builds on Apache Spark, for corpora that outgrow one process or one machine.

Cases are read, populated and validated as slices, each of which stands alone: what it needs of
the others (names, sources, a claim it refers to) is broadcast. The rest of a build sees the whole
graph and runs where the command runs.
"""

from diaspora_kg.spark.engine import SparkEngine, spark_engine
from diaspora_kg.spark.parts import must_be_free

__all__ = ["SparkEngine", "must_be_free", "spark_engine"]
