"""From what the rounds noted to proofs: which triples, as they were stated, gave which.

The rounds compute with one term for all that equal it. Here the terms that the given triples use
come back: a premise that has an equal term where the rule wants another becomes a step of its own
(eq-rep), with the equality that allows it and its proof.
"""

from dataclasses import dataclass, field
from functools import cached_property

from diaspora_kg.inference.equality import Forest
from diaspora_kg.inference.numbering import Code
from diaspora_kg.inference.proofs import ASSERTED, Proof
from diaspora_kg.inference.rounds import REWRITTEN, Rounds
from diaspora_kg.inference.rules import SAME_AS, Rule, is_variable
from diaspora_kg.inference.table_rules import EQ_DIFF1
from diaspora_kg.terms import Term, Triple

Equal = tuple[int, int]
Key = Code | Equal


@dataclass
class _Parts:
    """What one step stands on."""

    shown: dict[tuple[Code, Code], None] = field(default_factory=dict)
    """Premises: the triple as found, and as the rule reads it."""
    equal: dict[Equal, None] = field(default_factory=dict)
    axioms: dict[Triple, None] = field(default_factory=dict)


class Derivations:
    """The proofs of one finished run, each made once."""

    def __init__(self, run: Rounds) -> None:
        """Take a run."""
        self._run = run
        self._stated: dict[Code, Code] = {}
        self._proofs: dict[Key, Proof] = {}

    def stated(self, root: Code) -> Code:
        """Return a known triple with the terms that its own premises use."""
        run, done = self._run, self._stated
        if not run.equality and not run.twins:
            return root
        stack = [root]
        while stack:
            code = stack[-1]
            number, premises = run.known.get(code, (-1, ()))
            missing = [premise for premise in premises if premise not in done]
            if code in done:
                stack.pop()
            elif missing:
                stack.extend(missing)
            elif number == REWRITTEN:
                done[code] = done[premises[0]]
            elif number < 0:
                done[code] = code
            else:
                done[code] = self._read(run.rules[number], premises, code)[1]
        return done[root]

    def prove(self, code: Code) -> Proof:
        """Return the proof of a known triple, in its stated form."""
        return self._prove(code)

    def prove_equal(self, one: int, other: int) -> Proof:
        """Return the proof that two different terms are one."""
        return self._prove((one, other))

    def prove_as(self, code: Code, wanted: Code) -> Proof:
        """Return the proof of a triple that equals a known one."""
        found = self.stated(code)
        return self._replace(self._prove(code), found, wanted)

    def conflict(self, number: int, premises: tuple[Code, ...]) -> tuple[Rule, Proof]:
        """Return a rule that is broken, and a step with what breaks it as premises."""
        parts = self._parts(number, premises)
        rule = self._run.rules[number]
        return rule, self._step(("", "", ""), rule, parts)

    # --- Steps --------------------------------------------------------------------------------

    def _prove(self, root: Key) -> Proof:
        stack: list[Key] = [root]
        while stack:
            key = stack[-1]
            if key in self._proofs:
                stack.pop()
                continue
            proof, missing = self._attempt(key)
            if proof is None:
                stack.extend(missing)
            else:
                self._proofs[key] = proof
        return self._proofs[root]

    def _attempt(self, key: Key) -> tuple[Proof | None, list[Key]]:
        """Return a proof, or what has to be proved before."""
        if len(key) == 2:
            return self._attempt_equal(*key)
        run = self._run
        number, premises = run.known.get(key, (-1, ()))
        if number == REWRITTEN:
            below = self._proofs.get(premises[0])
            return below, [] if below else [premises[0]]
        if number < 0:
            return Proof(run.numbering.decode(key)), []
        parts = self._parts(number, premises)
        missing = self._missing(parts)
        if missing:
            return None, missing
        return self._step(run.numbering.decode(self.stated(key)), run.rules[number], parts), []

    def _missing(self, parts: _Parts) -> list[Key]:
        needed: list[Key] = [code for code, _ in parts.shown]
        for code, wanted in parts.shown:
            needed.extend(self._differences(self.stated(code), wanted))
        needed.extend(parts.equal)
        needed.extend(code for code in map(self._inferred_axiom, parts.axioms) if code)
        return [key for key in dict.fromkeys(needed) if key not in self._proofs]

    def _step(self, triple: Triple, rule: Rule, parts: _Parts) -> Proof:
        premises = [
            self._replace(self._prove(code), self.stated(code), wanted)
            for code, wanted in parts.shown
        ]
        premises.extend(self._prove(pair) for pair in parts.equal)
        stated = []
        for axiom in parts.axioms:
            code = self._inferred_axiom(axiom)
            if code is None:
                stated.append(axiom)
            else:
                premises.append(self._prove(code))
        below = tuple({proof.triple: proof for proof in premises}.values())
        return Proof(triple, rule.kind, tuple(stated), below, rule.name)

    def _inferred_axiom(self, axiom: Triple) -> Code | None:
        """Return the code of an axiom that was itself inferred in this run."""
        code = self._run.numbering.find(axiom)
        if code is None or self._run.known.get(code, (-1, ()))[0] < 0:
            return None
        return code

    def _parts(self, number: int, premises: tuple[Code, ...]) -> _Parts:
        """Return what a step stands on; types of unnamed classes give way to what they stand on."""
        run, parts = self._run, _Parts()
        waiting = self._enter(number, premises, parts)
        while waiting:
            code, wanted = waiting.pop()
            found = self._first_form(code)
            below_number, below = run.known[found]
            if run.is_unnamed(found) and below_number >= 0:
                differences = self._differences(self.stated(found), wanted)
                parts.equal.update(dict.fromkeys(differences))
                waiting.extend(self._enter(below_number, below, parts))
            else:
                parts.shown[found, wanted] = None
        return parts

    def _first_form(self, code: Code) -> Code:
        """Return a triple as it was before equal terms took the place of its own."""
        known = self._run.known
        while known[code][0] == REWRITTEN:
            code = known[code][1][0]
        return code

    def _enter(
        self, number: int, codes: tuple[Code, ...], parts: _Parts
    ) -> list[tuple[Code, Code]]:
        """Note the axioms of a rule; return its premises, the last first, as found and as read."""
        rule = self._run.rules[number]
        parts.axioms.update(dict.fromkeys(rule.axioms))
        if rule.name == EQ_DIFF1.name:
            (code,) = codes
            found = self.stated(code)
            if found[0] != found[2]:
                parts.equal[found[0], found[2]] = None
            return [(code, found)]
        if rule.body:
            read, _ = self._read(rule, codes, None)
            return list(zip(codes, read, strict=True))[::-1]
        known = [code for code in codes if code in self._run.known]
        parts.equal.update(((a, b), None) for a, _, b in codes if (a, _, b) not in known)
        return [(code, self.stated(code)) for code in known]

    def _read(
        self, rule: Rule, premises: tuple[Code, ...], code: Code | None
    ) -> tuple[list[Code], Code]:
        """Return the premises and the conclusion as the rule reads them."""
        number = self._run.numbering.number
        body, head = rule.in_full
        bound: dict[Term, int] = {}
        for atom, premise in zip(body, premises, strict=True):
            found = self.stated(premise)
            for term, value in zip(atom, found, strict=True):
                if is_variable(term):
                    bound.setdefault(term, value)

        def filled(atom: tuple[Term, Term, Term]) -> Code:
            one, two, three = (bound[term] if is_variable(term) else number(term) for term in atom)
            return one, two, three

        conclusion = code if head is None else filled(head)
        return [filled(atom) for atom in body], conclusion or (-1, -1, -1)

    # --- Equals -------------------------------------------------------------------------------

    def _differences(self, found: Code, wanted: Code) -> list[Equal]:
        pairs = zip(found, wanted, strict=True)
        return list(dict.fromkeys((one, other) for one, other in pairs if one != other))

    def _replace(self, proof: Proof, found: Code, wanted: Code) -> Proof:
        """Return a proof of a triple in which terms were replaced by equal ones."""
        differences = self._differences(found, wanted)
        if not differences:
            return proof
        places = "".join(place for place, a, b in zip("spo", found, wanted, strict=True) if a != b)
        equalities = tuple(self._prove(pair) for pair in differences)
        name = f"eq-rep-{'-'.join(places)}"
        return Proof(self._run.numbering.decode(wanted), "sameAs", (), (proof, *equalities), name)

    def _attempt_equal(self, one: int, other: int) -> tuple[Proof | None, list[Key]]:
        run = self._run
        same = run.numbering.number(SAME_AS)
        triple = run.numbering.decode((one, same, other))
        if other in run.twins.get(one, ()):
            return Proof(triple, "Literal", (), (), "dt-eq"), []
        if run.known.get((one, same, other), (0, ()))[0] == -1:
            return Proof(triple, ASSERTED), []
        way = [self._link(pair) for pair in self._forest.way(one, other)]
        missing: list[Key] = [code for code in way if code not in self._proofs]
        if missing:
            return None, missing
        below = tuple(self._proofs[code] for code in way)
        if len(below) == 1:
            if below[0].triple == triple:
                return below[0], []
            return Proof(triple, "sameAs", (), below, "eq-sym"), []
        return Proof(triple, "sameAs", (), below, "eq-trans"), []

    @cached_property
    def _forest(self) -> Forest:
        return Forest(self._links)

    @cached_property
    def _links(self) -> dict[Equal, Code]:
        """The equalities that joined classes, by the two terms that they speak of."""
        stated = ((self.stated(code), code) for code in self._run.joined)
        return {(one, other): code for (one, _, other), code in stated}

    def _link(self, pair: Equal) -> Code:
        """Return the equality that joined two terms, in either direction."""
        one, other = pair
        links = self._links
        return links[one, other] if (one, other) in links else links[other, one]
