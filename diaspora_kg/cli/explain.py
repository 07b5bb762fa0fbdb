"""``diaspora-kg explain``."""

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diaspora_kg.cli.completion import complete_codes
from diaspora_kg.cli.options import chosen_format, format_option, output_option, write_out

if TYPE_CHECKING:
    from diaspora_kg.catalogue import Entry, ShapeEntry

_WIDTH = 88
_WHAT = {
    "claim": "in a claim",
    "claims": "among the claims",
    "case": "in a case file",
    "sources": "under 'sources:'",
    "table": "in a table of claims",
    "bibliography": "in a bibliography",
    "files": "in two files",
    "command": "on the command line",
}


@click.command("explain", epilog="Example: diaspora-kg explain DKG104")
@click.argument("code", required=False, shell_complete=complete_codes)
@format_option(["text", "json"], "text")
@output_option
def command(code: str | None, format_: str | None, output: Path | None) -> None:
    """Explain an error code, with a good and a bad example; without CODE, list them all.

    CODE may be written DKG104, dkg104 or 104.
    """
    from diaspora_kg.catalogue import explain, titles

    form = chosen_format(format_, output, {".json": "json"}, "text")
    if code is None:
        known = titles()
        text = "".join(f"{name}  {title}\n" for name, title in known.items())
        write_out(text if form == "text" else _json(known), output)
        return
    found = explain(code)
    if form == "json":
        write_out(_json(_as_data(found)), output)
    elif isinstance(found, tuple):
        write_out("\n".join(_shape(shape) for shape in found), output)
    else:
        write_out(_entry(found), output)


def _entry(entry: "Entry") -> str:
    where = _WHAT[entry.bad.kind]
    return (
        f"{entry.code}: {entry.title}\n\n{_paragraph(entry.explanation)}\n\n"
        f"Wrong, {where}:\n\n{_indented(entry.bad.lines)}\n\n"
        f"Right:\n\n{_indented(entry.good.lines)}\n"
    )


def _shape(shape: "ShapeEntry") -> str:
    text = (
        f"{shape.code}: {shape.title} ({shape.severity}, shape {shape.name})\n\n"
        f"{_paragraph(shape.description)}\n\n"
        f"What it says:\n\n{_indented(_paragraph(shape.message, _WIDTH - 4))}\n"
    )
    for heading, nodes in (("Wrong", shape.invalid), ("Right", shape.valid)):
        if nodes:
            text += f"\n{heading}, in the graph:\n\n{_indented(chr(10).join(nodes))}\n"
    return text


def _paragraph(text: str, width: int = _WIDTH) -> str:
    return textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)


def _indented(text: str) -> str:
    return textwrap.indent(text, "    ")


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _as_data(found: "Entry | tuple[ShapeEntry, ...]") -> object:
    if isinstance(found, tuple):
        return [
            {
                "code": shape.code,
                "shape": shape.name,
                "title": shape.title,
                "severity": shape.severity,
                "explanation": shape.description,
                "message": shape.message,
                "wrong": list(shape.invalid),
                "right": list(shape.valid),
            }
            for shape in found
        ]
    return {
        "code": found.code,
        "title": found.title,
        "explanation": found.explanation,
        "wrong": found.bad.lines,
        "right": found.good.lines,
    }
