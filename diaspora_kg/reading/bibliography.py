"""Bibliographies to sources: BibTeX and CSL-JSON, one way in for both."""

from pathlib import Path

from diaspora_kg.errors import DiasporaKGError, Finding, Location, Severity
from diaspora_kg.model import Source
from diaspora_kg.reading.decoding import read_text

SUFFIXES = (".bib", ".json")
WESTERN = "windows-1252"


def read_bibliography(path: Path) -> tuple[tuple[Source, ...], tuple[Finding, ...]]:
    """Return the sources of a BibTeX or CSL-JSON file, each key once, and what is wrong with it.

    Raises ``DiasporaKGError``: DKG100 when the file cannot be read, DKG125 when it is neither of
    the two.
    """
    entries, findings = read_entries(path)
    first: dict[str, Source] = {}
    for source in entries:
        if first.setdefault(source.key, source) is not source:
            findings.append(
                Finding(
                    "DKG129",
                    f"the key '{source.key}' stands twice in the bibliography, first on line "
                    f"{first[source.key].at.line}",
                    "Give one of the two another key; small and capital letters are the same.",
                    Severity.VIOLATION,
                    source.at,
                )
            )
    return tuple(first.values()), tuple(findings)


def read_entries(path: Path) -> tuple[list[Source], list[Finding]]:
    """Return all entries of a bibliography, those that repeat a key as well.

    Raises ``DiasporaKGError`` as ``read_bibliography`` does.
    """
    decoded = read_text(path, fallback=WESTERN)
    name = str(path)
    is_json = path.suffix.lower() == ".json" or decoded.text.lstrip()[:1] in ("[", "{")
    if is_json:
        from diaspora_kg.reading.csl_json import parse_csl_json as parse
    else:
        from diaspora_kg.reading.bibtex import parse_bibtex as parse
    entries, findings = parse(decoded.text, name)
    if not entries and not findings:
        raise DiasporaKGError(
            "DKG125",
            "no entry of a bibliography was found in the file",
            "A BibTeX entry begins with '@article{key,'; CSL-JSON is a list of items.",
            Location(name),
        )
    if decoded.guessed:
        message = f"the bibliography is not in UTF-8; it was read as {decoded.guessed}"
        hint = "Look at the letters in the names; saving it as UTF-8 removes all doubt."
        findings.append(Finding("DKG126", message, hint, Severity.WARNING, Location(name, 1, 1)))
    return entries, findings


def is_bibliography(path: Path) -> bool:
    """Tell whether a file is a bibliography; of a .json file, whether it holds one."""
    if path.suffix.lower() == ".bib":
        return True
    if path.suffix.lower() != ".json":
        return False
    from diaspora_kg.reading.csl_json import is_csl_json

    try:
        return is_csl_json(read_text(path).text)
    except DiasporaKGError:
        return False
