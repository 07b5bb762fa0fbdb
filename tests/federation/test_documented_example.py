"""The example of docs/federation.md, run against a second endpoint as it is described there."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import urllib3

from diaspora_kg.graph import KnowledgeGraph
from tests.services.conftest import oxigraph

if TYPE_CHECKING:
    from tests.cli.conftest import Done

    Run = Callable[..., Done]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "federation.md"
ADDRESS = "http://localhost:7879/query"

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="there is no checkout with docs")


def blocks(language: str = "") -> list[str]:
    """Return the blocks of the page that are in a language."""
    text = PAGE.read_text("utf-8")
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for name, block in found if name == language]


def test_the_example_answers_as_it_is_shown(
    dkg: "Run", packaged_kg: KnowledgeGraph, tmp_path: Path
) -> None:
    """Query and data of the page give the table of the page."""
    (data,), (query,) = blocks("turtle"), blocks("sparql")
    (shown,) = [block for block in blocks() if block.startswith("institution ")]
    file = tmp_path / "names.rq"

    with oxigraph(tmp_path) as url:
        store = url.removesuffix("query") + "store?default"
        headers = {"Content-Type": "text/turtle"}
        assert urllib3.request("POST", store, body=data.encode(), headers=headers).status < 300
        file.write_text(query.replace(ADDRESS, url), "utf-8")
        folder = packaged_kg.build.folder.parent.parent
        done = dkg("query", file, "--kg", folder, "--allow-service", url.split("/")[2])

    assert done.status == 0
    assert [line.rstrip() for line in done.out.splitlines()] == shown.splitlines()
    assert f"2 rows come from {url}, asked on " in done.err
