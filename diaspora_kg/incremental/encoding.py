"""Values as JSON and back, so that what is remembered of a build can be read without running it.

A build folder may come from somebody else: nothing in it is ever executed. Only the classes that
are listed here can be made.
"""

import json
from collections.abc import Callable
from dataclasses import MISSING, fields
from functools import cache
from typing import Any

from diaspora_kg.conflicts import Conflict
from diaspora_kg.conflicts.opposition import Opposition
from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.model import Entity, Source, Wording, Written
from diaspora_kg.shacl.paths import Path
from diaspora_kg.shacl.report import Result
from diaspora_kg.validation.results import ShaclFinding

_CLASSES: dict[str, type] = {
    cls.__name__: cls
    for cls in (
        Conflict, Entity, Finding, Location, Opposition, Path, Result, ShaclFinding, Source, Wording
    )
}  # fmt: skip
_NAMES = {cls: name for name, cls in _CLASSES.items()}


_TIGHT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_LOOSE = json.JSONEncoder(ensure_ascii=False)


def dumps(value: object) -> str:
    """Return a value of a listed class, or tuples and sets of such, as JSON."""
    return _TIGHT.encode(_encoded(value))


def loads(text: str) -> Any:  # noqa: ANN401 (whatever was written)
    """Return the value of a text that ``dumps`` wrote. Raises ``ValueError`` for another text."""
    try:
        return _decoded(json.loads(text))
    except (KeyError, TypeError, IndexError) as error:
        raise ValueError(f"no remembered value: {error}") from error


def without_places(value: object) -> str:
    """Return a value as JSON without the places of its texts: what it says, wherever it stands."""
    return _LOOSE.encode(_encoded(value, places=False))


def _encoded(value: object, *, places: bool = True) -> object:
    if isinstance(value, Written):
        at = _encoded(value.at) if places else None
        return ["Written", str(value), at]
    if isinstance(value, Severity):
        return ["Severity", int(value)]
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, tuple):
        return ["tuple", *(_encoded(item, places=places) for item in value)]
    if isinstance(value, frozenset):
        return ["set", *sorted(value)]
    if isinstance(value, Location) and not places:
        return None
    cls: type = type(value)
    if cls in _NAMES:
        return [
            _NAMES[cls],
            {
                name: _encoded(found, places=places)
                for name, default in _defaults(cls)
                if (found := getattr(value, name)) is not default and found != default
            },
        ]
    raise TypeError(f"{cls.__name__} is no value that is remembered")


@cache
def _defaults(cls: type) -> tuple[tuple[str, object], ...]:
    """Return the fields of a class with their defaults, or with what no value is equal to."""
    return tuple(
        (each.name, each.default if each.default_factory is MISSING else each.default_factory())
        for each in fields(cls)
    )


def _decoded(value: Any) -> Any:  # noqa: ANN401 (whatever was written)
    if not isinstance(value, list):
        return value
    name, *rest = value
    if name in _SIMPLE:
        return _SIMPLE[name](rest)
    (parts,) = rest
    return _class(name)(**{key: _decoded(part) for key, part in parts.items()})


_SIMPLE: dict[str, Callable[[list[Any]], Any]] = {
    "Written": lambda rest: Written(rest[0], _decoded(rest[1])),
    "Severity": lambda rest: Severity(rest[0]),
    "tuple": lambda rest: tuple(_decoded(item) for item in rest),
    "set": frozenset,
}


@cache
def _class(name: str) -> type:
    return _CLASSES[name]
