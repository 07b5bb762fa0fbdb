"""Sources and their authors as quads, and who speaks in a source."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from diaspora_kg.errors import Finding, Severity
from diaspora_kg.model import Source, Written
from diaspora_kg.namespaces import BIBO, DCTERMS, DKGG, SCHEMA, XSD
from diaspora_kg.naming import individual, slug
from diaspora_kg.populating.quads import DERIVED_FROM, DESCRIPTION, LABEL, TITLE, GraphWriter
from diaspora_kg.resolution import Names
from diaspora_kg.terms import Term, dkg, iri, text_literal, typed_literal
from diaspora_kg.times import Time, parse_time

GRAPH = iri(DKGG + "sources")
_CREATOR, _PUBLISHER = iri(DCTERMS + "creator"), iri(DCTERMS + "publisher")
_ISSUED = iri(DCTERMS + "issued")
_DETAILS = (
    ("container", iri(DCTERMS + "isPartOf")),
    ("volume", iri(BIBO + "volume")),
    ("issue", iri(BIBO + "issue")),
    ("pages", iri(BIBO + "pages")),
    ("doi", iri(BIBO + "doi")),
    ("isbn", iri(BIBO + "isbn")),
    ("place", iri(SCHEMA + "locationCreated")),
    ("type", iri(DCTERMS + "type")),
    ("language", iri(DCTERMS + "language")),
)


@dataclass(frozen=True)
class Party:
    """Who speaks in a source: its author or authors as one, else its publisher."""

    term: Term
    label: str


@dataclass(frozen=True)
class Dated:
    """A source with who speaks in it and when it was issued, as far as that is known."""

    source: Source
    term: Term
    party: Party
    label: str
    first: Time | None
    last: Time | None

    @property
    def issued(self) -> Time | None:
        """The date of issue, when one is stated."""
        return self.first if self.first is self.last else None


def write_sources(
    sources: Mapping[str, Source], names: Names
) -> tuple[GraphWriter, dict[str, Dated], list[Finding]]:
    """Return the quads of all sources, each source with its party, and what is wrong."""
    writer = GraphWriter(GRAPH)
    findings: list[Finding] = []
    dated: dict[str, Dated] = {}
    called = _one_name_each(sources.values())
    for key in sorted(sources):
        source = sources[key]
        dated[key] = dated_as(source, called[_party(source).term], findings)
        _write_source(writer, dated[key], names, called)
    findings.extend(_circles(sources))
    return writer, dated, findings


def dated_as(source: Source, party: Party, findings: list[Finding]) -> Dated:
    """Return a source with who speaks in it, as the build calls them, and its dates.

    Dates that cannot be read are added to the findings.
    """
    first, last = _issue(source, findings)
    label = _label(source, party, first, last)
    return Dated(source, individual("source", source.key), party, label, first, last)


def _one_name_each(sources: Iterable[Source]) -> dict[Term, Party]:
    """Return each party under the shortest of its names: "Nye", not now and then "Joseph Nye"."""
    found: dict[Term, Party] = {}
    for source in sources:
        for party in (_party(source), _publisher(source)):
            if party is None:
                continue
            known = found.setdefault(party.term, party)
            if (len(party.label), party.label) < (len(known.label), known.label):
                found[party.term] = party
    return found


def _issue(source: Source, findings: list[Finding]) -> tuple[Time | None, Time | None]:
    def read(word: Written | None) -> Time | None:
        if word is None:
            return None
        time = parse_time(word)
        if time is None:
            findings.append(not_a_time(word))
        return time

    issued = read(source.date)
    if issued is not None:
        return issued, issued
    return read(source.issued_not_before), read(source.issued_not_after)


def not_a_time(word: Written) -> Finding:
    """Return the finding for a text that is no time."""
    return Finding(
        "DKG117",
        f"'{word}' is no date that can be read",
        "Write 2012, 2012-10, 2012-10-05, 'c. 2013', 2013~ or 2011/2012.",
        Severity.VIOLATION,
        word.at,
    )


def _write_source(
    writer: GraphWriter, dated: Dated, names: Names, called: Mapping[Term, Party]
) -> None:
    source, term = dated.source, dated.term
    writer.node(term, source.at, "Source")
    if source.unresolved:
        writer.node(term, source.at, "UnresolvedReference")
    writer.text(term, LABEL, dated.label)
    writer.wordings(term, TITLE, source.titles)
    if source.untagged_title is not None:
        writer.add(term, TITLE, text_literal(source.untagged_title, source.language or "en"))
    for name, predicate in _DETAILS:
        writer.text(term, predicate, getattr(source, name))
    if source.url is not None:
        writer.add(term, iri(SCHEMA + "url"), typed_literal(source.url, XSD + "anyURI"))
    if source.doi is not None:
        writer.add(term, iri(DCTERMS + "identifier"), iri(_doi_address(source.doi)))
    writer.text(term, iri(DCTERMS + "bibliographicCitation"), None)
    writer.text(term, DESCRIPTION, source.note)
    _write_issue(writer, dated)
    _write_parties(writer, dated, names, called)
    for word, scheme, name in (
        (source.tier, "source-tier", "sourceTier"),
        (source.access, "access-level", "accessLevel"),
    ):
        if word is not None:
            writer.add(term, dkg(name), names.from_list(word, scheme))
    for word in source.derived_from:
        origin = names.source(word)
        if origin is not None:
            writer.add(term, DERIVED_FROM, individual("source", origin.key))


def _write_issue(writer: GraphWriter, dated: Dated) -> None:
    term = dated.term
    if dated.issued is not None:
        writer.time(term, _ISSUED, dated.issued)
    else:
        if dated.first is not None:
            writer.time(term, dkg("issuedNotBefore"), dated.first)
        if dated.last is not None:
            writer.time(term, dkg("issuedNotAfter"), dated.last)
    writer.wordings(term, dkg("issuedReason"), dated.source.issued_reason)
    writer.bounds(term, "earliest", "latest", dated.first, dated.last)


def _write_parties(
    writer: GraphWriter, dated: Dated, names: Names, called: Mapping[Term, Party]
) -> None:
    source, term = dated.source, dated.term
    if source.authors:
        writer.node(dated.party.term, source.at, "Party")
        writer.text(dated.party.term, LABEL, dated.party.label)
        for author in source.authors:
            _write_author(writer, dated.party, author, names)
        writer.add(term, _CREATOR, dated.party.term)
    publisher = _publisher(source)
    if publisher is not None:
        writer.add(term, _PUBLISHER, publisher.term)
        writer.node(publisher.term, source.at, "Party")
        writer.text(publisher.term, LABEL, called[publisher.term].label)
    if not source.authors and publisher is None:
        writer.node(dated.party.term, source.at, "Party")
        writer.text(dated.party.term, LABEL, dated.party.label)


def _write_author(writer: GraphWriter, party: Party, author: Written, names: Names) -> None:
    if _is_et_al(author) or author.startswith("{"):
        return  # an organisation, or a name not to be taken apart, speaks as the party itself
    family, given = _family_and_given(author)
    key = slug(f"{given} {family}")
    declared = names.entities.get(key)
    # who is declared by a case, such as an office-holder, is the author of that name
    member = individual("person", key) if declared is None else individual(key)
    writer.add(party.term, dkg("partyMember"), member)
    if declared is None:
        writer.text(member, LABEL, f"{given} {family}".strip())
    if declared is None or "Person" in declared.types:
        writer.node(member, author.at, "Person")
        writer.text(member, dkg("familyName"), family)


def _family_and_given(author: str) -> tuple[str, str]:
    """Take a name apart: ``Nye, Joseph S.``, or ``Joseph S. Nye`` by its last word."""
    family, comma, given = (part.strip() for part in author.partition(","))
    if not comma and " " in family:
        given, _, family = family.rpartition(" ")
    return family, given


def _is_et_al(author: str) -> bool:
    return author.lower() in ("others", "et al", "et al.")


def _party(source: Source) -> Party:
    if source.authors:
        names = [author.strip("{}") for author in source.authors]
        families = [name.partition(",")[0].strip() for name in names if not _is_et_al(name)]
        et_al = len(families) < len(names) or len(families) > 3
        if et_al:
            label = f"{families[0]} et al."
        else:
            label = " & ".join(
                [", ".join(families[:-1]), families[-1]] if len(families) > 1 else families
            )
        key = "-".join(slug(f"{n.partition(',')[2]} {n.partition(',')[0]}") for n in names)
        return Party(individual("party", key), label)
    publisher = _publisher(source)
    return publisher or Party(individual("party", f"of-{source.key}"), _short_title(source))


def _publisher(source: Source) -> Party | None:
    if source.publisher is None:
        return None
    return Party(individual("party", slug(source.publisher)), source.publisher.strip("{}"))


def _short_title(source: Source) -> str:
    title = source.untagged_title or (source.titles[0].text if source.titles else source.key)
    return title if len(title) <= 60 else title[:57].rsplit(" ", 1)[0] + " …"


def _label(source: Source, party: Party, first: Time | None, last: Time | None) -> str:
    name = party.label
    if first is not None and first is last:
        return f"{name} {first.earliest.year}" if first.earliest else name
    if first is not None and first.earliest is not None:
        return f"{name}, {first.earliest.year} or later"
    if last is not None and last.latest is not None:
        return f"{name}, {last.latest.year} or earlier"
    return f"{name}, no date"


def _doi_address(doi: str) -> str:
    return "https://doi.org/" + re.sub(r"^(https?://(dx\.)?doi\.org/|doi:\s*)", "", doi.strip())


def _circles(sources: Mapping[str, Source]) -> list[Finding]:
    findings: list[Finding] = []
    reported: set[frozenset[str]] = set()
    for key in sorted(sources):
        found = _way_back(key, sources)
        if found is None or frozenset(found[0]) in reported:
            continue
        path, word = found
        reported.add(frozenset(path))
        findings.append(
            Finding(
                "DKG112",
                f"the source '{key}' is derived from itself: {' -> '.join([*path, key])}",
                "Take away the 'derived-from' that is wrong.",
                Severity.VIOLATION,
                word.at,
            )
        )
    return findings


def _way_back(key: str, sources: Mapping[str, Source]) -> tuple[list[str], Written] | None:
    """Return how a source derives from itself, if it does, and the word that closes the circle."""
    seen = {key}
    waiting = [(word, [key]) for word in sources[key].derived_from]
    while waiting:
        word, path = waiting.pop()
        origin = word.removeprefix("source/")
        if origin == key:
            return path, word
        if origin in sources and origin not in seen:
            seen.add(origin)
            waiting.extend((next_, [*path, origin]) for next_ in sources[origin].derived_from)
    return None
