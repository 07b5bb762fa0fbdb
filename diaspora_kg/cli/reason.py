"""``diaspora-kg reason``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.asking import must_fit, style_of, width_of
from diaspora_kg.cli.options import (
    chosen_format,
    format_option,
    kg_option,
    output_option,
    paths_argument,
    write_out,
)
from diaspora_kg.cli.patience import telling
from diaspora_kg.cli.talk import coloured, say
from diaspora_kg.errors import EXIT_FINDINGS, EXIT_GOOD, DiasporaKGError, MissingPartError

if TYPE_CHECKING:
    from diaspora_kg.inference.dl import DLResult
    from diaspora_kg.reasoning import Premises

_TRIPLES = {".nt": "ntriples", ".ttl": "turtle"}
_ANSWERS = {".txt": "text", ".json": "json"}


@click.command("reason", epilog="Example: diaspora-kg reason data.ttl -o inferred.nt")
@paths_argument
@click.option("--dl", is_flag=True, help="Ask a DL reasoner for consistency instead; needs Java.")
@click.option("--all", "with_given", is_flag=True, help="Write what was given as well.")
@click.option(
    "--no-ontology", is_flag=True, help="RDF files: use their own axioms, not those packaged here."
)
@click.option(
    "--timeout",
    type=click.FloatRange(1),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="With --dl: give up after so long.",
)
@click.option(
    "--memory",
    type=click.IntRange(1),
    default=2000,
    show_default=True,
    metavar="MB",
    help="With --dl: how much memory Java may use.",
)
@format_option(["ntriples", "turtle", "text", "json"], "ntriples; with --dl, text")
@output_option
@kg_option
def command(
    paths: tuple[Path, ...],
    dl: bool,
    with_given: bool,
    no_ontology: bool,
    timeout: float,
    memory: int,
    format_: str | None,
    output: Path | None,
    kg: Path | None,
) -> int:
    """Write what follows in OWL 2 RL from the graph, or from case files or any RDF files.

    Axioms come from the ontology, and from RDF files as well. Contested content is no premise of
    anything. The exit status is 1 when the statements contradict the axioms; each contradiction
    names its rule, the statements and their lines.

    With --dl, HermiT says whether all can be true together, which classes can have no member and
    what follows for classes. If something cannot be, a smallest set of axioms and claims is shown
    that makes it so. No answer is never taken for a good one: the exit status is then 3.
    """
    from diaspora_kg.reasoning import premises

    wanted = (_ANSWERS, "text") if dl else (_TRIPLES, "ntriples")
    form = chosen_format(format_, output, *wanted)
    must_fit(
        form, tuple(wanted[0].values()), "the answer of the reasoner" if dl else "what follows"
    )
    with telling():
        given = premises(paths, kg, ontology=not no_ontology)
    for line in given.notices:
        say(line)
    if dl:
        return _check(given, timeout, memory, form, output)
    return _materialise(given, form, output, with_given)


def _materialise(given: "Premises", form: str, output: Path | None, with_given: bool) -> int:
    from diaspora_kg.exporting import serialise
    from diaspora_kg.reasoning import materialise

    with telling():
        found = materialise(given)
    triples = [*found.triples, *(given.facts if with_given else ())]
    graph = "<https://w3id.org/diaspora-kg/graph/inferred>"
    write_out(serialise(((s, p, o, graph) for s, p, o in triples), form), output)
    say(f"{len(found.triples):,} statements follow from {len(given.facts):,}.")
    if found.unsupported:
        say(f"{len(found.unsupported):,} axioms are outside OWL 2 RL and were not used.")
    for finding in found.contradictions:
        click.echo(coloured(finding, err=True), err=True)
    return EXIT_FINDINGS if found.contradictions else EXIT_GOOD


def _check(given: "Premises", timeout: float, memory: int, form: str, output: Path | None) -> int:
    from diaspora_kg.consistency import check
    from diaspora_kg.rendering.consistency import render

    with telling():
        found = check(given, timeout=timeout, memory=memory)
    write_out(render(found, form, width_of(output), style_of(output)), output)
    if found.result.trouble:
        raise _trouble(found.result)
    return EXIT_GOOD if found.result.is_good else EXIT_FINDINGS


def _trouble(result: "DLResult") -> DiasporaKGError:
    """Return the error of a reasoner that gave no answer."""
    if result.trouble == "refused":
        return DiasporaKGError(
            "DKG811",
            f"the DL reasoner refuses these statements: {result.reason}",
            "Nothing was checked. Mend what it names, or leave it out.",
        )
    hints = {
        "too-slow": "Give it more time with '--timeout SECONDS'.",
        "no-memory": "Give it more memory with '--memory MB'.",
    }
    hint = hints.get(result.trouble, "See whether 'java -version' works, and try again.")
    return MissingPartError(
        "DKG810",
        f"the DL reasoner gave no answer: {result.reason}",
        f"Nothing was checked, and nothing may be concluded. {hint}",
    )
