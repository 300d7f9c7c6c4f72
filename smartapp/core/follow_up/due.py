"""Days that have passed: what was due by now, and whether the patient was seen (FU6, FU16; VI9).

Whether it was done is told as far as the chart and the referral were read and the therapist has said so.
"""

from dataclasses import replace
from datetime import date, timedelta

from smartapp.core.changes import ChangeName
from smartapp.core.course import CountedFrom, ReviewName
from smartapp.core.follow_up.comparison import Changes, Comparison, listed
from smartapp.core.follow_up.course import ASKED_OF
from smartapp.core.program import DatedReview, PriorityValue

_OF_PHASE = (ReviewName.INTERMEDIATE, ReviewName.ADVANCED)
_REPORTS = (ReviewName.REPORT_10, ReviewName.REPORT_20)
_OF_VISITS = {ReviewName.TOLERANCE, ReviewName.PLAN_OF_CARE, ReviewName.RECERTIFY, *_REPORTS}
_RE_EVALUATIONS = (ReviewName.MONTHS_3, ReviewName.MONTHS_6, ReviewName.MONTHS_12)
_FROM_FIRST_VISIT = (CountedFrom.SEE_BY, CountedFrom.FIRST_VISIT, CountedFrom.VISIT)
_MOST_DATES = 2  # named in one cell; ours


def dates(seen: Comparison) -> Changes:
    """FU6: what was due by now, in one line; under review from the days on that the row says."""
    elsewhere: set[str] = {ReviewName.RENEWAL, *_OF_PHASE, *(name for names in ASKED_OF.values() for name in names)}
    if seen.therapy.is_over:
        elsewhere |= _OF_VISITS | {each.id for each in seen.signed.reviews if _is_by_day(each)}
    asked = (replace(each, day=_day_now(each, seen)) for each in seen.signed.reviews if each.id not in elsewhere)
    due = sorted((each for each in asked if each.day <= seen.day and not _is_done(each, seen)), key=lambda r: r.day)
    if not due:
        return
    late = (seen.day - due[0].day).days
    words = {
        "count": seen.word("date" if len(due) == 1 else "dates").format(count=len(due)),
        "dates": listed((f"{each.what.partition(':')[0]} ({each.day})" for each in due), _MOST_DATES),
        "oldest": due[0].day,
        "days": late,
        "who": listed(each.decides.value for each in due),
        "looked": _looked(seen),
    }
    yield seen.change(ChangeName.LATE if late > seen.days(ChangeName.LATE) else ChangeName.DUE, **words)


def _looked(seen: Comparison) -> str:
    """Where nothing shows it: in the chart, or in the referral as well."""
    return seen.word("looked_referral" if seen.therapy.referral else "looked_chart")


def _day_now(review: DatedReview, seen: Comparison) -> date:
    """What is counted from the first visit moves with it, once somebody says when it was (VI9)."""
    named = {review.id, review.id.rpartition("-")[0]}  # VI7-days-2 is of the row VI7-days
    row = next((row for row in seen.knowledge.course.reviews.values() if row.id in named), None)
    asked, first, before = seen.signed.priority, seen.therapy.visited, seen.signed.continues
    if row is None or row.counted_from not in _FROM_FIRST_VISIT or asked is None or first is None:
        return review.day
    if row.counted_from is CountedFrom.FIRST_VISIT and before and before.first_visit:
        return review.day  # of the year of an earlier plan, whose first visit it was counted from
    return review.day + (first - asked.see_by)


def _is_done(review: DatedReview, seen: Comparison) -> bool:
    """As far as the chart, the referral and the therapist's reports say."""
    therapy = seen.therapy
    if review.id in _RE_EVALUATIONS:
        first = review.day - timedelta(days=seen.days(ChangeName.FULL_DOSE_LATE))
        told = (each.on for each in therapy.progress if each.tests)
        return any(day >= first for day in (*(day for day, _ in seen.evaluations), *told))
    if review.id == ReviewName.TOLERANCE:
        return any(each.report.values for each in therapy.progress) or any(s.measured for s in therapy.done)
    if review.id == ReviewName.PLAN_OF_CARE:
        return therapy.plan_of_care is not None
    if review.id == ReviewName.RECERTIFY:
        return therapy.recertified is not None
    if review.id in _REPORTS or _is_by_day(review):
        return _is_reported(review, seen)
    if review.id == ReviewName.VITAMIN_D:
        found = seen.today.vitamin_d
        return found is not None and found.on is not None and found.on > seen.since
    if review.id == ReviewName.BRACE:
        return all(limit.id != "WP20" for limit in seen.today.constraints)
    return False


def _is_reported(review: DatedReview, seen: Comparison) -> bool:
    """By a report since the one before was due; and by a count of visits that has not come so far."""
    referral, reported, by_day = seen.therapy.referral, seen.therapy.reported, _is_by_day(review)
    if not by_day and referral and referral.attended and referral.report_due is None:
        return True
    alike = (each for each in seen.signed.reviews if (_is_by_day(each) if by_day else each.id in _REPORTS))
    others = (_day_now(each, seen) for each in alike)
    before = max((day for day in others if day < review.day), default=None)
    return reported is not None and (before is None or reported > before)


def _is_by_day(review: DatedReview) -> bool:
    return review.id.startswith(ReviewName.REPORT_BY_DAY)


def first_visit(seen: Comparison) -> Changes:
    """FU16: nobody will come of the referral, the patient did not come twice, or no visit some days after the day."""
    asked, therapy = seen.signed.priority, seen.therapy
    if asked is None or seen.first_visit:
        return
    urgent = asked.value is not PriorityValue.ROUTINE
    name = ChangeName.NO_VISIT_URGENT if urgent else ChangeName.NO_VISIT
    days = (seen.day - asked.see_by).days
    what = seen.word("no_visit").format(day=asked.see_by)
    if therapy.ended:
        what = after = f"{therapy.ended.rstrip('.')}."
    elif therapy.missed >= seen.least(name):
        what = after = seen.word("missed").format(count=therapy.missed)
    elif days > seen.days(name) and not therapy.is_over:
        after = " ".join(filter(None, (seen.word("not_seen").format(days=days, looked=_looked(seen)), _booked(seen))))
    else:
        return
    before = seen.word("see_by").format(day=asked.see_by, value=asked.value.value)
    yield seen.change(name, before=before, day=asked.see_by, what=what, after=after)


def _booked(seen: Comparison) -> str:
    referral = seen.therapy.referral
    return seen.word("booked").format(day=referral.booked) if referral and referral.booked else ""
