"""What a service can do beside answering: whether it can be changed, and at which addresses.

Services do not say; so a triple is written into a graph of ours, looked for, and removed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urljoin

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.namespaces import RDF
from diaspora_kg.services.client import Client
from diaspora_kg.services.holdings import STAGING

_PROBE = STAGING + "probe"
_TRIPLE = f'<{_PROBE}> <{RDF}value> "arrived"'
_UPDATES = ("", "update", "statements")
_STORES = ("store", "data", "sparql-graph-crud", "rdf-graph-store", "graphs/service")
_WHOLE = ("Oxigraph", "Fuseki")
"""Services that carry out an update as one transaction, by their own documentation."""


@dataclass(frozen=True)
class Abilities:
    """How a service can be changed."""

    update: str = ""
    """The address of SPARQL Update; empty when it takes none."""
    graphs: str = ""
    """The address of the Graph Store Protocol; empty when it has none."""
    server: str = ""
    """What the service calls itself."""

    @property
    def switches_at_once(self) -> bool:
        """Whether readers see the former graph or the new one, and nothing in between."""
        return bool(self.update) and self.server.startswith(_WHOLE)


def find_abilities(client: Client) -> Abilities:
    """Return how a service can be changed.

    Raises ``DiasporaKGError``: DKG623 when it wants to know who asks, DKG630 when it takes no
    changes; ``MissingPartError`` when it cannot be reached.
    """
    refused: list[DiasporaKGError] = []
    address = client.transport.address
    updates = [address.update] if address.update else _near(address.query, _UPDATES)
    stores = [address.graphs] if address.graphs else _near(address.query, _STORES)
    update = next((url for url in updates if _updates(client, url, refused)), "")
    graphs = next((url for url in stores if _stores(client, url, refused)), "")
    if not update and not graphs:
        for error in refused:
            if error.code == "DKG623":
                raise error
        raise DiasporaKGError(
            "DKG630",
            "the service takes no changes: neither SPARQL Update nor the Graph Store Protocol "
            "answers near its address",
            "Allow them, or name their addresses: DIASPORA_KG_ENDPOINT_UPDATE, "
            "DIASPORA_KG_ENDPOINT_GRAPHS.",
        )
    return Abilities(update, graphs, client.transport.server)


def _near(url: str, names: tuple[str, ...]) -> list[str]:
    """Return addresses beside a URL and below it."""
    base = url.partition("?")[0]
    found = [urljoin(base, name) if name else base for name in names]
    found += [f"{base.rstrip('/')}/{name}" for name in names if name]
    return list(dict.fromkeys(found))


def _updates(client: Client, url: str, refused: list[DiasporaKGError]) -> bool:
    write = f"INSERT DATA {{ GRAPH <{_PROBE}> {{ {_TRIPLE} }} }}"
    return _took(
        client,
        lambda: client.update(url, write, is_repeatable=True),
        lambda: client.update(url, f"DROP SILENT GRAPH <{_PROBE}>", is_repeatable=True),
        refused,
    )


def _stores(client: Client, url: str, refused: list[DiasporaKGError]) -> bool:
    triple = f"{_TRIPLE} .\n".encode()
    return _took(
        client,
        lambda: client.put(url, _PROBE, triple, replaces=True),
        lambda: client.delete(url, _PROBE),
        refused,
    )


def _took(
    client: Client,
    write: Callable[[], None],
    remove: Callable[[], None],
    refused: list[DiasporaKGError],
) -> bool:
    """Tell whether a change arrives, and undo it."""
    try:
        write()
        arrived = client.ask(f"ASK {{ GRAPH <{_PROBE}> {{ {_TRIPLE} }} }}").truth
        if arrived:
            remove()
    except DiasporaKGError as error:
        if error.code not in ("DKG623", "DKG624", "DKG626", "DKG628"):
            raise
        refused.append(error)
        return False
    return bool(arrived)
