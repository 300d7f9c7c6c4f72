"""Tasks at once on a shared executor -> all their outcomes, handed on by the last to end. No thread waits for another.

Nothing a task does leaves the others, or whoever waits for them, without an end: an exception nobody foresaw is logged
by its type and place (its words could hold what was being read) and is that task's outcome.
"""

import logging
import threading
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import TypeVar

from smartapp.errors import LoadpathError, ReadingFailed

log = logging.getLogger("smartapp.ehr")
T = TypeVar("T")
_OURS = "Loadpath met a fault of its own while it read the chart."

Outcomes = list[T | LoadpathError]


def together(executor: Executor, tasks: Sequence[Callable[[], T]], then: Callable[[Outcomes[T]], None]) -> None:
    """Run ``tasks``; ``then`` gets what each returned or raised, in their order, in the thread of the last to end."""
    outcomes: list[T | LoadpathError] = [ReadingFailed(_OURS)] * len(tasks)
    left, guard = [len(tasks)], threading.Lock()

    def run(index: int) -> None:
        try:
            outcomes[index] = tasks[index]()
        except Exception as error:
            outcomes[index] = told(error)
        with guard:
            left[0] -= 1
            last = left[0] == 0
        if last:
            then(outcomes)

    if not tasks:
        then(outcomes)
    for index in range(len(tasks)):
        executor.submit(run, index)


def told(error: Exception) -> LoadpathError:
    """The error as a person may read it; what nobody foresaw is logged."""
    if isinstance(error, LoadpathError):
        return error
    log.error("fault %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    return ReadingFailed(_OURS)
