"""BibTeX and BibLaTeX entries to sources, from whatever program exported them."""

import html
import logging
import re
from copy import deepcopy
from functools import lru_cache
from typing import Any

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.model import Source, Wording, Written
from diaspora_kg.reading.authors import read_author, split_names
from diaspora_kg.reading.bibliographic import (
    bare_doi,
    date_of_year_and_month,
    key_from,
    language_code,
    made_key,
    page_range,
)

_AS_IT_STANDS = {"url", "doi", "file", "eprint", "derivedfrom", "textfile"}
"""Fields in which ``%`` and ``~`` are no LaTeX."""
_ESCAPED = re.compile(r"\\([&%$#_{}])")


def parse_bibtex(text: str, name: str) -> tuple[list[Source], list[Finding]]:
    """Return all entries that can be read, repeated keys included, and what is wrong."""
    sources: list[Source] = []
    findings: list[Finding] = []
    for block in _blocks(text):
        kind = type(block).__name__
        if kind == "Entry":
            sources.append(_entry(block, name, findings))
        elif "Failed" in kind or "Error" in kind:
            findings.append(_failed(block, name))
    return sources, findings


def _blocks(text: str) -> list[Any]:
    from bibtexparser.library import Library
    from bibtexparser.middlewares.parsestack import default_parse_stack
    from bibtexparser.splitter import Splitter

    # it logs what we report ourselves, with the line
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)
    blocks: list[Any] = []
    again: list[Any] = []
    seen: set[tuple[bool, str]] = set()
    for block in map(_unwrapped, Splitter(text).split().blocks):
        name = (_is_string(block), getattr(block, "key", f"line {block.start_line}"))
        (again if name in seen else blocks).append(block)
        seen.add(name)
    strings = [block for block in blocks if _is_string(block)]
    # a library holds a key once; each entry that repeats one gets a library of its own
    libraries = [Library(blocks)]
    libraries += [Library([*deepcopy(strings), block]) for block in again if not _is_string(block)]
    for middleware in default_parse_stack():
        libraries = [middleware.transform(library) for library in libraries]
    first, *others = libraries
    every = [*first.blocks, *(library.blocks[-1] for library in others)]
    return sorted(every, key=lambda block: block.start_line or 0)


def _is_string(block: Any) -> bool:  # noqa: ANN401 - the library is untyped
    return type(block).__name__ == "String"


def _unwrapped(block: Any) -> Any:  # noqa: ANN401 - the library is untyped
    """Return the entry in a block that was set aside because a key or a field of it repeats.

    Exports repeat a field now and then ('note', 'keywords'); the entry is good all the same.
    """
    while type(block).__name__ in ("DuplicateBlockKeyBlock", "DuplicateFieldKeyBlock"):
        block = block.ignore_error_block
    return block


def _failed(block: Any, name: str) -> Finding:  # noqa: ANN401 - the library is untyped
    reason = str(getattr(block.error, "abort_reason", "") or block.error).strip()
    first = re.sub(r"\s+", " ", reason)[:120] or "it breaks off"
    return Finding(
        "DKG125",
        f"this entry is not well-formed BibTeX: {first}",
        "Check its braces, the comma after the key, and the commas between its fields.",
        Severity.VIOLATION,
        Location(name, (block.start_line or 0) + 1, 1),
    )


def _entry(entry: Any, name: str, findings: list[Finding]) -> Source:  # noqa: ANN401
    at = Location(name, (entry.start_line or 0) + 1, 1)
    values = _values(entry, name)

    def get(*names: str) -> Written | None:
        found = next((values[n] for n in names if n in values), None)
        return None if found is None else _bare(found)

    language = get("langid", "language")
    code = language_code(language)
    authors = _authors(values.get("author") or values.get("editor"))
    key = key_from(entry.key)
    if key is None:
        family = authors[0].partition(",")[0] if authors else ""
        key = made_key(family, get("title"), get("date", "year"))
        findings.append(
            Finding(
                "DKG125",
                f"this entry has no key; it is called '{key}'",
                "Write a key after the opening brace: '@article{yurtnac2012,'.",
                Severity.WARNING,
                at,
            )
        )
    reason, keywords = get("issuedreason"), get("keywords")
    return Source(
        key=Written(key, at),
        at=at,
        type=Written(entry.entry_type.lower(), at),
        titles=tuple(_titles(values, code)),
        authors=authors,
        publisher=get("publisher", "institution", "organization", "school"),
        container=get("journal", "journaltitle", "booktitle", "series"),
        volume=get("volume"),
        issue=get("number", "issue"),
        pages=page_range(get("pages")),
        doi=bare_doi(get("doi"), get("url")),
        isbn=get("isbn"),
        url=get("url") or _arxiv(get("eprint"), get("archiveprefix", "eprinttype")),
        date=get("date") or date_of_year_and_month(get("year"), get("month")),
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


def _values(entry: Any, name: str) -> dict[str, Written]:  # noqa: ANN401
    values: dict[str, Written] = {}
    for field in entry.fields:
        line = field.start_line if field.start_line is not None else entry.start_line or 0
        key = field.key.lower()
        raw = str(field.value)
        decoded = _ESCAPED.sub(r"\1", raw) if key in _AS_IT_STANDS else _decoded(raw)
        text = re.sub(r"[\s\x00-\x1f\x7f]+", " ", decoded).strip()
        if text and key not in values:
            values[key] = Written(text, Location(name, line + 1, 1))
    return values


def _decoded(raw: str) -> str:
    if not re.search(r"[\\~$`&]|''|--", raw):
        return raw
    protected = re.sub(r"(?<!\\)%", r"\\%", raw)  # a bare per cent sign is a sign, no comment
    return html.unescape(_decoder().latex_to_text(protected))


@lru_cache(maxsize=1)
def _decoder() -> Any:  # noqa: ANN401
    from pylatexenc import latex2text  # type: ignore[import-untyped]

    context = latex2text.get_default_latex_context_db()
    macros = [latex2text.MacroTextSpec(name, simplify_repl="%s") for name in ("url", "href")]
    context.add_context_category("bibliographies", prepend=True, macros=macros)
    return latex2text.LatexNodes2Text(
        latex_context=context, keep_braced_groups=True, math_mode="verbatim"
    )


def _titles(values: dict[str, Written], code: str) -> list[Wording]:
    titles = []
    if "title" in values:
        title = _bare(values["title"])
        if "subtitle" in values:
            title = Written(f"{title}: {_bare(values['subtitle'])}", title.at)
        titles.append(Wording(code, title))
    for key, value in values.items():
        if re.fullmatch(r"title[a-z]{2}", key):
            titles.append(Wording(key[5:], _bare(value)))
    return titles


def _authors(text: Written | None) -> tuple[Written, ...]:
    if text is None:
        return ()
    names = (read_author(part) for part in split_names(text))
    return tuple(Written(name, text.at) for name in names if name is not None)


def _arxiv(number: Written | None, archive: Written | None) -> Written | None:
    if number is None or archive is None or archive.lower() != "arxiv":
        return None
    return Written(f"https://arxiv.org/abs/{number}", number.at)


def _words(text: Written | None) -> tuple[Written, ...]:
    if text is None:
        return ()
    return tuple(Written(w.strip(), text.at) for w in re.split(r"[,;]", text) if w.strip())


def _bare(text: Written) -> Written:
    return Written(re.sub(r"[{}]", "", text), text.at)
