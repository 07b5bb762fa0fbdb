"""The catalogue of error codes: what each means, with a bad and a good example."""

import re
from collections.abc import Mapping
from functools import lru_cache

from diaspora_kg.catalogue import (
    checks,
    corpora,
    federation,
    form,
    limits,
    linking,
    open_data,
    proving,
    questions,
    services,
    words,
    working,
)
from diaspora_kg.catalogue.entries import Entry, Example
from diaspora_kg.catalogue.shapes import ShapeEntry, shape_entries
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.suggestions import did_you_mean

__all__ = ["Entry", "Example", "ShapeEntry", "catalogue", "explain", "titles"]


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Entry]:
    """Return the entries of all codes but those of shapes, by code."""
    parts = (
        *(form, words, corpora, checks, questions, limits, linking, open_data),
        *(proving, federation, services, working),
    )
    entries = (entry for part in parts for entry in part.ENTRIES)
    return {entry.code: entry for entry in sorted(entries, key=lambda entry: entry.code)}


def titles() -> Mapping[str, str]:
    """Return every code, those of shapes as well, with a line on what it means."""
    found = {code: entry.title for code, entry in catalogue().items()}
    for code, shapes in shape_entries().items():
        found[code] = _first_sentence(shapes[0].message)
    return {code: found[code] for code in sorted(found)}


def explain(code: str) -> Entry | tuple[ShapeEntry, ...]:
    """Return what the catalogue says of a code; ``dkg104`` and ``104`` mean ``DKG104``.

    Raises ``DiasporaKGError`` (DKG607) when there is no such code.
    """
    digits = re.sub(r"\D", "", code)
    wanted = f"DKG{digits}" if re.fullmatch(r"(dkg[- ]?)?\d{3}", code.strip(), re.I) else code
    known = catalogue().get(wanted)
    if known is not None:
        return known
    shapes = shape_entries().get(wanted)
    if shapes is not None:
        return shapes
    listed = "'diaspora-kg explain' lists all codes."
    is_code = re.fullmatch(r"DKG\d{3}", wanted)  # likeness of numbers means nothing
    hint = listed if is_code else did_you_mean(wanted, titles(), listed)
    raise DiasporaKGError("DKG607", f"there is no error code '{code}'", hint)


def _first_sentence(message: str) -> str:
    """Return the first sentence of a shape's message: what is wrong."""
    sentence = re.split(r"(?<=[.!?])\s+(?=[A-Z'\"“])", message.strip(), maxsplit=1)[0]
    return sentence.rstrip(".")
