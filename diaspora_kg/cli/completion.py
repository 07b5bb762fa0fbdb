"""``diaspora-kg completion``, and what the shell is told about arguments."""

import click
from click.shell_completion import CompletionItem, get_completion_class

from diaspora_kg.cli.options import write_out
from diaspora_kg.resources import files_below, folder

_PROGRAMS = ("diaspora-kg", "dkg")
_VARIABLE = "_DIASPORA_KG_COMPLETE"
"""Both names of the program listen to this one."""


@click.command(
    "completion",
    epilog="Example: diaspora-kg completion bash > ~/.local/share/bash-completion/completions/dkg",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the script that lets a shell complete commands, options, queries and codes.

    The same script serves 'diaspora-kg' and 'dkg'.

    \b
    bash: eval "$(diaspora-kg completion bash)"     in ~/.bashrc
    zsh:  eval "$(diaspora-kg completion zsh)"      in ~/.zshrc, after compinit
    fish: diaspora-kg completion fish | source      in ~/.config/fish/config.fish
    """  # noqa: D301 - click reads the backspace as "leave these lines as they are"
    kind = get_completion_class(shell)
    assert kind is not None, "click knows the shells of the choice"
    root = click.get_current_context().find_root().command
    scripts = []
    for program in _PROGRAMS:
        completer = kind(root, {}, program, _VARIABLE)
        scripts.append(completer.source_template % completer.source_vars())
    write_out("\n".join(scripts), None)


def complete_codes(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the error codes that begin as typed, each with what it means."""
    from diaspora_kg.catalogue import titles

    wanted = incomplete.upper()
    return [
        CompletionItem(code, help=title)
        for code, title in titles().items()
        if code.startswith(wanted) or code.removeprefix("DKG").startswith(wanted)
    ]


def complete_queries(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the names of packaged queries that begin as typed; no query is read."""
    names = (file.name.removesuffix(".rq") for file in files_below(folder("queries"), ".rq"))
    return [CompletionItem(name) for name in names if name.startswith(incomplete)]


def complete_terms(
    ctx: click.Context, parameter: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the classes and properties that begin as typed, each with its label."""
    from diaspora_kg.namespaces import DKG
    from diaspora_kg.reading.ontology import read_ontology
    from diaspora_kg.terms import iri_of

    ontology = read_ontology(include_alignments=False)
    terms = sorted({*ontology.classes, *ontology.properties})
    return [
        CompletionItem(name, help=ontology.label(term))
        for term in terms
        if (name := iri_of(term).removeprefix(DKG)).lower().startswith(incomplete.lower())
    ]
