"""Records of one session of therapy, and answers to our forms -> sessions and reports of progress (rule book 2b, PG7).

The forms are ``session-log`` and ``progress-report`` of fhir_profiles, as are the profiles of procedure and pain.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from smartapp.core.chart import Source, Unreadable
from smartapp.core.quotes import quoted
from smartapp.core.therapist import FALL, LOGGED, RECOMMENDS, SHORT, SYMPTOMS, Report, ReportKind
from smartapp.core.therapy import PAIN_LATER, SUPERVISED, Session, ToldReport
from smartapp.fhir.build.codings import CANONICAL
from smartapp.fhir.build.therapist_report import FORM, WORDS
from smartapp.fhir.json import (
    Resource,
    coded_text,
    get_bool,
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
from smartapp.fhir.text import clean

SESSION_FORM = f"{CANONICAL}/Questionnaire/session-log"
FORMS = frozenset({SESSION_FORM, FORM})
_NUMBERS = {"minutes": "minutes", "pain-worst": "pain_worst", PAIN_LATER: "pain_later"}
_PAIN, _EFFORT = "72514-3", "82289-0"  # LOINC, as in the profile of the session
_PAIN_OF = {"worst": "pain_worst", "24": "pain_later"}  # words of the method -> what was measured
_MEASURED = ("minutes", "pain_worst", "pain_later")
_TO_COME = frozenset({"preparation", "in-progress", "on-hold"})
_TEN = Decimal(10)
_LONGEST = 240  # minutes that can be one session; ours


class MeasuredPain(NamedTuple):
    """Pain of one session: which the record is part of, and ``under``: whether it names the order itself."""

    parts: list[str]
    on: date | None
    under: bool
    reference: str
    name: str
    value: Decimal


def session_done(resource: Resource, status: str) -> Iterator[Session | Unreadable]:
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
        yield Session(
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
    """Pain at its worst and 24 hours later; a line for what is measured under the order and not understood."""
    part = [*map(reference_target, get_list(resource, "partOf"))]
    on, pains = day_told(parse_date(resource.get("effectiveDateTime"))), list(_pains(resource))
    if under and not pains and _is_unknown(resource, context):
        yield Unreadable(where(resource), f"{quoted(coded_text(get_object(resource, 'code')))}: not understood")
    if under and pains and on is None:
        yield Unreadable(where(resource), "pain of a session: no day is given")
    elif under or part:
        yield from (MeasuredPain(part, on, under, where(resource), *pain) for pain in pains)


def _is_unknown(resource: Resource, context: ReadContext) -> bool:
    """Whether neither this nor the chart's own reader of results knows what it is."""
    said, row, false_friend = meaning_of(resource, resource, context)
    codes = {get_str(each, "code") for each in get_list(get_object(resource, "code"), "coding")}
    return not (said.rows or row or false_friend or codes & {_PAIN, _EFFORT})


def _pains(resource: Resource) -> Iterator[tuple[str, Decimal]]:
    """Told apart by the words of the method or of a component."""
    for element in (resource, *get_list(resource, "component")):
        words = " ".join((*get_wordings(element, "method", "code"), *get_wordings(resource, "method"))).lower()
        coded = {get_str(c, "code") for e in (resource, element) for c in get_list(get_object(e, "code"), "coding")}
        value = get_number(element.get("valueInteger"))
        value = get_number(get_object(element, "valueQuantity").get("value")) if value is None else value
        name = next((name for said, name in _PAIN_OF.items() if said in words), "")
        if name and _PAIN in coded and value is not None and 0 <= value <= _TEN:
            yield name, value


def sessions_of(found: Sequence[object]) -> tuple[Session, ...]:
    """With the pain measured at them; pain of a day without one makes a session of its own. What was recorded and
    logged of one day is one session."""
    sessions = {each.source.reference: each for each in found if isinstance(each, Session)}
    for pain in (each for each in found if isinstance(each, MeasuredPain)):
        key = next((part for part in pain.parts if part in sessions), "")
        if not key and pain.under and pain.on:
            key = next((k for k, each in sessions.items() if each.on == pain.on), pain.reference)
            sessions.setdefault(key, Session(pain.on, Source(pain.reference, "Pain", str(pain.on))))
        if key:
            sessions[key] = replace(sessions[key], **{pain.name: pain.value})  # type: ignore[arg-type]
    by_day: dict[date, list[Session]] = {}
    for each in sorted(sessions.values(), key=lambda each: (each.on, each.source.reference)):
        by_day.setdefault(each.on, []).append(each)
    return tuple(one for day in by_day.values() for one in _joined(day))


def _joined(day: list[Session]) -> list[Session]:
    """One log and one record of the same day: the log, with what it leaves open."""
    logs, records = ([each for each in day if each.logged is logged] for logged in (True, False))
    if len(logs) != 1 or len(records) != 1 or records[0].missed:
        return day
    open_ = {name: getattr(records[0], name) for name in _MEASURED if getattr(logs[0], name) is None}
    return [replace(logs[0], outcome=records[0].outcome, setting=records[0].setting or logs[0].setting, **open_)]


# -- answers to our forms


def form_answers(resource: Resource, form: str, tests: frozenset[str]) -> Iterator[Session | ToldReport | Unreadable]:
    """A session of the log, or a report; a line for each number that cannot be. ``tests``: rows of the knowledge."""
    said = {get_str(item, "linkId"): next(iter(get_list(item, "answer")), {}) for item in get_list(resource, "item")}
    sent = day_told(parse_date(resource.get("authored")))
    on = day_told(parse_date(get_object(said, "date").get("valueDate"))) or sent
    if on is None:
        yield Unreadable(where(resource), "a session or report: no day is given")
        return
    numbers: dict[str, Decimal] = {}
    for link in sorted({*said} & {*_NUMBERS, *(each.id for each in LOGGED), *tests}):
        number = _number(said[link])
        if number is None or (link.startswith(("pain", "rpe")) and not 0 <= number <= _TEN):
            yield Unreadable(where(resource), f"{quoted(link)}: no number that can be: not used")
        else:
            numbers[link] = number
    fall, symptoms = get_bool(get_object(said, FALL), "valueBoolean"), _words(said, SYMPTOMS)
    source = Source(where(resource), "Log of a session" if form == SESSION_FORM else "Report of the therapist", str(on))
    if form == SESSION_FORM:
        measured = {name: numbers[link] for link, name in _NUMBERS.items() if link in numbers}
        yield Session(
            on, source, setting=_words(said, "setting"), fall=fall is True, symptoms=symptoms,
            missed=_words(said, "missed-reason"), logged=True, **measured,  # type: ignore[arg-type]
        )  # fmt: skip
        return
    told = "" if fall is None else "yes" if fall else "no"
    values = tuple((link, f"{number.normalize():f}") for link, number in numbers.items())
    words, phase = _words(said, WORDS), _words(said, RECOMMENDS)
    report = Report(
        ReportKind.PROGRESS, on, text=words, values=values, fall=told, symptoms=symptoms, recommends=phase,
    )  # fmt: skip
    yield ToldReport(report, sent or on, source=source)


def _number(answer: Resource) -> Decimal | None:
    values = (answer.get(name) for name in ("valueInteger", "valueDecimal"))
    return next((number for value in values if (number := get_number(value)) is not None), None)


def _words(said: Resource, link: str) -> str:
    answer = get_object(said, link)
    return clean(get_str(answer, "valueString") or get_str(get_object(answer, "valueCoding"), "code"), SHORT)
