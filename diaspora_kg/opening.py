"""Which graph is meant: a folder, a service, or the packaged cases, built into a cache."""

import hashlib
import os
from pathlib import Path

from diaspora_kg import __version__
from diaspora_kg.confinement.limits import Limits
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.resources import cache_folder, files_below, folder
from diaspora_kg.store import StoredBuild, is_store, read_build


def open_kg(
    directory: Path | str | None = None,
    *,
    endpoint: str | None = None,
    contested: bool = False,
    limits: Limits | None = None,
) -> KnowledgeGraph:
    """Open a graph: the folder given, else ``DIASPORA_KG``, else ``./kg``, else the packaged cases.

    The packaged cases are built into a cache the first time. With ``endpoint``, the address of a
    SPARQL 1.1 service, the graph that it holds is opened instead. ``limits`` are those of queries
    from outside: any SPARQL but the packaged.

    Raises ``DiasporaKGError`` (DKG602, DKG603) when the folder holds no graph of this version,
    ``DiasporaKGError`` and ``MissingPartError`` (DKG620 to DKG634) for a service.
    """
    if endpoint is not None:
        from diaspora_kg.services.build import open_service

        return KnowledgeGraph(open_service(endpoint), contested=contested, limits=limits)
    chosen = directory or os.environ.get("DIASPORA_KG")
    if chosen:
        build = read_build(Path(chosen))
    elif is_store(Path("kg")):
        build = read_build(Path("kg"))
    else:
        build = _packaged()
    return KnowledgeGraph(build, contested=contested, limits=limits)


def _packaged() -> StoredBuild:
    cache = cache_folder() / f"packaged-{__version__}-{_fingerprint()}"
    try:
        return read_build(cache)
    except DiasporaKGError:
        from diaspora_kg.assembly import build

        return build(None, cache).stored


def _fingerprint() -> str:
    """Return a key that changes with the packaged cases, ontology or shapes."""
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
