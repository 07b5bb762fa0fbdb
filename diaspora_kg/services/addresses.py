"""Where a service is, and who asks: addresses, credentials, certificates and limits of time.

Secrets come from the environment or from netrc, never from an address: an address stands in
histories, in logs and in the list of processes.
"""

import netrc
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from diaspora_kg.errors import DiasporaKGError

VARIABLE = "DIASPORA_KG_ENDPOINT"
"""The variable for the address; those for what belongs to it begin with it."""

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_USUAL_SECONDS = 300.0


@dataclass(frozen=True)
class Address:
    """A service with all that is needed to speak to it."""

    query: str
    """Where queries go."""
    update: str = ""
    """Where updates go, if that is known."""
    graphs: str = ""
    """Where the Graph Store Protocol is spoken, if that is known."""
    authorization: str = field(default="", repr=False)
    """The value of the header ``Authorization``; never shown."""
    ca_bundle: str = ""
    """A file of certificates to trust instead of those of the system."""
    seconds: float = _USUAL_SECONDS
    """How long an answer may take to begin or to go on."""

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: what credentials are for."""
        return origin_of(self.query)


def origin_of(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of an address."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return parts.scheme, parts.hostname or "", port


def read_address(url: str, environment: Mapping[str, str] | None = None) -> Address:
    """Return the service at an address, with what the environment says of it.

    ``DIASPORA_KG_ENDPOINT_TOKEN`` is sent as a bearer token, ``…_USER`` and ``…_PASSWORD`` as
    Basic authentication, else what netrc knows of the host; ``…_CA`` is a file of certificates,
    ``…_TIMEOUT`` a number of seconds, ``…_UPDATE`` and ``…_GRAPHS`` name the addresses of SPARQL
    Update and of the Graph Store Protocol where these cannot be guessed.

    Raises ``DiasporaKGError`` (DKG633) for an address that cannot be used as it is.
    """
    known = os.environ if environment is None else environment
    own = {name: known.get(f"{VARIABLE}_{name}", "") for name in _NAMES}
    query = _checked(url)
    address = Address(
        query=query,
        update=_checked(own["UPDATE"]) if own["UPDATE"] else "",
        graphs=_checked(own["GRAPHS"]) if own["GRAPHS"] else "",
        authorization=_authorization(query, own, known),
        ca_bundle=_file(own["CA"]),
        seconds=_seconds(own["TIMEOUT"]),
    )
    _must_be_private(address)
    return address


_NAMES = ("UPDATE", "GRAPHS", "TOKEN", "USER", "PASSWORD", "CA", "TIMEOUT")


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise _wrong(f"the address of the service is malformed: {error}") from error
    if parts.username is not None or parts.password is not None:
        raise _wrong(
            "the address of the service holds a name or a password",
            f"Take it out, and set {VARIABLE}_USER and {VARIABLE}_PASSWORD, or {VARIABLE}_TOKEN.",
        )
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise _wrong(f"'{url}' is no address of a service")
    return parts._replace(fragment="").geturl()


def _wrong(message: str, hint: str = "Write it as https://example.org/sparql") -> DiasporaKGError:
    return DiasporaKGError("DKG633", message, hint)


def _authorization(query: str, own: Mapping[str, str], known: Mapping[str, str]) -> str:
    if own["TOKEN"]:
        return _one_line(f"Bearer {own['TOKEN'].strip()}")
    user, password = own["USER"], own["PASSWORD"]
    if not user:
        user, password = _of_netrc(urlsplit(query).hostname or "", known)
    if not user:
        return ""
    from base64 import b64encode

    return "Basic " + b64encode(f"{user}:{password}".encode()).decode()


def _one_line(value: str) -> str:
    if not value.isprintable() or not value.isascii():
        raise _wrong("the token of the service holds characters that no header may hold")
    return value


def _of_netrc(host: str, known: Mapping[str, str]) -> tuple[str, str]:
    named = known.get("NETRC")
    file = Path(named) if named else Path.home() / ".netrc"
    if not file.is_file():
        return "", ""
    try:
        entry = netrc.netrc(str(file)).hosts.get(host)
    except (netrc.NetrcParseError, OSError) as error:
        raise _wrong(f"{file.name} cannot be read", "Mend it, or set the variables.") from error
    return (entry[0], entry[2] or "") if entry else ("", "")


def _file(name: str) -> str:
    if name and not Path(name).is_file():
        raise _wrong(f"there is no file of certificates '{name}'", f"See {VARIABLE}_CA.")
    return name


def _seconds(text: str) -> float:
    try:
        seconds = float(text or _USUAL_SECONDS)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise _wrong(f"'{text}' is no number of seconds", f"Write {VARIABLE}_TIMEOUT=60")
    return seconds


def _must_be_private(address: Address) -> None:
    scheme, host, _ = address.origin
    if address.authorization and scheme == "http" and host not in _LOOPBACK:
        raise _wrong(
            f"a password would go to {host} for everybody on the way to read",
            "Use an https address, or a tunnel to this machine.",
        )
    for other in (address.update, address.graphs):
        if other and address.authorization and origin_of(other) != address.origin:
            raise _wrong(f"'{other}' is another host than that the password is for")
