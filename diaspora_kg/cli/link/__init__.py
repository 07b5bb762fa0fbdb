"""``diaspora-kg link``."""

import click

from diaspora_kg.cli.groups import Kinds
from diaspora_kg.cli.link import apply, check, evaluate, review, suggest


@click.group(
    "link",
    cls=Kinds,
    epilog="Example: diaspora-kg link suggest 'Ministry of Public Works' --to organisations.ttl",
)
def command() -> None:
    """Link things to open data: candidates, their review, and links that hold."""


command.add_command(suggest.command)
command.add_command(review.command)
command.add_command(apply.command)
command.add_command(check.command)
command.add_command(evaluate.command)
