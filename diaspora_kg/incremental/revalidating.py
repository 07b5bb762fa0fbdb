"""What the shapes find after a change: only nodes that the change can matter to are looked at."""

from collections.abc import Collection

from diaspora_kg.errors import Finding
from diaspora_kg.incremental.encoding import dumps
from diaspora_kg.incremental.former import FormerGraph
from diaspora_kg.incremental.memory import Memory, Revision
from diaspora_kg.incremental.places import Places
from diaspora_kg.incremental.reconsidering import Change
from diaspora_kg.store import read_nquads
from diaspora_kg.terms import Term
from diaspora_kg.validation import validate_graph


def revalidate(
    change: Change,
    places: Places,
    moved: Collection[Term],
    memory: Memory,
    former: FormerGraph,
    revision: Revision,
) -> list[Finding]:
    quads = set(read_nquads(former._lines[:]))
    quads = (quads - {q for q in change.quads if q in quads}) | {
        q for q in change.quads if q not in quads
    }
    found = validate_graph(quads, places)
    revision.keep("findings", dumps(found))
    return list(found)
