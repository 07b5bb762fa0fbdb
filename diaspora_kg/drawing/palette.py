"""Colours and widths. Pairs are told apart by colour and, for every eye and printer, by number."""

BACKGROUND = "#ffffff"
RULE = "#d0d4d8"
CONCEPT_FILL = "#eef3f6"
CONCEPT_EDGE = "#33505f"
_SINGLE = "#4d4d4d"

# the colours of Okabe and Ito that stand out from white, the warm ones a shade darker
_PAIRS = (
    ("#0072b2", "#e6f1f8"),
    ("#b34e00", "#faeee5"),
    ("#007a5a", "#e5f3ef"),
    ("#a0457b", "#f6ebf2"),
    ("#806600", "#f5f2e3"),
    ("#3d3d8f", "#ececf6"),
)
_THINNEST, _STEP, _WIDEST = 2.0, 1.5, 9.5


def colour_of(pair: int) -> str:
    """Return the colour of the arrows of a pair; grey for arrows in no pair."""
    return _PAIRS[(pair - 1) % len(_PAIRS)][0] if pair else _SINGLE


def tint_of(pair: int) -> str:
    """Return the colour of the band between the arrows of a pair."""
    return _PAIRS[(pair - 1) % len(_PAIRS)][1]


def line_width(origins: int) -> float:
    """Return how wide an arrow with so many independent origins is."""
    return min(_WIDEST, _THINNEST + _STEP * (max(origins, 1) - 1))
