"""A review as a spreadsheet: out with the evidence beside each candidate, back with decisions."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, FindingsError, Location
from diaspora_kg.linking.mapping_sets import PREFIXES, shortened
from diaspora_kg.linking.records import Record
from diaspora_kg.linking.reviewing import DECISIONS, decided, word_of
from diaspora_kg.linking.things import Thing
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.reading.links import Link
from diaspora_kg.suggestions import did_you_mean

COLUMNS = (
    "decision", "subject", "our_names", "our_kind", "our_country", "our_description",
    "object", "their_names", "their_kind", "their_country", "confidence", "why",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_DECIDE = f"Write one of: {', '.join(DECISIONS)}; or leave it empty."


def as_sheet(
    links: Iterable[Link],
    find: Callable[[str], Thing | None],
    records: Mapping[str, Record],
) -> str:
    """Return candidates as CSV, one a row, to be decided in the column ``decision``.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for link in links:
        thing, record = find(link.subject), records.get(link.object)
        entry = record.entry if record else None
        ours = (
            " | ".join(text for text, _ in thing.names) if thing else link.subject_label,
            " ".join(thing.kinds) if thing else "",
            thing.country if thing else "",
            thing.description if thing else "",
        )
        theirs = (
            " | ".join(text for text, _ in entry.names) if entry else link.object_label,
            " ".join(entry.types) if entry else "",
            entry.country if entry else "",
        )
        sure = "" if link.confidence is None else f"{link.confidence:g}"
        names = (shortened(link.subject), *ours, shortened(link.object), *theirs)
        writer.writerow([word_of(link), *map(_guarded, names), sure, _guarded(link.comment)])
    return out.getvalue()


def from_sheet(path: Path, links: Iterable[Link], reviewer: str, day: str) -> tuple[Link, ...]:
    """Return candidates with the decisions that a spreadsheet holds; an empty cell decides nothing.

    A decision that stood there before keeps its reviewer and day.

    Raises ``FindingsError`` (DKG529) with every row that cannot be taken, at its line.
    """
    text = read_text(path).text
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    for column in ("decision", "subject", "object"):
        if column not in (reader.fieldnames or ()):
            raise DiasporaKGError(
                "DKG529",
                f"the sheet has no column '{column}'",
                "Take the one that 'link review --to-csv' wrote.",
                Location(str(path), 1, 1),
            )
    by_pair = {link.pair: link for link in links}
    wrong: list[Finding] = []
    for row in reader:
        at = Location(str(path), reader.line_num, 1)
        word = (row["decision"] or "").strip().casefold()
        pair = (_written_out(row["subject"]), _written_out(row["object"]))
        if pair not in by_pair:
            message = f"'{row['subject']}' and '{row['object']}' are no candidate of the file"
            wrong.append(Finding("DKG529", message, "Keep both columns as they were.", location=at))
        elif word and word not in DECISIONS:
            hint = did_you_mean(word, DECISIONS, _DECIDE)
            wrong.append(Finding("DKG529", f"'{word}' is no decision", hint, location=at))
        elif word and word != word_of(by_pair[pair]):
            by_pair[pair] = decided(by_pair[pair], DECISIONS[word], reviewer, day)
    if wrong:
        raise FindingsError(tuple(wrong))
    return tuple(by_pair.values())


def _written_out(word: str | None) -> str:
    text = (word or "").strip()
    prefix, _, local = text.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES else text


def _guarded(text: str) -> str:
    flat = " ".join(text.split())
    return f"'{flat}" if flat.startswith(_FORMULA) else flat


def _delimiter(text: str) -> str:
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)
