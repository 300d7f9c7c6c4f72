"""What the therapist told by link or recorded under the order, and when the first visit was (FU2, FU3, FU7, FU10, FU12;
PG3, PG6).

All of it is somebody's word: it is shown with its day, and a result counts once it is entered or in the chart.
"""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from smartapp.core.changes import ChangeName
from smartapp.core.chart import Source
from smartapp.core.derive.facts import current_pain
from smartapp.core.follow_up.comparison import Changes, Comparison, listed
from smartapp.core.follow_up.results import goal_of, reaches
from smartapp.core.program import OutcomeMeasure
from smartapp.core.quotes import quoted
from smartapp.core.session_log import SessionLight, TherapySession
from smartapp.core.therapy import AT_HOME, SESSIONS, Alarm, ToldReport
from smartapp.core.threshold_words import shown_number

_MOST = 3  # reports with something to call for, and sessions, that are named; ours


def symptoms(seen: Comparison) -> Changes:
    """FU2: a stop rule in a report or a log. What free words mean is not guessed: somebody calls."""
    for each in _newest(seen, lambda told: bool(told.symptoms)):
        said = {"day": each.on, "after": each.symptoms, "by": _by(each.source, seen)}
        yield seen.change(ChangeName.SYMPTOMS_TOLD, _cited(each.source), **said)


def pain(seen: Comparison) -> Changes:
    """FU3 and PG3: 24 hours after a session worse by the change of the scale, and newer than the chart's own score."""
    before, least = seen.then.pain, seen.knowledge.library.tests["nrs"].change or Decimal(0)
    told = [each for each in seen.therapy.alarms if each.pain_later is not None]
    if before is None or not told or not _is_newer(told[-1], seen):
        return
    score = told[-1].pain_later or Decimal(0)
    if score - before >= least:
        by = _by(told[-1].source, seen)
        said = seen.word("told_pain").format(value=shown_number(score), day=told[-1].on, by=by)
        yield seen.change(ChangeName.PAIN_TOLD, _cited(told[-1].source), before=shown_number(before), after=said)


def _is_newer(told: Alarm, seen: Comparison) -> bool:
    found = current_pain(seen.facts)
    return found is None or found.on is None or found.on < told.on


def fall(seen: Comparison) -> Changes:
    """FU12, where the chart does not have it."""
    for each in _newest(seen, lambda told: told.fall):
        yield seen.change(ChangeName.FALL_TOLD, _cited(each.source), day=each.on, by=_by(each.source, seen))


def _newest(seen: Comparison, wanted: Callable[[Alarm], bool]) -> tuple[Alarm, ...]:
    return tuple(each for each in reversed(seen.therapy.alarms) if wanted(each))[:_MOST]


def _by(source: Source | None, seen: Comparison) -> str:
    return seen.word("by_chart" if source else "by_link")


def _cited(source: Source | None) -> tuple[Source, ...]:
    return (source,) if source else ()


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
            state = "told_chart" if newest.source else "told_taken" if newest.taken else "told_open"
            yield seen.change(
                ChangeName.REPORT, _cited(newest.source), day=newest.on, after=", ".join(said), met=met,
                before=", ".join(first) or seen.word("none"), state=seen.word(state),
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


# -- what the chart has under the order


def recorded(seen: Comparison) -> Changes:
    """FU7: sessions, notes, and what of them was not understood; PG3: the newest session was red."""
    yield from _red(seen)
    done, notes, unread = seen.therapy.done, seen.therapy.documents, seen.therapy.unread
    if done:
        newest, sources = sessions_said(done, seen), [each.source for each in done]
        yield seen.change(ChangeName.SESSIONS_RECORDED, sources, count=_counted(done, seen), after=newest)
    for note in reversed(notes[-_MOST:]):
        text = quoted(note.text) if note.text else seen.word("no_text")
        said = {"title": quoted(note.title), "day": note.on or seen.word("no_day"), "text": text}
        yield seen.change(ChangeName.NOTE_RECORDED, [note.source], **said)
    if unread:
        after = listed((f"{line.where}: {line.reason}" for line in unread), _MOST)
        yield seen.change(ChangeName.NOT_UNDERSTOOD, [Source(line.where) for line in unread], after=after)


def _red(seen: Comparison) -> Changes:
    measured = [each for each in seen.therapy.done if each.measured]
    if not measured:
        return
    newest, least = measured[-1], seen.progression.pain_red_from
    if newest.outcome == SessionLight.RED or (newest.pain_worst is not None and newest.pain_worst >= least):
        before = seen.word("none") if seen.then.pain is None else shown_number(seen.then.pain)
        yield seen.change(ChangeName.SESSION_RED, [newest.source], before=before, after=_session_said(newest, seen))


def _counted(done: Iterable[TherapySession], seen: Comparison) -> str:
    count = len({each.on for each in done})
    return seen.word("session" if count == 1 else "some_sessions").format(count=count)


def sessions_said(done: tuple[TherapySession, ...], seen: Comparison) -> str:
    """The newest of them, as the record has them."""
    return "; ".join(_session_said(each, seen) for each in reversed(done[-_MOST:]))


def _session_said(each: TherapySession, seen: Comparison) -> str:
    told = (
        *(("minutes_done", each.minutes), ("pain_worst", each.pain_worst), ("pain_later", each.pain_later)),
        ("effort_most", each.effort),
    )
    numbers = (seen.word(name).format(value=shown_number(value)) for name, value in told if value is not None)
    said = ", ".join(filter(None, (seen.word("at_home") if each.setting == AT_HOME else "", *numbers, each.outcome)))
    return f"{each.on}: {said}" if said else str(each.on)


def sessions(seen: Comparison) -> Changes:
    """FU10 and PG6: fewer than the row's percent of the sessions of the program, over the row's days."""
    timing, first = seen.signed.program, seen.first_visit
    if timing is None or first is None or seen.therapy.is_over:
        return
    wait = seen.days(ChangeName.ADHERENCE)
    told, logged = seen.therapy.sessions_since(first, wait), seen.therapy.logged_since(first, wait, seen.day)
    found = told or logged
    if found is None:
        return
    done, days = found
    planned = timing.frequency * days // timing.period_days
    if done * 100 < planned * seen.least(ChangeName.ADHERENCE):
        by = seen.word("by_link" if told else "by_log")
        words = {"done": done, "planned": planned, "weeks": days // timing.period_days, "by": by}
        yield seen.change(ChangeName.ADHERENCE, **words)
