"""SERVICE clauses in the tokens of a query, and what stands around them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from diaspora_kg.tokens import Token

_GROUP_FOLLOWS = {"OPTIONAL": 1, "MINUS": 1, "GRAPH": 2}
_BEGINS = frozenset((*_GROUP_FOLLOWS, "SERVICE", "FILTER", "BIND", "VALUES"))
_KEEPS_ROWS_JOINED = frozenset(("triples", "group", "graph", "values", "service", "filter"))
_FULL_STOP, _OPEN, _CLOSE = Token("sign", "."), Token("sign", "{"), Token("sign", "}")
_CLOSING = {"{": "}", "(": ")"}
DATA = "data"
"""The kind of a token that stands for a whole VALUES block."""


@dataclass(frozen=True)
class Clause:
    """A SERVICE clause."""

    start: int
    end: int
    """Its tokens, from the word SERVICE to behind the last brace."""
    place: Token
    """What stands for the address: an IRI, or something that cannot be followed."""
    is_silent: bool
    body: tuple[Token, ...]
    """What stands between its braces."""

    @property
    def address(self) -> str:
        """The address of the service; empty where it is not written out."""
        return self.place.text[1:-1] if self.place.kind == "iri" else ""

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of its patterns, each once, in their order."""
        return tuple(dict.fromkeys(variables(self.body)))


@dataclass(frozen=True)
class Element:
    """A part of a group, such as triples, an OPTIONAL or a FILTER."""

    kind: str
    start: int
    end: int


def clauses(tokens: Sequence[Token]) -> Iterator[Clause]:
    """Yield the clauses that stand in no other clause.

    Raises ``ValueError`` where the groups of the query are not balanced.
    """
    place = 0
    while place < len(tokens):
        if tokens[place].keyword == "SERVICE":
            clause = _clause(tokens, place)
            yield clause
            place = clause.end
        else:
            place += 1


def variables(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the names of variables, as often as they occur."""
    return (token.variable for token in tokens if token.variable)


def always_bound(body: Sequence[Token]) -> set[str]:
    """Return the variables that every row of a group has, and has from its first patterns on.

    A value for one of them can be set at the beginning of the group without changing what the
    group means. More may be bound always; these are sure.
    """
    if body and body[0].keyword == "SELECT":
        return set()
    found: set[str] = set()
    for element in elements(body, 0, len(body)):
        if element.kind not in _KEEPS_ROWS_JOINED:
            break
        if element.kind == "triples":
            found.update(_bound_by(body[element.start : element.end]))
    return found


def may_be_bound(body: Sequence[Token]) -> tuple[str, ...]:
    """Return the variables to which a group may give a value, each once, in their order.

    What only a FILTER or a MINUS names is none of them.
    """
    found: dict[str, None] = {}
    place = 0
    while place < len(body):
        if body[place].keyword == "FILTER":
            place = _behind_constraint(body, place + 1)
        elif body[place].keyword == "MINUS":
            place = _behind(body, place + 1)
        else:
            found.update(dict.fromkeys(variables(body[place : place + 1])))
            place += 1
    return tuple(found)


def is_simple(body: Sequence[Token]) -> bool:
    """Tell whether a group has triples and plain filters, and nothing else."""
    try:
        kinds = {element.kind for element in elements(body, 0, len(body))}
    except (ValueError, IndexError):
        return False
    return kinds <= {"triples", "filter"} and not any(token.keyword == "EXISTS" for token in body)


def joined_with(tokens: Sequence[Token], clause: Clause) -> list[Token]:
    """Return patterns, as the inside of a group, that every useful row of a clause agrees with.

    Useful is a row that can be part of a solution of the query. The patterns are those that stand
    beside the clause in its group, and in the groups around it as far as these are joined.
    """
    inner: list[Token] = []
    around = _groups_around(tokens, clause.start)
    for depth in reversed(range(len(around))):
        brace = around[depth]
        parts = list(elements(tokens, brace + 1, matching(tokens, brace)))
        own = next(part for part in parts if part.start <= clause.start < part.end)
        if own.kind not in ("service", "group", "graph", "optional"):
            break
        if inner:
            head = list(tokens[own.start : own.start + 2]) if own.kind == "graph" else []
            inner = [*head, _OPEN, *inner, _CLOSE]
        is_whole = depth == 0 or tokens[around[depth - 1] + 1].keyword == "SELECT"
        inner = [
            *_before(tokens, parts, own, is_whole=is_whole),
            *inner,
            *(() if own.kind == "optional" else _after(tokens, parts, own)),
        ]
        if is_whole or own.kind == "optional":
            break
    return inner


def elements(tokens: Sequence[Token], start: int, end: int) -> Iterator[Element]:
    """Yield the parts of the group whose inside reaches from ``start`` to ``end``.

    Raises ``ValueError`` where they cannot be told apart.
    """
    place = start
    while place < end:
        if tokens[place].text == ".":
            place += 1
            continue
        kind, after = _element(tokens, place, end)
        yield Element(kind, place, after)
        place = after


def matching(tokens: Sequence[Token], place: int) -> int:
    """Return where the brace or bracket closes that opens at a place.

    Raises ``ValueError`` where none opens, or it never closes.
    """
    opening = tokens[place] if place < len(tokens) else None
    if opening is None or opening.kind != "sign" or opening.text not in _CLOSING:
        raise ValueError("no group begins where one has to")
    closing = _CLOSING[opening.text]
    depth = 0
    for at in range(place, len(tokens)):
        if tokens[at].kind == "sign":
            depth += (tokens[at].text == opening.text) - (tokens[at].text == closing)
        if depth == 0:
            return at
    raise ValueError("a group does not close")


def _bound_by(triples: Sequence[Token]) -> set[str]:
    """Return the variables that triples take from the graph.

    A path of no length (``*``, ``?``) joins any term with itself, one that is given too, though it
    may be unknown to the graph. What such a path alone binds does not count.
    """
    found: set[str] = set()
    part: list[Token] = []
    for token in (*triples, _FULL_STOP):
        if token.kind != "sign" or token.text not in (".", ";"):
            part.append(token)
            continue
        if not any(other.kind == "sign" and other.text in ("*", "?") for other in part):
            found.update(variables(part))
        part = []
    return found


# --- Parts of a group -------------------------------------------------------------------


def _clause(tokens: Sequence[Token], start: int) -> Clause:
    is_silent = start + 1 < len(tokens) and tokens[start + 1].keyword == "SILENT"
    place = start + (2 if is_silent else 1)
    end = matching(tokens, place + 1)
    return Clause(start, end + 1, tokens[place], is_silent, tuple(tokens[place + 2 : end]))


def _element(tokens: Sequence[Token], start: int, end: int) -> tuple[str, int]:
    token = tokens[start]
    if token.kind == DATA:
        return "values", start + 1
    if token.keyword in _GROUP_FOLLOWS:
        return token.keyword.lower(), _behind(tokens, start + _GROUP_FOLLOWS[token.keyword])
    if token.keyword == "SERVICE":
        return "service", _clause(tokens, start).end
    if token.keyword == "FILTER":
        return "filter", _behind_constraint(tokens, start + 1)
    if token.keyword == "BIND":
        return "bind", _behind(tokens, start + 1)
    if token.keyword == "VALUES":
        brace = next((at for at in range(start, end) if tokens[at].opens()), end)
        return "values", _behind(tokens, brace)
    if token.opens():
        place = _behind(tokens, start)
        while place < end and tokens[place].keyword == "UNION":
            place = _behind(tokens, place + 1)
        return "group", place
    place = start + 1
    while place < end and not _begins_element(tokens[place]):
        place += 1
    return "triples", place


def _begins_element(token: Token) -> bool:
    return token.opens() or token.kind == DATA or token.keyword in _BEGINS


def _behind(tokens: Sequence[Token], place: int) -> int:
    return matching(tokens, place) + 1


def _behind_constraint(tokens: Sequence[Token], place: int) -> int:
    """Return what follows a constraint: ``(…)``, a call of a function, or ``[NOT] EXISTS {…}``."""
    while place < len(tokens) and tokens[place].text not in ("(", "{"):
        place += 1
    return _behind(tokens, place)


def _groups_around(tokens: Sequence[Token], place: int) -> list[int]:
    opened: list[int] = []
    for at in range(place):
        if tokens[at].opens():
            opened.append(at)
        elif tokens[at].closes():
            opened.pop()
    return opened


def _before(
    tokens: Sequence[Token], parts: Sequence[Element], own: Element, *, is_whole: bool
) -> Iterator[Token]:
    """Yield what stands before an element of a group.

    A filter is kept only where its verdict cannot be another one later: its variables are bound by
    triples before the element, or, in the outermost group, by nothing behind it.
    """
    earlier = parts[: parts.index(own)]
    later = set(variables(tokens[own.start : max(part.end for part in parts)]))
    triples = (tokens[part.start : part.end] for part in earlier if part.kind == "triples")
    bound = {name for words in triples for name in variables(words)}
    for part in earlier:
        words = tokens[part.start : part.end]
        if part.kind == "filter":
            named = set(variables(words))
            if not (named <= bound or (is_whole and named.isdisjoint(later))):
                continue
        yield from _apart(part, words)


def _after(tokens: Sequence[Token], parts: Sequence[Element], own: Element) -> Iterator[Token]:
    """Yield what follows an element and is joined with it, up to what is not."""
    for part in parts[parts.index(own) + 1 :]:
        words = tokens[part.start : part.end]
        if part.kind not in _KEEPS_ROWS_JOINED:
            return
        if part.kind != "filter" and not any(word.keyword == "SERVICE" for word in words):
            yield from _apart(part, words)


def _apart(part: Element, words: Sequence[Token]) -> Iterator[Token]:
    yield from words
    if part.kind == "triples" and words[-1].text != ".":
        yield _FULL_STOP
