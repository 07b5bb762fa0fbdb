"""How many independent origins some claims have."""

from diaspora_kg.independence import count_origins


class TestOrigins:
    """Claims that say the same, from one origin or from several."""

    def _said_in(self, cases, *sources, **more):
        return [
            cases.claim(f"by-{key}", "ytb", "dkg:supports", "diaspora", key, **more)
            for key in sources
        ]

    def test_two_works_of_different_people(self, cases):
        """Two works of different authors and publishers are two origins."""
        cases.source("hindu", publisher="hindu")
        cases.source("gamlen", author="gamlen", publisher="globalcit")

        claims = self._said_in(cases, "hindu", "gamlen")

        assert count_origins(claims, cases.corpus()) == 2

    def test_one_source_twice(self, cases):
        """Two passages of one source are one origin."""
        cases.source("hindu", publisher="hindu")
        one = cases.claim("one", "ytb", "dkg:supports", "x", "hindu")
        other = cases.claim("other", "ytb", "dkg:supports", "x", "hindu")

        assert count_origins([one, other], cases.corpus()) == 1

    def test_same_author(self, cases):
        """Two works of one author are one origin."""
        cases.source("nye1990", author="nye", publisher="basic")
        cases.source("nye2004", author="nye", publisher="public-affairs")

        assert count_origins(self._said_in(cases, "nye1990", "nye2004"), cases.corpus()) == 1

    def test_shared_author(self, cases):
        """Works of parties that share a member are one origin."""
        cases.source("one", author="waraa-islam")
        cases.source("other", author="waraa")
        cases.add("party/waraa-islam", "partyMember", "<https://w3id.org/diaspora-kg/id/person/w>")
        cases.add("party/waraa", "partyMember", "<https://w3id.org/diaspora-kg/id/person/w>")

        assert count_origins(self._said_in(cases, "one", "other"), cases.corpus()) == 1

    def test_same_publisher(self, cases):
        """Two works of one publisher are one origin."""
        cases.source("one", author="a", publisher="hindu")
        cases.source("other", author="b", publisher="hindu")

        assert count_origins(self._said_in(cases, "one", "other"), cases.corpus()) == 1

    def test_derived_sources(self, cases):
        """Sources that derive from one another, at any distance, are one origin."""
        cases.source("un", publisher="un")
        cases.source("portal", publisher="iom", derived_from="un")
        cases.source("dawn", publisher="dawn", derived_from="portal")

        assert count_origins(self._said_in(cases, "un", "dawn"), cases.corpus()) == 1

    def test_one_work_at_the_end_of_the_chain(self, cases):
        """Who cites a work adds no origin to the work itself, nor to another who cites it."""
        cases.source("nye", author="nye")
        cases.source("one", author="a", publisher="p")
        cases.source("other", author="b", publisher="q")

        cited = self._said_in(cases, "one", "other", cites="nye")
        itself = self._said_in(cases, "nye")

        assert count_origins([*cited, *itself], cases.corpus()) == 1

    def test_author_who_is_cited_by_name(self, cases):
        """A person cited without a work is the same origin as that person's works."""
        cases.source("nye", author="nye")
        cases.source("one", author="a")

        cited = self._said_in(cases, "one", agent="party/nye")
        itself = self._said_in(cases, "nye")

        assert count_origins([*cited, *itself], cases.corpus()) == 1

    def test_unknown_origin_adds_nothing(self, cases):
        """A source without author and publisher is no second origin beside a known one."""
        cases.source("known", author="a")
        cases.source("page")

        assert count_origins(self._said_in(cases, "known", "page"), cases.corpus()) == 1

    def test_view_of_nobody_named(self, cases):
        """What "is often said" has no known origin, whoever reports it."""
        cases.source("known", author="a")
        cases.source("page", publisher="p")

        reported = self._said_in(cases, "page", agent="party/not-stated", stance="reports")
        known = self._said_in(cases, "known")

        assert count_origins([*reported, *known], cases.corpus()) == 1

    def test_unknown_origins_alone(self, cases):
        """Claims of which no origin is known have one origin, not none and not two."""
        cases.source("page")
        cases.source("blog")

        assert count_origins(self._said_in(cases, "page", "blog"), cases.corpus()) == 1

    def test_no_claims(self, cases):
        """No claim has no origin."""
        assert count_origins([], cases.corpus()) == 0

    def test_link_between_two_makes_one(self, cases):
        """A third claim that shares something with each of two others joins all three."""
        cases.source("one", author="a", publisher="p")
        cases.source("other", author="b", publisher="q")
        cases.source("third", author="a", publisher="q")

        claims = self._said_in(cases, "one", "other", "third")

        assert count_origins(claims[:2], cases.corpus()) == 2
        assert count_origins(claims, cases.corpus()) == 1
