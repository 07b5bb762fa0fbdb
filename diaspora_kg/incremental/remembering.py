"""What a build has to remember, as rows: the same for a whole build and for a part of one."""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

from diaspora_kg.acceptance import ACCEPTED, CONTESTED, Acceptance
from diaspora_kg.conflicts.classes import says_class
from diaspora_kg.conflicts.finding import CODED, RULES, Found
from diaspora_kg.conflicts.lifetimes import turns_told
from diaspora_kg.corpus import Corpus
from diaspora_kg.declarations import Declarations
from diaspora_kg.errors import Finding, Location
from diaspora_kg.incremental.encoding import dumps, loads, without_places
from diaspora_kg.incremental.memory import Row, key_number, packed, unpacked
from diaspora_kg.inputs import Part
from diaspora_kg.model import Case, Entity, Source, Wording, Written
from diaspora_kg.namespaces import DKGID
from diaspora_kg.populating import PopulatedCase
from diaspora_kg.populating.population import PACKAGED_CODER
from diaspora_kg.populating.sources import Dated
from diaspora_kg.recorded import RecordedClaim
from diaspora_kg.terms import Term, nquad

SOURCES = ""
"""The unit of all sources; every other unit is a case, named by its id."""

Place = tuple[str, int, int, str]


# --- Files ------------------------------------------------------------------------------


def part_key(part: Part) -> str:
    """Return the name of a part: its files."""
    return "\n".join(map(str, part.files))


def part_digest(part: Part) -> str:
    """Return a hash over what is in the files of a part. Raises ``OSError``."""
    digest = sha256()
    for file in part.files:
        data = file.read_bytes()
        digest.update(f"{len(data)}\n".encode())
        digest.update(data)
    return digest.hexdigest()


def part_row(part: Part, digest: str, findings: Iterable[Finding], unit: str | None) -> Row:
    """Return the row of a part: with what is to be said of its form, and the case in it."""
    return part_key(part), digest, dumps(tuple(findings)), unit


# --- Cases and sources ------------------------------------------------------------------


def unit_row(part: str, case: Case, populated: PopulatedCase) -> Row:
    """Return the row of a case."""
    nodes: dict[Term, Place | None] = {node: _place(at) for node, at in populated.places.items()}
    for quad in populated.quads:
        nodes.setdefault(quad[0], None)
    findings = dumps(populated.findings)
    return str(case.id), part, declared_as_json(case), packed(nodes), findings


def places_of(data: bytes) -> dict[Term, Location | None]:
    """Return the nodes of a case, or of the sources, with their places, from its row."""
    found: dict[Term, Place | None] = unpacked(data)
    return {node: None if at is None else Location(*at) for node, at in found.items()}


def places_as_json(places: Mapping[Term, Location]) -> dict[Term, Place]:
    """Return the places of nodes as they are kept."""
    return {node: _place(at) for node, at in places.items()}


def places_from_json(kept: Mapping[Term, Place]) -> dict[Term, Location]:
    """Return the places of nodes as they were kept."""
    return {node: Location(*at) for node, at in kept.items()}


def own_unit(node: Term) -> str:
    """Return the case to which a node belongs by its name; nothing for a node without one."""
    head, slash, _ = node.removeprefix(f"<{DKGID}").partition("/")
    return head if slash and node.startswith(f"<{DKGID}") else ""


def located_rows(unit: str, populated: PopulatedCase) -> list[Row]:
    """Return the rows of the nodes that a case places and that do not bear its name."""
    return [(node, unit) for node in populated.places if own_unit(node) != unit]


def asked_rows(unit: str, populated: PopulatedCase) -> list[Row]:
    """Return the rows of the names that a unit asked for."""
    return [(name, unit) for name in populated.asked]


def source_row(part: str, source: Source, called: tuple[Term, str, str]) -> Row:
    """Return the row of a source: as it is declared, and what its party and it are called."""
    return str(source.key), part, dumps(source), said_of(source), dumps(called)


def said_of(source: Source) -> str:
    """Return a hash over what is said of a source, wherever it stands."""
    return sha256(without_places(source).encode("utf-8")).hexdigest()


def called_in(dated: Dated) -> tuple[Term, str, str]:
    """Return who speaks in a source, and what they and it are called."""
    return dated.party.term, dated.party.label, dated.label


def _place(at: Location) -> Place:
    return at.file, at.line, at.column, at.cell


class Declared:
    """What is kept of the declarations of a case."""

    def __init__(self, unit: str, data: str) -> None:
        """Take the id of a case and what is kept of its declarations."""
        id_at, at, entities, claims, self.size, self.packaged = json.loads(data)
        self.at = Location(*at)
        self.declarations = Declarations(
            Written(unit, Location(*id_at)),
            self.at,
            tuple(_entity(*entity) for entity in entities),
            dict.fromkeys(claims),
        )

    @classmethod
    def of(cls, case: Case) -> "Declared":
        """Return what is kept of a case."""
        return cls(str(case.id), declared_as_json(case))


def declared_as_json(case: Case) -> str:
    """Return what a case declares, how many claims it has, and whether it is packaged."""
    entities = [
        [
            str(entity.id),
            _place(entity.id.at),
            _place(entity.at),
            [str(word) for word in entity.types],
            [[wording.language, str(wording.text)] for wording in entity.labels],
        ]
        for entity in (case.entity, *case.entities)
    ]
    claims = [str(claim.id) for claim in case.claims if claim.id is not None]
    packaged = case.coding.by == PACKAGED_CODER
    value = [_place(case.id.at), _place(case.at), entities, claims, len(case.claims), packaged]
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _entity(
    name: str, id_at: Place, at: Place, types: list[str], labels: list[tuple[str, str]]
) -> Entity:
    place = Location(*at)
    return Entity(
        Written(name, Location(*id_at)),
        place,
        tuple(Written(word, place) for word in types),
        tuple(Wording(language, Written(text, place)) for language, text in labels),
    )


# --- Claims -----------------------------------------------------------------------------


def keys_of(claim: RecordedClaim, corpus: Corpus) -> set[tuple[str, ...]]:
    """Return the keys of the groups in which rules look at a claim.

    With ``turn`` begin those under which a claim of a beginning or an end is found by its thing.
    """
    found = {(rule.name, *key) for rule in (*RULES, CODED) for key in rule.keys(claim, corpus)}
    return found | {("turn", thing) for thing in turns_told(claim, corpus)}


def member_rows(claim: RecordedClaim, corpus: Corpus) -> list[Row]:
    """Return the rows by which the groups of a claim are found."""
    return [(key_number(key), claim.iri) for key in sorted(keys_of(claim, corpus))]


def said_rows(claim: RecordedClaim, corpus: Corpus) -> list[Row]:
    """Return the row of a claim from which a class can follow."""
    if not says_class(claim, corpus):
        return []
    return [(claim.iri, claim.subject, claim.predicate, claim.objects[0])]


def claim_row(claim: RecordedClaim, unit: str, acceptance: Acceptance) -> Row:
    """Return the row of a claim: what it shares with others, and what became of it."""
    fact = acceptance.accepted.get(claim.iri) or acceptance.contested.get(claim.iri)
    reason = acceptance.refused.get(claim.iri)
    return claim.iri, unit, claim.content_key, claim.statement, reason, fact


def plain_rows(claims: Iterable[RecordedClaim], acceptance: Acceptance) -> list[Row]:
    """Return the plain statements that claims yield, with the contents that they rest on."""
    rows = []
    for claim in claims:
        for graph, found in ((ACCEPTED, acceptance.accepted), (CONTESTED, acceptance.contested)):
            if claim.iri in found and claim.figure is None:
                for value in claim.objects:
                    quad = (claim.subject, claim.predicate, value, graph)
                    rows.append((nquad(quad), claim.content_key))
    return rows


def restated(claims: Iterable[RecordedClaim]) -> dict[Term, list[Term]]:
    """Return which claims restate which."""
    return {claim.iri: list(claim.restates) for claim in claims if claim.restates}


# --- What was found ---------------------------------------------------------------------


def found_as_json(found: Found) -> list[list[str]]:
    """Return oppositions by their groups as they are kept."""
    return [[*key, dumps(oppositions)] for key, oppositions in sorted(found.items())]


def found_from_json(kept: list[list[str]]) -> Found:
    """Return oppositions by their groups as they were kept."""
    return {tuple(key): loads(oppositions) for *key, oppositions in kept}


def files_of(parts: Iterable[Part]) -> dict[str, Part]:
    """Return the part that each file belongs to, by the file's name in places."""
    return {str(file): part for part in parts for file in part.files}
