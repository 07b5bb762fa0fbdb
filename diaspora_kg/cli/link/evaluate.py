"""``diaspora-kg link evaluate``."""

from pathlib import Path

import click

from diaspora_kg.cli.link.targets import matcher_for, to_option
from diaspora_kg.cli.options import chosen_format, format_option, output_option, write_out

_SUFFIXES = {".txt": "text", ".json": "json", ".csv": "csv", ".md": "md"}


@click.command(
    "evaluate",
    epilog="Example: diaspora-kg link evaluate known-names.csv --to organisations.ttl -f json",
)
@click.argument("gold", type=click.Path(path_type=Path))
@to_option
@click.option(
    "--outcomes",
    type=click.Path(path_type=Path),
    help="Also write what was found for every name, as CSV.",
)
@format_option(["text", "json", "csv", "md"], "text")
@output_option
def command(
    gold: Path, to: str, outcomes: Path | None, format_: str | None, output: Path | None
) -> None:
    """Measure how well names are recognised, on the names with known answers in GOLD.

    GOLD is a CSV with the columns name, country (empty where not known), expected (an IRI of the
    registry, or NIL where it has no answer) and kind (any word; results are given for each).
    """
    from diaspora_kg.linking.evaluation import evaluate, read_gold
    from diaspora_kg.rendering import linking as rendering

    form = chosen_format(format_, output, _SUFFIXES, "text")
    rows = read_gold(gold)
    measured = evaluate(rows, matcher_for(to), str(gold))
    render = {
        "text": rendering.evaluation_as_text,
        "json": rendering.evaluation_as_json,
        "csv": rendering.evaluation_as_csv,
        "md": rendering.evaluation_as_markdown,
    }[form]
    if outcomes is not None:
        write_out(rendering.outcomes_as_csv(measured.outcomes, measured.threshold), outcomes)
    write_out(render(measured), output)
