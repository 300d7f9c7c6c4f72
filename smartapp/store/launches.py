"""Launches from their first click to their end: pending, open session, chart, edits, tokens. One row each.

The cookie proves the browser, the launch id picks the row, and both must fit (SMART T1, T7).
"""

import secrets
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Engine, delete, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError

from smartapp.errors import EhrUnavailable, LaunchForged, SessionEnded
from smartapp.store.schema import drafts, launches
from smartapp.store.seal import Seal, Unsealable
from smartapp.store.transactions import Open, Transactions

CHART = 2  # form in which a chart is kept; raised when what a fetch brings is kept otherwise
_SEEN_EVERY = 20.0  # seconds between two notes of a session's use: a page view should not cost a write (ours)
_REFRESH_LEASE = 30.0  # seconds after which a worker that was renewing tokens counts as dead (ours)
_EMPTY: Mapping[str, None] = {
    "pending": None, "connection": None, "tokens": None, "chart": None, "chart_at": None, "reading": None,
    "decisions": None,
}  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """Seconds, and numbers of pending launches (SMART T19)."""

    idle: float = 1800.0
    absolute: float = 28800.0
    pending: float = 600.0
    drafts: float = 604800.0
    pending_per_browser: int = 20
    pending_in_all: int = 5000


@dataclass(frozen=True)
class Callback:
    """A callback's launch. ``pending`` is there only for the one call that may exchange the code."""

    launch_id: str
    phase: str
    pending: dict[str, Any] | None = None


@dataclass(frozen=True)
class Session:
    """An open launch, without its chart and tokens."""

    launch_id: str
    issuer: str
    connection: dict[str, Any]
    decisions: list[Any]
    reading: dict[str, Any] | None
    chart_at: float | None  # when the chart was read; None if it is not there yet
    expires: float


class Launches(Transactions):
    def __init__(self, engine: Engine, seal: Seal, clock: Callable[[], float], limits: Limits):
        self._engine, self._seal, self._clock, self._limits = engine, seal, clock, limits
        self._open = Open()
        self._reads = engine.execution_options(isolation_level="AUTOCOMMIT")

    # -- before the EHR has answered

    def begin_launch(self, browser: str, issuer: str, state: str, pending: Mapping[str, Any]) -> str:
        """A new launch of this browser; returns its unguessable id. Raises EhrUnavailable where too many wait."""
        launch_id, now = secrets.token_urlsafe(24), self._clock()
        with self._begin() as db:
            self._make_room(db, self._seal.mark("browser", browser), now)
            db.execute(
                insert(launches).values(
                    id=launch_id, phase="pending", issuer=issuer, browser_mark=self._seal.mark("browser", browser),
                    state_mark=self._seal.mark("state", state), created=now, seen=now,
                    expires=now + self._limits.pending, pending=self._seal.seal(f"{launch_id} pending", dict(pending)),
                )
            )  # fmt: skip
        return launch_id

    def claim_callback(self, state: str, browser: str) -> Callback:
        """The launch of this state, if it is this browser's. Its pending part comes once; a second call (reload, double
        click, prefetch) gets the phase only. Raises LaunchForged, SessionEnded.
        """
        now = self._clock()
        with self._begin() as db:
            row = db.execute(
                select(launches).where(
                    launches.c.state_mark.in_(self._seal.marks("state", state)),
                    launches.c.browser_mark.in_(self._seal.marks("browser", browser)),
                )
            ).one_or_none()
            if row is None:
                raise LaunchForged("The EHR's answer does not fit any launch of this browser.")
            if row.expires <= now:
                raise SessionEnded("Too much time has passed since this launch.")
            if row.phase != "pending":
                return Callback(row.id, row.phase)
            mine = (launches.c.id == row.id, launches.c.phase == "pending")  # another worker may have been quicker
            if db.execute(update(launches).where(*mine).values(phase="exchanging", pending=None)).rowcount != 1:
                return Callback(row.id, "exchanging")
        try:
            return Callback(row.id, "exchanging", self._seal.open(f"{row.id} pending", row.pending))
        except Unsealable as error:
            raise SessionEnded("This launch was kept under another secret.") from error

    def _make_room(self, db: Db, browser_mark: str, now: float) -> None:
        """Drop this browser's oldest waiting launches beyond its share; refuse when all together are too many."""
        waiting = launches.c.phase == "pending"
        mine = db.execute(
            select(launches.c.id).where(waiting, launches.c.browser_mark == browser_mark).order_by(launches.c.created)
        ).scalars().all()  # fmt: skip
        if surplus := mine[: max(0, len(mine) - self._limits.pending_per_browser + 1)]:
            db.execute(delete(launches).where(launches.c.id.in_(surplus)))
        count = db.execute(select(func.count()).where(waiting, launches.c.expires > now)).scalar_one()
        if count >= self._limits.pending_in_all:
            raise EhrUnavailable("Too many launches are waiting for their EHR at this moment.")

    # -- the open session

    def open_session(
        self, launch_id: str, connection: Mapping[str, Any], tokens: Mapping[str, Any], person: str, patient: str
    ) -> None:
        """The launch has succeeded. ``person`` is issuer and subject (may be empty), ``patient`` FHIR base and id.

        Unsigned edits of the same person on the same patient come back; sessions of another person in this browser
        end (SMART T8). Raises SessionEnded if the launch is not waiting for this.
        """
        now = self._clock()
        mark = self._seal.mark("person", person)
        with self._begin() as db:
            row = db.execute(
                select(launches.c.browser_mark).where(launches.c.id == launch_id, launches.c.phase == "exchanging")
            ).one_or_none()
            if row is None:
                raise SessionEnded("This launch is no longer waiting for the EHR.")
            others = (launches.c.browser_mark == row.browser_mark, launches.c.phase == "open")
            db.execute(
                update(launches)
                .where(*others, or_(launches.c.person_mark != mark, launches.c.person_mark.is_(None)))
                .values(phase="ended", **_EMPTY)
            )
            db.execute(
                update(launches).where(launches.c.id == launch_id).values(
                    phase="open", person_mark=mark, seen=now, expires=now + self._limits.absolute,
                    draft_mark=self._seal.mark("draft", person, patient) if person else None,
                    connection=self._seal.seal(f"{launch_id} connection", dict(connection)),
                    tokens=self._seal.seal(f"{launch_id} tokens", dict(tokens)), tokens_version=1,
                    decisions=self._seal.seal(f"{launch_id} decisions", self._draft(db, person, patient, now)),
                )
            )  # fmt: skip

    def session(self, launch_id: str, browser: str) -> Session:
        """The open session of this id in this browser; notes its use. Raises SessionEnded."""
        now = self._clock()
        with self._reads.connect() as db:
            row = db.execute(
                select(
                    launches.c.id, launches.c.issuer, launches.c.connection, launches.c.decisions, launches.c.reading,
                    launches.c.chart_at, launches.c.seen, launches.c.expires,
                ).where(
                    launches.c.id == launch_id, launches.c.phase == "open",
                    launches.c.browser_mark.in_(self._seal.marks("browser", browser)),
                )
            ).one_or_none()  # fmt: skip
        if row is None:
            raise SessionEnded("This session is not open in this browser.")
        if now >= row.expires or now - row.seen >= self._limits.idle:
            self.end_session(launch_id)
            raise SessionEnded("This session was not used for too long, or has reached its end.")
        if now - row.seen >= _SEEN_EVERY:
            self._set(launch_id, seen=now)
        return self._session(row)

    def connection_of(self, launch_id: str) -> dict[str, Any] | None:
        """The connection of a session that is still open, without its browser: to finish what its person has signed."""
        with self._reads.connect() as db:
            row = db.execute(
                select(launches.c.connection).where(
                    launches.c.id == launch_id, launches.c.phase == "open", launches.c.expires > self._clock(),
                    launches.c.seen > self._clock() - self._limits.idle,
                )
            ).one_or_none()  # fmt: skip
        return self._seal.open(f"{launch_id} connection", row.connection) if row else None

    def end_session(self, launch_id: str) -> None:
        """Forget tokens, chart and context at once; unsigned edits stay for the person's next launch."""
        self._set(launch_id, phase="ended", person_mark=None, draft_mark=None, **_EMPTY)

    def _session(self, row: Any) -> Session:
        try:
            return Session(
                row.id, row.issuer, self._seal.open(f"{row.id} connection", row.connection),
                self._seal.open(f"{row.id} decisions", row.decisions) if row.decisions else [],
                self._seal.open(f"{row.id} reading", row.reading) if row.reading else None,
                row.chart_at, row.expires,
            )  # fmt: skip
        except Unsealable as error:
            raise SessionEnded("This session was kept under another secret.") from error

    # -- chart, progress and edits

    def save_chart(self, launch_id: str, chart: Any) -> float:
        """Keep what was read, with the time; returns the time."""
        now = self._clock()
        self._set(launch_id, chart=self._seal.seal(f"{launch_id} chart", [CHART, chart]), chart_at=now)
        return now

    def drop_chart(self, launch_id: str) -> None:
        """Forget what was read; the session, its edits and what was signed in it stay."""
        self._set(launch_id, chart=None, chart_at=None)

    def load_chart(self, launch_id: str) -> tuple[Any, float] | None:
        """What was read, and when; None if nothing has arrived yet, or in another form: then it is read again."""
        with self._reads.connect() as db:
            row = db.execute(
                select(launches.c.chart, launches.c.chart_at).where(launches.c.id == launch_id)
            ).one_or_none()
        kept = self._seal.open(f"{launch_id} chart", row.chart) if row and row.chart else None
        return (kept[1], row.chart_at) if row and isinstance(kept, list) and kept[:1] == [CHART] else None

    def save_reading(self, launch_id: str, progress: Mapping[str, Any]) -> None:
        """How far the fetch of the chart is, for the page that waits for it."""
        self._set(launch_id, reading=self._seal.seal(f"{launch_id} reading", dict(progress)))

    def save_decisions(self, launch_id: str, decisions: Sequence[Any]) -> None:
        """The clinician's unsigned edits, for this session and for the same person's next launch on this patient."""
        with self._begin() as db:
            mark = db.execute(select(launches.c.draft_mark).where(launches.c.id == launch_id)).scalar()
            sealed = self._seal.seal(f"{launch_id} decisions", list(decisions))
            fits = (launches.c.id == launch_id, launches.c.phase == "open")
            db.execute(update(launches).where(*fits).values(decisions=sealed))
        if mark and decisions:
            self._keep_draft(mark, decisions)
        elif mark:
            with self._begin() as db:
                db.execute(delete(drafts).where(drafts.c.mark == mark))

    def _keep_draft(self, mark: str, decisions: Sequence[Any]) -> None:
        values = {
            "decisions": self._seal.seal(f"{mark} draft", list(decisions)),
            "expires": self._clock() + self._limits.drafts,
        }
        for _ in range(2):  # a second tab of the same person may insert between our update and our insert
            with suppress(IntegrityError), self._begin() as db:
                if db.execute(update(drafts).where(drafts.c.mark == mark).values(**values)).rowcount == 0:
                    db.execute(insert(drafts).values(mark=mark, **values))
                return

    def _draft(self, db: Db, person: str, patient: str, now: float) -> list[Any]:
        if not person:
            return []
        marks = self._seal.marks("draft", person, patient)
        row = db.execute(select(drafts).where(drafts.c.mark.in_(marks), drafts.c.expires > now)).first()
        try:
            return list(self._seal.open(f"{row.mark} draft", row.decisions)) if row else []
        except Unsealable:
            return []

    # -- tokens (smartapp.ehr.launch.tokens.TokenStore)

    def load_tokens(self, launch_id: str) -> tuple[dict[str, Any], int]:
        with self._reads.connect() as db:
            row = db.execute(
                select(launches.c.tokens, launches.c.tokens_version).where(
                    launches.c.id == launch_id, launches.c.phase == "open"
                )
            ).one_or_none()
        if row is None or row.tokens is None:
            raise SessionEnded("Access to the EHR has ended.")
        return self._seal.open(f"{launch_id} tokens", row.tokens), row.tokens_version

    def claim_refresh(self, launch_id: str, version: int) -> bool:
        """Whether the caller may use the refresh token of this version: one caller among all workers."""
        now = self._clock()
        with self._begin() as db:
            done = db.execute(
                update(launches)
                .where(
                    launches.c.id == launch_id, launches.c.tokens_version == version, launches.c.refresh_until <= now
                )
                .values(refresh_until=now + _REFRESH_LEASE)
            )  # fmt: skip
        return done.rowcount == 1

    def release_refresh(self, launch_id: str, version: int) -> None:
        self._set_tokens(launch_id, version, refresh_until=0.0)

    def save_tokens(self, launch_id: str, tokens: Mapping[str, Any], version: int) -> None:
        """New tokens under the next version; the old ones are gone with this."""
        sealed = self._seal.seal(f"{launch_id} tokens", dict(tokens))
        self._set_tokens(launch_id, version - 1, tokens=sealed, tokens_version=version, refresh_until=0.0)

    def drop_tokens(self, launch_id: str) -> None:
        self._set(launch_id, tokens=None)

    def _set_tokens(self, launch_id: str, version: int, **values: Any) -> None:
        fits = (launches.c.id == launch_id, launches.c.tokens_version == version, launches.c.phase == "open")
        with self._begin() as db:
            db.execute(update(launches).where(*fits).values(**values))

    def _set(self, launch_id: str, **values: Any) -> None:
        with self._begin() as db:
            db.execute(
                update(launches)
                .where(launches.c.id == launch_id, launches.c.phase.in_(("exchanging", "open")))
                .values(**values)
            )

    # -- time

    def purge_expired(self) -> int:
        """Remove launches and drafts whose time is over; returns how many."""
        now = self._clock()
        over = or_(launches.c.expires <= now, launches.c.phase == "ended")
        idle = (launches.c.phase == "open", launches.c.seen <= now - self._limits.idle)
        with self._begin() as db:
            removed = db.execute(delete(launches).where(or_(over, idle[0] & idle[1]))).rowcount
            return removed + db.execute(delete(drafts).where(drafts.c.expires <= now)).rowcount
