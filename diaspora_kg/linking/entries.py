"""What a registry knows of a thing that a name may mean: entries, whatever the registry."""

from dataclasses import dataclass
from urllib.parse import unquote

_COMMON_LABELS = frozenset(
    {
        "www", "www2", "web", "portal", "home", "en", "ac", "co", "com", "org", "net", "edu", "gov",
        "go", "or", "gob", "gouv", "gc", "nhs", "uni", "univ", "info", "ne", "lg", "ed", "k12",
        "asso", "blog", "sites", "google", "facebook", "linkedin", "github", "wordpress",
    }
)  # fmt: skip
"""Parts of addresses that say nothing of whose they are."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of a registry, with all that helps to recognise it."""

    iri: str
    label: str
    names: tuple[tuple[str, str], ...]
    """Names in full, with the language where it is known; the label is one of them."""
    acronyms: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    """Titles of pages about it."""
    country: str = ""
    """ISO 3166-1 alpha-2, where known."""
    places: tuple[str, ...] = ()
    """Where it is: the names of the town, the region and the country."""
    types: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    """The telling parts of the addresses of its pages."""
    related: tuple[str, ...] = ()
    """The names of what it is a part of."""


def host_labels(address: str) -> tuple[str, ...]:
    """Return the telling parts of a host: ``jsoms`` of ``https://www.jsoms.or.jp``."""
    host = address.partition("//")[2].partition("/")[0].partition(":")[0]
    labels = host.lower().split(".")[:-1]
    parts = [part for label in labels for part in (label, *label.split("-"))]
    return tuple(dict.fromkeys(p for p in parts if len(p) > 1 and p not in _COMMON_LABELS))


def page_title(address: str) -> str:
    """Return the title in the address of a Wikipedia page, without what stands in brackets."""
    return unquote(address.rpartition("/wiki/")[2]).replace("_", " ").partition(" (")[0]
