"""The command line: parse, call one operation, render. Nothing heavy is loaded for help."""

import gc
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import click

from diaspora_kg import __version__
from diaspora_kg.cli.talk import show_error
from diaspora_kg.errors import EXIT_USAGE, DiasporaKGError
from diaspora_kg.suggestions import did_you_mean

_COMMANDS = {
    "build": "build",
    "validate": "validate",
    "reason": "reason",
    "query": "query",
    "why": "why",
    "find": "find",
    "draw": "draw",
    "new": "new",
    "terms": "terms",
    "explain": "explain",
    "export": "export",
    "import": "import_",
    "link": "link",
    "completion": "completion",
}
"""Command to the module of ``diaspora_kg.cli`` that holds it."""


class _Commands(click.Group):
    """Loads the module of a command when that command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which a person meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None when there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        from importlib import import_module

        module = import_module(f"diaspora_kg.cli.{_COMMANDS[cmd_name]}")
        command: click.Command = module.command
        _accept_verbosity(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggest a command for a misspelt one."""
        name = click.utils.make_str(args[0])
        if name not in _COMMANDS and not name.startswith("-"):
            hint = did_you_mean(name, _COMMANDS, "'diaspora-kg --help' lists the commands.")
            ctx.fail(f"there is no command '{name}'. {hint}")
        return super().resolve_command(ctx, args)


def _accept_verbosity(command: click.Command) -> None:
    """Let ``-v`` and ``-q`` stand behind a command as well as before it."""
    taken = {option for parameter in command.params for option in parameter.opts}
    for flags, name in ((("-v", "--verbose"), "verbose"), (("-q", "--quiet"), "quiet")):
        if not taken.intersection(flags):
            option = click.Option(
                flags, count=True, hidden=True, expose_value=False, callback=_note_setting(name)
            )
            command.params.append(option)


def _note_setting(name: str) -> Callable[[click.Context, click.Parameter, int], None]:
    def note(ctx: click.Context, _parameter: click.Parameter, times: int) -> None:
        settings = ctx.find_root().obj
        if times and settings is not None:
            settings[name] = settings.get(name, 0) + times

    return note


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog="Example: diaspora-kg build && diaspora-kg query definitions-of-a-concept "
    "-p concept='soft power' --evidence",
)
@click.version_option(__version__, prog_name="diaspora-kg")
@click.option("-v", "--verbose", count=True, help="Say more; -vv shows the traceback of a failure.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing on stderr but errors.")
@click.pass_context
def cli(ctx: click.Context, verbose: int, quiet: bool) -> None:
    """Turn papers that contradict each other into a graph that answers with quotes.

    Every statement is a claim with a passage behind it; what nobody disputes is accepted, what
    sources dispute is shown as a conflict, and each answer can be cited down to the sentence.
    """
    ctx.obj = {"verbose": verbose, "quiet": quiet}


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the program; every error of a user becomes a line, a hint and an exit status."""
    args = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    status = _run(args)
    if arguments is None:
        gc.freeze()  # the process ends: the collector need not look through all that is left
    sys.exit(status)


def _run(args: list[str]) -> int:
    try:
        outcome: Any = cli.main(args=args, prog_name="diaspora-kg", standalone_mode=False)
        sys.stdout.flush()
        return outcome if isinstance(outcome, int) else 0
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except click.exceptions.Exit as error:
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped", err=True)
        return 130
    except DiasporaKGError as error:
        show_error(error)
        if _wants_traceback(args):
            traceback.print_exc()
        return error.exit_status
    except BrokenPipeError:
        # the reader of a pipe has seen enough; Python must not complain while it shuts down
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _wants_traceback(args: list[str]) -> bool:
    return "-vv" in args or args.count("-v") > 1
