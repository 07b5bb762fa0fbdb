"""What stops a validation, and what only stops the compiler."""

from diaspora_kg.errors import DiasporaKGError


class ShapesError(DiasporaKGError):
    """Shapes that are not well-formed, or that SHACL leaves undefined, such as recursive ones."""

    def __init__(
        self, message: str, hint: str = "Mend the shapes; nothing has been validated."
    ) -> None:
        """Take one sentence on what is wrong and one on what to do."""
        super().__init__("DKG204", message, hint)


class CannotCompileError(Exception):
    """A shape that is well-formed, but not compiled here; another engine has to run it."""

    def __init__(self, reason: str) -> None:
        """Take the reason as a phrase, such as ``sh:target is an advanced feature``."""
        super().__init__(reason)
        self.reason = reason
