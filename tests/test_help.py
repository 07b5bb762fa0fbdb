"""Every command has help, and the example in it runs."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from openpyxl import Workbook

from diaspora_kg.cli import cli
from diaspora_kg.graph import KnowledgeGraph
from diaspora_kg.templates import new_case

DATA = "@prefix ex: <http://example.org/> . ex:a a <https://w3id.org/diaspora-kg/ontology#State> ."
BIBTEX = "@book{cohen2008, author={Cohen, Robin}, title={Global Diasporas}, year={2008}}\n"
ORGANISATIONS = """@prefix ex: <http://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
ex:works rdfs:label "Ministry of Public Works"@en , "Bayındırlık Bakanlığı"@tr .
ex:health rdfs:label "Ministry of Health"@en .
"""
KNOWN_NAMES = """name,country,expected,kind
Public Works Ministry,,http://example.org/works,swapped
Ministry of Pubic Works,,http://example.org/works,misspelt
State Opera,,NIL,nil
"""
MAPPINGS = """#mapping_set_id: http://example.org/links
#license: https://creativecommons.org/publicdomain/zero/1.0/
#curie_map:
#  dkgid: https://w3id.org/diaspora-kg/id/
subject_id\tpredicate_id\tobject_id\tmapping_justification\treviewer_label
dkgid:peace-corps\tskos:closeMatch\thttp://example.org/works\tsemapv:LexicalMatching\tA. Coder
"""
OPEN_DATA = {
    "CRSChannelCode.xml": "<codelist name='C'><codelist-items><codelist-item><code>1</code>"
    "<name><narrative>One</narrative></name></codelist-item></codelist-items></codelist>",
    "API_BM.TRF.PWKR.CD.DT.csv": "Country Name,Country Code,Indicator Name,Indicator Code,2019\n"
    "Aruba,ABW,Paid,BM.TRF.PWKR.CD.DT,16\n",
    "undesa_stock.csv": "destination,origin,year,migrant_stock\nbdi,bel,1990,642\n",
    "ror-data.json": '[{"id": "https://ror.org/000000000", "names": [], "types": []}]',
    "sister_relations.tsv": "Q1\tQ2\n",
    "presence.csv": (
        "code|date_in|energy|primary_goods|manufactures|services|investments|troops|"
        "military_equipment|migrations|tourism|sports|culture|information|technology|science|"
        "education|cooperation|economic_presence|military_presence|soft_presence|iepg"
    )
    + "\nAE|1990-01-01"
    + "|1" * 20
    + "\n",
}
CSL = '[{"id": "cohen2008", "type": "book", "title": "Global Diasporas"}]'


def commands(
    command: click.Command, name: str, parent: click.Context | None = None
) -> Iterator[tuple[str, click.Command, click.Context]]:
    """Yield every command on every level."""
    context = click.Context(command, info_name=name, parent=parent)
    yield context.command_path, command, context
    if isinstance(command, click.Group):
        for below in command.list_commands(context):
            found = command.get_command(context, below)
            assert found is not None
            yield from commands(found, below, context)


ALL = [(path, command) for path, command, _ in commands(cli, "diaspora-kg")]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out the files that the examples name."""
    folder = tmp_path_factory.mktemp("desk")
    for name in ("my-cases", "my-texts", ".local/share/bash-completion/completions"):
        (folder / name).mkdir(parents=True)
    (folder / "my-cases" / "my-case.yaml").write_text(new_case("my-case"), "utf-8")
    (folder / "my-texts" / "notes.txt").write_text("The text of some source.", "utf-8")
    (folder / "data.ttl").write_text(DATA, "utf-8")
    (folder / "organisations.ttl").write_text(ORGANISATIONS, "utf-8")
    for name in ("suggestions.sssom.tsv", "links.sssom.tsv"):
        (folder / name).write_text(MAPPINGS, "utf-8")
    (folder / "known-names.csv").write_text(KNOWN_NAMES, "utf-8")
    (folder / "zotero.bib").write_text(BIBTEX, "utf-8")
    (folder / "zotero.json").write_text(CSL, "utf-8")
    for name, text in OPEN_DATA.items():
        (folder / name).write_text(text, "utf-8")
    book = Workbook()
    for row in (["Estimates for 2017"], ["receiving (across) / sending (down)", "Albania"]):
        book.active.append(row)
    book.active.append(["Aruba", 3.5])
    book.save(folder / "bilateral-remittances-2017.xlsx")
    return folder


@pytest.mark.parametrize(("path", "command"), ALL, ids=[path for path, _ in ALL])
def test_every_command_says_what_it_does_and_shows_an_example(
    path: str, command: click.Command
) -> None:
    """Help has a sentence and an example that begins with the command itself."""
    assert command.help
    assert (command.epilog or "").startswith("Example: diaspora-kg")


@pytest.mark.parametrize(("path", "command"), ALL, ids=[path for path, _ in ALL])
def test_the_example_runs(
    path: str, command: click.Command, desk: Path, packaged_kg: KnowledgeGraph
) -> None:
    """The example in the help ends well in a folder that has the files it names."""
    example = (command.epilog or "").removeprefix("Example: ")
    program = f"{shlex.quote(sys.executable)} -m diaspora_kg"
    script = re.sub(r"\bdiaspora-kg(?= )", lambda _: program, example)
    store = packaged_kg.build.folder.parent.parent
    environment = {**os.environ, "HOME": str(desk), "DIASPORA_KG": str(store), "NO_COLOR": "1"}
    for pattern in ("diyanet-foundation*", "cohen2008*", "claims-by*", "sources.bib"):
        for made_before in desk.glob(pattern):
            made_before.unlink()

    done = subprocess.run(
        script, shell=True, cwd=desk, env=environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
