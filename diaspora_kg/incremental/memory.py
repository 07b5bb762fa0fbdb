"""What is remembered of a build: a SQLite file in its folder, read and changed row by row.

It says which file gave what, who asked for which name, which claims belong together, and what was
found. It is no part of the result: a build without it is made anew as a whole, and so is one whose
memory is damaged, or was written by another program or for other settings.
"""

import json
import shutil
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path
from types import TracebackType
from typing import Any

_FILE, _CHECK = "memory.sqlite", "memory.crc"
_AT_ONCE = 500

SCHEMA = """
CREATE TABLE part (key TEXT PRIMARY KEY, digest TEXT, findings TEXT, unit TEXT) WITHOUT ROWID;
CREATE TABLE unit (id TEXT PRIMARY KEY, part TEXT, declared TEXT, nodes BLOB, findings TEXT)
    WITHOUT ROWID;
CREATE TABLE asked (name TEXT, unit TEXT, PRIMARY KEY (name, unit)) WITHOUT ROWID;
CREATE TABLE located (node TEXT, unit TEXT, PRIMARY KEY (node, unit)) WITHOUT ROWID;
CREATE TABLE source (key TEXT PRIMARY KEY, part TEXT, value TEXT, said TEXT, called TEXT)
    WITHOUT ROWID;
CREATE TABLE claim (iri TEXT PRIMARY KEY, unit TEXT, content TEXT, statement TEXT, reason TEXT,
    fact TEXT) WITHOUT ROWID;
CREATE TABLE member (key INTEGER, claim TEXT, PRIMARY KEY (key, claim)) WITHOUT ROWID;
CREATE TABLE said (claim TEXT PRIMARY KEY, subject TEXT, predicate TEXT, object TEXT)
    WITHOUT ROWID;
CREATE TABLE plain (quad TEXT, content TEXT, PRIMARY KEY (quad, content)) WITHOUT ROWID;
CREATE TABLE text (name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
"""
INDEXES = """
CREATE INDEX asked_by_unit ON asked (unit);
CREATE INDEX located_by_unit ON located (unit);
CREATE INDEX claim_by_unit ON claim (unit);
CREATE INDEX claim_by_content ON claim (content);
CREATE INDEX claim_by_statement ON claim (statement) WHERE statement IS NOT NULL;
CREATE INDEX member_by_claim ON member (claim);
CREATE INDEX said_by_subject ON said (subject);
CREATE INDEX said_by_object ON said (object);
CREATE INDEX said_by_predicate ON said (predicate);
CREATE INDEX plain_by_content ON plain (content);
"""

Row = tuple[Any, ...]


class StaleError(Exception):
    """What is remembered cannot serve; the build has to be made anew as a whole."""


class Memory:
    """The memory of one build."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Take an open file."""
        self.connection = connection

    @classmethod
    def open(cls, folder: Path, fingerprint: str) -> "Memory":
        """Open the memory in a folder for reading.

        Raises ``StaleError`` when there is none, it is damaged, or it is of another program or
        other settings than ``fingerprint`` says.
        """
        file = folder / _FILE
        try:
            if _checksum(file) != (folder / _CHECK).read_text("ascii"):
                raise StaleError("the memory of the former build is damaged")
            uri = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
            memory = cls(sqlite3.connect(uri, uri=True))
            if memory.text("fingerprint") != fingerprint:
                raise StaleError("the former build was made with other settings")
        except (OSError, ValueError, sqlite3.Error) as error:
            raise StaleError(str(error)) from error
        return memory

    def rows(self, query: str, *values: object) -> list[Row]:
        """Return the rows of a query."""
        return self.connection.execute(query, values).fetchall()

    def rows_for(self, query: str, values: Iterable[object]) -> Iterator[Row]:
        """Yield the rows of a query with ``{}`` in place of a list of values, however long."""
        listed = list(values)
        for start in range(0, len(listed), _AT_ONCE):
            some = listed[start : start + _AT_ONCE]
            marks = f"({','.join('?' * len(some))})"
            yield from self.connection.execute(query.format(marks), some)

    def has(self, name: str) -> bool:
        """Tell whether something was kept under a name."""
        return bool(self.rows("SELECT 1 FROM text WHERE name = ?", name))

    def text(self, name: str) -> str:
        """Return a text that was kept under a name. Raises ``StaleError`` when there is none."""
        found = self.rows("SELECT value FROM text WHERE name = ?", name)
        if not found:
            raise StaleError(f"nothing is remembered of {name}")
        return zlib.decompress(found[0][0]).decode("utf-8")

    def json(self, name: str) -> Any:  # noqa: ANN401 (whatever was written)
        """Return what was kept under a name as JSON."""
        return json.loads(self.text(name))

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> "Memory":
        """Use the memory for the length of a block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file."""
        self.close()


class Revision:
    """Changes to a memory, noted while a build is computed and written with it."""

    def __init__(self) -> None:
        """Begin with no change."""
        self._steps: list[tuple[str, list[Row]]] = []
        self._texts: dict[str, str] = {}

    def delete(self, table: str, column: str, values: Iterable[object]) -> None:
        """Take away the rows with some values in a column."""
        rows = [(value,) for value in values]
        self._steps.append((f"DELETE FROM {table} WHERE {column} = ?", rows))

    def insert(self, table: str, rows: Iterable[Sequence[object]]) -> None:
        """Put rows in, in the order of the columns; those that are there already are replaced."""
        listed = [tuple(row) for row in rows]
        if listed:
            marks = ",".join("?" * len(listed[0]))
            self._steps.append((f"INSERT OR REPLACE INTO {table} VALUES ({marks})", listed))

    def keep(self, name: str, text: str) -> None:
        """Keep a text under a name, in place of what was kept there."""
        self._texts[name] = text

    def keep_json(self, name: str, value: object) -> None:
        """Keep a value as JSON under a name."""
        self.keep(name, json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def write(self, folder: Path, former: Path | None = None) -> None:
        """Write the memory into a folder: the former one with these changes, or a new one.

        Raises ``OSError`` when the folder cannot be written.
        """
        file = folder / _FILE
        if former is not None:
            shutil.copyfile(former / _FILE, file)
        try:
            connection = sqlite3.connect(file)
            try:
                self._write(connection, is_new=former is None)
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise OSError(f"the memory of the build cannot be written: {error}") from error
        (folder / _CHECK).write_text(_checksum(file), "ascii")

    def _write(self, connection: sqlite3.Connection, *, is_new: bool) -> None:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # the store makes files durable
        connection.execute("PRAGMA temp_store = MEMORY")
        if is_new:
            connection.executescript(SCHEMA)
        for statement, rows in self._steps:
            connection.executemany(statement, rows)
        texts = [(name, _packed(text)) for name, text in self._texts.items()]
        connection.executemany("INSERT OR REPLACE INTO text VALUES (?, ?)", texts)
        if is_new:
            connection.executescript(INDEXES)
        connection.commit()


def packed(value: object) -> bytes:
    """Return a value as compressed JSON."""
    return _packed(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def unpacked(data: bytes) -> Any:  # noqa: ANN401 (whatever was written)
    """Return a value from compressed JSON."""
    return json.loads(zlib.decompress(data))


def key_number(key: Sequence[str]) -> int:
    """Return a number for a key of a group; two keys may, very rarely, share one."""
    digest = blake2b("\x1f".join(key).encode("utf-8"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8"), 1)


def _checksum(file: Path) -> str:
    check = 0
    with file.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            check = zlib.crc32(chunk, check)
    return f"{check:08x} {file.stat().st_size}"
