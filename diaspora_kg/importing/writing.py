"""Sources as text: the ``sources:`` block of a case, or BibTeX."""

import json
import re
from collections.abc import Iterable

from diaspora_kg.model import Source

_PLAIN = re.compile(r"[A-Za-zÀ-ɏ][\wÀ-ɏ .()/’-]*\Z")
_RESERVED = {"true", "false", "yes", "no", "on", "off", "null", "y", "n", "~"}
_FIELDS = (
    ("publisher", "publisher", "publisher"),
    ("container", "container", "journaltitle"),
    ("volume", "volume", "volume"),
    ("issue", "issue", "number"),
    ("pages", "pages", "pages"),
    ("date", "date", "date"),
    ("issued_not_before", "issued-not-before", "issuednotbefore"),
    ("issued_not_after", "issued-not-after", "issuednotafter"),
    ("doi", "doi", "doi"),
    ("isbn", "isbn", "isbn"),
    ("url", "url", "url"),
    ("place", "publisher-place", "location"),
    ("language", "language", "langid"),
    ("tier", "tier", "tier"),
    ("access", "access", "access"),
    ("text", "text", "textfile"),
    ("note", "note", "note"),
)
"""Name in the model, in a case, in BibTeX."""


# --- YAML -------------------------------------------------------------------------------


def as_yaml(sources: Iterable[Source]) -> str:
    """Return sources as they stand under ``sources:`` in a case."""
    return "sources:\n" + "".join(_yaml_entry(source) for source in sources)


def _yaml_entry(source: Source) -> str:
    lines = [f"  {source.key}:"]
    if source.type is not None:
        lines.append(f"    type: {_scalar(source.type)}")
    if source.titles:
        titles = {title.language: title.text for title in source.titles}
        pairs = ", ".join(f"{language}: {_quoted(text)}" for language, text in titles.items())
        lines.append(f"    title: {{{pairs}}}")
    if source.authors:
        lines.append(f"    author: [{', '.join(_quoted(name) for name in source.authors)}]")
    for name, key, _ in _FIELDS:
        value = getattr(source, name)
        if value is not None:
            lines.append(f"    {key}: {_scalar(value)}")
    if source.issued_reason:
        reasons = ", ".join(f"{w.language}: {_quoted(w.text)}" for w in source.issued_reason)
        lines.append(f"    issued-reason: {{{reasons}}}")
    if source.derived_from:
        lines.append(f"    derived-from: [{', '.join(source.derived_from)}]")
    if source.unresolved:
        lines.append("    unresolved: true")
    if len(lines) == 1:
        lines[0] += " {}"
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    is_simple = _PLAIN.match(text) or re.fullmatch(r"\d[\d-]*", text)
    return text if is_simple and text.lower() not in _RESERVED else _quoted(text)


def _quoted(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    # line ends of YAML that JSON leaves as they are
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda m: f"\\u{ord(m.group()):04x}", quoted)


# --- BibTeX -----------------------------------------------------------------------------


def as_bibtex(sources: Iterable[Source]) -> str:
    """Return sources as BibLaTeX entries in UTF-8."""
    return "\n".join(_bibtex_entry(source) for source in sources)


def _bibtex_entry(source: Source) -> str:
    fields: list[tuple[str, str]] = []
    if source.authors:
        fields.append(("author", " and ".join(_escaped(name) for name in source.authors)))
    if source.titles:
        first, *others = source.titles
        fields.append(("title", _escaped(first.text)))
        fields.extend((f"title{title.language[:2]}", _escaped(title.text)) for title in others)
    for name, _, key in _FIELDS:
        value = getattr(source, name)
        if value is not None:
            as_it_is = key in ("url", "doi", "textfile")
            fields.append((key, str(value) if as_it_is else _escaped(value)))
    if source.titles and source.language is None and source.titles[0].language != "en":
        fields.append(("langid", source.titles[0].language))
    if source.issued_reason:
        fields.append(("issuedreason", _escaped(source.issued_reason[0].text)))
    if source.derived_from:
        fields.append(("derivedfrom", ", ".join(source.derived_from)))
    if source.unresolved:
        fields.append(("keywords", "unresolved"))
    width = max((len(key) for key, _ in fields), default=0)
    body = "".join(f"  {key:<{width}} = {{{value}}},\n" for key, value in fields)
    return f"@{_entry_type(source.type)}{{{source.key},\n{body}}}\n"


_CSL_TYPES = {
    "article-journal": "article", "article-magazine": "article", "article-newspaper": "article",
    "chapter": "incollection", "paper-conference": "inproceedings", "webpage": "online",
    "post-weblog": "online", "legislation": "legislation", "thesis": "thesis", "book": "book",
    "report": "report",
}  # fmt: skip


def _entry_type(kind: str | None) -> str:
    word = (kind or "misc").lower()
    known = _CSL_TYPES.get(word, word)
    return known if re.fullmatch("[a-z]+", known) else "misc"


def _escaped(text: str) -> str:
    """Return a text in which signs of TeX stand for themselves; braces stay only in pairs."""
    balanced = text if _is_balanced(text) else re.sub("[{}]", "", text)
    return re.sub(r"(?<!\\)([&%#])", r"\\\1", balanced.replace("--", "–"))


def _is_balanced(text: str) -> bool:
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if depth < 0:
            return False
    return depth == 0
