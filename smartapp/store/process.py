"""Which process this is, on this machine, and whether another one of this machine is still there.

A lease begins with the mark of its holder, so that what a killed process held need not wait for the lease to run out.
Only Linux says it surely: boot, process namespace (a container has its own), number and start time. Elsewhere, and for
processes of other machines or containers, nobody is taken for dead.
"""

import os
from functools import cache
from hashlib import sha256
from pathlib import Path

PROC = Path("/proc")


@cache
def _place() -> str:
    """This boot and process namespace; empty where the system does not say."""
    try:
        boot = (PROC / "sys/kernel/random/boot_id").read_text().strip()
        return sha256(f"{boot} {(PROC / 'self/ns/pid').readlink()}".encode()).hexdigest()[:12]
    except OSError:
        return ""


def _started(process: int) -> str:
    """Clock ticks between boot and the start of the process; empty if there is none, or only what is left of one."""
    try:
        _, _, said = (PROC / str(process) / "stat").read_text().rpartition(") ")
    except OSError:
        return ""
    fields = said.split()  # from the state on: proc_pid_stat(5), fields 3 and 22
    return "" if fields[0] in ("Z", "X") else fields[19]


def mark() -> str:
    """Of this process; empty where the system does not say enough."""
    me = os.getpid()
    return f"{_place()}.{me}.{_started(me)}" if _place() else ""


def known_dead(of: str) -> bool:
    """Whether the process with this :func:`mark` ran here and is gone. False in any doubt."""
    place, _, rest = of.partition(".")
    number, _, started = rest.partition(".")
    if not place or place != _place() or not number.isdecimal() or not started:
        return False
    return _started(int(number)) != started
