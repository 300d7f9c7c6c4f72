"""The log of the sessions -> what was done of each exercise, who may step up, hold or step down (PG1 to PG6, RA5).

It is told at the next launch and moves nothing: the therapist steps, the clinician moves phases and gates.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import NamedTuple

from smartapp.core.changes import ChangeName
from smartapp.core.dose_words import fitt_words
from smartapp.core.follow_up.comparison import Changes, Comparison, listed
from smartapp.core.plan.choosing import why_refused
from smartapp.core.program import Fitt
from smartapp.core.session_log import ItemDone, SessionLight, TherapySession, is_at_top, item_light, light_of
from smartapp.core.threshold_words import shown_number


class _Ordered(NamedTuple):
    """One exercise of the signed plan."""

    id: str
    title: str
    fitt: Fitt


class _Done(NamedTuple):
    """One exercise in one session."""

    session: TherapySession
    item: ItemDone
    light: SessionLight | None


def items(seen: Comparison) -> Changes:
    """FT5 and PG7: the newest session that names exercises, as it was written down."""
    named = [each for each in seen.therapy.done if each.items]
    if named:
        newest = named[-1]
        after = "; ".join(_said(item, seen) for item in newest.items)
        yield seen.change(ChangeName.ITEMS_RECORDED, [newest.source], day=newest.on, after=after)
    yield from _left_out(seen)
    yield from _steps(seen)


def _said(item: ItemDone, seen: Comparison) -> str:
    return seen.word("item").format(name=_title(item.id, seen), dose=_dose(item, seen))


def _dose(item: ItemDone, seen: Comparison) -> str:
    load = seen.word("load").format(value=shown_number(item.load_kg)) if item.load_kg is not None else ""
    band = seen.word("band").format(text=item.band) if item.band else ""
    return ", ".join(filter(None, (fitt_words(item.fitt), load, band))) or seen.word("none")


def _title(id_: str, seen: Comparison) -> str:
    never = {each.id: each.title for each in seen.knowledge.library.never}
    exercise = seen.knowledge.library.exercises.get(id_)
    return exercise.title if exercise else never[id_]


def _left_out(seen: Comparison) -> Changes:
    """What today's chart leaves out, or is never done, and was done nevertheless."""
    found = {item.id: each for each in seen.therapy.done for item in each.items if _is_left_out(item.id, seen)}
    if found:
        said = (
            seen.word("item_left_out").format(name=_title(id_, seen), day=each.on)
            for id_, each in sorted(found.items())
        )
        yield seen.change(ChangeName.ITEM_FORBIDDEN, [s.source for s in found.values()], rule="PG3", after=listed(said))


def _is_left_out(id_: str, seen: Comparison) -> bool:
    exercise = seen.knowledge.library.exercises.get(id_)
    return exercise is None or bool(seen.prescribes and why_refused(exercise, seen.today, seen.knowledge))


def _steps(seen: Comparison) -> Changes:
    """PG4 and PG5 of the exercises of the signed plan, by the newest sessions that have them."""
    doses = ((line.title, line.fitt, list(_course(line.id, line.fitt, seen))) for line in _exercises(seen))
    found = [(title, dose, done[-1], _step(done, dose, seen)) for title, dose, done in doses if done]
    for name, rule, words in ((ChangeName.STEP_DOWN, "PG5", "item_down"), (ChangeName.STEP_UP, "PG4", "item_up")):
        these = [each for each in found if each[3] is name]
        said = (
            seen.word(words).format(name=title, dose=_dose(last.item, seen),
                                    text=dose.step_up if name is ChangeName.STEP_UP else dose.step_down)
            for title, dose, last, _ in these
        )  # fmt: skip
        if these:
            sources = [last.session.source for _, _, last, _ in these]
            yield seen.change(name, sources, rule=rule, after="; ".join(said))


def _exercises(seen: Comparison) -> Iterator[_Ordered]:
    lines = ((line, line.fitt) for line in seen.signed.activities)
    return (_Ordered(line.id, line.title, fitt) for line, fitt in lines if fitt)


def _course(id_: str, dose: Fitt, seen: Comparison) -> Iterator[_Done]:
    for each in seen.therapy.done:
        whole = light_of(each, seen.then.pain, seen.progression)
        for item in each.items:
            if item.id == id_:
                yield _Done(each, item, item_light(item, dose, whole))


def _step(done: Sequence[_Done], dose: Fitt, seen: Comparison) -> ChangeName | None:
    """Up or down; None to hold, or where too little is known."""
    limits = seen.progression
    newest = done[-limits.in_row :]
    if len(newest) < limits.in_row:
        return None
    if all(each.light is SessionLight.YELLOW for each in newest):
        return ChangeName.STEP_DOWN
    good = all(each.light is SessionLight.GREEN and is_at_top(each.item, dose) for each in newest)
    return ChangeName.STEP_UP if good and not _stepped_since(done, limits.step_every_days) else None


def _stepped_since(done: Sequence[_Done], days: int) -> bool:
    """Whether the newest dose is more than one of the same week or the last before it."""
    last = done[-1]
    week = [each for each in done if each.session.on > last.session.on - timedelta(days=days)]
    before = done[-len(week) - 1 : -len(week)]
    return any(last.item.amount > each.item.amount for each in (*before, *week))


# -- the last two weeks (PG5 gap, PG6)


def fortnight(seen: Comparison) -> Changes:
    limits, program, done = seen.progression, seen.signed.program, seen.therapy.done
    logs = [each for each in done if each.logged]
    if not logs or seen.therapy.is_over:
        return
    silent = (seen.day - done[-1].on).days
    if silent >= limits.gap_days:
        after = seen.word("gap_long" if silent >= limits.gap_long_days else "gap_short")
        yield seen.change(ChangeName.GAP, [done[-1].source], rule="PG5", day=done[-1].on, days=silent, after=after)
        return
    counted = seen.therapy.logged_since(done[0].on, limits.fortnight_days, seen.day)
    if program and counted:
        planned = program.frequency * limits.fortnight_days // program.period_days
        within = [each for each in done if each.on > seen.day - timedelta(days=limits.fortnight_days)]
        earlier = [each for each in done if each not in within]
        percent = counted[0] * 100 // planned
        said, next_ = _summary(within, earlier, percent, seen)
        after = "; ".join((seen.word("done_of").format(done=counted[0], planned=planned), *said))
        sources = [each.source for each in within]
        yield seen.change(ChangeName.FORTNIGHT, sources, rule="PG6", planned=planned, after=after, next=next_)


def _summary(
    within: Sequence[TherapySession], earlier: Sequence[TherapySession], percent: int, seen: Comparison
) -> tuple[list[str], str]:
    """Trend of pain, minutes, items stepped and the light; and what follows from them."""
    limits = seen.progression
    before, now = _worst(_last_weeks(earlier, seen)), _worst(within)
    lights = [light_of(each, seen.then.pain, limits) for each in within]
    rises = before is not None and now is not None and now - before >= limits.pain_rise_red
    light = next((each for each in SessionLight if each in lights), None)
    if light is SessionLight.GREEN and None in lights:
        light = None  # not all of them are known to be
    if light is SessionLight.GREEN and rises:
        light = SessionLight.YELLOW
    said = [*_numbers(within, before, now, seen), *_stepped(within, seen)]
    said += [seen.word("light").format(text=light)] if light else []
    return said, _next(light, rises, percent, seen)


def _last_weeks(earlier: Sequence[TherapySession], seen: Comparison) -> list[TherapySession]:
    """Of the two weeks before the last two."""
    first = seen.day - timedelta(days=2 * seen.progression.fortnight_days)
    return [each for each in earlier if each.on > first]


def _worst(done: Sequence[TherapySession]) -> Decimal | None:
    return max((each.pain_worst for each in done if each.pain_worst is not None), default=None)


def _numbers(
    within: Sequence[TherapySession], before: Decimal | None, now: Decimal | None, seen: Comparison
) -> Iterator[str]:
    if now is not None:
        was = shown_number(before) if before is not None else seen.word("none")
        yield seen.word("pain_trend").format(before=was, value=shown_number(now))
    minutes = [each.minutes for each in within if each.minutes is not None]
    if minutes:
        yield seen.word("minutes_trend").format(before=shown_number(minutes[0]), value=shown_number(minutes[-1]))


def _stepped(within: Sequence[TherapySession], seen: Comparison) -> Iterator[str]:
    """How many exercises have another dose than when they were first written down in these weeks, or last before."""
    start: dict[str, ItemDone] = {}
    last: dict[str, ItemDone] = {}
    for each in seen.therapy.done:
        for item in each.items:
            if each not in within:
                start[item.id] = item
            else:
                start.setdefault(item.id, item)
                last[item.id] = item
    if last:
        up = sum(item.amount > start[id_].amount for id_, item in last.items())
        down = sum(item.amount < start[id_].amount for id_, item in last.items())
        yield seen.word("stepped").format(up=up, down=down)


def _next(light: SessionLight | None, rises: bool, percent: int, seen: Comparison) -> str:
    limits, course = seen.progression, seen.knowledge.course.limits
    if light is SessionLight.RED:
        found = seen.word("next_less").format(red=course.minutes_red_step, least=course.minutes_least)
    elif rises:
        found = seen.word("next_hold")
    elif light is SessionLight.GREEN and percent >= limits.enough_percent:
        found = seen.word("next_more")
    else:
        found = seen.word("next_same")
    return f"{found} {seen.word('next_talk')}" if percent < limits.few_percent else found
