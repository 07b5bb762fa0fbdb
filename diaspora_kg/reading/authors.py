"""Names of authors in bibliographies: ``Family, Given``, or an organisation in braces."""

import html
import re

_BOUNDARY = re.compile(r"[{}]|\s+and\s+|\s*;\s*", re.IGNORECASE)
_SUFFIX = re.compile(r"(jr|sr|ii|iii|iv)\.?\Z", re.IGNORECASE)
_NO_PARTICLE = {"of", "for", "the", "on", "and", "&"}
"""Small words that stand in the names of organisations and never in those of persons."""
_NOBODY = {"[anonymous]", "anonymous", "anon.", "na", "n.a.", "unknown"}


def split_names(text: str) -> list[str]:
    """Return the names of a field: separated by ``and`` or by semicolons, outside of braces."""
    text = html.unescape(text)
    parts, depth, start = [], 0, 0
    for match in _BOUNDARY.finditer(text):
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


def read_author(name: str) -> str | None:
    """Return ``Family, Given``; ``{Name}`` for one that speaks as it stands; None for nobody."""
    if is_one_group(name):
        return "{" + _plain(name) + "}"
    plain = _plain(name)
    if plain.casefold() in _NOBODY or not plain:
        return None
    if "," in plain:
        return _with_commas(plain)
    words = plain.split()
    if len(words) == 1:
        return plain
    if any(word.lower() in _NO_PARTICLE for word in words):
        return "{" + plain + "}"
    split = len(words) - 1
    if _SUFFIX.match(words[split]) and split > 1:
        split -= 1
    for position, word in enumerate(words[:split]):
        if word[:1].islower():  # van, de, bin: where the family name begins
            split = position
            break
    family, given = " ".join(words[split:]), " ".join(words[:split])
    return f"{family}, {given}" if given else family


def is_one_group(name: str) -> bool:
    """Tell whether one pair of braces encloses the whole name: ``{World Bank}``."""
    if not (name.startswith("{") and name.endswith("}")):
        return False
    depth = 0
    for position, char in enumerate(name):
        depth += (char == "{") - (char == "}")
        if depth == 0:
            return position == len(name) - 1
    return False


def _with_commas(name: str) -> str:
    parts = [part.strip() for part in name.split(",") if part.strip()]
    if len(parts) > 2 and _SUFFIX.match(parts[1]):  # King, Jr., Martin Luther
        parts = [f"{parts[0]} {parts[1]}", *parts[2:]]
    return ", ".join(parts)


def _plain(name: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[{}]", "", name)).strip()
