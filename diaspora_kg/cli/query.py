"""``diaspora-kg query``."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.asking import language_option, manner_of, must_fit, tell_of
from diaspora_kg.cli.completion import complete_queries
from diaspora_kg.cli.limits import limits_options, tell_of_cut
from diaspora_kg.cli.options import (
    chosen_endpoint,
    chosen_format,
    endpoint_option,
    format_option,
    is_typed,
    kg_option,
    output_option,
    write_out,
)
from diaspora_kg.cli.services import services_options, tell_of_services
from diaspora_kg.cli.talk import coloured, say
from diaspora_kg.errors import EXIT_GOOD, DiasporaKGError

if TYPE_CHECKING:
    from diaspora_kg.confinement.limits import Limits
    from diaspora_kg.graph import KnowledgeGraph
    from diaspora_kg.outside import AllowedServices
    from diaspora_kg.querying import Question

_TABLES = ("table", "csv", "tsv", "json", "xml", "md", "xlsx")
_CITATIONS = ("text", "json", "bibtex")


@click.command(
    "query",
    epilog="Example: diaspora-kg query definitions-of-a-concept -p concept='soft power' --evidence",
)
@click.argument("name", required=False, shell_complete=complete_queries)
@click.option("-p", "--param", "params", metavar="KEY=VALUE", multiple=True, help="A parameter.")
@click.option("--sparql", metavar="TEXT|FILE|-", help="Ask this SPARQL instead; '-' reads stdin.")
@click.option("--evidence", is_flag=True, help="Add to each row the quotes that it rests on.")
@click.option("--evidence-all", is_flag=True, help="The same, with every claim of a group listed.")
@click.option("--as-of", metavar="DATE", help="Ask about this day, if the query has a time.")
@click.option("--contested", is_flag=True, help="See what is disputed too, marked in the evidence.")
@click.option("--show", is_flag=True, help="Print exactly what would run, and run nothing.")
@click.option("--cite", "is_cited", is_flag=True, help="Print what to cite for the answer.")
@click.option("--short-names", is_flag=True, help="Call things by short names, not by labels.")
@limits_options
@services_options
@language_option
@format_option([*_TABLES, "text", "bibtex"], "table")
@output_option
@kg_option
@endpoint_option
def command(
    name: str | None,
    params: tuple[str, ...],
    sparql: str | None,
    evidence: bool,
    evidence_all: bool,
    as_of: str | None,
    contested: bool,
    show: bool,
    is_cited: bool,
    short_names: bool,
    language: str,
    format_: str | None,
    output: Path | None,
    kg: Path | None,
    endpoint: str | None,
    limits: "Limits | None",
    allowed: "AllowedServices | None",
) -> int:
    """Ask the graph: a packaged query by its NAME, or any SPARQL. Without NAME, list the queries.

    A label can stand for a thing (-p state=Türkiye); a label that fits several things lists them.

    SPARQL of your own can be stopped and has limits, see below; a packaged query has them if you
    give one. An answer that was cut says so, with exit status 1.

    SERVICE in your SPARQL asks the services that --allow-service names, and no other.
    """
    if name is None and sparql is None:
        _list(language, format_, output)
        return EXIT_GOOD
    if name is not None and sparql is not None:
        raise click.UsageError("Ask either a packaged query by its name or --sparql, not both.")
    from diaspora_kg.opening import open_kg
    from diaspora_kg.outside import needs_graph_on_disk

    if allowed and endpoint and is_typed("endpoint"):
        raise needs_graph_on_disk()  # also where a folder is named besides
    where = chosen_endpoint(endpoint, kg)
    if where and allowed:
        raise needs_graph_on_disk()
    graph = open_kg(kg, endpoint=where, contested=contested, limits=limits)
    question = _question(graph, name, sparql, _values(params), as_of, language, allowed)
    if show:
        write_out(question.sparql.rstrip("\n") + "\n", output)
        return EXIT_GOOD
    for note in question.notes:
        say(f"note: {note}")
    has_slips = question.from_outside and _tell_slips(question, graph)
    if is_cited:
        _cite(graph, question, format_, output, language)
        tell_of(graph)
        return EXIT_GOOD
    from diaspora_kg.rendering.tables import SUFFIXES, render

    form = must_fit(chosen_format(format_, output, SUFFIXES, "table"), _TABLES, "an answer")
    question = graph.resolved(question, limits)
    table, answer = graph.answer(question, language, limits), None
    if evidence or evidence_all or contested:
        answer = graph.evidence_of(question, table, language, limits)
        _tell_gaps(answer.gaps)
    manner = manner_of(
        graph, output, language=language, short_names=short_names, all_claims=evidence_all
    )
    write_out(render(table, form, manner, answer), output)
    say(_size(len(table), table.kind, has_slips=has_slips))
    tell_of_services(table)
    tell_of(graph)
    return tell_of_cut(table)


def _list(language: str, format_: str | None, output: Path | None) -> None:
    from diaspora_kg.cli.asking import style_of, width_of
    from diaspora_kg.reading.queries import packaged_queries
    from diaspora_kg.rendering.queries import as_table, as_text
    from diaspora_kg.rendering.tables import SUFFIXES, render

    form = must_fit(chosen_format(format_, output, SUFFIXES, "table"), _TABLES, "the list")
    queries = packaged_queries().values()
    if form == "table":
        write_out(as_text(queries, language, width_of(output), style_of(output)), output)
    else:
        write_out(render(as_table(queries, language), form), output)


def _values(params: tuple[str, ...]) -> dict[str, str]:
    values: dict[str, str] = {}
    for param in params:
        key, equals, value = param.partition("=")
        key = key.strip().replace("-", "_")
        if not equals or not key or key in values:
            raise DiasporaKGError(
                "DKG413",
                f"'{param}' is no parameter with a value of its own",
                "Write -p KEY=VALUE, each KEY once.",
            )
        values[key] = value
    return values


def _question(
    graph: "KnowledgeGraph",
    name: str | None,
    sparql: str | None,
    values: dict[str, str],
    as_of: str | None,
    language: str,
    allowed: "AllowedServices | None",
) -> "Question":
    from diaspora_kg.querying import read_sparql, with_day
    from diaspora_kg.reading.queries import packaged_query

    if name is not None and (name.endswith(".rq") or "{" in name):
        name, sparql = None, name
    packaged = packaged_query(name) if name else None
    if as_of is not None:
        values = with_day(packaged, values, as_of)
    if packaged is not None:
        takes_language = "language" in [parameter.name for parameter in packaged.parameters]
        if takes_language and language != "en":
            values = {"language": language, **values}
        return graph.question(packaged.name, **values)
    assert sparql is not None
    text = _stdin() if sparql == "-" else read_sparql(sparql)
    return graph.ask(text, allow_services=allowed or (), **values)


def _stdin() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DiasporaKGError(
            "DKG411", "what came from stdin is not UTF-8", "Save the query as UTF-8."
        ) from error


def _cite(
    graph: "KnowledgeGraph",
    question: "Question",
    format_: str | None,
    output: Path | None,
    language: str,
) -> None:
    from diaspora_kg.cli.asking import width_of
    from diaspora_kg.rendering.citations import SUFFIXES, render

    given = "text" if format_ == "table" else format_
    form = must_fit(chosen_format(given, output, SUFFIXES, "text"), _CITATIONS, "a citation")
    citation = graph.cite(question, language=language)
    _tell_gaps(list(citation.gaps))
    write_out(render(citation, form, width_of(output)), output)


def _tell_gaps(gaps: list[str]) -> None:
    for gap in gaps:
        say(f"warning: {gap}")


def _tell_slips(question: "Question", graph: "KnowledgeGraph") -> bool:
    """Warn of names that nothing is called by; tell whether there are any."""
    from diaspora_kg.misspelling import unknown_names

    found = unknown_names(question.sparql, lambda names: graph.lookup.existing(names))
    for finding in found:
        say(coloured(finding, err=True))
    return bool(found)


def _size(rows: int, kind: str, *, has_slips: bool = False) -> str:
    if rows == 0 and has_slips:
        return "No rows: the query has a name that nothing is called by, see above."
    if kind == "answer":
        return "Yes or no, of this graph: what it does not say may still be so."
    if rows == 0:
        return "No rows. Nothing in this graph says so, which is not the same as “no”."
    return f"{rows} {kind if rows > 1 else kind.removesuffix('s')}."
