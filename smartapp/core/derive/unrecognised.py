"""What no rule knows -> one line with its names and what to answer, never silence (rule book 2a, 1.1: NS2-NS8, NS10,
NS11; NS22, NS23).

An answer is ``limit-none`` for the record (2c, section 9). Where it does limit, the order or the attestation of the
row of section 4 is the answer; the line stays until then.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import NotUnderstood
from smartapp.core.chart import Diagnosis, Procedure, Source, Unrecognised
from smartapp.core.concepts import Concept
from smartapp.core.derive.facts import Facts, is_live, name_words
from smartapp.core.derive.notes import Notes, alert, gap, rule_missed
from smartapp.core.derive.orders import limits_no_more
from smartapp.core.derive.surgery import LEAVES_MATERIAL, NEEDS_CLEARANCE, completed_surgery
from smartapp.core.kinds import NO_OPERATION, ProcedureKind, ProcedureState, Untold
from smartapp.core.thresholds import ThresholdName

_MOST_NAMED = 5  # rule book 2a, NS22
_AFTERCARE = (Concept.JOINT_AFTERCARE, Concept.SURGERY_IMPLIED, Concept.AFTERCARE)
_NOTED_WITH_THE_FRACTURE = NEEDS_CLEARANCE | {ProcedureKind.AUGMENTATION, ProcedureKind.CERVICAL_SURGERY}
_VERBS = {
    Untold.DONE: "done on",
    Untold.ORDERED: "ordered on",
    Untold.IN_USE: "in use since",
}


class _Item(NamedTuple):
    name: str
    told: str  # when, and what is asked
    day: date | None
    source: Source
    asks: bool  # to be answered before signing; else it is only on record


def note_unrecognised(facts: Facts) -> Notes:
    """Every item is in one line of at most five names; what is to be answered makes it one to decide."""
    items = [*_untold(facts), *_aftercare(facts)]
    for asks in (True, False):
        named = [item for item in items if item.asks is asks]
        if named:
            head = "Not known to these rules" if asks else "Also on record"
            why = f"{head}: {_listed(named)}."
            yield alert(AlertCode.UNRECOGNISED, why, [item.source for item in named], eased=not asks)
    yield from _note_undated(facts)
    yield from _note_pending(facts)
    yield from _note_implants(facts)
    if parents := facts.with_concepts(Concept.FAMILY_HIP_FRACTURE):
        why = f"Recorded: {', '.join(name_words(each, facts.today) for each in parents)}."
        yield alert(AlertCode.PARENTAL_HIP_FRACTURE, why, [each.source for each in parents])


def records_not_understood(facts: Facts) -> tuple[NotUnderstood, ...]:
    """Each record once, those no rule knows first."""
    found = {
        one.source.reference: NotUnderstood(
            one.source.reference, one.name, day := _day(one, facts), _is_recent(day, facts)
        )
        for one in facts.chart.unrecognised
        if one.kind in _VERBS or one.kind is Untold.UNDER_WAY
    }
    for line in facts.chart.unreadable:
        if line.topic is not None:
            day = facts.day_of(line.on)
            one = NotUnderstood(line.where, line.said or line.reason, day, _is_recent(day, facts))
            found.setdefault(line.where, one)
    return tuple(found.values())


def _untold(facts: Facts) -> Iterator[_Item]:
    """An operation without a day may be of yesterday; a device without one, and what is no operation, is only shown."""
    for one in facts.chart.unrecognised:
        if one.kind not in _VERBS or _is_answered(one, facts):
            continue
        day = _day(one, facts)
        asks = _is_recent(day, facts) if day else one.surgical and one.kind is Untold.DONE
        yield _Item(one.name, f"{_VERBS[one.kind]} {day}" if day else "no date", day, one.source, asks)


def _aftercare(facts: Facts) -> Iterator[_Item]:
    """Aftercare that is coded without its operation (NS8); undated it counts as recent."""
    if facts.recorded.isdisjoint(_AFTERCARE):
        return
    for diagnosis in facts.chart.diagnoses:
        day = _told_on(diagnosis, facts)
        if diagnosis.concepts.isdisjoint(_AFTERCARE) or not is_live(diagnosis, facts.today):
            continue
        if limits_no_more(diagnosis.source, day, facts) or _operated_before(day or facts.today, facts):
            continue
        asked = "aftercare is coded, the operation is not on record: which one, and when?"
        told = f"{day or 'no date'}; {asked}"
        asks = day is None or _is_recent(day, facts)
        yield _Item(name_words(diagnosis, facts.today), told, day, diagnosis.source, asks)


def _told_on(diagnosis: Diagnosis, facts: Facts) -> date | None:
    dates = (diagnosis.recorded, diagnosis.encounter_start, diagnosis.onset)
    return next((facts.day_of(when) for when in dates if when and when.earliest <= facts.today), None)


def _operated_before(day: date, facts: Facts) -> bool:
    """Whether an operation on record, of a kind we know or not, can be the one the aftercare follows."""
    window = timedelta(days=facts.knowledge.whole(ThresholdName.OPERATION_LIMITS_FOR))
    known = (
        p.performed
        for p in facts.chart.procedures
        if p.kind not in NO_OPERATION and p.state is ProcedureState.COMPLETED
    )
    unknown = (one.when for one in facts.chart.unrecognised if one.kind is Untold.DONE and one.surgical)
    return any(when is None or day - window <= when.latest <= facts.today for when in (*known, *unknown))


def _note_undated(facts: Facts) -> Notes:
    """NS5: asked once."""
    undated = [
        one
        for one in facts.chart.unrecognised
        if one.kind is Untold.DONE and _day(one, facts) is None and not _is_answered(one, facts)
    ]
    if undated:
        names = _listed([_Item(one.name, "", None, one.source, True) for one in undated])
        span = facts.knowledge.span(ThresholdName.OPERATION_LIMITS_FOR)
        yield gap("unrecognised-date", f"When was this done: {names}?", f"Within {span} it may limit exercise.")


def _note_pending(facts: Facts) -> Notes:
    """NS6: under way, or ordered for a day not far off, of any region; the spine's own are noted with the fracture."""
    for procedure in facts.chart.procedures:
        elsewhere = procedure.kind not in NO_OPERATION | _NOTED_WITH_THE_FRACTURE
        if elsewhere and procedure.state is ProcedureState.PENDING:
            yield alert(AlertCode.PENDING_SURGERY, f"Not completed: {_done(procedure)}.", [procedure.source])
    for one in facts.chart.unrecognised:
        if one.kind is Untold.UNDER_WAY and not _is_answered(one, facts):
            when = f", {one.when}" if one.when else ""
            yield alert(AlertCode.PENDING_SURGERY, f"Not completed: {one.name}{when}.", [one.source])
        elif one.kind is Untold.PLANNED and not _is_answered(one, facts):
            yield from _note_planned(one, facts)


def _note_planned(order: Unrecognised, facts: Facts) -> Notes:
    """An order whose day is long past was carried out or given up: it would be on record as done."""
    ahead = timedelta(days=facts.knowledge.whole(ThresholdName.PLANNED_WITHIN))
    past = timedelta(days=facts.knowledge.whole(ThresholdName.OPERATION_LIMITS_FOR))
    when = order.when
    if when is None or (facts.today - past <= when.latest and when.earliest <= facts.today + ahead):
        planned = f"for {when}" if when else "without a day"
        yield alert(AlertCode.PENDING_SURGERY, f"Ordered {planned}: {order.name}.", [order.source])
    else:
        yield rule_missed("alert.pending-surgery", f"Ordered for {when}: {order.name}.", (), [order.source])


def _note_implants(facts: Facts) -> Notes:
    """NS10. A joint and an electronic device have their own rows of constraints.toml."""
    operated = any(p.kind in LEAVES_MATERIAL for p in completed_surgery(facts))
    for one in facts.chart.unrecognised:
        if one.kind is Untold.IN_THE_SPINE and not operated and not _is_answered(one, facts):
            why = f"Recorded as a device: {one.name}; the operation is not on record."
            yield alert(AlertCode.HARDWARE_PRESENT, why, [one.source])
    found = [one for one in facts.chart.unrecognised if one.kind is Untold.IMPLANT and not _is_answered(one, facts)]
    items = [_Item(one.name, "", None, one.source, False) for one in found]
    for diagnosis in facts.live(Concept.IMPLANT):
        if not limits_no_more(diagnosis.source, _told_on(diagnosis, facts), facts):
            items.append(_Item(name_words(diagnosis, facts.today), "", None, diagnosis.source, False))
    if items:
        sources = [item.source for item in items]
        why = f"Recorded: {_listed(items)}."
        yield alert(AlertCode.IMPLANT_PRESENT, why, sources, eased=True, variant="other")


def _done(procedure: Procedure) -> str:
    when = f", {procedure.performed}" if procedure.performed else ""
    return f"{procedure.text or procedure.source.display or procedure.kind.replace('-', ' ')}{when}"


def _listed(items: list[_Item]) -> str:
    """The newest first, an undated one before them; what was done several times once, with its newest day."""
    ordered = sorted(items, key=lambda item: (item.day or date.max, item.name, item.told), reverse=True)
    newest: dict[str, str] = {}
    for item in ordered:
        newest.setdefault(item.name.lower(), f"{item.name} ({item.told})" if item.told else item.name)
    names = list(newest.values())
    more = f"; and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    return f"{'; '.join(names[:_MOST_NAMED])}{more}"


def _day(one: Unrecognised, facts: Facts) -> date | None:
    """A day still to come of what is called done tells no day."""
    return facts.day_of(one.when) if one.when and one.when.earliest <= facts.today else None


def _is_recent(day: date | None, facts: Facts) -> bool:
    within = timedelta(days=facts.knowledge.whole(ThresholdName.OPERATION_LIMITS_FOR))
    return day is not None and facts.today - day <= within


def _is_answered(one: Unrecognised, facts: Facts) -> bool:
    """A record written again after the answer asks again (NS23)."""
    day = _day(one, facts)
    since = max(filter(None, (day, one.changed)), default=None)
    return limits_no_more(one.source, since, facts)
