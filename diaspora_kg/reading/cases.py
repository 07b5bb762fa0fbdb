"""A tree to a case. Checks the form: keys, kinds of values, what must be there."""

from diaspora_kg.errors import Finding
from diaspora_kg.model import (
    AdjudicationNote,
    AttributedTo,
    Case,
    CaveatNote,
    Claim,
    CodingNote,
    Contrary,
    Entity,
    Evidence,
    Figure,
    Wordings,
    Written,
)
from diaspora_kg.reading.forms import Form
from diaspora_kg.reading.keys import (
    ADJUDICATION_KEYS,
    CASE_KEYS,
    CLAIM_KEYS,
    CODING_KEYS,
    DEFAULT_KEYS,
    ENTITY_KEYS,
    EVIDENCE_KEYS,
    FIGURE_KEYS,
)
from diaspora_kg.reading.source_entries import read_sources
from diaspora_kg.reading.tree import Mapping, Node, Scalar, Sequence


def case_from_tree(tree: Node) -> tuple[Case | None, tuple[Finding, ...]]:
    """Return the case that a tree holds, and everything that is wrong with its form.

    The case is None when nothing can be made of the tree; otherwise it holds what could be
    read, so that the mistakes of one file are all found at once.
    """
    reader = _CaseReader()
    case = reader.case(tree)
    return case, tuple(reader.form.findings)


class _CaseReader:
    def __init__(self) -> None:
        self.form = Form()
        self.defaults: dict[str, Written] = {}

    def case(self, tree: Node) -> Case | None:
        fields = self.form.fields(tree, "a case", CASE_KEYS)
        if not fields:
            return None
        case_id = self.form.slug(fields.get("id"), "id")
        if case_id is None:
            if "id" not in fields:
                self.form.wrong(
                    "DKG110",
                    "the case has no id",
                    "Write 'id: ytb' at the top; the id names the case in every address.",
                    tree.at,
                )
            return None
        self._read_defaults(fields.get("defaults"))
        return Case(
            id=case_id,
            at=tree.at,
            entity=self._entity(case_id, fields),
            description=self.form.wordings(fields.get("description"), "description"),
            coding=self._coding(fields.get("coding")),
            sources=read_sources(self.form, fields.get("sources")),
            entities=self._entities(fields.get("entities")),
            passages=self._passages(fields.get("passages")),
            claims=self.form.each(fields.get("claims"), "claims", self._claim),
            adjudications=self.form.each(
                fields.get("adjudications"), "adjudications", self._adjudication
            ),
        )

    # --- The case's own fields ---------------------------------------------------------

    def _read_defaults(self, node: Node | None) -> None:
        fields = self.form.fields(node, "defaults", DEFAULT_KEYS)
        for key, value in fields.items():
            text = self.form.text(value, key)
            if text is not None:
                self.defaults[key] = text

    def _coding(self, node: Node | None) -> CodingNote:
        fields = self.form.fields(node, "coding", CODING_KEYS)
        values = {key: self.form.text(value, key) for key, value in fields.items()}
        return CodingNote(**values)

    def _entity(self, entity_id: Written, fields: dict[str, Node]) -> Entity:
        form = self.form
        candidates = fields.get("candidates")
        empty = isinstance(candidates, Sequence) and not candidates.items
        return Entity(
            id=entity_id,
            at=entity_id.at,
            types=form.texts(fields.get("type"), "type"),
            labels=form.wordings(fields.get("label"), "label"),
            alt_labels=form.wordings(fields.get("alt-label"), "alt-label"),
            abbreviation=form.text(fields.get("abbreviation"), "abbreviation"),
            state=form.text(fields.get("state"), "state"),
            note=form.wordings(fields.get("note"), "note"),
            candidates=None
            if candidates is None
            else ()
            if empty
            else form.texts(candidates, "candidates"),
        )

    def _entities(self, node: Node | None) -> tuple[Entity, ...]:
        return tuple(
            self._entity(key, self.form.fields(value, f"entity '{key}'", ENTITY_KEYS))
            for key, value in self.form.named(node, "entities")
        )

    # --- Claims -------------------------------------------------------------------------

    def _claim(self, node: Node) -> Claim | None:
        form = self.form
        fields = form.fields(node, "a claim", CLAIM_KEYS)
        prop = form.text(fields.get("property"), "property")
        if prop is None:
            if isinstance(node, Mapping) and node.get("property") is None:
                form.wrong(
                    "DKG110",
                    "the claim has no property",
                    "Write 'property: …'; 'diaspora-kg terms' lists the properties.",
                    node.at,
                )
            return None

        def text(name: str) -> Written | None:
            return form.text(fields.get(name), name)

        value, value_wording = form.wordings_or_text(fields.get("value"), "value")
        valid = form.fields(fields.get("valid"), "valid", ("from", "until"))
        evidence, passages = self._evidence_list(fields.get("evidence"))
        return Claim(
            at=node.at,
            property=prop,
            id=form.slug(fields.get("id"), "id"),
            subject=text("subject"),
            object=text("object"),
            value=value,
            value_wording=value_wording,
            polarity=text("polarity"),
            modality=text("modality"),
            explicitness=text("explicitness"),
            rationale=form.wordings(fields.get("rationale"), "rationale"),
            hedge=form.texts(fields.get("hedge"), "hedge"),
            frequency=text("frequency"),
            condition=form.wordings(fields.get("condition"), "condition"),
            holder=text("holder") or self.defaults.get("holder"),
            attributed_to=self._attributions(fields.get("attributed-to")),
            stance=text("stance") or self.defaults.get("stance"),
            as_of=text("as-of") or self.defaults.get("as-of"),
            valid_from=form.text(valid.get("from"), "valid.from"),
            valid_until=form.text(valid.get("until"), "valid.until"),
            figure=self._figure(fields),
            phrase=form.wordings(fields.get("phrase"), "phrase"),
            map=text("map"),
            reciprocal_of=text("reciprocal-of"),
            restates=form.texts(fields.get("restates"), "restates"),
            supports=form.texts(fields.get("supports"), "supports"),
            contrary_to=form.each(fields.get("contrary-to"), "contrary-to", self._contrary),
            statement=form.slug(fields.get("statement"), "statement"),
            evidence=evidence,
            passages=passages,
            coding=self._claim_coding(fields),
            caveats=form.each(fields.get("caveat"), "caveat", self._caveat),
        )

    def _claim_coding(self, fields: dict[str, Node]) -> tuple[CodingNote, ...]:
        form = self.form
        own = CodingNote(
            by=form.text(fields.get("coder"), "coder") or self.defaults.get("coder"),
            on=form.text(fields.get("coded-on"), "coded-on"),
            confidence=form.text(fields.get("confidence"), "confidence")
            or self.defaults.get("confidence"),
            round=form.text(fields.get("round"), "round") or self.defaults.get("round"),
            memo=form.text(fields.get("memo"), "memo"),
        )
        return (own, *form.each(fields.get("codings"), "codings", self._coding))

    def _figure(self, fields: dict[str, Node]) -> Figure:
        form = self.form
        texts = {
            key: form.text(fields[key], key)
            for key in FIGURE_KEYS
            if key in fields and key not in ("scope", "denominator")
        }
        scope, scope_wording = form.wordings_or_text(fields.get("scope"), "scope")
        denominator, denominator_wording = form.wordings_or_text(
            fields.get("denominator"), "denominator"
        )
        return Figure(
            scope=scope,
            scope_wording=scope_wording,
            denominator=denominator,
            denominator_wording=denominator_wording,
            **texts,
        )

    def _attributions(self, node: Node | None) -> tuple[AttributedTo, ...]:
        """Read a chain, nearest first; a list inside it holds works that are cited together."""
        if node is None:
            return ()
        links = node.items if isinstance(node, Sequence) else (node,)
        found: list[AttributedTo] = []
        for position, link in enumerate(links, start=1):
            for one in link.items if isinstance(link, Sequence) else (link,):
                attributed = self._attributed(one, position)
                if attributed is not None:
                    found.append(attributed)
        return tuple(found)

    def _attributed(self, node: Node, position: int) -> AttributedTo | None:
        if isinstance(node, Scalar):
            name = self.form.text(node, "attributed-to")
            return None if name is None else AttributedTo(node.at, name=name, position=position)
        fields = self.form.fields(node, "attributed-to", ("source", "agent", "stance"))
        values = {key: self.form.text(value, key) for key, value in fields.items()}
        if values.get("source") is None and values.get("agent") is None:
            self._missing("attributed-to", "source", node)
            return None
        return AttributedTo(node.at, position=position, **values)

    def _contrary(self, node: Node) -> Contrary | None:
        if isinstance(node, Scalar):
            claim = self.form.text(node, "contrary-to")
            return None if claim is None else Contrary(claim)
        fields = self.form.fields(node, "contrary-to", ("claim", "kind", "why"))
        claim = self.form.text(fields.get("claim"), "contrary-to")
        if claim is None:
            self._missing("contrary-to", "claim", node)
            return None
        return Contrary(
            claim,
            self.form.text(fields.get("kind"), "kind"),
            self.form.wordings(fields.get("why"), "why"),
        )

    def _caveat(self, node: Node) -> CaveatNote | None:
        if isinstance(node, Scalar):
            self.form.wrong(
                "DKG111",
                "a caveat needs a kind and a text with its language",
                "Write 'caveat: {kind: wording, text: {en: …}}'.",
                node.at,
            )
            return None
        fields = self.form.fields(node, "caveat", ("kind", "text"))
        if not fields:
            return None
        return CaveatNote(
            node.at,
            self.form.text(fields.get("kind"), "kind"),
            self.form.wordings(fields.get("text"), "text"),
        )

    # --- Evidence -----------------------------------------------------------------------

    def _passages(self, node: Node | None) -> tuple[Evidence, ...]:
        found = []
        for key, value in self.form.named(node, "passages"):
            evidence = self._evidence(value, key)
            if evidence is not None:
                found.append(evidence)
        return tuple(found)

    def _evidence_list(self, node: Node | None) -> tuple[tuple[Evidence, ...], tuple[Written, ...]]:
        if node is None:
            return (), ()
        items = node.items if isinstance(node, Sequence) else (node,)
        evidence, names = [], []
        for item in items:
            if isinstance(item, Scalar):
                name = self.form.text(item, "evidence")
                if name is not None:
                    names.append(name)
            else:
                one = self._evidence(item, None)
                if one is not None:
                    evidence.append(one)
        return tuple(evidence), tuple(names)

    def _evidence(self, node: Node, name: Written | None) -> Evidence | None:
        what = "evidence" if name is None else f"passage '{name}'"
        fields = self.form.fields(node, what, EVIDENCE_KEYS)
        if not fields:
            return None
        form = self.form
        return Evidence(
            at=node.at if name is None else name.at,
            id=name or form.slug(fields.get("id"), "id"),
            source=form.text(fields.get("source"), "source") or self.defaults.get("source"),
            locator=form.text(fields.get("locator"), "locator") or self.defaults.get("locator"),
            quote=form.wordings(fields.get("quote"), "quote"),
            translation=form.wordings(fields.get("translation"), "translation"),
            access=form.text(fields.get("access"), "access") or self.defaults.get("access"),
        )

    # --- Adjudications ------------------------------------------------------------------

    def _adjudication(self, node: Node) -> AdjudicationNote | None:
        fields = self.form.fields(node, "an adjudication", ADJUDICATION_KEYS)
        if not fields:
            return None
        name = self.form.slug(fields.get("id"), "id")
        if name is None:
            self._missing("an adjudication", "id", node)
            return None
        form = self.form
        reason: Wordings = form.wordings(fields.get("reason"), "reason")
        return AdjudicationNote(
            id=name,
            at=node.at,
            between=form.texts(fields.get("between"), "between"),
            upholds=form.texts(fields.get("upholds"), "upholds"),
            rejects=form.texts(fields.get("rejects"), "rejects"),
            outcome=form.text(fields.get("outcome"), "outcome"),
            by=form.text(fields.get("by"), "by"),
            on=form.text(fields.get("on"), "on"),
            reason=reason,
        )

    def _missing(self, what: str, key: str, node: Node) -> None:
        if isinstance(node, Mapping):  # anything else has been noted as such
            self.form.wrong("DKG110", f"{what} has no '{key}'", f"Write '{key}: …'.", node.at)
