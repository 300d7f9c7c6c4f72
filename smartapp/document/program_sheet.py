"""A signed plan -> the therapist's program: each exercise with its pictures and whole dose, what to avoid, the log."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from smartapp.core.dates import us_date
from smartapp.core.plan.limit_words import order_lines
from smartapp.core.program import BlockCode, HomeSet
from smartapp.core.proposal import Activity, ActivityKind, Choice
from smartapp.core.states import Phase
from smartapp.document.dose_words import effort, how_often, shown_span, steps, volume
from smartapp.document.drawings import Show
from smartapp.document.fitted import Drawn
from smartapp.document.given import Given
from smartapp.document.letter import PHASES
from smartapp.document.letter_parts import PrecautionRow
from smartapp.document.letter_program import at_home, exercises
from smartapp.document.precautions import all_limit_rows, group_rows
from smartapp.document.texts import phone_or_blank

BLOCKS = {
    BlockCode.WARM_UP: "Warm-up", BlockCode.POSTURE: "Posture and safe moves",
    BlockCode.EXTENSOR_CORE: "Back extensors and core", BlockCode.LIMBS: "Arms and legs",
    BlockCode.BALANCE: "Balance and function", None: "At home only",
}  # fmt: skip
SESSIONS = 8  # columns of the log (mock-up)


@dataclass(frozen=True)
class ExerciseCard:
    number: int
    title: str
    how: str  # how it is done, with what limits change
    dose: str
    often: str
    steps: tuple[tuple[str, str], ...]
    picture: Drawn | None


@dataclass(frozen=True)
class BlockOfCards:
    title: str
    cards: tuple[ExerciseCard, ...]


@dataclass(frozen=True)
class Avoided:
    rows: tuple[PrecautionRow, ...]
    forbidden: Drawn | None
    instead: Drawn | None


@dataclass(frozen=True)
class Light:
    title: str
    text: str


@dataclass(frozen=True)
class Program:
    title: str
    about: str
    session: str
    legend: str
    blocks: tuple[BlockOfCards, ...]
    home: tuple[tuple[str, str], ...]
    removed: tuple[tuple[str, str], ...]
    orders: tuple[str, ...]
    limits: tuple[PrecautionRow, ...]
    avoided: tuple[Avoided, ...]
    never: str
    lights: tuple[Light, ...]
    log: tuple[str, ...]
    sessions: int
    send: str


def program(given: Given) -> Program:
    words = given.words("program")
    cards = tuple(_blocks(given))
    lights = ("green", "yellow", "red")
    return Program(
        title=f"Program: {PHASES[given.now.effective_phase or Phase.INITIAL]} phase",
        about=_about(given),
        session=words["session"],
        legend=words["legend"],
        blocks=cards,
        home=tuple(_home(given, cards)),
        removed=tuple(_removed(given)),
        orders=order_lines(given.now),
        limits=all_limit_rows(given),
        avoided=tuple(_avoided(given)),
        never=f"{words['never']} {'; '.join(test.title for test in given.knowledge.library.never_tests)}.",
        lights=tuple(Light(words[f"{light}-title"], words[light]) for light in lights),
        log=tuple(_log(cards)),
        sessions=SESSIONS,
        send=f"Send with the report by visit 10: fax {given.clinic.fax or phone_or_blank('')}",
    )


def _log(blocks: tuple[BlockOfCards, ...]) -> Iterator[str]:
    """A line to fill in for each exercise; those done at home only share one, where others are done at visits."""
    for block in blocks:
        if block.title == BLOCKS[None] and len(block.cards) > 1:
            yield f"{block.cards[0].number} to {block.cards[-1].number}. At home only: which"
        else:
            yield from (f"{card.number}. {card.title}" for card in block.cards)


def _about(given: Given) -> str:
    now, ramp = given.now, given.plan.ramp
    said = [f"Fracture {', '.join(sorted(now.levels)) or 'of the lumbar spine'}"]
    if now.anchor:
        said.append(f"day {(now.as_of - now.anchor.day).days} of healing, counted from {us_date(now.anchor.day)}")
    if ramp:
        full = ramp.full_dose_from
        grows = f", {ramp.target} min {'by' if full > now.as_of else 'since'} {us_date(full)}" if full else ""
        said.append(f"{ramp.start} min a session{grows}")
        said += filter(None, (ramp.held, ramp.reason))
    return " · ".join(said)


def _blocks(given: Given) -> Iterator[BlockOfCards]:
    number, able = 0, exercises(given)
    for code, title in BLOCKS.items():
        cards = []
        for activity in (a for a in able if a.block is code):
            number += 1
            cards.append(_card(number, activity, given))
        if cards:
            known = any(a.block for a in able)
            yield BlockOfCards(title if known else "Exercises", tuple(cards))


def _card(number: int, activity: Activity, given: Given) -> ExerciseCard:
    fitt = activity.fitt
    dose = volume(fitt) if fitt else activity.dose
    strain = f"{'effort ' * bool(shown_span(fitt.rpe))}{effort(fitt)}" if fitt else ""
    often = " · ".join(filter(None, (how_often(fitt, " a week") if fitt else "", strain)))
    alt = f"{activity.title}: start and end"
    return ExerciseCard(number, activity.title, activity.description, dose, often, steps(fitt) if fitt else (),
                given.drawings.exercise(activity, alt, Show.BOTH))  # fmt: skip


def _home(given: Given, blocks: tuple[BlockOfCards, ...]) -> Iterator[tuple[str, str]]:
    numbers = {card.title: card.number for block in blocks for card in block.cards}
    for which, name in ((HomeSet.DAILY, "Home, daily"), (HomeSet.SESSION, "Home session")):
        if done := at_home(given, which):
            helper = {True: " (with helper)", False: ""}
            yield name, "; ".join(f"{numbers[a.title]}. {a.title}{helper[bool(a.home_note)]}" for a in done)


def _removed(given: Given) -> Iterator[tuple[str, str]]:
    plan, rows = given.plan, given.knowledge.library.exercises
    usual = given.knowledge.library.template(given.now.effective_phase or Phase.INITIAL, given.now.track).exercises
    if dropped := [d.item for d in plan.decisions if d.choice is Choice.DROP and d.item.startswith("E")]:
        yield (
            f"Removed by {given.author or 'the clinician'}",
            "; ".join(rows[i].title if i in rows else i for i in dropped),
        )
    waits = [a for a in plan.activities if a.kind is ActivityKind.EXERCISE and a.status_reason and not a.do_not_perform]
    if waits:
        yield "Not yet", "; ".join(f"{a.title}: {a.status_reason}" for a in waits)
    for limit in given.now.constraints:
        titles = [rows[id_].title for id_ in limit.removes if id_ in usual]
        if titles:
            yield f"Not in this plan because of: {limit.title}", "; ".join(titles)


def _avoided(given: Given) -> Iterator[Avoided]:
    """Each group once, its rows one under the other beside its pictures."""
    for group, found in groupby(group_rows(given), key=lambda pair: pair[0]):
        rows = tuple(row for _, row in found)
        yield Avoided(
            rows,
            given.drawings.crossed(group.restrictions[0], f"AVOID {group.title}"),
            given.drawings.instead(group.restrictions[0], f"Instead: {rows[0].instead}"),
        )
