"""What was signed here for a patient, as kept: each signature with its items."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from smartapp.archive import Record, record_of
from smartapp.ehr.deliver.items import LANDED, OPEN, OutboxItem, WriteStatus
from smartapp.errors import KeptUnreadable
from smartapp.store import Signature
from smartapp.web.sessions import LaunchSession
from smartapp.web.wiring import wiring

log = logging.getLogger("smartapp.web.signatures")

UNCERTAIN = frozenset({WriteStatus.SENDING, WriteStatus.UNKNOWN})


@dataclass(frozen=True)
class Signed:
    """One signature. ``record`` raises KeptUnreadable; ``why`` says so beforehand."""

    kept: Signature
    opened: Record | None
    items: tuple[OutboxItem, ...]
    written: float | None  # when the last of it landed, in seconds since the epoch; None if not known
    why: str = ""

    @property
    def record(self) -> Record:
        if self.opened is None:
            raise KeptUnreadable(self.why)
        return self.opened

    @property
    def untouched(self) -> bool:
        """Whether surely nothing of it has reached the chart."""
        return not any(item.status in LANDED | UNCERTAIN | {WriteStatus.DOUBTFUL} for item in self.items)

    @property
    def goes_on(self) -> bool:
        """Whether something of it is still to be sent or looked for."""
        return any(item.status in OPEN or item.doubt_until for item in self.items)


def signed_of(kept: Signature) -> Signed:
    """The signature with its items. What cannot be read is told, logged, and never stops the others."""
    if kept.unreadable:
        return Signed(kept, None, (), None, kept.unreadable)
    try:
        rows = wiring().store.outbox.rows(kept.id)
        items = tuple(OutboxItem.from_row(row) for row in rows)
        times = [row.get("at") for row, item in zip(rows, items, strict=True) if item.status in LANDED]
        known = [at for at in times if at is not None]
        written = max(known, default=None) if len(known) == len(times) else None
        return Signed(kept, record_of(kept.record), items, written)
    except KeptUnreadable as error:
        log.error("a signature cannot be read", extra={"event": type(error).__name__, "plan": kept.plan_id})
        return Signed(kept, None, (), None, str(error))


def signed_plans(session: LaunchSession) -> tuple[Signed, ...]:
    """Every plan signed here for this patient, newest first."""
    return signed_for(session.patient_key)


def signed_for(patient_key: str) -> tuple[Signed, ...]:
    return tuple(map(signed_of, wiring().store.records.signatures_of(patient_key)))


def plan_of(session: LaunchSession, plan_id: str) -> Signed | None:
    kept = wiring().store.records.signature_of(session.patient_key, plan_id)
    return signed_of(kept) if kept else None


def plan_of_patient(iss: str, patient: str, plan_id: str) -> Signed | None:
    """The same for a coordinator, whose session is of no one patient. ``patient``: Patient/12."""
    kept = wiring().store.records.signature_of(f"{iss}/{patient}", plan_id)
    return signed_of(kept) if kept else None


def newest_plan(signed: Sequence[Signed]) -> Signed | None:
    """The plan that counts: the last one that was not taken back."""
    return next((each for each in signed if not each.kept.retired), None)
