"""What CDS Hooks leaves behind: tokens that were used, what each call found, and what became of its card. No patient.

A call is kept by its service, its topic and the names of what was missing; nothing of its chart is. Of feedback the
comment is not kept (decision 0047): it may name the patient, and who reads the report treats nobody.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import cast

from sqlalchemy import delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from smartapp.store.database import Database
from smartapp.store.schema import hook_feedback, hook_firings, hook_tokens

_FEEDBACK_OF_A_CARD = 20  # kept at most: the specification lets an EHR say it again, not without end (ours)


@dataclass(frozen=True)
class KeptFiring:
    """One call of a service by an EHR. ``card``: its uuid, empty where there was nothing to say; ``shown`` is False
    where silent mode kept it back. ``order_existed``: physical therapy was ordered already; ``missing``: names of facts
    the chart did not give and the answer hung on."""

    issuer: str  # key in the issuers file
    service: str
    hook: str
    instance: str  # hookInstance of the call
    topic: str = ""  # code of the card's topic
    card: str = ""
    indicator: str = ""
    shown: bool = True
    order_existed: bool = False
    missing: tuple[str, ...] = ()
    at: float = 0.0  # given by the store


@dataclass(frozen=True)
class KeptFeedback:
    """What somebody did with a card. ``said``: the EHR's own time of it, as it wrote it."""

    card: str
    outcome: str  # accepted, overridden
    said: str
    reason_system: str = ""
    reason_code: str = ""
    commented: bool = False  # the EHR sent words of the clinician as well
    at: float = 0.0  # given by the store


class Hooks:
    """``seconds``: how long firings and feedback are kept."""

    def __init__(self, database: Database, seconds: float):
        self._database, self._seconds = database, seconds

    def use_token(self, issuer: str, jti: str, until: float) -> bool:
        """Whether nobody used this token before, in any worker; from now on somebody did. ``until``: when it ends."""
        with suppress(IntegrityError), self._database.transaction() as db:
            db.execute(insert(hook_tokens).values(token_hash=_hash(issuer, jti), until=until))
            return True
        return False

    def keep_firing(self, firing: KeptFiring) -> None:
        with self._database.transaction() as db:
            db.execute(
                insert(hook_firings).values(
                    id=secrets.token_urlsafe(16), at=self._database.clock(), issuer=firing.issuer,
                    service=firing.service, hook=firing.hook, instance=firing.instance, topic=firing.topic,
                    card=firing.card, indicator=firing.indicator, shown=int(firing.shown),
                    order_existed=int(firing.order_existed), missing=json.dumps(firing.missing, ensure_ascii=False),
                )
            )  # fmt: skip

    def keep_feedback(self, issuer: str, service: str, told: Sequence[KeptFeedback]) -> int:
        """Keep what is new of it and about cards this EHR had from this service; returns how much that was.

        The same card, outcome and time twice is once. Of cards that are not known, or no longer, nothing is kept.
        """
        return sum(self._keep_one(issuer, service, each) for each in told)

    def _keep_one(self, issuer: str, service: str, told: KeptFeedback) -> bool:
        shown = (
            hook_firings.c.card == told.card, hook_firings.c.issuer == issuer, hook_firings.c.service == service,
            hook_firings.c.shown == 1,
        )  # fmt: skip
        with suppress(IntegrityError), self._database.transaction() as db:
            known = told.card and db.execute(select(hook_firings.c.id).where(*shown)).first()
            of_it = select(func.count()).where(hook_feedback.c.card == told.card)
            if not known or db.execute(of_it).scalar_one() >= _FEEDBACK_OF_A_CARD:
                return False
            db.execute(
                insert(hook_feedback).values(
                    feedback_hash=_hash(told.card, told.outcome, told.said), card=told.card, outcome=told.outcome,
                    said=told.said, at=self._database.clock(), reason_system=told.reason_system,
                    reason_code=told.reason_code, commented=int(told.commented),
                )
            )  # fmt: skip
            return True
        return False

    def firings(self, issuer: str) -> tuple[KeptFiring, ...]:
        """All that are kept of an EHR, oldest first."""
        columns = hook_firings.c
        with self._database.read() as db:
            rows = db.execute(
                select(hook_firings).where(columns.issuer == issuer).order_by(columns.at, columns.id)
            ).all()
        return tuple(
            KeptFiring(
                row.issuer, row.service, row.hook, row.instance, row.topic, row.card, row.indicator, bool(row.shown),
                bool(row.order_existed), tuple(cast(list[str], json.loads(row.missing))), row.at,
            )
            for row in rows
        )  # fmt: skip

    def feedback(self, issuer: str) -> tuple[KeptFeedback, ...]:
        """All that is kept about cards of an EHR, in the order of the times it said."""
        cards = select(hook_firings.c.card).where(hook_firings.c.issuer == issuer)
        with self._database.read() as db:
            rows = db.execute(
                select(hook_feedback).where(hook_feedback.c.card.in_(cards))
                .order_by(hook_feedback.c.said, hook_feedback.c.at)
            ).all()  # fmt: skip
        return tuple(
            KeptFeedback(
                row.card, row.outcome, row.said, row.reason_system, row.reason_code, bool(row.commented), row.at
            )
            for row in rows
        )

    def purge_expired(self) -> int:
        """Remove tokens that have ended, and firings and feedback whose time is over; returns how many."""
        now = self._database.clock()
        over = (
            delete(hook_tokens).where(hook_tokens.c.until <= now),
            delete(hook_feedback).where(hook_feedback.c.at <= now - self._seconds),
            delete(hook_firings).where(hook_firings.c.at <= now - self._seconds),
        )
        with self._database.transaction() as db:
            return sum(db.execute(each).rowcount for each in over)


def _hash(*parts: str) -> str:
    """Of the length and text of each part, so that no two lists of parts read the same."""
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()
