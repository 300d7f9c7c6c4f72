"""What the therapist told by link, and when the first visit was (FU2, FU3, FU7, FU10, FU12; PG3, PG6).

All of it is somebody's word: it is shown with its day, and a result counts once it is entered or in the chart.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal

from smartapp.core.changes import ChangeName
from smartapp.core.derive.facts import current_pain
from smartapp.core.follow_up.comparison import Changes, Comparison
from smartapp.core.follow_up.results import goal_of, reaches
from smartapp.core.program import OutcomeMeasure
from smartapp.core.therapy import PAIN_LATER, SESSIONS, ToldReport
from smartapp.core.threshold_words import shown_number

_MOST = 3  # reports with something to call for that are named; ours


def symptoms(seen: Comparison) -> Changes:
    """FU2: a stop rule in a report. What free words mean is not guessed: somebody calls."""
    for each in _newest(seen, lambda told: bool(told.report.symptoms)):
        yield seen.change(ChangeName.SYMPTOMS_TOLD, day=each.on, after=each.report.symptoms)


def pain(seen: Comparison) -> Changes:
    """FU3 and PG3: 24 hours after a session worse by the change of the scale, and newer than the chart's own score."""
    before, least = seen.then.pain, seen.knowledge.library.tests["nrs"].change or Decimal(0)
    told = [each for each in seen.therapy.progress if each.number(PAIN_LATER) is not None]
    if before is None or not told or not _is_newer(told[-1], seen):
        return
    score = told[-1].number(PAIN_LATER) or Decimal(0)
    if score - before >= least:
        said = seen.word("told_pain").format(value=shown_number(score), day=told[-1].on)
        yield seen.change(ChangeName.PAIN_TOLD, before=shown_number(before), after=said)


def _is_newer(told: ToldReport, seen: Comparison) -> bool:
    found = current_pain(seen.facts)
    return found is None or found.on is None or found.on < told.on


def fall(seen: Comparison) -> Changes:
    """FU12, where the chart does not have it."""
    for each in _newest(seen, lambda told: told.report.fall == "yes"):
        yield seen.change(ChangeName.FALL_TOLD, day=each.on)


def _newest(seen: Comparison, wanted: Callable[[ToldReport], bool]) -> tuple[ToldReport, ...]:
    return tuple(each for each in reversed(seen.therapy.progress) if wanted(each))[:_MOST]


def reports(seen: Comparison) -> Changes:
    """FU7: the first visit, and the newest report with its results beside those of the signature."""
    if seen.first_visit and seen.first_visit >= seen.since:
        sources = [procedure.source for day, procedure in seen.evaluations if day == seen.first_visit]
        yield seen.change(ChangeName.EVALUATED, sources, after=seen.first_visit)
    if seen.therapy.progress:
        newest = seen.therapy.progress[-1]
        before = {m.row: m for m in seen.signed.measures if m.value is not None}
        said = list(_said(newest, before, seen))
        if said:
            met = seen.word("goal_told") if any(_is_met(newest, seen)) else ""
            first = [
                f"{m.title} {shown_number(m.value or Decimal(0))}" for row, _ in newest.tests if (m := before.get(row))
            ]
            yield seen.change(
                ChangeName.REPORT, day=newest.on, after=", ".join(said), met=met,
                before=", ".join(first) or seen.word("none"),
                state=seen.word("told_taken" if newest.taken else "told_open"),
            )  # fmt: skip


def _said(told: ToldReport, before: dict[str, OutcomeMeasure], seen: Comparison) -> Iterator[str]:
    for row, value in told.tests:
        test = seen.knowledge.library.tests.get(row)
        if test:
            was = f"{shown_number(before[row].value or Decimal(0))} → " if row in before else ""
            yield " ".join(filter(None, (test.title, f"{was}{shown_number(value)}", test.unit_words)))
    done = told.number(SESSIONS)
    if done is not None:
        yield seen.word("sessions").format(count=shown_number(done))


def _is_met(told: ToldReport, seen: Comparison) -> Iterator[bool]:
    for row, value in told.tests:
        goal = goal_of(row, seen)
        yield goal is not None and reaches(goal, value)


def sessions(seen: Comparison) -> Changes:
    """FU10 and PG6: fewer than the row's percent of the sessions of the program, over the row's days."""
    timing, first = seen.signed.program, seen.first_visit
    if timing is None or first is None or seen.therapy.is_over:
        return
    found = seen.therapy.sessions_since(first, seen.days(ChangeName.ADHERENCE))
    if found is None:
        return
    done, days = found
    planned = timing.frequency * days // timing.period_days
    if done * 100 < planned * seen.least(ChangeName.ADHERENCE):
        words = {"done": done, "planned": planned, "weeks": days // timing.period_days}
        yield seen.change(ChangeName.ADHERENCE, **words)
