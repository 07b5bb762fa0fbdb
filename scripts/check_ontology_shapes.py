"""Check the ontology and its concepts by the shapes of ``shapes/ontology.ttl``.

Writes what is wrong to stdout, with the place in the file, and exits 1 if anything is.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from diaspora_kg.errors import DiasporaKGError  # noqa: E402 - the checkout comes first
from diaspora_kg.rendering.findings import render  # noqa: E402
from diaspora_kg.validation import validate_rdf  # noqa: E402


def main() -> int:
    """Return 0 when the ontology conforms, 1 when it does not, 2 when a file cannot be read."""
    files = sorted(_shortest(file) for file in (ROOT / "ontology").rglob("*.ttl"))
    try:
        findings = validate_rdf(files, [ROOT / "shapes" / "ontology.ttl"])
    except DiasporaKGError as error:
        print(render(error.findings, "text"), end="", file=sys.stderr)
        return error.exit_status
    print(render(findings, "text"), end="")
    print(f"{len(files)} files of the ontology, {len(findings)} findings.", file=sys.stderr)
    return 1 if findings else 0


def _shortest(file: Path) -> Path:
    return file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file


if __name__ == "__main__":
    sys.exit(main())
