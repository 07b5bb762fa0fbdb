"""Pre-binding: the queries of a shapes graph, made to answer for all focus nodes at once.

The Recommendation (appendix A, "Pre-binding of variables in SPARQL queries") runs a query once
for each focus node, with the focus node joined into every group. Here all focus nodes are joined
in as one table, so that the query runs once. What keeps the solutions of different focus nodes
apart is that every group binds ``$this``; a query for which that is not enough (LIMIT, OFFSET)
is left to another engine.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from diaspora_kg.shacl.coding import over_coded_terms
from diaspora_kg.shacl.contexts import contexts
from diaspora_kg.shacl.expressions import Writer
from diaspora_kg.shacl.failures import CannotCompileError, ShapesError
from diaspora_kg.shacl.originals import ELSEWHERE
from diaspora_kg.shacl.shapes import SparqlConstraint
from diaspora_kg.shacl.tokens import tokenize
from diaspora_kg.terms import Term, iri
from diaspora_kg.tokens import Token, is_balanced, written

SHAPES_GRAPH = iri("urn:x-diaspora-kg:shapes")
"""The name of the shapes graph for queries that look into it."""

_REFUSED = ("MINUS", "SERVICE", "VALUES")
_ONE_BY_ONE = ("LIMIT", "OFFSET")


@dataclass
class _Group:
    """A group of the query, and how it mentions what is bound before it runs."""

    start: int
    is_top: bool
    is_wrapper: bool
    """Whether it holds nothing but a subquery."""
    of_subquery: bool
    in_exists: bool
    in_patterns: bool = False
    in_expressions: bool = False

    @property
    def needs_seed(self) -> bool:
        """Whether the focus nodes have to be joined into this group."""
        if self.is_top:
            return True
        if self.is_wrapper or self.in_exists or self.in_patterns:
            return False
        return self.of_subquery or self.in_expressions


class PreboundQuery:
    """The query of one constraint, with all that is constant put in."""

    def __init__(self, writer: Writer, constraint: SparqlConstraint) -> None:
        """Take the constraint.

        Raises ``ShapesError`` for a query that pre-binding does not allow, and
        ``CannotCompileError`` for one that cannot run for all focus nodes at once.
        """
        self.constraint = constraint
        tokens = tokenize(constraint.query, dict(constraint.prefixes))
        self._bound = ("this", "value") if constraint.asks else ("this",)
        self._must_be_allowed(tokens)
        self.reads_shapes = any(token.variable == "shapesGraph" for token in tokens)
        self._constants = {
            "shapesGraph": SHAPES_GRAPH,
            "currentShape": _named(constraint.shape),
            **{name: _named(term) for name, term in constraint.parameters},
        }
        self._tokens = self._with_constants(tokens)
        self._writer = writer

    def seeded(self, table: str) -> str:
        """Return the query with a table of focus nodes joined into every group that needs it."""
        found = list(self._tokens)
        for group in sorted(self._groups(), key=lambda group: -group.start):
            if group.needs_seed:
                found.insert(group.start + 1, Token("seed", table))
        return self._written(found)

    def inside(self, names: Mapping[str, str], suffix: str) -> str:
        """Return the query for use inside another one: its group if it asks, else all of it."""
        renamed = [
            replace(token, text=names.get(token.variable, f"?{token.variable}{suffix}"))
            if token.variable
            else token
            for token in self._tokens
        ]
        if not self.constraint.asks:
            return f"{{ {self._written(renamed)} }}"
        group = next(n for n, token in enumerate(renamed) if token.opens())
        return self._written(renamed[group:])

    def _written(self, tokens: list[Token]) -> str:
        if self._writer.data.is_coded or self.reads_shapes:
            tokens = over_coded_terms(tokens, self._writer)
        return written(tokens)

    def _must_be_allowed(self, tokens: list[Token]) -> None:
        where = f"the query of {self.constraint.node}"
        prebound = {*self._bound, "shapesGraph", "currentShape", "PATH"}
        prebound.update(name for name, _ in self.constraint.parameters)
        expected = "ASK" if self.constraint.asks else "SELECT"
        if not tokens or tokens[0].keyword != expected:
            raise ShapesError(f"{where} is no {expected} query")
        if not is_balanced(tokens):
            raise ShapesError(f"{where} is no SPARQL: its braces do not match")
        for token, following in zip(tokens, [*tokens[1:], Token("", "")], strict=True):
            if token.keyword in _REFUSED:
                raise ShapesError(f"{where} uses {token.keyword}, which pre-binding does not allow")
            if token.keyword == "FROM":
                raise ShapesError(
                    f"{where} names data of its own (FROM)",
                    "Take FROM out of the query; validation looks at the data that it is given.",
                )
            if token.keyword == "AS" and following.variable in prebound:
                raise ShapesError(f"{where} assigns to {following.text}, which is already bound")
        for start, token in enumerate(tokens):
            returned = _projection(tokens[start + 1 :]) if token.keyword == "SELECT" else {"*"}
            missing = [name for name in self._bound if name not in returned]
            if missing and "*" not in returned:
                subject = "a subquery of it" if start else "it"
                raise ShapesError(f"{where}: {subject} does not return ${missing[0]}")
        if any(token.keyword in _ONE_BY_ONE for token in tokens):
            raise CannotCompileError(f"{where} uses LIMIT or OFFSET")

    def _with_constants(self, tokens: list[Token]) -> list[Token]:
        found: list[Token] = []
        path = f"({self.constraint.path.sparql})" if self.constraint.path else ""
        for place, (token, context) in enumerate(zip(tokens, contexts(tokens), strict=True)):
            constant = self._constants.get(token.variable)
            is_outside = context.depth == 0
            if token.variable == "PATH" and path:
                found.append(Token("path", path))
            elif constant is None:
                found.append(token)
            elif context.call == "BOUND" and tokens[place - 1].text == "(":
                found[-2:] = [Token("sign", "("), Token("word", "true")]
            elif context.clause == "SELECT" and is_outside:
                found.append(Token("constant", f"({constant} AS {token.text})"))
            elif context.clause in ("GROUP", "ORDER") and is_outside:
                found.append(Token("constant", f"({constant})"))
            else:
                found.append(Token("constant", constant))
        return found

    def _groups(self) -> list[_Group]:
        closed: list[_Group] = []
        opened: list[_Group] = []
        places = enumerate(zip(self._tokens, contexts(self._tokens), strict=True))
        for place, (token, context) in places:
            if token.opens():
                opened.append(self._opened(place, opened))
            elif token.closes():
                closed.append(opened.pop())
            elif opened and token.variable in self._bound:
                opened[-1].in_expressions |= context.is_expression
                opened[-1].in_patterns |= not context.is_expression
        return closed

    def _opened(self, place: int, around: list[_Group]) -> _Group:
        outer = around[-1] if around else None
        return _Group(
            place,
            is_top=outer is None,
            is_wrapper=self._tokens[place + 1].keyword == "SELECT",
            of_subquery=outer is not None and outer.is_wrapper,
            in_exists=self._tokens[place - 1].keyword == "EXISTS"
            or (outer is not None and outer.in_exists),
        )


def select_finds(writer: Writer, constraint: SparqlConstraint, focus: str) -> str:
    """Return the condition that a query has a solution for a focus node."""
    query = _nested(writer, constraint)
    return f"EXISTS {query.inside({'this': focus}, '_' + writer.fresh()[1:])}"


def ask_is_false(writer: Writer, constraint: SparqlConstraint, value: str, focus: str) -> str:
    """Return the condition that a query answers no for a value node."""
    query = _nested(writer, constraint)
    names = {"this": focus, "value": value}
    return f"NOT EXISTS {query.inside(names, '_' + writer.fresh()[1:])}"


def _named(term: Term) -> Term:
    """Return a term of the shapes by which a query can name it."""
    return f"<{ELSEWHERE}{term[2:]}>" if term.startswith("_:") else term


def _nested(writer: Writer, constraint: SparqlConstraint) -> PreboundQuery:
    query = PreboundQuery(writer, constraint)
    if query.reads_shapes:
        raise CannotCompileError(f"the query of {constraint.node} reads the shapes graph")
    return query


def _projection(tokens: list[Token]) -> set[str]:
    """Return the names that a SELECT clause returns as they are, and ``*`` if it does all."""
    depth, returned = 0, set()
    for token in tokens:
        if token.opens() or token.keyword in ("WHERE", "FROM"):
            break
        depth += {"(": 1, ")": -1}.get(token.text, 0)
        if depth == 0:
            returned.add(token.variable or token.text)
    return returned
