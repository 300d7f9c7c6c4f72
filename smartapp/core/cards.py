"""Assessment, orders that stand and orders being written -> at most one card for this patient and this moment.

What is said is what was derived; nothing is concluded here about the patient. A card is made only where it says what
the clinician does not see already: silence is the rule.
"""

from collections.abc import Iterator

from smartapp.core.assessment import Assessment, Reason, Restriction
from smartapp.core.card import Card, Decided, Indicator, Moment, Offer, TherapyKind, TherapyOrder
from smartapp.core.hooks import CardTopic
from smartapp.core.knowledge import Knowledge
from smartapp.core.one_question import one_question
from smartapp.core.plan.choosing import FORBIDS
from smartapp.core.plan.instead import WhyNoPlan, why_no_plan
from smartapp.core.plan.limit_words import ranked
from smartapp.core.proposal import Proposal
from smartapp.core.review.edits import asks_for
from smartapp.core.states import AlertGroup, Disposition, Severity

LONGEST_SUMMARY = 139  # characters; CDS Hooks: less than 140
MOST_LIMITS = 4  # of the whole patient, told on a card; ours: the order and the app say all of them
CURRENT = frozenset({"draft", "active", "on-hold"})  # states of a plan or order that still counts
_CAN_ORDER, _LOOK = "Physical therapy can be ordered with its limits.", "The chart could not be read whole."
_OR_ORDER = ", or add the unsigned order and sign it in the EHR."
_NOT_WHOLE = ". Parts of the chart could not be read for this card, so no order is offered here."
_BY_HANDS = ("R2", "R8")  # what manual therapy of the spine would break: turning and arching it to the end


def decide(moment: Moment, now: Assessment, knowledge: Knowledge) -> Decided:
    """The one card, or none."""
    stands = tuple(order for order in moment.standing if _stands(order, now))
    exists = bool(stands) or _planned(now) or moment.signed_here
    if now.disposition is Disposition.NOT_APPLICABLE or (moment.hook.orders and not moment.selected):
        return Decided(None, exists)
    if now.disposition is Disposition.REFER_NO_PRESCRIPTION:
        return Decided(_stop(now), exists)
    found = (
        _of_orders(moment, stands, now, knowledge)
        if moment.hook.orders
        else _of_patient(moment.signed, stands, exists, now, knowledge)
    )
    return Decided(next(found, None), exists)


def _of_patient(
    signed: Proposal | None, stands: tuple[TherapyOrder, ...], exists: bool, now: Assessment, knowledge: Knowledge
) -> Iterator[Card]:
    """Where an order or a plan stands, only that its cause was never found is worth a word."""
    prescribes = now.disposition.prescribes
    if prescribes and signed and not stands:
        yield _to_sign(signed, now)
    if not prescribes and (not exists or why_no_plan(now) is WhyNoPlan.CAUSE):
        yield _confirm(now, knowledge)
    elif prescribes and not exists:
        yield _refer(now, knowledge)


def _of_orders(
    moment: Moment, stands: tuple[TherapyOrder, ...], now: Assessment, knowledge: Knowledge
) -> Iterator[Card]:
    """The gravest first."""
    yield from (card for order in moment.selected if (card := _conflict(order, now, knowledge)))
    if now.disposition.prescribes:
        yield from _of_therapy(moment, stands, now)
    else:
        yield _confirm(now, knowledge)


def _of_therapy(moment: Moment, stands: tuple[TherapyOrder, ...], now: Assessment) -> Iterator[Card]:
    """A second referral, or one without limits."""
    therapy = [order for order in moment.selected if order.kind is TherapyKind.PHYSICAL_THERAPY]
    others = [order for order in (*stands, *therapy[1:], *moment.beside) if order.kind is TherapyKind.PHYSICAL_THERAPY]
    if therapy and others:
        yield _duplicate(therapy[0], others[0])
    yield from (_unlimited(order, now) for order in therapy if not order.limited)


# -- what counts


def _stands(order: TherapyOrder, now: Assessment) -> bool:
    """Whether an order is about this fracture and not over: neither ended, nor given before the bone broke."""
    if order.kind is not TherapyKind.PHYSICAL_THERAPY or (order.until and order.until.latest < now.as_of):
        return False
    return not (order.given and now.broken_on and order.given.latest < now.broken_on)


def _planned(now: Assessment) -> bool:
    return any(p.status in CURRENT and p.resource_type in ("CarePlan", "ServiceRequest") for p in now.chart.plans)


# -- the cards


def _stop(now: Assessment) -> Card:
    """A hard stop carries no order."""
    stops = [alert for alert in now.alerts if alert.severity is Severity.STOP]
    return Card(
        CardTopic.NO_EXERCISE,
        Indicator.CRITICAL,
        shortened(f"Do not prescribe exercise: {stops[0].text}"),
        " ".join(dict.fromkeys(alert.action for alert in stops)),
        tuple(alert.reason for alert in stops),
        tuple(alert.code for alert in stops),
        stops[0].code,
    )


def _confirm(now: Assessment, knowledge: Knowledge) -> Card:
    asked = one_question(now, knowledge)
    leading = [alert for alert in now.alerts if alert.severity is not Severity.INFO]
    return Card(
        CardTopic.CONFIRM_FIRST,
        Indicator.WARNING,
        shortened(f"{knowledge.library.referral.not_prescribing[why_no_plan(now)]}."),
        leading[0].action,
        tuple(alert.reason for alert in leading[:3]),
        tuple(alert.code for alert in leading),
        (asked.alert if asked else "") or leading[0].code,
        limits=_limits(now),
        question=asked,
    )


def _refer(now: Assessment, knowledge: Knowledge) -> Card:
    """Where a part of the chart could not be read no order is offered: a danger may stand there."""
    asked, whole = one_question(now, knowledge), not now.chart.partial
    phase = f"{now.effective_phase} phase" if now.effective_phase else "phase not known"
    return Card(
        CardTopic.REFER_TO_THERAPY,
        Indicator.INFO,
        shortened(f"Lumbar fracture, {phase}{_day(now)}: no plan yet. {_CAN_ORDER if whole else _LOOK}"),
        f"Review the plan in Loadpath and sign it{_OR_ORDER if whole else _NOT_WHOLE}",
        now.deciding,
        (*(r.id for r in _forbidding(now)), *(limit.id for limit in now.constraints)),
        (asked.alert if asked else "") or "order",
        _to_settle(now),
        _limits(now),
        asked,
        Offer.ORDER if whole else Offer.NOTHING,
    )


def _to_sign(signed: Proposal, now: Assessment) -> Card:
    """The order of a signed plan; where more is forbidden today than was when it was signed, not without a new look."""
    then = {r.id for r in _forbidding(signed.assessment)}
    stricter = tuple(r for r in _forbidding(now) if r.id not in then)
    on = f"the plan signed in Loadpath, of {signed.assessment.as_of.isoformat()}"
    again = "Open Loadpath: the chart forbids more today than when the plan was signed. Look at it and sign again."
    return Card(
        CardTopic.SIGNED_ORDER,
        Indicator.WARNING if stricter else Indicator.INFO,
        shortened(f"The physical therapy order of {on} waits to be signed here."),
        again if stricter else "Add the unsigned order and sign it in the EHR. Nothing is ordered before.",
        tuple(r.reason for r in stricter) or now.deciding,
        tuple(r.id for r in stricter),
        "restrictions" if stricter else "order",
        limits=_limits(now),
        offer=Offer.NOTHING if stricter else Offer.SIGNED,
    )


def _conflict(order: TherapyOrder, now: Assessment, knowledge: Knowledge) -> Card | None:
    """An order that asks for a movement some restriction forbids today."""
    forbidden = {restriction.id: restriction for restriction in _forbidding(now)}
    by_hands = next((forbidden[id_] for id_ in _BY_HANDS if id_ in forbidden), None)
    if order.manual and by_hands:
        what, id_ = "manual therapy of the spine", by_hands.id
        because, instead = by_hands.reason, by_hands.instead
    else:
        rows = (row for row in knowledge.library.never if not row.forbidden_while or row.forbidden_while in forbidden)
        row = next((row for row in rows if asks_for(row, order.words)), None)
        if row is None:
            return None
        breaks = next((forbidden[id_] for id_ in sorted(row.breaks) if id_ in forbidden), None)
        what, id_, instead = row.movement, row.id, row.instead
        because = breaks.reason if breaks else Reason(f"{row.title}: {row.quality}.", row.origin.statements)
    return Card(
        CardTopic.ORDER_CONFLICT,
        Indicator.WARNING,
        shortened(f"This order asks for {what}, which the lumbar fracture does not allow now."),
        f"Change or remove the order. Instead: {instead.rstrip('.')}.",
        (because,),
        (id_,),
        by_hands.id if order.manual and by_hands else "restrictions",
        limits=_limits(now),
        order=order,
    )


def _duplicate(order: TherapyOrder, other: TherapyOrder) -> Card:
    on = f" of {other.source.date}" if other.source.date else ""
    told = Reason(f"An order for physical therapy{on} stands.", (), (other.source,))
    return Card(
        CardTopic.DUPLICATE_ORDER,
        Indicator.INFO,
        shortened(f"Physical therapy is ordered already{on}: this would be a second referral."),
        "Keep one of the two, or end the earlier one.",
        (told,),
        (),
        "order",
        order=order,
    )


def _unlimited(order: TherapyOrder, now: Assessment) -> Card:
    return Card(
        CardTopic.ORDER_WITHOUT_RESTRICTIONS,
        Indicator.WARNING,
        shortened("This physical therapy order does not say which movements the lumbar fracture forbids today."),
        "Add the limits to the order, so that the therapist has them.",
        now.deciding,
        tuple(r.id for r in _forbidding(now)),
        "restrictions",
        _to_settle(now),
        _limits(now),
        offer=Offer.LIMITS,
        order=order,
    )


def _to_settle(now: Assessment) -> tuple[str, ...]:
    """What the review page asks to decide before signing."""
    return tuple(alert.text for alert in now.alerts if now.group(alert) is AlertGroup.DECIDE)


def _limits(now: Assessment) -> tuple[str, ...]:
    """What is forbidden today, each with movement, quality and what instead; then the limits of the whole patient."""
    found = [_line(restriction) for restriction in _forbidding(now)]
    return (*found, *(limit.text for limit in ranked(now.constraints)[:MOST_LIMITS]))


def _line(restriction: Restriction) -> str:
    until = f" until {restriction.until.isoformat()} at least" if restriction.until else ""
    return f"{restriction.movement}: {restriction.quality}{until}. Instead: {restriction.instead.rstrip('.')}."


def _forbidding(now: Assessment) -> tuple[Restriction, ...]:
    return tuple(r for r in now.restrictions if r.state in FORBIDS)


def _day(now: Assessment) -> str:
    return f", day {(now.as_of - now.anchor.day).days}" if now.anchor else ""


def shortened(text: str) -> str:
    """At most as long as a summary may be, cut between two words."""
    if len(text) <= LONGEST_SUMMARY:
        return text
    return f"{text[: LONGEST_SUMMARY - 1].rsplit(' ', 1)[0].rstrip(',;:.')}…"
