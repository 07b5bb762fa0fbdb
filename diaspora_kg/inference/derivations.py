"""From what the rounds noted to proofs: which triples, as they were stated, gave which.

The rounds compute with one term for all that equal it. Here the terms that the given triples use
come back. A proof is made for the terms that it is asked for: these are carried down from step to
step, so that what was given in them is found; only where nothing was, an equal term takes its
place in a step of its own (eq-rep), with the equality that allows it and its proof.

Why no proof is circular: a triple has a *natural* form, that of the premises by which the rounds
found it. The natural proof of a natural form needs only what was known before, equalities
included; any other form needs natural proofs and forms of triples that were known before it.
"""

from dataclasses import dataclass, field
from functools import cached_property

from diaspora_kg.inference.equality import Forest
from diaspora_kg.inference.numbering import Code
from diaspora_kg.inference.proofs import ASSERTED, Proof
from diaspora_kg.inference.reasons import GIVEN, REWRITTEN
from diaspora_kg.inference.rounds import Rounds
from diaspora_kg.inference.rules import SAME_AS, STATED, Atom, Rule, is_variable
from diaspora_kg.inference.table_rules import EQ_DIFF1
from diaspora_kg.terms import Term, Triple

Equal = tuple[int, int]
Form = tuple[Code, Code]
"""A triple as the rounds know it, and in the terms that are asked for."""
Key = Form | Equal


@dataclass
class _Parts:
    """What one step stands on."""

    shown: dict[Form, None] = field(default_factory=dict)
    equal: dict[Equal, None] = field(default_factory=dict)
    axioms: dict[Triple, None] = field(default_factory=dict)


class Derivations:
    """The proofs of one finished run, each made once."""

    def __init__(self, run: Rounds) -> None:
        """Take a run."""
        self._run = run
        self._natural: dict[Code, Code] = {}
        self._proofs: dict[Key, Proof] = {}

    def natural(self, root: Code) -> Code:
        """Return a known triple with the terms of the premises by which it was found."""
        run, done = self._run, self._natural
        if not run.equality and not run.twins:
            return root
        stack = [root]
        while stack:
            code = stack[-1]
            number, premises = run.known.get(code, GIVEN)
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
                done[code] = self._read(run.rules[number], premises, None)[1] or code
        return done[root]

    def prove(self, code: Code, wanted: Code | None = None) -> Proof:
        """Return the proof of a known triple, in the terms that are wanted or its natural ones."""
        return self._prove((code, wanted or self.natural(code)))

    def prove_equal(self, one: int, other: int) -> Proof:
        """Return the proof that two different terms are one."""
        return self._prove((one, other))

    def conflict(self, number: int, premises: tuple[Code, ...]) -> tuple[Rule, Proof]:
        """Return a rule that is broken, and a step with what breaks it as premises."""
        rule = self._run.rules[number]
        parts, _ = self._parts(number, premises, None)
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
        run = self._run
        code, wanted = key
        if isinstance(code, int) or isinstance(wanted, int):
            assert isinstance(code, int)
            assert isinstance(wanted, int)
            return self._attempt_equal(code, wanted)
        if run.known.get(wanted) is GIVEN:
            return Proof(run.numbering.decode(wanted)), []
        found = self._best_form(code, wanted)
        number, premises = run.known[found]
        if number < 0:
            return self._replace((found, found), wanted)
        parts, conclusion = self._parts(number, premises, wanted)
        if conclusion is not None and conclusion != wanted:
            return self._replace((found, conclusion), wanted)
        missing = self._missing(parts)
        if missing:
            return None, missing
        return self._step(run.numbering.decode(wanted), run.rules[number], parts), []

    def _missing(self, parts: _Parts) -> list[Key]:
        axioms = [code for code in map(self._inferred_axiom, parts.axioms) if code]
        needed: list[Key] = [*parts.shown, *parts.equal]
        needed.extend((code, self.natural(code)) for code in axioms)
        return [key for key in dict.fromkeys(needed) if key not in self._proofs]

    def _step(self, triple: Triple, rule: Rule, parts: _Parts) -> Proof:
        needed: list[Key] = [*parts.shown, *parts.equal]
        premises = [self._prove(key) for key in needed]
        stated = []
        for axiom in parts.axioms:
            code = self._inferred_axiom(axiom)
            if code is None:
                stated.append(axiom)
            else:
                premises.append(self.prove(code))
        below = tuple({proof.triple: proof for proof in premises}.values())
        return Proof(triple, rule.kind, tuple(stated), below, rule.name)

    def _inferred_axiom(self, axiom: Triple) -> Code | None:
        """Return the code of an axiom that was itself inferred in this run."""
        code = self._run.numbering.find(axiom)
        if code is None:
            return None
        number = self._run.known.get(code, GIVEN)[0]
        # an individual axiom, such as a sameAs of the ontology, is known by a rule of its own
        return None if number < 0 or self._run.rules[number].name == STATED else code

    def _parts(
        self, number: int, premises: tuple[Code, ...], wanted: Code | None
    ) -> tuple[_Parts, Code | None]:
        """Return what a step stands on, and what it concludes.

        Types of unnamed classes give way to what they stand on.
        """
        run, parts = self._run, _Parts()
        waiting, conclusion = self._enter(number, premises, wanted, parts)
        while waiting:
            code, read = waiting.pop()
            found = self._best_form(code, read)
            below_number, below = run.known[found]
            if run.is_unnamed(found) and below_number >= 0:
                more, concluded = self._enter(below_number, below, read, parts)
                parts.equal.update(dict.fromkeys(self._differences(concluded or read, read)))
                waiting.extend(more)
            else:
                parts.shown[code, read] = None
        return parts, conclusion

    def _enter(
        self, number: int, codes: tuple[Code, ...], wanted: Code | None, parts: _Parts
    ) -> tuple[list[Form], Code | None]:
        """Note the axioms of a rule; return its premises, the last first, and its conclusion."""
        rule = self._run.rules[number]
        parts.axioms.update(dict.fromkeys(rule.axioms))
        if rule.name == EQ_DIFF1.name:
            (code,) = codes
            found = self.natural(code)
            if found[0] != found[2]:
                parts.equal[found[0], found[2]] = None
            return [(code, found)], None
        if rule.body:
            read, conclusion = self._read(rule, codes, wanted)
            return list(zip(codes, read, strict=True))[::-1], conclusion
        known = [code for code in codes if code in self._run.known]
        parts.equal.update(((a, c), None) for a, b, c in codes if (a, b, c) not in known)
        conclusion = None if rule.head is None else self._run.numbering.encode(rule.head)
        return [(code, self.natural(code)) for code in known], conclusion

    def _read(
        self, rule: Rule, premises: tuple[Code, ...], wanted: Code | None
    ) -> tuple[list[Code], Code | None]:
        """Return the premises and the conclusion as the rule reads them.

        Variables take the terms of what is wanted, then those of the natural forms.
        """
        number = self._run.numbering.number
        body, head = rule.in_full
        bound: dict[Term, int] = {}

        def bind(atom: Atom, code: Code) -> None:
            for term, value in zip(atom, code, strict=True):
                if is_variable(term):
                    bound.setdefault(term, value)

        def filled(atom: Atom) -> Code:
            one, two, three = (bound[term] if is_variable(term) else number(term) for term in atom)
            return one, two, three

        if head is not None and wanted is not None:
            bind(head, wanted)
        for atom, premise in zip(body, premises, strict=True):
            bind(atom, self.natural(premise))
        return [filled(atom) for atom in body], None if head is None else filled(head)

    # --- Forms --------------------------------------------------------------------------------

    def _best_form(self, code: Code, wanted: Code) -> Code:
        """Return, of the triples that became one with a known one, the one that fits best.

        That is the one whose natural form is wanted, or else the one that was found first.
        """
        run = self._run
        if not run.equality:
            return code
        first, standing = self._first_form(code), run.standing(code)
        waiting = [standing] if standing in run.known else []  # equalities are never rewritten
        while waiting:
            here = waiting.pop()
            number, premises = run.known[here]
            if number == REWRITTEN:
                waiting.extend(premises)
            elif self.natural(here) == wanted:
                return here
            waiting.extend(run.merging.aliases.get(here, ()))
        return first

    def _first_form(self, code: Code) -> Code:
        """Return a triple as it was before equal terms took the place of its own."""
        known = self._run.known
        while known[code][0] == REWRITTEN:
            code = known[code][1][0]
        return code

    def _differences(self, found: Code, wanted: Code) -> list[Equal]:
        pairs = zip(found, wanted, strict=True)
        return list(dict.fromkeys((one, other) for one, other in pairs if one != other))

    def _replace(self, form: Form, wanted: Code) -> tuple[Proof | None, list[Key]]:
        """Return a proof of a triple in which terms were replaced by equal ones (eq-rep)."""
        needed: list[Key] = [form, *self._differences(form[1], wanted)]
        missing = [key for key in needed if key not in self._proofs]
        if missing:
            return None, missing
        places = (p for p, a, b in zip("spo", form[1], wanted, strict=True) if a != b)
        below = tuple(self._proofs[key] for key in needed)
        triple = self._run.numbering.decode(wanted)
        return Proof(triple, "sameAs", (), below, f"eq-rep-{'-'.join(places)}"), []

    def _attempt_equal(self, one: int, other: int) -> tuple[Proof | None, list[Key]]:
        run = self._run
        same = run.numbering.number(SAME_AS)
        triple = run.numbering.decode((one, same, other))
        if other in run.twins.get(one, ()):
            return Proof(triple, "Literal", (), (), "dt-eq"), []
        if run.known.get((one, same, other), (0, ()))[0] == -1:
            return Proof(triple, ASSERTED), []
        way = [self._link(pair) for pair in self._forest.way(one, other)]
        missing: list[Key] = [form for form in way if form not in self._proofs]
        if missing:
            return None, missing
        below = tuple(self._proofs[form] for form in way)
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
        natural = ((self.natural(code), code) for code in self._run.merging.joined)
        return {(one, other): code for (one, _, other), code in natural}

    def _link(self, pair: Equal) -> Form:
        """Return the equality that joined two terms, in either direction."""
        links = self._links
        code = links[pair] if pair in links else links[pair[1], pair[0]]
        return code, self.natural(code)
