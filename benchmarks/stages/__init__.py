"""The stages that are measured, each by the engines that can do it."""

from benchmarks.outcome import Stage
from benchmarks.stages.closing import CLOSURE, PREMISES
from benchmarks.stages.limits import LOADING_THE_RESULT, PARSING
from benchmarks.stages.loading import LOADING
from benchmarks.stages.pipelines import FROM_TABLES, FROM_YAML
from benchmarks.stages.querying import QUERIES
from benchmarks.stages.validating import LAB_SHAPES, OWN_SHAPES

STAGES: dict[str, Stage] = {
    stage.name: stage
    for stage in (
        PARSING,
        LOADING_THE_RESULT,
        LOADING,
        OWN_SHAPES,
        LAB_SHAPES,
        CLOSURE,
        PREMISES,
        QUERIES,
        FROM_YAML,
        FROM_TABLES,
    )
}
