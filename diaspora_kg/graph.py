"""A graph that can be asked: found on disk, or built from the packaged cases into a cache."""

import hashlib
import os
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph

from diaspora_kg import __version__
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.querying import Question, free_question, packaged_question, run
from diaspora_kg.resources import files_below, folder
from diaspora_kg.store import StoredBuild, is_store, read_build
from diaspora_kg.table import Table

if TYPE_CHECKING:
    from rdflib import Dataset


class KnowledgeGraph:
    """One finished build, open for questions."""

    def __init__(self, build: StoredBuild, *, contested: bool = False) -> None:
        """Take a build; with ``contested``, queries see what is disputed as well."""
        self.build = build
        self._contested = contested

    @cached_property
    def store(self) -> pyoxigraph.Store:
        """The store, opened when it is first needed."""
        return self.build.open(contested=self._contested)

    @property
    def meta(self) -> Mapping[str, Any]:
        """Version, policy, date and counts of the build."""
        return self.build.meta

    @property
    def is_packaged(self) -> bool:
        """Whether this is the graph of the packaged cases."""
        return bool(self.meta.get("packaged"))

    def question(self, name: str, **parameters: str) -> Question:
        """Return the question that a packaged query asks, without running it."""
        return packaged_question(name, parameters, self.store)

    def query(self, name: str, **parameters: str) -> Table:
        """Run a packaged query. A label may stand where a thing is expected.

        Raises ``DiasporaKGError`` for an unknown query or a value that does not fit.
        """
        return run(self.question(name, **parameters), self.store)

    def sparql(self, text: str) -> Table:
        """Run any SPARQL query. Raises ``DiasporaKGError`` when it is malformed or refused."""
        return run(free_question(text), self.store)

    def to_rdflib(self) -> "Dataset":
        """Return the whole graph, contested content included, as an rdflib dataset."""
        from rdflib import Dataset

        dataset = Dataset()
        dataset.parse(data=self.build.quads_file.read_bytes(), format="nquads")
        return dataset

    def stale_inputs(self) -> list[str]:
        """Return the case files that were changed after this graph was built."""
        pointer = self.build.folder.parent.parent / "CURRENT"
        built = pointer.stat().st_mtime if pointer.is_file() else float("inf")
        changed = []
        for name in self.meta.get("inputs", []):
            file = Path(name)
            if not file.is_file() or file.stat().st_mtime > built:
                changed.append(name)
        return changed


def open_kg(directory: Path | str | None = None, *, contested: bool = False) -> KnowledgeGraph:
    """Open a graph: the folder given, else ``DIASPORA_KG``, else ``./kg``, else the packaged cases.

    The packaged cases are built into a cache the first time.

    Raises ``DiasporaKGError`` (DKG602, DKG603) when the folder holds no graph of this version.
    """
    chosen = directory or os.environ.get("DIASPORA_KG")
    if chosen:
        return KnowledgeGraph(read_build(Path(chosen)), contested=contested)
    if is_store(Path("kg")):
        return KnowledgeGraph(read_build(Path("kg")), contested=contested)
    return KnowledgeGraph(_packaged(), contested=contested)


def _packaged() -> StoredBuild:
    cache = _cache_folder() / f"packaged-{__version__}-{_fingerprint()}"
    try:
        return read_build(cache)
    except DiasporaKGError:
        from diaspora_kg.assembly import build

        return build(None, cache).stored


def _cache_folder() -> Path:
    if os.environ.get("XDG_CACHE_HOME"):
        return Path(os.environ["XDG_CACHE_HOME"]) / "diaspora-kg"
    if os.name == "nt" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"]) / "diaspora-kg" / "cache"
    return Path.home() / ".cache" / "diaspora-kg"


def _fingerprint() -> str:
    """Return a key that changes with the packaged cases, ontology, shapes or code."""
    digest = hashlib.sha256()
    for name in ("cases", "ontology", "shapes"):
        for suffix in (".yaml", ".bib", ".ttl", ".csv"):
            for file in files_below(folder(name), suffix):
                path = Path(str(file))
                if path.is_file():
                    stat = path.stat()
                    digest.update(f"{path}|{stat.st_size}|{stat.st_mtime_ns}".encode())
                else:
                    digest.update(str(file).encode())
    return digest.hexdigest()[:12]
