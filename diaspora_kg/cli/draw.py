"""``diaspora-kg draw``."""

from pathlib import Path

import click

from diaspora_kg.cli.options import format_option, kg_option, output_option, write_out
from diaspora_kg.cli.talk import say
from diaspora_kg.errors import DiasporaKGError


@click.command("draw", epilog="Example: diaspora-kg draw concept-map -o concept-map.svg")
@click.argument("what", required=False)
@output_option
@format_option(["svg", "png"], "svg")
@kg_option
@click.option("--map", "which", metavar="ID", help="The concept map, where there are several.")
@click.option(
    "--language",
    type=click.Choice(["en", "tr"]),
    default="en",
    show_default=True,
    help="The language of labels and legend, and of phrases where the source has them in it.",
)
@click.option(
    "--width",
    type=click.IntRange(200, 8000),
    metavar="PIXELS",
    help="How wide the picture is. By default as wide as is needed to read it.",
)
def command(
    what: str | None,
    output: Path | None,
    format_: str | None,
    kg: Path | None,
    which: str | None,
    language: str,
    width: int | None,
) -> None:
    """Draw a picture of the graph, as SVG or PNG; without WHAT, list what can be drawn.

    Every arrow of an SVG carries the claims behind it, with the places of their quotes.
    """
    from diaspora_kg.drawing import PICTURES, draw_concept_map
    from diaspora_kg.opening import open_kg
    from diaspora_kg.suggestions import did_you_mean

    if what is None:
        for name, shows in PICTURES.items():
            click.echo(f"{name}\t{shows}")
        return
    if what not in PICTURES:
        hint = did_you_mean(what, PICTURES, f"Pictures are: {', '.join(PICTURES)}.")
        raise DiasporaKGError("DKG450", f"there is no picture '{what}'", hint)
    chosen = _format(format_, output)
    graph = open_kg(kg)
    picture = draw_concept_map(
        graph.store, format=chosen, which=which, language=language, width=width
    )
    for line in graph.notices():
        say(line)
    write_out(picture.data, output)


def _format(given: str | None, output: Path | None) -> str:
    """Return the format asked for by name or by the suffix of the file."""
    if given is not None or output is None or str(output) == "-":
        return given or "svg"
    return output.suffix.lower().removeprefix(".") or "svg"
