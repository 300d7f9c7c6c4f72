"""Records of one session of therapy -> the session (rule book 2b, PG7); the profiles of both are in fhir_profiles."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from smartapp.core.chart import Source, Unreadable
from smartapp.core.quotes import quoted
from smartapp.core.session_log import TherapySession
from smartapp.core.therapy import SUPERVISED
from smartapp.fhir.json import (
    Resource,
    coded_text,
    get_list,
    get_number,
    get_object,
    get_str,
    get_wordings,
    reference_target,
)
from smartapp.fhir.read.context import ReadContext, where
from smartapp.fhir.read.dates import day_told, parse_date, performed_on
from smartapp.fhir.read.quantities import meaning_of

_PAIN, _EFFORT = "72514-3", "82289-0"  # LOINC, as in the profile of the session
# Words of the method -> what was measured.
_PAIN_OF = {"worst": "pain_worst", "24": "pain_later", "before": "pain_before"}
_MEASURED = ("minutes", "pain_before", "pain_worst", "pain_later", "effort")
_TO_COME = frozenset({"preparation", "in-progress", "on-hold"})
_TEN = Decimal(10)
_LONGEST = 240  # minutes that can be one session; ours


class MeasuredPain(NamedTuple):
    """Pain or effort of one session: which the record is part of, and ``under``: whether it names the order itself."""

    parts: list[str]
    on: date | None
    under: bool
    reference: str
    name: str
    value: Decimal


def session_done(resource: Resource, status: str) -> Iterator[TherapySession | Unreadable]:
    """Of a Procedure."""
    if status in _TO_COME:
        return
    on = day_told(performed_on(resource, None))
    name = coded_text(get_object(resource, "code"))
    if on is None and status != "not-done":
        yield Unreadable(where(resource), f"{quoted(name or 'a session')}: no day is given")
    elif on is not None:
        missed = coded_text(get_object(resource, "statusReason")) or "not done" if status == "not-done" else ""
        outcome = coded_text(get_object(resource, "outcome")).lower()
        yield TherapySession(
            on,
            Source(where(resource), name, str(on)),
            _minutes(resource),
            outcome=outcome,
            missed=missed,
            setting=SUPERVISED,
        )


def _minutes(resource: Resource) -> Decimal | None:
    """From and to, where both say the time of one day."""
    period = get_object(resource, "performedPeriod")
    try:
        start, end = (datetime.fromisoformat(get_str(period, name)) for name in ("start", "end"))
        minutes = round((end - start).total_seconds() / 60)
    except (ValueError, TypeError):  # no time of day, or a zone at one of them alone
        return None
    return Decimal(minutes) if 0 < minutes <= _LONGEST else None


def pain_measured(resource: Resource, under: bool, context: ReadContext) -> Iterator[MeasuredPain | Unreadable]:
    """Pain before, at its worst and 24 hours later, and effort; a line for what is not understood."""
    part = [*map(reference_target, get_list(resource, "partOf"))]
    on, pains = day_told(parse_date(resource.get("effectiveDateTime"))), list(_pains(resource))
    if under and not pains and _is_unknown(resource, context):
        yield Unreadable(where(resource), f"{quoted(coded_text(get_object(resource, 'code')))}: not understood")
    if under and pains and on is None:
        yield Unreadable(where(resource), "pain or effort of a session: no day is given")
    elif under or part:
        yield from (MeasuredPain(part, on, under, where(resource), *pain) for pain in pains)


def _is_unknown(resource: Resource, context: ReadContext) -> bool:
    """Whether neither this nor the chart's own reader of results knows what it is."""
    said, row, false_friend = meaning_of(resource, resource, context)
    codes = {get_str(each, "code") for each in get_list(get_object(resource, "code"), "coding")}
    return not (said.rows or row or false_friend or codes & {_PAIN, _EFFORT})


def _pains(resource: Resource) -> Iterator[tuple[str, Decimal]]:
    """Pains are told apart by the words of the method or of a component; effort has its code."""
    for element in (resource, *get_list(resource, "component")):
        words = " ".join((*get_wordings(element, "method", "code"), *get_wordings(resource, "method"))).lower()
        coded = {get_str(c, "code") for e in (resource, element) for c in get_list(get_object(e, "code"), "coding")}
        value = get_number(element.get("valueInteger"))
        value = get_number(get_object(element, "valueQuantity").get("value")) if value is None else value
        said = next((name for said, name in _PAIN_OF.items() if said in words), "")
        name = "effort" if _EFFORT in coded else said if _PAIN in coded else ""
        if name and value is not None and 0 <= value <= _TEN:
            yield name, value


def sessions_of(found: Sequence[object]) -> tuple[TherapySession, ...]:
    """With the pain measured at them; pain of a day without one makes a session of its own. What was recorded and
    logged of one day is one session."""
    sessions = {each.source.reference: each for each in found if isinstance(each, TherapySession)}
    for pain in (each for each in found if isinstance(each, MeasuredPain)):
        key = next((part for part in pain.parts if part in sessions), "")
        if not key and pain.under and pain.on:
            key = next((k for k, each in sessions.items() if each.on == pain.on), pain.reference)
            sessions.setdefault(key, TherapySession(pain.on, Source(pain.reference, "Pain", str(pain.on))))
        if key:
            sessions[key] = replace(sessions[key], **{pain.name: pain.value})  # type: ignore[arg-type]
    by_day: dict[date, list[TherapySession]] = {}
    for each in sorted(sessions.values(), key=lambda each: (each.on, each.source.reference)):
        by_day.setdefault(each.on, []).append(each)
    return tuple(one for day in by_day.values() for one in _joined(day))


def _joined(day: list[TherapySession]) -> list[TherapySession]:
    """One log and one record of the same day: the log, with what it leaves open."""
    logs, records = ([each for each in day if each.logged is logged] for logged in (True, False))
    if len(logs) != 1 or len(records) != 1 or records[0].missed:
        return day
    open_ = {name: getattr(records[0], name) for name in _MEASURED if getattr(logs[0], name) is None}
    return [replace(logs[0], outcome=records[0].outcome, setting=records[0].setting or logs[0].setting, **open_)]
