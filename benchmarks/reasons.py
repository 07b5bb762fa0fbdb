"""Why some packaged queries take long on a large graph, one reason for each."""

REASONS = {
    "case-condition-matrix": "the answer is a product, every diaspora with every institution of "
    "its state, 41,282 rows at 1,000,000 triples, and the names of each are looked up; putting "
    "them in order takes 0.9 s. Finding each different cell once took 5 s instead of 8, but in a "
    "form of the query that one of the services in the tests does not end",
    "claims-on-a-topic-by-origins": "origins are counted before the topic is chosen: the works, "
    "authors and publishers behind every claim that has a twin of the same content are followed",
    "claims-with-several-origins": "the works, authors and publishers behind every claim that has "
    "a twin of the same content are followed, once to find what twins share and once to find who "
    "shares it",
    "diaspora-size-in-claims-and-data": "every size of every diaspora is a row with five names",
    "figures-against-data-sets": "where a data set holds only pairs of countries, all pairs of its "
    "last year are added up, and the store is asked for the parts of each pair one by one",
    "figures-without-unit-scope-or-date": "every figure that lacks something is a row, 6,590 at "
    "1,000,000 triples, for most of those generated lack one of the four things: finding them "
    "takes 0.5 s, naming what they count 0.7 s, reading and ordering the rows the rest",
    "host-states-by-migrants-and-remittances": "SPARQL has no ranks: each of the host states, 265 "
    "of India in the files of the United Nations and the World Bank, found in 0.1 s, is held "
    "against every other number of the same home state, which the store is asked for anew each "
    "time, in 6 s",
    "non-assertive-claims": "every claim that is denied, hedged or not told as a fact is a row, "
    "5,922 of 31,632 at 1,000,000 triples, and their hedges are ordered before they are joined",
    "sources": "every source is a row, 5,272 at 1,000,000 triples, for each of which eight things "
    "are looked up; counting the claims that rest on each takes 0.4 s",
    "things-without-identity-links": "for every organization, place, concept or work it is asked "
    "whether a link leads elsewhere and which claims speak of it, most of which are no row",
    "works-cited-by-several": "every mention of a work whose author several sources mention is a "
    "row, 4,568 at 1,000,000 triples",
}
"""Reasons by the name of the query; of the others none has been found yet."""


def reason_of(query: str) -> str:
    """Return why a query takes long; without a known reason, that it is not known."""
    return REASONS.get(query, "the reason is not known")
