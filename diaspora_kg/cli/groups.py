"""Commands with a few kinds of their own, such as ``new case`` and ``new table``."""

import click

from diaspora_kg.suggestions import did_you_mean


class Kinds(click.Group):
    """A group that suggests a kind for a misspelt one."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the kind that was asked for, or fail with a suggestion."""
        name = args[0]
        if name not in self.commands and not name.startswith("-"):
            known = f"There are: {', '.join(self.commands)}."
            ctx.fail(
                f"'{self.name} {name}' is not known. {did_you_mean(name, self.commands, known)}"
            )
        return super().resolve_command(ctx, args)
