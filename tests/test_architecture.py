"""What may know what: imports point down, and some libraries stay in one room.

The table is the only picture of the architecture that cannot be wrong. A new module has to be
entered here before anything may import it.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import diaspora_kg

PACKAGE = Path(diaspora_kg.__file__).parent

LAYERS = {
    "ground": [
        "collector",
        "errors",
        "namespaces",
        "outputs",
        "parallel",
        "progress",
        "resources",
        "suggestions",
        "terms",
    ],
    "language": [
        "model",
        "times",
        "numbers",
        "naming",
        "outside",
        "quadstore",
        "sparql",
        "table",
        "tokens",
    ],
    "readers": ["engine", "reading", "store"],
    "operations": [
        "acceptance",
        "catalogue",
        "citing",
        "confinement",
        "conflicts",
        "corpus",
        "cubes",
        "declarations",
        "division",
        "evidence",
        "execution",
        "exporting",
        "federation",
        "glossary",
        "importing",
        "inconsistencies",
        "independence",
        "inference",
        "inputs",
        "labels",
        "layout",
        "linking",
        "lookup",
        "metadata",
        "misspelling",
        "neighbours",
        "ordering",
        "parameters",
        "populating",
        "querying",
        "recorded",
        "resolution",
        "search",
        "services",
        "shacl",
        "spark",
        "staleness",
        "templates",
        "validation",
    ],
    "composition": [
        "assembly",
        "stages",
        "consistency",
        "drawing",
        "graph",
        "opening",
        "incremental",
        "publishing",
        "reasoning",
        "rendering",
        "reporting",
    ],
    "surface": ["cli", "__main__", ""],
}
"""From the ground up; a package is entered once, for all of its modules."""

ROOMS = {
    "click": {"cli"},
    "yaml": {"reading"},
    "openpyxl": {"reading", "rendering"},
    "bibtexparser": {"reading"},
    "pylatexenc": {"reading"},
    "pyshacl": {"shacl"},
    "owlready2": {"inference"},
    "rapidfuzz": {"linking"},
    "anyascii": {"linking"},
    "pyarrow": {"reading"},
    "pyspark": {"spark"},
    "py4j": {"spark"},
    "urllib3": {"services"},
}
"""A library, and the packages that may import it."""

HEIGHT = {name: level for level, names in enumerate(LAYERS.values()) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def name_of(module: Path) -> str:
    """Return the part of the package that a module belongs to; nothing for the API itself."""
    relative = module.relative_to(PACKAGE)
    return (
        ""
        if relative.name == "__init__.py" and len(relative.parts) == 1
        else (relative.parts[0].removesuffix(".py"))
    )


@cache
def tree_of(module: Path) -> ast.Module:
    """Return the syntax tree of a module, which many tests walk through."""
    return ast.parse(module.read_text("utf-8"))


def imports(module: Path) -> Iterator[tuple[str, int]]:
    """Yield every imported name with its line: inside functions and for types alike."""
    for node in ast.walk(tree_of(module)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno} is a relative import"
            whole = str(node.module)
            if whole == "diaspora_kg":
                yield from ((f"{whole}.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield whole, node.lineno


def own_imports(module: Path) -> Iterator[tuple[str, int]]:
    """Yield the parts of the package that a module imports, with the line."""
    for name, line in imports(module):
        parts = name.split(".")
        if parts[0] == "diaspora_kg":
            part = parts[1] if len(parts) > 1 else ""
            yield ("" if part == "__version__" else part), line


def place(module: Path, line: int) -> str:
    """Name a line of a module in a message."""
    return f"{module.relative_to(PACKAGE)}:{line}"


def test_every_module_stands_in_a_layer() -> None:
    """Every module has its place in the table of layers."""
    homeless = sorted({name_of(module) for module in MODULES} - set(HEIGHT))

    assert homeless == []


def test_imports_point_down() -> None:
    """A module imports from its own layer and from those below, never from above."""
    upward = [
        f"{place(module, line)} imports {part}"
        for module in MODULES
        for part, line in own_imports(module)
        if part != "" and HEIGHT.get(part, 0) > HEIGHT.get(name_of(module), 0)
    ]

    assert upward == []


def test_libraries_stay_in_their_room() -> None:
    """Click is known to the command line alone, YAML to the readers, and so on."""
    strangers = [
        f"{place(module, line)} imports {name}"
        for module in MODULES
        for name, line in imports(module)
        if name_of(module) not in ROOMS.get(name.split(".")[0], {name_of(module)})
    ]

    assert strangers == []


def test_every_module_says_what_it_is() -> None:
    """Every module begins with a docstring."""
    silent = [str(module) for module in MODULES if not ast.get_docstring(tree_of(module))]

    assert silent == []


def test_every_module_is_a_small_room() -> None:
    """No module passes 400 lines."""
    large = [
        place(module, length)
        for module in MODULES
        if (length := len(module.read_text("utf-8").splitlines())) > 400
    ]

    assert large == []


def test_no_circle_among_parts() -> None:
    """The parts of the package can be put in an order: no two import one another."""
    below: dict[str, set[str]] = {}
    for module in MODULES:
        parts = {part for part, _ in own_imports(module)} - {"", name_of(module)}
        below.setdefault(name_of(module), set()).update(parts)

    circles = sorted(
        f"{one} and {other}"
        for one, parts in below.items()
        for other in parts
        if one < other and one in below.get(other, set()) and "cli" not in (one, other)
    )

    assert circles == []


def test_operations_do_not_print() -> None:
    """Below the surface nothing prints or exits."""
    talkers = []
    for module in MODULES:
        if name_of(module) in LAYERS["surface"]:
            continue
        for node in ast.walk(tree_of(module)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("print", "sys.exit"):
                talkers.append(place(module, node.lineno))

    assert talkers == []


def test_help_loads_nothing_heavy() -> None:
    """Asking for help loads no RDF library, no reasoner and no reader."""
    program = (
        "import sys\n"
        "from diaspora_kg.cli import cli\n"
        "cli.main(['--help'], standalone_mode=False)\n"
        "heavy = {'rdflib', 'pyoxigraph', 'pyshacl', 'owlready2', 'yaml', 'edtf', 'pandas'}\n"
        "print('loaded:', sorted(heavy & set(sys.modules)))\n"
    )

    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=PACKAGE.parent
    )

    assert run.stdout.splitlines()[-1] == "loaded: []"
