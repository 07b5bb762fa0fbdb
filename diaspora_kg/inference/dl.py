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
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from diaspora_kg.errors import MissingPartError
from diaspora_kg.namespaces import OWL, RDFS, XSD
from diaspora_kg.terms import Term, Triple, iri

_REFUSED = tuple(f"^^<{XSD}{name}>" for name in ("gYear", "gYearMonth", "date"))
_IMPORTS = iri(OWL + "imports")
_EQUIVALENT = iri(OWL + "equivalentClass")
_UPWARD = {_EQUIVALENT, iri(RDFS + "subClassOf")}

_UNASKED = {"-O", "-D", "-I"}

Answer = Literal["consistent", "inconsistent", "unsatisfiable-classes", "could-not-tell"]


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
        trouble = _run(command, timeout)
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


def _run(command: list[str], timeout: float) -> str:
    """Run a program with all that it starts; return what went wrong, nothing when nothing did."""
    root = str(Path(__file__).parents[2])
    paths = [root, os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    ) as process:
        try:
            _, errors = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            _end_with_children(process)
            process.communicate()
            return f"no answer within {timeout:g} seconds"
        except BaseException:
            _end_with_children(process)
            raise
    if process.returncode:
        return _last_line(errors) or f"the reasoner ended with status {process.returncode}"
    return ""


def _end_with_children(process: subprocess.Popen[str]) -> None:
    """End the process and the Java that it started."""
    if os.name == "posix":
        os.killpg(process.pid, signal.SIGKILL)
    else:  # Windows has no process groups of this kind
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False)


def _last_line(text: str) -> str:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
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
    except owlready2.OwlReadyError as error:
        return _said("could-not-tell", reason=_trouble_of_java(str(error)))
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
        output = subprocess.check_output(asked, stderr=subprocess.STDOUT)
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


def _trouble_of_java(text: str) -> str:
    """Return the line of a Java error that says what is wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    telling = [line for line in lines if "Exception" in line or "Error" in line]
    return telling[0] if telling else "Java ended without an answer and without saying why"


def _main(arguments: list[str]) -> None:
    data, answer, java, memory = arguments
    said = _reason(Path(data), java, int(memory))
    Path(answer).write_text(json.dumps(said), "utf-8")


if __name__ == "__main__":
    _main(sys.argv[1:])
