"""A signed plan -> the patient's own paper: what to do, how to move, when to call, and four weeks to tick.

In the language of the chart, English or Spanish; another language is printed in English and says that an interpreter is
needed. Every sentence is one of the knowledge.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smartapp.core.dates import day_in_words
from smartapp.core.patient_texts import ENGLISH, PatientText, PatientTexts
from smartapp.core.plan.activities import SILENT
from smartapp.core.program import HomeSet
from smartapp.core.proposal import Activity
from smartapp.document.dose_words import shown_span
from smartapp.document.drawings import Show
from smartapp.document.fitted import Drawn
from smartapp.document.given import Given
from smartapp.document.letter_program import at_home
from smartapp.document.texts import phone_or_blank, texts_of

WEEKS, DAYS = 4, 7
NO_BREAK = "\N{NO-BREAK SPACE}"  # a number never parts from its unit
COLUMNS = 3  # daily exercises in the log, beside the home session and pain
SEVERE = "pain.very-high"  # leads where pain does
BESIDE = "R10"  # is told beside the home exercises
LIMITS = 3  # texts of limits on the page "move like this" (rule book 2c, section 8); the others follow it


@dataclass(frozen=True)
class HomeCard:
    title: str
    text: str
    picture: Drawn | None


@dataclass(frozen=True)
class DrawnMove:
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
    moves: tuple[DrawnMove, ...]
    limits: tuple[str, ...]
    calls: tuple[WhenToCall, ...]
    more: tuple[str, ...]  # limits beyond the first
    pain: tuple[str, ...]  # what helps against it
    log: tuple[LogColumn, ...]
    weeks: int = WEEKS


def handout(given: Given, language: str) -> Handout:
    texts, words = texts_of(given, language), given.words("handout", language)
    daily, session = (tuple(_cards(given, texts, which)) for which in HomeSet)
    limits = [told.text for told in texts.of("limit")]
    return Handout(
        words=words,
        name=given.patient.name or given.patient.reference,
        day=day_in_words(given.signed.signed_at, spanish=language == "es"),
        phone=phone_or_blank(given.clinic.phone),
        clinic=given.clinic.name,
        interpreter=words["interpreter"] if texts.interpreter and language == ENGLISH else "",
        first=(*_said(texts, "phase", "no-plan"), *_starting(texts, SEVERE)),
        daily=daily,
        session=session,
        after=(*_said(texts, "ramp", "visits"), *_starting(texts, "effort.", f"{BESIDE}.")),
        moves=tuple(_moves(given, texts)),
        limits=tuple(limits[:LIMITS]),
        calls=tuple(_calls(given, texts)),
        more=tuple(limits[LIMITS:]),
        pain=tuple(_pain(texts)),
        log=tuple(_log(words, daily, session)),
    )


def _said(texts: PatientTexts, *groups: str) -> tuple[str, ...]:
    return tuple(told.text for group in groups for told in texts.of(group))


def _starting(texts: PatientTexts, *beginnings: str) -> tuple[str, ...]:
    return tuple(told.text for start in beginnings for told in texts.items if told.id.startswith(start))


def _pain(texts: PatientTexts) -> Iterator[str]:
    """What helps against pain, but what led already."""
    led = _starting(texts, SEVERE)
    yield from (text for text in _starting(texts, "pain.") if text not in led)


def _cards(given: Given, texts: PatientTexts, which: HomeSet) -> Iterator[HomeCard]:
    words, helper = given.words("handout", texts.language), texts.starting("home.with-helper")
    for activity in at_home(given, which):
        for told in (each for each in texts.items if each.id.startswith(f"exercise.{activity.id}")):
            title = told.name or activity.title
            yield HomeCard(
                title, _how(activity, told, words, helper), given.drawings.exercise(activity, title, Show.BOTH)
            )


def _how(activity: Activity, told: PatientText, words: Mapping[str, str], helper: str) -> str:
    """How it is done, how many times, and that somebody stands by."""
    return " ".join(filter(None, (told.text, _times(activity, words), helper if activity.home_note else "")))


def _times(activity: Activity, words: Mapping[str, str]) -> str:
    """``2 times 8 to 12, each side.``; what is held or timed is told in the words of the exercise."""
    fitt = activity.fitt
    if fitt is None or not (fitt.sets and fitt.reps):
        return ""
    between = words["range"]
    sets, reps = shown_span(fitt.sets, between), shown_span(fitt.reps, between)
    times = words["once" if sets == "1" else "times"].format(sets=sets, reps=reps).replace(" ", NO_BREAK)
    return f"{times}, {words['each-side']}." if fitt.per_side else f"{times}."


def _moves(given: Given, texts: PatientTexts) -> Iterator[DrawnMove]:
    """One for each restriction that has words for the patient; crossed out only what is forbidden today."""
    words = given.words("handout", texts.language)
    for restriction in given.now.restrictions:
        for told in (each for each in texts.items if each.id.startswith(f"{restriction.id}.")):
            if restriction.id != BESIDE and told.text:
                do = None if restriction.state in SILENT else given.drawings.instead(restriction.id, words["do"])
                yield DrawnMove(told.text, do, given.drawings.crossed(restriction.id, words["not-yet"]))


def _calls(given: Given, texts: PatientTexts) -> Iterator[WhenToCall]:
    """``Call 911 NOW if: a; b; or c.`` -> its title and its lines."""
    phone = phone_or_blank(given.clinic.phone)
    for beginning, number in (("stop.emergency", ""), ("stop.today", phone), ("stop.next-visit", "")):
        for told in (each for each in texts.items if each.id.startswith(beginning)):
            title, colon, rest = told.text.partition(": ")
            items = rest.rstrip(".").split("; ") if colon else [told.text]
            lines = [item.removeprefix("or ").removeprefix("o ") for item in items]
            yield WhenToCall(f"{title}{colon.strip()}" if colon else "", number, tuple(lines))


def _log(words: dict[str, str], daily: tuple[HomeCard, ...], session: tuple[HomeCard, ...]) -> Iterator[LogColumn]:
    yield from (LogColumn(card.title, DAYS) for card in daily[:COLUMNS])
    if session:
        yield LogColumn(words["session-column"], 2)
