"""A small corpus that changes at random, dense in what makes cases depend on one another."""

import copy
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

Draft = dict[str, Any]

PEOPLE = ("Demir, Aylin", "Rao, Deepa", "Demir, A.", "Zhang, Wei", "{Bureau of Things}")
KINDS = ("Organization", "StateBody", "CivilSocietyOrganization", "NonGovernmentalOrganization")
RELATIONS = ("subOrganizationOf", "administrativeParent", "memberOf", "givesSupportTo", "runBy")
STATES = ("TR", "IN", "KR")
TIMES = ("1990", "2005-03", "2012", "2018~")


class RandomCorpus:
    """Cases and a bibliography in a folder, and edits to them; the same for the same seed."""

    def __init__(self, folder: Path, seed: int, cases: int = 5) -> None:
        """Write the first state into a folder."""
        self.folder = folder
        self.chance = random.Random(seed)
        self.cases: dict[str, Draft] = {}
        self.works: dict[str, Draft] = {}
        self._number = 0
        self._before: tuple[dict[str, Draft], dict[str, Draft]] = ({}, {})
        for number in range(4):
            self.works[f"work{number}"] = self._work(number)
        for _ in range(cases):
            self._add_case()
        self.write()

    def write(self) -> None:
        """Write all files, leaving those alone that are as they were."""
        wanted = {f"{name}.yaml": _dumped(case) for name, case in self.cases.items()}
        wanted["works.bib"] = "\n".join(_entry(key, work) for key, work in self.works.items())
        for file in self.folder.iterdir():
            if file.name not in wanted:
                file.unlink()
        for name, text in wanted.items():
            file = self.folder / name
            if not file.exists() or file.read_text("utf-8") != text:
                file.write_text(text, "utf-8")

    def edit(self) -> str:
        """Change something; return what, in a word."""
        edits: list[Callable[[], None]] = [
            self._add_claim, self._add_claim, self._alter_claim, self._alter_claim,
            self._remove_claim, self._move_lines, self._relabel, self._retype, self._add_case,
            self._remove_case, self._alter_work, self._alter_own_source, self._relate, self._relate,
            self._rule, self._add_entity, self._remove_entity, self._rename_claim, self._take_back,
        ]  # fmt: skip
        chosen = self.chance.choice(edits)
        self._before = copy.deepcopy((self.cases, self.works))
        chosen()
        self.write()
        return chosen.__name__.strip("_")

    def undo(self) -> None:
        """Take the last edit back."""
        self.cases, self.works = copy.deepcopy(self._before)
        self.write()

    # --- Cases --------------------------------------------------------------------------

    def _add_case(self) -> None:
        if len(self.cases) > 7:
            return
        name = f"case{self._number}"
        self._number += 1
        self.cases[name] = {
            "id": name,
            "type": self.chance.choice(KINDS),
            "label": {"en": f"Body {name}"},
            "coding": {
                "by": self.chance.choice(["anna", "packaged-coding", name]),
                "on": "2026-01-01",
            },
            "defaults": {"confidence": "0.9"},
            "sources": {f"own-{name}": self._work(self._number)},
            "entities": {f"unit-{name}": {"type": "Organization", "label": {"en": f"Unit {name}"}}},
            "claims": [],
        }
        for _ in range(4):
            self._add_claim(name)

    def _remove_case(self) -> None:
        if len(self.cases) > 3:
            del self.cases[self.chance.choice(sorted(self.cases))]

    def _move_lines(self) -> None:
        case = self._case()
        case["description"] = {"en": "\n".join(["text"] * self.chance.randint(1, 3))}
        self.cases[case["id"]] = {"description": case.pop("description"), **case}

    # --- Entities -----------------------------------------------------------------------

    def _relabel(self) -> None:
        case = self._case()
        target = self.chance.choice([case, *case["entities"].values()])
        target["label"] = {"en": self.chance.choice(["Alike", f"Name {self._any_number()}"])}

    def _retype(self) -> None:
        case = self._case()
        target = self.chance.choice([case, *case["entities"].values()])
        target["type"] = self.chance.choice([*KINDS, "Person", "Diaspora"])

    def _add_entity(self) -> None:
        name = self.chance.choice(
            ["aylin-demir", "deepa-rao", "anna", f"thing{self._any_number()}"]
        )
        self._case()["entities"][name] = {"type": "Person", "label": {"en": f"The {name}"}}

    def _remove_entity(self) -> None:
        entities = self._case()["entities"]
        if entities:
            del entities[self.chance.choice(sorted(entities))]

    # --- Sources ------------------------------------------------------------------------

    def _work(self, number: int) -> Draft:
        work: Draft = {
            "type": "report",
            "title": {"en": f"Report {number}"},
            "author": self.chance.sample(PEOPLE, self.chance.randint(1, 2)),
            "date": self.chance.choice(TIMES),
        }
        if self.chance.random() < 0.5:
            work["tier"] = self.chance.choice(["official", "news", "scholarly"])
        return work

    def _alter_work(self) -> None:
        key = self.chance.choice(sorted(self.works))
        self.works[key] = self._work(self._any_number())

    def _alter_own_source(self) -> None:
        case = self._case()
        for key in case["sources"]:
            case["sources"][key] = self._work(self._any_number())
            if self.chance.random() < 0.5:
                case["sources"][key]["derived-from"] = [self.chance.choice(sorted(self.works))]

    # --- Claims -------------------------------------------------------------------------

    def _add_claim(self, name: str = "") -> None:
        case = self.cases[name] if name else self._case()
        claim = self._claim(case)
        if self.chance.random() < 0.8:
            claim["id"] = self._free_id(case)
        case["claims"].insert(self.chance.randint(0, len(case["claims"])), claim)

    def _alter_claim(self) -> None:
        case = self._case()
        if case["claims"]:
            claim = self.chance.choice(case["claims"])
            named = {"id": claim["id"]} if "id" in claim else {}
            claim.clear()
            claim.update({**named, **self._claim(case)})

    def _remove_claim(self) -> None:
        claims = self._case()["claims"]
        if claims:
            claims.pop(self.chance.randrange(len(claims)))

    def _rename_claim(self) -> None:
        claims = self._case()["claims"]
        if claims:
            self.chance.choice(claims)["id"] = f"c{self._any_number()}"  # it may be taken

    def _claim(self, case: Draft) -> Draft:
        makers = [self._kind, self._figure, self._life, self._purpose]
        relate = self._relation
        claim = self.chance.choice([lambda: relate(case), lambda: relate(case), *makers])()
        if self.chance.random() < 0.4:
            claim["subject"] = self.chance.choice([case["id"], *sorted(case["entities"])])
        own = sorted(case["sources"])
        source = self.chance.choice([*sorted(self.works), *own, *own])
        passage: Draft = {"source": source, "locator": f"p. {self.chance.randint(1, 3)}"}
        if self.chance.random() < 0.7:
            passage["quote"] = {self.chance.choice(["en", "tr"]): "words of it"}
        claim["evidence"] = [passage]
        for key, values, odds in (
            ("polarity", ["negated"], 0.2),
            ("modality", ["possible"], 0.1),
            ("attributed-to", [[work] for work in sorted(self.works) if work != source], 0.1),
            ("valid", [{"from": "2001"}, {"until": "2010"}, {"from": "2011"}], 0.3),
            ("statement", ["s1"], 0.1),
            ("as-of", ["2015", "1980"], 0.2),
        ):
            if self.chance.random() < odds:
                claim[key] = self.chance.choice(values)
        return claim

    def _free_id(self, case: Draft) -> str:
        taken = {claim.get("id") for claim in case["claims"]}
        return next(name for name in (f"c{number}" for number in range(99)) if name not in taken)

    def _relation(self, case: Draft) -> Draft:
        return {"property": self.chance.choice(RELATIONS), "object": self._thing(case)}

    def _kind(self) -> Draft:
        return {"property": "rdf:type", "object": self.chance.choice(KINDS)}

    def _figure(self) -> Draft:
        return {
            "property": "hasFigure",
            "value": self.chance.choice(["100", "150", "300"]),
            "indicator": "indicator/diaspora-size",
            "unit": "unit/persons",
            "bound": self.chance.choice(["about", "at-least", "exact"]),
            "scope": self.chance.choice(["not-stated", "world"]),
            "period": self.chance.choice(["2010", "2011"]),
        }

    def _life(self) -> Draft:
        return {
            "property": self.chance.choice(["foundedOn", "dissolvedOn"]),
            "value": self.chance.choice(["1985", "2000", "2009"]),
        }

    def _purpose(self) -> Draft:
        return {
            "property": "statedPurpose",
            "value": {"en": self.chance.choice(["to help", "to serve"])},
        }

    def _relate(self) -> None:
        """Let a claim stand against another, or restate it."""
        case, other = self._case(), self._case()
        named = [claim["id"] for claim in other["claims"] if "id" in claim]
        if case["claims"] and named:
            word = f"{other['id']}/{self.chance.choice(named)}"
            key = self.chance.choice(["contrary-to", "contrary-to", "restates"])
            self.chance.choice(case["claims"])[key] = [word]

    def _rule(self) -> None:
        case = self._case()
        named = [claim["id"] for claim in case["claims"] if "id" in claim]
        if len(named) > 1:
            upheld, rejected = self.chance.sample(named, 2)
            note = {
                "id": "ruling",
                "by": "anna",
                "outcome": "one-side",
                "upholds": [upheld],
                "rejects": [rejected],
                "reason": {"en": "because"},
            }
            case["adjudications"] = [note]

    def _take_back(self) -> None:
        """Take away what may be wrong: relations between claims, and decisions."""
        for case in self.cases.values():
            case.pop("adjudications", None)
            for claim in case["claims"]:
                claim.pop("contrary-to", None)
                claim.pop("restates", None)

    # --- Choosing -----------------------------------------------------------------------

    def _case(self) -> Draft:
        return self.cases[self.chance.choice(sorted(self.cases))]

    def _thing(self, case: Draft) -> str:
        """Return what another case declares, by its id or its label, or a state or a concept."""
        others = [other for other in self.cases.values() if other["id"] != case["id"]]
        names = [name for other in others for name in (other["id"], *other["entities"])]
        labels = [other["label"]["en"] for other in others]
        return str(self.chance.choice([*names, *names, *labels, *STATES, "core/soft-power"]))

    def _any_number(self) -> int:
        return self.chance.randint(0, 9)


def _dumped(case: Draft) -> str:
    """Return a case as YAML: JSON is a part of it."""
    return json.dumps(case, indent=1, ensure_ascii=False) + "\n"


def _entry(key: str, work: Draft) -> str:
    fields = {"title": work["title"]["en"], "author": " and ".join(work["author"])}
    fields["year"] = work["date"][:4]
    return (
        f"@techreport{{{key},\n" + "".join(f"  {k} = {{{v}}},\n" for k, v in fields.items()) + "}\n"
    )
