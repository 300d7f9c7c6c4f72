"""What the calendar and the state of the patient have moved: pain, phase, restrictions, minutes, the plan's end.

FU3, FU4, FU5, FU18, FU19.
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
from smartapp.core.follow_up.comparison import Changes, Comparison, spaced
from smartapp.core.follow_up.told import sessions_said
from smartapp.core.kinds import Quantity
from smartapp.core.knowledge import RESTRICTION_STATES
from smartapp.core.plan.going_on import minutes_logged
from smartapp.core.plan.reviews import renewal_day
from smartapp.core.program import DatedReview, HomeSet, Ramp
from smartapp.core.states import Phase
from smartapp.core.threshold_words import shown_number

# Questions with a day that the state of a restriction answers, the later one of each last.
ASKED_OF = {
    "R6": (ReviewName.PRONE_FIRST, ReviewName.PRONE),
    "R1": (ReviewName.FLEXION_FIRST, ReviewName.FLEXION),
}


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
    told = _recommended(reached, seen)
    if today.anchor and reached.rank > max(today.effective_phase.rank, -1 if told else of_then.rank):
        day = phase_begins(today.anchor.day, reached, seen.knowledge)
        due = {"before": words["after"], "after": reached.capitalize(), "day": day, "lifted": today.would_change}
        yield seen.change(ChangeName.PHASE_DUE, sources, **due, held=held, told=f"{told} {_logged(seen)}")


def _recommended(phase: Phase, seen: Comparison) -> str:
    """That the therapist would go on to this phase, in words (PG8); empty where nobody has said so."""
    days = [each.on for each in seen.therapy.progress if each.report.recommends == phase]
    return seen.word("recommended").format(day=days[-1], phase=phase.value) if days else ""


def _logged(seen: Comparison) -> str:
    """The newest sessions on record beside the question (FU4)."""
    done = seen.therapy.done
    return seen.word("logged").format(text=sessions_said(done, seen)) if done else ""


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
    for id_, names in ASKED_OF.items():
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
        yield seen.change(ChangeName.PLAN_ENDS, before=signed.end, after=after, **outcome(seen))
    elif full and add_months(full, months) <= seen.day:
        yield seen.change(ChangeName.FULL_MONTHS, before=full, months=months, **outcome(seen))


def outcome(seen: Comparison) -> dict[str, str]:
    """Each test from the signature to now, and what is done at home every day."""
    before = {m.row: m for m in seen.signed.measures if m.value is not None}
    compared = (
        f"{m.title} {shown_number(before[m.row].value or Decimal(0))} → {shown_number(m.value)} {m.unit}".strip()
        for m in seen.now.measures
        if m.value is not None and m.row in before and m.day != before[m.row].day and m.usable
    )
    daily = (activity.title for activity in seen.now.activities if activity.home_set is HomeSet.DAILY)
    return {
        "tests": ", ".join(compared) or seen.word("no_result"),
        "home": ", ".join(daily) or seen.word("none"),
    }


def _renewal(seen: Comparison) -> Changes:
    """VI6: the ordered visits are nearly over, and the plan below is the draft of the next order."""
    ordered, following = seen.signed.visits, seen.now.visits
    if ordered is None or following is None:
        return
    if seen.day < (renewal_day(seen.signed) or ordered.end - timedelta(days=seen.days(ChangeName.VISITS_END))):
        return
    words = {"count": following.count, "start": following.start, "end": following.end}
    yield seen.change(ChangeName.VISITS_END, before=ordered.end, **words)


def _full_dose(then: Ramp, seen: Comparison) -> Changes:
    full, late = then.full_dose_from, timedelta(days=seen.days(ChangeName.FULL_DOSE_LATE))
    done = minutes_logged(seen.therapy, seen.day - late)
    if full is None or seen.day - full <= late or (done or 0) >= then.target:
        return
    months = seen.knowledge.library.programme.months_minimum
    end, planned = add_months(seen.day, months), seen.signed.end
    over = seen.word("end_later" if end > planned else "end_within").format(day=planned)
    after = seen.word("minutes_unread" if done is None else "minutes_logged").format(value=done, weeks=late.days // 7)
    words = {"before": full, "minutes": then.target, "months": months, "end": end, "over": over}
    yield seen.change(ChangeName.FULL_DOSE_LATE, **words, after=after)


def _minutes(seen: Comparison, ramp: Ramp) -> str:
    if ramp.held:
        return seen.word("minutes_held").format(start=ramp.start)
    key = "minutes_from" if ramp.full_dose_from and ramp.start != ramp.target else "minutes"
    return seen.word(key).format(start=ramp.start, target=ramp.target, day=ramp.full_dose_from)


def next_dates(seen: Comparison) -> Iterator[tuple[date, str]]:
    """What comes next by the signed plan; its end is always among it, or told of already."""
    yield from ((review.day, review.what) for review in seen.signed.reviews if review.day > seen.day)
    yield seen.signed.end, seen.word("end")
