"""Figures against the data set that they name: which a measurement contradicts, and which not."""

import pytest

from diaspora_kg.assembly import build
from diaspora_kg.cubes import Cube, as_quads
from diaspora_kg.cubes.model import DataSet, Left, Measurement
from diaspora_kg.exporting.index import Index
from diaspora_kg.exporting.other_tables import conflict_rows
from diaspora_kg.namespaces import DKGG, DKGID, SKOS, XSD
from diaspora_kg.naming import individual
from diaspora_kg.opening import open_kg
from diaspora_kg.reading.ontology import read_ontology
from diaspora_kg.store import read_nquads
from diaspora_kg.terms import dkg, dkgc, iri, text_literal, typed_literal
from tests.conftest import Cases, thing
from tests.incremental.test_beside_cases import CASE, stock

WORLD, TURKEY, GERMANY = (
    individual("region", "001"),
    individual("state", "TR"),
    individual("state", "DE"),
)
LEFT = Measurement(WORLD, "2019", "3493071", TURKEY)
OBSERVATION = individual("dataset", "stock", "observation", "001-TR-2019-international-migrants")


@pytest.fixture
def cases():
    """Return an empty graph under the ontology, with a paper and the work that it cites."""
    found = Cases()
    found.ontology = read_ontology()
    found.source("paper", author="demir")
    found.source("report", author="un-desa")
    found.entity("region/001", label="world")
    found.entity("state/TR", label="Türkiye")
    return found


def measure(
    cases,
    *measurements,
    publisher="UN DESA",
    indicator="international-migrants",
    unit="persons",
    population="",
    flow="stock",
    edition="",
    name="stock",
):
    """Put a data set beside the claims."""
    data_set = DataSet(
        name,
        "Migrant stock",
        publisher,
        "stock.csv",
        "0" * 64,
        indicator,
        unit,
        edition=edition,
        flow=flow,
        population=population,
    )
    cases.quads.extend(as_quads(Cube(data_set, list(measurements), Left())))


def claim(
    cases,
    number="5000000",
    *,
    subject="state/TR",
    indicator="emigrant-stock",
    unit="persons",
    bound="exact",
    period="2019",
    scope="figure-scope/abroad",
    agent="party/un-desa",
    cites="",
    population="",
    edition="",
    aggregation="",
    **more,
):
    """Write a figure that a paper takes from somebody."""
    literal = typed_literal(number, XSD + "decimal")
    given = {"agent": agent, "cites": cites}
    node = cases.claim("figure", subject, "dkg:hasFigure", literal, "paper", **given, **more)
    for name, value in (
        ("indicator", dkgc(f"indicator/{indicator}")),
        ("baseValue", literal),
        ("baseUnit", dkgc(f"unit/{unit}")),
        ("unit", dkgc(f"unit/{unit}")),
        ("bound", dkgc(bound)),
        ("scope", dkgc(scope) if "figure-scope" in scope else thing(scope)),
        ("flow", dkgc("stock")),
        ("populationCriterion", dkgc(population) if population else None),
        ("aggregation", dkgc(aggregation) if aggregation else None),
        ("edition", text_literal(edition) if edition else None),
    ):
        if value is not None:
            cases.add("case/claim/figure", name, value)
    if period:
        cases.add("case/claim/figure", "referencePeriod", text_literal(period))
        cases.days("case/claim/figure", "periodEarliest", "periodLatest", period)
    return node


class TestConflict:
    """What is made where a measurement contradicts a claim."""

    def test_lies_between_claim_and_observation(self, cases):
        """Five million people abroad, ascribed to UN DESA, contradict its three and a half."""
        node = claim(cases)
        measure(cases, LEFT)

        conflict = cases.only

        assert (conflict.kind, conflict.claims, conflict.observations) == (
            "value",
            (node,),
            (OBSERVATION,),
        )
        graph = iri(DKGG + "conflicts")
        written = {o for _, p, o, g in cases.conflicts.quads if p == dkg("between") and g == graph}
        assert written == {node, OBSERVATION}

    def test_says_who_measured_what(self, cases):
        """It names publisher, data set, number, places and year beside what the claim says."""
        claim(cases)
        measure(cases, LEFT)

        assert cases.only.label == "Value conflict with data: emigrant stock, Türkiye"
        assert cases.only.description == (
            "Paper, citing UN DESA, gives 5,000,000 persons (Türkiye, scope: abroad, 2019); UN "
            "DESA, “Migrant stock”, has 3,493,071 persons (world, from Türkiye, 2019), which "
            "5,000,000 exceeds by 43.1 percent. They cannot all be right."
        )

    def test_is_of_no_single_source(self, cases):
        """A source that data contradict does not contradict itself."""
        claim(cases)
        measure(cases, LEFT)

        assert cases.only.within_source is None

    def test_keeps_the_claim_from_being_a_fact(self, cases):
        """While it is open, the claim is not accepted."""
        claim(cases)
        measure(cases, LEFT)

        assert cases.reason("figure") == "open-conflict"

    @pytest.mark.parametrize(
        ("upholds", "rejects", "reason"),
        [
            pytest.param("dataset", "case/claim/figure", "decided-against", id="data stand"),
            pytest.param("case/claim/figure", "", None, id="the claim stands"),
        ],
    )
    def test_is_closed_by_an_adjudication(self, cases, upholds, rejects, reason):
        """An editor weighs the claim against the observation by its name."""
        node = claim(cases)
        measure(cases, LEFT)
        cases.add("ruling", "rdf:type", thing("dkg:Adjudication"))
        cases.add("ruling", "outcome", dkgc("one-side"))
        for side in (node, OBSERVATION):
            cases.add("ruling", "decidesBetween", side)
        cases.add("ruling", "upholds", OBSERVATION if upholds == "dataset" else thing(upholds))
        if rejects:
            cases.add("ruling", "rejects", thing(rejects))

        assert (cases.only.status, cases.reason("figure")) == ("decided", reason)

    def test_stands_apart_for_each_data_set(self, cases):
        """Two editions are two conflicts, so that a new one leaves the name of the other alone."""
        claim(cases)
        measure(cases, LEFT)
        (before,) = cases.conflicts.conflicts
        measure(cases, LEFT, name="stock-2020")

        assert [len(c.observations) for c in cases.conflicts.conflicts] == [1, 1]
        assert before.iri in {c.iri for c in cases.conflicts.conflicts}

    def test_of_who_is_counted(self, cases):
        """Citizens in the claim and people by birth in the data are a matter of scope."""
        claim(cases, population="by-citizenship")
        measure(cases, LEFT, population="by-birth")

        assert cases.only.kind == "scope"


class TestNames:
    """Whom a claim has to name."""

    @pytest.mark.parametrize(
        "named",
        [
            pytest.param({"agent": "party/un-desa"}, id="the publisher"),
            pytest.param({"agent": "", "cites": "report"}, id="a work of the publisher"),
        ],
    )
    def test_the_publisher(self, cases, named):
        """A claim that ascribes its figure to the publisher, or to its work, names its data."""
        claim(cases, **named)
        measure(cases, LEFT)

        assert len(cases.conflicts.conflicts) == 1

    @pytest.mark.parametrize(
        "named",
        [
            pytest.param({"agent": "party/iom"}, id="somebody else"),
            pytest.param({"agent": ""}, id="nobody"),
        ],
    )
    def test_nobody_else(self, cases, named):
        """A figure that is ascribed to somebody else, or to nobody, is not judged by the data."""
        claim(cases, **named)
        measure(cases, LEFT)

        assert cases.found == []

    def test_by_another_identifier(self, cases):
        """A case's own entity is the publisher where an identity link says so."""
        claim(cases, agent="un-desa")
        measure(cases, LEFT)
        link = (thing("un-desa"), iri(SKOS + "exactMatch"), thing("party/un-desa"))
        cases.quads.append((*link, iri(DKGG + "links")))

        assert len(cases.conflicts.conflicts) == 1

    def test_by_an_identifier_that_both_have(self, cases):
        """Two things are one where both are linked to the same record."""
        claim(cases, agent="un-desa")
        measure(cases, LEFT)
        record = iri("http://www.wikidata.org/entity/Q1")
        for word in ("un-desa", "party/un-desa"):
            link = (thing(word), iri(SKOS + "exactMatch"), record)
            cases.quads.append((*link, iri(DKGG + "links")))

        assert len(cases.conflicts.conflicts) == 1

    def test_not_by_a_close_match(self, cases):
        """A close match makes nobody the publisher."""
        claim(cases, agent="un-desa")
        measure(cases, LEFT)
        link = (thing("un-desa"), iri(SKOS + "closeMatch"), thing("party/un-desa"))
        cases.quads.append((*link, iri(DKGG + "links")))

        assert cases.found == []


class TestComparison:
    """What is compared before numbers are."""

    @pytest.mark.parametrize(
        "said",
        [
            pytest.param({"period": "2018"}, id="another year"),
            pytest.param({"period": ""}, id="no time stated"),
            pytest.param({"period": "2010/2019"}, id="a decade"),
            pytest.param({"unit": "households"}, id="another unit"),
            pytest.param({"subject": "state/DE"}, id="another place"),
            pytest.param({"scope": "figure-scope/low-and-middle-income-countries"}, id="scope"),
            pytest.param({"scope": "state/DE"}, id="people in one state"),
            pytest.param({"indicator": "diaspora-size"}, id="another indicator"),
            pytest.param({"aggregation": "each"}, id="each of several"),
            pytest.param({"modality": "dkgc:predicted"}, id="foretold"),
            pytest.param({"polarity": "dkgc:negated"}, id="denied"),
            pytest.param({"stance": "disputes"}, id="told to be disputed"),
            pytest.param({"edition": "2017"}, id="another edition"),
        ],
    )
    def test_what_cannot_be_compared(self, cases, said):
        """What is not measured, not the same or not said of the world makes no conflict."""
        claim(cases, **said)
        measure(cases, LEFT, edition="2019")

        assert cases.found == []

    @pytest.mark.parametrize(
        ("number", "bound"),
        [
            pytest.param("3000000", "at-least", id="above a lower bound"),
            pytest.param("4000000", "at-most", id="below an upper bound"),
            pytest.param("3600000", "about", id="about"),
            pytest.param("3600000", "exact", id="not five per cent off"),
        ],
    )
    def test_bounds_that_hold(self, cases, number, bound):
        """A bound that the measurement fits, and up to five per cent, are no conflict."""
        claim(cases, number, bound=bound)
        measure(cases, LEFT)

        assert cases.found == []

    @pytest.mark.parametrize(
        ("number", "bound"),
        [
            pytest.param("4000000", "at-least", id="below a lower bound"),
            pytest.param("3000000", "at-most", id="above an upper bound"),
        ],
    )
    def test_bounds_that_fail(self, cases, number, bound):
        """A bound that the measurement does not fit is one."""
        claim(cases, number, bound=bound)
        measure(cases, LEFT)

        assert len(cases.conflicts.conflicts) == 1

    def test_people_in_one_state(self, cases):
        """A scope that is a state asks for the pair of the two."""
        claim(cases, "3000000", scope="state/DE")
        measure(cases, LEFT, Measurement(GERMANY, "2019", "1500000", TURKEY))

        assert [c.observations for c in cases.conflicts.conflicts] == [
            (individual("dataset", "stock", "observation", "DE-TR-2019-international-migrants"),)
        ]

    def test_units_that_can_be_converted(self, cases):
        """Dollars are held against millions of dollars; a number to the world is a whole."""
        told = {"subject": "state/TR", "indicator": "remittance-flows", "scope": "state/TR"}
        claim(cases, "900000000", unit="usd", agent="party/world-bank", **told)
        cases.quads = [q for q in cases.quads if q[1] != dkg("flow")]
        paid = Measurement(TURKEY, "2019", "700", WORLD)
        measure(
            cases,
            paid,
            publisher="World Bank",
            indicator="remittance-flows",
            unit="usd-million",
            flow="flow",
        )

        assert cases.only.description == (
            "Paper, citing World Bank, gives 900,000,000 United States dollars (Türkiye, 2019); "
            "World Bank, “Migrant stock”, has 700,000,000 United States dollars (Türkiye, 2019), "
            "which 900,000,000 exceeds by 28.6 percent. They cannot all be right."
        )

    def test_one_unit_and_the_place_on_both_sides(self, cases):
        """Both numbers are told in the unit of the claim, and a scope is told as a scope."""
        said = {"subject": "state/TR", "indicator": "remittance-flows", "period": "2019"}
        claim(
            cases, "500", unit="usd", agent="party/world-bank", scope="figure-scope/world", **said
        )
        cases.quads = [q for q in cases.quads if q[1] != dkg("flow")]
        paid = Measurement(TURKEY, "2019", "0.0007", WORLD)
        shown = {"indicator": "remittance-flows", "unit": "usd-million", "flow": "flow"}
        measure(cases, paid, publisher="World Bank", **shown)

        assert cases.only.description == (
            "Paper, citing World Bank, gives 500 United States dollars (Türkiye, scope: world, "
            "2019); World Bank, “Migrant stock”, has 700 United States dollars (Türkiye, 2019), "
            "which 500 falls short of by 28.6 percent. They cannot all be right."
        )

    def test_nothing_is_a_share_of_nothing(self, cases):
        """Where 0 was measured there is no difference in percent."""
        claim(cases)
        measure(cases, Measurement(WORLD, "2019", "0", TURKEY))

        assert "has 0 persons (world, from Türkiye, 2019). They" in cases.only.description

    @pytest.mark.parametrize("status", ["M", "F"])
    def test_nothing_missing_or_foretold(self, cases, status):
        """A missing number and a forecast of the data set contradict nothing."""
        claim(cases)
        value = "" if status == "M" else "3493071"
        measure(cases, Measurement(WORLD, "2019", value, TURKEY, status=status))

        assert cases.found == []

    def test_no_sum(self, cases):
        """Pairs are not added up here: no publisher has given their sum."""
        claim(cases)
        measure(cases, Measurement(GERMANY, "2019", "1500000", TURKEY))

        assert cases.found == []


@pytest.fixture(scope="module")
def kg(tmp_path_factory):
    """Return the graph of one case and one data set."""
    folder = tmp_path_factory.mktemp("measured")
    (folder / "cases").mkdir()
    (folder / "cases" / "diaspora.yaml").write_text(CASE, "utf-8")
    (folder / "cases" / "stock.nq").write_bytes(stock("3493071"))
    build([folder / "cases"], folder / "kg")
    return open_kg(folder / "kg")


class TestShown:
    """Where a conflict with data shows."""

    def test_in_the_query_of_conflicts(self, kg):
        """The measurement is a side of its own, with its data set and without a passage."""
        table = kg.query("conflicts")

        sides = [(row[3], row[4], row[5], row[7]) for row in table.texts()]
        assert sides == [
            (
                "world, Türkiye: international migrants 3493071 persons (2019)",
                "",
                "stock",
                "dkgid:dataset/stock/observation/001-TR-2019-international-migrants",
            ),
            (
                "Demir: Türkiye: emigrant stock 5 million persons (2019)",
                "five million live abroad",
                "Demir 2021",
                "dkgid:diaspora/claim/emigrants",
            ),
        ]

    def test_in_the_evidence_of_that_query(self, kg):
        """The row of the measurement names the data set beside the claim of the conflict."""
        table = kg.evidence("conflicts")

        assert "the data set stock" in table.evidence[0].named

    def test_in_why(self, kg):
        """Why a claim is not accepted is told with what was measured."""
        explained = kg.why("dkgid:diaspora/claim/emigrants").claim

        (conflict,) = explained.conflicts
        assert conflict.claims == (DKGID + "diaspora/claim/emigrants",)
        assert conflict.observations == (OBSERVATION[1:-1],)

    def test_in_tables(self, kg):
        """The table of conflicts names the observation beside the claim."""
        index = Index(read_nquads(kg.build.quads_file.read_bytes()))

        (row,) = conflict_rows(index)

        assert (row["claims"], row["observations"]) == (
            "diaspora/claim/emigrants",
            "dataset/stock/observation/001-TR-2019-international-migrants",
        )
