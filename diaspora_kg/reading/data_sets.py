"""Data sets as ``import`` wrote them: N-Quads, each line in the graph of a data set."""

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph

from diaspora_kg.errors import DiasporaKGError, Finding, Location
from diaspora_kg.namespaces import DKGG, QB, VOID
from diaspora_kg.terms import TYPE, Quad, iri

SUFFIX = ".nq"
_GRAPH = DKGG + "dataset/"
_DATA_SETS = {iri(QB + "DataSet"), iri(VOID + "Dataset")}
_OBSERVATION = iri(QB + "Observation")
_NODE = r"(?:<[^<>\"{}|^`\\\x00-\x20]*>)"
_LITERAL = r'"(?:[^"\\\n\r]|\\.)*"(?:@[a-z0-9-]+|\^\^' + _NODE + ")?"
_LINE = re.compile(
    rf"({_NODE}) ({_NODE}) ({_NODE}|{_LITERAL}) (<{re.escape(_GRAPH)}[^<>\s]*>) \.\Z"
)


def read_data_set(path: Path) -> list[Quad]:
    """Return the quads of a file of data sets, every lexical form as it stands.

    Raises ``DiasporaKGError``: DKG100 when the file cannot be read or is no N-Quads, DKG656 when
    a statement stands outside the graphs of data sets: cases come in as cases.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        what = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise DiasporaKGError(
            "DKG100",
            f"the file cannot be read: {what}",
            "Check the name, and that 'diaspora-kg import' wrote it.",
            Location(str(path)),
        ) from error
    quads: list[Quad] = []
    for number, line in enumerate(text.split("\n"), start=1):
        match = _LINE.match(line)
        if match is not None:
            quads.append((match[1], match[2], match[3], match[4]))
        elif line.strip() and not line.startswith("#"):
            quads.extend(_of_another_form(line, number, path))
    if not quads:
        raise DiasporaKGError(
            "DKG100", "there is no statement in the file", "Check the name.", Location(str(path))
        )
    return quads


def read_data_sets(paths: Iterable[Path]) -> tuple[list[Quad], list[Finding]]:
    """Return the quads of several files, with what is wrong with those that cannot be read."""
    quads: list[Quad] = []
    findings: list[Finding] = []
    for path in paths:
        try:
            quads.extend(read_data_set(path))
        except DiasporaKGError as error:
            findings.extend(error.findings)
    return quads, findings


def count_data(quads: Iterable[Quad]) -> tuple[int, int]:
    """Return how many data sets there are among some quads, and how many observations."""
    data_sets, observations = set(), set()
    for s, p, o, _ in quads:
        if p == TYPE and o == _OBSERVATION:
            observations.add(s)
        elif p == TYPE and o in _DATA_SETS:
            data_sets.add(s)
    return len(data_sets), len(observations)


def _of_another_form(line: str, number: int, path: Path) -> list[Quad]:
    """Return the statement of a line that another program wrote, spaced or escaped otherwise."""
    at = Location(str(path), number, 1)
    try:
        found = [
            (str(q.subject), str(q.predicate), str(q.object), str(q.graph_name))
            for q in pyoxigraph.parse(line.encode("utf-8"), pyoxigraph.RdfFormat.N_QUADS)
        ]
    except SyntaxError as error:
        raise DiasporaKGError(
            "DKG100",
            f"this is no line of N-Quads: {str(error).splitlines()[0][:120]}",
            "Mend the line, or import the data set again.",
            at,
        ) from error
    for *_, graph in found:
        if not graph.startswith(f"<{_GRAPH}"):
            raise DiasporaKGError(
                "DKG656",
                "this statement stands outside the graphs of data sets",
                "Only what 'diaspora-kg import' wrote goes into a build as RDF; what a source says "
                "is coded as a case.",
                at,
            )
    return found
