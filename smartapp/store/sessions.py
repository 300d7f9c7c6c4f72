"""A person's open sessions, wherever they were opened: to be seen and ended by that person (OWASP ASVS 7.5.2)."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from smartapp.store.launches import Limits
from smartapp.store.schema import launches
from smartapp.store.seal import Seal
from smartapp.store.transactions import Transactions


@dataclass(frozen=True)
class OpenSession:
    """``handle`` names it on a page; no address can be made of it. Times in epoch seconds."""

    handle: str
    launch_id: str
    issuer: str
    created: float
    seen: float
    here: bool  # the one that was asked from
    same_browser: bool


class Sessions(Transactions):
    _seal: Seal
    _clock: Callable[[], float]
    _limits: Limits

    def sessions_beside(self, launch_id: str) -> tuple[OpenSession, ...]:
        """This session and all others of the same person that are still open, the one used last first.

        Only for a session whose person is known: all others would look like one person.
        """
        now = self._clock()
        with self._engine.execution_options(isolation_level="AUTOCOMMIT").connect() as db:
            mine = db.execute(
                select(launches.c.person_mark, launches.c.browser_mark).where(
                    launches.c.id == launch_id, launches.c.phase == "open"
                )
            ).one_or_none()
            if mine is None or mine.person_mark is None:
                return ()
            rows = db.execute(
                select(launches)
                .where(
                    launches.c.phase == "open", launches.c.person_mark == mine.person_mark, launches.c.expires > now,
                    launches.c.seen > now - self._limits.idle,
                )
                .order_by(launches.c.seen.desc())
            ).all()  # fmt: skip
        return tuple(
            OpenSession(
                self._seal.mark("session", row.id)[:32], row.id, row.issuer, row.created, row.seen,
                row.id == launch_id, row.browser_mark == mine.browser_mark,
            )
            for row in rows
        )  # fmt: skip
