"""A release: a folder with the graph, what it was made from, and how to check and cite it."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from diaspora_kg.errors import DiasporaKGError, Location
from diaspora_kg.exporting import as_csv, choose, flat_tables, serialise, table_of_columns
from diaspora_kg.publishing.context import context_as_json
from diaspora_kg.publishing.crate import ro_crate
from diaspora_kg.publishing.description import (
    ABOUT,
    TITLE,
    Edition,
    File,
    describe_dataset,
    schema_org,
)
from diaspora_kg.publishing.nanopublications import nanopublications_as_trig
from diaspora_kg.publishing.redirects import redirect_read_me, redirect_rules
from diaspora_kg.resources import files_below, folder
from diaspora_kg.terms import Quad

_MEDIA = {
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".ttl": "text/turtle",
    ".jsonld": "application/ld+json",
    ".json": "application/json",
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".rq": "application/sparql-query",
    ".yaml": "application/yaml",
    ".bib": "application/x-bibtex",
    ".cff": "application/yaml",
    ".md": "text/markdown",
}
_TITLES = {
    "graph.nq": "The whole graph, one named graph for each part, as N-Quads",
    "graph.trig": "The whole graph, as TriG",
    "accepted.ttl": "What is undisputed under the policy, as plain triples and facts",
    "nanopublications.trig": "Each claim as a nanopublication",
    "context.jsonld": "Short names of the terms for JSON-LD",
    "dataset.ttl": "Description of the data set in DCAT and VoID",
    "dataset.jsonld": "Markup for search engines (schema.org)",
    "CITATION.cff": "How to cite this edition",
    "README.md": "What is in this folder",
    "w3id/.htaccess": "Redirect rules for w3id.org",
    "w3id/README.md": "The page that w3id.org asks for",
}
_CHECKSUMS = "SHA256SUMS"
_CRATE = "ro-crate-metadata.json"


@dataclass(frozen=True)
class Release:
    """The files of a release by their path, in a fixed order."""

    edition: Edition
    files: Mapping[str, bytes]


def make_release(
    quads: Iterable[Quad], edition: Edition, cases: Mapping[str, bytes] | None = None
) -> Release:
    """Return the files of a release of a graph.

    ``quads`` are those that may leave; ``cases`` are the files that they were made from, if these
    may leave too. The same graph and edition give the same bytes.
    """
    graph = list(quads)
    contents = {
        **_graph_files(graph, edition),
        **{f"cases/{name}": data for name, data in (cases or {}).items()},
        **_packaged("ontology", ".ttl", ".csv"),
        **_packaged("queries", ".rq"),
        **_packaged("shapes", ".ttl"),
        **_tables(graph),
        "w3id/.htaccess": redirect_rules().encode("utf-8"),
        "w3id/README.md": redirect_read_me().encode("utf-8"),
        "CITATION.cff": _citation(edition).encode("utf-8"),
    }
    contents["README.md"] = _read_me(edition, contents).encode("utf-8")
    described = [_file(path, data) for path, data in sorted(contents.items())]
    contents["dataset.ttl"] = describe_dataset(graph, described, edition)
    contents["dataset.jsonld"] = _json(schema_org(described, edition))
    listed = [_file(path, data) for path, data in sorted(contents.items())]
    contents[_CRATE] = _json(ro_crate(listed, edition))
    contents[_CHECKSUMS] = _checksums(contents)
    return Release(edition, dict(sorted(contents.items())))


def write_release(release: Release, directory: Path) -> None:
    """Write a release to a folder that is new or empty; it appears whole or not at all.

    Raises ``DiasporaKGError`` (DKG604) when the folder holds something, or cannot be written.
    """
    if directory.exists() and (not directory.is_dir() or any(directory.iterdir())):
        raise DiasporaKGError(
            "DKG604",
            f"'{directory}' already holds something",
            "A release is never changed: name a new folder with -o.",
            Location(str(directory)),
        )
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        scratch = Path(tempfile.mkdtemp(prefix=".release-", dir=directory.parent))
        try:
            for path, data in release.files.items():
                file = scratch / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
            scratch.chmod(0o755)
            if directory.exists():
                directory.rmdir()
            scratch.rename(directory)
        finally:
            shutil.rmtree(scratch, ignore_errors=True)
    except OSError as error:
        raise DiasporaKGError(
            "DKG604",
            f"the release cannot be written: {error.strerror or error}",
            "Check the free space and your right to write there.",
            Location(str(directory)),
        ) from error


# --- What is in it ----------------------------------------------------------------------


def _graph_files(graph: list[Quad], edition: Edition) -> dict[str, bytes]:
    return {
        "graph.nq": serialise(graph, "nquads"),
        "graph.trig": serialise(graph, "trig"),
        "accepted.ttl": serialise(choose(graph, "accepted", "turtle"), "turtle"),
        "nanopublications.trig": nanopublications_as_trig(graph, edition.version),
        "context.jsonld": context_as_json(),
    }


def _tables(graph: list[Quad]) -> dict[str, bytes]:
    tables = flat_tables(graph)
    every = (*tables, table_of_columns(tables))
    return {f"tables/{table.name}.csv": as_csv(table) for table in every}


def _packaged(name: str, *suffixes: str) -> dict[str, bytes]:
    home = folder(name)
    found: dict[str, bytes] = {}
    for suffix in suffixes:
        for file in files_below(home, suffix):
            path = PurePosixPath(str(file).replace("\\", "/"))
            inside = path.relative_to(str(home).replace("\\", "/"))
            if inside.parts[0] != "examples":
                found[f"{name}/{inside}"] = file.read_bytes()
    return found


def _file(path: str, data: bytes) -> File:
    suffix = PurePosixPath(path).suffix
    title = _TITLES.get(path) or f"{path.partition('/')[0].capitalize()}: {path.partition('/')[2]}"
    digest = hashlib.sha256(data).hexdigest()
    return File(path, title, _MEDIA.get(suffix, "text/plain"), len(data), digest)


def _checksums(contents: Mapping[str, bytes]) -> bytes:
    lines = (f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in contents.items())
    return "".join(sorted(lines, key=lambda line: line[66:])).encode("utf-8")


def _json(tree: object) -> bytes:
    return (json.dumps(tree, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _citation(edition: Edition) -> str:
    return (
        "cff-version: 1.2.0\n"
        "message: Please cite the edition of the data that you used.\n"
        "type: dataset\n"
        f'title: "{TITLE}"\n'
        "authors:\n  - name: diaspora-kg contributors\n"
        f"version: {edition.version}\n"
        f"date-released: {edition.issued.isoformat()}\n"
        "license: CC-BY-4.0\n"
        f"url: {edition.address}\n"
        f"identifiers:\n  - type: other\n    value: {edition.build}\n"
        "    description: Build, a hash of what the graph holds\n"
    )


def _read_me(edition: Edition, contents: Mapping[str, bytes]) -> str:
    folders: Sequence[str] = sorted({p.partition("/")[0] for p in contents if "/" in p})
    listed = [f"* `{path}`: {title}" for path, title in _TITLES.items() if path in contents]
    return "\n".join(
        [
            f"# diaspora-kg {edition.version}",
            "",
            ABOUT,
            "",
            f"Published on {edition.issued.isoformat()}; build `{edition.build}`. Accepted is what "
            f"has {edition.policy}.",
            "",
            *listed,
            *(f"* `{name}/`" for name in folders if name != "w3id"),
            f"* `{_CRATE}`: the same as an RO-Crate",
            "",
            "Check that nothing was lost on the way: `sha256sum -c SHA256SUMS`.",
            "Data, ontology, shapes and queries: CC BY 4.0. Cite as `CITATION.cff` says.",
            "",
        ]
    )
