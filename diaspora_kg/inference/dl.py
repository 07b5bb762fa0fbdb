"""Is it consistent, and can every class have members? Asked of HermiT, an OWL 2 DL reasoner.

HermiT (Glimm et al., *HermiT: An OWL 2 Reasoner*, Journal of Automated Reasoning 53, 2014) comes
with owlready2 and runs on Java, in a process of its own with limits on time and memory. Only
its own words count: an answer that did not come, for whatever reason, is ``could-not-tell`` and
never reads as consistent.

It refuses literals of ``xsd:gYear``, ``gYearMonth`` and ``date``. No axiom uses them; they are left
out of its copy and counted. ``owl:imports`` is left out too: all modules are in the copy already.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import Literal

from diaspora_kg.errors import MissingPartError
from diaspora_kg.inference.processes import run_for
from diaspora_kg.namespaces import OWL, RDFS, XSD
from diaspora_kg.terms import Term, Triple, iri

_REFUSED = tuple(f"^^<{XSD}{name}>" for name in ("gYear", "gYearMonth", "date"))
_IMPORTS = iri(OWL + "imports")
_EQUIVALENT = iri(OWL + "equivalentClass")
_UPWARD = {_EQUIVALENT, iri(RDFS + "subClassOf")}

_UNASKED = {"-O", "-D", "-I"}

_TOO_SLOW = "no answer within"
_UNREADABLE = "the graph cannot be read; perhaps the text of a literal does not fit its datatype"
_SILENCE = "Java ended without an answer and without saying why"
_REFUSALS = (
    "UnsupportedDatatypeException",
    "MalformedLiteralException",
    "IllegalArgumentException",
    "UnsupportedFacetException",
    "OWLOntologyCreationException",
    "UnparsableOntologyException",
    "cannot be read",
)
_NO_MEMORY = ("OutOfMemoryError", "maximum heap", "object heap", "heap size", "MemoryError")

Answer = Literal["consistent", "inconsistent", "unsatisfiable-classes", "could-not-tell"]
Trouble = Literal["", "refused", "too-slow", "no-memory", "broken"]


@dataclass(frozen=True)
class DLResult:
    """What the reasoner said."""

    answer: Answer
    unsatisfiable: tuple[Term, ...] = ()
    """Classes that can have no member."""
    omitted: Mapping[str, int] | None = None
    """How many triples were left out, by the name of the datatype."""
    reason: str = ""
    """Why nothing could be told."""
    subsumptions: tuple[tuple[Term, Term], ...] = ()
    """Named classes below others that the reasoner found, without what is stated step by step."""

    @property
    def trouble(self) -> Trouble:
        """What kind of trouble kept the reasoner from an answer; nothing when it answered."""
        if self.answer != "could-not-tell":
            return ""
        if self.reason.startswith(_TOO_SLOW):
            return "too-slow"
        if any(word in self.reason for word in _NO_MEMORY):
            return "no-memory"
        return "refused" if any(word in self.reason for word in _REFUSALS) else "broken"

    @property
    def is_good(self) -> bool:
        """Whether the reasoner said that all is well; False also when it said nothing."""
        return self.answer == "consistent"


def check_dl(
    triples: Iterable[Triple], timeout: float = 300, memory: int = 2000, java: str | None = None
) -> DLResult:
    """Return whether some triples are consistent in OWL 2 DL and all their classes satisfiable.

    ``timeout`` is in seconds, ``memory`` in megabytes for Java. ``java`` is the program, looked
    up when not given.

    Raises ``MissingPartError`` (DKG701) when Java is not there.
    """
    program = java or shutil.which("java")
    if program is None:
        raise missing_java()
    kept, omitted = without_refused(triples)
    with tempfile.TemporaryDirectory(prefix="diaspora-kg-dl-") as folder:
        data, answer = Path(folder) / "graph.nt", Path(folder) / "answer.json"
        data.write_text("".join(f"{s} {p} {o} .\n" for s, p, o in kept), "utf-8")
        command = [sys.executable, "-m", __name__, str(data), str(answer), program, str(memory)]
        trouble = _run(command, timeout, folder)
        if not trouble and not answer.is_file():
            trouble = "the reasoner ended without an answer"
        if trouble:
            return DLResult("could-not-tell", omitted=omitted, reason=trouble)
        said = json.loads(answer.read_text("utf-8"))
    return DLResult(
        said["answer"],
        tuple(sorted(iri(name) for name in said["unsatisfiable"])),
        omitted,
        said["reason"],
        _inferred(kept, said["subsumptions"]),
    )


def missing_java() -> MissingPartError:
    """Return the error that says what to install."""
    return MissingPartError(
        "DKG701",
        "the DL reasoner needs Java, and there is none on this machine",
        "Install a Java runtime (11 or later); without '--dl' none is needed.",
    )


def _inferred(triples: list[Triple], found: list[list[str]]) -> tuple[tuple[Term, Term], ...]:
    """Return the subsumptions that do not follow from stated ones by going up step by step."""
    above: dict[Term, set[Term]] = defaultdict(set)
    for subject, predicate, obj in triples:
        if predicate in _UPWARD:
            above[subject].add(obj)
            if predicate == _EQUIVALENT:
                above[obj].add(subject)
    pairs = {(iri(sub), iri(sup)) for sub, sup in found}
    return tuple(sorted(pair for pair in pairs if pair[1] not in _all_above(pair[0], above)))


def _all_above(cls: Term, above: Mapping[Term, set[Term]]) -> set[Term]:
    seen: set[Term] = {cls}
    waiting = [cls]
    while waiting:
        new = above.get(waiting.pop(), set()) - seen
        seen |= new
        waiting.extend(new)
    return seen


def without_refused(triples: Iterable[Triple]) -> tuple[list[Triple], dict[str, int]]:
    """Return triples without those that HermiT cannot read, and how many of each datatype."""
    kept: list[Triple] = []
    omitted: dict[str, int] = {}
    for triple in sorted(set(triples)):
        if triple[2].startswith('"') and triple[2].endswith(_REFUSED):
            name = triple[2].rpartition("#")[2].rstrip(">")
            omitted[name] = omitted.get(name, 0) + 1
        elif triple[1] != _IMPORTS:
            kept.append(triple)
    return kept, omitted


def _run(command: list[str], timeout: float, folder: str) -> str:
    """Run the program that asks HermiT; return what went wrong, nothing when nothing did."""
    root = str(Path(__file__).parents[2])
    paths = [root, os.environ.get("PYTHONPATH", "")]
    scratch = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), folder)  # owlready2 leaves files behind
    path = os.pathsep.join(path for path in paths if path)
    environment = {**os.environ, **scratch, "PYTHONPATH": path}
    ended = run_for(command, timeout, environment)
    if ended.is_too_slow:
        return too_slow(timeout)
    if ended.status < 0:
        return ended.in_words
    return (telling_line(ended.errors) or ended.in_words) if ended.status else ""


def too_slow(timeout: float) -> str:
    """Return what is said of an answer that did not come in time."""
    return f"{_TOO_SLOW} {timeout:g} second{'' if timeout == 1 else 's'}"


def telling_line(text: str) -> str:
    """Return what Java or Python said that tells what went wrong, else the last of its lines."""
    heading = "Java error message is:"  # of owlready2
    lines = [line.strip() for line in text.replace(heading, "").splitlines() if line.strip()]
    trace = re.compile(r"at [\w.$/]+\(|Caused by|\.\.\. \d+ more")
    for number, line in enumerate(lines):
        if re.search(r"Exception|Error", line) and not trace.match(line):
            rest = takewhile(lambda more: not trace.match(more), lines[number + 1 : number + 4])
            return " ".join([line, *rest]).removeprefix('Exception in thread "main" ')
    return lines[-1] if lines else ""


# --- In the process of its own ----------------------------------------------------------


def _reason(data: Path, java: str, memory: int) -> dict[str, object]:
    """Load a graph into owlready2, let HermiT read it, and return its answer as values."""
    import owlready2

    owlready2.JAVA_EXE = java
    owlready2.reasoning.JAVA_MEMORY = memory
    owlready2.reasoning.subprocess = _ClassesOnly()
    world = owlready2.World()
    try:
        ontology = world.get_ontology(data.as_uri()).load(only_local=True)
        with ontology:
            owlready2.sync_reasoner_hermit(world, infer_property_values=False, debug=0)
    except owlready2.OwlReadyInconsistentOntologyError:
        return _said("inconsistent")
    except owlready2.OwlReadyOntologyParsingError:
        return _said("could-not-tell", reason=_UNREADABLE)
    except owlready2.OwlReadyError as error:
        return _said("could-not-tell", reason=telling_line(str(error)) or _SILENCE)
    names = [cls.iri for cls in world.inconsistent_classes() if cls is not owlready2.Nothing]
    answer = "unsatisfiable-classes" if names else "consistent"
    pairs = [
        [cls.iri, above.iri]
        for cls in world.classes()
        for above in (*cls.is_a, *cls.equivalent_to)
        if isinstance(above, owlready2.ThingClass) and above is not owlready2.Thing
    ]
    return _said(answer, unsatisfiable=names, subsumptions=pairs)


class _ClassesOnly:
    """What owlready2 takes for ``subprocess``: HermiT as it starts it, but for classes alone.

    It would also have the properties and individuals put in order, which nobody asked for and
    which takes ten times as long on the packaged graph. And it would take silence for consent:
    here HermiT has to say that something can be.
    """

    def __getattr__(self, name: str) -> object:
        return getattr(subprocess, name)

    @staticmethod
    def check_output(command: list[str], **_options: object) -> bytes:
        """Start HermiT for classes and for consistency, and see that it answered."""
        asked = [*(option for option in command if option not in _UNASKED), "-k"]
        try:
            output = subprocess.check_output(asked, stderr=subprocess.STDOUT)
        except subprocess.CalledProcessError as error:
            if error.returncode >= 0:
                raise
            ended = f"Error: Java was killed (signal {-error.returncode})".encode()
            raise subprocess.CalledProcessError(error.returncode, asked, output=ended) from error
        if b"#Thing is satisfiable." not in output:
            silence = b"Error: Java ended without an answer"
            raise subprocess.CalledProcessError(1, asked, output=output + silence)
        return output


def _said(
    answer: str,
    *,
    unsatisfiable: Iterable[str] = (),
    subsumptions: Iterable[Iterable[str]] = (),
    reason: str = "",
) -> dict[str, object]:
    return {
        "answer": answer,
        "unsatisfiable": list(unsatisfiable),
        "subsumptions": [pair for pair in subsumptions if str(OWL + "Nothing") not in pair],
        "reason": reason,
    }


def _main(arguments: list[str]) -> None:
    data, answer, java, memory = arguments
    said = _reason(Path(data), java, int(memory))
    Path(answer).write_text(json.dumps(said), "utf-8")


if __name__ == "__main__":
    _main(sys.argv[1:])
