"""A bibliography made ready to be cited: each work once, under a key that a case can use."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from diaspora_kg.errors import (
    EXIT_USAGE,
    DiasporaKGError,
    Finding,
    FindingsError,
    Location,
    Severity,
)
from diaspora_kg.model import Source, Written
from diaspora_kg.naming import slug
from diaspora_kg.reading.bibliography import read_entries
from diaspora_kg.times import parse_time

_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Imported:
    """The works of a bibliography, with what its owner should look at."""

    sources: tuple[Source, ...]
    findings: tuple[Finding, ...]
    renamed: tuple[tuple[str, str], ...] = ()
    """Keys that were changed: as they stood, and as they are."""
    repeated: tuple[str, ...] = ()
    """Keys of entries that say the same as an earlier one and were left out."""

    @property
    def without_author(self) -> list[str]:
        """Keys of works for which neither author nor publisher is known."""
        return [s.key for s in self.sources if not s.authors and s.publisher is None]

    @property
    def without_date(self) -> list[str]:
        """Keys of works that have no date of issue."""
        return [s.key for s in self.sources if s.date is None and s.issued_not_before is None]

    @property
    def without_title(self) -> list[str]:
        """Keys of works that have no title."""
        return [s.key for s in self.sources if not s.titles]

    def summary(self) -> list[str]:
        """Return what was read, in lines for a person."""
        lines = [f"{len(self.sources)} works read."]
        for label, keys in (
            ("without author or publisher", self.without_author),
            ("without date", self.without_date),
            ("without title", self.without_title),
            ("left out as repetitions", list(self.repeated)),
        ):
            if keys:
                lines.append(f"{len(keys)} {label}: {_some(keys)}")
        if self.renamed:
            pairs = [f"{old} is now {new}" for old, new in self.renamed]
            lines.append(f"{len(pairs)} keys changed: {_some(pairs)}")
        return lines


def import_bibliography(paths: Iterable[Path], *, author_year_keys: bool = False) -> Imported:
    """Return the works of BibTeX and CSL-JSON files, each once.

    Of two entries with one key, the second is left out when it is the same work, and renamed
    when it is another. With ``author_year_keys`` every key is made of authors and year, as in
    ``keck-sikkink1998``.

    Raises ``DiasporaKGError`` when a file is no bibliography; entries that cannot be read are
    findings, and the others are kept.
    """
    entries: list[Source] = []
    findings: list[Finding] = []
    failures: list[Finding] = []
    for path in paths:
        try:
            found, wrong = read_entries(path)
        except DiasporaKGError as error:
            failures.extend(error.findings)
        else:
            entries.extend(found)
            findings.extend(wrong)
    if not entries and failures:
        nothing = FindingsError(tuple(failures))
        nothing.exit_status = EXIT_USAGE  # no file could be read at all
        raise nothing
    findings.extend(failures)
    renamed: list[tuple[str, str]] = []
    repeated: list[str] = []
    kept = _each_once(entries, author_year_keys, renamed, repeated)
    findings.extend(_doubtful_dates(kept))
    return Imported(tuple(kept), tuple(findings), tuple(renamed), tuple(repeated))


def author_year_key(source: Source) -> str:
    """Return a key of at most two families, or the first of three or more, and the year."""
    names = [name.strip("{}") for name in source.authors if name != "others"]
    families = [name.partition(",")[0] for name in names]
    if not families:
        title = source.titles[0].text if source.titles else source.key
        families = [source.publisher or " ".join(title.split()[:3])]
    several = len(families) > 2 or "others" in source.authors
    shown = families[:1] if several else families
    year = re.search(r"\d{4}", source.date or source.issued_not_before or "")
    return "-".join(slug(family) for family in shown) + (year.group() if year else "")


def _each_once(
    entries: list[Source],
    author_year_keys: bool,
    renamed: list[tuple[str, str]],
    repeated: list[str],
) -> list[Source]:
    taken: dict[str, Source] = {}
    for source in entries:
        wanted = author_year_key(source) if author_year_keys else str(source.key)
        key, number = wanted, 0
        while key in taken and not _same_work(taken[key], source):
            number += 1
            key = f"{wanted}{_LETTERS[number]}" if number < len(_LETTERS) else f"{wanted}-{number}"
        if key in taken:
            repeated.append(f"{source.key} ({_place(source.at)})")
            continue
        if key != source.key:
            renamed.append((str(source.key), key))
        taken[key] = replace(source, key=Written(key, source.key.at))
    return list(taken.values())


def _same_work(one: Source, other: Source) -> bool:
    if one.doi and other.doi:
        return one.doi.lower() == other.doi.lower()
    return _title(one) == _title(other) and _title(one) != "" and _year(one) == _year(other)


def _title(source: Source) -> str:
    return slug(source.titles[0].text) if source.titles else ""


def _year(source: Source) -> str:
    match = re.search(r"\d{4}", source.date or "")
    return match.group() if match else ""


def _doubtful_dates(sources: Iterable[Source]) -> list[Finding]:
    return [
        Finding(
            "DKG117",
            f"'{source.date}' is no date that can be read",
            "Write 2012, 2012-10, 2012-10-05, 'c. 2013', 2013~ or 2011/2012.",
            Severity.WARNING,
            source.date.at,
        )
        for source in sources
        if source.date is not None and parse_time(source.date) is None
    ]


def _place(at: Location) -> str:
    return f"line {at.line}" if at.line else at.file


def _some(words: list[str]) -> str:
    shown = ", ".join(words[:8])
    return shown if len(words) <= 8 else f"{shown} and {len(words) - 8} more"
