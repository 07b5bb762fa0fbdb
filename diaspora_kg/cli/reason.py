"""``diaspora-kg reason``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.options import (
    chosen_format,
    format_option,
    kg_option,
    output_option,
    paths_argument,
    write_out,
)
from diaspora_kg.cli.talk import say
from diaspora_kg.errors import EXIT_FINDINGS, EXIT_GOOD

if TYPE_CHECKING:
    from diaspora_kg.inference.dl import DLResult
    from diaspora_kg.inference.proofs import Inconsistency
    from diaspora_kg.reasoning import Premises

_SUFFIXES = {".nt": "ntriples", ".ttl": "turtle"}


@click.command("reason", epilog="Example: diaspora-kg reason data.ttl -o inferred.nt")
@paths_argument
@click.option("--dl", is_flag=True, help="Ask a DL reasoner for consistency instead; needs Java.")
@click.option("--all", "with_given", is_flag=True, help="Write what was given as well.")
@click.option(
    "--timeout",
    type=click.FloatRange(1),
    default=300,
    show_default=True,
    help="With --dl: give up after so many seconds.",
)
@format_option(["ntriples", "turtle"], "ntriples")
@output_option
@kg_option
def command(
    paths: tuple[Path, ...],
    dl: bool,
    with_given: bool,
    timeout: float,
    format_: str | None,
    output: Path | None,
    kg: Path | None,
) -> int:
    """Write what follows in OWL 2 RL from the graph, or from case files or any RDF files.

    Axioms come from the ontology, and from RDF files as well. Contested content is no premise of
    anything. The exit status is 1 when the statements contradict the axioms and, with --dl, also
    when the reasoner could not tell: no answer is never taken for a good one.
    """
    from diaspora_kg.reasoning import check, premises

    given = premises(paths, kg)
    for line in given.notices:
        say(line)
    if dl:
        result = check(given, timeout)
        write_out(_answer(result), output)
        return EXIT_GOOD if result.is_good else EXIT_FINDINGS
    form = chosen_format(format_, output, _SUFFIXES, "ntriples")
    return _materialise(given, form, output, with_given)


def _materialise(given: "Premises", form: str, output: Path | None, with_given: bool) -> int:
    from diaspora_kg.exporting import serialise
    from diaspora_kg.reasoning import materialise

    found = materialise(given)
    triples = [*found.triples, *(given.facts if with_given else ())]
    graph = "<https://w3id.org/diaspora-kg/graph/inferred>"
    write_out(serialise(((s, p, o, graph) for s, p, o in triples), form), output)
    say(f"{len(found.triples):,} statements follow from {len(given.facts):,}.")
    if found.unsupported:
        say(f"{len(found.unsupported):,} axioms are outside OWL 2 RL and were not used.")
    for inconsistency in found.contradictions:
        click.echo(_in_words(inconsistency), err=True)
    return EXIT_FINDINGS if found.contradictions else EXIT_GOOD


def _in_words(found: "Inconsistency") -> str:
    from diaspora_kg.namespaces import compact
    from diaspora_kg.terms import iri_of, is_iri

    def short(triple: tuple[str, ...]) -> str:
        return " ".join(compact(iri_of(term)) if is_iri(term) else term for term in triple)

    leaves = "; ".join(short(triple) for triple in found.leaves)
    return f"contradiction ({found.rule}): {leaves}"


def _answer(result: "DLResult") -> str:
    from diaspora_kg.namespaces import compact
    from diaspora_kg.terms import iri_of

    words = {
        "consistent": "consistent, and every class can have members",
        "inconsistent": "inconsistent: no world is as these statements say",
        "unsatisfiable-classes": "consistent, but some classes can have no member",
        "could-not-tell": f"could not tell: {result.reason}",
    }
    lines = [words[result.answer]]
    lines += [f"  {compact(iri_of(name))}" for name in result.unsatisfiable]
    for datatype, number in sorted((result.omitted or {}).items()):
        lines.append(f"left out: {number} literals of xsd:{datatype}, which the reasoner refuses")
    return "\n".join(lines) + "\n"
