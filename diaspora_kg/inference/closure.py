"""Everything that follows from facts and axioms by OWL 2 RL, each with a proof of least depth.

The closure is found in rounds, after the semi-naive evaluation of Datalog (Abiteboul, Hull and
Vianu, *Foundations of Databases*, 1995, chapter 13): a round takes the triples that the last one
found and joins each with all that is known. A triple found in round *n* therefore has no proof
of fewer than *n* steps, and its premises were all found earlier: no proof is circular. Types of
unnamed class expressions cost no step, for no reader sees them; nor does it to put a term in the
place of an equal one.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import product

from diaspora_kg.collector import collector_paused
from diaspora_kg.inference.axiom_graph import AxiomGraph
from diaspora_kg.inference.axioms import Rules, compile_axioms, is_axiom
from diaspora_kg.inference.derivations import Derivations
from diaspora_kg.inference.numbering import Code
from diaspora_kg.inference.proofs import Inconsistency, Proof
from diaspora_kg.inference.reasons import GIVEN
from diaspora_kg.inference.rounds import Rounds
from diaspora_kg.inference.rules import SAME_AS, Rule, is_a
from diaspora_kg.inference.slicing import Slice
from diaspora_kg.inference.table_rules import SCHEMA, schema_of_lists
from diaspora_kg.inference.tautologies import (
    ABOUT_CLASSES,
    BUILT_IN,
    is_reflexive,
    is_tautology,
    tautologies_on,
)
from diaspora_kg.namespaces import OWL, RDFS
from diaspora_kg.terms import Term, Triple

_SUB_CLASS = f"<{RDFS}subClassOf>"
_COMPARED = {f"<{OWL}someValuesFrom>", f"<{OWL}allValuesFrom>"}


def closure(
    facts: Iterable[Triple],
    axioms: Iterable[Triple],
    *,
    schema: bool = False,
    tautologies: bool = False,
) -> "Closure":
    """Return what follows from facts under the axioms of an ontology.

    Facts and axioms are N-Triples terms. With ``schema`` both are one graph, and what follows for
    the ontology itself is inferred too: axioms from axioms, types of unnamed classes. With
    ``tautologies`` so is what holds of everything, such as that a thing is itself. Axioms that no
    rule of OWL 2 RL covers are listed in ``Closure.unsupported``.
    """
    stated = list(axioms)
    if schema:
        return close({*facts, *stated}, tautologies=tautologies)
    rules = compile_axioms(stated, things=tautologies)
    return Reasoner(rules, tautologies=tautologies).closure(facts)


@lru_cache(maxsize=2)
def reasoner_of(axioms: tuple[Triple, ...]) -> "Reasoner":
    """Return the reasoner of an ontology, compiled once for all that is asked of it."""
    return Reasoner(compile_axioms(axioms))


def close(graph: Iterable[Triple], *, tautologies: bool = False) -> "Closure":
    """Return what follows from a graph in which facts and axioms stand together."""
    facts = sorted(dict.fromkeys(graph))  # of what stands in order, the order is kept
    with collector_paused():
        first = compile_axioms(facts, things=tautologies)
        growing = _Growing(first, tautologies)
        run = Rounds(growing.rules, facts, growing.extend)
        run.saturate()
    return Closure(run, first.unsupported, schema=True, tautologies=tautologies)


class Reasoner:
    """The rules of one ontology, ready to be used on any facts."""

    def __init__(
        self,
        rules: Rules,
        *,
        tautologies: bool = False,
        uses: Callable[[Triple], bool] | None = None,
    ) -> None:
        """Take compiled axioms, and which facts they can use; nothing is computed yet."""
        self.rules = rules
        self._tautologies = tautologies
        self._uses = uses

    def towards(self, classes: Collection[Term], *, known: str = "") -> "Reasoner":
        """Return the reasoner that finds the members of some classes, and little else.

        Which things are of these classes, and the proofs of it, are as they would be from all
        rules; ``known`` is as for ``Slice``.
        """
        part = Slice((*self.rules.rules, *self._among_restrictions), classes, known)
        return Reasoner(Rules(part.rules, ()), tautologies=self._tautologies, uses=part.uses)

    def closure(self, facts: Iterable[Triple]) -> "Closure":
        """Return what follows from facts. The same facts in another order give the same result."""
        given = dict.fromkeys(facts if self._uses is None else filter(self._uses, facts))
        with collector_paused():
            run = Rounds((*self.rules.rules, *self._among_restrictions), sorted(given))
            run.saturate()
        return Closure(run, self.rules.unsupported, tautologies=self._tautologies)

    @cached_property
    def _among_restrictions(self) -> tuple[Rule, ...]:
        """The rules by which members of one restriction are members of another.

        All else that axioms say of axioms is said of their members by the axioms themselves.
        """
        axioms = self.rules.axioms
        if sum(predicate in _COMPARED for _, predicate, _ in axioms) < 2:
            return ()
        run = Rounds((*SCHEMA, *schema_of_lists(AxiomGraph(axioms))), list(axioms))
        run.saturate()
        derivations = Derivations(run)
        found = []
        for code, (number, _) in run.known.items():
            if number >= 0 and run.rules[number].name.startswith(("scm-svf", "scm-avf")):
                sub, _, sup = run.numbering.decode(code)
                if sub != sup:
                    used = derivations.prove(code).leaves
                    found.append(is_a("cax-sco", "subClassOf", used, [sub], sup))
        return tuple(found)


class _Growing:
    """The rules of a graph whose axioms may grow while it is closed."""

    def __init__(self, first: Rules, things: bool) -> None:
        self._axioms = list(first.axioms)
        self._things = things
        always = sorted(BUILT_IN if things else ABOUT_CLASSES)
        self.rules: list[Rule] = [*SCHEMA, *self._made(first)]
        self.rules.extend(Rule("always", "tautology", (), (), triple) for triple in always)
        self._known = set(self.rules)

    def extend(self, found: list[Triple]) -> Sequence[Rule]:
        """Return the rules that some axioms add."""
        found = [triple for triple in found if is_axiom(triple) and not is_reflexive(triple)]
        if not found:
            return ()
        self._axioms.extend(found)
        made = self._made(compile_axioms(self._axioms, things=self._things))
        new = [rule for rule in made if rule not in self._known]
        self._known.update(new)
        return new

    def _made(self, compiled: Rules) -> list[Rule]:
        return [*compiled.rules, *schema_of_lists(AxiomGraph(self._axioms))]


class Closure:
    """What follows from some facts: triples, proofs, and what cannot be."""

    def __init__(
        self,
        run: Rounds,
        unsupported: tuple[Triple, ...],
        *,
        schema: bool = False,
        tautologies: bool = False,
    ) -> None:
        """Take a finished run."""
        self._run = run
        self._derivations = Derivations(run)
        self._schema, self._tautologies = schema, tautologies
        self.unsupported = unsupported

    @property
    def run(self) -> Rounds:
        """The computation that found it."""
        return self._run

    @cached_property
    def triples(self) -> list[Triple]:
        """The inferred triples, sorted; those that were given are not among them.

        What is said of a thing is said of all that equal it. Triples with a literal as subject, or
        a predicate without a name, are no RDF and stay inside.
        """
        run = self._run
        found = {run.numbering.decode(code) for code in self._codes() if self._is_shown(code)}
        if self._tautologies:
            given = {
                run.numbering.decode(code) for code, reason in run.known.items() if reason is GIVEN
            }
            return sorted((found | tautologies_on(found | given)) - given)
        return sorted(triple for triple in found if not is_tautology(triple))

    @property
    def equals(self) -> list[tuple[Term, ...]]:
        """The classes of terms that are one, of two and more, sorted."""
        run = self._run
        classes = run.equality.members.values()
        return sorted(tuple(sorted(run.numbering.term(term) for term in each)) for each in classes)

    def __contains__(self, triple: Triple) -> bool:
        """Tell whether a triple was given or follows."""
        return self._find(triple) is not None

    def proof(self, triple: Triple) -> Proof | None:
        """Return a proof of least depth, a single leaf for a given triple, None for neither."""
        found = self._find(triple)
        if found is None:
            return None
        wanted = self._run.numbering.encode(triple)
        if found == wanted and self._is_equality(wanted):
            return self._derivations.prove_equal(wanted[0], wanted[2])
        return self._derivations.prove(found, wanted)

    @property
    def inconsistencies(self) -> tuple[Inconsistency, ...]:
        """What the axioms do not allow together, each broken axiom once for the same triples."""
        found = {}
        for number, premises in self._run.broken:
            rule, step = self._derivations.conflict(number, premises)
            clash = Inconsistency(rule.kind, step.axioms, step.premises, rule.name)
            found[rule.kind, frozenset(proof.triple for proof in clash.premises)] = clash
        return tuple(found.values())

    # --- Reading the run ------------------------------------------------------------------

    def _codes(self) -> Iterator[Code]:
        """Yield what is inferred, with every term that equals another."""
        run = self._run
        if not run.equality and not (run.twins and self._tautologies):
            yield from (code for code, reason in run.known.items() if reason is not GIVEN)
            return
        for code in run.known:
            if code == run.standing(code):
                s, p, o = map(self._forms, code)
                for form in product(s, p, o):
                    if run.known.get(form) is not GIVEN:
                        yield form
        same = run.numbering.number(SAME_AS)
        for members in run.equality.members.values():
            for one, other in product(members, members):
                if run.known.get((one, same, other)) is not GIVEN:
                    yield one, same, other

    def _forms(self, term: int) -> Sequence[int]:
        run = self._run
        if not self._tautologies:
            return run.equality.all_of(term)
        return [
            form for equal in run.equality.all_of(term) for form in run.twins.get(equal, (equal,))
        ]

    def _is_shown(self, code: Code) -> bool:
        run = self._run
        if run.numbering.is_literal(code[0]) or run.numbering.term(code[1]).startswith("_:"):
            return False
        return self._schema or not run.is_unnamed(code)

    def _is_equality(self, code: Code) -> bool:
        run = self._run
        if code[1] != run.numbering.number(SAME_AS) or code[0] == code[2]:
            return False
        return run.equality.of(code[0]) == run.equality.of(code[2])

    def _find(self, triple: Triple) -> Code | None:
        """Return a known triple that is, or equals, the one that is asked for."""
        run = self._run
        code = run.numbering.find(triple)
        if code is None or run.known.get(code) is GIVEN or self._is_equality(code):
            return code
        standing = run.standing(code)
        for form in product(*((run.twins.get(term, (term,))) for term in standing)):
            if form in run.known:
                return form
        return None
