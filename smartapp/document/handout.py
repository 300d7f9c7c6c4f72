"""A signed plan -> the patient's own paper: what to do, how to move, when to call, and four weeks to tick.

In the language of the chart, English or Spanish; another language is printed in English and says that an interpreter is
needed. Every sentence is one of the knowledge.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from smartapp.core.plan.activities import SILENT
from smartapp.core.program import HomeSet
from smartapp.core.proposal import Activity
from smartapp.document.drawings import Show
from smartapp.document.fitted import Drawn
from smartapp.document.given import Given, long_date
from smartapp.document.letter_program import at_home
from smartapp.document.texts import Texts, Told, needs_interpreter, phone_or_blank, texts_of

WEEKS, DAYS = 4, 7
COLUMNS = 3  # daily exercises in the log, beside the home session and pain
ELSEWHERE = ("R5", "R10")  # told at the end, and beside the home exercises
LIMITS = 3  # texts of limits on the page "move like this" (rule book 2c, section 8); the others follow it


@dataclass(frozen=True)
class HomeCard:
    title: str
    text: str
    picture: Drawn | None


@dataclass(frozen=True)
class Move:
    text: str
    do: Drawn | None
    not_yet: Drawn | None


@dataclass(frozen=True)
class WhenToCall:
    title: str
    number: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class LogColumn:
    title: str
    boxes: int


@dataclass(frozen=True)
class Handout:
    words: dict[str, str]
    name: str
    day: str
    phone: str
    clinic: str
    interpreter: str
    first: tuple[str, ...]
    daily: tuple[HomeCard, ...]
    session: tuple[HomeCard, ...]
    after: tuple[str, ...]
    moves: tuple[Move, ...]
    limits: tuple[str, ...]
    calls: tuple[WhenToCall, ...]
    more: tuple[str, ...]
    log: tuple[LogColumn, ...]
    weeks: int = WEEKS


def handout(given: Given, language: str) -> Handout:
    texts, words = texts_of(given, language), given.words("handout", language)
    daily, session = (tuple(_cards(given, texts, which)) for which in HomeSet)
    limits = [told.text for told in texts.of("limit.")]
    return Handout(
        words=words,
        name=given.patient.name or given.patient.reference,
        day=long_date(given.signed.signed_at, language),
        phone=phone_or_blank(given.clinic.phone),
        clinic=given.clinic.name,
        interpreter=words["interpreter"] if needs_interpreter(given) else "",
        first=_said(texts, "phase.", "no-plan."),
        daily=daily,
        session=session,
        after=_said(texts, "ramp.", "visits.", "home.", "R10."),
        moves=tuple(_moves(given, texts)),
        limits=tuple(limits[:LIMITS]),
        calls=tuple(_calls(given, texts)),
        more=(*_said(texts, "R5.", "pain.", "effort."), *limits[LIMITS:]),
        log=tuple(_log(words, daily, session)),
    )


def _said(texts: Texts, *beginnings: str) -> tuple[str, ...]:
    return tuple(told.text for beginning in beginnings for told in texts.of(beginning))


def _cards(given: Given, texts: Texts, which: HomeSet) -> Iterator[HomeCard]:
    for activity in at_home(given, which):
        for told in texts.of(f"exercise.{activity.id}"):
            title = told.name or activity.title
            yield HomeCard(
                title, _with_helper(activity, told, given, texts), given.drawings.exercise(activity, title, Show.BOTH)
            )


def _with_helper(activity: Activity, told: Told, given: Given, texts: Texts) -> str:
    helper = given.words("handout", texts.language)["with-helper"] if activity.home_note else ""
    return " ".join(filter(None, (told.text, helper)))


def _moves(given: Given, texts: Texts) -> Iterator[Move]:
    """One for each restriction that has words for the patient; crossed out only what is forbidden today."""
    words = given.words("handout", texts.language)
    for restriction in given.now.restrictions:
        for told in texts.of(f"{restriction.id}."):
            if restriction.id not in ELSEWHERE and told.text:
                do = None if restriction.state in SILENT else given.drawings.instead(restriction.id, words["do"])
                yield Move(told.text, do, given.drawings.crossed(restriction.id, words["not-yet"]))


def _calls(given: Given, texts: Texts) -> Iterator[WhenToCall]:
    """``Call 911 NOW if: a; b; or c.`` -> its title and its lines."""
    phone = phone_or_blank(given.clinic.phone)
    for beginning, number in (("stop.emergency", ""), ("stop.today", phone), ("stop.next-visit", "")):
        for told in texts.of(beginning):
            title, colon, rest = told.text.partition(": ")
            items = rest.rstrip(".").split("; ") if colon else [told.text]
            lines = [item.removeprefix("or ").removeprefix("o ") for item in items]
            yield WhenToCall(f"{title}{colon.strip()}" if colon else "", number, tuple(lines))


def _log(words: dict[str, str], daily: tuple[HomeCard, ...], session: tuple[HomeCard, ...]) -> Iterator[LogColumn]:
    yield from (LogColumn(card.title, DAYS) for card in daily[:COLUMNS])
    if session:
        yield LogColumn(words["session-column"], 2)
