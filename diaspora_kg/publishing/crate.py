"""The release as an RO-Crate: what is in it, by whom, under which licence, made how."""

from collections.abc import Sequence
from typing import Any

from diaspora_kg.namespaces import BASE
from diaspora_kg.publishing.description import ABOUT, KEYWORDS, LICENCE, TITLE, Edition, File

_PROFILE = "https://w3id.org/ro/crate/1.3"
_FOLDERS = {
    "cases/": "The cases as they were coded, one file each, with their bibliography",
    "ontology/": "The ontology and its concepts",
    "queries/": "The packaged queries, which are the competency questions",
    "shapes/": "The SHACL shapes",
    "tables/": "The graph as flat tables for R, Stata and spreadsheets",
}


def ro_crate(files: Sequence[File], edition: Edition) -> dict[str, Any]:
    """Return the metadata of an RO-Crate 1.3 (https://w3id.org/ro/crate/1.3)."""
    folders = sorted({file.path.partition("/")[0] + "/" for file in files if "/" in file.path})
    top = [file for file in files if "/" not in file.path]
    program = {"@id": "https://w3id.org/diaspora-kg/software"}
    return {
        "@context": f"{_PROFILE}/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": _PROFILE},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "identifier": {"@id": "#identifier"},
                "name": TITLE,
                "description": f"{ABOUT} Accepted here: {edition.policy}.",
                "datePublished": edition.issued.isoformat(),
                "version": edition.version,
                "license": {"@id": LICENCE},
                "author": {"@id": BASE + "contributors"},
                "publisher": {"@id": BASE + "contributors"},
                "keywords": ", ".join(KEYWORDS),
                "mentions": {"@id": "#build"},
                "hasPart": [
                    *({"@id": file.path} for file in top),
                    *({"@id": folder} for folder in folders),
                ],
            },
            {
                "@id": LICENCE,
                "@type": "CreativeWork",
                "name": "Creative Commons Attribution 4.0 International",
                "identifier": LICENCE,
                "description": "Share and adapt for any purpose, and give credit.",
            },
            {
                "@id": "#identifier",
                "@type": "PropertyValue",
                "name": "IRI of the graph, in all its editions",
                "value": BASE + "graph",
                "url": BASE + "graph",
            },
            {
                "@id": BASE + "contributors",
                "@type": "Organization",
                "name": "diaspora-kg contributors",
                "url": BASE,
            },
            {**program, "@type": "SoftwareApplication", "name": "diaspora-kg",
             "version": edition.version, "url": BASE},
            {
                "@id": "#build",
                "@type": "CreateAction",
                "name": f"Build {edition.build} of the graph from its cases",
                "instrument": program,
                "object": {"@id": "cases/"},
                "result": {"@id": "graph.nq"},
                "endTime": edition.issued.isoformat(),
            },
            *(_folder(folder, files) for folder in folders),
            *(_entry(file) for file in files),
        ],
    }  # fmt: skip


def _folder(folder: str, files: Sequence[File]) -> dict[str, Any]:
    return {
        "@id": folder,
        "@type": "Dataset",
        "name": folder.rstrip("/"),
        "description": _FOLDERS.get(folder, folder.rstrip("/")),
        "hasPart": [{"@id": file.path} for file in files if file.path.startswith(folder)],
    }


def _entry(file: File) -> dict[str, Any]:
    return {
        "@id": file.path,
        "@type": "File",
        "name": file.path.rpartition("/")[2],
        "description": file.title,
        "encodingFormat": file.media_type,
        "contentSize": str(file.size),
        "sha256": file.sha256,
    }
