"""What is kept for good until somebody removes it, and the days it has to be kept -> what is over its time, removed.

Only what is at an end: a plan with nothing left to do, a statement that was taken back, a link that has ended and whose
reports are done, a closed referral. Sessions, drafts and calls of CDS Hooks end by themselves. Of the audit trail the
beginning goes: what is left is still one chain (audit.py).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, delete, func, select

from smartapp.store.audit import AuditTrail
from smartapp.store.backlog import ENDED
from smartapp.store.database import Database
from smartapp.store.referrals import CLOSED
from smartapp.store.schema import (
    attestations,
    awaited_orders,
    carried,
    outbox,
    referrals,
    signatures,
    therapist_links,
    therapist_reports,
)

DAY = 86400.0
AUDIT = "audit events"
_PAGE = 500  # rows removed at once (ours)


@dataclass(frozen=True)
class Rule:
    """``over``: which rows were at an end before a moment; ``beside``: what goes with a row, by its id."""

    id: Column[str]
    over: Callable[[float], Sequence[ColumnElement[bool]]]
    beside: tuple[Column[str], ...] = ()


def _plans(moment: float) -> Sequence[ColumnElement[bool]]:
    on_its_way = select(outbox.c.signature_id).where(outbox.c.status.not_in(ENDED) | (outbox.c.doubtful == 1))
    return signatures.c.signed < moment, signatures.c.writing_by == "", signatures.c.id.not_in(on_its_way)


def _links(moment: float) -> Sequence[ColumnElement[bool]]:
    waiting = select(therapist_reports.c.link_id).where(therapist_reports.c.done.is_(None))
    ended = func.coalesce(therapist_links.c.revoked, therapist_links.c.expires)
    return ended < moment, therapist_links.c.id.not_in(waiting)


RULES: Mapping[str, Rule] = {
    "signed plans": Rule(
        signatures.c.id, _plans, (outbox.c.signature_id, carried.c.signature_id, awaited_orders.c.signature_id)
    ),
    "withdrawn statements": Rule(attestations.c.id, lambda moment: [attestations.c.withdrawn < moment]),
    "therapist links": Rule(therapist_links.c.id, _links, (therapist_reports.c.link_id,)),
    "closed referrals": Rule(
        referrals.c.id,
        lambda moment: [referrals.c.kept_here == 1, referrals.c.queue == CLOSED, referrals.c.seen < moment],
    ),
}


class Retention:
    """``days``: by kind, AUDIT or one of RULES; 0 keeps it for good."""

    def __init__(self, database: Database, trail: AuditTrail):
        self._database, self._trail = database, trail

    def due(self, days: Mapping[str, int]) -> dict[str, int]:
        """How much of each kind is over its time."""
        return {kind: self._count(kind, self._moment(kept)) for kind, kept in days.items() if kept}

    def remove(self, days: Mapping[str, int]) -> Iterator[tuple[str, int]]:
        """Remove it, in pages; each kind with how much went. Whoever calls has told the audit trail before."""
        for kind, kept in days.items():
            if kept:
                moment = self._moment(kept)
                yield kind, self._trail.remove_before(moment) if kind == AUDIT else self._remove(RULES[kind], moment)

    def _moment(self, days: int) -> float:
        return self._database.clock() - days * DAY

    def _count(self, kind: str, moment: float) -> int:
        if kind == AUDIT:
            return self._trail.count_before(moment)
        rule = RULES[kind]
        with self._database.read() as db:
            return db.execute(select(func.count(rule.id)).where(*rule.over(moment))).scalar_one()

    def _remove(self, rule: Rule, moment: float) -> int:
        removed = 0
        while True:
            with self._database.transaction() as db:
                ids = db.execute(select(rule.id).where(*rule.over(moment)).limit(_PAGE)).scalars().all()
                for column in (*rule.beside, rule.id):
                    db.execute(delete(column.table).where(column.in_(ids)))
            removed += len(ids)
            if len(ids) < _PAGE:
                return removed
