"""Proposal -> the lines of the plan as it is written: at most 25, what to avoid last (rule book 2b RP5, 2c CX28).

Every line of the proposal stands in one of them, an exercise of the home set in two. An exercise that waits is in none:
the notes of the plan name it (:func:`waiting`).
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from types import MappingProxyType

from smartapp.core.dose_words import DAILY, fitt_words
from smartapp.core.knowledge import Knowledge
from smartapp.core.library import REQUIRED
from smartapp.core.plan.assembly import dose_text
from smartapp.core.plan.avoid import PROGRAM, avoid_lines, told_elsewhere
from smartapp.core.plan.guards import exercises_of, ready
from smartapp.core.plan.pain import PAIN
from smartapp.core.plan.review_lines import review_lines, told_as_review
from smartapp.core.plan.written_line import PlanLine, Schedule, activity_words, joined_line, single_line
from smartapp.core.program import BlockCode, HomeSet, Ramp
from smartapp.core.proposal import Activity, ActivityKind, Component, Proposal

# The blocks of a session in the order they are told, warm-up and posture in one line.
BLOCKS = MappingProxyType(
    {
        "block-X": ("Back and core", (BlockCode.EXTENSOR_CORE,)),
        "block-L": ("Arms and legs", (BlockCode.LIMBS,)),
        "block-B": ("Balance and function", (BlockCode.BALANCE,)),
        "block-WP": ("Warm-up, posture and safe moves", (BlockCode.WARM_UP, BlockCode.POSTURE)),
    }
)
# Of an exercise that names no block: never may one that is ordered fall out of the plan.
_BY_COMPONENT = MappingProxyType(
    {
        Component.EXTENSOR: BlockCode.EXTENSOR_CORE,
        Component.CORE: BlockCode.EXTENSOR_CORE,
        Component.RESISTANCE: BlockCode.LIMBS,
        Component.BALANCE: BlockCode.BALANCE,
        Component.AEROBIC: BlockCode.WARM_UP,
    }
)
_TRAINED = (BlockCode.EXTENSOR_CORE, BlockCode.LIMBS, BlockCode.BALANCE)
ORDERED_DAYS = 90  # the most an order of visits may span
_PAIN = frozenset({PAIN, "F-PAIN"})
_TESTS = frozenset({"F-25OHD", "F-DXA"})


def plan_lines(proposal: Proposal, knowledge: Knowledge) -> tuple[PlanLine, ...]:
    """The lines in the order they are written, without the reference to the order of physical therapy."""
    lines = _with_told([*_program(proposal, knowledge), *_advice(proposal)], told_elsewhere(proposal, knowledge))
    forbidding = _avoid(proposal, knowledge)
    told = {id_ for line in (*lines, *forbidding) for id_ in line.covers}
    left = [single_line(a) for a in proposal.activities if a.id not in told and not _waits(a)]
    all_lines = (*lines, *left, *forbidding)
    return tuple(sorted(all_lines, key=lambda line: line.do_not_perform))


def waiting(proposal: Proposal) -> tuple[str, ...]:
    """The exercises that are not to be started yet, each with what it waits for."""
    return tuple(f"Not yet: {each.title}. {each.status_reason}" for each in exercises_of(proposal) if _waits(each))


def _waits(activity: Activity) -> bool:
    return activity.kind is ActivityKind.EXERCISE and bool(activity.status_reason)


def _avoid(proposal: Proposal, knowledge: Knowledge) -> tuple[PlanLine, ...]:
    made = []
    for line in avoid_lines(proposal, knowledge):
        window = (proposal.start, line.until)
        made.append(
            PlanLine(line.id, ActivityKind.RESTRICTION, line.title, (line.text,), line.covers, True, window=window)
        )
    return tuple(made)


def _with_told(lines: list[PlanLine], elsewhere: dict[str, tuple[Activity, ...]]) -> list[PlanLine]:
    """What only changes a movement, or has given way, told in its line; in the program's where that is not written."""
    ids = {line.id for line in lines}
    if PROGRAM not in ids:
        return lines
    told: dict[str, tuple[Activity, ...]] = {}
    for id_, activities in elsewhere.items():
        place = id_ if id_ in ids else PROGRAM
        told[place] = (*told.get(place, ()), *activities)
    return [line.telling(told[line.id]) if line.id in told else line for line in lines]


# -- the program


def _program(proposal: Proposal, knowledge: Knowledge) -> Iterator[PlanLine]:
    if proposal.referral is None:
        return
    yield _target(proposal)
    if proposal.ramp:
        yield _build_up(proposal, proposal.ramp, knowledge)
    yield from _blocks(proposal)
    yield from _home(proposal, knowledge)


def _target(proposal: Proposal) -> PlanLine:
    """The dose aimed at; while the minutes are held there is none yet."""
    timing, ramp = proposal.program, proposal.ramp
    words = ramp.dose_line if ramp else f"Dose: {dose_text(timing, proposal.months)}." if timing else ""
    why = (ramp.reason,) if ramp and ramp.reason else ()
    line = PlanLine(PROGRAM, ActivityKind.EXERCISE, "Program", (f"Program, not visits: {words}", *why))
    if timing is None or (ramp and ramp.full_dose_from is None):
        return line
    start = max(ramp.full_dose_from if ramp and ramp.full_dose_from else proposal.start, proposal.start)
    minutes = ramp.target if ramp else timing.minutes
    schedule = Schedule(timing.frequency, timing.frequency_max, 1, "wk", minutes, None, start, proposal.end)
    return replace(line, schedule=schedule)


def _build_up(proposal: Proposal, ramp: Ramp, knowledge: Knowledge) -> PlanLine:
    day = f" Full dose from {ramp.full_dose_from.isoformat()}." if ramp.full_dose_from else ""
    words = f"{ramp.build_up}{day}"
    window = (ramp.begun or proposal.start, ramp.full_dose_from)
    return PlanLine(
        "build-up", ActivityKind.EXERCISE, "Build-up", (words, *_shorter(proposal, ramp, knowledge)), window=window
    )


def _shorter(proposal: Proposal, ramp: Ramp, knowledge: Knowledge) -> Iterator[str]:
    """While sessions are shorter than their target: what comes first, short and not narrow (RA4)."""
    rank = {id_: place for place, id_ in enumerate(knowledge.course.limits.short_first)}
    trained = [a for a in ready(proposal) if a.block and (a.block in _TRAINED or a.id in rank)]
    if ramp.start >= ramp.target or not trained:
        return
    trained.sort(key=lambda a: (rank.get(a.id, len(rank)), _TRAINED.index(a.block) if a.block in _TRAINED else 0))
    found = (next((a for a in trained if part in a.component), None) for part in REQUIRED)
    each = {a.id: a for a in found if a}
    names = [a.title for a in (*each.values(), *(a for a in trained if a.id not in each))]
    yield knowledge.course.texts["short"].format(target=ramp.target, names="; ".join(names))


def block_of(activity: Activity) -> BlockCode | None:
    """The block of a supervised session it stands in; None where it is done at home only or waits."""
    if activity.block or activity.home_set or _waits(activity) or not activity.component:
        return activity.block
    return _BY_COMPONENT.get(activity.component[0], BlockCode.POSTURE)


def _blocks(proposal: Proposal) -> Iterator[PlanLine]:
    for id_, (title, codes) in BLOCKS.items():
        found = [each for code in codes for each in ready(proposal) if block_of(each) is code]
        if found:
            words = (f"{title}, with the therapist:", *map(activity_words, found))
            yield PlanLine(id_, ActivityKind.EXERCISE, title, words, _ids(found))


def _ids(found: Iterable[Activity]) -> tuple[str, ...]:
    return tuple(each.id for each in found)


def _home(proposal: Proposal, knowledge: Knowledge) -> Iterator[PlanLine]:
    until = proposal.visits.end if proposal.visits else proposal.start + timedelta(days=ORDERED_DAYS)
    low, high = knowledge.written.home.minutes
    daily = Schedule(1, None, 1, "d", low, high, proposal.start, proposal.end)
    session = Schedule(1, None, 1, "wk", None, None, proposal.start, min(until, proposal.end))
    more = f"At home, as a session, once a week until {until.isoformat()}, then twice; after the therapist's check:"
    yield from _home_set(proposal, HomeSet.DAILY, "At home, every day", "At home, every day:", daily)
    yield from _home_set(proposal, HomeSet.SESSION, "At home, as a session", more, session)


def _home_set(proposal: Proposal, which: HomeSet, title: str, head: str, schedule: Schedule) -> Iterator[PlanLine]:
    found = [each for each in ready(proposal) if each.home_set is which]
    if found:
        line = PlanLine(f"home-{which}", ActivityKind.EXERCISE, title, (head, *map(_at_home, found)), _ids(found))
        yield replace(line, schedule=schedule, by_patient=True)


def _at_home(activity: Activity) -> str:
    """How it is done stands in the block of an exercise that has one."""
    words = activity_words(activity) if activity.block is None else _short(at_home(activity))
    return f"{words} With a helper beside." if activity.home_note == "with-helper" else words


def at_home(activity: Activity) -> Activity:
    """With the dose of every day, where the one of the visits says fewer days a week."""
    fitt = activity.fitt
    most = fitt.per_week[1] if fitt and fitt.per_week else None
    if fitt is None or most is None or most >= DAILY or activity.home_set is not HomeSet.DAILY:
        return activity
    if activity.dose != fitt.text:
        return activity  # the clinician's own words
    return replace(activity, dose=fitt_words(replace(fitt, per_week=(Decimal(DAILY), Decimal(DAILY)))))


def _short(activity: Activity) -> str:
    return f"{activity.title}: {activity.dose}." if activity.dose else f"{activity.title}."


# -- what is told beside it


def _advice(proposal: Proposal) -> Iterator[PlanLine]:
    """Each kind of advice in one line; without a program every suggestion has its own."""
    of = {kind: [a for a in proposal.activities if a.kind is kind] for kind in ActivityKind}
    asked = [*of[ActivityKind.FOLLOW_UP], *of[ActivityKind.REFERRAL]]
    if proposal.referral is None:
        yield from map(single_line, (*of[ActivityKind.EDUCATION], *of[ActivityKind.NUTRITION], *asked))
        return
    pain = [a for a in proposal.activities if a.id in _PAIN]
    taught = [a for a in of[ActivityKind.EDUCATION] if a.id not in _PAIN]
    tests = [a for a in asked if a.id in _TESTS]
    apart = _PAIN | _TESTS
    others = [a for a in asked if a.id not in apart and not told_as_review(a, proposal)]
    yield from joined_line("pain", ActivityKind.EDUCATION, "Pain", pain)
    yield from joined_line("education", ActivityKind.EDUCATION, "Education", taught)
    yield from joined_line("nutrition", ActivityKind.NUTRITION, "Nutrition", of[ActivityKind.NUTRITION])
    yield from review_lines(proposal)
    yield from joined_line("tests", ActivityKind.FOLLOW_UP, "Tests to order", tests)
    yield from joined_line("follow-up", ActivityKind.FOLLOW_UP, "For the clinician to do", others)
