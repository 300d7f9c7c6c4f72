"""Task of an EHR <-> Referral: what a Task says of its way, and the same Task with one step more.

Days a step gives stand in ``output`` under codes of ours, its line in ``note`` with author and time: an EHR without
history shows the way all the same. Elements of others stay as they are.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from smartapp.core.dates import When
from smartapp.core.referral import QUESTION, STAGES, Day, Entry, ReferralTask, Returned, Stage, is_accepted, stage_of
from smartapp.core.referral_moves import BY_ACTION, TAKES_ON, Action, Move, Step, destination, step_words
from smartapp.fhir.build.bundle import CLOSED, FOLLOWED, REPLACED
from smartapp.fhir.json import (
    Resource,
    as_object,
    as_objects,
    code_word,
    get_object,
    get_str,
    get_text,
    version_of,
)
from smartapp.fhir.read.dates import parse_date
from smartapp.fhir.systems import Systems
from smartapp.fhir.text import as_typed, clean

BSER = "http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS"
_BUSINESS: Mapping[str, str] = {
    "2.0": "Service Request Created",
    "3.0": "Service Request Accepted",
    "4.0": "Service Request Declined",
    "5.1.1": "Service Request Event Scheduled",
    "5.1.2": "Scheduled Service Request Event Unattended",
    "5.1.4": "Service Request Event Completed",
    "6.0": "Service Request Fulfillment Cancelled",
    "7.0": "Service Request Fulfillment Completed",
}
LONGEST_NOTE = 5000  # characters shown of a note or a restriction: none of ours is cut (ours)
RECEIVED = "received"  # looked at, and neither accepted nor declined yet (FHIR R4 TaskStatus)
OUTCOME = BY_ACTION[Action.COMPLETE].text  # type of the output that says what came out
_PART = re.compile(r"(.+)\.task(?:-([2-9]))?")  # an identifier: that of the plan, and which time it was sent
REPLACES = "http://hl7.org/fhir/StructureDefinition/task-replaces"  # of FHIR R4
_DAYS: Mapping[Day, str] = {
    Day.BOOKED: "First visit booked for",
    Day.MISSED: "Visit missed",
    Day.VISITED: "First visit",
    Day.PLAN_OF_CARE: "Plan of care received",
    Day.ATTENDED: "Visit attended",
    Day.REPORTED: "Progress report received",
    Day.RECERTIFIED: "Recertified",
    Day.HELD_TO: "On hold until",
    Day.SINCE: "In this stage since",
}


@dataclass(frozen=True)
class Mover:
    """Who makes a step, and when. ``reference`` is fhirUser."""

    reference: str
    name: str
    at: datetime  # with its zone


def is_referral(task: Resource, systems: Systems) -> bool:
    """Whether this installation asked for it, to arrange what was ordered: by its identifier."""
    return bool(plan_id_of(task, systems))


def referral_of(task: Resource, systems: Systems) -> ReferralTask:
    """Raises Malformed where an element has the wrong shape."""
    days = _days_of(task, systems)
    status = get_text(task, "status").lower()
    reason = get_object(task, "statusReason")
    marks = (_own_code(reason, systems), *(day for day in days if days[day]))
    focus, plan = get_object(task, "focus"), _input(task)
    business, asked_on = _business(task), _day(task.get("authoredOn"))
    stage = stage_of(status, business, marks)
    touched = None if stage is Stage.NEW else _day(task.get("lastModified"))  # a contact moves no new one
    return ReferralTask(
        id=get_text(task, "id"),
        version=version_of(task),
        status=status,
        stage=stage,
        accepted=is_accepted(business),
        patient=get_text(get_object(task, "for"), "reference"),
        order=get_text(focus, "reference"),
        plan=get_text(plan, "reference"),
        priority=get_text(task, "priority").lower() or "routine",
        asked_on=asked_on,
        asked_at=get_text(task, "authoredOn"),
        changed=_last(days[Day.SINCE]) or touched or asked_on,
        requester=get_text(get_object(task, "requester"), "display"),
        owner=get_text(get_object(task, "owner"), "display") or get_text(get_object(task, "owner"), "reference"),
        owner_reference=get_text(get_object(task, "owner"), "reference"),
        plan_id=plan_id_of(task, systems),
        sending=sending_of(task, systems),
        again=_replaced(task),
        asks=as_typed(get_str(task, "description"), LONGEST_NOTE),
        reason=as_typed(get_str(reason, "text"), LONGEST_NOTE),
        outcome=_outcome(task),
        returned=tuple(_returned(task)),
        booked=_last(days[Day.BOOKED]),
        visited=_last(days[Day.VISITED]),
        plan_of_care=_last(days[Day.PLAN_OF_CARE]),
        attended=tuple(days[Day.ATTENDED]),
        reported=_last(days[Day.REPORTED]),
        recertified=_last(days[Day.RECERTIFIED]),
        held_to=_last(days[Day.HELD_TO]),
        missed=len(days[Day.MISSED]),
        replaced=status == "cancelled" and get_text(reason, "text") == REPLACED,
        followed=status == "completed" and get_text(reason, "text") in (FOLLOWED, CLOSED),
        history=tuple(_history(task)),
    )


def moved(
    task: Resource, step: Step, move: Move, who: Mover, systems: Systems, takes_on: bool = True
) -> dict[str, Any]:
    """The Task after the step, to be written over the version that was seen. ``takes_on``: its maker may own it."""
    kept = {**task, **_line(task, step_words(move, step), who)}
    if takes_on and step.action in TAKES_ON:
        kept["owner"] = _author(who)
    to = destination(move, referral_of(task, systems))
    if to is None:
        days = [*_day_of(step, move, systems)]
        return {**kept, "output": [*_other_outputs(task, step, systems), *days]} if days else kept
    row = STAGES[to]
    made = {
        **{name: value for name, value in kept.items() if name != "statusReason"},
        "status": RECEIVED if to is Stage.NEW else row.status,
        "output": [*_other_outputs(task, step, systems, Day.SINCE), *_output(step, move, who, systems)],
    }
    if row.business:
        made["businessStatus"] = {
            "coding": [{"system": BSER, "code": row.business, "display": _BUSINESS[row.business]}]
        }
    if reason := _reason(step, move, systems):
        made["statusReason"] = reason
    return made


_MOVED = ("status", "businessStatus", "statusReason", "output", "owner")  # what a move may change, beside its line


def former(task: Resource) -> dict[str, Any]:
    """What a move may change, as it was before."""
    return {name: task[name] for name in _MOVED if name in task}


def undone(task: Resource, before: Resource, said: str, who: Mover) -> dict[str, Any]:
    """The Task with what was before, and a line that says so; to be written over the version the move left."""
    kept = {name: value for name, value in task.items() if name not in _MOVED}
    return {**kept, **before, **_line(task, said, who)}


# -- reading


def plan_id_of(task: Resource, systems: Systems) -> str:
    """Of the signed plan a referral asks for; empty for any other Task."""
    found = _named(task, systems)
    return found[1] if found else ""


def sending_of(task: Resource, systems: Systems) -> int:
    """Which time it is that the plan's order was sent: 1 for the first."""
    found = _named(task, systems)
    return int(found[2] or 1) if found else 1


def _named(task: Resource, systems: Systems) -> re.Match[str] | None:
    named = ((each.get("system"), str(each.get("value"))) for each in as_objects(task.get("identifier")))
    ours = (_PART.fullmatch(value) for system, value in named if system in systems.plans)
    return next(filter(None, ours), None)


def _replaced(task: Resource) -> str:
    """Id of the Task it was sent again for."""
    said = (
        as_object(each, "valueReference") for each in as_objects(task.get("extension")) if each.get("url") == REPLACES
    )
    return next((get_text(each, "reference").rpartition("Task/")[2] for each in said), "")


def _business(task: Resource) -> str:
    codings = as_objects(get_object(task, "businessStatus").get("coding"))
    found = [get_text(each, "code") for each in codings if each.get("system") == BSER]
    return found[0] if found else code_word(get_object(task, "businessStatus"))


def _own_code(concept: Resource, systems: Systems) -> str:
    codings = as_objects(concept.get("coding"))
    return next((get_text(each, "code") for each in codings if each.get("system") == _reasons(systems)), "")


def _reasons(systems: Systems) -> str:
    return f"{systems.base}/referral-reason"


def _outputs(systems: Systems) -> str:
    return f"{systems.base}/referral-day"


def _days_of(task: Resource, systems: Systems) -> dict[str, list[date]]:
    """Of every kind, those given, in their order."""
    days: dict[str, list[date]] = {day: [] for day in Day}
    for each in as_objects(task.get("output")):
        found = days.get(_day_code(each, systems))
        if found is not None and (day := _day(each.get("valueDateTime") or each.get("valueDate"))):
            found.append(day)
    return days


def _day_code(output: Resource, systems: Systems) -> str:
    codings = as_objects(as_object(output, "type").get("coding"))
    return next((str(each.get("code")) for each in codings if each.get("system") == _outputs(systems)), "")


def _outcome(task: Resource) -> str:
    told = [each for each in as_objects(task.get("output")) if as_object(each, "type").get("text") == OUTCOME]
    return as_typed(str(told[-1].get("valueString", "")), LONGEST_NOTE) if told else ""


def _returned(task: Resource) -> Iterator[Returned]:
    """Every record, and the outcome where it stands in words alone."""
    named = [(as_object(each, "type"), as_object(each, "valueReference")) for each in as_objects(task.get("output"))]
    records = [
        Returned(clean(get_text(what, "text")) or "Record", clean(get_text(place, "reference")))
        for what, place in named
        if place
    ]
    yield from records
    if _outcome(task) and OUTCOME not in {each.what for each in records}:
        yield Returned(OUTCOME)


def _last(days: list[date]) -> date | None:
    return days[-1] if days else None


def _day(value: Any) -> date | None:
    """A calendar day as recorded; None for what is less exact, or none."""
    when: When | None = parse_date(value)
    return when.latest if when and when.earliest == when.latest else None


def _input(task: Resource) -> Resource:
    """The plan among what the Task brings."""
    found = (as_object(each, "valueReference") for each in as_objects(task.get("input")))
    named = (each for each in found if "CarePlan/" in str(each.get("reference", "")))
    return next(named, {})


def _history(task: Resource) -> Iterator[Entry]:
    for note in as_objects(task.get("note")):
        author = as_object(note, "authorReference")
        by = author.get("display") or note.get("authorString") or author.get("reference") or ""
        yield Entry(clean(str(note.get("time", ""))), clean(str(by)), as_typed(str(note.get("text", "")), LONGEST_NOTE))


# -- writing


def _reason(step: Step, move: Move, systems: Systems) -> dict[str, Any] | None:
    if move.action is Action.ASK:
        return {"coding": [{"system": _reasons(systems), "code": QUESTION}], "text": step.text}
    if not step.reason:
        return None
    words = dict(move.reasons)[step.reason]
    coding = {"system": _reasons(systems), "code": step.reason, "display": words}
    return {"coding": [coding], "text": f"{words}. {step.text}" if step.text else words}


def _line(task: Resource, said: str, who: Mover) -> dict[str, Any]:
    now = who.at.isoformat(timespec="seconds")
    note = {"authorReference": _author(who), "time": now, "text": said}
    return {"lastModified": now, "note": [*as_objects(task.get("note")), note]}


def _author(who: Mover) -> dict[str, str]:
    return {"reference": who.reference, "display": who.name or who.reference}


_GIVEN_ANEW: Mapping[Action, Day] = {
    Action.SCHEDULE: Day.BOOKED,
    Action.VISIT: Day.VISITED,
    Action.PLAN_OF_CARE: Day.PLAN_OF_CARE,
    Action.REPORT: Day.REPORTED,
    Action.RECERTIFY: Day.RECERTIFIED,
    Action.HOLD: Day.HELD_TO,
    Action.RESUME: Day.HELD_TO,
}


def _other_outputs(task: Resource, step: Step, systems: Systems, *more: Day) -> list[Resource]:
    """All but the days this step gives anew; every visit stays, missed or attended, and what is held no more has no
    end."""
    gone = (*more, _GIVEN_ANEW.get(step.action))
    return [each for each in as_objects(task.get("output")) if _day_code(each, systems) not in gone]


def _output(step: Step, move: Move, who: Mover, systems: Systems) -> Iterator[dict[str, Any]]:
    yield _day_output(Day.SINCE, who.at.date(), systems)
    if move.to is Stage.NO_SHOW:
        yield _day_output(Day.MISSED, who.at.date(), systems)
    yield from _day_of(step, move, systems)
    if move.action is Action.COMPLETE:
        yield {"type": {"text": OUTCOME}, "valueString": step.text}


def _day_of(step: Step, move: Move, systems: Systems) -> Iterator[dict[str, Any]]:
    if move.day is not None and step.on is not None:
        yield _day_output(move.day, step.on, systems)


def _day_output(day: Day, on: date, systems: Systems) -> dict[str, Any]:
    coding = {"system": _outputs(systems), "code": str(day), "display": _DAYS[day]}
    return {"type": {"coding": [coding], "text": _DAYS[day]}, "valueDateTime": on.isoformat()}
