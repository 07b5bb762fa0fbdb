"""A seeded generator of cases: claims, evidence, sources, entities, figures, conflicts.

A case is drawn from a source of chance of its own, seeded by its number, so case 17 is the same
in a corpus of a hundred as in one of a thousand, and one case can be written anew without the
others. Names are made up; states, classes, properties and concepts are those of the ontology.
Every case says of one institution what the packaged cases say of theirs: where it belongs, what
for and since when it exists, how many it counts, whom it supports, and how sources disagree.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

Draft = dict[str, object]
"""A claim, source or entity as it is written: keys of a case file to texts, lists, mappings."""

CLAIMS_PER_CASE = 24
TRIPLES_PER_CLAIM = 31.5
"""Roughly, as in the packaged cases: with evidence, coding and its share of the sources."""
REFERENCE_TRIPLES = 3500
"""States and regions, which every graph holds."""

_STATES = (
    "TR", "IN", "CN", "KR", "PK", "UA", "IE", "IL", "AM", "GR", "MX", "PH", "MA", "DZ", "LB", "PL",
    "IT", "PT", "VN", "ET",
)  # fmt: skip
_HOSTS = (
    "US", "CA", "GB", "DE", "FR", "NL", "AU", "SE", "BE", "AT", "CH", "NO", "ES", "JP", "BR", "ZA",
)  # fmt: skip
_KINDS = ("DiasporaInstitution", "StateBody", "CivilSocietyOrganization", "Organization")
_AIMS = (
    "core/cultural-exchange", "core/human-rights", "core/education", "core/foreign-policy",
    "concern/development", "concern/social-justice", "core/soft-power",
)  # fmt: skip
_MEANS = (
    "core/remittances", "core/culture", "core/diplomacy", "core/values",
    "citizen-diplomacy-method/cultural-exchange-programs",
    "citizen-diplomacy-method/volunteer-programs",
)  # fmt: skip
_ROLES = (
    "diaspora-role/cultural-ambassador", "diaspora-role/force-of-soft-power",
    "conflict-agent-role/agent-of-peace",
)  # fmt: skip
_CUES = (("can",), ("may",), ("often", "in many cases"), ("potentially",))
_TIERS = ("official", "scholarly", "news", "organisation", "tertiary", "registry")
_FORMS = ("report", "article", "news", "webpage", "book")
_GIVEN = (
    "Aylin", "Deepa", "Wei", "Minjun", "Sana", "Olena", "Aoife", "Noa",
    "Ani", "Eleni", "Rosa", "Maria", "Amina", "Karim",
)  # fmt: skip
_FAMILY = (
    "Demir", "Rao", "Zhang", "Kim", "Malik",
    "Kovalenko", "Byrne", "Levi", "Petrosyan", "Pappas", "Cruz", "Santos",
)  # fmt: skip


@dataclass
class CaseDraft:
    """One case before it is written as YAML or as tables."""

    id: str
    fields: Draft
    sources: dict[str, Draft] = field(default_factory=dict)
    entities: dict[str, Draft] = field(default_factory=dict)
    passages: dict[str, Draft] = field(default_factory=dict)
    claims: list[Draft] = field(default_factory=list)


def cases_for(triples: int) -> int:
    """Return how many cases state roughly a number of triples, with the table of states."""
    return max(2, round((triples - REFERENCE_TRIPLES) / (CLAIMS_PER_CASE * TRIPLES_PER_CLAIM)))


def generate_cases(
    count: int, *, claims: int = CLAIMS_PER_CASE, seed: int = 7
) -> Iterator[CaseDraft]:
    """Yield cases, each with a number of claims; the same call gives the same cases."""
    for number in range(count):
        yield generate_case(number, claims=claims, seed=seed)


def generate_case(number: int, *, claims: int = CLAIMS_PER_CASE, seed: int = 7) -> CaseDraft:
    """Return the case of a number; it refers to none but cases of smaller numbers.

    With another seed it has the same id, sources and entities, and other claims: so a case can
    be edited that others refer to.
    """
    return _Case(number, random.Random(f"{seed} {number}")).draft(claims)


class _Case:
    """One case in the making."""

    def __init__(self, number: int, chance: random.Random) -> None:
        self.number = number
        self.chance = chance
        self.id = f"institution-{number:05}"
        self.home = _STATES[number % len(_STATES)]
        self.host = _HOSTS[number * 7 % len(_HOSTS)]
        self.kind = _KINDS[number % len(_KINDS)]
        self.case = CaseDraft(self.id, self._fields())

    def draft(self, claims: int) -> CaseDraft:
        """Return the whole case."""
        self._add_sources()
        self._add_entities()
        self._add_passages()
        ways = self._ways
        for made in range(claims):
            turn, way = divmod(made, len(ways))
            self._claim(made, ways[way](turn))
        return self.case

    # --- What the claims are about and where they stand --------------------------------

    def _fields(self) -> Draft:
        return {
            "id": self.id,
            "type": self.kind,
            "label": {"en": f"Institution {self.number}", "tr": f"{self.number}. Kurum"},
            "abbreviation": f"I{self.number}",
            "state": self.home,
            "description": {"en": f"What sources say of institution {self.number}."},
            "coding": {"by": f"coder-{self.number % 12}", "on": "2026-03-01", "codebook": "0.1.0"},
            "defaults": {"confidence": "0.9"},
        }

    def _add_sources(self) -> None:
        for place in range(4):
            key = self._source(place)
            year = 1995 + (self.number * 3 + place * 5) % 28
            number = self.number * 4 + place
            author = f"{_FAMILY[number % 12]}, {_GIVEN[number % 14]} {_letter(number // 168)}."
            source: Draft = {
                "type": _FORMS[number % len(_FORMS)],
                "title": {"en": f"On institution {self.number}, part {place}"},
                "date": f"{year}-{1 + number % 12:02}",
                "url": f"https://example.org/works/{number}",
                "tier": _TIERS[number % len(_TIERS)],
                "access": "full-text",
            }
            if place == 3:
                source["publisher"] = f"Bureau {self.number % 40}"
                source["derived-from"] = [self._source(0)]
            else:
                source["author"] = [author]
            self.case.sources[key] = source

    def _add_entities(self) -> None:
        self.case.entities = {
            self._own("diaspora"): {
                "type": ["Diaspora"],
                "label": {
                    "en": f"community {self.number} abroad",
                    "tr": f"yurt dışı topluluğu {self.number}",
                },
            },
            self._own("ministry"): {
                "type": ["StateBody"],
                "label": {"en": f"Ministry {self.number}", "tr": f"{self.number}. Bakanlık"},
                "state": self.home,
            },
            self._own("network"): {
                "type": ["Organization"],
                "label": {"en": f"Network {self.number}"},
                "alt-label": {"en": [f"Net {self.number}", f"N{self.number}"]},
            },
            self._own("head"): {"type": ["Person"], "label": {"en": f"Head {self.number}"}},
        }

    def _add_passages(self) -> None:
        for place in range(8):
            passage: Draft = {
                "source": self._source(place % 4),
                "locator": f"p. {10 + place}",
                "quote": {
                    "en": f"Institution {self.number} is spoken of here, in passage {place}, "
                    "as one that works with communities abroad: “as a bridge”.",
                },
            }
            if place % 4 == 1:
                passage["quote"] = {"tr": f"{self.number}. kurum, yurt dışındaki topluluklarla"}
                passage["translation"] = {"en": f"institution {self.number}, with communities"}
            self.case.passages[f"passage-{place}"] = passage

    # --- Claims -------------------------------------------------------------------------

    def _claim(self, made: int, said: Draft) -> None:
        chance = self.chance
        place = int(str(said.pop("passage", chance.randrange(8))))
        claim: Draft = {"id": f"claim-{made:02}", **said, "evidence": [f"passage-{place}"]}
        if "indicator" in said:
            quote = self.case.passages[f"passage-{place}"]["quote"]
            quote.update({tongue: f"{text} ({said['value']})" for tongue, text in quote.items()})
        if made % 10 == 9:
            claim["evidence"] = [f"passage-{place}", f"passage-{(place + 4) % 8}"]
        if chance.random() < 0.15:
            claim["hedge"] = list(chance.choice(_CUES))
            claim["modality"] = "possible"
        if chance.random() < 0.08:
            claim["explicitness"] = "implied"
        if chance.random() < 0.2:
            cited = [key for key in self.case.sources if key != self._source(place % 4)]
            claim["attributed-to"] = [chance.choice(cited)]
        if chance.random() < 0.3:
            claim["confidence"] = f"0.{chance.randrange(40, 99)}"
        self.case.claims.append(claim)

    @property
    def _ways(self) -> tuple[Callable[[int], Draft], ...]:
        return (
            self._kind_of_it, self._home, self._host, self._parent, self._founded, self._purpose,
            self._size, self._size_again, self._money, self._members, self._aim, self._means,
            self._membership, self._support, self._role, self._denial, self._part, self._base,
            self._institution_of, self._field, self._other_kind, self._head, self._contrary,
            self._affiliation,
        )  # fmt: skip

    def _kind_of_it(self, turn: int) -> Draft:
        return {"property": "rdf:type", "object": self.kind, "passage": turn % 4}

    def _other_kind(self, turn: int) -> Draft:
        """Give a conflict of classes in some cases; in the others the same class again."""
        state = self.kind in ("DiasporaInstitution", "StateBody")
        other = "CivilSocietyOrganization" if state else "StateBody"
        conflicting = self.number % 9 == 4 and turn == 0
        return {
            "property": "rdf:type",
            "object": other if conflicting else self.kind,
            "passage": (turn + 2) % 8,
        }

    def _home(self, turn: int) -> Draft:
        del turn
        return {"subject": self._own("diaspora"), "property": "homeState", "object": self.home}

    def _host(self, turn: int) -> Draft:
        host = _HOSTS[(self.number * 7 + turn) % len(_HOSTS)]
        return {"subject": self._own("diaspora"), "property": "hostState", "object": host}

    def _parent(self, turn: int) -> Draft:
        until = {"valid": {"from": "2004", "until": "2014"}} if turn else {}
        return {"property": "administrativeParent", "object": self._own("ministry"), **until}

    def _founded(self, turn: int) -> Draft:
        year = 1970 + self.number % 24 + (1 if self.number % 13 == 5 else 0) * turn
        return {"property": "foundedOn", "value": str(year), "as-of": "2020"}

    def _purpose(self, turn: int) -> Draft:
        number = self.number
        return {
            "property": "statedPurpose",
            "value": {
                "en": f"to serve community {number} and its ties with home, in field {turn}",
                "tr": f"{number}. topluluğa ve anavatanla bağlarına hizmet etmek",
            },
        }

    def _size(self, turn: int) -> Draft:
        number = 20_000 + self.number % 997 * 1_000
        return self._figure("diaspora-size", "persons", str(number), 2000 + turn, "about")

    def _size_again(self, turn: int) -> Draft:
        """Give the number of another source: in some cases it cannot stand beside the first."""
        factor = 2 if self.number % 7 == 3 else 1
        number = (20_000 + self.number % 997 * 1_000) * factor
        return self._figure("diaspora-size", "persons", str(number), 2000 + turn, "about")

    def _money(self, turn: int) -> Draft:
        number = f"{self.chance.randrange(1, 90)}.{self.chance.randrange(1, 10)}"
        return self._figure("remittance-flows", "usd-billion", number, 2001 + turn, "exact")

    def _members(self, turn: int) -> Draft:
        number = str(self.chance.randrange(3, 400))
        return self._figure("member-organizations", "organizations", number, 2010 + turn, "exact")

    def _figure(self, indicator: str, unit: str, value: str, year: int, bound: str) -> Draft:
        return {
            "subject": self._own("diaspora"),
            "property": "hasFigure",
            "value": value,
            "indicator": f"indicator/{indicator}",
            "unit": f"unit/{unit}",
            "bound": bound,
            "scope": "not-stated",
            "population": "not-stated",
            "aggregation": "total",
            "period": str(year),
            "flow": "flow" if unit == "usd-billion" else "stock",
        }

    def _aim(self, turn: int) -> Draft:
        phrase = {"phrase": {"en": "promotes"}} if turn == 0 else {}
        return {"property": "promotes", "object": self.chance.choice(_AIMS), **phrase}

    def _means(self, turn: int) -> Draft:
        del turn
        means = self.chance.choice(_MEANS)
        return {"subject": self._own("network"), "property": "usesMeans", "object": means}

    def _membership(self, turn: int) -> Draft:
        joined = self._earlier("institution", turn)
        return {"subject": self._own("network"), "property": "memberOf", "object": joined}

    def _support(self, turn: int) -> Draft:
        helped = self._own("diaspora") if turn == 0 else self._earlier("diaspora", turn)
        return {"property": "givesSupportTo", "object": helped}

    def _role(self, turn: int) -> Draft:
        del turn
        role = self.chance.choice(_ROLES)
        return {"subject": self._own("diaspora"), "property": "actsAs", "object": role}

    def _denial(self, turn: int) -> Draft:
        aim = _AIMS[(self.number + turn) % len(_AIMS)]
        return {"property": "wields", "object": aim, "polarity": "negated"}

    def _part(self, turn: int) -> Draft:
        above = self._earlier("network", turn + 1)
        return {
            "subject": self._own("network"),
            "property": "subOrganizationOf",
            "object": above if self.number else self.id,
        }

    def _base(self, turn: int) -> Draft:
        del turn
        return {"subject": self._own("network"), "property": "basedIn", "object": self.host}

    def _institution_of(self, turn: int) -> Draft:
        state = self.kind in ("DiasporaInstitution", "StateBody") and turn == 0
        if state:
            return {"property": "diasporaInstitutionOf", "object": self.home}
        return {"property": "worksIn", "object": self.host}

    def _field(self, turn: int) -> Draft:
        aim = _AIMS[(self.number * 3 + turn) % len(_AIMS)]
        return {"property": "worksOn", "object": aim}

    def _head(self, turn: int) -> Draft:
        del turn
        head = self._own("head")
        return {"subject": head, "property": "affiliatedWith", "object": self.id}

    def _contrary(self, turn: int) -> Draft:
        """Give what a coder holds against an earlier claim, in some cases."""
        claim: Draft = {
            "property": "contributesTo",
            "object": _AIMS[(self.number + turn + 1) % len(_AIMS)],
        }
        if self.number % 11 == 6 and turn == 0:
            claim["contrary-to"] = ["claim-10"]
        return claim

    def _affiliation(self, turn: int) -> Draft:
        other = self._earlier("institution", turn + 2)
        return {"subject": self._own("head"), "property": "affiliatedWith", "object": other}

    # --- Names --------------------------------------------------------------------------

    def _own(self, kind: str) -> str:
        return f"{kind}-{self.number:05}"

    def _source(self, place: int) -> str:
        return f"work{self.number:05}-{place}"

    def _earlier(self, kind: str, turn: int) -> str:
        """Name something of an earlier case: the one at half the number, so that chains end."""
        return f"{kind}-{max(0, self.number // 2 - turn):05}"


def _letter(number: int) -> str:
    return chr(ord("A") + number % 26)
