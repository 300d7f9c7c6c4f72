"""Open sessions: who may see what, the chart as read, unsigned edits, and a person's other sessions (ASVS 7.5.2).

One row each, which began as its launch (launches.py); the session's tokens are kept in it as well (tokens.py).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, and_, delete, or_, select, update

from smartapp.errors import KeptUnreadable, SessionEnded
from smartapp.store.database import Database
from smartapp.store.launches import Limits
from smartapp.store.schema import drafts, launches
from smartapp.store.seal import as_list, check_version, opened_object

CHART = 2  # form in which a chart is kept; raised when what is fetched is kept otherwise
DECISIONS = 1  # the same of unsigned edits
_SEEN_EVERY = 20.0  # seconds between two notes of a session's use: a page view should not cost a write (ours)
_EMPTY: Mapping[str, None] = {
    "pending": None, "connection": None, "tokens": None, "chart": None, "chart_at": None, "reading": None,
    "decisions": None,
}  # fmt: skip


@dataclass(frozen=True)
class Session:
    """An open launch, without its chart and tokens."""

    launch_id: str
    issuer: str
    connection: dict[str, object] = field(default_factory=dict)
    decisions: list[dict[str, object]] = field(default_factory=list)
    reading: dict[str, object] | None = None
    chart_at: float | None = None  # when the chart was read; None if it is not there yet
    expires: float = 0.0


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


class Sessions:
    """``patient`` is always FHIR base and patient id in one text."""

    def __init__(self, database: Database, limits: Limits):
        self._database, self._seal, self._limits = database, database.seal, limits

    def open(
        self,
        launch_id: str,
        connection: Mapping[str, object],
        tokens: Mapping[str, object],
        person: str,
        patient: str,
    ) -> None:
        """The launch has succeeded. ``person`` is issuer and subject (may be empty).

        Unsigned edits of the same person on the same patient come back; sessions of another person in this browser
        end (SMART T8). Raises SessionEnded if the launch is not waiting for this.
        """
        now, seal = self._database.clock(), self._seal.seal
        person_index = self._seal.blind_index("person", person)
        with self._database.transaction() as db:
            row = db.execute(
                select(launches.c.browser_index).where(launches.c.id == launch_id, launches.c.phase == "exchanging")
            ).one_or_none()
            if row is None:
                raise SessionEnded("This launch is no longer waiting for the EHR.")
            here = (launches.c.browser_index == row.browser_index, launches.c.phase == "open")
            other = or_(launches.c.person_index != person_index, launches.c.person_index.is_(None))
            db.execute(update(launches).where(*here, other).values(phase="ended", **_EMPTY))
            db.execute(
                update(launches).where(launches.c.id == launch_id).values(
                    phase="open", person_index=person_index, seen=now, expires=now + self._limits.absolute,
                    draft_index=self._seal.blind_index("draft", person, patient) if person else None,
                    connection=seal(f"{launch_id} connection", dict(connection)),
                    tokens=seal(f"{launch_id} tokens", dict(tokens)), tokens_version=1,
                    decisions=seal(f"{launch_id} decisions", self._draft(db, person, patient) if person else []),
                )
            )  # fmt: skip

    def get(self, launch_id: str, browser: str) -> Session:
        """The open session of this id in this browser; notes its use. Raises SessionEnded."""
        now = self._database.clock()
        with self._database.read() as db:
            row = db.execute(
                select(
                    launches.c.id, launches.c.issuer, launches.c.connection, launches.c.decisions, launches.c.reading,
                    launches.c.chart_at, launches.c.seen, launches.c.expires,
                ).where(
                    launches.c.id == launch_id, launches.c.phase == "open",
                    launches.c.browser_index.in_(self._seal.blind_indexes("browser", browser)),
                )
            ).one_or_none()  # fmt: skip
        if row is None:
            raise SessionEnded("This session is not open in this browser.")
        if now >= row.expires or now - row.seen >= self._limits.idle:
            self.end(launch_id)
            raise SessionEnded("This session was not used for too long, or has reached its end.")
        if now - row.seen >= _SEEN_EVERY:
            self._set(launch_id, seen=now)
        try:
            return Session(
                row.id, row.issuer, self._seal.open_object(f"{row.id} connection", row.connection),
                self._decisions(f"{row.id} decisions", row.decisions),
                self._seal.open_object(f"{row.id} reading", row.reading) if row.reading else None,
                row.chart_at, row.expires,
            )  # fmt: skip
        except KeptUnreadable as error:
            raise SessionEnded("This session was kept under another secret, or by another version.") from error

    def connection_of(self, launch_id: str) -> dict[str, object] | None:
        """The connection of a session that is still open, without its browser: to finish what its person has signed."""
        now = self._database.clock()
        with self._database.read() as db:
            row = db.execute(
                select(launches.c.connection).where(
                    launches.c.id == launch_id, launches.c.phase == "open", launches.c.expires > now,
                    launches.c.seen > now - self._limits.idle,
                )
            ).one_or_none()  # fmt: skip
        return self._seal.open_object(f"{launch_id} connection", row.connection) if row else None

    def beside(self, launch_id: str) -> tuple[OpenSession, ...]:
        """This session and all others of the same person that are still open, the one used last first.

        Only for a session whose person is known: all others would look like one person.
        """
        now = self._database.clock()
        of_row = (launches.c.id, launches.c.issuer, launches.c.created, launches.c.seen, launches.c.browser_index)
        with self._database.read() as db:
            mine = db.execute(
                select(launches.c.person_index, launches.c.browser_index).where(
                    launches.c.id == launch_id, launches.c.phase == "open"
                )
            ).one_or_none()
            if mine is None or mine.person_index is None:
                return ()
            rows = db.execute(
                select(*of_row)
                .where(
                    launches.c.phase == "open", launches.c.person_index == mine.person_index, launches.c.expires > now,
                    launches.c.seen > now - self._limits.idle,
                )
                .order_by(launches.c.seen.desc())
            ).all()  # fmt: skip
        return tuple(
            OpenSession(
                self._seal.blind_index("session", row.id)[:32], row.id, row.issuer, row.created, row.seen,
                row.id == launch_id, row.browser_index == mine.browser_index,
            )
            for row in rows
        )  # fmt: skip

    def end(self, launch_id: str) -> None:
        """Forget tokens, chart and context at once; unsigned edits stay for the person's next launch."""
        self._set(launch_id, phase="ended", person_index=None, draft_index=None, **_EMPTY)

    def purge_expired(self) -> int:
        """Remove launches, sessions and drafts whose time is over; returns how many."""
        now = self._database.clock()
        idle = and_(launches.c.phase == "open", launches.c.seen <= now - self._limits.idle)
        with self._database.transaction() as db:
            over = or_(launches.c.expires <= now, launches.c.phase == "ended", idle)
            removed = db.execute(delete(launches).where(over)).rowcount
            return removed + db.execute(delete(drafts).where(drafts.c.expires <= now)).rowcount

    # -- chart, progress and edits

    def save_chart(self, launch_id: str, chart: Mapping[str, object]) -> float:
        """Keep what was read, with the time; returns the time."""
        now = self._database.clock()
        self._set(launch_id, chart=self._seal.seal(f"{launch_id} chart", [CHART, dict(chart)]), chart_at=now)
        return now

    def drop_chart(self, launch_id: str) -> None:
        """Forget what was read; the session, its edits and what was signed in it stay."""
        self._set(launch_id, chart=None, chart_at=None)

    def load_chart(self, launch_id: str) -> tuple[dict[str, object], float] | None:
        """What was read, and when; None if nothing has arrived yet, or in another form: then it is read again."""
        with self._database.read() as db:
            row = db.execute(
                select(launches.c.chart, launches.c.chart_at).where(launches.c.id == launch_id)
            ).one_or_none()
        kept = self._seal.open(f"{launch_id} chart", row.chart) if row and row.chart else None
        if row is None or not isinstance(kept, list) or kept[:1] != [CHART]:
            return None
        return kept[1], row.chart_at

    def save_reading(self, launch_id: str, progress: Mapping[str, object]) -> None:
        """How far reading the chart is, for the page that waits for it."""
        self._set(launch_id, reading=self._seal.seal(f"{launch_id} reading", dict(progress)))

    def save_decisions(self, launch_id: str, decisions: Sequence[Mapping[str, object]]) -> None:
        """The clinician's unsigned edits, for this session and for the same person's next launch on this patient."""
        fits = (launches.c.id == launch_id, launches.c.phase == "open")
        kept = {"version": DECISIONS, "decisions": list(decisions)}
        with self._database.transaction() as db:
            index = db.execute(select(launches.c.draft_index).where(launches.c.id == launch_id)).scalar()
            sealed = self._seal.seal(f"{launch_id} decisions", kept)
            db.execute(update(launches).where(*fits).values(decisions=sealed))
            if index and not decisions:
                db.execute(delete(drafts).where(drafts.c.draft_index == index))
        if index and decisions:
            values = {
                "decisions": self._seal.seal(f"{index} draft", kept),
                "expires": self._database.clock() + self._limits.drafts,
            }
            self._database.put(drafts, {"draft_index": index}, values)

    def _draft(self, db: Connection, person: str, patient: str) -> list[dict[str, object]]:
        indexes = self._seal.blind_indexes("draft", person, patient)
        row = db.execute(
            select(drafts).where(drafts.c.draft_index.in_(indexes), drafts.c.expires > self._database.clock())
        ).first()
        try:
            return self._decisions(f"{row.draft_index} draft", row.decisions) if row else []
        except KeptUnreadable:
            return []

    def _decisions(self, place: str, sealed: bytes | None) -> list[dict[str, object]]:
        """Before they had a version, decisions were a bare list."""
        kept = self._seal.open(place, sealed) if sealed else []
        if not isinstance(kept, list):
            found = opened_object(kept)
            check_version(found, DECISIONS)
            kept = as_list(found.get("decisions"))
        return [opened_object(each) for each in kept]

    def _set(self, launch_id: str, **values: object) -> None:
        alive = launches.c.phase.in_(("exchanging", "open"))
        with self._database.transaction() as db:
            db.execute(update(launches).where(launches.c.id == launch_id, alive).values(**values))
