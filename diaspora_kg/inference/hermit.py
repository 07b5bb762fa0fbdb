"""HermiT on its own: which of several graphs is the first that cannot be.

One start of Java reads graph after graph and ends at the first that is inconsistent; starting it
for each would take most of the time. HermiT is the one that owlready2 brings with it.
"""

import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from diaspora_kg.inference.dl import telling_line, too_slow
from diaspora_kg.inference.processes import Ended, run_for
from diaspora_kg.terms import Triple

_INCONSISTENT = "owlapi.reasoner.InconsistentOntologyException"
_SATISFIABLE = "is satisfiable."


@dataclass(frozen=True)
class Verdict:
    """What HermiT said of graphs that were given in a row."""

    first_inconsistent: int | None = None
    """The place of the first graph that cannot be; None when all can, or when nothing was said."""
    trouble: str = ""
    """Why nothing could be told."""


class Hermit:
    """HermiT with limits; it counts how often it was started."""

    def __init__(self, java: str, memory: int, timeout: float) -> None:
        """Take the program, megabytes for it, and the seconds that all calls may take together."""
        self._java, self._memory = java, memory
        self._deadline = time.monotonic() + timeout
        self._timeout = timeout
        self.calls = 0

    def check(self, graphs: Sequence[Iterable[Triple]]) -> Verdict:
        """Return which graph is the first that is inconsistent. Silence is never an answer."""
        left = self._deadline - time.monotonic()
        if left <= 0:
            return Verdict(trouble=too_slow(self._timeout))
        self.calls += 1
        with tempfile.TemporaryDirectory(prefix="diaspora-kg-dl-") as folder:
            files = [Path(folder) / f"{number}.nt" for number in range(len(graphs))]
            for file, graph in zip(files, graphs, strict=True):
                file.write_text("".join(f"{s} {p} {o} .\n" for s, p, o in graph), "utf-8")
            command = [*self._command(), "-k", *(file.as_uri() for file in files)]
            ended = run_for(command, left)
        if ended.is_too_slow:
            return Verdict(trouble=too_slow(self._timeout))
        return _verdict(ended, len(graphs))

    def _command(self) -> list[str]:
        package = find_spec("owlready2")
        assert package is not None
        assert package.origin is not None
        folder = Path(package.origin).parent / "hermit"
        jar = str(folder / "HermiT.jar")
        return [
            self._java,
            f"-Xmx{self._memory}M",
            "-cp",
            jar,
            "org.semanticweb.HermiT.cli.CommandLine",
        ]


def _verdict(ended: Ended, expected: int) -> Verdict:
    good = ended.said.count(_SATISFIABLE)
    if ended.status == 0 and good == expected and "is not satisfiable" not in ended.said:
        return Verdict()
    if ended.status >= 0 and _INCONSISTENT in ended.errors and good < expected:
        return Verdict(good)
    return Verdict(trouble=telling_line(ended.errors) or ended.in_words)
