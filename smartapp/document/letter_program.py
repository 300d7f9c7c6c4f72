"""The program on page one: six to eight exercises with their dose, then how it grows and what is done at home."""

from collections.abc import Iterator

from smartapp.core.papers import PageOne
from smartapp.core.program import BlockCode, HomeSet
from smartapp.core.proposal import Activity, ActivityKind, Referral
from smartapp.core.states import Phase, Track
from smartapp.document.dose_words import effort, how_often, volume
from smartapp.document.given import Given
from smartapp.document.letter_parts import EXERCISES, HOME_SESSION, KEEP, LAST_EXERCISES, RATIONALE, LetterRow, Piece
from smartapp.document.visits import visit_frequency

FEWEST, USUAL, MOST = 4, 6, 8  # exercises on page one (RP3: six to eight; four where nothing else can go any more)
ORDER = (*BlockCode, None)


def exercises(given: Given) -> list[Activity]:
    """What can start now, in the order of a session, what is done at home only last."""
    found = [a for a in given.plan.activities if a.kind is ActivityKind.EXERCISE and not a.do_not_perform]
    return sorted((a for a in found if not a.status_reason), key=lambda activity: ORDER.index(activity.block))


def page_one(given: Given) -> list[Activity]:
    """The exercises of the phase and track first, then others of the plan, eight at most."""
    track, phase = given.now.track or Track.STANDING, given.now.effective_phase or Phase.INITIAL
    first = [id_ for row in given.knowledge.papers.page_one if _fits(row, track, phase) for id_ in row.exercises]
    able = exercises(given)
    able.sort(key=lambda activity: first.index(activity.id) if activity.id in first else len(first))
    return able[:MOST]


def _fits(row: PageOne, track: Track, phase: Phase) -> bool:
    return track in row.tracks and phase in row.phases


def exercise_rows(given: Given) -> tuple[LetterRow, ...]:
    return tuple(_row(activity, _rank(place)) for place, activity in enumerate(page_one(given)))


def _rank(place: int) -> int:
    return EXERCISES if place >= USUAL else LAST_EXERCISES if place >= FEWEST else KEEP


def _row(activity: Activity, rank: int) -> LetterRow:
    fitt = activity.fitt
    if fitt is None:
        return LetterRow(activity.title, text=activity.dose or activity.description, rank=rank)
    return LetterRow(
        activity.title, how_often(fitt), effort(fitt), volume(fitt), fitt.step_up, fitt.step_down, rank=rank
    )


def program_pieces(given: Given, referral: Referral) -> Iterator[Piece]:
    plan, words = given.plan, given.words("letter")
    yield Piece(words["within"])
    if alone := plan.assessment.restriction("R10"):
        yield Piece(f"Progression {alone.quality}: {alone.instead}.", "AVOID") if alone.movement else Piece(alone.text)
    if plan.ramp:
        yield Piece(plan.ramp.held)
        yield Piece(" ".join(filter(None, (plan.ramp.dose_line, plan.ramp.reason))), rank=RATIONALE)
    else:
        yield Piece(f"Target {visit_frequency(referral.timing)}, {plan.months} months.", rank=RATIONALE)
    yield from home_pieces(given)


def home_pieces(given: Given) -> Iterator[Piece]:
    if daily := at_home(given, HomeSet.DAILY):
        yield Piece(_listed(daily), "Home, daily:")
    if session := at_home(given, HomeSet.SESSION):
        yield Piece(_listed(session), "Home session, after the therapist's check-off:", HOME_SESSION)


def at_home(given: Given, which: HomeSet) -> list[Activity]:
    return [activity for activity in exercises(given) if activity.home_set is which]


def _listed(activities: list[Activity]) -> str:
    return "; ".join(map(_at_home, activities)) + "."


def _at_home(activity: Activity) -> str:
    fitt = activity.fitt
    dose = volume(fitt) if fitt else activity.dose
    helper = "with helper" if activity.home_note else ""
    behind = ", ".join(filter(None, (dose, helper)))
    return f"{activity.title} ({behind})" if behind else activity.title
