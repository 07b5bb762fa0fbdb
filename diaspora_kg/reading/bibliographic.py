"""What the formats of bibliographies have in common: keys, dates, pages, languages, DOIs."""

import re

from diaspora_kg.model import Written
from diaspora_kg.naming import slug

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NOT_IN_KEY = re.compile(r"[^a-z0-9._-]+")
_BEFORE_DOI = re.compile(r"^(https?://)?(dx\.)?doi\.org/|^doi:\s*", re.IGNORECASE)
_LANGUAGES = {
    "english": "en", "american": "en", "british": "en", "turkish": "tr", "turkce": "tr",
    "türkçe": "tr", "german": "de", "deutsch": "de", "ngerman": "de", "french": "fr",
    "français": "fr", "arabic": "ar", "urdu": "ur", "uzbek": "uz", "spanish": "es",
    "russian": "ru", "persian": "fa", "farsi": "fa", "chinese": "zh", "korean": "ko",
    "italian": "it", "portuguese": "pt", "dutch": "nl", "ukrainian": "uk",
}  # fmt: skip


def key_from(raw: str) -> str | None:
    """Return the key of a source from a key as written; None when nothing is left of it."""
    lowered = raw.strip().lower()
    if not lowered:
        return None
    valid = not _NOT_IN_KEY.search(lowered) and lowered[0].isalnum()
    return lowered if valid else slug(lowered)


def made_key(family: str, title: str | None, date: str | None) -> str:
    """Return a key made of author (else the beginning of the title) and year."""
    year = re.search(r"\d{4}", date or "")
    word = family.strip("{} ") or " ".join((title or "work").split()[:3])
    return f"{slug(word)}{year.group() if year else ''}"


def language_code(name: str | None) -> str:
    """Return the two or three letters of a language that a bibliography names, else ``en``."""
    word = (name or "").strip("{} ").lower()
    word = re.split(r"[-_;, ]", word)[0]
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    return word if re.fullmatch("[a-z]{2,3}", word) else "en"


def bare_doi(doi: Written | None, url: Written | None = None) -> Written | None:
    """Return a DOI without the address before it; it may stand in the ``url`` instead."""
    if doi is None and url is not None and re.match(r"https?://(dx\.)?doi\.org/10\.", url):
        doi = url
    if doi is None:
        return None
    bare = _BEFORE_DOI.sub("", doi.strip())
    return Written(bare, doi.at) if bare else None


def page_range(pages: Written | None) -> Written | None:
    """Return pages with one dash between them; None for R's ``NA -- NA``."""
    if pages is None or re.fullmatch(r"(NA|N/A)(\s*[-–]+\s*(NA|N/A))?", pages):
        return None
    return Written(re.sub(r"\s*[-‐‒–—]+\s*", "–", pages), pages.at)


def date_of_year_and_month(year: Written | None, month: Written | None) -> Written | None:
    """Return ``2012-10`` for a year and a month, in words or figures; the year alone otherwise."""
    if year is None or month is None or not re.fullmatch(r"\d{4}", year):
        return year
    if re.search(r"\w\s*[-–/]", month):
        return year  # a double issue: the year is all that is sure
    head = month.lower()[:3].rstrip(" .")
    number = _MONTHS.index(head) + 1 if head in _MONTHS else int(head) if head.isdigit() else 0
    return Written(f"{year}-{number:02d}", year.at) if 1 <= number <= 12 else year
