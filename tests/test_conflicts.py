"""Which claims cannot both stand, by rule and by what coders saw; and which well can."""

import pytest

from diaspora_kg.conflicts import type_nodes
from diaspora_kg.namespaces import DCTERMS, DKGG, DKGID
from diaspora_kg.terms import TYPE, dkg, dkgc, iri


class TestValues:
    """Figures of one measure and one time."""

    def test_bounds_that_exclude_each_other(self, cases):
        """Two exact figures of one measure and one year that differ are a value conflict."""
        cases.figure("portal", "304000000", "portal", period="2024")
        cases.figure("other", "281000000", "other", period="2024")

        assert cases.found == [("value", {"portal", "other"})]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param(
                ("300000000", "at-least"), ("304000000", "exact"), id="above a lower bound"
            ),
            pytest.param(
                ("310000000", "at-most"), ("304000000", "exact"), id="below an upper bound"
            ),
            pytest.param(("300000000", "about"), ("304000000", "exact"), id="within five per cent"),
            pytest.param(("304000000", "exact"), ("304021813", "exact"), id="rounded and exact"),
            pytest.param(("300000000", "not-stated"), ("304000000", "exact"), id="no bound stated"),
            pytest.param(("300000000", "at-least"), ("281000000", "at-least"), id="lower bounds"),
        ],
    )
    def test_bounds_that_can_both_hold(self, cases, one, other):
        """Figures that one number can satisfy are no conflict."""
        cases.figure("one", one[0], "one", bound=one[1], period="2024")
        cases.figure("other", other[0], "other", bound=other[1], period="2024")

        assert cases.found == []

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            pytest.param(
                ("300000000", "at-least"), ("281000000", "about"), id="below a lower bound"
            ),
            pytest.param(
                ("300000000", "at-most"), ("304000000", "exact"), id="above an upper bound"
            ),
            pytest.param(("160", "exact"), ("161", "exact"), id="small numbers are counted"),
            pytest.param(("7", "exact"), ("6", "exact"), id="ranks"),
            pytest.param(("47.6", "exact"), ("47.7", "exact"), id="decimals"),
        ],
    )
    def test_bounds_that_cannot(self, cases, one, other):
        """Figures that no number can satisfy together are a value conflict."""
        cases.figure("one", one[0], "one", bound=one[1], period="2024")
        cases.figure("other", other[0], "other", bound=other[1], period="2024")

        assert cases.found == [("value", {"one", "other"})]

    def test_one_conflict_for_a_group(self, cases):
        """Three figures of which each excludes the others are one conflict, not three."""
        cases.figure("a", "100", "a", period="2024")
        cases.figure("b", "200", "b", period="2024")
        cases.figure("c", "300", "c", period="2024")

        assert cases.found == [("value", {"a", "b", "c"})]

    def test_series(self, cases):
        """Counts of different stated times are a series and no conflict."""
        cases.figure("in-2011", "80", "old", period="2011")
        cases.figure("in-2016", "97", "new", period="2016-08")

        assert cases.found == []

    def test_month_within_its_year(self, cases):
        """A count of a month and a count of its year are of one time."""
        cases.figure("year", "80", "one", period="2016")
        cases.figure("month", "97", "other", period="2016-08")

        assert cases.found == [("value", {"year", "month"})]

    def test_unstated_times_of_one_year_of_speaking(self, cases):
        """Without stated periods, figures that speak from one year are of one time."""
        cases.figure("one", "80", "one", as_of="2016")
        cases.figure("other", "97", "other", as_of="2016-08-18")

        assert cases.found == [("value", {"one", "other"})]

    def test_unstated_times_of_different_years_of_speaking(self, cases):
        """Without stated periods, figures that speak from different years are a series."""
        cases.figure("one", "80", "one", as_of="2011")
        cases.figure("other", "97", "other", as_of="2016-08-18")

        assert cases.found == []

    def test_unknown_times(self, cases):
        """Undated figures of undated sources oppose nothing: nobody knows their times."""
        cases.figure("one", "80", "one")
        cases.figure("other", "97", "other")

        assert cases.found == []

    def test_within_one_source(self, cases):
        """A source that gives two numbers for one thing contradicts itself."""
        cases.source("paper")
        cases.figure("one", "80", "paper")
        cases.figure("other", "97", "paper")

        assert cases.only.within_source == iri(DKGID + "source/paper")

    def test_forecast(self, cases):
        """A forecast is not contradicted by what was counted later."""
        cases.figure("count", "857", "a", period="2023")
        cases.figure("forecast", "700", "b", period="2023", estimateStatus="dkgc:forecast")
        cases.figure("foretold", "600", "c", period="2023", modality="dkgc:predicted")

        assert cases.found == []

    def test_other_subjects_units_and_wholes(self, cases):
        """Figures of other subjects, in other units or of other wholes are not compared."""
        cases.figure("one", "80", "a", period="2024")
        cases.figure("subject", "97", "b", period="2024", subject="mars")
        cases.figure("unit", "98", "c", period="2024", unit="percent")
        cases.figure("share", "99", "d", period="2024", denominator='"of all migrants"@en')

        assert cases.found == []

    def test_coder_inferred(self, cases):
        """What a coder infers opposes nothing by rule."""
        cases.figure("said", "80", "a", period="2024")
        cases.figure("inferred", "97", "b", period="2024", explicitness="dkgc:coder-inferred")

        assert cases.found == []

    def test_restatement(self, cases):
        """Claims that restate one another do not conflict."""
        cases.figure("one", "80", "a", period="2024")
        cases.figure("other", "97", "a", period="2024", restates="case/claim/one")

        assert cases.found == []

    def test_dates_of_one_founding(self, cases):
        """Two dates of one founding that share no day are a value conflict."""
        date = "^^<http://www.w3.org/2001/XMLSchema#date>"
        cases.claim("march", "ytb", "dkg:foundedOn", f'"2010-03-24"{date}', "law")
        cases.claim("april", "ytb", "dkg:foundedOn", f'"2010-04-06"{date}', "press")

        assert cases.found == [("value", {"march", "april"})]


class TestScopes:
    """Figures that differ because they count other things."""

    def test_scopes_that_differ(self, cases):
        """Figures of two stated scopes whose numbers differ are a scope conflict."""
        cases.figure("world", "840", "a", period="2023", scope="dkgc:world")
        cases.figure("poorer", "656", "b", period="2023", scope="dkgc:poorer-countries")

        assert cases.found == [("scope", {"world", "poorer"})]

    def test_bounds_do_not_matter(self, cases):
        """A lower bound that holds still has its number set against one of another scope."""
        cases.figure("world", "600", "a", bound="at-least", scope="dkgc:world")
        cases.figure("poorer", "656", "b", period="2023", scope="dkgc:poorer-countries")

        assert cases.found == [("scope", {"world", "poorer"})]

    def test_numbers_that_agree(self, cases):
        """Within five per cent the numbers do not differ, whatever they count."""
        cases.figure("world", "100", "a", period="2023", scope="dkgc:world")
        cases.figure("poorer", "104", "b", period="2023", scope="dkgc:poorer-countries")

        assert cases.found == []

    @pytest.mark.parametrize(
        ("name", "one", "other"),
        [
            ("populationCriterion", "dkgc:by-birth", "dkgc:by-citizenship"),
            ("aggregation", "dkgc:each", "dkgc:total"),
            ("flow", "dkgc:stock", "dkgc:flow"),
        ],
    )
    def test_other_differences(self, cases, name, one, other):
        """Population criterion, aggregation, and stock or flow set figures apart as scope does."""
        cases.figure("one", "100", "a", period="2023", **{name: one})
        cases.figure("other", "200", "b", period="2023", **{name: other})

        assert cases.found == [("scope", {"one", "other"})]

    def test_scopes_in_words(self, cases):
        """Scopes in the words of sources are not held against one another."""
        cases.figure("one", "160", "a", scope='"civil societies"@en')
        cases.figure("other", "180", "b", scope='"organizations"@en')

        assert cases.found == []

    def test_stated_times_that_differ(self, cases):
        """Figures of other scopes and other stated times are not set against one another."""
        cases.figure("world", "840", "a", period="2023", scope="dkgc:world")
        cases.figure("poorer", "647", "b", period="2022", scope="dkgc:poorer-countries")

        assert cases.found == []

    def test_unstated_time_is_not_after_the_work_that_is_cited(self, cases):
        """A figure without a period is at the latest of the time of the work that it cites."""
        cases.source("bank2021", issued="2021")
        cases.figure("world", "600", "a", cites="bank2021", scope="dkgc:world")
        cases.figure("poorer", "656", "b", period="2023", scope="dkgc:poorer-countries")

        assert cases.found == []

    def test_figure_without_scope_joins(self, cases):
        """A figure that does not say what it counts joins a conflict that is there already."""
        cases.figure("both", "35", "a", scope="dkgc:world")
        cases.figure("abroad", "18", "b", scope="dkgc:poorer-countries")
        cases.figure("unsaid", "30", "c", scope="dkgc:not-stated")

        assert cases.found == [("scope", {"both", "abroad", "unsaid"})]

    def test_figure_without_scope_makes_none(self, cases):
        """A figure that does not say what it counts makes no scope conflict by itself."""
        cases.figure("world", "35", "a", scope="dkgc:world")
        cases.figure("unsaid", "30", "b", scope="dkgc:not-stated")

        assert cases.found == []

    def test_forecasts_stand_beside_a_figure(self, cases):
        """Forecasts belong to a scope conflict when something said as a fact is in it."""
        forecast = {"modality": "dkgc:predicted", "period": "2023"}
        cases.figure("world", "840", "a", scope="dkgc:world", **forecast)
        cases.figure("poorer", "656", "b", scope="dkgc:poorer-countries", **forecast)
        alone = cases.found
        cases.figure("fact", "600", "c", bound="at-least", scope="dkgc:world")

        assert alone == []
        assert cases.found == [("scope", {"world", "poorer", "fact"})]


class TestClasses:
    """Classes that one thing cannot be of at once."""

    def test_conflicting_classes(self, cases):
        """Two sources that give one thing conflicting classes are in a classification conflict."""
        cases.entity("corps", "dkg:Organization")
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")
        cases.claim("body", "corps", "rdf:type", "dkg:StateBody", "registry")

        assert cases.found == [("classification", {"ngo", "body"})]

    def test_class_that_follows(self, cases):
        """A class that follows from what a source says stands like one that it gives."""
        cases.entity("government", "dkg:StateBody")
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")
        cases.claim("parent", "corps", "dkg:parent", "government", "registry")

        assert cases.found == [("classification", {"ngo", "parent"})]

    def test_one_conflict_for_a_thing(self, cases):
        """All sources on one side and on the other make one conflict of a thing."""
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")
        cases.claim("body", "corps", "rdf:type", "dkg:StateBody", "registry")
        cases.claim("agency", "corps", "rdf:type", "dkg:StateActor", "order")

        assert cases.found == [("classification", {"ngo", "body", "agency"})]

    def test_class_that_follows_beside_one_that_is_given(self, cases):
        """What a class follows from is in the conflict also where its source gives the class."""
        cases.entity("government", "dkg:StateBody")
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")
        cases.claim("body", "corps", "rdf:type", "dkg:StateBody", "registry")
        cases.claim("parent", "corps", "dkg:parent", "government", "registry")

        assert cases.found == [("classification", {"ngo", "body", "parent"})]

    def test_class_that_follows_from_two_sources(self, cases):
        """A class may follow from two sources; only what is said of the thing itself is opposed."""
        cases.entity("unit")
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")
        cases.claim("parent", "corps", "dkg:parent", "unit", "registry")
        cases.claim("unit-body", "unit", "rdf:type", "dkg:StateBody", "press")

        assert cases.found == [("classification", {"ngo", "parent"})]

    def test_class_that_follows_over_two_steps(self, cases):
        """A class that follows from a class that follows stands like one that is given."""
        cases.entity("government", "dkg:StateBody")
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")
        cases.claim("parent", "corps", "dkg:parent", "unit", "registry")
        cases.claim("unit-parent", "unit", "dkg:parent", "government", "registry")

        assert cases.found == [("classification", {"ngo", "parent"})]

    def test_declared_classes(self, cases):
        """A class that only the coder declared opposes nothing."""
        cases.entity("corps", "dkg:StateBody")
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")

        assert cases.found == []

    def test_different_times(self, cases):
        """Classes that are said to hold at different times do not conflict."""
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo", until="1970")
        cases.claim("body", "corps", "rdf:type", "dkg:StateBody", "registry", since="1981")

        assert cases.found == []

    @pytest.mark.parametrize("modality", ["possible", "predicted", "recommended", "announced"])
    def test_what_is_not_said_as_a_fact(self, cases, modality):
        """What is possible, predicted, recommended or announced opposes nothing by rule."""
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")
        cases.claim(
            "body", "corps", "rdf:type", "dkg:StateBody", "order", modality=f"dkgc:{modality}"
        )

        assert cases.found == []


class TestLifetimes:
    """Things spoken of at a time when they were not."""

    def _ended(self, cases, **more):
        cases.claim(
            "ended",
            "moia",
            "dkg:dissolvedOn",
            '"2016-01-07"^^<http://www.w3.org/2001/XMLSchema#date>',
            "hindu",
            **more,
        )

    def test_spoken_of_after_its_end(self, cases):
        """A source that speaks of a thing as existing after another has it ended conflicts."""
        self._ended(cases)
        cases.claim("works", "moia", "dkg:promotes", "dkgc:culture", "paper", as_of="2025")

        assert cases.found == [("validity", {"ended", "works"})]

    def test_end_by_an_event(self, cases):
        """An undated merger is past at the latest when it is told of."""
        cases.claim("merged", "moia", "dkg:mergedInto", "mea", "hindu", as_of="2016-01-07")
        cases.claim("works", "moia", "dkg:promotes", "dkgc:culture", "paper", as_of="2025")

        assert cases.found == [("validity", {"merged", "works"})]

    def test_spoken_of_before_its_founding(self, cases):
        """A source that speaks of a thing as existing before another has it founded conflicts."""
        cases.claim("founded", "ytb", "dkg:foundedOn", '"2010"^^<#date>', "law")
        cases.days("case/claim/founded", "valueEarliest", "valueLatest", "2010")
        cases.claim("works", "ytb", "dkg:promotes", "dkgc:culture", "paper", as_of="2004")

        assert cases.found == [("validity", {"founded", "works"})]

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param({"as_of": "2014"}, id="before the end"),
            pytest.param({"as_of": "2016"}, id="in the year of the end"),
            pytest.param({}, id="at an unknown time"),
            pytest.param(
                {"as_of": "2025", "since": "2005", "until": "2015"}, id="of a former time"
            ),
            pytest.param({"as_of": "2025", "explicitness": "dkgc:implied"}, id="only implied"),
            pytest.param({"as_of": "2025", "modality": "dkgc:possible"}, id="as possible"),
        ],
    )
    def test_spoken_of_without_conflict(self, cases, said):
        """Who speaks before the end, or not plainly of a time after it, opposes nothing."""
        self._ended(cases)
        cases.claim("works", "moia", "dkg:promotes", "dkgc:culture", "paper", **said)

        assert cases.found == []

    def test_property_that_presupposes_nothing(self, cases):
        """A property that does not speak of a thing as existing opposes no end."""
        self._ended(cases)
        cases.claim("works", "moia", "dkg:supports", "dkgc:culture", "paper", as_of="2025")

        assert cases.found == []

    def test_source_that_tells_of_the_end(self, cases):
        """A source that itself tells of the end does not speak of the thing as existing."""
        self._ended(cases)
        cases.claim("merged", "moia", "dkg:mergedInto", "mea", "paper", as_of="2025")
        cases.claim("works", "moia", "dkg:promotes", "dkgc:culture", "paper", as_of="2025")

        assert cases.found == []

    def test_choice_of_the_coder_stands(self, cases):
        """Where a coder held a source against the end, the rule adds no claims of that source."""
        self._ended(cases, contrary_to="works", kind="validity")
        cases.claim("works", "moia", "dkg:promotes", "dkgc:culture", "paper", as_of="2025")
        cases.claim("under", "moia", "dkg:parent", "india", "paper", as_of="2025")

        assert cases.found == [("validity", {"ended", "works"})]

    def test_relation_that_ended(self, cases):
        """What one source has ended by a year another cannot have standing after it."""
        cases.claim("until", "ytb", "dkg:supports", "office", "decree", until="2018-07")
        cases.claim("still", "ytb", "dkg:supports", "office", "paper", as_of="2024")

        assert cases.found == [("validity", {"until", "still"})]


class TestDenials:
    """The same affirmed and denied."""

    @pytest.mark.parametrize(
        ("subject", "predicate", "value", "kind"),
        [
            ("corps", "rdf:type", "dkg:Ngo", "classification"),
            ("dkgc:soft-power", "dkg:supports", "dkgc:culture", "definition"),
            ("ytb", "dkg:supports", "office", "value"),
        ],
    )
    def test_kinds(self, cases, subject, predicate, value, kind):
        """A claim and its denial conflict; the kind follows from what they are about."""
        cases.claim("yes", subject, predicate, value, "a")
        cases.claim("no", subject, predicate, value, "b", polarity="dkgc:negated")

        assert cases.found == [(kind, {"yes", "no"})]

    def test_different_times(self, cases):
        """What held until one year may be denied for later years."""
        cases.claim("yes", "ytb", "dkg:supports", "office", "a", until="2015")
        cases.claim(
            "no", "ytb", "dkg:supports", "office", "b", polarity="dkgc:negated", since="2018"
        )

        assert cases.found == []

    def test_view_that_the_holder_disputes(self, cases):
        """A view told in order to dispute it is not affirmed."""
        cases.source("nye")
        cases.claim("told", "ytb", "dkg:supports", "office", "a", cites="nye", stance="disputes")
        cases.claim("no", "ytb", "dkg:supports", "office", "b", polarity="dkgc:negated")

        assert cases.found == []


class TestCoded:
    """What coders held against one another."""

    def test_kind_as_coded(self, cases):
        """A coded opposition is of the kind that the coder gave."""
        cases.claim("one", "dkgc:soft-power", "skos:definition", '"a"@en', "a")
        cases.claim(
            "other",
            "dkgc:soft-power",
            "skos:definition",
            '"b"@en',
            "b",
            contrary_to="one",
            kind="definition",
        )

        assert cases.found == [("definition", {"one", "other"})]

    def test_no_kind_work_that_is_cited(self, cases):
        """Without a kind, a claim against the work that it cites is an attribution conflict."""
        cases.source("iom", author="iom")
        cases.source("paper", author="rustamova")
        cases.figure("paper", "300", "paper", bound="at-least", cites="iom")
        cases.figure("report", "281", "iom", contrary_to="paper")

        assert cases.found == [("attribution", {"paper", "report"})]

    @pytest.mark.parametrize(
        ("one", "other", "kind"),
        [
            (
                ("dkgc:soft-power", "skos:definition"),
                ("dkgc:soft-power", "dkg:supports"),
                "definition",
            ),
            (("corps", "rdf:type"), ("corps", "dkg:parent"), "classification"),
            (("moia", "dkg:mergedInto"), ("moia", "dkg:supports"), "validity"),
            (("dkgc:soft-power", "dkg:supports"), ("moia", "dkg:supports"), "definition"),
            (("moia", "dkg:supports"), ("moia", "dkg:parent"), "value"),
        ],
    )
    def test_no_kind_by_what_is_said(self, cases, one, other, kind):
        """Without a kind, the kind follows from the properties and the subjects."""
        cases.claim("one", *one, "x", "a")
        cases.claim("other", *other, "y", "b", contrary_to="one")

        assert cases.found == [(kind, {"one", "other"})]

    def test_no_kind_statements_about_a_source(self, cases):
        """Without a kind, two statements about one source are an attribution conflict."""
        cases.source("brief38")
        cases.claim("listed", "source/brief38", "dkg:hasTitle", '"Remittances Data"', "paper")
        cases.claim(
            "title", "source/brief38", "dkg:hasTitle", '"Resilient"', "copy", contrary_to="listed"
        )

        assert cases.found == [("attribution", {"listed", "title"})]

    def test_no_kind_figures(self, cases):
        """Without a kind, figures are in a value conflict when they measure the same."""
        cases.figure("a", "100", "a", scope="dkgc:world")
        cases.figure("b", "200", "b", scope="dkgc:world", contrary_to="a")
        same = cases.found
        cases.figure("c", "300", "c", subject="moon", scope="dkgc:world")
        cases.figure("d", "400", "d", subject="moon", contrary_to="c")

        assert same == [("value", {"a", "b"})]
        assert ("scope", {"c", "d"}) in cases.found

    def test_no_rule_adds_to_a_coded_pair(self, cases):
        """A pair that a coder has judged is in one conflict, of the coded kind alone."""
        cases.figure("a", "100", "a", period="2024")
        cases.figure("b", "200", "b", period="2024", contrary_to="a", kind="attribution")

        assert cases.found == [("attribution", {"a", "b"})]

    def test_claim_that_is_not_there(self, cases):
        """An opposition to a claim that is not in the graph is passed over."""
        cases.claim("one", "moia", "dkg:supports", "x", "a", contrary_to="nowhere")

        assert cases.found == []


class TestAdjudication:
    """Decisions, and what they close."""

    def _two(self, cases):
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")
        cases.claim("body", "corps", "rdf:type", "dkg:StateBody", "registry")

    def test_open(self, cases):
        """Without a decision a conflict is open."""
        self._two(cases)

        assert cases.only.status == "open"

    def test_one_side(self, cases):
        """Who upholds one claim rejects what stands against it, and closes the conflict."""
        self._two(cases)
        cases.adjudication("ruling", "ngo", "body", outcome="one-side", upholds="body")

        conflict = cases.only

        assert conflict.status == "decided"
        assert conflict.upheld == {iri(DKGID + "case/claim/body")}
        assert conflict.rejected == {iri(DKGID + "case/claim/ngo")}

    def test_rejection_settles_all_that_hung_on_it(self, cases):
        """When the claim that all others stand against is rejected, the conflict is decided."""
        self._two(cases)
        cases.claim("agency", "corps", "rdf:type", "dkg:StateActor", "order")
        cases.adjudication("ruling", "ngo", "body", outcome="one-side", rejects="ngo")

        assert cases.only.status == "decided"

    def test_decision_on_a_part(self, cases):
        """A decision that leaves two claims against one another leaves the conflict open."""
        for name, number in (("a", "100"), ("b", "200"), ("c", "300")):
            cases.figure(name, number, name, period="2024")
        cases.adjudication("ruling", "a", "b", outcome="one-side", rejects="a")

        assert cases.only.status == "open"

    def test_both_within_their_scope(self, cases):
        """A decision that both hold in their scope closes the conflict and rejects nothing."""
        cases.figure("world", "840", "a", period="2023", scope="dkgc:world")
        cases.figure("poorer", "656", "b", period="2023", scope="dkgc:poorer-countries")
        cases.adjudication("ruling", "world", "poorer", outcome="both-within-scope")

        assert (cases.only.status, cases.only.rejected) == ("decided", frozenset())

    def test_undecidable(self, cases):
        """A decision that nothing decides closes the conflict and names the claims."""
        self._two(cases)
        cases.adjudication("ruling", "ngo", "body", outcome="undecidable")

        assert cases.only.status == "decided"
        assert len(cases.only.undecidable) == 2

    def test_definitions_have_no_loser(self, cases):
        """Between definitions a decision rejects nothing."""
        cases.claim("one", "dkgc:soft-power", "skos:definition", '"a"@en', "a")
        cases.claim("other", "dkgc:soft-power", "skos:definition", '"b"@en', "b", contrary_to="one")
        cases.adjudication("ruling", "one", "other", outcome="one-side", rejects="one")

        assert (cases.only.status, cases.only.rejected) == ("decided", frozenset())

    def test_adjudications_that_disagree(self, cases):
        """Where one decision upholds what another rejects, the conflict stays open."""
        self._two(cases)
        cases.adjudication("ruling", "ngo", "body", outcome="one-side", upholds="body")
        cases.adjudication("appeal", "ngo", "body", outcome="one-side", upholds="ngo")

        assert cases.only.status == "open"


class TestRecord:
    """How a conflict stands in the graph."""

    def _conflict(self, cases):
        cases.source("paper", issued="2025")
        cases.source("report", issued="2024")
        cases.entity("earth", label="Earth")
        cases.figure("said", "300", "paper", bound="at-least", cites="report")
        cases.figure("real", "281", "report", bound="about", contrary_to="said")
        return cases.conflicts

    def test_quads(self, cases):
        """A conflict has its kind, its status and its claims, in the graph of conflicts."""
        quads = self._conflict(cases).quads

        said = {(predicate, value) for _, predicate, value, _ in quads}
        assert {quad[3] for quad in quads} == {iri(DKGG + "conflicts")}
        assert (TYPE, dkg("Conflict")) in said
        assert (dkg("conflictKind"), dkgc("attribution-conflict")) in said
        assert (dkg("status"), dkgc("open")) in said
        assert (dkg("between"), iri(DKGID + "case/claim/said")) in said
        assert (dkg("between"), iri(DKGID + "case/claim/real")) in said

    def test_description(self, cases):
        """A conflict says in words who gives what, and after whom."""
        (conflict,) = self._conflict(cases).conflicts

        assert conflict.description == (
            "Paper, citing Report, gives at least 300 (no period stated); "
            "Report gives about 281 (no period stated)."
        )

    def test_description_of_what_a_rule_found(self, cases):
        """A conflict that no coder explained says what is wrong with the two."""
        cases.entity("corps", label="Peace Corps")
        cases.source("diplo")
        cases.source("registry")
        cases.claim("ngo", "corps", "rdf:type", "dkg:Ngo", "diplo")
        cases.claim("body", "corps", "rdf:type", "dkg:StateBody", "registry")

        assert cases.only.label == "Classification conflict: Peace Corps"
        assert cases.only.description == (
            "Diplo: Peace Corps is an NGO; Registry: Peace Corps is a state body. "
            "One thing cannot rightly be both."
        )

    def test_adjudication_is_linked(self, cases):
        """A decision is linked to the conflict that it decides."""
        self._conflict(cases)
        cases.adjudication("ruling", "said", "real", outcome="one-side", upholds="real")

        conflict = cases.only
        quad = (iri(DKGID + "ruling"), dkg("decides"), conflict.iri, iri(DKGG + "conflicts"))
        assert quad in cases.conflicts.quads

    def test_iri_follows_from_kind_and_claims(self, cases):
        """The IRI of a conflict depends on its kind and claims alone."""
        first = self._conflict(cases).conflicts[0].iri
        cases.claim("more", "ytb", "dkg:supports", "x", "paper")

        assert cases.only.iri == first
        assert first.startswith("<https://w3id.org/diaspora-kg/id/conflict/")

    def test_order_of_quads_does_not_matter(self, cases):
        """The same quads in another order give the same conflicts."""
        expected = self._conflict(cases)
        cases.quads.reverse()

        assert cases.conflicts == expected

    def test_no_description_names_an_author_for_nothing(self, cases):
        """The title of a source is no part of a description; its label is."""
        conflict = self._conflict(cases).conflicts[0]

        assert DCTERMS not in conflict.description


class TestTypes:
    """Superclasses of what was coded."""

    def test_every_node_gets_its_superclasses(self, cases):
        """A node of a class is typed with the classes above it, in the graph of inferences."""
        cases.entity("corps", "dkg:StateBody")

        found = type_nodes(cases.quads, cases.ontology)

        corps = iri(DKGID + "corps")
        graph = iri(DKGG + "inferred")
        above = ("Actor", "Organization", "StateActor")
        assert found == [(corps, TYPE, dkg(name), graph) for name in above]

    def test_stated_types_are_not_repeated(self, cases):
        """A superclass that is stated already is not inferred again."""
        cases.entity("corps", "dkg:StateBody", "dkg:Organization", "dkg:StateActor", "dkg:Actor")

        assert type_nodes(cases.quads, cases.ontology) == []
