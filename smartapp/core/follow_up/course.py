"""What the calendar and the state of the patient have moved: pain, phase, restrictions, dates, minutes (FU3-FU6, FU16,
FU18, FU19).

A date that has passed is told; whether what it asked for was done, only as far as the chart was read.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import takewhile

from smartapp.core.assessment import Restriction
from smartapp.core.changes import ChangeName
from smartapp.core.course import ReviewName
from smartapp.core.dates import add_months
from smartapp.core.derive.facts import current_pain, pain_value
from smartapp.core.derive.phase import phase_begins
from smartapp.core.follow_up.comparison import Changes, Comparison, listed, spaced
from smartapp.core.kinds import Quantity
from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.program import DatedReview, PriorityValue, Ramp
from smartapp.core.states import Phase
from smartapp.core.threshold_words import shown_number

# Questions with a day that the state of a restriction answers, the later one of each last.
_ASKED_OF = {
    "R6": (ReviewName.PRONE_FIRST, ReviewName.PRONE),
    "R1": (ReviewName.FLEXION_FIRST, ReviewName.FLEXION),
}
_OF_PHASE = (ReviewName.INTERMEDIATE, ReviewName.ADVANCED)
_RE_EVALUATIONS = (ReviewName.MONTHS_3, ReviewName.MONTHS_6, ReviewName.MONTHS_12)
_MOST_DATES = 3  # named in one cell; ours


def pain(seen: Comparison) -> Changes:
    """FU3. Whether it stays is told by scores of two days; of one day nobody knows."""
    before, found = seen.then.pain, current_pain(seen.facts)
    if before is None or found is None:
        return
    least = seen.knowledge.library.tests["nrs"].change or 0
    said = {"before": shown_number(before), "after": f"{shown_number(found.value)}, {found.on}"}
    if found.value - before >= least:
        name = ChangeName.PAIN_STAYS if _stays(before + least, seen) else ChangeName.PAIN_WORSE
        yield seen.change(name, [found.source], **said)
    elif before - found.value >= least:
        yield seen.change(ChangeName.PAIN_LESS, [found.source], **said)


def _stays(raised: Decimal, seen: Comparison) -> bool:
    """Whether the scores of the newest days, each at its highest, are all as high on more than one of them."""
    highest: dict[date, Decimal] = {}
    for score in seen.facts.measurements_of(Quantity.PAIN):
        day = seen.facts.day_of(score.when)
        if day and day > seen.since:
            highest[day] = max(pain_value(score), highest.get(day, Decimal(0)))
    newest = list(takewhile(lambda day: highest[day] >= raised, sorted(highest, reverse=True)))
    return len(newest) > 1


def phase(seen: Comparison) -> Changes:
    """FU4: moved, or the calendar allows more and nothing on record does."""
    then, today = seen.then, seen.today
    if not (seen.prescribes and then.effective_phase and today.effective_phase and today.calendar_phase):
        return
    held = today.phase_reason.text if today.phase_reason else ""
    words = {"before": then.effective_phase.capitalize(), "after": today.effective_phase.capitalize()}
    sources = today.phase_reason.sources if today.phase_reason else ()
    if today.effective_phase.rank < then.effective_phase.rank:
        yield seen.change(ChangeName.PHASE_LOWER, sources, **words, held=held)
    elif today.effective_phase.rank > then.effective_phase.rank:
        yield seen.change(ChangeName.PHASE_HIGHER, **words)
    reached, of_then = today.calendar_phase, then.calendar_phase or Phase.INITIAL
    if today.anchor and reached.rank > max(of_then.rank, today.effective_phase.rank):
        day = phase_begins(today.anchor.day, reached, seen.knowledge)
        due = {"before": words["after"], "after": reached.capitalize(), "day": day, "lifted": today.would_change}
        yield seen.change(ChangeName.PHASE_DUE, sources, **due, held=held)


def restrictions(seen: Comparison) -> Changes:
    """FU5: each restriction whose state is another; and the questions whose day has come without that."""
    if not seen.prescribes:
        return
    moved = set()
    for id_, states in RESTRICTION_STATES.items():
        before, after = seen.then.restriction(id_), seen.today.restriction(id_)
        if before is None or after is None or before.state is after.state:
            continue
        moved.add(id_)
        stricter = states.index(after.state) < states.index(before.state)
        title = seen.knowledge.restrictions[id_].title
        said = {"movement": title, "before": _state(seen, before), "after": _state(seen, after)}
        name = ChangeName.STRICTER if stricter else ChangeName.LESS_STRICT
        yield seen.change(name, after.reason.sources if stricter else (), **said)
    for id_, names in _ASKED_OF.items():
        asked = [review for review in _passed(seen) if review.id in names]
        restriction = seen.today.restriction(id_)
        if asked and restriction and id_ not in moved:
            evidence = f"{_state(seen, restriction)}. {restriction.reason.text}"
            words = {"day": asked[-1].day, "what": asked[-1].what, "who": asked[-1].decides.value}
            yield seen.change(ChangeName.GATE_DUE, **words, after=evidence)


def _state(seen: Comparison, restriction: Restriction) -> str:
    until = seen.word("until").format(day=restriction.until) if restriction.until else ""
    return f"{spaced(restriction.state).capitalize()}{until}"


def _passed(seen: Comparison) -> tuple[DatedReview, ...]:
    return tuple(review for review in seen.signed.reviews if review.day <= seen.day)


def dates(seen: Comparison) -> Changes:
    """FU6: what was due by now, in one line; under review from the days on that the row says."""
    elsewhere = {ReviewName.RENEWAL, *_OF_PHASE, *(name for names in _ASKED_OF.values() for name in names)}
    due = [each for each in _passed(seen) if each.id not in elsewhere and not _is_done(each, seen)]
    if not due:
        return
    late = (seen.day - due[0].day).days
    words = {
        "count": seen.word("date" if len(due) == 1 else "dates").format(count=len(due)),
        "dates": listed((f"{each.what.partition(':')[0]} ({each.day})" for each in due), _MOST_DATES),
        "oldest": due[0].day,
        "days": late,
        "who": listed(each.decides.value for each in due),
    }
    yield seen.change(ChangeName.LATE if late > seen.days(ChangeName.LATE) else ChangeName.DUE, **words)


def _is_done(review: DatedReview, seen: Comparison) -> bool:
    """As far as the chart says: nothing of it tells of a report, a plan of care or a certification."""
    if review.id in _RE_EVALUATIONS:
        first = review.day - timedelta(days=seen.days(ChangeName.FULL_DOSE_LATE))
        return any(day >= first for day, _ in seen.evaluations)
    if review.id == ReviewName.VITAMIN_D:
        found = seen.today.vitamin_d
        return found is not None and found.on is not None and found.on > seen.since
    if review.id == ReviewName.BRACE:
        return all(limit.id != "WP20" for limit in seen.today.constraints)
    return False


def first_visit(seen: Comparison) -> Changes:
    """FU16, as far as the chart tells it: no evaluation by the see-by day and some days."""
    asked = seen.signed.priority
    if asked is None or seen.evaluations:
        return
    urgent = asked.value is not PriorityValue.ROUTINE
    name = ChangeName.NO_VISIT_URGENT if urgent else ChangeName.NO_VISIT
    days = (seen.day - asked.see_by).days
    if days > seen.days(name):
        before = seen.word("see_by").format(day=asked.see_by, value=asked.value.value)
        yield seen.change(name, before=before, day=asked.see_by, days=days)


def end_and_dose(seen: Comparison) -> Changes:
    """FU18, FU19."""
    yield from _renewal(seen)
    ends = list(_ends(seen))
    yield from ends
    then, now = seen.signed.ramp, seen.now.ramp
    if then is None or now is None:
        return
    held = set(now.holds) - set(then.holds)
    if held:
        words = {"before": _minutes(seen, then), "after": _minutes(seen, now), "held": now.held}
        yield seen.change(ChangeName.MINUTES_HELD, **words)
    elif then.held and not now.held:
        yield seen.change(ChangeName.MINUTES_FREE, before=_minutes(seen, then), after=_minutes(seen, now))
    edited = any(decision.item == "dose.minutes" for decision in seen.signed.decisions)
    if now.target != then.target and not edited:
        yield seen.change(ChangeName.TARGET, before=_minutes(seen, then), after=_minutes(seen, now))
    if not (ends or held):
        yield from _full_dose(then, seen)


def _ends(seen: Comparison) -> Changes:
    signed, months = seen.signed, seen.knowledge.library.programme.months_minimum
    full = signed.ramp.full_dose_from if signed.ramp else None
    left = (signed.end - seen.day).days
    if left <= seen.days(ChangeName.PLAN_ENDS):
        after = seen.word("ends" if left >= 0 else "ended").format(days=abs(left))
        yield seen.change(ChangeName.PLAN_ENDS, before=signed.end, after=after)
    elif full and add_months(full, months) <= seen.day:
        yield seen.change(ChangeName.FULL_MONTHS, before=full, months=months)


def _renewal(seen: Comparison) -> Changes:
    """VI6: the ordered visits are nearly over, and the plan below is the draft of the next order."""
    ordered, following = seen.signed.visits, seen.now.visits
    if ordered is None or following is None or (ordered.end - seen.day).days > seen.days(ChangeName.VISITS_END):
        return
    words = {"count": following.count, "start": following.start, "end": following.end}
    yield seen.change(ChangeName.VISITS_END, before=ordered.end, **words)


def _full_dose(then: Ramp, seen: Comparison) -> Changes:
    full = then.full_dose_from
    if full and seen.day - full > timedelta(days=seen.days(ChangeName.FULL_DOSE_LATE)):
        months = seen.knowledge.library.programme.months_minimum
        end, planned = add_months(seen.day, months), seen.signed.end
        over = seen.word("end_later" if end > planned else "end_within").format(day=planned)
        words = {"before": full, "minutes": then.target, "months": months, "end": end, "over": over}
        yield seen.change(ChangeName.FULL_DOSE_LATE, **words)


def _minutes(seen: Comparison, ramp: Ramp) -> str:
    if ramp.held:
        return seen.word("minutes_held").format(start=ramp.start)
    key = "minutes_from" if ramp.full_dose_from and ramp.start != ramp.target else "minutes"
    return seen.word(key).format(start=ramp.start, target=ramp.target, day=ramp.full_dose_from)


def next_dates(seen: Comparison) -> Iterator[tuple[date, str]]:
    """What comes next by the signed plan; its end is always among it, or told of already."""
    yield from ((review.day, review.what) for review in seen.signed.reviews if review.day > seen.day)
    yield seen.signed.end, seen.word("end")
