"""What to cite for an answer: the question, the version of the graph, its policy, the works."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from diaspora_kg.acceptance import Policy
from diaspora_kg.evidence import EvidencedTable
from diaspora_kg.evidence.records import ClaimRecord
from diaspora_kg.lookup import Lookup
from diaspora_kg.namespaces import BASE, BIBO, DCTERMS, DKG, DKGID, RDFS, SCHEMA, compact
from diaspora_kg.naming import slug
from diaspora_kg.querying import Question
from diaspora_kg.terms import Term, iri_of, is_iri, literal_parts

GRAPH_ADDRESS = BASE + "graph"
LICENCE = "CC BY 4.0"
_DETAILS = {
    "container": DCTERMS + "isPartOf",
    "volume": BIBO + "volume",
    "issue": BIBO + "issue",
    "pages": BIBO + "pages",
    "place": SCHEMA + "locationCreated",
    "url": SCHEMA + "url",
    "type": DCTERMS + "type",
}


@dataclass(frozen=True)
class Author:
    """A person, or with an empty ``given`` a body or a single name."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        """Return the name with the family first, as lists of works have it."""
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True)
class Work:
    """A source with its bibliographic data, as far as the graph has them."""

    iri: str
    label: str
    authors: tuple[Author, ...]
    year: str
    title: str
    publisher: str = ""
    doi: str = ""
    is_read: bool = True
    """Whether the source itself was read; False for works known through others."""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The key by which case files cite it."""
        return self.iri.removeprefix(DKGID + "source/")

    def __str__(self) -> str:
        """Return the work as an entry of a list of works, author and date first."""
        who = _listed(self.authors) or self.publisher or self.label
        what = f"“{_sentence(self.title)}”" if self.title else "(title not known here)"
        publisher = self.publisher if self.publisher != who else ""
        where = ": ".join(part for part in (self.details.get("place", ""), publisher) if part)
        link = f"https://doi.org/{self.doi}" if self.doi else self.details.get("url", "")
        parts = [who, self.year, what, self._container(), where, link]
        return " ".join(_sentence(part) for part in parts if part)

    def _container(self) -> str:
        details = self.details
        volume = details.get("volume", "")
        issue = f"({details['issue']})" if details.get("issue") else ""
        pages = f": {details['pages']}" if details.get("pages") else ""
        return " ".join(p for p in (details.get("container", ""), volume + issue) if p) + pages


@dataclass(frozen=True)
class Citation:
    """Everything that a reader needs to find the same answer again."""

    question: str
    query: str
    """The name of the packaged query; empty for SPARQL of one's own."""
    values: Mapping[str, str]
    sparql: str
    version: str
    build: str
    """The identifier of the build: the same for the same graph."""
    policy: str
    date: str
    """The date of the build, or ``undated``."""
    rows: int
    claims: int
    works: tuple[Work, ...]
    """The works whose passages the answer rests on."""
    named: tuple[Work, ...]
    """The works that those name as standing behind what they say."""
    gaps: tuple[str, ...] = ()

    @property
    def graph(self) -> str:
        """How to cite the graph itself."""
        year = self.date[:4] if self.date != UNDATED else "n.d."
        return (
            f"diaspora-kg contributors. {year} diaspora-kg: claims with evidence. Version "
            f"{self.version}, build {self.build}. Data set. {GRAPH_ADDRESS}. {LICENCE}."
        )


UNDATED = "undated"
_OTHERS = "et al."


def cite(
    question: Question,
    answer: EvidencedTable,
    meta: Mapping[str, Any],
    build: str,
    lookup: Lookup,
    language: str = "en",
) -> Citation:
    """Return what to cite for an answer with its evidence."""
    works = _works(_passages(answer.claims), lookup)
    read = {work.iri for work in works}
    named = _works(_attributed(answer.claims) - read, lookup)
    return Citation(
        question=question.in_words(language),
        query=question.packaged.name if question.packaged else "",
        values={name: _shown(term) for name, term in question.values.items()},
        sparql=question.sparql,
        version=str(meta.get("version", "")),
        build=build,
        policy=policy_in_words(meta),
        date=str(meta.get("date") or UNDATED),
        rows=len(answer.table),
        claims=len(answer.claims),
        works=tuple(works),
        named=tuple(named),
        gaps=tuple(answer.gaps),
    )


def policy_in_words(meta: Mapping[str, Any]) -> str:
    """Return the policy under which the claims of a build were accepted."""
    policy = meta.get("policy")
    return Policy(**policy).in_words() if isinstance(policy, Mapping) else "not recorded"


def read_work(source: str, lookup: Lookup) -> Work:
    """Return a source with its bibliographic data."""
    details = {name: lookup.text(source, address) for name, address in _DETAILS.items()}
    creator = lookup.thing(source, DCTERMS + "creator")
    publisher = lookup.thing(source, DCTERMS + "publisher")
    return Work(
        iri=source,
        label=lookup.text(source, RDFS + "label"),
        authors=_authors(creator, lookup) if creator else (),
        year=_year(source, lookup),
        title=lookup.text(source, DCTERMS + "title"),
        publisher=lookup.text(publisher, RDFS + "label") if publisher else "",
        doi=lookup.text(source, BIBO + "doi"),
        is_read=not lookup.is_a(source, DKG + "UnresolvedReference"),
        details={name: value for name, value in details.items() if value},
    )


# --- Collecting -------------------------------------------------------------------------


def _passages(claims: Iterable[ClaimRecord]) -> set[str]:
    return {p.source for claim in claims for p in claim.passages if p.source}


def _attributed(claims: Iterable[ClaimRecord]) -> set[str]:
    return {link.work for claim in claims for link in claim.links if link.work}


def _works(sources: Iterable[str], lookup: Lookup) -> list[Work]:
    works = [read_work(source, lookup) for source in sorted(sources)]
    return sorted(works, key=lambda work: (slug(str(work)[:60]), work.iri))


def _authors(party: str, lookup: Lookup) -> tuple[Author, ...]:
    """Return the members of a party in their order, which the address of the party keeps."""
    members = []
    for person in lookup.things(party, DKG + "partyMember"):
        name = lookup.text(person, RDFS + "label")
        family = lookup.text(person, DKG + "familyName") or name
        given = name.removesuffix(family).strip() if name != family else ""
        place = party.find(person.rpartition("/")[2])
        members.append((place if place >= 0 else len(party), Author(family, given)))
    if not members:
        return (Author(lookup.text(party, RDFS + "label")),)
    in_order = tuple(author for _, author in sorted(members, key=lambda m: (m[0], str(m[1]))))
    is_cut = lookup.text(party, RDFS + "label").endswith("et al.") and len(in_order) == 1
    return (*in_order, Author(_OTHERS)) if is_cut else in_order


def _year(source: str, lookup: Lookup) -> str:
    issued = lookup.text(source, DCTERMS + "issued")
    if issued:
        return issued[:4]
    after = lookup.text(source, DKG + "issuedNotBefore")
    before = lookup.text(source, DKG + "issuedNotAfter")
    if after:
        return f"{after[:4]} or later"
    return f"{before[:4]} or earlier" if before else "n.d."


def _shown(term: Term) -> str:
    return compact(iri_of(term)) if is_iri(term) else literal_parts(term)[0]


def _listed(authors: tuple[Author, ...]) -> str:
    names = [str(author) for author in authors if author.family != _OTHERS]
    rest = f" {_OTHERS}" if len(names) < len(authors) else ""
    last = f"{', '.join(names[:-1])} & {names[-1]}" if len(names) > 1 else "".join(names)
    return last + rest


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!", ".”", "?”", "!”")) or "://" in text else f"{text}."
