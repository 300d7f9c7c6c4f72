"""The form a therapist sends by link -> the report it makes, and a sentence at each field that cannot be kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from smartapp.core.dates import us_date
from smartapp.core.quotes import quoted
from smartapp.core.therapist import (
    DECLINE_REASONS,
    FALL,
    LOGGED,
    LONGEST,
    RECOMMENDS,
    SHORT,
    SYMPTOMS,
    Asked,
    Report,
    ReportKind,
)

_FALL = ("", "no", "yes")


def checked(
    kind: ReportKind,
    form: Mapping[str, str],
    asked: Sequence[Asked],
    signed: date,
    today: date,
    plan_id: str = "",
    next_phase: str = "",
) -> tuple[Report, Mapping[str, str]]:
    """The report a form makes, and what is wrong with it: a sentence by the name of its field, none if it can be kept.

    ``signed``: the day of the plan; nothing can have happened before it. ``next_phase``: that may be recommended.
    """
    problems: dict[str, str] = {}
    text = _written(form, "text", LONGEST if kind is ReportKind.QUESTION else SHORT, problems)
    if kind in (ReportKind.ACCEPT, ReportKind.ACKNOWLEDGE):
        return Report(kind, text=text, plan_id=plan_id), problems
    if kind is ReportKind.QUESTION:
        if not text:
            problems.setdefault("text", "The question is empty.")
        return Report(kind, text=text), problems
    if kind is ReportKind.DECLINE:
        reason = form.get("reason", "")
        if reason not in dict(DECLINE_REASONS):
            problems["reason"] = "Choose a reason."
        return Report(kind, reason=reason, text=text), problems
    on = _day(form.get("on", "").strip(), signed, today, problems)
    if kind is not ReportKind.PROGRESS:
        return Report(kind, on, text=text), problems
    made = _progress(form, asked, on, text, problems)
    recommends = form.get(RECOMMENDS, "")
    if recommends not in ("", next_phase):
        problems[RECOMMENDS] = "Choose the next phase, or leave it open."
    return replace(made, recommends=recommends), problems


def _progress(
    form: Mapping[str, str], asked: Sequence[Asked], on: date | None, text: str, problems: dict[str, str]
) -> Report:
    typed = ((each, form.get(each.id, "").strip()) for each in (*LOGGED, *asked))
    values = tuple((each.id, _number(each, said, problems)) for each, said in typed if said)
    fall = form.get(FALL, "")
    if fall not in _FALL:
        problems[FALL] = "Choose yes, no, or leave it open."
    symptoms = _written(form, SYMPTOMS, SHORT, problems)
    if not (values or fall or symptoms or text or form.get(RECOMMENDS)):
        problems.setdefault("text", "Nothing is filled in but the day.")
    return Report(ReportKind.PROGRESS, on, text=text, values=values, fall=fall, symptoms=symptoms)


def _written(form: Mapping[str, str], name: str, most: int, problems: dict[str, str]) -> str:
    text = form.get(name, "").strip()
    if len(text) > most:
        problems[name] = f"This is longer than {most} characters."
    return text


_NUMBER = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,2})?")


def _number(asked: Asked, said: str, problems: dict[str, str]) -> str:
    """As typed; a decimal comma is a point."""
    text = said.replace(",", ".")
    if not _NUMBER.fullmatch(text):
        problems[asked.id] = f"{quoted(said[:20])} is not a number such as 12 or 12.5. {asked.range_words}"
        return said
    value = Decimal(text)
    if not asked.lowest <= value <= asked.highest or (asked.whole and value != value.to_integral_value()):
        problems[asked.id] = f"{said} cannot be. {asked.range_words}"
    return text


_AMERICAN = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")


def _day(text: str, signed: date, today: date, problems: dict[str, str]) -> date | None:
    if not text:
        problems["on"] = "Give the day."
        return None
    american = _AMERICAN.fullmatch(text)
    try:
        day = date(*(int(american[place]) for place in (3, 1, 2))) if american else date.fromisoformat(text)
    except ValueError:
        problems["on"] = f"{quoted(text[:20])} is not a day. Write month, day and year, as 03/14/2026."
        return None
    if day > today:
        problems["on"] = f"{us_date(day)} is still to come."
    elif day < signed:
        problems["on"] = f"{us_date(day)} is before {us_date(signed)}, when the plan was signed."
    return day
