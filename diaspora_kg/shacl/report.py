"""The validation report: frozen, sorted the way a person reads, and as Turtle for programs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from diaspora_kg.namespaces import PREFIXES, compact
from diaspora_kg.shacl.paths import NAMES, Path
from diaspora_kg.shacl.vocabulary import sh
from diaspora_kg.terms import Term, iri_of, is_iri

_WORST_FIRST = (sh("Violation"), sh("Warning"), sh("Info"))
_PREFIXED = re.compile(r"([a-z]+):[A-Za-z_](?:[\w-]*\w)?", re.ASCII)
_NOT_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>')
_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Result:
    """One validation result (section 3.6.2)."""

    focus: Term
    shape: Term
    component: Term
    severity: Term
    path: Path | None = None
    value: Term | None = None
    messages: tuple[Term, ...] = ()
    constraint: Term | None = None
    """The SPARQL-based constraint that found it, if one did."""
    details: "tuple[Result, ...]" = ()
    """Why a value does not conform to a shape within the shape."""

    @property
    def sort_key(self) -> tuple[object, ...]:
        """By focus node, as people count; there the worst first, then by path and value."""
        rank = _WORST_FIRST.index(self.severity) if self.severity in _WORST_FIRST else -1
        return (
            _natural(self.focus),
            rank,
            self.severity,
            str(self.path or ""),
            _natural(self.value or ""),
            self.component,
            _natural(self.shape),
            self.messages,
        )


@dataclass(frozen=True)
class HandedOver:
    """A shape that another engine validated, and why."""

    shape: Term
    reason: str


@dataclass(frozen=True)
class ValidationReport:
    """All results, the top-level ones; what explains them hangs from them as details."""

    results: tuple[Result, ...]
    handed_over: tuple[HandedOver, ...] = field(default=())
    """The shapes that were not compiled but given to pySHACL."""

    @property
    def conforms(self) -> bool:
        """Whether there is no result, of whatever severity (section 3.6.1.1)."""
        return not self.results

    def to_turtle(self) -> str:
        """Return the report as a ``sh:ValidationReport``; the same report gives the same bytes."""
        head = f"[] a sh:ValidationReport ;\n    sh:conforms {str(self.conforms).lower()}"
        blocks = [result_turtle(result, "        ") for result in self.results]
        results = " ;\n    sh:result\n" + " ,\n".join(blocks) if blocks else ""
        body = f"{head}{results} .\n"
        return f"{prefixes_turtle(body)}\n{body}"


def prefixes_turtle(body: str) -> str:
    """Return the declarations of the project's prefixes that some Turtle uses, ``sh`` always."""
    used = sorted({"sh", *_PREFIXED.findall(_NOT_TEXT.sub("", body))} & set(PREFIXES))
    return "".join(f"@prefix {prefix}: <{PREFIXES[prefix]}> .\n" for prefix in used)


def _natural(term: Term) -> tuple[object, ...]:
    """Return a key by which ``claim/9`` comes before ``claim/10``."""
    parts = _DIGITS.split(term)
    return (tuple(int(part) if n % 2 else part for n, part in enumerate(parts)), term)


def result_turtle(result: Result, indent: str, beside: Sequence[tuple[str, str]] = ()) -> str:
    """Return a result as a blank node in Turtle, its prefixes being those of the project.

    ``beside`` are further properties and their values, which stand before the details.
    """
    pairs = [("focusNode", _name(result.focus))]
    if result.path:
        pairs.append(("resultPath", _path_turtle(result.path)))
    if result.value is not None:
        pairs.append(("value", _name(result.value)))
    pairs.append(("resultSeverity", _name(result.severity)))
    pairs += [("resultMessage", message) for message in result.messages]
    pairs.append(("sourceConstraintComponent", _name(result.component)))
    if result.constraint:
        pairs.append(("sourceConstraint", _name(result.constraint)))
    pairs.append(("sourceShape", _name(result.shape)))
    lines = [f"{indent}[ a sh:ValidationResult"]
    lines += [f"{indent}  sh:{name} {value}" for name, value in pairs]
    lines += [f"{indent}  {name} {value}" for name, value in beside]
    inner = indent + "      "
    lines += [f"{indent}  sh:detail\n{result_turtle(detail, inner)}" for detail in result.details]
    return " ;\n".join(lines) + f"\n{indent}]"


def _path_turtle(path: Path) -> str:
    if path.kind == "iri":
        return _name(path.predicate)
    parts = [_path_turtle(part) for part in path.parts]
    if path.kind == "/":
        return f"( {' '.join(parts)} )"
    inner = f"( {' '.join(parts)} )" if path.kind == "|" else parts[0]
    return f"[ sh:{NAMES[path.kind]} {inner} ]"


def _name(term: Term) -> str:
    """Return a term as Turtle writes it, with a prefix where that is safe."""
    if is_iri(term):
        short = compact(iri_of(term))
        return short if _PREFIXED.fullmatch(short) else term
    if term.startswith('"') and term.endswith(">"):
        text, _, datatype = term.rpartition("^^")
        return f"{text}^^{_name(datatype)}"
    return term
