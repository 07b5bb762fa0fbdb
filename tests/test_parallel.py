"""Work in a process of its own: where it is begun, what comes back, and what is left over.

The program under test is run as one, since a test runner has threads of its own.
"""

import os
import subprocess
import sys

import pytest

needs_second_process = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="a second process is used on Linux with two cores or more",
)

IMPORTS = "import os, signal, threading, time\nfrom diaspora_kg.parallel import Partner, aside\n"


def _printed(program: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", IMPORTS + program], capture_output=True, text=True, check=True
    )
    return done.stdout


@needs_second_process
def test_work_is_done_in_another_process() -> None:
    """The work sees what this process has, and its result comes from another one."""
    program = """
seen = [1, 2]
with aside(lambda: (os.getpid(), sum(seen))) as result:
    seen.append(4)
    pid, total = result()
print(pid != os.getpid(), total)
"""

    assert _printed(program) == "True 3\n"


def test_a_process_with_threads_does_the_work_itself() -> None:
    """A process with a second thread is not forked."""
    program = """
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
with aside(os.getpid) as result:
    print(result() == os.getpid())
"""

    assert _printed(program) == "True\n"


def test_what_the_work_raises_is_raised_here() -> None:
    """A failure in the other process is met again in this one, as itself."""
    program = """
def fail():
    raise LookupError("no such thing")
with aside(fail) as result:
    try:
        result()
    except LookupError as error:
        print(error)
"""

    assert _printed(program) == "no such thing\n"


@needs_second_process
def test_work_of_a_killed_process_is_done_again() -> None:
    """A process that was ended from outside costs time and no result."""
    program = """
own = os.getpid()
def work():
    if os.getpid() != own:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done here"
with aside(work) as result:
    print(result())
"""

    assert _printed(program) == "done here\n"


@needs_second_process
def test_a_process_that_nobody_waits_for_is_ended() -> None:
    """Leaving the block ends the process and leaves no child behind."""
    program = """
with aside(lambda: time.sleep(600)):
    pass
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("no child")
"""

    assert _printed(program) == "no child\n"


STEPS = """
def work():
    mine = os.getpid()
    told = yield ("first", mine != own)
    return told, os.getpid() == mine
own = os.getpid()
"""


@needs_second_process
def test_work_in_two_steps_is_told_something_between_them() -> None:
    """Both steps are done in the same other process."""
    program = """
partner = Partner(work)
print(partner.first())
partner.tell([1, 2])
print(partner.last())
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("no child")
"""

    assert _printed(STEPS + program) == "('first', True)\n([1, 2], True)\nno child\n"


def test_both_steps_are_done_here_where_no_process_may_be_forked() -> None:
    """A process with a second thread does both steps itself."""
    program = """
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
partner = Partner(work)
print(partner.first())
partner.tell("what is to be known")
print(partner.last())
"""

    assert _printed(STEPS + program) == "('first', False)\n('what is to be known', True)\n"


@needs_second_process
@pytest.mark.parametrize("step", ["before", "between", "after"])
def test_both_steps_are_done_here_when_the_process_is_ended(step: str) -> None:
    """A process that is killed at any moment costs time, and no result."""
    program = f"""
def work():
    if os.getpid() != own and {step!r} == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    told = yield os.getpid()
    if os.getpid() != own and {step!r} == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return told
own = os.getpid()
partner = Partner(work)
pid = partner.first()
if {step!r} == "between":
    os.kill(pid, signal.SIGKILL)
partner.tell("told" * 100_000)
print(len(partner.last()))
"""

    assert _printed(program) == "400000\n"


@needs_second_process
def test_a_partner_that_is_forgotten_is_ended() -> None:
    """Work that waits for what nobody tells it ends with the object that stands for it."""
    program = """
def work():
    yield "first"
    return "last"
partner = Partner(work)
partner.first()
del partner
try:
    os.waitpid(-1, os.WNOHANG)
except ChildProcessError:
    print("no child")
"""

    assert _printed(program) == "no child\n"


def test_what_a_step_raises_is_raised_here() -> None:
    """An error of the work is an error of the program."""
    program = """
def work():
    yield "first"
    raise LookupError("no such thing")
partner = Partner(work)
partner.first()
partner.tell(None)
try:
    partner.last()
except LookupError as error:
    print(error)
"""

    assert _printed(program) == "no such thing\n"
