"""What may make the signed plan wrong: red flags, a new fracture, operations, limits, alerts (FU1, FU2, FU11, FU15).

Of several signs of one new fracture the chart's own order holds (rule book 2c, CX19): a red flag or a stop of the plan,
then a fracture on record, then a suspected one.
"""

from collections.abc import Iterable

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Alert, Assessment
from smartapp.core.changes import Change, ChangeName
from smartapp.core.chart import Procedure, Source
from smartapp.core.follow_up.comparison import Changes, Comparison, known_references, spaced
from smartapp.core.kinds import NO_OPERATION, ProcedureState
from smartapp.core.states import AlertGroup, Concern, Severity

_RESETS = ("augmentation", "surgery", "reset-date-unknown")
# What says in other words that there is a new or further fracture.
_OF_A_FRACTURE = (
    *(AlertCode.POSSIBLE_REFRACTURE, AlertCode.MULTIPLE_VF),
    *(AlertCode.OTHER_FRACTURE, AlertCode.REBOUND_FRACTURE),
)
# Rows that follow from many facts: a record they cite may say more than they do.
_OF_MANY_FACTS = frozenset(
    {ChangeName.FRACTURE, ChangeName.PHASE_DUE, ChangeName.PHASE_LOWER, ChangeName.STRICTER, ChangeName.MINUTES_HELD}
)
# Said by other rows, or of our own plan.
_SAID_ELSEWHERE = frozenset({*_OF_A_FRACTURE, AlertCode.SUSPECT_NEW_VF, AlertCode.EXISTING_PLAN})


def red_flags(seen: Comparison) -> Changes:
    """FU2: every stop that was not there; or why there is no plan without one."""
    stops = [alert for alert in _raised(seen) if alert.severity is Severity.STOP]
    for stop in stops:
        yield seen.change(ChangeName.RED_FLAG, stop.reason.sources, after=_facts_of(stop), action=stop.action)
    if not stops and not seen.prescribes:
        work_up = [alert for alert in _raised(seen) if alert.severity is Severity.REVIEW]
        reason = " ".join(dict.fromkeys(map(_facts_of, work_up))) or seen.today.would_change
        sources = [source for alert in work_up for source in alert.reason.sources]
        said = {"after": spaced(seen.today.disposition).capitalize(), "reason": reason}
        yield seen.change(ChangeName.NO_PLAN, sources, **said)


def _facts_of(alert: Alert) -> str:
    """This patient's facts, as a sentence."""
    said = alert.reason.text or alert.text
    return f"{said[:1].upper()}{said[1:]}"


def _raised(seen: Comparison) -> tuple[Alert, ...]:
    """Alerts that were not raised when the plan was signed, or not as severe."""
    before = {alert.code: alert.severity.rank for alert in seen.then.alerts}
    return tuple(a for a in seen.today.alerts if a.severity.rank < before.get(a.code, len(Severity)))


def _renewed(seen: Comparison) -> tuple[Alert, ...]:
    """Those raised then as now which rest on a record that is new: another operation nobody knows, another order."""
    before = {alert.code: alert.reason.text for alert in seen.then.alerts}
    known = known_references(seen.then.chart)
    return tuple(
        a
        for a in seen.today.alerts
        if before.get(a.code, a.reason.text) != a.reason.text
        and any("/" in source.reference and source.reference not in known for source in a.reason.sources)
    )


def fracture_changes(seen: Comparison) -> Changes:
    """FU1 and FU11."""
    then, today = seen.then, seen.today
    said = [alert for alert in _raised(seen) if alert.code in _OF_A_FRACTURE]
    moved = then.levels != today.levels or _other_day(then, today)
    if today.fractures and (moved or said):
        after = "; ".join(filter(None, (_fracture(seen, today), *map(_facts_of, said))))
        sources = (*today.fractures, *(source for alert in said for source in alert.reason.sources))
        yield seen.change(ChangeName.FRACTURE, sources, before=_fracture(seen, then), after=after)
    for alert in _raised(seen):
        if alert.code == AlertCode.SUSPECT_NEW_VF:
            yield seen.change(ChangeName.SUSPECTED_FRACTURE, alert.reason.sources, after=_facts_of(alert))


def _other_day(then: Assessment, today: Assessment) -> bool:
    """Whether the day of the fracture is another; what a procedure did to the months is not asked here.

    An imprecise date is compared as recorded: what it can mean at the latest moves with the day of the question.
    """
    if then.broken_on is not None and then.broken_on != today.broken_on:
        return True
    if then.anchor is None or today.anchor is None:
        return then.anchor is not today.anchor
    if {then.anchor.rule, today.anchor.rule} & set(_RESETS):
        return False
    return (then.anchor.earliest, then.anchor.precision) != (today.anchor.earliest, today.anchor.precision)


def _fracture(seen: Comparison, found: Assessment) -> str:
    levels = ", ".join(sorted(found.levels)) or seen.word("level_unknown")
    day = found.broken_on or (found.anchor.day if found.anchor else None)
    return f"{levels}, {day or seen.word('no_day')}"


def operations(seen: Comparison) -> Changes:
    """FU15: done since, or put on record since."""
    before = set(map(_done, _operations(seen.then)))
    for procedure in _operations(seen.today):
        if _done(procedure) in before:
            continue
        source, anchor = procedure.source, seen.today.anchor
        name = procedure.text or source.display or spaced(procedure.kind)
        after = f"{name}, {procedure.performed or seen.word('no_day')}"
        if anchor is not None and anchor.source.reference == source.reference:
            yield seen.change(ChangeName.OPERATION, [source], after=after)
            continue
        limits = (limit.text for limit in seen.today.constraints if source in limit.reason.sources)
        yield seen.change(ChangeName.OPERATION_ELSEWHERE, [source], after=after, limits=" ".join(limits))


def _operations(found: Assessment) -> tuple[Procedure, ...]:
    done = (p for p in found.chart.procedures if p.state is ProcedureState.COMPLETED and p.kind not in NO_OPERATION)
    return tuple(sorted(done, key=lambda p: (str(p.performed or ""), p.source.reference)))


def _done(procedure: Procedure) -> tuple[str, str]:
    """What was done and when: the same operation recorded twice is one."""
    return procedure.kind.value, str(procedure.performed or "")


def limits_and_alerts(seen: Comparison, told: Iterable[Change]) -> Changes:
    """Limits of the whole patient and alerts to settle that are new and that nothing else has said."""
    if not seen.prescribes:
        return
    cited = {ref for change in told if change.name not in _OF_MANY_FACTS for ref in change.sources}
    before, after = ({limit.id: limit for limit in found.constraints} for found in (seen.then, seen.today))
    said: set[str] = set()
    for id_, limit in after.items():
        if id_ not in before:
            said.update(limit.alerts)
        if id_ not in before and not _cited(limit.reason.sources, cited):
            words = {"limit": limit.title, "because": limit.reason.text, "after": limit.text}
            yield seen.change(ChangeName.LIMIT, limit.reason.sources, rule=id_, **words)
    for id_, limit in before.items():
        if id_ not in after:
            yield seen.change(ChangeName.LIMIT_ENDED, rule=id_, limit=limit.title, before=limit.text)
    yield from _alerts(seen, cited, said)


def _alerts(seen: Comparison, cited: set[str], said: set[str]) -> Changes:
    for alert in dict.fromkeys((*_raised(seen), *_renewed(seen))):
        if alert.severity is not Severity.REVIEW or alert.code in _SAID_ELSEWHERE or alert.code in said:
            continue
        decides = seen.today.group(alert) is AlertGroup.DECIDE and alert.concern is not Concern.MISSING_DATA
        if decides and not _cited(alert.reason.sources, cited):
            words = {"alert": spaced(alert.code).capitalize(), "after": _facts_of(alert), "action": alert.action}
            yield seen.change(ChangeName.ALERT, alert.reason.sources, rule=alert.code, **words)


def _cited(sources: Iterable[Source], cited: set[str]) -> bool:
    """Whether every record it rests on is told of already."""
    found = {source.reference for source in sources}
    return bool(found) and found <= cited
