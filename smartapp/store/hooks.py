"""What CDS Hooks leaves behind: tokens that were used, what each call found, and what became of its card. No patient.

A call is kept by its service, the topic of its card and the names of what was missing; nothing of its chart is. Of
feedback the comment is not kept (decision 0047): it may name the patient, and who reads the report treats nobody.
"""

import hashlib
import json
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC
from typing import Any

from sqlalchemy import Select, and_, case, delete, func, insert, select
from sqlalchemy.exc import IntegrityError

from smartapp.core.hooks import CardTopic, Feedback, FiredCard, Firing, Hook
from smartapp.store.database import Database
from smartapp.store.schema import hook_cards, hook_feedback, hook_firings, hook_tokens

_FEEDBACK_OF_A_CARD = 20  # kept at most: the specification lets an EHR say it again, not without end (ours)
# A code is one word: what an EHR puts there instead, such as a sentence about somebody, is not kept.
_CODE, _SYSTEM = re.compile(r"[A-Za-z0-9._-]{1,64}"), re.compile(r"(?:https?://|urn:)[A-Za-z0-9./:_~-]{1,180}")
OTHER_REASON = "other"


@dataclass(frozen=True)
class KeptFiring:
    """One call, and when it was answered, in seconds since the epoch."""

    firing: Firing
    at: float


@dataclass(frozen=True)
class KeptFeedback:
    """What somebody did with a card. ``said``: the EHR's own time of it, in UTC; ``commented``: with words as well."""

    card: str
    outcome: str  # accepted, overridden
    said: str
    reason_system: str
    reason_code: str
    commented: bool


@dataclass(frozen=True)
class CallCount:
    """So many calls of a service that were alike; ``card``: there was something to say."""

    service: str
    shown: bool
    order_exists: bool
    card: bool
    missing: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class CardCount:
    """So many cards of one topic with the same end: the newest outcome the EHR told, empty where it told none."""

    service: str
    topic: str
    shown: bool
    outcome: str
    reason_code: str
    count: int


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

    def keep_firing(self, firing: Firing) -> None:
        id_, now = secrets.token_urlsafe(16), self._database.clock()
        with self._database.transaction() as db:
            db.execute(
                insert(hook_firings).values(
                    id=id_, at=now, issuer=firing.issuer, service=firing.service, hook=firing.hook.value,
                    instance=firing.instance, missing=json.dumps(firing.missing), shown=int(firing.shown),
                    order_exists=int(firing.order_exists), knowledge=firing.knowledge_version,
                )
            )  # fmt: skip
            for card in firing.cards:
                db.execute(
                    insert(hook_cards).values(
                        card=card.uuid, firing=id_, topic=card.topic.value, because=json.dumps(card.because)
                    )
                )

    def keep_feedback(self, issuer: str, service: str, told: Sequence[Feedback]) -> int:
        """Keep what is new of it and about cards this EHR was shown by this service; returns how much that was.

        The same card, outcome and time twice is once. Of cards that are not known, or no longer, nothing is kept.
        """
        return sum(self._keep_one(issuer, service, each) for each in told)

    def _keep_one(self, issuer: str, service: str, told: Feedback) -> bool:
        said = told.at.astimezone(UTC).isoformat()
        firing = hook_firings.c
        shown = (firing.issuer == issuer, firing.service == service, firing.shown == 1, hook_cards.c.card == told.card)
        with suppress(IntegrityError), self._database.transaction() as db:
            known = db.execute(select(firing.id).join(hook_cards, hook_cards.c.firing == firing.id).where(*shown))
            of_it = select(func.count()).where(hook_feedback.c.card == told.card)
            if known.first() is None or db.execute(of_it).scalar_one() >= _FEEDBACK_OF_A_CARD:
                return False
            db.execute(
                insert(hook_feedback).values(
                    feedback_hash=_hash(told.card, told.outcome.value, said), card=told.card,
                    outcome=told.outcome.value, said=said, at=self._database.clock(), commented=int(bool(told.comment)),
                    **_reason(told),
                )
            )  # fmt: skip
            return True
        return False

    def calls(self, issuer: str, since: float) -> tuple[CallCount, ...]:
        """How often which service was called by an EHR since a moment, and what it found."""
        firing = hook_firings.c
        carded = case((hook_cards.c.card.is_(None), 0), else_=1).label("carded")
        alike = (
            select(firing.service, firing.shown, firing.order_exists, carded, firing.missing, firing.id)
            .select_from(hook_firings.outerjoin(hook_cards, hook_cards.c.firing == firing.id))
            .where(firing.issuer == issuer, firing.at >= since)
            .distinct()
        )
        return tuple(
            CallCount(service, bool(shown), bool(order), bool(card), tuple(json.loads(missing)), count)
            for service, shown, order, card, missing, count in self._counted(alike, 5)
        )

    def cards(self, issuer: str, since: float) -> tuple[CardCount, ...]:
        """How often which card was made for an EHR since a moment, and how it ended."""
        firing, told = hook_firings.c, hook_feedback.c
        newest = func.row_number().over(partition_by=told.card, order_by=(told.said.desc(), told.feedback_hash))
        ranked = select(told.card, told.outcome, told.reason_code, newest.label("place")).subquery()
        last = select(ranked).where(ranked.c.place == 1).subquery()
        outcome, reason = func.coalesce(last.c.outcome, ""), func.coalesce(last.c.reason_code, "")
        joined = hook_firings.join(hook_cards, hook_cards.c.firing == firing.id)
        alike = (
            select(firing.service, hook_cards.c.topic, firing.shown, outcome.label("end"), reason.label("why"))
            .select_from(joined.outerjoin(last, last.c.card == hook_cards.c.card))
            .where(firing.issuer == issuer, firing.at >= since)
        )
        return tuple(
            CardCount(service, topic, bool(shown), end, why, count)
            for service, topic, shown, end, why, count in self._counted(alike, 5)
        )

    def _counted(self, rows: Select[Any], columns: int) -> list[tuple[Any, ...]]:
        """The rows by their first columns, in order, each with how many there are."""
        found = rows.subquery()
        kinds = list(found.c)[:columns]
        with self._database.read() as db:
            return [tuple(row) for row in db.execute(select(*kinds, func.count()).group_by(*kinds).order_by(*kinds))]

    def firings(self, issuer: str, since: float = 0.0) -> tuple[KeptFiring, ...]:
        """All that are kept of an EHR since a moment, oldest first."""
        mine = and_(hook_firings.c.issuer == issuer, hook_firings.c.at >= since)
        cards: dict[str, list[FiredCard]] = {}
        with self._database.read() as db:
            rows = db.execute(select(hook_firings).where(mine).order_by(hook_firings.c.at, hook_firings.c.id)).all()
            of_them = select(hook_cards).join(hook_firings, hook_cards.c.firing == hook_firings.c.id).where(mine)
            for card in db.execute(of_them):
                made = FiredCard(card.card, CardTopic(card.topic), tuple(json.loads(card.because)))
                cards.setdefault(card.firing, []).append(made)
        return tuple(
            KeptFiring(
                Firing(
                    row.service, Hook(row.hook), row.instance, row.issuer, tuple(cards.get(row.id, ())),
                    tuple(json.loads(row.missing)), bool(row.order_exists), bool(row.shown), row.knowledge,
                ),
                row.at,
            )
            for row in rows
        )  # fmt: skip

    def feedback(self, issuer: str) -> tuple[KeptFeedback, ...]:
        """All that is kept about cards of an EHR, in the order of the times it said."""
        cards = select(hook_cards.c.card).join(hook_firings, hook_cards.c.firing == hook_firings.c.id)
        of_it = hook_feedback.c.card.in_(cards.where(hook_firings.c.issuer == issuer))
        with self._database.read() as db:
            rows = db.execute(select(hook_feedback).where(of_it).order_by(hook_feedback.c.said, hook_feedback.c.at))
            return tuple(
                KeptFeedback(row.card, row.outcome, row.said, row.reason_system, row.reason_code, bool(row.commented))
                for row in rows
            )

    def purge_expired(self) -> int:
        """Remove tokens that have ended, and firings with cards and feedback whose time is over; returns how many."""
        now = self._database.clock()
        old = hook_firings.c.at <= now - self._seconds
        cards = select(hook_cards.c.card).where(hook_cards.c.firing.in_(select(hook_firings.c.id).where(old)))
        over = (
            delete(hook_tokens).where(hook_tokens.c.until <= now),
            delete(hook_feedback).where(hook_feedback.c.card.in_(cards)),
            delete(hook_cards).where(hook_cards.c.firing.in_(select(hook_firings.c.id).where(old))),
            delete(hook_firings).where(old),
        )
        with self._database.transaction() as db:
            return sum(db.execute(each).rowcount for each in over)


def _reason(told: Feedback) -> dict[str, str]:
    if told.reason is None:
        return {"reason_system": "", "reason_code": ""}
    system = told.reason.system if _SYSTEM.fullmatch(told.reason.system) else ""
    return {
        "reason_system": system,
        "reason_code": told.reason.code if _CODE.fullmatch(told.reason.code) else OTHER_REASON,
    }


def _hash(*parts: str) -> str:
    """Of the length and text of each part, so that no two lists of parts read the same."""
    text = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
