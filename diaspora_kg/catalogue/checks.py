"""Codes of checks over the whole graph that are no packaged shape."""

from diaspora_kg.catalogue.entries import entry

_LAW = "property: isDatedTo\nsubject: law-5978\nvalue: 2010-03-24\n"
_MEMBER = "- property: memberOf\n  object: prime-ministry-tr\n"

ENTRIES = (
    entry(
        "DKG200",
        "a shape without a code of ours found something",
        """With '--shapes' data is checked against shapes of your own. Their findings have no code
        in this catalogue; the message is the one that the shape gives, or says which shape it
        was.""",
        "command",
        "diaspora-kg validate data.ttl --shapes my-shapes.ttl    # the shape wants a label",
        "diaspora-kg validate data-with-label.ttl --shapes my-shapes.ttl",
    ),
    entry(
        "DKG204",
        "the shapes are not well-formed",
        """A file given with '--shapes' is no SHACL: it holds no shape with a target, or a shape
        contradicts the specification. Nothing was validated, which must not be mistaken for
        'nothing was found'.""",
        "command",
        "diaspora-kg validate data.ttl --shapes data.ttl",
        "diaspora-kg validate data.ttl --shapes my-shapes.ttl",
    ),
    entry(
        "DKG298",
        "a word of shapes that SHACL has not",
        """SHACL passes over properties that it does not know. So 'sh:minCounts' checks nothing,
        and all data seem well. Write the word as the Recommendation has it; words of later
        drafts are not known here.""",
        "command",
        "diaspora-kg validate data.ttl --shapes mincounts.ttl",
        "diaspora-kg validate data.ttl --shapes mincount.ttl",
    ),
    entry(
        "DKG299",
        "a shape was run by pySHACL",
        """Shapes are compiled to SPARQL, which is fast. A shape that uses what goes beyond SHACL
        Core and SHACL-SPARQL, such as a target in SPARQL, is run by pySHACL: its results hold,
        and take longer. This is a remark; nothing has to be mended.""",
        "command",
        "diaspora-kg validate data.ttl --shapes target-in-sparql.ttl",
        "diaspora-kg validate data.ttl --shapes target-by-class.ttl",
    ),
    entry(
        "DKG250",
        "a quote is not in the text of its source",
        """With '--texts' every quote is looked up in the text of its source. White space,
        quotation marks and hyphens at line ends may differ; words may not. Words left out are
        marked by '[…]'. Copy the quote again, or mend the source or the locator.""",
        "claim",
        _LAW + "evidence:\n  source: law5978\n  locator: heading of the law\n"
        "  quote: {en: is established as a public institution under the Prime Ministry}\n",
        _LAW + "evidence:\n  source: law5978\n  locator: heading of the law\n"
        '  quote: {tr: "Kanun No. 5978 Kabul Tarihi: 24/3/2010"}\n',
    ),
    entry(
        "DKG251",
        "a quote is in the text of its source, but not word for word",
        """A passage that is very like the quote was found, and stands in the hint. A slip of
        copying, or a text that was read by machine from a scan, looks like this. This is a
        warning.""",
        "claim",
        _LAW + "evidence:\n  source: law5978\n  locator: heading of the law\n"
        '  quote: {tr: "Kanun No. 5978 Kabul Tarih: 24/3/2010"}\n',
        _LAW + "evidence:\n  source: law5978\n  locator: heading of the law\n"
        '  quote: {tr: "Kanun No. 5978 Kabul Tarihi: 24/3/2010"}\n',
    ),
    entry(
        "DKG252",
        "what was accepted cannot all be true",
        """Statements that were accepted exclude one another under the axioms of the ontology.
        The message names the statements with their places, the axiom in words and the rule of
        OWL 2 RL that found it. Usually one claim is coded wrongly; where the sources disagree,
        'contrary-to' makes a conflict of it, and neither side is taken for a fact.""",
        "claims",
        _MEMBER + "- subject: prime-ministry-tr\n  property: rdf:type\n  object: Person\n",
        _MEMBER + "- subject: prime-ministry-tr\n  property: rdf:type\n  object: StateBody\n",
    ),
    entry(
        "DKG294",
        "a declared type clashes with a claimed one",
        """The 'type:' of an entity identifies it and proves nothing. Here a source is recorded as
        saying that it is of a class that cannot go with the declared one. Either the declaration
        takes a side in what sources dispute, then a wider type such as 'Organization' is better;
        or the claim was coded of the wrong thing. This is a warning.""",
        "claim",
        "subject: prime-ministry-tr\nproperty: rdf:type\nobject: NonGovernmentalOrganization\n",
        "subject: prime-ministry-tr\nproperty: rdf:type\nobject: StateBody\n",
    ),
)
