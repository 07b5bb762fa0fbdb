"""Packaged queries: plain SPARQL with a header of ``#+`` lines that hold YAML.

The ``VALUES`` row of a query is its list of parameters. As it stands in the file it means "any",
so the file runs in every SPARQL tool; a run puts terms in place of ``UNDEF`` and nothing else.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable

from diaspora_kg.errors import DiasporaKGError, FindingsError, Location
from diaspora_kg.model import Wordings
from diaspora_kg.namespaces import expand
from diaspora_kg.reading.forms import Form
from diaspora_kg.reading.tree import Mapping as TreeMapping
from diaspora_kg.reading.tree import Node
from diaspora_kg.reading.yaml_files import read_tree
from diaspora_kg.resources import files_below, folder
from diaspora_kg.suggestions import did_you_mean

TYPES = (
    "iri",
    "string",
    "language-string",
    "integer",
    "decimal",
    "date",
    "boolean",
    "term",
)
_KEYS = ("title", "description", "question", "tags", "params", "columns")
_PARAMETER_KEYS = ("type", "of", "required", "description", "example")
_VALUES = re.compile(r"VALUES\s*\(([^)]*)\)\s*\{\s*\(([^)]*)\)\s*\}")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a packaged query."""

    name: str
    type: str
    required: bool
    descriptions: Wordings
    example: str
    of: str = ""
    """The IRI of the class that a value should belong to, if the query is about one class."""


@dataclass(frozen=True)
class PackagedQuery:
    """A question with its SPARQL."""

    name: str
    titles: Wordings
    descriptions: Wordings
    questions: Wordings
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Wordings]
    text: str
    """The whole file."""

    @cached_property
    def sparql(self) -> str:
        """The query without its header."""
        lines = self.text.splitlines(keepends=True)
        return "".join(line for line in lines if not line.startswith("#+")).lstrip("\n")

    def with_values(self, values: Mapping[str, str]) -> str:
        """Return the SPARQL with terms (N-Triples text) in the row of parameters."""
        if not self.parameters:
            return self.sparql
        row = " ".join(values.get(parameter.name, "UNDEF") for parameter in self.parameters)
        match = _VALUES.search(self.sparql)
        assert match is not None, "read_query has checked the row"
        return self.sparql[: match.start(2)] + row + self.sparql[match.end(2) :]


def wording(wordings: Wordings, language: str = "en") -> str:
    """Return the text in a language, else in English, else the first there is."""
    texts = {item.language: str(item.text) for item in wordings}
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def packaged_queries() -> dict[str, PackagedQuery]:
    """Return all packaged queries by name."""
    found = (read_query(file) for file in files_below(folder("queries"), ".rq"))
    return {query.name: query for query in found}


def packaged_query(name: str) -> PackagedQuery:
    """Return the packaged query of a name.

    Raises ``DiasporaKGError`` (DKG401) when there is none.
    """
    files = {file.name.removesuffix(".rq"): file for file in files_below(folder("queries"), ".rq")}
    if name not in files:
        raise DiasporaKGError(
            "DKG401",
            f"there is no packaged query '{name}'",
            did_you_mean(name, files, "'diaspora-kg query' lists the packaged queries."),
        )
    return read_query(files[name])


def read_query(file: Traversable) -> PackagedQuery:
    """Return the query of a file; an unknown key or a parameter that it lacks is an error.

    Raises ``FindingsError`` (DKG407) with everything that is wrong with the header.
    """
    text = file.read_text("utf-8")
    header = "".join(
        line[2:].removeprefix(" ") if line.startswith("#+") else "\n"
        for line in text.splitlines(keepends=True)
        if line.startswith("#+")
    )
    if not header.strip():
        raise DiasporaKGError(
            "DKG407",
            "the query has no header",
            "Begin it with lines such as '#+ title: {en: …, tr: …}'.",
            Location(file.name, 1, 1),
        )
    return _Header(file.name, text).read(read_tree(header, file.name))


class _Header:
    def __init__(self, file_name: str, text: str) -> None:
        self.name = file_name.removesuffix(".rq")
        self.file_name = file_name
        self.text = text
        self.form = Form()

    def read(self, tree: Node) -> PackagedQuery:
        form = self.form
        fields = form.fields(tree, "the header", _KEYS)
        query = PackagedQuery(
            name=self.name,
            titles=form.wordings(fields.get("title"), "title"),
            descriptions=form.wordings(fields.get("description"), "description"),
            questions=form.wordings(fields.get("question"), "question"),
            tags=tuple(form.texts(fields.get("tags"), "tags")) if "tags" in fields else (),
            parameters=self._parameters(fields.get("params")),
            columns=self._columns(fields.get("columns")),
            text=self.text,
        )
        for key in ("title", "description", "question", "columns"):
            if key not in fields:
                self._wrong(f"the header has no '{key}'", f"Write '#+ {key}: …'.")
        self._check_row(query)
        if form.findings:
            raise FindingsError(tuple(form.findings))
        return query

    def _parameters(self, node: Node | None) -> tuple[Parameter, ...]:
        if not isinstance(node, TreeMapping):
            return ()
        found = []
        for name, value in node.entries:
            fields = self.form.fields(value, f"parameter '{name}'", _PARAMETER_KEYS)
            kind = self.form.text(fields.get("type"), "type") or "string"
            if kind not in TYPES:
                self._wrong(f"'{kind}' is no type of a parameter", f"One of: {', '.join(TYPES)}.")
            required = self.form.text(fields.get("required"), "required")
            cls = self.form.text(fields.get("of"), "of")
            if cls is not None and expand(cls) is None:
                self._wrong(f"'{cls}' names no class", "Write 'of: dkg:State' or another class.")
            found.append(
                Parameter(
                    str(name),
                    str(kind),
                    required == "true",
                    self.form.wordings(fields.get("description"), "description"),
                    str(self.form.text(fields.get("example"), "example") or ""),
                    (expand(cls) or "") if cls else "",
                )
            )
        return tuple(found)

    def _columns(self, node: Node | None) -> dict[str, Wordings]:
        if not isinstance(node, TreeMapping):
            return {}
        return {str(key): self.form.wordings(value, f"{key}") for key, value in node.entries}

    def _check_row(self, query: PackagedQuery) -> None:
        match = _VALUES.search(query.sparql)
        declared = [parameter.name for parameter in query.parameters]
        written = re.findall(r"\?(\w+)", match.group(1)) if match else []
        if declared and (match is None or match.group(2).split() != ["UNDEF"] * len(declared)):
            self._wrong(
                "the query has parameters but no row for them",
                f"Write 'VALUES ({' '.join('?' + name for name in declared)}) "
                f"{{ ({' '.join('UNDEF' for _ in declared)}) }}' first in WHERE.",
            )
        elif declared and written != declared:
            self._wrong(
                f"the row of parameters is {written}, the header says {declared}",
                "Name the same parameters in the same order.",
            )
        if "ORDER BY" not in query.sparql.upper():
            self._wrong("the query has no ORDER BY", "Rows are compared; they need an order.")

    def _wrong(self, message: str, hint: str) -> None:
        self.form.wrong("DKG407", message, hint, Location(self.file_name, 1, 1))
