"""Work that goes on without anybody asking, round after round; a fault of one part is logged and stops no other.

How long ago the last whole round was is seen from outside: in ``/readyz`` and in ``smartapp outbox list``.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

from flask import Flask

from smartapp.web.wiring import Wiring

log = logging.getLogger("smartapp.web.rounds")


@dataclass
class Work:
    """``act`` every so many seconds."""

    name: str
    every: float
    act: Callable[[], object]
    next: float = 0.0


class Rounds:
    """One loop of one process. ``last`` is when it last came round without a fault, in seconds since the epoch."""

    def __init__(self, app: Flask, made: Wiring, works: tuple[Work, ...], pause: float):
        self._app, self._made, self._works, self._pause = app, made, works, pause
        self.last: float | None = None

    @property
    def age(self) -> float | None:
        return None if self.last is None else round(self._made.clock() - self.last, 1)

    def go(self, stop: threading.Event) -> None:
        while True:
            self.once()
            if stop.wait(self._pause):
                return

    def once(self) -> bool:
        """Everything that is due; whether all of it went well. What did not is tried again in the next round."""
        with self._app.app_context():
            well = all([self._done(work) for work in self._works if work.next <= self._made.clock()])
            return well and self._done(Work("note", 0.0, self._note))

    def _note(self) -> None:
        self._made.store.backlog.note_round()
        self.last = self._made.clock()

    def _done(self, work: Work) -> bool:
        try:
            work.act()
        except Exception as error:
            # Of a fault only its type and the lines of code it passed are logged: its words could hold a value.
            log.exception("%s failed: %s", work.name, type(error).__name__, extra={"event": "round"})
            return False
        work.next = self._made.clock() + work.every
        return True
