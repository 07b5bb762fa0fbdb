"""A tree to a case: what a scholar may leave out, repeat and nest."""

from diaspora_kg.errors import Finding
from diaspora_kg.model import Case, Claim
from diaspora_kg.reading.cases import case_from_tree
from diaspora_kg.reading.yaml_files import read_tree


def look(text: str) -> tuple[Case | None, tuple[Finding, ...]]:
    """Return the case of a text, and what is wrong with its form."""
    return case_from_tree(read_tree(text, "x.yaml"))


def read(text: str) -> Case:
    """Return the case of a text in which nothing is wrong."""
    case, findings = look(text)
    assert findings == ()
    assert case is not None
    return case


def claim(fields: str, head: str = "") -> Claim:
    """Return the one claim of a case."""
    (found,) = read(f"id: x\n{head}claims:\n  - {{property: memberOf, {fields}}}\n").claims
    return found


class TestDefaults:
    """What is said once for all claims."""

    def test_defaults_fill_what_a_claim_leaves_out(self) -> None:
        """Source, confidence, holder and stance may be said once."""
        found = claim(
            "evidence: {locator: p. 1}",
            "defaults: {source: s1, confidence: 0.9, holder: nye, stance: reports, as-of: 2012}\n",
        )

        assert found.evidence[0].source == "s1"
        assert found.coding[0].confidence == "0.9"
        assert (found.holder, found.stance, found.as_of) == ("nye", "reports", "2012")

    def test_a_claim_has_the_last_word(self) -> None:
        """What a claim says itself counts."""
        found = claim(
            "confidence: 0.5, evidence: {source: s2}", "defaults: {source: s1, confidence: 0.9}\n"
        )

        assert found.evidence[0].source == "s2"
        assert found.coding[0].confidence == "0.5"


class TestAttributions:
    """'A says B says C', nearest first."""

    def test_a_chain(self) -> None:
        """Each link is one step further away."""
        found = claim("attributed-to: [kulkova2021, {agent: nye, stance: reports}]")

        assert [(link.position, link.name, link.agent) for link in found.attributed_to] == [
            (1, "kulkova2021", None),
            (2, None, "nye"),
        ]

    def test_works_cited_together(self) -> None:
        """A list inside the list holds works at the same distance."""
        found = claim("attributed-to: [[cohen1997, safran1991], nye]")

        assert [(link.position, link.name) for link in found.attributed_to] == [
            (1, "cohen1997"),
            (1, "safran1991"),
            (2, "nye"),
        ]

    def test_one_link_alone(self) -> None:
        """A chain of one needs no list."""
        assert [link.name for link in claim("attributed-to: nye").attributed_to] == ["nye"]


class TestEvidence:
    """Passages, named or written out."""

    def test_names_and_passages_may_be_mixed(self) -> None:
        """A list may name passages and write others out."""
        found = claim("evidence: [one, {source: s, locator: p. 1}, two]")

        assert found.passages == ("one", "two")
        assert [passage.source for passage in found.evidence] == ["s"]

    def test_a_quote_in_several_languages(self) -> None:
        """A quote is a text for each language, in lower-case codes."""
        (passage,) = claim("evidence: {source: s, quote: {tr: bir, zh-Hant: 二}}").evidence

        assert [(q.language, str(q.text)) for q in passage.quote] == [
            ("tr", "bir"),
            ("zh-hant", "二"),
        ]

    def test_every_text_knows_its_place(self) -> None:
        """A word that will turn out wrong later can be pointed at."""
        found = claim("object: ytb")

        assert found.object is not None
        assert (found.object.at.file, found.object.at.line) == ("x.yaml", 3)


class TestEntities:
    """Things that a case declares."""

    def test_candidates(self) -> None:
        """No candidates means unambiguous; an empty list means that none is known."""
        case = read(
            "id: x\nentities:\n  a: {label: {en: A}}\n  b: {candidates: []}\n"
            "  c: {candidates: [KR, KP]}\n"
        )

        assert [entity.candidates for entity in case.entities] == [None, (), ("KR", "KP")]

    def test_several_codings(self) -> None:
        """A claim keeps the coding of each coder."""
        found = claim("confidence: 0.9, codings: [{by: second, confidence: 0.4, round: 2}]")

        assert [(note.by, note.confidence) for note in found.coding] == [
            (None, "0.9"),
            ("second", "0.4"),
        ]


def test_all_mistakes_of_form_at_once() -> None:
    """Every mistake of a case is found, and the case is read as far as it goes."""
    case, findings = look(
        "id: x\nlabl: {en: A}\nlabel: A\nsources: []\n"
        "claims:\n  - {propert: a}\n  - {property: memberOf, valid: 3}\n"
    )

    assert case is not None
    assert [finding.code for finding in findings] == [
        "DKG103",
        "DKG109",
        "DKG111",
        "DKG103",
        "DKG110",
        "DKG111",
    ]
