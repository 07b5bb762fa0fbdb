"""``diaspora-kg link``."""

import click

from diaspora_kg.cli.groups import Kinds
from diaspora_kg.cli.link import evaluate, suggest


@click.group(
    "link",
    cls=Kinds,
    epilog="Example: diaspora-kg link suggest 'Ministry of Public Works' --to organisations.ttl",
)
def command() -> None:
    """Find out what a name means in open data, and how sure that is."""


command.add_command(suggest.command)
command.add_command(evaluate.command)
