"""Pieces of bounded size, and what their counts tell."""

from diaspora_kg.services.pieces import Piece, arrived, graphs_of, pieces

LINES = [f"<urn:{n}> <urn:p> <urn:o> .\n".encode() for n in range(10)]
NAMELESS = [b"_:a <urn:p> <urn:o> .\n", b"<urn:x> <urn:p> _:a .\n"]


class TestPieces:
    """How a graph is cut."""

    def test_are_of_bounded_size(self) -> None:
        """No piece is larger than was asked for, and none is lost."""
        found = list(pieces(LINES, 60))

        assert max(len(piece.ntriples) for piece in found) <= 60
        assert b"".join(piece.ntriples for piece in found) == b"".join(LINES)

    def test_a_triple_that_is_too_large_travels_alone(self) -> None:
        """A long text is not cut."""
        large = b'<urn:s> <urn:p> "' + b"long " * 100 + b'" .\n'

        found = list(pieces([LINES[0], large, LINES[1]], 60))

        assert [piece.count for piece in found] == [1, 1, 1]

    def test_blank_nodes_travel_together_and_first(self) -> None:
        """A blank node is the same only within one request."""
        first, *rest = pieces([*LINES, *NAMELESS], 60)

        assert first.ntriples == b"".join(NAMELESS)
        assert all(b"_:" not in piece.ntriples for piece in rest)

    def test_a_text_that_looks_like_a_blank_node_is_none(self) -> None:
        """What stands in a literal is no node."""
        line = b'<urn:s> <urn:p> "see _:a" .\n'

        assert [piece.count for piece in pieces([line, *NAMELESS], 60)] == [2, 1]

    def test_quads_are_sorted_into_graphs(self) -> None:
        """Lines of N-Quads become N-Triples by graph."""
        found = graphs_of([b'<urn:s> <urn:p> "a . <b> c" <urn:g> .\n', b"\n"])

        assert found == {"urn:g": [b'<urn:s> <urn:p> "a . <b> c" .\n']}


class TestArrived:
    """What a count of triples says of an upload that broke off."""

    SENT = (Piece(b"", 4), Piece(b"", 4), Piece(b"", 2))

    def test_a_count_at_the_end_of_a_piece_tells_how_many_came(self) -> None:
        """Pieces come whole and in their order."""
        assert [arrived(self.SENT, count) for count in (4, 8, 10)] == [1, 2, 3]

    def test_any_other_count_makes_it_begin_anew(self) -> None:
        """A part of a piece is not built upon."""
        assert [arrived(self.SENT, count) for count in (0, 3, 9, 11)] == [0, 0, 0, 0]
