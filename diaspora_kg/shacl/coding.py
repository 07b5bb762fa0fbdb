"""Queries of a shapes graph over a store in which some terms are coded.

Patterns and identity come out right by themselves: they compare terms, and a code stands for one
term. What computes with a literal is given its value, what asks for its datatype is given the
original one, and what tells blank nodes from IRIs is told the truth. A value that only passes
through an expression, as in ``IF(?a, ?b, ?c)``, may come out in another form.
"""

import re

from diaspora_kg.namespaces import XSD
from diaspora_kg.shacl.contexts import Context, contexts
from diaspora_kg.shacl.expressions import Writer
from diaspora_kg.shacl.originals import BLANK, CODE, coded
from diaspora_kg.terms import Term, typed_literal
from diaspora_kg.tokens import Token

_AS_THEY_ARE = frozenset(
    [
        *("BOUND", "LANG", "ISLITERAL", "SAMETERM", "COUNT", "SAMPLE", "GROUP_CONCAT"),
        *("STR", "ISIRI", "ISURI", "ISBLANK", "DATATYPE"),
    ]
)
"""Functions that look at a term, not at its value."""
_ON_KINDS = ("ISIRI", "ISURI", "ISBLANK")
_NUMBER = re.compile(r"[+-]?(?:(\d+)|(\d*\.\d+|\d+\.)|[\d.]+[eE][+-]?\d+)\Z")


def over_coded_terms(tokens: list[Token], writer: Writer) -> list[Token]:
    """Return a query that says of coded terms what the original one says of the terms."""
    return _Rewriting(tokens, writer).run()


class _Rewriting:
    def __init__(self, tokens: list[Token], writer: Writer) -> None:
        self.tokens = [*tokens, Token("", ""), Token("", "")]
        self.contexts = contexts(self.tokens)
        self.writer = writer
        self.found: list[Token] = []

    def run(self) -> list[Token]:
        place = 0
        while place < len(self.tokens) - 2:
            token, context = self.tokens[place], self.contexts[place]
            if token.variable and context.is_expression:
                self._variable(place)
                place += 1
            elif context.is_expression and context.call in _ON_KINDS and token.kind == "constant":
                self._looked_at(token, context)
                place += 1
            elif context.is_expression and context.call != "SAMETERM":
                self.found.append(token)
                place += 1
            else:
                place += self._constant(place)
        return self.found

    def _variable(self, place: int) -> None:
        token, context = self.tokens[place], self.contexts[place]
        before, after = self.tokens[place - 1], self.tokens[place + 1]
        begins = before.text in ("(", ",") or before.keyword == "DISTINCT"
        is_alone = begins and (after.text in (")", ",", ";") or after.keyword == "AS")
        if before.keyword == "AS" or (is_alone and after.keyword == "AS"):
            self.found.append(token)
        elif is_alone and context.call in _AS_THEY_ARE:
            self._looked_at(token, context)
        else:
            self.found.append(Token("coded", self._value(token.text)))

    def _looked_at(self, token: Token, context: Context) -> None:
        """Add a variable that is the only argument of a function on terms."""
        is_blank = f'(isIRI({token.text}) && STRSTARTS(STR({token.text}), "{BLANK}"))'
        is_iri = f'(isIRI({token.text}) && !STRSTARTS(STR({token.text}), "{BLANK}"))'
        answers = {
            "ISIRI": is_iri,
            "ISURI": is_iri,
            "ISBLANK": is_blank,
            "STR": f"IF({is_blank}, ?_none, STR({token.text}))",
            "DATATYPE": self.writer.datatype(token.text),
        }
        if context.call in answers:
            self.found[-2:] = [Token("sign", "("), Token("coded", answers[context.call])]
        else:
            self.found.append(token)

    def _value(self, variable: str) -> str:
        return (
            f'COALESCE(IF(STRSTARTS(STR(DATATYPE({variable})), "{CODE}"), '
            f"{self.writer.value(variable)}, {variable}), {variable})"
        )

    def _constant(self, place: int) -> int:
        """Add what stands in a pattern, literals coded, and return how many tokens it took."""
        token, mark, datatype = self.tokens[place : place + 3]
        if token.kind == "constant":
            self.found.append(Token("constant", coded(token.text)))
        elif token.kind == "string" and mark.text == "^^" and datatype.kind == "iri":
            body = token.text[3:-3] if token.text[:3] in ('"""', "'''") else token.text[1:-1]
            self.found.append(Token("constant", coded(typed_literal(body, datatype.text[1:-1]))))
            return 3
        elif token.text in ("+", "-") and mark.kind == "number":
            self.found.append(Token("constant", coded(_number(token.text + mark.text))))
            return 2
        elif token.kind == "number":
            self.found.append(Token("constant", coded(_number(token.text))))
        else:
            self.found.append(token)
        return 1


def _number(text: str) -> Term:
    match = _NUMBER.match(text)
    integer, decimal = match.groups() if match else (None, None)
    return typed_literal(text, XSD + ("integer" if integer else "decimal" if decimal else "double"))
