"""The packaged queries as a list: by tag for people, as a table for programs."""

from collections.abc import Iterable

from diaspora_kg.reading.queries import PackagedQuery, Parameter, wording
from diaspora_kg.rendering.layout import Style, block, joined
from diaspora_kg.table import Table
from diaspora_kg.terms import text_literal

_COLUMNS = ("name", "question", "tags", "parameters")


def as_text(queries: Iterable[PackagedQuery], language: str, width: int, style: Style) -> str:
    """Return the queries under their first tags, each with its question and parameters."""
    by_tag: dict[str, list[PackagedQuery]] = {}
    for query in sorted(queries, key=lambda query: query.name):
        by_tag.setdefault(query.tags[0] if query.tags else "other", []).append(query)
    lines: list[str] = []
    for tag in sorted(by_tag):
        lines += ["", style("head", tag)] if lines else [style("head", tag)]
        for query in by_tag[tag]:
            lines.append(f"  {style('mark', query.name)}")
            lines += block(wording(query.questions, language), width, "      ")
            taken = " ".join(_shown(parameter) for parameter in query.parameters)
            lines += [style("dim", line) for line in block(taken, width, "      ")] if taken else []
    return joined(lines)


def as_table(queries: Iterable[PackagedQuery], language: str) -> Table:
    """Return the queries as a table: name, question, tags, parameters."""
    rows = tuple(
        (
            text_literal(query.name),
            text_literal(wording(query.questions, language), language),
            text_literal(" ".join(query.tags)),
            text_literal(" ".join(_shown(parameter) for parameter in query.parameters)),
        )
        for query in sorted(queries, key=lambda query: query.name)
    )
    return Table(_COLUMNS, rows)


def _shown(parameter: Parameter) -> str:
    """Return a parameter as it is typed; one that may be left out stands in brackets."""
    example = f"'{parameter.example}'" if " " in parameter.example else parameter.example
    text = f"-p {parameter.name}={example}"
    return text if parameter.required else f"[{text}]"
