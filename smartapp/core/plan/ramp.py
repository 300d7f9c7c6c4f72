"""Facts of the course -> minutes of a session: start, target, steps, full dose, and the honest dose line (RA1-RA7).

Of several rows that apply the lowest target leads, then the lowest start; a hold beats every ramp (rule book 2c, P8).
"""

from collections.abc import Iterator
from datetime import date, timedelta

from smartapp.core.course import HoldName, HoldRow, RampName, RampRow
from smartapp.core.dates import add_months, months_between
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Programme
from smartapp.core.plan.course_facts import CourseFacts
from smartapp.core.program import DoseFlag, Ramp
from smartapp.core.proposal import Timing
from smartapp.core.states import Phase, Track

_OF_PHASE = {Phase.INTERMEDIATE: RampName.MIDDLE, Phase.ADVANCED: RampName.LATE}


def ramp_row(facts: CourseFacts) -> RampRow:
    ramps = facts.course.ramps
    return min((ramps[name] for name in _names(facts)), key=lambda row: (row.target, row.start))


def _names(facts: CourseFacts) -> Iterator[RampName]:
    """Every row that applies; the first of equal ones leads."""
    if facts.limited_by("WP36"):
        yield RampName.COMFORT
    if facts.limited_by("WP6"):
        yield RampName.HIP
    if facts.track is Track.BED:
        yield RampName.BED
    if facts.track is Track.CHAIR:
        yield RampName.CHAIR
    if facts.frail:
        yield RampName.FRAIL
    yield _OF_PHASE.get(facts.phase) or (RampName.EARLY if facts.early_or_in_pain else RampName.SETTLED)


def program_timing(facts: CourseFacts, programme: Programme) -> Timing:
    """The program of the year before any edit: sessions a week, and the target of the ramp as their minutes."""
    row = ramp_row(facts)
    often = row.frequency or programme.frequency
    most = None if row.frequency else programme.frequency_max
    return Timing(often, most, 7, row.target, programme.days)


def ramp_of(facts: CourseFacts, program: Timing, start: date, end: date, reasons: tuple[str, ...]) -> Ramp:
    """``reasons``: the clinician's, for a dose below the source's."""
    row = ramp_row(facts)
    holds = held_by(facts)
    goes_on = facts.continues if facts.continues and facts.continues.ramp_from else None
    rule, first = (goes_on.ramp_rule, goes_on.ramp_first) if goes_on else _first(row, facts)
    begun = (goes_on.ramp_from if goes_on else None) or start
    wanted = program.minutes or row.target
    target = wanted if row.step_minutes else min(wanted, row.target)
    held = " ".join(dict.fromkeys(_said(hold, facts) for hold in holds))
    first = min(first, target, *(hold.minutes for hold in holds if hold.minutes))
    ramp = Ramp(
        rule="RA1a" if held else rule,
        start=_minutes_on(start, begun, first, target, row),
        target=target,
        step_minutes=row.step_minutes,
        step_weeks=row.step_weeks,
        full_dose_from=None if held else _full_dose(row, first, target, begun),
        flag=DoseFlag.OK,
        dose_line="",
        held=held,
        holds=tuple(hold.id.value for hold in holds),
        begun=begun,
        first=first,
    )
    return _with_words(ramp, row, facts, program, end, reasons)


def _first(row: RampRow, facts: CourseFacts) -> tuple[str, int]:
    """The start, lower where the patient is pre-frail (RA2p)."""
    if row.id not in (RampName.EARLY, RampName.SETTLED, *_OF_PHASE.values()) or not facts.pre_frail:
        return row.id.value, row.start
    lower = facts.course.ramps[RampName.PRE_FRAIL]
    return lower.id.value, max(row.start - lower.start_less, lower.start)


def _minutes_on(day: date, begun: date, first: int, target: int, row: RampRow) -> int:
    """Minutes of a session on that day, by the steps of the row."""
    steps = (day - begun).days // (7 * row.step_weeks) if row.step_minutes else 0
    return min(first + steps * row.step_minutes, target)


def _full_dose(row: RampRow, first: int, target: int, start: date) -> date | None:
    """None where no weekly step leads there."""
    if first >= target:
        return start
    return start + timedelta(weeks=ramp_weeks(first, target, row)) if row.step_minutes else None


def ramp_weeks(first: int, target: int, row: RampRow | Ramp) -> int:
    """Weeks from the first session to the target; 0 without a step."""
    return -(-(target - first) // row.step_minutes) * row.step_weeks if row.step_minutes else 0


def held_by(facts: CourseFacts) -> tuple[HoldRow, ...]:
    """What keeps the minutes as they are (CD16)."""
    return tuple(_holds(facts))


def _holds(facts: CourseFacts) -> Iterator[HoldRow]:
    holds = facts.course.holds
    if facts.severe_pain:
        yield holds[HoldName.SEVERE_PAIN]
    if facts.uncleared:
        yield holds[HoldName.SURGEON]
    if facts.unstable:
        yield holds[HoldName.STABILITY]
    if facts.under_review(holds[HoldName.ANSWER].alerts):
        yield holds[HoldName.ANSWER]


def _said(hold: HoldRow, facts: CourseFacts) -> str:
    return hold.text.format(alerts=", ".join(code.replace("-", " ") for code in facts.under_review(hold.alerts)))


def _with_words(
    ramp: Ramp, row: RampRow, facts: CourseFacts, program: Timing, end: date, reasons: tuple[str, ...]
) -> Ramp:
    flag, reason = _flag(ramp, row, facts, end, reasons)
    values = vars(ramp) | {"flag": flag, "reason": reason, "build_up": _build_up(ramp, facts)}
    if row.id is not RampName.COMFORT:
        values["dose_line"] = _dose_line(ramp, facts, end)
    return Ramp(**values)


def _flag(ramp: Ramp, row: RampRow, facts: CourseFacts, end: date, reasons: tuple[str, ...]) -> tuple[DoseFlag, str]:
    """RA6: below the source's minutes, too few months at full dose, or as the source says."""
    programme, texts = facts.knowledge.library.programme, facts.course.texts
    if ramp.target < programme.minutes:
        own = row.reason if ramp.target == row.target else texts["edited"].format(target=ramp.target)
        return DoseFlag.BELOW_SEED, " ".join(dict.fromkeys(filter(None, (own, *reasons))))
    if ramp.full_dose_from is None:
        return DoseFlag.LATE, texts["held"]
    months = months_between(ramp.full_dose_from, end)
    if months < programme.months_minimum:
        proposed = add_months(ramp.full_dose_from, programme.months_minimum)
        said = {"full_months": months, "end": end, "months_minimum": programme.months_minimum, "proposed": proposed}
        return DoseFlag.LATE, texts["late"].format(**said)
    return DoseFlag.OK, ""


def _dose_line(ramp: Ramp, facts: CourseFacts, end: date) -> str:
    programme, texts = facts.knowledge.library.programme, facts.course.texts
    full = ramp.full_dose_from
    key = "dose_line_held" if ramp.held else "dose_line" if full else "dose_line_step"
    before = facts.continues
    if before and before.ramp_from and full:
        key = "dose_line_full" if ramp.start == ramp.target else "dose_line_on"
    said = texts["goes_on"].format(since=before.signed_on) + " " if before else ""
    return said + texts[key].format(
        minutes=programme.minutes,
        often=f"{programme.frequency}-{programme.frequency_max}",
        months_minimum=programme.months_minimum,
        months=programme.months,
        start=ramp.start,
        target=ramp.target,
        full=full,
        full_months=months_between(full, end) if full else 0,
        held=ramp.held,
        end=end,
    )


def _build_up(ramp: Ramp, facts: CourseFacts) -> str:
    every = "week" if ramp.step_weeks == 1 else f"{ramp.step_weeks} weeks"
    key = "build_up_bouts" if not ramp.step_minutes else "build_up"
    if ramp.first == ramp.target:
        key = "build_up_none"
    if ramp.held:
        key = "build_up_held"
    words = {"start": ramp.first, "target": ramp.target, "step": ramp.step_minutes, "held": ramp.held}
    return facts.course.texts[key].format(**words, every=f"every {every}" if every != "week" else "a week")


def rule_of_steps(knowledge: Knowledge) -> str:
    """RA5, for the therapist."""
    limits = knowledge.course.limits
    return knowledge.course.texts["rule"].format(red=limits.minutes_red_step, least=limits.minutes_least)
