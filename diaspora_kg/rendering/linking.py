"""Candidates and measurements of the matcher: text, Markdown, JSON, CSV."""

import json
from collections.abc import Sequence

from diaspora_kg.linking.evaluation import Evaluation, Figures, Outcome
from diaspora_kg.linking.matching import Candidate
from diaspora_kg.namespaces import XSD
from diaspora_kg.rendering.layout import isolated, joined, markdown_text, pad, width_of
from diaspora_kg.rendering.tables import as_separated
from diaspora_kg.table import Table
from diaspora_kg.terms import Term, iri, text_literal, typed_literal

Answers = Sequence[tuple[str, Sequence[Candidate]]]
"""Names with their candidates, best first."""

_HEADS = ("kind", "names", "with answer", "first candidate", "accepted", "precision", "recall")
_BIN_HEADS = ("probability", "names", "said", "right")
_MEASURES = {
    "first_candidate": "right first candidate, of the names that have an answer",
    "recall_at_98_precision": "found and accepted, at the threshold for 98 % precision",
    "threshold": "that threshold: the least probability that is accepted",
    "nil_rejected": "names without an answer for which nothing is accepted",
    "brier": "Brier score: mean squared distance of probability and truth",
}


def candidates_as_text(answers: Answers) -> str:
    """Return the candidates of each name, with the reasons below."""
    lines: list[str] = []
    for name, candidates in answers:
        lines.append(isolated(name))
        if not candidates:
            lines.append("  no candidate")
        for candidate in candidates:
            place = f"  {candidate.country}" if candidate.country else ""
            head = f"{candidate.probability:7.1%}  {isolated(candidate.label)}{place}"
            lines += [f"{head}  {candidate.iri}", f"         {'; '.join(candidate.why)}"]
    return joined(lines)


def candidates_as_markdown(answers: Answers) -> str:
    """Return one table for all names."""
    rows = [("name", "probability", "candidate", "country", "why")]
    for name, candidates in answers:
        for one in candidates:
            link = f"[{markdown_text(one.label)}]({one.iri})"
            why = markdown_text("; ".join(one.why))
            share = f"{one.probability:.1%}"
            rows.append((markdown_text(name), share, link, one.country, why))
    return _markdown(rows)


def candidates_as_json(answers: Answers) -> str:
    """Return a list of names, each with its candidates."""
    found = [
        {
            "name": name,
            "candidates": [
                {
                    "iri": one.iri,
                    "label": one.label,
                    "probability": one.probability,
                    "country": one.country,
                    "types": list(one.types),
                    "nearest_name": one.name,
                    "why": list(one.why),
                }
                for one in candidates
            ],
        }
        for name, candidates in answers
    ]
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def candidates_as_csv(answers: Answers, delimiter: str = ",") -> str:
    """Return one row a candidate; a name without any has a row of its own."""
    rows: list[tuple[Term | None, ...]] = []
    for name, candidates in answers:
        rows += [
            (
                text_literal(name),
                iri(one.iri),
                text_literal(one.label),
                _number(one.probability),
                text_literal(one.country),
                text_literal("; ".join(one.why)),
            )
            for one in candidates
        ] or [(text_literal(name), None, None, None, None, None)]
    columns = ("name", "iri", "label", "probability", "country", "why")
    return as_separated(Table(columns, tuple(rows)), delimiter)


def evaluation_as_text(measured: Evaluation) -> str:
    """Return the table of results by kind, the chief figures, and how calibrated they are."""
    lines = [*_columns(_result_rows(measured)), ""]
    for key, meaning in _MEASURES.items():
        lines.append(f"{_shown(key, _figures(measured)[key]):>8}  {meaning}")
    return joined([*lines, "", *_columns(_bin_rows(measured))])


def evaluation_as_markdown(measured: Evaluation) -> str:
    """Return the same as ``evaluation_as_text`` in Markdown."""
    figures = _figures(measured)
    chief = [("figure", "value"), *((m, _shown(k, figures[k])) for k, m in _MEASURES.items())]
    tables = (_result_rows(measured), chief, _bin_rows(measured))
    return "\n".join(_markdown(rows) for rows in tables)


def evaluation_as_json(measured: Evaluation) -> str:
    """Return all figures; a share that nothing can be said of is null."""
    figures: dict[str, object] = {
        "names": measured.total.names,
        "with_answer": measured.total.answers,
        **_figures(measured),
        "precision": measured.total.precision,
        "kinds": [
            {
                "kind": part.kind,
                "names": part.names,
                "with_answer": part.answers,
                "first_candidate": part.first_candidate,
                "accepted": part.accepted,
                "accepted_right": part.accepted_right,
                "recall": part.recall,
            }
            for part in measured.kinds
        ],
        "calibration": [
            {"from": b.lowest, "to": b.highest, "names": b.names, "said": b.said, "right": b.right}
            for b in measured.bins
        ],
    }
    return json.dumps(figures, ensure_ascii=False, indent=2) + "\n"


def evaluation_as_csv(measured: Evaluation, delimiter: str = ",") -> str:
    """Return the table of results by kind."""
    heads, *rows = _result_rows(measured)
    literals = tuple(tuple(text_literal(cell) for cell in row) for row in rows)
    return as_separated(Table(heads, literals), delimiter)


def outcomes_as_csv(outcomes: Sequence[Outcome], threshold: float) -> str:
    """Return what was found for every name, for looking at the mistakes."""
    rows = tuple(
        (
            text_literal(one.gold.name),
            text_literal(one.gold.country),
            text_literal(one.gold.kind),
            text_literal(one.gold.expected),
            text_literal(one.found),
            _number(one.probability),
            text_literal("yes" if one.found and one.probability >= threshold else "no"),
            text_literal("yes" if one.is_right else "no"),
        )
        for one in outcomes
    )
    columns = ("name", "country", "kind", "expected", "found", "probability", "accepted", "right")
    return as_separated(Table(columns, rows), ",")


def _figures(measured: Evaluation) -> dict[str, float | None]:
    return {
        "first_candidate": measured.total.first_candidate,
        "recall_at_98_precision": measured.recall_at_98_precision,
        "threshold": measured.threshold,
        "nil_rejected": measured.nil_rejected,
        "brier": measured.brier,
    }


def _result_rows(measured: Evaluation) -> list[tuple[str, ...]]:
    return [_HEADS, *(_row(figures) for figures in (measured.total, *measured.kinds))]


def _row(figures: Figures) -> tuple[str, ...]:
    counts = (str(figures.names), str(figures.answers), _percent(figures.first_candidate))
    accepted = (str(figures.accepted), _percent(figures.precision), _percent(figures.recall))
    return (figures.kind, *counts, *accepted)


def _bin_rows(measured: Evaluation) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = [_BIN_HEADS]
    for part in measured.bins:
        span = f"{part.lowest:.1f} to {part.highest:.1f}"
        rows.append((span, str(part.names), _percent(part.said), _percent(part.right)))
    return rows


def _shown(key: str, value: float | None) -> str:
    if key in ("threshold", "brier"):
        return f"{value:.3f}"
    return _percent(value)


def _percent(value: float | None) -> str:
    return "–" if value is None else f"{100 * value:.1f} %"


def _columns(rows: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(width_of(row[at]) for row in rows) for at in range(len(rows[0]))]
    return [
        "  ".join(
            pad(cell, width, to_the_right=at > 0)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]


def _markdown(rows: Sequence[tuple[str, ...]]) -> str:
    ruler = ("---", *("--:" for _ in rows[0][1:]))
    return joined(f"| {' | '.join(row)} |" for row in (rows[0], ruler, *rows[1:]))


def _number(value: float) -> Term:
    return typed_literal(f"{value:.4f}", XSD + "decimal")
