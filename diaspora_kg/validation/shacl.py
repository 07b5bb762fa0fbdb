"""Shapes over data, with what was found as findings; nothing is added to the data."""

from collections.abc import Mapping

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.shacl import DataGraph, HandedOver, ShapesGraph, validate
from diaspora_kg.terms import Term, iri_of, is_iri
from diaspora_kg.validation.results import findings_of

HANDED_OVER = "DKG299"


def check(
    data: DataGraph,
    shapes: ShapesGraph,
    places: Mapping[Term, Location],
    prefixes: Mapping[str, str] | None = None,
) -> tuple[Finding, ...]:
    """Return what shapes find in data; nothing is inferred and no import is followed.

    A shape that the compiler does not know is run by pySHACL; a remark says which and why.

    Raises ``DiasporaKGError`` (DKG204) when the shapes are not well-formed.
    """
    report = validate(data, shapes)
    remarks = (_remark(each) for each in report.handed_over)
    return (*findings_of(report.results, shapes, places, prefixes), *remarks)


def _remark(each: HandedOver) -> Finding:
    name = iri_of(each.shape) if is_iri(each.shape) else "a shape without a name"
    return Finding(
        HANDED_OVER,
        f"{name} was run by pySHACL: {each.reason}",
        "Nothing to mend: the result holds, and takes longer.",
        Severity.INFO,
    )
