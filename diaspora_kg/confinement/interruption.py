"""Ctrl-C for what runs in native code of this process."""

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

_LOOK = 0.2


def interruptible(call: Callable[[], T]) -> T:
    """Return what a call returns, and let Ctrl-C through at once while it runs.

    Python hears Ctrl-C between two of its own instructions, and a query is one of them. So the
    call runs in a thread that this one waits for. After Ctrl-C that thread is left to itself; it
    ends with the process. Outside the main thread, where no Ctrl-C arrives, the call is made as
    it stands. Raises what the call raises.
    """
    if threading.current_thread() is not threading.main_thread():
        return call()
    found: list[T] = []
    trouble: list[BaseException] = []

    def work() -> None:
        try:
            found.append(call())
        except BaseException as error:
            trouble.append(error)

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(_LOOK)  # Windows hears Ctrl-C only between two waits
    if trouble:
        raise trouble[0]
    return found[0]
