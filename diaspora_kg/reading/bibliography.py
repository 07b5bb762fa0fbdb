"""BibTeX and CSL-JSON to sources."""

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.model import Source, Wording, Written
from diaspora_kg.naming import slug
from diaspora_kg.reading.decoding import read_text

SUFFIXES = (".bib", ".json")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_KEY = re.compile(r"[^a-z0-9._-]+")
_LANGUAGES = {
    "english": "en", "american": "en", "british": "en", "turkish": "tr", "turkce": "tr",
    "türkçe": "tr", "german": "de", "french": "fr", "arabic": "ar", "urdu": "ur", "uzbek": "uz",
    "spanish": "es", "russian": "ru", "persian": "fa", "chinese": "zh", "korean": "ko",
}  # fmt: skip


def read_bibliography(path: Path) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """Return the sources of a BibTeX or CSL-JSON file, and what is wrong with it.

    Raises ``DiasporaKGError`` (DKG100) when the file cannot be read, and (DKG125) when it is
    neither of the two.
    """
    text = read_text(path, fallback="windows-1252").text
    if path.suffix.lower() == ".json":
        return _csl_json(text, str(path))
    return _bibtex(text, str(path))


# --- BibTeX -----------------------------------------------------------------------------


def _bibtex(text: str, name: str) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import LatexDecodingMiddleware

    decoding = LatexDecodingMiddleware(keep_braced_groups=True)
    library = parse_string(text, append_middleware=[decoding])
    entries: list[Any] = list(library.entries)
    findings: list[Finding] = []
    for block in library.failed_blocks:
        # exports repeat a field now and then ('note', 'keywords'); the entry is good all the same
        if type(block).__name__ == "DuplicateFieldKeyBlock":
            entries.append(block.ignore_error_block)
        else:
            findings.append(_failed(block, name))
    if not entries and not findings:
        raise DiasporaKGError(
            "DKG125",
            "no entry of a bibliography was found in the file",
            "A BibTeX entry begins with '@article{key,'.",
            Location(name),
        )
    return tuple(_entry(entry, name) for entry in entries), tuple(findings)


def _failed(block: Any, name: str) -> Finding:  # noqa: ANN401 - the library is untyped
    at = Location(name, (block.start_line or 0) + 1, 1)
    if type(block).__name__ == "DuplicateBlockKeyBlock":
        message = f"the key '{block.key}' stands twice in the bibliography"
        return Finding(
            "DKG129", message, "Give one of the two another key.", Severity.VIOLATION, at
        )
    return Finding(
        "DKG125",
        f"this entry is not well-formed BibTeX: {str(block.error).splitlines()[0][:120]}",
        "Check its braces, the comma after the key, and the commas between its fields.",
        Severity.VIOLATION,
        at,
    )


def _entry(entry: Any, name: str) -> Source:  # noqa: ANN401 - the library is untyped
    at = Location(name, (entry.start_line or 0) + 1, 1)
    values: dict[str, Written] = {}
    for field in entry.fields:
        line = field.start_line if field.start_line is not None else entry.start_line or 0
        text = re.sub(r"\s+", " ", str(field.value)).strip()
        if text:
            values[field.key.lower()] = Written(text, Location(name, line + 1, 1))

    def get(*names: str) -> Written | None:
        return next((values[n] for n in names if n in values), None)

    language = get("langid", "language")
    code = _language_code(language)
    titles = [Wording(code, _bare(values["title"]))] if "title" in values else []
    for key, value in values.items():
        if key.startswith("title") and len(key) == 7 and key[5:].isalpha():
            titles.append(Wording(key[5:], _bare(value)))
    reason = get("issuedreason")
    keywords = get("keywords")
    return Source(
        key=Written(_key(entry.key), at),
        at=at,
        type=Written(entry.entry_type.lower(), at),
        titles=tuple(titles),
        authors=_authors(get("author", "editor")),
        publisher=_maybe_bare(get("publisher", "institution", "organization", "school")),
        container=_maybe_bare(get("journal", "journaltitle", "booktitle", "series")),
        volume=get("volume"),
        issue=get("number", "issue"),
        pages=_dashes(get("pages")),
        doi=get("doi"),
        isbn=get("isbn"),
        url=get("url"),
        date=_date(values),
        issued_not_before=get("issuednotbefore"),
        issued_not_after=get("issuednotafter"),
        issued_reason=() if reason is None else (Wording("en", reason),),
        tier=get("tier"),
        access=get("access"),
        note=get("note"),
        place=get("address", "location"),
        language=Written(code, language.at) if language else None,
        text=get("textfile"),
        derived_from=_words(get("derivedfrom")),
        unresolved=keywords is not None and "unresolved" in _words(keywords),
    )


def _language_code(name: str | None) -> str:
    if name is None:
        return "en"
    word = name.strip("{} ").lower().split("-")[0].split(" ")[0]
    if word in _LANGUAGES:
        return _LANGUAGES[word]
    return word if re.fullmatch("[a-z]{2,3}", word) else "en"


def _key(raw: str) -> str:
    lowered = raw.strip().lower()
    return lowered if not _KEY.search(lowered) else slug(lowered)


def _words(text: Written | None) -> tuple[Written, ...]:
    if text is None:
        return ()
    return tuple(Written(w.strip(), text.at) for w in re.split(r"[,;]", text) if w.strip())


def _bare(text: Written) -> Written:
    return Written(re.sub(r"[{}]", "", text), text.at)


def _maybe_bare(text: Written | None) -> Written | None:
    return None if text is None else _bare(text)


def _dashes(text: Written | None) -> Written | None:
    return None if text is None else Written(re.sub(r"-+", "–", text), text.at)


def _authors(text: Written | None) -> tuple[Written, ...]:
    if text is None:
        return ()
    return tuple(Written(_one_author(part), text.at) for part in _split_names(text))


def _split_names(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for match in re.finditer(r"[{}]|\s+and\s+", text):
        token = match.group()
        if token == "{":
            depth += 1
        elif token == "}":
            depth -= 1
        elif depth == 0:
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    return [part.strip() for part in parts if part.strip()]


def _one_author(name: str) -> str:
    """Return ``Family, Given``; a name in braces speaks as it stands."""
    if name.startswith("{") and name.endswith("}"):
        return name
    plain = re.sub(r"[{}]", "", name)
    if "," in plain or " " not in plain:
        return re.sub(r"\s*,\s*", ", ", plain)
    words = plain.split()
    split = len(words) - 1
    while split > 1 and words[split - 1].islower():  # van, de, bin: part of the family name
        split -= 1
    return f"{' '.join(words[split:])}, {' '.join(words[:split])}"


def _date(values: dict[str, Written]) -> Written | None:
    if "date" in values:
        return values["date"]
    year = values.get("year")
    month = values.get("month")
    if year is None or month is None or not re.fullmatch(r"\d{4}", year):
        return year
    head = month.lower()[:3]
    number = _MONTHS.index(head) + 1 if head in _MONTHS else int(head) if head.isdigit() else 0
    return Written(f"{year}-{number:02d}", year.at) if 1 <= number <= 12 else year


# --- CSL-JSON ---------------------------------------------------------------------------


def _csl_json(text: str, name: str) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        raise DiasporaKGError(
            "DKG125",
            f"this is not well-formed JSON: {error.msg}",
            "Export the bibliography again as CSL-JSON.",
            Location(name, error.lineno, error.colno),
        ) from error
    items = data.get("items", [data]) if isinstance(data, dict) else data
    if not isinstance(items, list) or not all(_is_csl(item) for item in items):
        raise DiasporaKGError(
            "DKG125",
            "the JSON file is no bibliography in CSL-JSON",
            "It should be a list of items with 'type', 'title' and 'author'.",
            Location(name),
        )
    taken: set[str] = set()
    return tuple(_csl_item(item, text, name, taken) for item in items), ()


def _is_csl(item: Any) -> bool:  # noqa: ANN401 - JSON
    item = item.get("csljson", item) if isinstance(item, dict) else item
    return isinstance(item, dict) and ("title" in item or "author" in item or "id" in item)


def _csl_item(raw: dict[str, Any], text: str, name: str, taken: set[str]) -> Source:
    item = raw.get("csljson", raw)
    at = Location(name, _line_of(item, text), 1)

    def get(field: str) -> Written | None:
        value = item.get(field)
        if isinstance(value, list):
            value = value[0] if value else None
        return Written(str(value), at) if isinstance(value, str | int) and str(value) else None

    language = (get("language") or Written("en", at))[:2].lower() or "en"
    title = get("title")
    key = _free_key(str(item.get("citation-key") or item.get("id") or _made_key(item)), taken)
    return Source(
        key=Written(key, at),
        at=at,
        type=get("type"),
        titles=() if title is None else (Wording(language, title),),
        authors=tuple(Written(n, at) for n in _csl_names(item.get("author", []))),
        publisher=get("publisher"),
        container=get("container-title"),
        volume=get("volume"),
        issue=get("issue"),
        pages=_dashes(get("page")),
        doi=get("DOI"),
        isbn=get("ISBN"),
        url=get("URL"),
        date=_csl_date(item, at),
        note=get("note"),
        place=get("publisher-place"),
        language=Written(language, at) if "language" in item else None,
    )


def _line_of(item: dict[str, Any], text: str) -> int:
    marker = json.dumps(str(item.get("id", "")), ensure_ascii=False)
    found = text.find(marker)
    return text.count("\n", 0, found) + 1 if found >= 0 else 1


def _free_key(raw: str, taken: set[str]) -> str:
    key = base = _key(raw.rpartition("/")[2])
    number = 2
    while key in taken:
        key, number = f"{base}-{number}", number + 1
    taken.add(key)
    return key


def _made_key(item: dict[str, Any]) -> str:
    names = list(_csl_names(item.get("author", [])))
    family = names[0].partition(",")[0] if names else str(item.get("title", "work"))[:20]
    parts = (item.get("issued") or {}).get("date-parts") or [[""]]
    return f"{slug(family)}{parts[0][0] if parts[0] else ''}"


def _csl_names(authors: Iterable[Any]) -> Iterable[str]:
    for author in authors:
        if not isinstance(author, dict):
            continue
        if author.get("literal") or author.get("name"):
            yield "{" + str(author.get("literal") or author.get("name")) + "}"
        elif author.get("family"):
            particle = author.get("non-dropping-particle", "")
            family = f"{particle} {author['family']}".strip()
            yield f"{family}, {author['given']}" if author.get("given") else family


def _csl_date(item: dict[str, Any], at: Location) -> Written | None:
    issued = item.get("issued") or {}
    parts = issued.get("date-parts") or [[]]
    if parts and parts[0] and parts[0][0]:
        first = [int(part) for part in parts[0] if str(part).isdigit()]
        if first:
            return Written("-".join([f"{first[0]:04d}", *(f"{p:02d}" for p in first[1:])]), at)
    raw = issued.get("raw") or issued.get("literal")
    return Written(str(raw), at) if raw else None
