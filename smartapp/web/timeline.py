"""Assessment, and what the same chart gives on later days -> the timeline as values: rows, events, doubt, today.

Where things are drawn is decided in ``strip``; the same values make the table that stands for the picture.
The future is derived, not drawn by hand: ``later`` holds the assessments of the unchanged chart on days to come.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType

from smartapp.core.assessment import Assessment, Restriction
from smartapp.core.dates import When, add_months, months_between, us_date
from smartapp.core.kinds import ProcedureKind, Quantity
from smartapp.core.states import Phase, State
from smartapp.web.catalog import Lazy, _
from smartapp.web.words import PHASES, RESTRICTION_NAMES, STATES

# Restrictions that change with time, in the order they are drawn. The others hold always and are listed as text.
DRAWN = ("R1", "R2", "R9", "R6", "R7", "R4")
SHOWN_MONTHS = 12

PROCEDURES: Mapping[ProcedureKind, str] = MappingProxyType(
    {
        ProcedureKind.AUGMENTATION: Lazy("Vertebral augmentation"),
        ProcedureKind.FUSION: Lazy("Fusion"),
        ProcedureKind.FIXATION: Lazy("Fixation"),
        ProcedureKind.DECOMPRESSION: Lazy("Decompression"),
        ProcedureKind.HARDWARE_REMOVAL: Lazy("Hardware removal"),
        ProcedureKind.CLOSED_TREATMENT: Lazy("Brace"),
        ProcedureKind.PT_EVALUATION: Lazy("PT evaluation"),
        ProcedureKind.CERVICAL_SURGERY: Lazy("Neck operation"),
        ProcedureKind.HIP_REPLACEMENT: Lazy("Hip replacement"),
        ProcedureKind.KNEE_REPLACEMENT: Lazy("Knee replacement"),
        ProcedureKind.SHOULDER_REPLACEMENT: Lazy("Shoulder replacement"),
        ProcedureKind.FEMUR_FIXATION: Lazy("Fixation of the femur"),
        ProcedureKind.STERNOTOMY: Lazy("Breast bone opened"),
        ProcedureKind.ABDOMINAL_SURGERY: Lazy("Belly operation"),
        ProcedureKind.EYE_SURGERY: Lazy("Eye operation"),
        ProcedureKind.BREAST_SURGERY: Lazy("Breast operation"),
        ProcedureKind.SPINAL_INJECTION: Lazy("Spinal injection"),
        ProcedureKind.NEUROSTIMULATOR: Lazy("Stimulator"),
    }
)
DENSITY = (Quantity.T_SCORE, Quantity.Z_SCORE, Quantity.AREAL_BMD)


@dataclass(frozen=True)
class Span:
    """A stretch ``[start, end)``; ``sure`` is false for what lies ahead and depends on what will be recorded."""

    start: date
    end: date
    tone: str
    word: str
    sure: bool = True


@dataclass(frozen=True)
class TimelineRow:
    id: str
    label: str
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Event:
    """Something recorded on a day; ``first`` differs from ``day`` where only month or year is known."""

    day: date
    first: date
    kind: str  # fracture, procedure, dxa, vitamin-d
    label: str


@dataclass(frozen=True)
class Timeline:
    start: date
    end: date
    today: date
    months: tuple[tuple[int, date], ...]  # ticks: whole months after day 0
    rows: tuple[TimelineRow, ...]
    events: tuple[Event, ...]
    day_zero: date
    doubt: tuple[date, date] | None  # earliest and latest reading of day 0, where they differ
    summary: str


def timeline(now: Assessment, later: Sequence[Assessment], boundaries: Sequence[tuple[Phase, int]]) -> Timeline | None:
    """The picture of one patient; None where there is no day 0. ``boundaries``: each phase and its first month."""
    anchor = now.anchor
    if anchor is None or now.calendar_phase is None:
        return None
    events = _events(now)
    last_month = max(SHOWN_MONTHS + 1, months_between(anchor.day, now.as_of) + 2)  # what begins at the end shows, too
    end = add_months(anchor.day, last_month)
    start = min([anchor.earliest, *(e.first for e in events if e.kind == "fracture" and e.first <= now.as_of)])
    ahead = sorted((a for a in later if now.as_of < a.as_of < end), key=lambda a: a.as_of)
    rows = (
        TimelineRow("calendar", _("By time since fracture"), _calendar(anchor.day, end, boundaries)),
        TimelineRow("effective", _("In effect"), _effective(now, ahead, end, boundaries)),
        *_restriction_rows(now, ahead, end),
    )
    return Timeline(
        start=start,
        end=end,
        today=now.as_of,
        months=tuple((n, add_months(anchor.day, n)) for n in range(0, last_month + 1)),
        rows=rows,
        events=events,
        day_zero=anchor.day,
        doubt=(anchor.earliest, anchor.day) if anchor.earliest < anchor.day else None,
        summary=_summary(now),
    )


def turning_days(now: Assessment, boundaries: Sequence[tuple[Phase, int]]) -> tuple[date, ...]:
    """The days ahead on which the picture may change: phase limits, ends of restrictions, gates."""
    if now.anchor is None:
        return ()
    day = now.anchor.day
    days = {add_months(day, month) for _, month in boundaries} | {add_months(day, SHOWN_MONTHS)}
    days |= {r.until for r in now.restrictions if r.until}
    days |= {opening for _, opening, _ in (now.gates.opens if now.gates else ()) if opening}
    days |= {day + timedelta(days=n) for n in (42, 84)}  # prone gate, rule book 2.4
    return tuple(sorted(d for d in days if now.as_of < d <= add_months(now.as_of, SHOWN_MONTHS)))


def _calendar(day: date, end: date, boundaries: Sequence[tuple[Phase, int]]) -> tuple[Span, ...]:
    starts = [(phase, add_months(day, month)) for phase, month in boundaries]
    ends = [begin for _, begin in starts[1:]] + [end]
    return tuple(
        Span(begin, until, f"phase-{phase}", PHASES[phase]) for (phase, begin), until in zip(starts, ends, strict=True)
    )


def _effective(
    now: Assessment, ahead: Sequence[Assessment], end: date, boundaries: Sequence[tuple[Phase, int]]
) -> tuple[Span, ...]:
    """Up to today the calendar, held at the phase in effect now; from today what the unchanged chart will give."""
    if now.anchor is None or now.effective_phase is None:
        return ()
    held, spans = now.effective_phase, []
    for span, (phase, _day) in zip(_calendar(now.anchor.day, end, boundaries), boundaries, strict=True):
        if span.start < now.as_of:
            shown = min(phase, held, key=lambda p: p.rank)
            spans.append(Span(span.start, min(span.end, now.as_of), f"phase-{shown}", PHASES[shown]))
    stations = [now, *ahead]
    for station, following in zip(stations, [*(a.as_of for a in ahead), end], strict=True):
        if (then := station.effective_phase) is not None:
            spans.append(Span(station.as_of, following, f"phase-{then}", PHASES[then], sure=False))
    return _join_alike(spans)


def _restriction_rows(now: Assessment, ahead: Sequence[Assessment], end: date) -> tuple[TimelineRow, ...]:
    rows: list[TimelineRow] = []
    for id_ in DRAWN:
        spans = _windows(id_, now, ahead, end)
        twin = next((i for i, r in enumerate(rows) if r.spans == spans and {r.id, id_} == {"R1", "R2"}), None)
        if twin is not None:
            rows[twin] = TimelineRow("R1 R2", _("Bending, twisting"), spans)
        elif spans:
            rows.append(TimelineRow(id_, RESTRICTION_NAMES[id_], spans))
    return tuple(rows)


def _windows(id_: str, now: Assessment, ahead: Sequence[Assessment], end: date) -> tuple[Span, ...]:
    today = now.restriction(id_)
    if today is None or now.anchor is None:
        return ()
    spans = [_window(today, now.anchor.day, now.as_of)] if STATES[today.state].tone == "forbid" else []
    stations = [now, *ahead]
    for station, following in zip(stations, [*(a.as_of for a in ahead), end], strict=True):
        then = station.restriction(id_)
        if then is not None:
            spans.append(_window(then, station.as_of, following, sure=False))
    return _join_alike(spans)


def _window(restriction: Restriction, start: date, end: date, sure: bool = True) -> Span:
    look = STATES[restriction.state if restriction.state in STATES else State.STRICT]
    return Span(start, end, look.tone, look.word, sure)


def _join_alike(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Neighbours of one word become one, but what has been stays apart from what is to come."""
    joined: list[Span] = []
    for span in (s for s in spans if s.start < s.end):
        last = joined[-1] if joined else None
        if last is not None and last.end == span.start and _alike(last, span):
            joined[-1] = Span(last.start, span.end, span.tone, span.word, last.sure)
        else:
            joined.append(span)
    return tuple(joined)


def _alike(first: Span, second: Span) -> bool:
    return (first.word, first.tone, first.sure) == (second.word, second.tone, second.sure)


def _events(now: Assessment) -> tuple[Event, ...]:
    chart = now.chart
    found: list[Event] = []
    governing = {s.reference for s in (*now.fractures, *([now.fracture] if now.fracture else []))}
    for diagnosis in chart.diagnoses:
        when = diagnosis.onset or diagnosis.recorded
        if diagnosis.source.reference in governing and when and diagnosis.encounter_start is None:
            found.append(
                _event(
                    when,
                    "fracture",
                    _("Fracture %(levels)s", levels="/".join(sorted(diagnosis.fracture.levels)))
                    if diagnosis.fracture
                    else _("Fracture"),
                )
            )
    if not any(e.kind == "fracture" for e in found) and now.anchor is not None:
        found.append(Event(now.anchor.day, now.anchor.earliest, "fracture", _("Fracture")))
    for procedure in chart.procedures:
        if procedure.performed and procedure.kind in PROCEDURES:
            found.append(_event(procedure.performed, "procedure", PROCEDURES[procedure.kind]))
    scans = {m.when for m in chart.measurements if m.quantity in DENSITY and m.when}
    found += [_event(when, "dxa", "DXA") for when in sorted(scans, key=lambda w: w.latest)[-2:]]
    vitamin = {m.when for m in chart.measurements if m.quantity is Quantity.VITAMIN_D and m.when}
    found += [_event(when, "vitamin-d", _("Vitamin D")) for when in sorted(vitamin, key=lambda w: w.latest)[-2:]]
    return tuple(sorted(set(found), key=lambda e: (e.day, e.kind)))


def _event(when: When, kind: str, label: str) -> Event:
    return Event(when.latest, when.earliest, kind, label.strip())


def _summary(now: Assessment) -> str:
    """The picture in two sentences, for those who do not see it."""
    if now.anchor is None or now.calendar_phase is None:
        return ""
    month = months_between(now.anchor.day, now.as_of)
    text = _(
        "Month %(month)s after %(anchor)s. By time since fracture: %(calendar_phase)s",
        month=month,
        anchor=us_date(now.anchor.day),
        calendar_phase=PHASES[now.calendar_phase].lower(),
    )
    if now.effective_phase is not None:
        text += _("; in effect: %(effective_phase)s", effective_phase=PHASES[now.effective_phase].lower())
    ends = [
        _("%(restriction)s until %(until)s", restriction=RESTRICTION_NAMES[r.id].lower(), until=us_date(r.until))
        for r in now.restrictions
        if r.until and r.id in RESTRICTION_NAMES
    ]
    return text + (_(". Restrictions: %(ends)s", ends="; ".join(ends)) if ends else "") + "."
