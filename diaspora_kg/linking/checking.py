"""What is wrong with links: among themselves, against the graph, and against the registry."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from diaspora_kg.errors import Finding, Severity
from diaspora_kg.linking.mapping_sets import shortened
from diaspora_kg.linking.records import Record
from diaspora_kg.linking.targets import TARGETS, Target, target_of
from diaspora_kg.linking.things import Thing
from diaspora_kg.reading.links import EXACT, Link, Verdict

_LOOK = "Look at both, and reject one: diaspora-kg link review."


def check_links(
    links: Iterable[Link], find: Callable[[str], Thing | None] | None = None
) -> list[Finding]:
    """Return what is wrong with accepted links without asking a registry.

    Two subjects with one object (DKG532) and one subject with two exact objects in one registry
    (DKG533); and where ``find`` returns what the graph says of a subject, or None where it says
    nothing, subjects that are not there (DKG537) and registries that have no such things (DKG535).
    """
    accepted = [link for link in links if link.verdict is Verdict.ACCEPTED]
    exact = [link for link in accepted if link.predicate == EXACT]
    found = [*_two_subjects(exact), *_two_objects(exact)]
    if find is not None:
        seen = {link.subject: find(link.subject) for link in accepted}
        for link in accepted:
            thing = seen[link.subject]
            found.extend(_without_subject(link) if thing is None else _class(link, thing))
    return found


def check_against(
    links: Iterable[Link],
    records: Mapping[str, Record],
    base: str,
    find: Callable[[str], Thing | None],
) -> list[Finding]:
    """Return what is wrong with accepted links into one registry, given its records.

    A record that is gone or withdrawn (DKG530), one that was merged into another (DKG531), and an
    exact match in another country (DKG534). ``base`` is how IRIs of the registry begin.
    """
    found: list[Finding] = []
    for link in links:
        if link.verdict is not Verdict.ACCEPTED or not link.object.startswith(base):
            continue
        record = records.get(link.object)
        if record is None or record.is_withdrawn or record.moved_to:
            found.append(_stale(link, record))
        elif record.entry is not None:
            thing = find(link.subject)
            found.extend(_country(link, thing, record.entry.country) if thing else ())
    return found


def base_of(addresses: Iterable[str]) -> str:
    """Return how the IRIs of a registry begin, judged by those of some records."""
    first = next(iter(addresses), "")
    target = target_of(first)
    return target.base if target else first[: max(first.rfind("/"), first.rfind("#")) + 1]


def _finding(
    code: str, link: Link, message: str, hint: str, severity: Severity = Severity.WARNING
) -> Finding:
    return Finding(code, message, hint, severity, link.at, focus=link.subject)


def _two_subjects(exact: Sequence[Link]) -> Iterator[Finding]:
    first: dict[str, Link] = {}
    for link in exact:
        other = first.setdefault(link.object, link)
        if other.subject != link.subject:
            what = f"{shortened(other.subject)} (at {other.at}) and {shortened(link.subject)}"
            yield _finding("DKG532", link, f"{what} match {shortened(link.object)} exactly", _LOOK)


def _two_objects(exact: Sequence[Link]) -> Iterator[Finding]:
    first: dict[tuple[str, str], Link] = {}
    for link in exact:
        target = target_of(link.object)
        if target is None:
            continue
        other = first.setdefault((link.subject, target.name), link)
        if other.object != link.object:
            what = f"{shortened(other.object)} (at {other.at}) and {shortened(link.object)}"
            yield _finding("DKG533", link, f"{shortened(link.subject)} matches {what}", _LOOK)


def _without_subject(link: Link) -> Iterator[Finding]:
    yield _finding(
        "DKG537",
        link,
        f"the graph says nothing of {shortened(link.subject)}",
        "Was it renamed? Mend the identifier, or take the row out.",
    )


def _class(link: Link, thing: Thing) -> Iterator[Finding]:
    target: Target | None = target_of(link.object)
    if target is not None and thing.types and thing.types.isdisjoint(target.holds):
        kinds = ", ".join(thing.kinds) or "something else"
        yield _finding(
            "DKG535",
            link,
            f"{target.name} has no records of such things as {shortened(thing.iri)} ({kinds})",
            "Is it the thing itself that is linked, and not what it belongs to?",
        )


def _country(link: Link, thing: Thing, country: str) -> Iterator[Finding]:
    if link.predicate == EXACT and country and thing.country and country != thing.country:
        yield _finding(
            "DKG534",
            link,
            f"{shortened(thing.iri)} is in {thing.country}, {shortened(link.object)} in {country}",
            _LOOK,
        )


def _stale(link: Link, record: Record | None) -> Finding:
    name = shortened(link.object)
    if record is not None and record.moved_to:
        to = shortened(record.moved_to)
        hint = f"Look whether {to} is the same thing, and link to it."
        return _finding("DKG531", link, f"{name} has been merged into {to}", hint)
    what = "is withdrawn" if record is not None else "is not in the registry"
    hint = "Look for the record that took its place: diaspora-kg link suggest."
    return _finding("DKG530", link, f"{name} {what}", hint)


def findings_by_line(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of their lines."""
    return sorted(findings, key=lambda finding: finding.sort_key)


def linked_registries(links: Iterable[Link]) -> dict[str, int]:
    """Return how many accepted links lead into each registry, by its word."""
    counts: dict[str, int] = defaultdict(int)
    for link in links:
        target = target_of(link.object)
        if link.verdict is Verdict.ACCEPTED:
            counts[target.name if target else "other"] += 1
    return dict(sorted(counts.items(), key=lambda item: (item[0] not in TARGETS, item[0])))
