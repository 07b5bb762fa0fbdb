"""What to say when a library that only linking needs is missing."""

from diaspora_kg.errors import MissingPartError


def missing(library: str) -> MissingPartError:
    """Return the error (DKG501) for a library of the extra ``link`` that is not installed."""
    return MissingPartError(
        "DKG501",
        f"{library} is not installed, and names cannot be compared without it",
        "pip install 'diaspora-kg[link]'",
    )
