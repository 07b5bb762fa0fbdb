"""Compare the closure with owlrl's on the same graph: equal triples, time and memory.

    python benchmarks/inference.py                    the packaged graph with its ontology
    python benchmarks/inference.py DATA.nt ONTOLOGY.ttl
    python benchmarks/inference.py --triples 10000    seeded facts of that number
    … --ours                                          without owlrl, which takes minutes

Each closure runs in a process of its own, so that its peak of memory is its own. Compared is
what both infer of a graph that holds facts and axioms together, tautologies left out; a
difference is printed, and the exit status is 1 when one is not among those that
docs/inference.md argues.
"""

import argparse
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from diaspora_kg.inference.axioms import is_axiom
from diaspora_kg.inference.closure import close
from diaspora_kg.inference.tautologies import is_tautology
from diaspora_kg.namespaces import OWL, RDFS, XSD
from diaspora_kg.terms import TYPE, Triple

EXAMPLE = "http://example.org/"
AXIOMS = """
@prefix : <http://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
:Ministry rdfs:subClassOf :StateBody . :StateBody rdfs:subClassOf :Organization .
:Ngo rdfs:subClassOf :CivilSociety . :CivilSociety rdfs:subClassOf :Organization .
:Person owl:disjointWith :Organization . :Person a owl:Class . :Organization a owl:Class .
:leads rdfs:subPropertyOf :memberOf . :memberOf rdfs:domain :Person ; rdfs:range :Organization ;
    owl:inverseOf :hasMember .
:partOf a owl:TransitiveProperty ; rdfs:domain :Organization .
:alliedWith a owl:SymmetricProperty . :registryNumber a owl:InverseFunctionalProperty .
:basedIn owl:propertyChainAxiom ( :partOf :basedIn ) .
:linkedTo owl:propertyChainAxiom ( :hasMember :nationality ) .
[ owl:onProperty :basedIn ; owl:someValuesFrom :HostState ] rdfs:subClassOf :Abroad .
:Leader owl:equivalentClass [ owl:onProperty :leads ; owl:someValuesFrom owl:Thing ] .
:Both owl:equivalentClass [ owl:intersectionOf ( :Abroad :CivilSociety ) ] .
[ owl:unionOf ( :Both :StateBody ) ] rdfs:subClassOf :Influential .
:Influential rdfs:subClassOf [ owl:onProperty :hasMember ; owl:allValuesFrom :Person ] .
"""


def seeded(number: int) -> list[Triple]:
    """Return seeded facts of a number of triples, with the axioms above."""
    from diaspora_kg.reading.ontology import parse_turtle

    chance = random.Random(7)

    def of(kind: str, count: int) -> str:
        return f"<{EXAMPLE}{kind}{chance.randrange(count)}>"

    def prop(name: str) -> str:
        return f"<{EXAMPLE}{name}>"

    organizations, people, states = max(4, number // 8), max(4, number // 6), 190
    found: set[Triple] = set()
    while len(found) < number:
        organization, person = of("org", organizations), of("person", people)
        kind = chance.choice(["Ministry", "Ngo", "StateBody", "CivilSociety"])
        parent = int(organization.rpartition("org")[2].rstrip(">")) // 5
        found |= {
            (organization, TYPE, prop(kind)),
            (organization, prop("basedIn"), of("state", states)),
            (organization, f"<{RDFS}label>", f'"Organization {len(found)}"@en'),
            (person, prop(chance.choice(["memberOf", "leads"])), organization),
            (person, prop("nationality"), of("state", states)),
            (person, prop("registryNumber"), f'"{person[-6:-1]}"'),
            (of("state", states), TYPE, prop("HostState")),
        }
        if chance.random() < 0.3:
            found.add((organization, prop("partOf"), f"<{EXAMPLE}org{parent}>"))
        if chance.random() < 0.2:
            found.add((organization, prop("alliedWith"), of("org", organizations)))
        if chance.random() < 0.01:
            found.add((person, prop("registryNumber"), f'"{chance.randrange(people)}"'))
    return sorted(found)[:number] + list(parse_turtle(AXIOMS))


def packaged() -> list[Triple]:
    """Return what the packaged graph is inferred from, with the axioms of the ontology."""
    from diaspora_kg.assembly import assemble

    graph = assemble(shapes=False)
    graphs = ("reference", "links", "accepted")
    facts = {(s, p, o) for s, p, o, g in graph.quads if g.endswith(tuple(f"/{n}>" for n in graphs))}
    return sorted(facts | {triple for triple in graph.ontology.triples if is_axiom(triple)})


def read(files: list[Path]) -> list[Triple]:
    """Return the triples of some RDF files."""
    import pyoxigraph as ox

    return [
        (str(quad.subject), str(quad.predicate), str(quad.object))
        for file in files
        for quad in ox.parse(path=file)
    ]


def by_us(graph: list[Triple]) -> tuple[set[Triple], bool, float]:
    """Return our closure, whether the graph is inconsistent, and the median seconds of three."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        found = close(graph)
        triples = set(found.triples)
        taken.append(time.perf_counter() - start)
    return triples | set(graph), bool(found.inconsistencies), statistics.median(taken)


def by_owlrl(graph: list[Triple]) -> tuple[set[Triple], bool, float]:
    """Return owlrl's closure; parsing and reading off the result are not counted."""
    import owlrl
    import rdflib

    rdf = rdflib.Graph()
    blank: dict[str, rdflib.BNode] = {}

    def term(text: str) -> rdflib.term.Identifier:
        if text.startswith("_:"):
            return blank.setdefault(text, rdflib.BNode(text[2:]))
        return rdflib.URIRef(text[1:-1]) if text[0] == "<" else rdflib.util.from_n3(text)

    for s, p, o in graph:
        rdf.add((term(s), term(p), term(o)))
    given = {t: (s, p, o) for (s, p, o) in graph for t in [(term(s), term(p), term(o))]}
    start = time.perf_counter()
    semantics = owlrl.OWLRL_Semantics(rdf, False, False)
    semantics.closure()
    seconds = time.perf_counter() - start
    forms = {str(text): text for triple in graph for text in triple if text[0] == '"'}
    literal = {term(text): text for text in forms}

    def text(node: rdflib.term.Identifier) -> str:
        return literal.get(node) or node.n3()

    found = {given.get((s, p, o)) or (text(s), text(p), text(o)) for s, p, o in rdf}
    return found, bool(semantics.error_messages), seconds


def is_argued(triple: Triple) -> bool:
    """Tell whether a triple of owlrl alone is one that docs/inference.md explains."""
    beyond = any(triple[0] == f"<{XSD}{name}>" for name in ("date", "time"))
    return (
        beyond
        or triple[0].endswith("#HTML>")
        or triple[0].startswith('"')
        or (
            "agent-ont#error" in triple[1]
            or "ErrorMessage" in triple[2]
            or (triple[1] == f"<{OWL}disjointWith>" and "XMLSchema#" in triple[0])
        )
    )


def in_process(which: str, data: Path) -> tuple[set[Triple], bool, float, float]:
    """Run one closure in a process of its own; add its peak of memory in megabytes."""
    command = [sys.executable, __file__, "--run", which, str(data)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    said = json.loads(done.stdout)
    return {tuple(t) for t in said["triples"]}, said["clash"], said["seconds"], said["peak"]


def run_one(which: str, data: Path) -> None:
    """Close a graph and print everything about it, for the process that asked."""
    graph = [tuple(triple) for triple in json.loads(data.read_text("utf-8"))]
    triples, clash, seconds = (by_us if which == "ours" else by_owlrl)(graph)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    said = {"triples": sorted(triples), "clash": clash, "seconds": seconds, "peak": peak}
    print(json.dumps(said))


def main() -> int:
    """Compare, print, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--triples", type=int)
    parser.add_argument("--ours", action="store_true")
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.run:
        run_one(options.run[0], Path(options.run[1]))
        return 0
    graph = (
        read(options.files)
        if options.files
        else (seeded(options.triples) if options.triples else packaged())
    )
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "graph.json"
        data.write_text(json.dumps(graph), "utf-8")
        ours, clash, seconds, peak = in_process("ours", data)
        print(f"{len(set(graph))} triples given, {len(ours) - len(set(graph))} inferred")
        print(f"ours:  {seconds:8.3f} s, {peak:5.0f} MB, inconsistent: {clash}")
        if options.ours:
            return 0
        theirs, their_clash, their_seconds, their_peak = in_process("owlrl", data)
    print(f"owlrl: {their_seconds:8.3f} s, {their_peak:5.0f} MB, inconsistent: {their_clash}")
    print(f"{their_seconds / seconds:.0f} times as fast")
    missing = {t for t in theirs - ours if not is_tautology(t)}
    beyond = {t for t in ours - theirs if not is_tautology(t)}
    unargued = {t for t in missing if not is_argued(t)}
    print(f"only owlrl: {len(missing)}, of which explained: {len(missing - unargued)}")
    print(f"only ours: {len(beyond)}")
    for triple in [*sorted(unargued)[:20], *sorted(beyond)[:20]]:
        print("  ", *triple)
    return 1 if unargued or beyond else 0


if __name__ == "__main__":
    sys.exit(main())
