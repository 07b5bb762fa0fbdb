"""What to say when a library that compares names is missing."""

from diaspora_kg.errors import MissingPartError


def missing(library: str) -> MissingPartError:
    """Return the error (DKG501) for a library that is not installed: its wheel may be missing."""
    return MissingPartError(
        "DKG501",
        f"{library} is not installed, and names cannot be compared without it",
        f"pip install {library}",
    )
