"""Write the tables of ``docs/evaluation.md`` from what they count.

python scripts/make_evaluation.py            write
python scripts/make_evaluation.py --check    say that the page is stale, and fail
"""

import csv
import re
import sys
from collections.abc import Callable
from pathlib import Path

from fair_checks import check_fair
from pitfalls import find_pitfalls, judged

from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.reading.queries import packaged_queries, wording

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "evaluation.md"
_SHOWN = 6


def main(arguments: list[str]) -> int:
    """Write the page, or with ``--check`` compare it."""
    text = PAGE.read_text("utf-8")
    made = text
    for name, table in TABLES.items():
        pattern = re.compile(rf"(<!-- begin: {name} -->\n).*?(<!-- end: {name} -->)", re.DOTALL)
        filled = "\n".join(["", *table(), ""])
        made = pattern.sub(lambda found, rows=filled: found[1] + rows + "\n" + found[2], made)
    if "--check" in arguments:
        if made != text:
            print("docs/evaluation.md is stale: run 'make docs'", file=sys.stderr)
        return int(made != text)
    PAGE.write_text(made, "utf-8")
    return 0


def questions() -> list[str]:
    """Return the competency questions with the query that answers each, and its expected rows."""
    lines = ["| question | query | rows, with the examples of its parameters |", "|---|---|---|"]
    for name, query in sorted(packaged_queries().items()):
        file = ROOT / "tests" / "queries" / f"{name}.csv"
        rows = (
            ""
            if not file.is_file()
            else str(len(list(csv.reader(file.open("r", encoding="utf-8")))) - 1)
        )
        lines.append(f"| {wording(query.questions, 'en')} | `{name}` | {rows} |")
    return lines


def pitfalls() -> list[str]:
    """Return the pitfalls of the catalogue with what was found of each."""
    lines = ["| | pitfall | terms | which, and why |", "|---|---|---|---|"]
    for found in find_pitfalls(read_ontology()):
        shown = ", ".join(f"`{term}`" for term in found.found[:_SHOWN])
        more = f" and {len(found.found) - _SHOWN} more" if len(found.found) > _SHOWN else ""
        words = f"{found.note} {shown}{more}".strip()
        lines.append(f"| {found.number} | {found.title} | {len(found.found)} | {words} |")
    left = ", ".join(f"{number} ({title})" for number, title in judged().items())
    return [*lines, "", f"Not checked by a program here, because a person has to judge: {left}."]


def fair() -> list[str]:
    """Return the checks of the FAIR principles."""
    words = {True: "holds", False: "**does not hold**", None: "not checked"}
    lines = ["| principle | asked | | |", "|---|---|---|---|"]
    for check in check_fair(read_ontology()):
        lines.append(f"| {check.principle} | {check.asked} | {words[check.holds]} | {check.why} |")
    return lines


TABLES: dict[str, Callable[[], list[str]]] = {
    "questions": questions,
    "pitfalls": pitfalls,
    "fair": fair,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
