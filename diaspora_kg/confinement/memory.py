"""How a process keeps to a limit of memory.

On Linux the system refuses what goes beyond it (``RLIMIT_DATA``: heap and private mappings; files
that are mapped do not count). macOS ignores that limit and Windows has none of the kind: there a
thread looks twenty times a second and ends the process, so a query may pass the limit for a moment.
"""

import os
import sys
import threading
import time

EXIT_OUT_OF_MEMORY = 77
"""The status with which a process ends that passed its limit."""

_INTERVAL = 0.05


class MemoryLimit:
    """The limit of this process, on top of what it held when this was made."""

    def __init__(self) -> None:
        """Note what is held now."""
        self._is_system = sys.platform.startswith("linux")
        self._held = _data_bytes() if self._is_system else resident_bytes()
        self._watch: Watch | None = None

    def set(self, allowed: int) -> None:
        """Allow so many bytes more than at the beginning; 0 lifts the limit."""
        if self._is_system:
            _set_data_limit(self._held + allowed if allowed else None)
            return
        if self._watch is None:
            self._watch = Watch()
        self._watch.ceiling = self._held + allowed if allowed else None


class Watch:
    """A thread that ends the process when it holds more than a ceiling of bytes."""

    def __init__(self, ceiling: int | None = None) -> None:
        """Begin to look; without a ceiling nothing happens."""
        self.ceiling = ceiling
        threading.Thread(target=self._look, daemon=True).start()

    def _look(self) -> None:
        while True:
            time.sleep(_INTERVAL)
            if self.ceiling is not None and resident_bytes() > self.ceiling:
                os._exit(EXIT_OUT_OF_MEMORY)


def resident_bytes() -> int:
    """Return how much memory this process holds; where only that is known, its highest value."""
    if sys.platform == "win32":
        return _working_set()
    if sys.platform.startswith("linux"):
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123 - read twenty times a second
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    import resource

    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest if sys.platform == "darwin" else highest * 1024


def _data_bytes() -> int:
    """Return what Linux counts against ``RLIMIT_DATA``."""
    with open("/proc/self/status", "rb") as file:  # noqa: PTH123 - pathlib is slow to import
        for line in file:
            if line.startswith(b"VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def _set_data_limit(most: int | None) -> None:
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if most is None or (hard != resource.RLIM_INFINITY and most > hard):
        most = hard
    resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


def _working_set() -> int:
    """Return the working set of this process on Windows (``GetProcessMemoryInfo``)."""
    if sys.platform != "win32":
        return 0
    import ctypes
    from ctypes import wintypes

    class Counters(ctypes.Structure):
        """PROCESS_MEMORY_COUNTERS of the Windows interface."""

        _fields_ = (
            ("cb", wintypes.DWORD),
            ("PageFaultCount", wintypes.DWORD),
            ("PeakWorkingSetSize", ctypes.c_size_t),
            ("WorkingSetSize", ctypes.c_size_t),
            ("QuotaPeakPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPagedPoolUsage", ctypes.c_size_t),
            ("QuotaPeakNonPagedPoolUsage", ctypes.c_size_t),
            ("QuotaNonPagedPoolUsage", ctypes.c_size_t),
            ("PagefileUsage", ctypes.c_size_t),
            ("PeakPagefileUsage", ctypes.c_size_t),
        )

    counters = Counters()
    counters.cb = ctypes.sizeof(counters)
    kernel = ctypes.windll.kernel32
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.K32GetProcessMemoryInfo.argtypes = (
        wintypes.HANDLE,
        ctypes.POINTER(Counters),
        wintypes.DWORD,
    )
    done = kernel.K32GetProcessMemoryInfo(
        kernel.GetCurrentProcess(), ctypes.byref(counters), counters.cb
    )
    return int(counters.WorkingSetSize) if done else 0
