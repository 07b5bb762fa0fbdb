"""diaspora-kg: claims with evidence, as a knowledge graph that answers with quotes."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from diaspora_kg.acceptance import Policy
    from diaspora_kg.assembly import BuildResult, build, read_cases, validate
    from diaspora_kg.confinement.limits import Limits
    from diaspora_kg.drawing import Picture, draw_concept_map
    from diaspora_kg.errors import DiasporaKGError, Finding, FindingsError, MissingPartError
    from diaspora_kg.graph import KnowledgeGraph
    from diaspora_kg.opening import open_kg
    from diaspora_kg.outside import AllowedServices
    from diaspora_kg.reporting import Report
    from diaspora_kg.services.uploading import Uploaded, upload_build
    from diaspora_kg.table import Table

_HOME = {
    "AllowedServices": "diaspora_kg.outside",
    "BuildResult": "diaspora_kg.assembly",
    "DiasporaKGError": "diaspora_kg.errors",
    "Finding": "diaspora_kg.errors",
    "FindingsError": "diaspora_kg.errors",
    "KnowledgeGraph": "diaspora_kg.graph",
    "Limits": "diaspora_kg.confinement.limits",
    "MissingPartError": "diaspora_kg.errors",
    "Picture": "diaspora_kg.drawing",
    "Policy": "diaspora_kg.acceptance",
    "Report": "diaspora_kg.reporting",
    "Table": "diaspora_kg.table",
    "Uploaded": "diaspora_kg.services.uploading",
    "build": "diaspora_kg.assembly",
    "draw_concept_map": "diaspora_kg.drawing",
    "open_kg": "diaspora_kg.opening",
    "read_cases": "diaspora_kg.assembly",
    "upload_build": "diaspora_kg.services.uploading",
    "validate": "diaspora_kg.assembly",
}

__all__ = [
    "AllowedServices",
    "BuildResult",
    "DiasporaKGError",
    "Finding",
    "FindingsError",
    "KnowledgeGraph",
    "Limits",
    "MissingPartError",
    "Picture",
    "Policy",
    "Report",
    "Table",
    "Uploaded",
    "__version__",
    "build",
    "draw_concept_map",
    "open_kg",
    "read_cases",
    "upload_build",
    "validate",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - each name has its own type, see above
    """Load a name when it is first used: asking for help must not load an RDF library."""
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    raise AttributeError(f"module 'diaspora_kg' has no attribute {name!r}")
