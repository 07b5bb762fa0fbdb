"""What cannot all be true: findings that name the rule, the statements and their lines."""

from collections.abc import Callable
from pathlib import Path

import pytest

from diaspora_kg.assembly import build, validate
from diaspora_kg.errors import Finding, FindingsError, Location, Severity
from diaspora_kg.evidence.leaves import Leaves
from diaspora_kg.inconsistencies import describe
from diaspora_kg.inference.closure import closure
from diaspora_kg.namespaces import DKGG
from diaspora_kg.reading.ontology import parse_turtle
from diaspora_kg.terms import iri

HEAD = """\
id: society
type: Organization
label: {en: Society, tr: Dernek}
coding: {by: a-coder, on: 2025-01-15, codebook: 0.1.0}
defaults: {confidence: 0.9}
sources:
  s: {type: report, title: {en: T}, publisher: P, date: 2012, tier: official, access: full-text}
entities:
  ann: {type: Person, label: {en: Ann Example, tr: Ann}}
  union: {type: Organization, label: {en: Union, tr: Birlik}}
passages:
  p: {source: s, locator: p. 1, quote: {en: words}}
claims:
"""
IN_UNION = "  - {id: in, property: memberOf, object: union, evidence: p}\n"
PERSON = "  - {id: person, subject: union, property: rdf:type, object: Person, evidence: p}\n"

Check = Callable[[str], list[Finding]]


@pytest.fixture
def clashes(tmp_path: Path) -> Check:
    """Return what checks a case with some claims and gives its clashes."""

    def check(claims: str) -> list[Finding]:
        (tmp_path / "society.yaml").write_text(HEAD + claims, "utf-8")
        report = validate([tmp_path / "society.yaml"])
        return [finding for finding in report.findings if finding.code == "DKG252"]

    return check


class TestClaims:
    """Clashes among what was accepted."""

    def test_the_rule_and_both_claims_are_named(self, clashes: Check, tmp_path: Path) -> None:
        """Two claims clash under an axiom: it stands at the first, and names the second."""
        found = clashes(IN_UNION + PERSON)

        file = str(tmp_path / "society.yaml")
        message = (
            f"“Society member of Union” cannot be true beside “Union is a person” ({file}:15:5): "
            "nothing is both a person and an organization (cax-dw)"
        )
        first = next(finding for finding in found if finding.message == message)
        assert (first.severity, first.location) == (Severity.VIOLATION, Location(file, 14, 5))
        assert first.hint.startswith(
            "It follows because whatever stands after “member of” is an organization. "
        )
        assert first.focus.endswith("/society/claim/in")
        assert [claim.rpartition("/")[2] for claim in first.related] == ["person"]

    def test_what_cannot_be_alone(self, clashes: Check) -> None:
        """A single claim may be impossible by itself."""
        (found,) = clashes("  - {subject: union, property: memberOf, object: union, evidence: p}\n")

        assert found.message == (
            "“Union member of Union” cannot be true: "
            "“member of” never holds of a thing and itself (prp-irp)"
        )

    def test_what_is_possible(self, clashes: Check) -> None:
        """Claims that can stand together are no clash."""
        assert clashes(IN_UNION) == []

    def test_a_declared_type_is_no_premise(self, clashes: Check) -> None:
        """What a coder declares a thing to be identifies it, and clashes with nothing here."""
        in_person = "  - {id: of-ann, property: memberOf, object: ann, evidence: p}\n"

        assert clashes(in_person) == []

    def test_what_is_contested_is_no_clash(self, clashes: Check) -> None:
        """Claims held against one another are in a conflict, and neither is taken for a fact."""
        against = PERSON.replace("evidence: p", "contrary-to: in, evidence: p")

        assert clashes(IN_UNION + against) == []

    def test_a_build_with_a_clash_writes_nothing(self, tmp_path: Path) -> None:
        """A clash is a violation: the build fails and leaves no graph."""
        (tmp_path / "society.yaml").write_text(HEAD + IN_UNION + PERSON, "utf-8")

        with pytest.raises(FindingsError) as error:
            build([tmp_path / "society.yaml"], tmp_path / "kg")

        assert "DKG252" in {finding.code for finding in error.value.findings}
        assert not (tmp_path / "kg").exists()


class TestDescription:
    """Clashes of any graph in words."""

    def _described(self, axioms: str, facts: str) -> list[Finding]:
        head = (
            "@prefix : <http://example.org/> . @prefix owl: <http://www.w3.org/2002/07/owl#> . "
            "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . "
        )
        stated, given = list(parse_turtle(head + axioms)), list(parse_turtle(head + facts))
        found = closure(given, stated).inconsistencies
        quads = [(*t, iri(DKGG + "ontology")) for t in stated] + [
            (*t, iri("http://example.org/file")) for t in given
        ]
        lines = {f"<http://example.org/{name}>": Location("f.ttl", n, 1)
                 for n, name in enumerate("abcx", start=1)}  # fmt: skip
        return describe(found, Leaves(quads, lines))

    def test_the_shortest_way_is_told(self) -> None:
        """Of several axioms that exclude the same statements, the nearest one is told."""
        (found,) = self._described(
            ":A owl:disjointWith :B . :C owl:disjointWith :B . :A rdfs:subClassOf :C .",
            ":x a :A , :B .",
        )

        assert found.message.endswith(
            ": nothing is both a http://example.org/A and a http://example.org/B (cax-dw)"
        )

    @pytest.mark.parametrize(
        ("axioms", "facts", "rule"),
        [
            (":p a owl:AsymmetricProperty .", ":a :p :b . :b :p :a .", "prp-asyp"),
            (":p owl:propertyDisjointWith :q .", ":a :p :b ; :q :b .", "prp-pdw"),
            (":a owl:differentFrom :b .", ":a owl:sameAs :b .", "eq-diff1"),
            ("[] a owl:AllDifferent ; owl:distinctMembers ( :a :b ) .", ":a owl:sameAs :b .",
             "eq-diff3"),
            ("[] a owl:NegativePropertyAssertion ; owl:sourceIndividual :a ; "
             "owl:assertionProperty :p ; owl:targetIndividual :b .", ":a :p :b .", "prp-npa1"),
            (":A rdfs:subClassOf owl:Nothing .", ":a a :A .", "cls-nothing2"),
        ],
    )  # fmt: skip
    def test_every_clash_names_its_rule(self, axioms: str, facts: str, rule: str) -> None:
        """Whatever rule finds a clash, it is named behind a sentence that says why."""
        (found,) = self._described(axioms, facts)

        assert found.message.endswith(f" ({rule})")
        assert "they clash" not in found.message
        assert found.location == Location("f.ttl", 1, 1)
