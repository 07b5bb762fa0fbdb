"""Codes for the words of a case: what they refer to, and what they say together."""

from diaspora_kg.catalogue.entries import entry

_PARENT = "property: administrativeParent\nobject: prime-ministry-tr\n"

ENTRIES = (
    entry(
        "DKG104",
        "a source is not known",
        """A claim cites a source by its key. The key must stand in a bibliography (.bib or
        CSL-JSON) that is read with the case, or under 'sources:' of a case. A bibliography that
        lies beside a case file is read with it.""",
        "claim",
        _PARENT + "evidence:\n  source: yurtnac2021\n  locator: section 2, summary\n"
        "  quote: {en: is established as a public institution under the Prime Ministry}\n",
        _PARENT + "evidence:\n  source: yurtnac2012\n  locator: section 2, summary\n"
        "  quote: {en: is established as a public institution under the Prime Ministry}\n",
    ),
    entry(
        "DKG105",
        "a property is not known",
        """A claim uses a property of the ontology, or one of rdf:type, skos:definition,
        skos:altLabel. 'diaspora-kg terms' lists them. Where none fits what the source says, use
        statesThat with the clause as its value, and put the source's own verb into 'phrase:'.""",
        "claim",
        "property: administrativeParents\nobject: prime-ministry-tr\n",
        _PARENT,
    ),
    entry(
        "DKG106",
        "a class is not known",
        """An entity has a class of the ontology as its type; 'diaspora-kg terms' lists them. A
        notion such as soft power or civil society is a concept, not a class.""",
        "case",
        "id: ytb\ntype: DiasporaInstitute\nlabel: {en: Presidency for Turks Abroad, tr: YTB}\n",
        "id: ytb\ntype: DiasporaInstitution\nlabel: {en: Presidency for Turks Abroad, tr: YTB}\n",
    ),
    entry(
        "DKG107",
        "an entity or a concept is not known",
        """A subject or an object is the id of an entity (of this or another case that is read
        too), a concept such as soft-power, a state by its two letters, a region, a source as
        'source/key', or the label of one of these if it is unambiguous. When the hint names a
        file, that file declares it: read it as well. What is no stable thing is a text: use
        'value: {en: …}' with a property that takes one.""",
        "claim",
        "property: administrativeParent\nobject: prime-ministery-tr\n",
        _PARENT,
    ),
    entry(
        "DKG108",
        "a state is not known",
        """States are written by ISO 3166-1: TR, IN, NO, NA. Text stays text here, so Norway is no
        'false' and Namibia is no missing value. What is no state of that list, such as a people
        or a region, is declared under 'entities:'.""",
        "case",
        "id: ytb\ntype: DiasporaInstitution\nstate: TÜ\n"
        "label: {en: Presidency for Turks Abroad, tr: YTB}\n",
        "id: ytb\ntype: DiasporaInstitution\nstate: TR\n"
        "label: {en: Presidency for Turks Abroad, tr: YTB}\n",
    ),
    entry(
        "DKG112",
        "a chain comes back to where it began",
        """'attributed-to' lists whom the passage cites, nearest first: it goes away from the
        passage, and each work stands in it once. In the same way no source derives from itself
        by 'derived-from'.""",
        "claim",
        _PARENT + "attributed-to: [law5978, yurtnac2012]\n"
        "evidence:\n  source: yurtnac2012\n  locator: section 2, summary\n"
        "  quote: {en: is established as a public institution under the Prime Ministry}\n",
        _PARENT + "attributed-to: [law5978]\n"
        "evidence:\n  source: yurtnac2012\n  locator: section 2, summary\n"
        "  quote: {en: is established as a public institution under the Prime Ministry}\n",
    ),
    entry(
        "DKG114",
        "two cases have one id",
        """The id of a case names it in every address, so it stands once. Two files on the same
        thing are two cases with ids of their own; the second refers to the entity of the first by
        its id.""",
        "files",
        "=== ytb.yaml\nid: ytb\ntype: DiasporaInstitution\n"
        "label: {en: Presidency for Turks Abroad, tr: YTB}\n"
        "=== ytb-law.yaml\nid: ytb\ntype: CaseStudy\nlabel: {en: The law on YTB, tr: YTB kanunu}\n",
        "=== ytb.yaml\nid: ytb\ntype: DiasporaInstitution\n"
        "label: {en: Presidency for Turks Abroad, tr: YTB}\n"
        "=== ytb-law.yaml\nid: ytb-law\ntype: CaseStudy\n"
        "label: {en: The law on YTB, tr: YTB kanunu}\n",
    ),
    entry(
        "DKG115",
        "two claims of a case have one id",
        """The id of a claim is part of its address. A further passage for the same claim is listed
        under its 'evidence:', and another claim has another id, or none: then its address is made
        from what it says and where.""",
        "claims",
        "- id: parent\n  property: administrativeParent\n  object: prime-ministry-tr\n"
        "- id: parent\n  property: homeState\n  object: TR\n",
        "- id: parent\n  property: administrativeParent\n  object: prime-ministry-tr\n"
        "- id: home\n  property: homeState\n  object: TR\n",
    ),
    entry(
        "DKG116",
        "a claim is not known",
        """'restates', 'supports', 'reciprocal-of', 'contrary-to' and adjudications refer to a
        claim by its id, or as 'case-id/claim-id' to one of another case that is read too; its
        address as answers show it ('dkgid:case-id/claim/claim-id') does as well. Only a claim that
        was given an id can be referred to.""",
        "claim",
        "id: parent\n" + _PARENT + "supports: [parents-parent]\n",
        "id: parent\n" + _PARENT,
    ),
    entry(
        "DKG117",
        "this is no date that can be read",
        """Written are years, months and days (2012, 2012-10, 2012-10-05), EDTF (2013~ for about
        2013, 198X for the eighties, 2011/2012, 2004/..), 'c. 2013', and 6.4.2010 with the day
        first. The form as written is kept. A span is written 2016/2021; 2016-21 could be a season,
        and 04/06/2010 April or June. An end before its beginning is no time either.""",
        "claim",
        _PARENT + "valid: {from: 04/06/2010}\n",
        _PARENT + "valid: {from: 2010-04-06}\n",
    ),
    entry(
        "DKG118",
        "this is no number that can be read without doubt",
        """A single point or comma before exactly three digits may mark thousands or decimals,
        depending on who wrote it, so 1.500 is not read. Written are 1500, 1.5, 1,5, 7 000 000,
        28,455,026, 1.250,5 and 1,250.5. How the source writes it is kept in the quote.""",
        "claim",
        _PARENT + "confidence: high\n",
        _PARENT + "confidence: 0.9\n",
    ),
    entry(
        "DKG119",
        "this is no member of a closed list",
        """Polarity, modality, explicitness, stance, bound, tier, access, kind of caveat and the
        like take one of a few values, which the hint names. 'not-stated' may stand in each.""",
        "claim",
        _PARENT + "modality: certain\n",
        _PARENT + "modality: factual\n",
    ),
    entry(
        "DKG120",
        "a name may mean several things",
        """A label was written where an id is expected, and several things bear it. Write one of
        the names that the hint lists.""",
        "claim",
        "property: isRegardedAs\nobject: Prime Ministry\n",
        "property: isRegardedAs\nobject: prime-ministry-tr\n",
    ),
    entry(
        "DKG121",
        "an object stands for a value, or a value for an object",
        """A property relates two things ('object:') or gives a thing a text, number or date
        ('value:'); 'diaspora-kg terms NAME' says which. A claim has one of the two.""",
        "claim",
        "property: administrativeParent\nvalue: {en: Prime Ministry}\n",
        _PARENT,
    ),
    entry(
        "DKG122",
        "a claim repeats another and is merged with it",
        """Two claims without id say the same of the same passage, so they are one. Take one away;
        or, if a table repeats it for a second passage, give both rows the same id. This is a
        warning.""",
        "claims",
        "- property: administrativeParent\n  object: prime-ministry-tr\n"
        "- property: administrativeParent\n  object: prime-ministry-tr\n",
        "- property: administrativeParent\n  object: prime-ministry-tr\n",
    ),
    entry(
        "DKG123",
        "a passage is not known",
        """'evidence: name' refers to a passage that the same case declares under 'passages:', so
        that several claims can rest on it.""",
        "claim",
        _PARENT + "evidence: undr\n",
        _PARENT + "evidence: under\n",
    ),
    entry(
        "DKG124",
        "an entity is declared twice",
        """One thing has one id, and one case declares it; all others refer to it by its id. If two
        different things were meant, give one of them another id.""",
        "files",
        "=== ytb.yaml\nid: ytb\ntype: DiasporaInstitution\n"
        "label: {en: Presidency for Turks Abroad, tr: YTB}\n"
        "=== law.yaml\nid: ytb-law\ntype: CaseStudy\nlabel: {en: The law on YTB, tr: YTB kanunu}\n"
        "entities:\n  ytb: {type: DiasporaInstitution, label: {en: YTB, tr: YTB}}\n",
        "=== ytb.yaml\nid: ytb\ntype: DiasporaInstitution\n"
        "label: {en: Presidency for Turks Abroad, tr: YTB}\n"
        "=== law.yaml\nid: ytb-law\ntype: CaseStudy\nlabel: {en: The law on YTB, tr: YTB kanunu}\n",
    ),
    entry(
        "DKG129",
        "a source is declared twice",
        """A key stands for one work, in one bibliography or one case. If the two entries are the
        same work, keep one; else give one of them another key. Capital letters make no
        difference.""",
        "bibliography",
        "@report{yurtnac2012,\n  title = {Turkey's New Horizon},\n  author = {Yurtnaç, Kemal},\n"
        "  date = {2012-10},\n}\n"
        "@report{Yurtnac2012,\n  title = {Turkey's New Horizon},\n  author = {Yurtnaç, Kemal},\n"
        "  date = {2012},\n}\n",
        "@report{yurtnac2012,\n  title = {Turkey's New Horizon},\n  author = {Yurtnaç, Kemal},\n"
        "  date = {2012-10},\n}\n",
    ),
    entry(
        "DKG131",
        "one claim rests on passages of two holders",
        """A claim is what one holder says. When another author says the same, it is another claim,
        and both count as origins. Only passages of the same authors, or of works that one of them
        published, stand under one claim.""",
        "claim",
        _PARENT + "evidence: [under, adopted]\n",
        _PARENT + "evidence: under\n",
    ),
    entry(
        "DKG134",
        "two claims without id say the same but differ",
        """Without an id, a claim is known by what it says and by its passage. Two that agree in
        these and differ in something else, such as whom they are attributed to, would become one
        and lose something. Give them ids; two codings of one claim stand under 'codings:'.""",
        "claims",
        "- property: administrativeParent\n  object: prime-ministry-tr\n"
        "- property: administrativeParent\n  object: prime-ministry-tr\n  confidence: 0.5\n",
        "- property: administrativeParent\n  object: prime-ministry-tr\n"
        "  codings: [{by: second-coder, on: 2025-02-01, codebook: 0.1.0, confidence: 0.5}]\n",
    ),
)
