"""Check a release folder with the libraries of others: RO-Crate validator, nanopub, sssom.

They want other versions of libraries than the project, so they live in an environment of their
own: ``make .venv/oracles`` makes it, and ``.venv/oracles/bin/python scripts/check_release.py
FOLDER`` runs this. No network is used: the context of RO-Crate comes with the package ``rocrate``.
Writes what is wrong to stdout and exits 1 if anything is.
"""

import json
import sys
import warnings
from collections import defaultdict
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

warnings.simplefilter("ignore")


def main(folder: Path) -> int:
    """Return 0 when all is well, 1 when a library refuses a part of the release."""
    problems = [*check_crate(folder), *check_nanopublications(folder), *check_links(folder)]
    for problem in problems:
        print(problem)
    print(f"{len(problems)} problems.", file=sys.stderr)
    return 1 if problems else 0


def check_crate(folder: Path) -> Iterator[str]:
    """Yield what the RO-Crate validator requires and misses; recommendations go to stderr."""
    from rocrate_validator import models, services
    from rocrate_validator.utils.http import HttpRequester

    packaged = resources.files("rocrate") / "data" / "ro-crate.jsonld"
    HttpRequester.get = _Shelf(packaged.read_text("utf-8")).get
    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.3",
        requirement_severity=models.Severity.RECOMMENDED,
    )
    for issue in services.validate(settings).get_issues():
        line = f"ro-crate-metadata.json: {issue.message}"
        if issue.severity is models.Severity.REQUIRED:
            yield line
        else:
            print(f"recommended: {line}", file=sys.stderr)


class _Shelf:
    """Answers for the context of RO-Crate, and for nothing else."""

    def __init__(self, context: str) -> None:
        self.text = context
        self.address = json.loads(context)["@id"]

    def get(self, url: str, **_: object) -> Any:  # noqa: ANN401 - a response of another library
        import requests

        if url != self.address:
            raise requests.ConnectionError(f"{url} is not fetched: this check uses no network")
        answer = requests.Response()
        answer.status_code = 200
        answer.headers["Content-Type"] = "application/ld+json"
        answer._content = self.text.encode("utf-8")
        return answer


def check_nanopublications(folder: Path) -> Iterator[str]:
    """Yield the nanopublications that the nanopub library finds malformed."""
    from nanopub import Nanopub
    from rdflib import ConjunctiveGraph, Dataset

    whole = Dataset()
    whole.parse(folder / "nanopublications.trig", format="trig")
    each: dict[str, Any] = defaultdict(ConjunctiveGraph)
    for s, p, o, graph in whole.quads((None, None, None, None)):
        each[str(graph).partition("#")[0]].get_context(graph).add((s, p, o))
    if not each:
        yield "nanopublications.trig: there is no nanopublication"
    for name, graph in sorted(each.items()):
        try:
            if not Nanopub(rdf=graph).is_valid:
                yield f"nanopublications.trig: {name} is not valid"
        except Exception as error:  # the library has no base class of its errors
            yield f"nanopublications.trig: {name}: {error}"


def check_links(folder: Path) -> Iterator[str]:
    """Yield what the sssom library finds wrong in the mapping set, where there is one."""
    file = folder / "cases" / "links.sssom.tsv"
    if not file.is_file():
        return
    from sssom.parsers import parse_sssom_table
    from sssom.validators import validate

    try:
        validate(parse_sssom_table(str(file)))
    except Exception as error:  # the library has no base class of its errors
        yield f"{file.name}: {error}"


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
