"""Subscriptions by which an EHR tells us that a Task has changed: whose address it is, when it last said anything."""

import secrets
from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from smartapp.store.database import Database
from smartapp.store.schema import task_subscriptions


@dataclass(frozen=True)
class Subscribed:
    """Times in seconds since the epoch; 0 for never."""

    made: float = 0.0
    heard: float = 0.0


class Subscriptions:
    def __init__(self, database: Database):
        self._database, self._seal = database, database.seal

    def begin(self, base: str) -> str:
        """A new address for this EHR, in the place of the one before; returns the part of it nobody can guess."""
        token = secrets.token_urlsafe(32)
        made = {"token_index": self._seal.blind_index("subscription", token), "made": self._database.clock()}
        with self._database.transaction() as db:
            db.execute(delete(task_subscriptions).where(task_subscriptions.c.base == base))
            db.execute(insert(task_subscriptions).values(base=base, heard=0.0, **made))
        return token

    def hear(self, token: str) -> str:
        """The EHR this address is for, which has just said something; empty for an address that is none."""
        mine = task_subscriptions.c.token_index.in_(self._seal.blind_indexes("subscription", token))
        with self._database.transaction() as db:
            base: str | None = db.execute(select(task_subscriptions.c.base).where(mine)).scalar()
            if base:
                db.execute(update(task_subscriptions).where(mine).values(heard=self._database.clock()))
        return base or ""

    def of(self, base: str) -> Subscribed:
        with self._database.read() as db:
            row = db.execute(select(task_subscriptions).where(task_subscriptions.c.base == base)).first()
        return Subscribed(row.made, row.heard) if row else Subscribed()
