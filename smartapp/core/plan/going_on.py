"""The signed plan that still runs, today's facts -> what today's plan goes on with: its year, its minutes, its visits
(rule book 2b: RA5, RA6, VI3, FU18, FU19).

A new fracture, a later day 0 or an operation that moves it begins a new course; what holds or steps back the minutes
lets them begin anew by rule, in the same year.
"""

from datetime import date, timedelta

from smartapp.core.assessment import Assessment
from smartapp.core.changes import ChangeName
from smartapp.core.knowledge import Knowledge
from smartapp.core.plan.course_facts import CourseFacts
from smartapp.core.plan.ramp import held_by, ramp_row
from smartapp.core.plan.reviews import renewal_day
from smartapp.core.plan.visits import preset_of
from smartapp.core.program import Continued, Ramp
from smartapp.core.proposal import Proposal
from smartapp.core.therapy import NOTHING_KNOWN, Therapy


def going_on(
    signed: Proposal, now: Assessment, knowledge: Knowledge, therapy: Therapy = NOTHING_KNOWN
) -> Continued | None:
    """``signed``: of the newest signed plan that was neither taken back nor ended in the chart. None where its year is
    over, where it was no program, or where what it was for is another fracture now."""
    if signed.referral is None or now.as_of > signed.end or _is_another_course(signed.assessment, now):
        return None
    ending = now.as_of >= signed.end - timedelta(days=knowledge.follow_up.rows[ChangeName.PLAN_ENDS].days or 0)
    asked = signed.priority.see_by if signed.priority else None
    seen = (signed.continues.first_visit if signed.continues else None) or therapy.visited or asked
    made = Continued(
        signed_on=signed.assessment.as_of,
        year_from=None if ending else signed.year_from,
        first_visit=None if ending else seen,
    )
    return _with_minutes(made, signed, now, knowledge, therapy)


def _is_another_course(then: Assessment, now: Assessment) -> bool:
    """A later day 0 (FU1, FU15), or a vertebra that was not broken when the plan was signed."""
    moved = now.anchor is not None and (then.anchor is None or now.anchor.day > then.anchor.day)
    return moved or bool(now.levels - then.levels)


def _with_minutes(
    made: Continued, signed: Proposal, now: Assessment, knowledge: Knowledge, therapy: Therapy
) -> Continued:
    """The minutes go on as they were signed while the same steps lead to the same target, nothing holds them then or
    now, and today's rule does not start lower than that of the signature (P4, PG10); with them the visits thin out."""
    from_then, facts = CourseFacts(signed.assessment, knowledge), CourseFacts(now, knowledge)
    before, row, ramp = ramp_row(from_then), ramp_row(facts), signed.ramp
    alike = (row.target, row.step_minutes, row.step_weeks) == (before.target, before.step_minutes, before.step_weeks)
    if ramp is None or ramp.held or held_by(facts) or not alike or row.start < before.start:
        return made
    late = knowledge.follow_up.rows[ChangeName.FULL_DOSE_LATE].days or 0
    begun, first = ramp.begun or signed.start, ramp.first
    if (done := minutes_behind(ramp, therapy, now.as_of, late)) is not None:
        begun, first = now.as_of, done
    order = signed.visits.order if signed.visits else 1
    asked = renewal_day(signed)
    thins_out = preset_of(from_then).tapers and preset_of(facts).tapers and asked is not None and asked <= now.as_of
    return Continued(
        made.signed_on, made.year_from, made.first_visit,
        ramp_from=begun, ramp_first=first, ramp_rule=ramp.rule, order=order + thins_out,
    )  # fmt: skip


def minutes_behind(ramp: Ramp, therapy: Therapy, today: date, late: int) -> int | None:
    """The most minutes of one session logged in the last ``late`` days, where the day of full dose passed longer ago
    than that and they are fewer (FU19); None where the log says nothing of it, or that they were reached."""
    done = minutes_logged(therapy, today - timedelta(days=late))
    full = ramp.full_dose_from
    if done is None or full is None or today - full <= timedelta(days=late) or done >= ramp.target:
        return None
    return done


def minutes_logged(therapy: Therapy, since: date) -> int | None:
    """The most minutes of one session since that day, as the chart has its log."""
    return max((int(each.minutes) for each in therapy.done if each.minutes and each.on > since), default=None)
