"""RDF files as triples."""

from pathlib import Path

import pytest

from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.reading.rdf import read_triples

TRIPLE = ("<http://e.org/s>", "<http://e.org/p>", '"1.50"^^<http://e.org/number>')

FILES = {
    "x.ttl": '@prefix : <http://e.org/> . :s :p "1.50"^^:number .',
    "x.nt": '<http://e.org/s> <http://e.org/p> "1.50"^^<http://e.org/number> .\n',
    "x.trig": '@prefix : <http://e.org/> . :g { :s :p "1.50"^^:number . }',
    "x.nq": '<http://e.org/s> <http://e.org/p> "1.50"^^<http://e.org/number> <http://e.org/g> .\n',
    "x.owl": '@prefix : <http://e.org/> . :s :p "1.50"^^:number .',
    "x.rdf": '<?xml version="1.0" encoding="ISO-8859-9"?><rdf:RDF '
    'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://e.org/">'
    '<rdf:Description rdf:about="http://e.org/s">'
    '<p rdf:datatype="http://e.org/number">1.50</p></rdf:Description></rdf:RDF>',
    "x.jsonld": '{"@id": "http://e.org/s", "http://e.org/p": '
    '{"@value": "1.50", "@type": "http://e.org/number"}}',
}


@pytest.mark.parametrize("name", FILES)
def test_formats(tmp_path: Path, name: str) -> None:
    """Every format gives the same triple, its lexical form as it stood."""
    (tmp_path / name).write_text(FILES[name], "utf-8")

    assert read_triples([tmp_path / name]) == [TRIPLE]


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    """The same name of a blank node in two files is not the same node."""
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("_:x <http://e.org/p> <http://e.org/o> .")

    found = read_triples([tmp_path / "a.ttl", tmp_path / "b.ttl"])

    assert len({triple[0] for triple in found}) == 2
    assert found == read_triples([tmp_path / "a.ttl", tmp_path / "b.ttl"])


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("x.ttl", "x y", "the file is not well-formed RDF"),
        ("x.ttl", "# nothing", "there is no statement in the file"),
        ("x.txt", "x", "'x.txt' is no kind of RDF file"),
        ("x.jsonld", '{"@context": "https://schema.org/", "name": "x"}', "takes its context from"),
        ("x.ttl", "", "the file is empty"),
    ],
)
def test_what_is_no_rdf(tmp_path: Path, name: str, text: str, message: str) -> None:
    """What cannot be read is refused; no context is fetched from the network."""
    (tmp_path / name).write_text(text)

    with pytest.raises(DiasporaKGError, match=message) as error:
        read_triples([tmp_path / name])

    assert error.value.code == "DKG100"
