"""All OWL 2 RL rules over what is stated and accepted, together with the ontology's axioms."""

from pathlib import Path

from benchmarks.corpus import Files
from benchmarks.outcome import Engine, Outcome, Stage
from diaspora_kg.namespaces import OWL, XSD
from diaspora_kg.terms import Triple


def read_lines(file: Path) -> list[Triple]:
    """Return the triples of N-Triples lines as the program writes them."""
    triples = []
    for line in file.read_text("utf-8").split("\n"):
        if line:
            subject, predicate, value = line.removesuffix(" .").split(" ", 2)
            triples.append((subject, predicate, value))
    return triples


def by_us(file: Path) -> Outcome:
    """Close a graph in which facts and axioms stand together."""
    from diaspora_kg.inference.closure import close

    outcome = Outcome()
    graph = read_lines(file)
    with outcome.timed():
        found = close(graph)
        triples = found.triples
    outcome.counts = {
        "given": len(graph),
        "inferred": len(triples),
        "inconsistencies": len(found.inconsistencies),
    }
    outcome.answer = [" ".join(triple) for triple in triples]
    return outcome


def by_owlrl(file: Path) -> Outcome:
    """Close the same graph; parsing and reading off the result are not counted."""
    import owlrl  # type: ignore[import-untyped]
    import rdflib

    from benchmarks.rdflib_terms import node_of
    from diaspora_kg.inference.tautologies import is_tautology

    outcome = Outcome()
    given = read_lines(file)
    graph = rdflib.Graph()
    written = {}
    for triple in given:
        node = (node_of(triple[0]), node_of(triple[1]), node_of(triple[2]))
        written[node] = triple
        graph.add(node)
    literals = {node_of(text): text for triple in given for text in triple if text[0] == '"'}
    with outcome.timed():
        semantics = owlrl.OWLRL_Semantics(graph, False, False)
        semantics.closure()

    def text(node: rdflib.term.Node) -> str:
        return literals.get(node) or node.n3()

    found = {written.get(node) or (text(node[0]), text(node[1]), text(node[2])) for node in graph}
    found = {triple for triple in found - set(given) if not is_tautology(triple)}
    outcome.counts = {
        "given": len(given),
        "inferred": len(found),
        "inconsistencies": len(semantics.error_messages),
    }
    outcome.answer = sorted(" ".join(triple) for triple in found)
    return outcome


def argued(line: str) -> str | None:
    """Return why owlrl alone has a triple: the reasons that docs/inference.md gives."""
    subject, predicate, value = line.split(" ", 2)
    if subject.startswith('"'):
        return "a literal as subject"
    if subject in (f"<{XSD}date>", f"<{XSD}time>") or subject.endswith("#HTML>"):
        return "a datatype that OWL 2 RL does not have"
    if "agent-ont#error" in predicate or "ErrorMessage" in value:
        return "owlrl's own report of an error"
    if predicate == f"<{OWL}disjointWith>" and "XMLSchema#" in subject:
        return "the disjointness of two datatypes"
    return None


def _on(engine: str, attribute: str) -> Engine:
    close = by_us if engine == "ours" else by_owlrl

    def run(files: Files, _: Path) -> Outcome:
        return close(getattr(files, attribute))

    return run


CLOSURE = Stage(
    "closure",
    "closure of all that is stated and accepted, all rules",
    {"ours": _on("ours", "closed"), "owlrl": _on("owlrl", "closed")},
    up_to={"owlrl": 10_000},
    aim=150,
    against="owlrl",
    argued=argued,
)
PREMISES = Stage(
    "closure-of-accepted",
    "closure of what is accepted alone, as the pipeline does it",
    {"ours": _on("ours", "premises"), "owlrl": _on("owlrl", "premises")},
    up_to={"owlrl": 10_000},
    argued=argued,
)
