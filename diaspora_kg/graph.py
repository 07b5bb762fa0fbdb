"""A graph that can be asked, wherever it is kept."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from diaspora_kg.confinement.interruption import interruptible
from diaspora_kg.confinement.limits import Limits
from diaspora_kg.errors import DiasporaKGError
from diaspora_kg.labels import Labels
from diaspora_kg.lookup import Lookup, View
from diaspora_kg.outside import AllowedServices, allowed_services, needs_graph_on_disk
from diaspora_kg.quadstore import QuadStore
from diaspora_kg.querying import (
    CONTESTED,
    Question,
    packaged_question,
    question_of_text,
    run,
)
from diaspora_kg.staleness import stale_inputs
from diaspora_kg.store import StoredBuild
from diaspora_kg.table import Table

if TYPE_CHECKING:
    from rdflib import Dataset

    from diaspora_kg.citing import Citation
    from diaspora_kg.confinement.pool import Confinement
    from diaspora_kg.evidence import EvidencedTable, Explanation
    from diaspora_kg.evidence.ledger import Proofs
    from diaspora_kg.search import Found
    from diaspora_kg.services.build import ServiceBuild, ServiceQuestions


class KnowledgeGraph:
    """One finished build, open for questions."""

    def __init__(
        self,
        build: "StoredBuild | ServiceBuild",
        *,
        contested: bool = False,
        limits: Limits | None = None,
    ) -> None:
        """Take a build; with ``contested``, queries see what is disputed as well.

        ``limits`` are those of queries from outside, that is of any SPARQL but the packaged.
        """
        self.source = build
        self.sees_contested = contested
        self.limits = limits or Limits()

    # --- Asking -------------------------------------------------------------------------

    def query(self, name: str, **parameters: str) -> Table:
        """Run a packaged query. A label may stand where a thing is expected.

        Raises ``DiasporaKGError`` for an unknown query or a value that does not fit.
        """
        return self.answer(self.question(name, **parameters))

    def sparql(
        self,
        text: str,
        *,
        allow_services: Iterable[str] | AllowedServices = (),
        **parameters: str,
    ) -> Table:
        """Run any SPARQL query, in a process of its own and within ``self.limits``.

        ``allow_services`` names the hosts that SERVICE may ask; ``Table.asked`` says what came
        from them. Raises ``DiasporaKGError`` when it is malformed or refused, and when it takes
        too long (DKG416) or too much memory (DKG417). Of too many rows the first come
        (``Table.is_cut``).
        """
        return self.answer(self.ask(text, allow_services=allow_services, **parameters))

    def question(self, query: str, **parameters: str) -> Question:
        """Return what would be asked: a packaged query by its name, or any SPARQL.

        Raises ``DiasporaKGError`` for an unknown query or a value that does not fit.
        """
        if "{" in query:
            return self.ask(query, **parameters)
        self._must_be_ours()
        return packaged_question(query, parameters, View(self.store))

    def ask(
        self,
        sparql: str,
        *,
        allow_services: Iterable[str] | AllowedServices = (),
        **parameters: str,
    ) -> Question:
        """Return the question that some SPARQL asks; parameters are those of its header.

        Raises ``DiasporaKGError`` when it is refused, or a value does not fit.
        """
        allowed = allowed_services(allow_services)
        return question_of_text(sparql, parameters, View(self.store), self.answer, allowed)

    def resolved(self, question: Question, limits: Limits | None = None) -> Question:
        """Return a question whose SERVICE parts have been asked: it runs on the local graph.

        A question without SERVICE is returned as it is. Raises ``DiasporaKGError`` (DKG422, DKG423,
        DKG425 …) and ``MissingPartError`` (DKG427, DKG620 …) as docs/federation.md tells.
        """
        if question.allowed is None:
            return question
        if not isinstance(self.source, StoredBuild):
            raise needs_graph_on_disk()
        from diaspora_kg.confinement.pool import Confinement
        from diaspora_kg.federation.resolving import resolve

        assert isinstance(self.confinement, Confinement)
        return resolve(question, self.confinement, limits or self.limits)

    def answer(
        self, question: Question, language: str = "en", limits: Limits | None = None
    ) -> Table:
        """Return the rows that answer a question.

        SPARQL from outside runs within ``self.limits``, and any question within ``limits`` if they
        are given. Raises ``DiasporaKGError`` as ``sparql`` does.
        """
        question = self.resolved(question, limits)
        if limits is not None or question.from_outside:
            left = (limits or self.limits).less(question.seconds)
            return self.confinement.answer(question, left, language)
        return interruptible(lambda: run(question, self.view(question), language))

    def evidence(self, query: str | Question, **parameters: str) -> "EvidencedTable":
        """Return the answer to a query with the claims and passages that each row rests on."""
        question = self.question(query, **parameters) if isinstance(query, str) else query
        question = self.resolved(question)
        return self.evidence_of(question, self.answer(question))

    def evidence_of(
        self,
        question: Question,
        table: Table,
        language: str = "en",
        limits: Limits | None = None,
    ) -> "EvidencedTable":
        """Return a table that answered a question with the evidence of its rows.

        Limits hold as for ``answer``: the time is given a second time.
        """
        if limits is not None or question.from_outside:
            found = self.confinement.evidence(question, table, limits or self.limits, language)
            return found.marked()
        from diaspora_kg.evidence import evidence_of

        view = self.view(question)
        labels = Labels(Lookup(view.store), language)
        return evidence_of(question.sparql, table, view, labels, proofs=self._proofs)

    def why(
        self,
        subject: str,
        predicate: str | None = None,
        object: str | None = None,
        *,
        language: str = "en",
    ) -> "Explanation":
        """Return why something is said, accepted, inferred or disputed.

        Raises ``DiasporaKGError`` when a name means nothing (DKG404) or several things (DKG405).
        """
        from diaspora_kg.evidence import explain

        self._must_be_ours()
        return explain(
            subject,
            predicate,
            object,
            lookup=self.lookup,
            meta=self.meta,
            language=language,
            proofs=self._proofs,
        )

    def find(
        self,
        text: str,
        *,
        kinds: Iterable[str] = (),
        limit: int | None = None,
        language: str = "en",
    ) -> list["Found"]:
        """Return what is called so, defined so or quoted so, the best match first."""
        from diaspora_kg.search import find

        self._must_be_ours()
        return find(text, self.store, kinds=kinds, limit=limit, language=language)

    def cite(self, query: str | Question, *, language: str = "en", **parameters: str) -> "Citation":
        """Return what to cite for the answer to a query."""
        from diaspora_kg.citing import cite

        question = self.question(query, **parameters) if isinstance(query, str) else query
        answer = self.evidence(question)
        return cite(question, answer, self.meta, self.source.name, Lookup(self.store), language)

    # --- What there is ------------------------------------------------------------------

    @property
    def build(self) -> StoredBuild:
        """The build on disk.

        Raises ``DiasporaKGError`` (DKG635) when the graph lies on a service.
        """
        if not isinstance(self.source, StoredBuild):
            raise DiasporaKGError(
                "DKG635",
                "this needs a graph on disk, and the graph lies on a service",
                "Build it here and name the folder with --kg.",
            )
        return self.source

    def _must_be_ours(self) -> None:
        if not isinstance(self.source, StoredBuild):
            self.source.require_graph()

    @cached_property
    def store(self) -> QuadStore:
        """The store that queries see, opened when it is first needed.

        Raises ``DiasporaKGError`` (DKG602, DKG603) when its files are damaged, gone or foreign.
        """
        return self.source.open(contested=self.sees_contested)

    @cached_property
    def lookup(self) -> Lookup:
        """Where to look things up, what is contested included."""
        return Lookup(self.store, None if self.sees_contested else self.contested_store)

    @cached_property
    def contested_store(self) -> ox.Store:
        """What is disputed, and nothing else."""
        if not isinstance(self.source, StoredBuild):
            return self.source.disputed
        store = ox.Store()
        lines = b"".join(_lines_of(self.source.quads_file, CONTESTED))
        store.bulk_load(lines, ox.RdfFormat.N_QUADS)
        return store

    @cached_property
    def _whole_store(self) -> QuadStore:
        return self.store if self.sees_contested else self.source.open(contested=True)

    def view(self, question: Question) -> View:
        """Return what a question sees: what is disputed only when it asks for it."""
        if self.sees_contested or not question.names_contested:
            return View(self.store)
        return View(self._whole_store, frozenset((CONTESTED,)))

    @cached_property
    def _proofs(self) -> "Proofs":
        """Proofs for every question; the premises are the same whatever a question sees."""
        from diaspora_kg.evidence.ledger import Proofs

        return Proofs(self.store)

    @cached_property
    def confinement(self) -> "Confinement | ServiceQuestions":
        """Where queries from outside run: processes that can be stopped, or a service."""
        if not isinstance(self.source, StoredBuild):
            from diaspora_kg.services.build import ServiceQuestions

            return ServiceQuestions(self.source, contested=self.sees_contested)
        from diaspora_kg.confinement.pool import Confinement

        return Confinement(self.source, contested=self.sees_contested)

    def labels(self, language: str = "en") -> Labels:
        """Return the names of things in a language."""
        return Labels(self.lookup, language)

    @property
    def meta(self) -> Mapping[str, Any]:
        """Version, policy, date and counts of the build."""
        return self.source.meta

    @property
    def is_packaged(self) -> bool:
        """Whether this is the graph of the packaged cases."""
        return bool(self.meta.get("packaged"))

    def to_rdflib(self) -> "Dataset":
        """Return the whole graph, contested content included, as an rdflib dataset."""
        from rdflib import Dataset

        dataset = Dataset()
        if isinstance(self.source, StoredBuild):
            data = self.source.quads_file.read_bytes()
        else:
            data = ox.serialize(self.source.quads(), format=ox.RdfFormat.N_QUADS) or b""
        dataset.parse(data=data, format="nquads")
        return dataset

    # --- How old it is ------------------------------------------------------------------

    def stale_inputs(self) -> list[str]:
        """Return the case files that were changed, added or taken away after the build."""
        if not isinstance(self.source, StoredBuild):
            return []
        return stale_inputs(self.source, is_packaged=self.is_packaged)

    def notices(self) -> list[str]:
        """Return what a reader of answers must know of the graph, in sentences."""
        lines = [] if isinstance(self.source, StoredBuild) else self.source.notices()
        if self.is_packaged:
            lines.append(
                "These answers come from the packaged cases: machine-assisted, coded once, "
                "not adjudicated."
            )
        stale = self.stale_inputs()
        if stale:
            more = f" and {len(stale) - 1} more" if len(stale) > 1 else ""
            lines.append(
                f"The graph is older than its case files ({Path(stale[0]).name}{more}): "
                "build it again with 'diaspora-kg build'."
            )
        return lines


def _lines_of(quads: Path, graph: str) -> Iterator[bytes]:
    """Yield the lines of one graph of a file of N-Quads, without reading all of it."""
    end = f" <{graph}> .\n".encode()
    if quads.stat().st_size == 0:
        return  # nothing to map into memory
    with quads.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        found = data.find(end)
        while found >= 0:
            start = data.rfind(b"\n", 0, found) + 1
            yield data[start : found + len(end)]
            found = data.find(end, found + len(end))
