"""Taking a tree apart: keys, texts, lists, wordings, with every mistake noted at its place."""

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.model import Wording, Wordings, Written
from diaspora_kg.reading.keys import what_key_was_meant
from diaspora_kg.reading.tree import Mapping, Node, Scalar, Sequence

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")
_SLUG = re.compile(r"[a-z0-9][a-z0-9._-]*\Z")

T = TypeVar("T")


class Form:
    """Reads nodes of one file and collects what is wrong with them."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def wrong(self, code: str, message: str, hint: str, at: Location) -> None:
        """Note a mistake."""
        self.findings.append(Finding(code, message, hint, Severity.VIOLATION, at))

    def fields(self, node: Node | None, what: str, keys: Iterable[str]) -> dict[str, Node]:
        """Return the entries of a mapping whose keys are allowed; note the others."""
        if node is None:
            return {}
        if not isinstance(node, Mapping):
            self.wrong(
                "DKG111",
                f"{what} must be a mapping of keys to values",
                "Write 'key: value' lines, indented below it.",
                node.at,
            )
            return {}
        allowed = list(keys)
        found: dict[str, Node] = {}
        for key, value in node.entries:
            if key in allowed:
                found[key] = value
            elif key == "<<":
                hint = "Write the fields out, or name a passage once under 'passages:'."
                self.wrong("DKG103", f"merged keys ('<<') are not read in {what}", hint, key.at)
            else:
                known = f"Allowed here: {', '.join(sorted(allowed))}."
                claim = f"write 'property: {key}' under 'claims:'"
                hint = what_key_was_meant(key, allowed, known, claim)
                self.wrong("DKG103", f"unknown key '{key}' in {what}", hint, key.at)
        return found

    def text(self, node: Node | None, what: str) -> Written | None:
        """Return one text; an empty one is a mistake, an absent one is None."""
        if node is None:
            return None
        if not isinstance(node, Scalar):
            self.wrong("DKG111", f"{what} must be one value", "Write it on one line.", node.at)
            return None
        text = node.text
        stripped = text.strip()
        if not stripped:
            self.wrong(
                "DKG111", f"{what} is empty", "Write a value, or take the key away.", node.at
            )
            return None
        return text if len(stripped) == len(text) else Written(stripped, text.at)

    def slug(self, node: Node | None, what: str) -> Written | None:
        """Return an id: lower-case letters, digits and hyphens, since it becomes an IRI."""
        text = self.text(node, what)
        if text is not None and not _SLUG.match(text):
            self.wrong(
                "DKG111",
                f"{what} '{text}' may hold only lower-case letters a to z, digits and hyphens",
                "It becomes part of an address that others cite, such as 'ytb-law-5978'.",
                text.at,
            )
            return None
        return text

    def texts(self, node: Node | None, what: str) -> tuple[Written, ...]:
        """Return a list of texts; a single text is a list of one."""
        if isinstance(node, Sequence):
            parts = (self.text(item, what) for item in node.items)
            return tuple(part for part in parts if part is not None)
        text = self.text(node, what)
        return () if text is None else (text,)

    def each(self, node: Node | None, what: str, read: Callable[[Node], T | None]) -> tuple[T, ...]:
        """Return what ``read`` makes of every item of a list; a single item is a list of one."""
        if node is None:
            return ()
        items = node.items if isinstance(node, Sequence) else (node,)
        if isinstance(node, Scalar) and not node.text.strip():
            self.wrong("DKG111", f"{what} is empty", "Write a list, or take the key away.", node.at)
            return ()
        results = (read(item) for item in items)
        return tuple(result for result in results if result is not None)

    def wordings(self, node: Node | None, what: str, code: str = "DKG109") -> Wordings:
        """Return texts by language: ``{en: …, tr: …}``; a text without language is a mistake."""
        if node is None:
            return ()
        if not isinstance(node, Mapping):
            self.wrong(
                code,
                f"{what} has no language",
                f"Write '{what}: {{en: …}}', with the code of its language (en, tr, ar, ur, uz …).",
                node.at,
            )
            return ()
        return tuple(
            wording
            for key, value in node.entries
            for wording in self._in_one_language(key, value, what)
        )

    def _in_one_language(self, key: Written, value: Node, what: str) -> list[Wording]:
        if not _LANGUAGE.match(key) and isinstance(value, Scalar) and not value.text:
            self.wrong(
                "DKG127",
                f"the text of {what} breaks off at a comma, before '{key}'",
                "Inside braces a text that holds a comma stands between quotation marks.",
                key.at,
            )
            return []
        if not _LANGUAGE.match(key):
            self.wrong(
                "DKG127",
                f"'{key}' in {what} is no language code",
                "Write a BCP 47 code such as en, tr, ar, ur, uz, fa or zh-Hant.",
                key.at,
            )
            return []
        texts = self.texts(value, f"{what} ({key})")
        return [Wording(key.lower(), text) for text in texts]

    def wordings_or_text(self, node: Node | None, what: str) -> tuple[Written | None, Wordings]:
        """Return a plain value, or wordings by language, whichever was written."""
        if isinstance(node, Mapping):
            return None, self.wordings(node, what)
        return self.text(node, what), ()

    def named(self, node: Node | None, what: str) -> list[tuple[Written, Node]]:
        """Return the entries of a mapping whose keys become parts of addresses."""
        if node is None:
            return []
        if not isinstance(node, Mapping):
            self.wrong(
                "DKG111",
                f"'{what}' must be a mapping from an id to its fields",
                "Write the id, a colon, and the fields indented below it.",
                node.at,
            )
            return []
        named = []
        for key, value in node.entries:
            checked = self.slug(Scalar(key), f"the name under '{what}'")
            if checked is not None:
                named.append((checked, value))
        return named
