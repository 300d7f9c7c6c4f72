"""Facts of the course -> the visits that are ordered, and the elements Medicare asks of a plan of care (VI1-VI6, VI12).

The evaluation and the visits of at most 90 days; what is foreseen afterwards is said and not ordered.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from smartapp.core.course import LaterName, PresetName, PresetRow, SiteSetting, VisitLength
from smartapp.core.plan.course_facts import CourseFacts
from smartapp.core.program import Ramp, Visits
from smartapp.core.proposal import Proposal, Timing
from smartapp.core.states import Phase, Track


def preset_of(facts: CourseFacts) -> PresetRow:
    """The first that fits (VI2, CX15, CX30)."""
    fits: Mapping[PresetName, bool] = {
        PresetName.COMFORT: facts.limited_by("WP36"),
        PresetName.SURGEON: facts.uncleared or facts.unstable,
        PresetName.PAIN: facts.severe_pain,
        PresetName.EARLY: facts.early_or_in_pain,
        PresetName.FRAIL: facts.frail or _falls(facts),
        PresetName.STRONG: facts.phase is Phase.ADVANCED and facts.healed and facts.strong,
        PresetName.USUAL: True,
    }
    found = next(name for name in PresetName if fits[name])
    disabled = facts.odi is not None and facts.odi >= facts.course.limits.odi_severe_from
    if disabled and found in (PresetName.STRONG, PresetName.USUAL):
        found = PresetName.EARLY
    return _thinned(facts.course.presets[found], facts)


def _thinned(row: PresetRow, facts: CourseFacts) -> PresetRow:
    """From the second order of a line on there are fewer (VI3)."""
    order = facts.continues.order if facts.continues else 1
    if order == 1 or not row.tapers:
        return row
    later = facts.course.later[LaterName.SECOND if order == 2 else LaterName.FURTHER]
    return replace(
        row, schedule=later.schedule, frequency=later.frequency, frequency_max=None,
        period_weeks=later.period_weeks, days=(), text=later.text, later=later.later,
    )  # fmt: skip


def _falls(facts: CourseFacts) -> bool:
    """The fall that broke the bone never counts (CX11)."""
    return (facts.slow and facts.other_falls >= 1) or facts.other_falls >= facts.course.limits.falls_many_from


def visits_of(facts: CourseFacts, start: date, ramp: Ramp, chosen: int = 0) -> Visits:
    """``chosen``: the count the clinician has set, the evaluation included; 0 where it is as by rule."""
    row, texts = preset_of(facts), facts.course.texts
    end = start + timedelta(days=facts.course.limits.order_days)
    minutes = _minutes(row, facts)
    often = _by_rule(row) if chosen in (0, row.count) else _by_count(chosen, row, facts)
    rest = texts["rest_at_home"].format(target=ramp.target) if not ramp.held and ramp.target > minutes[1] else ""
    text = " ".join(filter(None, (often.text, rest)))
    return Visits(
        preset=row.id.value,
        count=often.count,
        weeks=row.weeks,
        start=start,
        end=end,
        frequency=often.frequency,
        frequency_max=often.frequency_max,
        period_weeks=often.period_weeks,
        minutes=minutes,
        text=text,
        days=often.days,
        later=row.later.format(end=end),
        schedule=often.schedule,
        proposed=row.count if often.count != row.count else 0,
        setting=" ".join(
            filter(None, (texts["homebound"] if facts.homebound else "", _billing(often.count, start, facts)))
        ),
        note=texts["order"].format(visits=text.rstrip("."), start=start, end=end),
        order=facts.continues.order if facts.continues else 1,
    )


def _billing(count: int, start: date, facts: CourseFacts) -> str:
    """VI11, where the site gives the price of a visit: from which sum on Medicare asks for more; where the sum of this
    year is not known here, that."""
    price, row = facts.course.site.get(SiteSetting.VISIT_PRICE), facts.course.billing.get(start.year)
    if price is None:
        return ""
    if row is None:
        return facts.course.texts["kx_unknown"].format(year=start.year)
    total = price * count
    key = "kx_review" if total >= row.review_from else "kx" if total >= row.kx_from else ""
    said = {"count": count, "price": price, "total": total, "kx_from": row.kx_from, "review_from": row.review_from}
    shown = {
        name: f"{value:,.2f}".removesuffix(".00") if isinstance(value, Decimal) else value
        for name, value in said.items()
    }
    return facts.course.texts[key].format(**shown, year=start.year) if key else ""


@dataclass(frozen=True)
class _Often:
    count: int
    schedule: tuple[tuple[int, int], ...]
    frequency: int
    frequency_max: int | None
    period_weeks: int
    days: tuple[str, ...]
    text: str


def _by_rule(row: PresetRow) -> _Often:
    return _Often(row.count, row.schedule, row.frequency, row.frequency_max, row.period_weeks, row.days, row.text)


def _by_count(count: int, row: PresetRow, facts: CourseFacts) -> _Often:
    """As many as the clinician wants, spread evenly over the weeks of the preset."""
    more, weeks, programme = count - 1, row.weeks, facts.knowledge.library.programme
    texts = facts.course.texts
    if not more:
        return _Often(1, (), 1, None, weeks, (), texts["changed_alone"].format(proposed=row.count))
    low, high = more // weeks, -(-more // weeks)
    period = 1 if low else weeks // more
    days = {2: programme.days_two, len(programme.days): programme.days}.get(high, ()) if high > 1 else ()
    text = texts["changed"].format(more=more, weeks=weeks, proposed=row.count)
    return _Often(count, ((more, weeks),), max(low, 1), high if high > max(low, 1) else None, period, days, text)


def most_visits(facts: CourseFacts) -> int:
    """The evaluation and as many visits a week as leave a day of rest between (S18)."""
    return 1 + preset_of(facts).weeks * facts.knowledge.library.programme.frequency_max


def _minutes(row: PresetRow, facts: CourseFacts) -> tuple[int, int]:
    """Shorter for whom a session is short (CX14)."""
    lengths = facts.course.visit_minutes
    if row.id is PresetName.COMFORT:
        return row.minutes
    if facts.track is Track.BED:
        return lengths[VisitLength.BED]
    return lengths[VisitLength.SEATED] if facts.frail or facts.track is Track.CHAIR else row.minutes


def expected_day(visits: Visits, number: int, first: date) -> date | None:
    """The day on which visit ``number`` (1: the evaluation, on ``first``) is expected; None beyond the last."""
    behind, day = number - 1, first
    for count, weeks in visits.schedule:
        if behind <= count:
            return day + timedelta(days=-(-behind * 7 * weeks // count))
        behind, day = behind - count, day + timedelta(weeks=weeks)
    return first if number == 1 else None


def visit_timing(visits: Visits) -> Timing:
    """Of the order (VI4)."""
    low, high = visits.minutes
    return Timing(
        visits.frequency,
        visits.frequency_max,
        7 * visits.period_weeks,
        low,
        visits.days,
        minutes_max=high if high > low else None,
        count=visits.count,
    )


@dataclass(frozen=True)
class PlanOfCare:
    """What Medicare asks of every plan of care, in words (VI1)."""

    diagnoses: str
    goals: tuple[str, ...]
    type: str
    amount: str
    frequency: str
    duration: str


def plan_of_care(proposal: Proposal, texts: Mapping[str, str]) -> PlanOfCare | None:
    """``texts``: of ``knowledge.course``. None without an order."""
    visits, referral = proposal.visits, proposal.referral
    if visits is None or referral is None:
        return None
    return PlanOfCare(
        diagnoses=referral.reason_text,
        goals=tuple(goal.description for goal in proposal.goals),
        type=texts["element_type"],
        amount=texts["element_amount"],
        frequency=visits.text,
        duration=texts["element_duration"].format(count=visits.count, start=visits.start, end=visits.end),
    )
