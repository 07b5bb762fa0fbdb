"""Words of shapes that are none of SHACL: a slip of the pen that would check nothing."""

from collections.abc import Iterator, Mapping

from diaspora_kg.errors import Finding, Location, Severity
from diaspora_kg.namespaces import SH
from diaspora_kg.shacl import ShapesGraph
from diaspora_kg.suggestions import did_you_mean
from diaspora_kg.terms import Term, iri

UNKNOWN_WORD = "DKG298"

_ALL = """
alternativePath and annotationProperty annotationValue annotationVarName ask class closed
condition conforms construct count datatype deactivated declare defaultValue desc description
detail disjoint distinct else entailment equals exists expression filterShape flags focusNode
group groupConcat hasValue if ignoredProperties in intersection inversePath js jsFunctionName
jsLibrary jsLibraryURL labelTemplate languageIn lessThan lessThanOrEquals limit max maxCount
maxExclusive maxInclusive maxLength message min minCount minExclusive minInclusive minLength
minus name namespace node nodeKind nodeValidator nodes not object offset oneOrMorePath optional
or order orderBy parameter path pattern predicate prefix prefixes property propertyValidator
qualifiedMaxCount qualifiedMinCount qualifiedValueShape qualifiedValueShapesDisjoint result
resultAnnotation resultMessage resultPath resultSeverity returnType rule select separator
severity shapesGraph shapesGraphWellFormed sourceConstraint sourceConstraintComponent
sourceShape sparql subject suggestedShapesGraph sum target targetClass targetNode
targetObjectsOf targetSubjectsOf then this union uniqueLang update validator value values xone
zeroOrMorePath zeroOrOnePath
"""
_WORDS = frozenset(_ALL.split())
"""The properties of SHACL (https://www.w3.org/TR/shacl/) and of its advanced features."""


def unknown_words(shapes: ShapesGraph, places: Mapping[Term, Location]) -> tuple[Finding, ...]:
    """Return a warning for each property in the namespace of SHACL that SHACL has not.

    SHACL lets validators pass over what they do not know; then nothing is checked, and all seems
    well.
    """
    return tuple(
        Finding(
            UNKNOWN_WORD,
            f"sh:{word} is no word of SHACL, and nothing is checked by it",
            did_you_mean(word, _WORDS, "See https://www.w3.org/TR/shacl/ for its words."),
            Severity.WARNING,
            places.get(iri(SH + word)),
        )
        for word in _unknown(shapes)
    )


def _unknown(shapes: ShapesGraph) -> Iterator[str]:
    begins = f"<{SH}"
    used = {p for _, p, _ in shapes.triples if p.startswith(begins)}
    yield from sorted(word for p in used if (word := p[len(begins) : -1]) not in _WORDS)
