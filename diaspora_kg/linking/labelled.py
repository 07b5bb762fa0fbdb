"""Any RDF file whose things have labels: thesauri in SKOS, subsets of Wikidata, vocabularies."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from diaspora_kg.linking.entries import Entry, host_labels, page_title
from diaspora_kg.terms import Triple, iri_of, is_iri, literal_parts

_WIKIDATA = "http://www.wikidata.org/prop/direct/"
_PREFERRED = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://schema.org/name",
    "https://schema.org/name",
    "http://xmlns.com/foaf/0.1/name",
    "http://purl.org/dc/terms/title",
    "http://www.geonames.org/ontology#name",
)
_OTHER = (
    "http://www.w3.org/2004/02/skos/core#altLabel",
    "http://www.w3.org/2004/02/skos/core#hiddenLabel",
    "http://schema.org/alternateName",
    "https://schema.org/alternateName",
    "http://www.geonames.org/ontology#alternateName",
    "http://www.geonames.org/ontology#officialName",
)
_SHORT = (_WIKIDATA + "P1813",)
_SITES = (
    _WIKIDATA + "P856",
    "http://xmlns.com/foaf/0.1/homepage",
    "http://schema.org/url",
    "https://schema.org/url",
)
_TYPES = ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", _WIKIDATA + "P31")
_COUNTRY, _COUNTRY_CODE = _WIKIDATA + "P17", _WIKIDATA + "P297"
_COUNTRY_LITERALS = ("http://www.geonames.org/ontology#countryCode",)
_ABOUT = "http://schema.org/about"


def labelled_entries(triples: Iterable[Triple]) -> Iterator[Entry]:
    """Yield what has a name in full, in the order of the file.

    A country is taken from Wikidata's country (P17) where the file holds that country's ISO code
    (P297), or from GeoNames' country code.
    """
    said: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    codes: dict[str, str] = {}
    for subject, predicate, value in triples:
        relation = iri_of(predicate)
        if relation == _COUNTRY_CODE and not is_iri(value):
            codes[subject] = literal_parts(value)[0]
        if relation == _ABOUT and is_iri(value):
            said[value]["page"].append(iri_of(subject))
        elif is_iri(subject):
            said[subject][relation].append(value)
    for subject, facts in said.items():
        names = _literals(facts, (*_PREFERRED, *_OTHER))
        if names:
            yield _entry(iri_of(subject), facts, names, codes)


def _entry(
    iri: str, facts: dict[str, list[str]], names: list[tuple[str, str]], codes: dict[str, str]
) -> Entry:
    preferred = _literals(facts, _PREFERRED)
    english = [text for text, language in preferred if language.split("-")[0] == "en"]
    countries = [codes[c] for c in facts.get(_COUNTRY, ()) if c in codes]
    countries += [text for text, _ in _literals(facts, _COUNTRY_LITERALS)]
    sites = [_address(value) for relation in _SITES for value in facts.get(relation, ())]
    pages = [page for page in facts.get("page", ()) if ".wikipedia.org/wiki/" in page]
    return Entry(
        iri=iri,
        label=(english or [text for text, _ in preferred] or [names[0][0]])[0],
        names=tuple(dict.fromkeys(names)),
        acronyms=tuple(dict.fromkeys(text for text, _ in _literals(facts, _SHORT))),
        titles=tuple(dict.fromkeys(map(page_title, pages))),
        country=countries[0].upper() if countries else "",
        types=tuple(
            iri_of(kind) for relation in _TYPES for kind in facts.get(relation, ()) if is_iri(kind)
        ),
        hosts=tuple(dict.fromkeys(host for site in sites for host in host_labels(site))),
    )


def _literals(facts: dict[str, list[str]], relations: Iterable[str]) -> list[tuple[str, str]]:
    """Return the texts under some properties, with their languages."""
    values = (value for relation in relations for value in facts.get(relation, ()))
    parts = (literal_parts(value) for value in values if value.startswith('"'))
    return [(text, language or "") for text, language, _ in parts if text.strip()]


def _address(value: str) -> str:
    return iri_of(value) if is_iri(value) else literal_parts(value)[0]
