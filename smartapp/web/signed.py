"""A signature and the chart -> where its plan is, as far as it was seen: by us writing it, or in the chart.

The chart decides (decision 0022): what we remember of a record is believed only until the chart was read again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum

from smartapp.core.plan.reviews import renewal_day
from smartapp.core.proposal import Proposal
from smartapp.core.review import identifier_of
from smartapp.core.review.renewal import orders_next_visits
from smartapp.ehr.deliver.find import GONE, read_status
from smartapp.ehr.deliver.items import LANDED, OutboxItem, WriteStatus, is_complete
from smartapp.store import Signature
from smartapp.web.catalog import Lazy, _
from smartapp.web.launch import charts
from smartapp.web.review_context import ReviewContext
from smartapp.web.running import plan_in_chart, running_plan
from smartapp.web.signatures import UNCERTAIN, Signed, newest_plan, signed_plans
from smartapp.web.wiring import wiring

_LOST = frozenset({"revoked", "entered-in-error", GONE})


class Where(Enum):
    TAKEN_BACK = "retracted"
    UNREADABLE = Lazy("kept here, and not readable here")
    OVERTAKEN = Lazy("never sent: a newer plan was signed before it could be")
    NOT_THERE = Lazy("Signed, NOT in the chart: finish")
    PARTLY = Lazy("Signed, NOT in the chart as a whole: finish")
    DOUBTFUL = Lazy("Doubtful: look in the chart")
    UNKNOWN = Lazy("Signed, and not known whether it is in the chart")
    LOST = Lazy("no longer in the chart as it was written")
    ENDED = Lazy("ended in the chart since")
    BY_HAND = Lazy("put into the chart by hand")
    NOTE = Lazy("saved to the chart, wholly or in part as a note")
    WRITTEN = Lazy("saved to the chart")
    THERE = Lazy("in the chart")  # only where it was seen there


UNDELIVERED = frozenset({Where.NOT_THERE, Where.PARTLY, Where.DOUBTFUL, Where.UNKNOWN})
IN_CHART = frozenset({Where.NOTE, Where.WRITTEN, Where.THERE})
LOUD = UNDELIVERED | {Where.LOST, Where.UNREADABLE}


@dataclass(frozen=True)
class Whereabouts:
    """Where a plan is; ``seen`` says by what we know it, ``gone`` what of it the chart no longer holds."""

    where: Where
    seen: str = ""
    gone: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()  # references of records that are there no more

    @property
    def words(self) -> str:
        return " ".join(filter(None, (f"{self.where.value}{', ' if self.seen else ''}{self.seen}", *self.gone)))


# -- where each is


def locate(context: ReviewContext, one: Signed, last: bool) -> Whereabouts:
    """``last``: whether it is the newest; of it alone the EHR is asked where the chart as read does not show it."""
    if one.kept.retired:
        return Whereabouts(Where.TAKEN_BACK)
    if one.why:
        return Whereabouts(Where.UNREADABLE, one.why)
    if not is_complete(one.items):
        return Whereabouts(_on_its_way(one, last))
    states = {item.status for item in one.items}
    if WriteStatus.CONFIRMED in states and not states & {WriteStatus.WRITTEN, WriteStatus.FOUND}:
        return Whereabouts(Where.BY_HAND, _("as a person has confirmed"))
    told = [_look_in_chart(context, item.reference, one.written, last) for item in one.items if _is_looked_for(item)]
    gone = tuple(each.words for each in told if each.lost)
    if gone and last and not _replaced(context, one):
        missing = tuple(each.reference for each in told if each.missing)
        return Whereabouts(
            Where.LOST, _("though the EHR confirmed it %(written)s.", written=_when(one.written)), gone, missing
        )
    if gone:
        return Whereabouts(Where.ENDED, gone=gone)
    as_note = any(item.is_document and item.status in LANDED for item in one.items)
    first = next((each for each in told if each.words), _Sighting("", confirmation(one)))
    return Whereabouts(Where.NOTE if as_note else Where.THERE if first.seen else Where.WRITTEN, first.words)


@dataclass(frozen=True)
class Lost:
    """The plan that counts, where the chart no longer has it: it may be signed again, with a reason."""

    kept: Signature
    missing: tuple[str, ...]


def lost_by_the_chart(context: ReviewContext, signed: Sequence[Signed]) -> Lost | None:
    last = newest_plan(signed)
    stands = locate(context, last, True) if last else None
    return Lost(last.kept, stands.missing) if last and stands and stands.where is Where.LOST else None


def _on_its_way(one: Signed, last: bool) -> Where:
    states = {item.status for item in one.items}
    if WriteStatus.DOUBTFUL in states:
        return Where.DOUBTFUL
    if states & UNCERTAIN:
        return Where.UNKNOWN
    if states & LANDED:
        return Where.PARTLY
    return Where.NOT_THERE if last else Where.OVERTAKEN


def _is_looked_for(item: OutboxItem) -> bool:
    """Whether it made a record of its own that the chart is read for."""
    return item.kind in ("CarePlan", "ServiceRequest") and item.has_record


@dataclass(frozen=True)
class _Sighting:
    """What the chart says of one record, in words; no words where nobody has looked since it was written."""

    reference: str
    words: str = ""
    seen: bool = False
    lost: bool = False
    missing: bool = False


def _look_in_chart(context: ReviewContext, reference: str, written: float | None, ask: bool) -> _Sighting:
    at = moment(context.read.at)
    # What was ended is not among the plans of the chart.
    if any(plan.source.reference == reference for plan in context.chart.plans):
        return _Sighting(reference, _("seen there %(at)s", at=at), seen=True)
    if written is not None and context.read.at < written:
        return _Sighting(reference)
    if not ask:
        return _Sighting(
            reference,
            _("%(at)s %(reference)s was not among what the chart showed.", at=at.capitalize(), reference=reference),
            lost=True,
        )
    client = charts().client(context.session.launch_id, context.session.connection)
    now, at = read_status(client, reference), moment(wiring().clock())
    if now is None:
        words = _(
            "confirmed by the EHR %(written)s; not checked since, because the EHR does not say", written=_when(written)
        )
        return _Sighting(reference, words)
    if now == GONE:
        return _Sighting(
            reference,
            _("%(at)s %(reference)s is no longer there.", at=at.capitalize(), reference=reference),
            lost=True,
            missing=True,
        )
    if now in _LOST:
        return _Sighting(
            reference,
            _("%(at)s the chart has %(reference)s as %(now)s.", at=at.capitalize(), reference=reference, now=now),
            lost=True,
        )
    return _Sighting(reference, _("seen there %(at)s", at=at), seen=True)


def _replaced(context: ReviewContext, one: Signed) -> bool:
    """Whether another plan of ours, signed elsewhere, stands in its place."""
    plan = context.current("CarePlan")
    return plan is not None and plan.source.reference != plan_in_chart(one)


def confirmation(one: Signed) -> str:
    """When the EHR said that it has it, as it was written."""
    return _("confirmed by the EHR %(written)s", written=_when(one.written))


def _when(at: float | None) -> str:
    return moment(at) if at is not None else _("when it was written")


def moment(at: float) -> str:
    return _("on %(time)s", time=f"{datetime.fromtimestamp(at, UTC).astimezone():%Y-%m-%d at %H:%M}")


# -- what follows from it


def signable_again(signed: Sequence[Signed], proposal: Proposal, active: bool, lost: bool) -> list[str]:
    """Plans of this very content signed here that are no reason not to sign it again: taken back, followed by another
    plan, ``lost`` by the chart, drafts where one is to be made active, or such whose visits are to be ordered anew.
    """
    last = newest_plan(signed)
    same = [s for s in signed if s.opened and s.opened.signed.proposal.content_hash == proposal.content_hash]
    today = proposal.assessment.as_of
    return [
        s.kept.plan_id for s in same
        if s is not last or lost or (active and not s.record.signed.active) or _is_to_renew(s, today)
    ]  # fmt: skip


def _is_to_renew(one: Signed, today: date) -> bool:
    day = renewal_day(one.record.signed.proposal)
    return day is not None and day <= today


def next_order(context: ReviewContext, signed: Sequence[Signed] | None = None) -> str:
    """Reference of the CarePlan that runs in the chart with its order, where today's chart gives the same plan and the
    day of its renewal has come: then only the next visits are signed (VI6). Empty where a whole plan is."""
    known = signed_plans(context.session) if signed is None else signed
    running = running_plan(known, context.chart, context.read.at)
    plan, order = context.current("CarePlan"), context.current("ServiceRequest")
    if running is None or plan is None or order is None or {plan.status, order.status} != {"active"}:
        return ""
    ours = plan.source.reference == plan_in_chart(running) and order.identifier.startswith(running.kept.plan_id)
    only = ours and orders_next_visits(running.record.signed.proposal, context.revised)
    return plan.source.reference if only else ""


def signed_already(context: ReviewContext, signed: Sequence[Signed], active: bool, lost: bool) -> Signed | None:
    """The signature that holds exactly this plan for this patient, whatever of it has reached the chart."""
    gone = signable_again(signed, context.revised, active, lost)
    wanted = identifier_of(context.revised, context.session.connection.iss, active, gone)
    return next((each for each in signed if each.kept.plan_id == wanted), None)
