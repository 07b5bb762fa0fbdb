"""Asking the services of others politely: who asks is said, not too often, and never twice.

Requests go out through the transport of the services, which waits and asks again when a service
is busy. Answers are kept on disk with their day, so that a second run asks nothing, and
``offline`` answers from them alone.
"""

import json
import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from diaspora_kg.errors import DiasporaKGError, MissingPartError
from diaspora_kg.resources import cache_folder
from diaspora_kg.services.addresses import Address, origin_of
from diaspora_kg.services.kept import Kept, KeptAnswers
from diaspora_kg.services.transport import Reply, Transport, said_in

Parsed = Any
"""JSON that was read: whoever takes it looks at its form."""
INTERVAL = 0.2
"""Seconds between two requests to one host: five a second, less than any of them allows."""
_SECONDS = 30.0
_OUT_OF_ORDER = 500
_TRIES = 3
_MISSING = (404, 410)
_PART = b"PART"


class Web:
    """Sends requests to services of records and keeps what they answer."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        offline: bool = False,
        today: date | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        seconds: float = _SECONDS,
    ) -> None:
        """Take the folder for answers, by default in the cache of the user.

        ``offline`` sends nothing; ``seconds`` is how long an answer may take.
        """
        self._kept = KeptAnswers(
            folder or cache_folder() / "records", today or date.today(), whatever_age=offline
        )
        self.is_offline = offline
        self._sleep, self._clock, self._seconds = sleep, clock, seconds
        self._transports: dict[tuple[str, str, int], Transport] = {}
        self._last: dict[tuple[str, str, int], float] = {}

    def get(self, url: str, parameters: Mapping[str, str] | None = None) -> Parsed:
        """Return the JSON at an address; None where the service says that there is none.

        Raises ``MissingPartError`` (DKG538, DKG620 to DKG625) when the service cannot be asked,
        ``DiasporaKGError`` (DKG538) when it refuses and (DKG539) when it answers no JSON.
        """
        whole = f"{url}?{urlencode(parameters)}" if parameters else url
        return self._ask("GET", whole, b"", "")

    def post_form(self, url: str, fields: Mapping[str, str]) -> Parsed:
        """Return the JSON that answers a form, which is not kept. Raises what ``get`` raises."""
        form = "application/x-www-form-urlencoded"
        return self._asked("POST", url, urlencode(fields).encode("ascii"), form)

    def post_json(self, url: str, value: object) -> Parsed:
        """Return the JSON that answers JSON, which is not kept. Raises what ``get`` raises."""
        return self._asked("POST", url, json.dumps(value).encode("utf-8"), "application/json")

    # --- Keeping ------------------------------------------------------------------------

    def kept(self, url: str, question: str) -> Kept | None:
        """Return what is kept of the answer to one question of many that went out together."""
        return self._kept.find(_PART, url.encode("utf-8"), question.encode("utf-8"))

    def keep(self, url: str, question: str, answer: Parsed) -> None:
        """Keep the answer to one question of many, for ``kept``."""
        self._kept.keep(url, answer, _PART, url.encode("utf-8"), question.encode("utf-8"))

    # --- Sending ------------------------------------------------------------------------

    def _ask(self, method: str, url: str, body: bytes, kind: str) -> Parsed:
        question = (method.encode(), url.encode("utf-8"), body)
        kept = self._kept.find(*question)
        if kept is not None:
            return kept.answer
        return self._kept.keep(url, self._asked(method, url, body, kind), *question).answer

    def _asked(self, method: str, url: str, body: bytes, kind: str) -> Parsed:
        if self.is_offline:
            raise MissingPartError(
                "DKG538",
                f"nothing is kept of {url}, and '--offline' sends no request",
                "Ask once without '--offline', or give the registry with '--snapshot FILE'.",
            )
        reply = self._send(method, url, body, kind)
        return None if reply.status in _MISSING else _json_of(reply)

    def _send(self, method: str, url: str, body: bytes, kind: str) -> Reply:
        headers = {"Accept": "application/json"}
        if kind:
            headers["Content-Type"] = kind
        origin = origin_of(url)
        transport = self._transports.setdefault(
            origin, Transport(Address(url, seconds=self._seconds), self._sleep)
        )
        for turn in range(_TRIES):
            self._wait_for(origin)
            # a question changes nothing, also when it is posted
            reply = transport.send(
                method, url, body=body or None, headers=headers, is_repeatable=True
            )
            if reply.status != _OUT_OF_ORDER or turn == _TRIES - 1:
                break
            self._sleep(2.0**turn)
        if not reply.is_good and reply.status not in _MISSING:
            kind_of_error = MissingPartError if reply.status >= _OUT_OF_ORDER else DiasporaKGError
            raise kind_of_error(
                "DKG538",
                f"{url.partition('?')[0]} answers with HTTP {reply.status}{said_in(reply)}",
                "Ask again later; what was answered before is kept.",
            )
        return reply

    def _wait_for(self, origin: tuple[str, str, int]) -> None:
        """Wait until the service may be asked again."""
        pause = self._last.get(origin, float("-inf")) + INTERVAL - self._clock()
        if pause > 0:
            self._sleep(pause)
        self._last[origin] = self._clock()


def unexpected(what: str) -> DiasporaKGError:
    """Return the error for an answer of another form than the interface has."""
    return DiasporaKGError(
        "DKG539",
        f"the service answers otherwise than its interface says: {what}",
        "Its interface may have changed: look for a newer diaspora-kg, or use a snapshot.",
    )


def _json_of(reply: Reply) -> Parsed:
    try:
        return json.loads(reply.body)
    except ValueError as error:
        raise unexpected(f"no JSON at {reply.url.partition('?')[0]}{said_in(reply)}") from error
