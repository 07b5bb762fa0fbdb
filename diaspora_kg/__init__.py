"""diaspora-kg: claims with evidence, as a knowledge graph that answers with quotes."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from diaspora_kg.assembly import BuildResult, Report, build, validate
    from diaspora_kg.errors import DiasporaKGError, Finding, FindingsError

_HOME = {
    "BuildResult": "diaspora_kg.assembly",
    "DiasporaKGError": "diaspora_kg.errors",
    "Finding": "diaspora_kg.errors",
    "FindingsError": "diaspora_kg.errors",
    "Report": "diaspora_kg.assembly",
    "build": "diaspora_kg.assembly",
    "validate": "diaspora_kg.assembly",
}

__all__ = [
    "BuildResult",
    "DiasporaKGError",
    "Finding",
    "FindingsError",
    "Report",
    "__version__",
    "build",
    "validate",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type, see above
    """Load a name when it is first used: asking for help must not load an RDF library."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'diaspora_kg' has no attribute {name!r}")
