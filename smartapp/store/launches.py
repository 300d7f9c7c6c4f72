"""Launches from their first click until the EHR has answered. The row of one becomes its session's (sessions.py).

The cookie proves the browser, the launch id picks the row, and both must fit (SMART T1, T7).
"""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, insert, select, update

from smartapp.errors import LaunchForged, SessionEnded
from smartapp.store.database import Database
from smartapp.store.schema import launches, meta
from smartapp.store.seal import Unsealable


@dataclass(frozen=True)
class Limits:
    """Seconds, and numbers of pending launches (SMART T19)."""

    idle: float = 1800.0
    absolute: float = 28800.0
    pending: float = 600.0
    drafts: float = 604800.0
    hooks: float = 34560000.0  # 400 days: a year of CDS Hooks and the report about it
    pending_per_browser: int = 20
    pending_in_all: int = 5000


@dataclass(frozen=True)
class Callback:
    """A callback's launch. ``pending`` is there only for the one call that may exchange the code."""

    launch_id: str
    phase: str
    pending: dict[str, object] | None = None


class Launches:
    def __init__(self, database: Database, limits: Limits):
        self._database, self._seal, self._limits = database, database.seal, limits

    def begin(self, browser: str, issuer: str, state: str, pending: Mapping[str, object]) -> str:
        """A new launch of this browser; returns its unguessable id."""
        launch_id, now = secrets.token_urlsafe(24), self._database.clock()
        browser_index = self._seal.blind_index("browser", browser)
        with self._database.transaction() as db:
            self._make_room(db, browser_index)
            db.execute(
                insert(launches).values(
                    id=launch_id, phase="pending", issuer=issuer, browser_index=browser_index,
                    state_index=self._seal.blind_index("state", state), created=now, seen=now,
                    expires=now + self._limits.pending, pending=self._seal.seal(f"{launch_id} pending", dict(pending)),
                )
            )  # fmt: skip
        return launch_id

    def note_opened(self, issuer: str) -> None:
        """A launch from this EHR has succeeded."""
        self._database.put(meta, {"name": _opened(issuer)}, {"value": repr(self._database.clock())})

    def last_opened(self, issuer: str) -> float | None:
        """When that was last, in seconds since the epoch; None if never since this is noted."""
        with self._database.read() as db:
            value = db.execute(select(meta.c.value).where(meta.c.name == _opened(issuer))).scalar()
        return float(value) if value else None

    def claim_callback(self, state: str, browser: str) -> Callback:
        """The launch of this state, if it is this browser's. Its pending part comes once; a second call (reload, double
        click, prefetch) gets the phase only. Raises LaunchForged, SessionEnded.
        """
        with self._database.transaction() as db:
            row = db.execute(
                select(launches.c.id, launches.c.phase, launches.c.expires, launches.c.pending).where(
                    launches.c.state_index.in_(self._seal.blind_indexes("state", state)),
                    launches.c.browser_index.in_(self._seal.blind_indexes("browser", browser)),
                )
            ).one_or_none()
            if row is None:
                raise LaunchForged("The EHR's answer does not fit any launch of this browser.")
            if row.expires <= self._database.clock():
                raise SessionEnded("Too much time has passed since this launch.")
            if row.phase != "pending":
                return Callback(row.id, row.phase)
            mine = (launches.c.id == row.id, launches.c.phase == "pending")  # another worker may have been quicker
            if db.execute(update(launches).where(*mine).values(phase="exchanging", pending=None)).rowcount != 1:
                return Callback(row.id, "exchanging")
        try:
            return Callback(row.id, "exchanging", self._seal.open_object(f"{row.id} pending", row.pending))
        except Unsealable as error:
            raise SessionEnded("This launch was kept under another secret.") from error

    def _make_room(self, db: Connection, browser_index: str) -> None:
        """Drop this browser's oldest waiting launches beyond its share, and the oldest of all where all together are
        too many: refusing would let whoever sends requests lock out everybody."""
        waiting = launches.c.phase == "pending"
        mine = (waiting, launches.c.browser_index == browser_index)
        for these, most in ((mine, self._limits.pending_per_browser), ((waiting,), self._limits.pending_in_all)):
            count = db.execute(select(func.count()).where(*these)).scalar_one()
            if count >= most:
                oldest = select(launches.c.id).where(*these).order_by(launches.c.created).limit(count - most + 1)
                db.execute(delete(launches).where(launches.c.id.in_(oldest)))


def _opened(issuer: str) -> str:
    """The name of that note: keys of issuers may be longer than names are."""
    return f"opened {hashlib.sha256(issuer.encode()).hexdigest()[:24]}"
