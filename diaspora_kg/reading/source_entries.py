"""The ``sources:`` of a case: works described where they are used."""

from diaspora_kg.model import Source, Written
from diaspora_kg.reading.forms import Form
from diaspora_kg.reading.keys import SOURCE_KEYS
from diaspora_kg.reading.tree import Node

_YES, _NO = ("true", "yes", "1"), ("false", "no", "0")


def read_sources(form: Form, node: Node | None) -> tuple[Source, ...]:
    """Return the sources of a mapping from key to fields; the form notes what is wrong."""
    return tuple(_source(form, key, value) for key, value in form.named(node, "sources"))


def _source(form: Form, key: Written, node: Node) -> Source:
    fields = form.fields(node, f"source '{key}'", SOURCE_KEYS)

    def text(name: str) -> Written | None:
        return form.text(fields.get(name), name)

    untagged, titles = form.wordings_or_text(fields.get("title"), "title")
    return Source(
        key=key,
        at=key.at,
        type=text("type"),
        titles=titles,
        untagged_title=untagged,
        authors=form.texts(fields.get("author"), "author"),
        publisher=text("publisher"),
        container=text("container") or text("series"),
        volume=text("volume"),
        issue=text("issue"),
        pages=text("pages"),
        doi=text("doi"),
        isbn=text("isbn"),
        url=text("url"),
        date=text("date"),
        issued_not_before=text("issued-not-before"),
        issued_not_after=text("issued-not-after"),
        issued_reason=form.wordings(fields.get("issued-reason"), "issued-reason"),
        tier=text("tier"),
        access=text("access"),
        note=_note(form, fields.get("note")),
        place=text("publisher-place"),
        language=text("language"),
        text=text("text"),
        derived_from=form.texts(fields.get("derived-from"), "derived-from"),
        unresolved=_yes_or_no(form, text("unresolved")),
    )


def _note(form: Form, node: Node | None) -> Written | None:
    plain, wordings = form.wordings_or_text(node, "note")
    return plain or (wordings[0].text if wordings else None)


def _yes_or_no(form: Form, word: Written | None) -> bool:
    if word is not None and word.lower() not in (*_YES, *_NO):
        form.wrong("DKG111", "unresolved must be true or false", "Write 'true'.", word.at)
    return word is not None and word.lower() in _YES
