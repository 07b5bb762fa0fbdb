"""Code lists: those of IATI in XML, and plain lists of codes with their names."""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from diaspora_kg.cubes.model import unreadable_file
from diaspora_kg.cubes.publishers import Given
from diaspora_kg.cubes.registers import Register
from diaspora_kg.namespaces import SKOS
from diaspora_kg.naming import individual
from diaspora_kg.reading.decoding import read_text
from diaspora_kg.terms import TYPE, Term, dkg, iri, text_literal

_PREF = iri(SKOS + "prefLabel")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_EXPLAINED = re.compile(r"(\w+):\s*([^#]*)(?:#\s*(.*))?\Z")
"""``0311: AGREE, economic # Express intent``: a code, what it belongs to, and what it means."""

_CODE_WORDS = {"code", "id", "notation"}
_NAME_WORDS = {"name", "label", "title", "term"}


def read_code_list(path: Path, given: Given) -> Register:
    """Return a code list of IATI (XML), or a list of codes and names in two columns.

    Of a table with a head the columns called code and name are taken, else the first two; which
    they were, and the first entry, is among the remarks.
    Raises ``DiasporaKGError`` (DKG650) when the file is neither.
    """
    if path.suffix.lower() == ".xml":
        return _iati(path, given)
    register = Register(path, given, path.stem, path.stem, given.publisher or "unknown publisher")
    scheme = individual("dataset", register.id, "codes")
    register.add(scheme, TYPE, iri(SKOS + "ConceptScheme"))
    register.add(scheme, _PREF, text_literal(given.title or path.stem, "en"))
    for code, name, where in _pairs(path):
        if not register.entries:
            first = f"The first entry is the code '{code}' with the name '{name}'"
            register.remarks.append(f"{first} ({where}).")
        _code(register, scheme, code, [(name, "en")])
    if not register.entries:
        raise unreadable_file(
            str(path), "no line holds a code and a name", "Write 'CODE<tab>NAME', or 'CODE,NAME'."
        )
    return register


def _iati(path: Path, given: Given) -> Register:
    try:
        root = ElementTree.fromstring(path.read_bytes())
    except ElementTree.ParseError as error:
        raise unreadable_file(
            str(path), f"this is no well-formed XML: {error}", "Take the file as published."
        ) from error
    if root.tag != "codelist":
        raise unreadable_file(
            str(path), f"this is no code list of IATI: its root is '{root.tag}'",
            "Take the file of the code list as published.",
        )  # fmt: skip
    name = root.get("name") or path.stem
    title = root.findtext("metadata/name/narrative") or name
    register = Register(
        path, given, f"iati {name}", title, "International Aid Transparency Initiative"
    )
    scheme = individual("dataset", register.id, "codes")
    register.add(scheme, TYPE, iri(SKOS + "ConceptScheme"))
    register.add(scheme, _PREF, text_literal(title, "en"))
    for item in root.iter("codelist-item"):
        texts = [(n.text or "", n.get(_XML_LANG) or "en") for n in item.findall("name/narrative")]
        node = _code(register, scheme, item.findtext("code") or "", texts)
        above = item.findtext("category")
        if above:
            register.add(node, iri(SKOS + "broader"), _concept(scheme, above))
        if item.get("status"):
            register.add(node, dkg("recordStatus"), text_literal(str(item.get("status"))))
        for text in item.findall("description/narrative"):
            if text.text:
                words = " ".join(text.text.split())
                language = text.get(_XML_LANG) or "en"
                register.add(node, iri(SKOS + "definition"), text_literal(words, language))
    return register


def _concept(scheme: Term, code: str) -> Term:
    return iri(f"{scheme[1:-1]}/{code}")


def _code(register: Register, scheme: Term, code: str, names: list[tuple[str, str]]) -> Term:
    node = _concept(scheme, code)
    register.entries += 1
    register.add(node, TYPE, iri(SKOS + "Concept"))
    register.add(node, iri(SKOS + "inScheme"), scheme)
    register.add(node, iri(SKOS + "notation"), text_literal(code))
    for text, language in names:
        if text.strip():
            register.add(node, _PREF, text_literal(" ".join(text.split()), language))
    return node


def _pairs(path: Path) -> Iterator[tuple[str, str, str]]:
    """Yield code and name of each line that has both, and where they were; others are remarks."""
    columns: tuple[int, int] | None = None
    for line in read_text(path, fallback="windows-1252").text.splitlines():
        if line.lstrip().startswith("#"):
            continue
        explained = _EXPLAINED.match(line)
        if explained:
            kind, words = explained.group(2).strip(" ,"), (explained.group(3) or "").strip()
            where = "code before ':', name after '#', else after ':'"
            yield explained.group(1), words or " ".join(kind.replace(",", " ").split()), where
            continue
        sign = "\t" if "\t" in line else ","
        cells = [cell.strip() for cell in next(csv.reader(io.StringIO(line), delimiter=sign), [])]
        named = _named_columns(cells) if columns is None else None
        if named is not None:
            columns = named
            where = f"columns '{cells[named[0]]}' and '{cells[named[1]]}'"
        elif columns is not None:
            if len(cells) > max(columns) and cells[columns[0]] and cells[columns[1]]:
                yield cells[columns[0]], cells[columns[1]], where
        else:
            filled = [cell for cell in cells if cell]
            if len(filled) >= 2 and " " not in filled[0]:
                yield filled[0], filled[1], "first and second column"


def _named_columns(cells: list[str]) -> tuple[int, int] | None:
    """Return the columns that a head calls code and name; None where it calls none so."""
    words = [cell.casefold() for cell in cells]
    found = [
        next((n for n, word in enumerate(words) if word in known), -1)
        for known in (_CODE_WORDS, _NAME_WORDS)
    ]
    return None if -1 in found else (found[0], found[1])
