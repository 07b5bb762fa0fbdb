"""A small service over real HTTP that misbehaves on purpose."""

import contextlib
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

ROWS = (
    b'{"head": {"vars": ["x"]}, "results": {"bindings": '
    b'[{"x": {"type": "literal", "value": "an answer"}}]}}'
)
JSON = "application/sparql-results+json"
Behaviour = Callable[["Service", BaseHTTPRequestHandler, bytes], None]


def answer(
    handler: BaseHTTPRequestHandler, status: int, body: bytes, kind: str = JSON, **headers: str
) -> None:
    """Send a whole answer; ``retry_after`` stands for ``Retry-After``."""
    handler.send_response(status)
    if kind:
        handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    handler.wfile.write(body)


class Service:
    """A service whose behaviour depends on the path that is asked for."""

    def __init__(self, behaviours: dict[str, Behaviour]) -> None:
        """Take what to do at each path."""
        self.behaviours = behaviours
        self.asked: Counter[str] = Counter()
        """How often each path was asked for."""
        self.headers: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.url = ""
        self.gate = threading.Event()
        """Opened when the service stops, for whoever keeps a client waiting."""

    def handle(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer one request."""
        path = handler.path.partition("?")[0]
        self.asked[path] += 1
        self.headers.append(dict(handler.headers.items()))
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        self.bodies.append(body)
        behaviour = self.behaviours.get(path)
        if behaviour is None:
            answer(handler, 404, b"not here", "text/plain")
        else:
            behaviour(self, handler, body)


@contextlib.contextmanager
def serving(
    behaviours: dict[str, Behaviour], certificate: tuple[Path, Path] | None = None
) -> Iterator[Service]:
    """Run a service on a free port until the end of the block."""
    service = Service(behaviours)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _any(self) -> None:
            service.handle(self)

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815 - the names of the library

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: Any) -> None:
            """Say nothing of clients that went away."""

    server = Quiet(("127.0.0.1", 0), Handler)
    scheme = "http"
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    service.url = f"{scheme}://localhost:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.gate.set()
        server.shutdown()
        server.server_close()
        thread.join()
