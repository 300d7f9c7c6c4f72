"""What was signed here for a patient -> where each plan is, as far as it was seen: by us writing it, or in the chart.

The chart decides (decision 0022): what we remember of a record is believed only until the chart was read again.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from smartapp.archive import Record, record_of
from smartapp.core.permissions import check_can_write, unsupported
from smartapp.core.proposal import Proposal
from smartapp.core.review import identifier_of
from smartapp.ehr.deliver.items import LANDED, OPEN, OutboxItem, WriteStatus, landed
from smartapp.ehr.deliver.standing import GONE, status_now
from smartapp.errors import KeptUnreadable, NotPermitted
from smartapp.store import Signature
from smartapp.web.launch import readings
from smartapp.web.review_context import ReviewContext
from smartapp.web.sessions import LaunchSession
from smartapp.web.wiring import wiring

log = logging.getLogger("smartapp.web.signed")

_LOST = frozenset({"revoked", "entered-in-error", GONE})
_UNCERTAIN = frozenset({WriteStatus.SENDING, WriteStatus.UNKNOWN})


class Where(Enum):
    TAKEN_BACK = "taken back"
    UNREADABLE = "kept here, and not readable here"
    OVERTAKEN = "never sent: a newer plan was signed before it could be"
    NOT_THERE = "Signed, NOT in the chart"
    PARTLY = "Signed, NOT in the chart as a whole"
    DOUBTFUL = "Doubtful: look in the chart"
    UNKNOWN = "Signed, and not known whether it is in the chart"
    LOST = "no longer in the chart as it was written"
    ENDED = "ended in the chart since"
    BY_HAND = "put into the chart by hand"
    NOTE = "in the chart, wholly or in part as a note"
    THERE = "in the chart"


UNDELIVERED = frozenset({Where.NOT_THERE, Where.PARTLY, Where.DOUBTFUL, Where.UNKNOWN})
LOUD = UNDELIVERED | {Where.LOST, Where.UNREADABLE}


@dataclass(frozen=True)
class Signed:
    """One signature. ``record`` raises KeptUnreadable; ``why`` says so beforehand."""

    kept: Signature
    opened: Record | None
    steps: tuple[OutboxItem, ...]
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
        return not any(step.landing in LANDED | _UNCERTAIN | {WriteStatus.DOUBTFUL} for step in self.steps)

    @property
    def goes_on(self) -> bool:
        """Whether something of it is still to be sent or looked for."""
        return any(step.landing in OPEN or step.doubt_until for step in self.steps)


@dataclass(frozen=True)
class FractureStatus:
    """Where a plan is; ``seen`` says by what we know it, ``gone`` what of it the chart no longer holds."""

    where: Where
    seen: str = ""
    gone: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # references of records that are there no more

    @property
    def words(self) -> str:
        return " ".join(filter(None, (f"{self.where.value}{', ' if self.seen else ''}{self.seen}", *self.gone)))


def signed_of(kept: Signature) -> Signed:
    """The signature with its steps. What cannot be read is told, logged, and never stops the others."""
    if kept.unreadable:
        return Signed(kept, None, (), None, kept.unreadable)
    try:
        rows = wiring().store.outbox.rows(kept.id)
        steps = tuple(OutboxItem.from_row(row) for row in rows)
        times = [row.get("at") for row, step in zip(rows, steps, strict=True) if step.landing in LANDED]
        known = [at for at in times if at is not None]
        written = max(known, default=None) if len(known) == len(times) else None
        return Signed(kept, record_of(kept.record), steps, written)
    except KeptUnreadable as error:
        log.error("a signature cannot be read", extra={"event": type(error).__name__, "plan": kept.plan_id})
        return Signed(kept, None, (), None, str(error))


def history(session: LaunchSession) -> tuple[Signed, ...]:
    """Every plan signed here for this patient, newest first."""
    return tuple(map(signed_of, wiring().store.records.signatures_of(session.patient_key)))


def plan_of(session: LaunchSession, plan_id: str) -> Signed | None:
    kept = wiring().store.records.signature_of(session.patient_key, plan_id)
    return signed_of(kept) if kept else None


# -- where each is


def newest(signed: Sequence[Signed]) -> Signed | None:
    """The plan that counts: the last one that was not taken back."""
    return next((each for each in signed if not each.kept.retired), None)


def standing(context: ReviewContext, one: Signed, last: bool) -> FractureStatus:
    """``last``: whether it is the newest; of it alone the EHR is asked where the chart as read does not show it."""
    if one.kept.retired:
        return FractureStatus(Where.TAKEN_BACK)
    if one.why:
        return FractureStatus(Where.UNREADABLE, one.why)
    if not landed(one.steps):
        return FractureStatus(_on_its_way(one, last))
    states = {step.landing for step in one.steps}
    if WriteStatus.CONFIRMED in states and not states & {WriteStatus.WRITTEN, WriteStatus.FOUND}:
        return FractureStatus(Where.BY_HAND, "as a person has confirmed")
    told = [_sighting(context, step.reference, one.written, last) for step in one.steps if _is_ours(step)]
    gone = tuple(each.words for each in told if each.lost)
    if gone and last and not _replaced(context, one):
        missing = tuple(each.reference for each in told if each.missing)
        return FractureStatus(Where.LOST, f"{answered(one)}.", gone, missing)
    if gone:
        return FractureStatus(Where.ENDED, gone=gone)
    as_note = any(step.carries and step.landing in LANDED for step in one.steps)
    seen = [each.words for each in told if each.words]
    return FractureStatus(Where.NOTE if as_note else Where.THERE, seen[0] if seen else answered(one))


@dataclass(frozen=True)
class Lost:
    """The plan that counts, where the chart no longer has it: it may be signed again, with a reason."""

    kept: Signature
    missing: tuple[str, ...]


def lost_by_the_chart(context: ReviewContext, signed: Sequence[Signed]) -> Lost | None:
    last = newest(signed)
    stands = standing(context, last, True) if last else None
    return Lost(last.kept, stands.missing) if last and stands and stands.where is Where.LOST else None


def _on_its_way(one: Signed, last: bool) -> Where:
    states = {step.landing for step in one.steps}
    if WriteStatus.DOUBTFUL in states:
        return Where.DOUBTFUL
    if states & _UNCERTAIN:
        return Where.UNKNOWN
    if states & LANDED:
        return Where.PARTLY
    return Where.NOT_THERE if last else Where.OVERTAKEN


def _is_ours(step: OutboxItem) -> bool:
    """Whether it made a record of its own that the chart is read for."""
    return step.kind in ("CarePlan", "ServiceRequest") and step.reference.startswith(f"{step.kind}/") and not (
        step.ends_something
    )  # fmt: skip


@dataclass(frozen=True)
class _Sighting:
    """What the chart says of one record, in words; no words where nobody has looked since it was written."""

    reference: str
    words: str = ""
    lost: bool = False
    missing: bool = False


def _sighting(context: ReviewContext, reference: str, written: float | None, ask: bool) -> _Sighting:
    at = moment(context.read.at)
    if any(
        plan.source.reference == reference for plan in context.chart.plans
    ):  # those that were ended are not among them
        return _Sighting(reference, f"seen there {at}")
    if written is not None and context.read.at < written:
        return _Sighting(reference)
    if not ask:
        return _Sighting(reference, f"{at.capitalize()} {reference} was not among what the chart showed.", lost=True)
    client = readings().client(context.session.launch_id, context.session.connection)
    now, at = status_now(client, reference), moment(wiring().clock())
    if now is None:
        return _Sighting(reference, f"{_when(written)}; not checked since, because the EHR does not say")
    if now == GONE:
        return _Sighting(reference, f"{at.capitalize()} {reference} is no longer there.", lost=True, missing=True)
    if now in _LOST:
        return _Sighting(reference, f"{at.capitalize()} the chart has {reference} as {now}.", lost=True)
    return _Sighting(reference, f"seen there {at}")


def _replaced(context: ReviewContext, one: Signed) -> bool:
    """Whether another plan of ours, signed elsewhere, stands in its place."""
    plan = context.current("CarePlan")
    return plan is not None and plan.identifier != one.kept.plan_id


def answered(one: Signed) -> str:
    """When it was in the chart by what the EHR said as it was written."""
    return f"by the EHR's answer {_when(one.written)}"


def _when(at: float | None) -> str:
    return moment(at) if at is not None else "when it was written"


def moment(at: float) -> str:
    return f"on {datetime.fromtimestamp(at, UTC).astimezone():%Y-%m-%d at %H:%M}"


# -- what follows from it


def obstacle(context: ReviewContext, one: Signed, last: Signed | None) -> str:
    """Why this plan is not sent from this session now, as a sentence; empty if it is (decision 0022)."""
    try:
        check_can_write(context.signer, active=one.opened is not None and one.opened.signed.active)
    except NotPermitted as error:
        return str(error)
    if one.untouched and last is not None and last.kept.id != one.kept.id:
        return "A newer plan was signed since: this one is not sent any more."
    if one.untouched and (stop := unsupported(context.assessment)):
        return f"It is not sent, because today's chart does not support it. {stop}"
    if one.kept.launch_id == context.session.launch_id:
        return ""
    grants = context.session.connection.grants
    lacking = {s.kind for s in one.steps if s.sendable and not grants.may(s.kind, "u" if s.ends_something else "c")}
    return f"This session has no permission to write {', '.join(sorted(lacking))}." if lacking else ""


def no_longer_standing(signed: Sequence[Signed], proposal: Proposal, active: bool, lost: bool) -> list[str]:
    """Plans of this very content signed here that are no reason not to sign it again: taken back, followed by another
    plan, ``lost`` by the chart, or drafts where one is to be made active.
    """
    last = newest(signed)
    same = [s for s in signed if s.opened and s.opened.signed.proposal.content_hash == proposal.content_hash]
    return [
        s.kept.plan_id for s in same if s is not last or lost or (active and not s.record.signed.active)
    ]  # fmt: skip


def signed_already(context: ReviewContext, signed: Sequence[Signed], active: bool, lost: bool) -> Signed | None:
    """The signature that holds exactly this plan for this patient, whatever of it has reached the chart."""
    gone = no_longer_standing(signed, context.revised, active, lost)
    wanted = identifier_of(context.revised, context.session.connection.iss, active, gone)
    return next((each for each in signed if each.kept.plan_id == wanted), None)
