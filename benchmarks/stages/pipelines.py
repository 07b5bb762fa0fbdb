"""Case files to a validated, inferred graph on disk: ours, and the same from other parts.

The other pipeline reads the cases, finds conflicts and accepts with our code, for there is no
other; then it makes rdflib graphs, validates with pySHACL, and serialises. Its closure is not run
but counted: owlrl's seconds on what the pipeline infers from at 10,000 triples, scaled linearly.
"""

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from benchmarks.corpus import Files
from benchmarks.outcome import Outcome, Stage
from diaspora_kg.terms import Triple


def by_us(files: Files, work: Path, *, source: str) -> Outcome:
    """Build as the command does: read, populate, decide, infer, validate, write the store."""
    from diaspora_kg.assembly import build

    outcome = Outcome()
    with outcome.timed():
        result = build([getattr(files, source)], work / "kg", fail_on=None)
    checked = result.report.checked
    outcome.counts = {name: checked[name] for name in ("cases", "claims", "quads")}
    outcome.counts["findings"] = len(result.report.findings)
    return outcome


def by_others(files: Files, work: Path, *, source: str) -> Outcome:
    """Do the same with rdflib and pySHACL, in memory and then as N-Quads on disk."""
    from rdflib import Dataset

    from benchmarks.rdflib_terms import fill
    from diaspora_kg.assembly import assemble
    from diaspora_kg.validation.packaged import stated

    outcome = Outcome()
    dataset = Dataset()
    with outcome.timed("read, populate, decide"):
        graph = assemble([getattr(files, source)], shapes=False)
    with outcome.timed("make the rdflib graph"):
        fill(dataset, graph.quads)
    with outcome.timed("validate with pySHACL"):
        _validate(stated(graph.quads))
    with outcome.timed("serialise"):
        dataset.serialize(work / "graph.nq", format="nquads", encoding="utf-8")
    outcome.counts = {"quads": sum(1 for _ in dataset.quads())}
    return outcome


def _validate(triples: Iterable[Triple]) -> None:
    import pyshacl
    from rdflib import Graph

    from benchmarks.rdflib_terms import node_of
    from benchmarks.stages.validating import own_shapes

    data, shapes = Graph(), Graph()
    for s, p, o in triples:
        data.add((node_of(s), node_of(p), node_of(o)))
    for _, text in own_shapes():
        shapes.parse(data=text, format="turtle")
    pyshacl.validate(data, shacl_graph=shapes, inference="none")


def _stage(name: str, title: str, source: str, aim: float) -> Stage:
    engines = {"ours": partial(by_us, source=source), "others": partial(by_others, source=source)}
    return Stage(name, title, engines, up_to={"others": 100_000}, aim=aim, against="others")


FROM_YAML = _stage(
    "from-yaml", "case files in YAML to a validated, inferred graph on disk", "cases", 30
)
FROM_TABLES = _stage("from-csv", "tables of claims in CSV to the same graph on disk", "tables", 50)
