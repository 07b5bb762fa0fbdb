"""A finished picture."""

from dataclasses import dataclass

FORMATS = {"svg": "image/svg+xml", "png": "image/png"}
"""Format to media type."""


@dataclass(frozen=True)
class Picture:
    """The bytes of a picture, and what kind of picture they are."""

    data: bytes
    media_type: str

    @property
    def text(self) -> str:
        """The picture as text; only an SVG is text."""
        return self.data.decode("utf-8")
