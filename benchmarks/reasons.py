"""Why some packaged queries take long on a large graph, one reason for each."""

REASONS = {
    "case-condition-matrix": "the matrix has a row for every diaspora with every institution of "
    "its state: the answer is the product of the two",
    "claims-on-a-topic-by-origins": "origins are counted before the topic is chosen: every claim "
    "is compared with those of the same content, and works, authors and publishers are followed",
    "claims-with-several-origins": "every claim is compared with those of the same content, and "
    "the works, authors and publishers behind both are followed to see whether they are shared",
    "figures-without-unit-scope-or-date": "every figure that lacks something is a row, and most "
    "of those generated lack one of the four things",
    "non-assertive-claims": "every claim that is denied, hedged or not told as a fact is a row, "
    "its hedges put together",
    "why-not-accepted": "each claim about the thing is held against every open conflict, by "
    "content and by statement",
    "works-cited-by-several": "every mention of a work whose author several sources mention is a "
    "row",
}
"""Reasons by the name of the query; of the others none has been found yet."""


def reason_of(query: str) -> str:
    """Return why a query takes long; without a known reason, that it is not known."""
    return REASONS.get(query, "the reason is not known")
