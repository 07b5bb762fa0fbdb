"""Codes of reasoning and proofs: a reasoner without an answer, a proof without a picture."""

from diaspora_kg.catalogue.entries import entry

ENTRIES = (
    entry(
        "DKG810",
        "the DL reasoner gave no answer",
        """HermiT ran out of time or of memory, was ended by somebody, or broke. Nothing was
        checked: what was given may or may not be consistent. The message says what happened, the
        hint which option gives it more time or memory.""",
        "command",
        "diaspora-kg reason --dl --timeout 1",
        "diaspora-kg reason --dl --timeout 600 --memory 4000",
    ),
    entry(
        "DKG811",
        "the DL reasoner refuses the statements",
        """HermiT knows the datatypes of OWL 2 and its rules for axioms, and reads nothing else: not
        a range of xsd:duration, nor an asymmetric property that is transitive as well. Nothing was
        checked. Literals of xsd:gYear, gYearMonth and date are left out before and counted.""",
        "command",
        "diaspora-kg reason --dl with-durations.ttl",
        "diaspora-kg reason --dl without-durations.ttl",
    ),
    entry(
        "DKG812",
        "a graph of claims cannot do without the ontology",
        """'--no-ontology' leaves the packaged axioms aside. That is for RDF files that have their
        own; what is claimed in cases means nothing without the properties of the ontology.""",
        "command",
        "diaspora-kg reason my-cases --no-ontology",
        "diaspora-kg reason data.ttl --no-ontology",
    ),
    entry(
        "DKG813",
        "there is nothing to draw",
        """'why -f svg' draws statements: what they rest on, and how they were inferred. Nothing is
        said of what was asked, or nothing that stands on something.""",
        "command",
        "diaspora-kg why ytb 'member of' -f svg -o proof.svg",
        "diaspora-kg why 'Peace Corps' a 'state body' -f svg -o proof.svg",
    ),
)
