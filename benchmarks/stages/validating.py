"""The project's own shapes, and the 44 beside this package, over data with blemishes."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.corpus import Files
from benchmarks.outcome import Engine, Outcome, Stage
from diaspora_kg.resources import folder

if TYPE_CHECKING:
    from diaspora_kg.shacl import Result

LAB = Path(__file__).parent.parent / "shapes.ttl"


def own_shapes() -> list[tuple[str, str]]:
    """Return the files of the packaged shapes over data: name and text."""
    files = sorted(folder("shapes").iterdir(), key=lambda file: file.name)
    return [
        (file.name, file.read_text("utf-8"))
        for file in files
        if file.name.endswith(".ttl") and file.name != "ontology.ttl"
    ]


def lab_shapes() -> list[tuple[str, str]]:
    """Return the 44 property shapes."""
    return [(LAB.name, LAB.read_text("utf-8"))]


Shapes = Callable[[], list[tuple[str, str]]]


def by_us(shapes: Shapes) -> Engine:
    """Return the compiled engine; reading shapes and running them counts, loading data not."""

    def run(files: Files, _: Path) -> Outcome:
        import pyoxigraph as ox

        from diaspora_kg.shacl import DataGraph, ShapesGraph, validate
        from diaspora_kg.shacl.graph import read_triples

        outcome = Outcome()
        data = DataGraph(files.stated.read_bytes())
        with outcome.timed():
            triples = [
                triple
                for name, text in shapes()
                for triple in read_triples(text, ox.RdfFormat.TURTLE, scope=name)
            ]
            report = validate(data, ShapesGraph(triples))
        outcome.counts = {
            "results": len(report.results),
            "handed to pySHACL": len(report.handed_over),
        }
        outcome.answer = sorted(_line(result) for result in report.results)
        return outcome

    return run


def by_pyshacl(shapes: Shapes) -> Engine:
    """Return pySHACL on plain rdflib graphs."""

    def run(files: Files, _: Path) -> Outcome:
        import pyshacl
        import rdflib

        outcome = Outcome()
        data = rdflib.Graph().parse(files.stated, format="nt")
        with outcome.timed():
            graph = rdflib.Graph()
            for _name, text in shapes():
                graph.parse(data=text, format="turtle")
            _, report, _ = pyshacl.validate(data, shacl_graph=graph, inference="none")
        lines = sorted(_lines_of_report(report))
        outcome.counts = {"results": len(lines)}
        outcome.answer = lines
        return outcome

    return run


def by_rudof(shapes: Shapes) -> Engine:
    """Return pyrudof; its results are compared without values, which it shortens."""

    def run(files: Files, _: Path) -> Outcome:
        import pyrudof

        outcome = Outcome()
        rudof = pyrudof.Rudof(pyrudof.RudofConfig())
        rudof.read_data(files.stated, pyrudof.RDFFormat.NTriples)
        with outcome.timed():
            rudof.read_shacl("\n".join(text for _, text in shapes()), pyrudof.ShaclFormat.Turtle)
            report = rudof.validate_shacl()
        outcome.counts = {"results": len(report)}
        outcome.answer = sorted(
            f"<{entry.focus_node}> <{entry.source_shape}> {_local(entry.constraint_component)}"
            for entry in report
        )
        return outcome

    return run


def _line(result: "Result") -> str:
    shape = "_:" if result.shape.startswith("_:") else result.shape
    value = "" if result.value is None else result.value
    return " ".join((result.focus, shape, _local(result.component), value)).rstrip()


def _lines_of_report(report: Any) -> Iterator[str]:  # noqa: ANN401 - an rdflib graph
    from rdflib import RDF, BNode, Namespace

    from benchmarks.rdflib_terms import term_of

    sh = Namespace("http://www.w3.org/ns/shacl#")
    nested = set(report.objects(None, sh.detail))
    for node in report.subjects(RDF.type, sh.ValidationResult):
        if node in nested:
            continue
        shape = report.value(node, sh.sourceShape)
        value = report.value(node, sh.value)
        focus = report.value(node, sh.focusNode)
        said = "" if value is None or isinstance(value, BNode) else term_of(value)
        name = "_:" if isinstance(shape, BNode) else shape.n3()
        component = _local(report.value(node, sh.sourceConstraintComponent).n3())
        yield " ".join((term_of(focus), name, component, said)).rstrip()


def _without_value(line: str) -> str:
    return " ".join(line.split(" ")[:3])


def _local(iri: str) -> str:
    return iri.rpartition("#")[2].removesuffix(">").removesuffix("ConstraintComponent")


def _stage(name: str, title: str, shapes: Shapes) -> Stage:
    engines = {"ours": by_us(shapes), "pySHACL": by_pyshacl(shapes), "pyrudof": by_rudof(shapes)}
    up_to = {"pySHACL": 100_000, "pyrudof": 100_000}
    compared = {"pyrudof": _without_value}
    return Stage(name, title, engines, up_to=up_to, aim=25, against="pySHACL", compared=compared)


OWN_SHAPES = _stage("shapes", "validate by the project's own shapes", own_shapes)
LAB_SHAPES = _stage("shapes-44", "validate by 44 property shapes of the domain", lab_shapes)
