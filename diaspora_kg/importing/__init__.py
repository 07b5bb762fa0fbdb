"""What comes in from the files of other programs."""

from diaspora_kg.importing.bibliographies import Imported, import_bibliography
from diaspora_kg.importing.writing import as_bibtex, as_yaml

__all__ = ["Imported", "as_bibtex", "as_yaml", "import_bibliography"]
