"""What to cite for an answer, as text, JSON and BibTeX."""

import json
from collections.abc import Iterator

from diaspora_kg.citing import GRAPH_ADDRESS, LICENCE, UNDATED, Citation, Work
from diaspora_kg.rendering.layout import block, joined

SUFFIXES = {".txt": "text", ".json": "json", ".bib": "bibtex"}
_FIELD = 11
_BIBTEX_TYPES = {"article": "article", "book": "book", "chapter": "incollection"}


def render(citation: Citation, form: str, width: int = 100) -> str:
    """Return a citation in a form: ``text``, ``json`` or ``bibtex``."""
    if form == "json":
        return as_json(citation)
    return as_bibtex(citation) if form == "bibtex" else as_text(citation, width)


def as_text(citation: Citation, width: int = 100) -> str:
    """Return a citation for people: what was asked of which graph, then the works."""
    lines: list[str] = []
    for name, text in _particulars(citation):
        lines += block(text, width, f"{name:<{_FIELD}}")
    for heading, works in (
        ("Works that the answer rests on", citation.works),
        ("Works that these name as standing behind what they say", citation.named),
    ):
        if works:
            lines += ["", heading]
            for work in works:
                unread = "" if work.is_read else " [not read for this graph]"
                lines += block(f"{work}{unread}", width, "  ", "      ")
    lines += ["", "The graph", *block(citation.graph, width, "  ", "      ")]
    return joined(lines)


def _particulars(citation: Citation) -> Iterator[tuple[str, str]]:
    if citation.question:
        yield "Question", citation.question
    if citation.query:
        values = ", ".join(f"{name} = {value}" for name, value in citation.values.items())
        yield "Query", citation.query + (f" ({values})" if values else "")
    else:
        yield "Query", citation.sparql
    yield "Graph", f"diaspora-kg {citation.version}, build {citation.build}"
    yield "Accepted", citation.policy
    yield "Date", citation.date if citation.date != UNDATED else "undated build"
    rows, claims = _counted(citation.rows, "row"), _counted(citation.claims, "claim")
    yield "Answer", f"{rows}, resting on {claims}"
    for gap in citation.gaps:
        yield "Gap", gap


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"


def as_json(citation: Citation) -> str:
    """Return a citation as JSON."""
    value = {
        "question": citation.question,
        "query": citation.query,
        "parameters": dict(citation.values),
        "sparql": citation.sparql,
        "graph": {
            "iri": GRAPH_ADDRESS,
            "version": citation.version,
            "build": citation.build,
            "policy": citation.policy,
            "date": None if citation.date == UNDATED else citation.date,
            "licence": LICENCE,
            "citation": citation.graph,
        },
        "rows": citation.rows,
        "claims": citation.claims,
        "works": [_work_value(work) for work in citation.works],
        "namedWorks": [_work_value(work) for work in citation.named],
        "gaps": list(citation.gaps),
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _work_value(work: Work) -> dict[str, object]:
    value: dict[str, object] = {
        "iri": work.iri,
        "key": work.key,
        "citation": str(work),
        "authors": [
            {"family": author.family, "given": author.given}
            if author.given
            else {"name": author.family}
            for author in work.authors
        ],
        "year": work.year,
        "title": work.title,
        "publisher": work.publisher,
        "doi": work.doi,
        "read": work.is_read,
    }
    return {key: found for key, found in (value | dict(work.details)).items() if found != ""}


def as_bibtex(citation: Citation) -> str:
    """Return the works and the graph as BibTeX entries."""
    works = {work.key: work for work in (*citation.works, *citation.named)}
    entries = [_entry(works[key]) for key in sorted(works)]
    return "\n".join([*entries, _graph_entry(citation)])


def _entry(work: Work) -> str:
    details = work.details
    kind = _BIBTEX_TYPES.get(details.get("type", ""), "misc")
    container = "journal" if kind == "article" else "booktitle"
    issued = work.year if work.year.isdigit() else ""
    notes = [] if issued or work.year == "n.d." else [work.year]
    notes += [] if work.is_read else ["not read for this graph"]
    fields = {
        "author": " and ".join(
            str(author) if author.given else _whole(author.family) for author in work.authors
        ),
        "title": work.title or work.label,
        "year": issued,
        container: details.get("container", ""),
        "volume": details.get("volume", ""),
        "number": details.get("issue", ""),
        "pages": details.get("pages", ""),
        "publisher": work.publisher,
        "address": details.get("place", ""),
        "doi": work.doi,
        "url": details.get("url", ""),
        "note": ", ".join(notes),
    }
    return _bibtex(kind, work.key, fields)


def _whole(name: str) -> str:
    return "others" if name == "et al." else f"{{{name}}}"


def _graph_entry(citation: Citation) -> str:
    fields = {
        "author": "{diaspora-kg contributors}",
        "title": "diaspora-kg: claims with evidence",
        "year": "" if citation.date == UNDATED else citation.date[:4],
        "version": citation.version,
        "url": GRAPH_ADDRESS,
        "note": f"Build {citation.build}; accepted: {citation.policy}; {LICENCE}",
    }
    return _bibtex("misc", "diaspora-kg", fields)


def _bibtex(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{text}}}," for name, text in fields.items() if text]
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])
