"""Other services of SPARQL: which of them a query may ask, and what came from them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from diaspora_kg.errors import DiasporaKGError

_HOST = re.compile(r"(\[[0-9A-Fa-f:.]+\]|[\w-]+(?:\.[\w-]+)*)(?::([0-9]{1,5}))?")
_USUAL_PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True)
class AllowedServices:
    """The services that the SERVICE parts of a query may ask; no other is ever asked.

    Raises ``DiasporaKGError`` (DKG424) for what is no ``HOST`` or ``HOST:PORT``.
    """

    hosts: tuple[str, ...]
    """``HOST`` stands for the usual port of http or https, ``HOST:PORT`` for one port."""
    offline: bool = False
    """Whether nothing is sent, and answers come from what is kept alone."""
    refresh: bool = False
    """Whether services are asked even where their answers are kept."""

    def __post_init__(self) -> None:
        """Check the names."""
        for name in self.hosts:
            match = _HOST.fullmatch(name)
            if match is None or (match.group(2) and not 0 < int(match.group(2)) < 65536):
                raise DiasporaKGError(
                    "DKG424", f"'{name}' is no host of a service", f"Write {_suggested(name)}."
                )

    def permits(self, address: str) -> bool:
        """Tell whether the service at an address may be asked."""
        if problem_of(address):
            return False
        parts, host = urlsplit(address), _host_of(address)
        usual = _USUAL_PORTS[parts.scheme]
        port = parts.port or usual
        return f"{host}:{port}" in self._names or (port == usual and host in self._names)

    @property
    def _names(self) -> frozenset[str]:
        return frozenset(name.lower() for name in self.hosts)


def allowed_services(
    given: Iterable[str] | AllowedServices | None,
) -> AllowedServices | None:
    """Return the services that are meant by a list of hosts; nothing for an empty one.

    Raises ``DiasporaKGError`` (DKG424) for what is no host.
    """
    if given is None or isinstance(given, AllowedServices):
        return given
    hosts = (given,) if isinstance(given, str) else tuple(given)
    return AllowedServices(hosts) if hosts else None


def needs_graph_on_disk() -> DiasporaKGError:
    """Return the error (DKG428) for SERVICE in a query that runs on a service itself."""
    return DiasporaKGError(
        "DKG428",
        "a query with SERVICE runs on a graph on disk, not on a service",
        "Build the graph here and name its folder with --kg, without --endpoint.",
    )


def problem_of(address: str) -> str:
    """Return why an address can be that of no service, or an empty text."""
    try:
        parts = urlsplit(address)
        is_complete = bool(parts.hostname) and parts.port != 0
    except ValueError:
        is_complete = False
    if not is_complete or parts.scheme not in _USUAL_PORTS:
        return f"'{address}' is no address that begins with http:// or https://"
    return "the address of a service holds a name or a password" if "@" in parts.netloc else ""


def option_for(address: str) -> str:
    """Return what to give to ``--allow-service`` for the service at an address."""
    parts, host = urlsplit(address), _host_of(address)
    is_usual = parts.port in (None, _USUAL_PORTS.get(parts.scheme))
    return host if is_usual else f"{host}:{parts.port}"


@dataclass(frozen=True)
class Asked:
    """What came from one service into the answer to a query."""

    address: str
    rows: int
    """How many rows the service gave; those of the answer are other ones."""
    days: tuple[date, ...]
    """When it was asked: one day, or several where parts of the answer were kept before."""
    failure: str = ""
    """Why the query went on without the service, where it did (SERVICE SILENT)."""

    def __str__(self) -> str:
        """Return it as a sentence."""
        if self.failure:
            return f"{self.address} gave nothing, and the query is SILENT about it: {self.failure}."
        kind = "row comes" if self.rows == 1 else "rows come"
        return f"{self.rows:,} {kind} from {self.address}, asked on {self.dates}."

    @property
    def dates(self) -> str:
        """The days as words."""
        return " and ".join(day.isoformat() for day in self.days)


def _host_of(address: str) -> str:
    host = (urlsplit(address).hostname or "").lower()
    return f"[{host}]" if ":" in host else host


def _suggested(name: str) -> str:
    try:
        return option_for(name) if _host_of(name) else "a host, such as example.org:8080"
    except ValueError:
        return "a host, such as example.org:8080"
