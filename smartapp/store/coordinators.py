"""What is kept for a coordinator beside the EHR: the calendar feed, saved filters, and the last move until it is too
late to undo it. The person is known as launches know one: issuer and subject; without them nothing is kept.

The address of a feed is a secret of 256 bits, of which only a keyed hash is kept: whoever has the database cannot read
a calendar by it. A feed nobody's inbox has filled for long is forgotten.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, func, select, update

from smartapp.store.database import Database
from smartapp.store.referrals import short_reference
from smartapp.store.schema import calendars, last_moves, saved_filters
from smartapp.store.seal import as_list

FORGOTTEN = 90 * 86400.0  # seconds without a look into the inbox after which a feed ends (ours)


@dataclass(frozen=True)
class Calendar:
    """``days``: each with key, what and day; ``seen``: when they were read from the EHR, None if never."""

    days: tuple[Mapping[str, str], ...]
    seen: float | None
    made: float


class Coordinators:
    def __init__(self, database: Database):
        self._database, self._seal = database, database.seal

    def short_reference(self, iss: str, task_id: str) -> str:
        return short_reference(self._seal, iss, task_id)

    # -- calendar

    def make_calendar(self, person: str) -> str:
        """The secret of a new feed, told once; an older one of this person ends with this."""
        secret = secrets.token_urlsafe(32)
        values = {"address_index": self._seal.blind_index("calendar", secret), "made": self._database.clock()}
        empty = {"days": self._seal.seal("calendar days", []), "seen": None}
        unseen = func.coalesce(calendars.c.seen, calendars.c.made) <= self._database.clock() - FORGOTTEN
        with self._database.transaction() as db:
            db.execute(delete(calendars).where(unseen))
        self._database.put(calendars, {"person_index": self._person(person)}, {**values, **empty})
        return secret

    def end_calendar(self, person: str) -> bool:
        """Whether there was one."""
        with self._database.transaction() as db:
            mine = calendars.c.person_index.in_(self._seal.blind_indexes("person", person))
            return bool(db.execute(delete(calendars).where(mine)).rowcount)

    def calendar_of(self, person: str) -> Calendar | None:
        return self._calendar(calendars.c.person_index.in_(self._seal.blind_indexes("person", person)))

    def calendar_at(self, secret: str) -> Calendar | None:
        """Of an address as somebody asks for it; None where it is none, or no more one."""
        found = self._calendar(calendars.c.address_index.in_(self._seal.blind_indexes("calendar", secret)))
        alive = found and self._database.clock() - (found.seen or found.made) < FORGOTTEN
        return found if alive else None

    def fill_calendar(self, person: str, days: Sequence[Mapping[str, str]]) -> None:
        """What the inbox shows now; nothing where the person has no feed."""
        mine = calendars.c.person_index.in_(self._seal.blind_indexes("person", person))
        sealed = self._seal.seal("calendar days", [dict(day) for day in days])
        with self._database.transaction() as db:
            db.execute(update(calendars).where(mine).values(days=sealed, seen=self._database.clock()))

    def _calendar(self, which: object) -> Calendar | None:
        with self._database.read() as db:
            row = db.execute(select(calendars.c.days, calendars.c.seen, calendars.c.made).where(which)).first()  # type: ignore[arg-type]
        if row is None:
            return None
        days = as_list(self._seal.open("calendar days", row.days))
        return Calendar(tuple(day for day in days if isinstance(day, dict)), row.seen, row.made)

    # -- saved filters

    def filters_of(self, person: str) -> dict[str, str]:
        """Name of a filter -> its query, as it stands in an address of the inbox."""
        mine = saved_filters.c.person_index.in_(self._seal.blind_indexes("person", person))
        with self._database.read() as db:
            row = db.execute(select(saved_filters.c.filters).where(mine)).first()
        found = self._seal.open_object("saved filters", row.filters) if row else {}
        return {name: str(query) for name, query in found.items()}

    def save_filters(self, person: str, filters: Mapping[str, str]) -> None:
        sealed = self._seal.seal("saved filters", dict(filters))
        self._database.put(saved_filters, {"person_index": self._person(person)}, {"filters": sealed})

    # -- the last move

    def note_move(self, launch_id: str, task_id: str, move: Mapping[str, object], seconds: float) -> None:
        """It replaces what was noted of this referral before, and is forgotten after so many seconds."""
        now, place = self._database.clock(), f"{launch_id} move"
        key = {"launch_id": launch_id, "task_index": self._seal.blind_index("task", task_id)}
        with self._database.transaction() as db:
            db.execute(delete(last_moves).where(last_moves.c.expires <= now))
        values = {"move": self._seal.seal(place, dict(move)), "expires": now + seconds}
        self._database.put(last_moves, key, values)

    def last_move(self, launch_id: str, task_id: str) -> dict[str, object] | None:
        """None where there is none, or where its time is over."""
        mine = (
            last_moves.c.launch_id == launch_id,
            last_moves.c.task_index.in_(self._seal.blind_indexes("task", task_id)),
            last_moves.c.expires > self._database.clock(),
        )
        with self._database.read() as db:
            row = db.execute(select(last_moves.c.move).where(*mine)).first()
        return self._seal.open_object(f"{launch_id} move", row.move) if row else None

    def forget_move(self, launch_id: str, task_id: str) -> None:
        indexes = self._seal.blind_indexes("task", task_id)
        with self._database.transaction() as db:
            mine = (last_moves.c.launch_id == launch_id, last_moves.c.task_index.in_(indexes))
            db.execute(delete(last_moves).where(*mine))

    def _person(self, person: str) -> str:
        return self._seal.blind_index("person", person)
