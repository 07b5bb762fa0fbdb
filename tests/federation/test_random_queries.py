"""Queries made by chance, answered as the engine answers them when it calls the service itself."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import urllib3

from diaspora_kg.confinement.limits import Limits
from diaspora_kg.engine import evaluate
from diaspora_kg.federation.resolving import resolve
from diaspora_kg.outside import AllowedServices
from diaspora_kg.querying import Question, as_table
from diaspora_kg.table import Table
from tests.services.conftest import oxigraph

QUERIES = 200
NAMES = "wxyz"
VARIABLES = "abcd"


class Chance:
    """Makes triples and queries over few names, so that patterns meet."""

    def __init__(self, seed: int) -> None:
        """Begin with a seed: the same one makes the same."""
        self._random = random.Random(seed)

    def store(self, size: int) -> ox.Store:
        """Return a store of some triples."""
        store = ox.Store()
        for _ in range(size):
            thing, verb = self._one(NAMES), self._one("pqr")
            value = self._random.choice(
                [ox.NamedNode(f"x:{self._one(NAMES)}"), ox.Literal("w"), ox.Literal(1)]
            )
            store.add(ox.Quad(ox.NamedNode(f"x:{thing}"), ox.NamedNode(f"x:{verb}"), value))
        return store

    def query(self) -> str:
        """Return a query that asks ``<there>`` at least once."""
        text = ""
        while "SERVICE" not in text:
            text = f"SELECT * {{ {self._group(2)} }}"
        return text

    def _group(self, depth: int) -> str:
        made = [self._element(depth) for _ in range(self._random.randint(1, 3))]
        return " ".join(made)

    def _element(self, depth: int) -> str:
        roll = self._random.random()
        if roll < 0.35 or depth == 0:
            return self._triple()
        if roll < 0.45:
            return self._filter()
        if roll < 0.65:
            return f"SERVICE <there> {{ {self._remote_group(1)} }}"
        inner = self._group(depth - 1)
        if roll < 0.75:
            return f"OPTIONAL {{ {inner} }}"
        if roll < 0.83:
            return f"{{ {inner} }}"
        if roll < 0.9:
            return f"{{ {inner} }} UNION {{ {self._group(depth - 1)} }}"
        if roll < 0.95:
            return f"MINUS {{ {inner} }}"
        return f"{{ SELECT ?{self._one('ab')} ?{self._one('cd')} {{ {inner} }} }}"

    def _remote_group(self, depth: int) -> str:
        made = [self._triple()]
        for _ in range(self._random.randint(0, 2)):
            roll = self._random.random()
            if roll < 0.4 or depth == 0:
                made.append(self._triple())
            elif roll < 0.6:
                made.append(self._filter())
            else:
                made.append(f"OPTIONAL {{ {self._remote_group(depth - 1)} }}")
        self._random.shuffle(made)
        return " ".join(made)

    def _triple(self) -> str:
        is_open = self._random.random() < 0.85
        value = f"?{self._one(VARIABLES)}" if is_open else f"<x:{self._one(NAMES)}>"
        return f"?{self._one(VARIABLES)} <x:{self._one('pqr')}> {value} ."

    def _filter(self) -> str:
        one, other = self._one(VARIABLES), self._one(VARIABLES)
        tests = (f"?{one} = ?{other}", f"!BOUND(?{one})", f"BOUND(?{one}) || ?{other} = <x:w>")
        return f"FILTER({self._random.choice(tests)})"

    def _one(self, letters: str) -> str:
        return self._random.choice(letters)


class Here:
    """The local graph, in this process."""

    def __init__(self, store: ox.Store) -> None:
        """Take the graph."""
        self.store = store

    def answer(self, question: Question, limits: Limits | None = None) -> Table:
        """Return the rows that answer a question."""
        del limits
        found = evaluate(question.sparql, self.store)
        return as_table(question, found.columns, tuple(found.rows), found.kind)

    def check(self, sparql: str, limits: Limits) -> None:
        """Find nothing wrong."""


@pytest.fixture(scope="module")
def chance() -> Chance:
    """Return what makes graphs and queries."""
    return Chance(20261122)


@pytest.fixture(scope="module")
def there(chance: Chance, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Run a second endpoint with triples made by chance."""
    lines = "".join(f"{quad} .\n" for quad in chance.store(14))
    with oxigraph(tmp_path_factory.mktemp("remote")) as url:
        place = url.removesuffix("query") + "store?default"
        kind = {"Content-Type": "application/n-triples"}
        assert urllib3.request("POST", place, body=lines.encode(), headers=kind).status < 300
        yield url


def test_answers_are_those_of_the_engine(chance: Chance, there: str, tmp_path: Path) -> None:
    """Columns and rows of every query are those that the engine finds by itself."""
    here = Here(chance.store(14))
    allowed = AllowedServices((there.split("/")[2],))
    wrong, full = [], 0

    for _ in range(QUERIES):
        text = chance.query().replace("<there>", f"<{there}>")
        question = resolve(Question(text, allowed=allowed), here, Limits(), folder=tmp_path)
        ours, theirs = rows_of(here.store, question.sparql), rows_of(here.store, text)
        full += bool(theirs[1])
        if ours != theirs:
            wrong.append(text)

    assert wrong == []
    assert full > QUERIES / 10


def rows_of(store: ox.Store, text: str) -> tuple[list[str], Counter[tuple[str, ...]]]:
    """Return the columns of an answer in alphabetical order, and how often there is each row."""
    found = store.query(text)
    assert isinstance(found, ox.QuerySolutions)
    names = sorted(variable.value for variable in found.variables)
    return names, Counter(tuple(str(row[name]) for name in names) for row in found)
