"""One line of a plan as it is written, and the words an activity has in it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from smartapp.core.program import Turn
from smartapp.core.proposal import Activity, ActivityKind


@dataclass(frozen=True)
class Schedule:
    """``frequency`` to ``frequency_max`` times per ``period`` ``unit`` (d, wk), each ``minutes`` long, from and to."""

    frequency: int
    frequency_max: int | None
    period: int
    unit: str
    minutes: int | None
    minutes_max: int | None
    start: date
    end: date


@dataclass(frozen=True)
class PlanLine:
    """``words``: paragraphs. ``covers``: ids of the activities it tells."""

    id: str
    kind: ActivityKind
    title: str
    words: tuple[str, ...]
    covers: tuple[str, ...] = ()
    do_not_perform: bool = False
    schedule: Schedule | None = None
    window: tuple[date, date | None] | None = None
    by_patient: bool = False

    @property
    def description(self) -> str:
        return "\n".join(self.words)

    def telling(self, activities: Iterable[Activity]) -> "PlanLine":
        """The same, with more to tell at its end."""
        more = tuple(activities)
        said = map(activity_words, more)
        return replace(self, words=(*self.words, *said), covers=(*self.covers, *(each.id for each in more)))


def single_line(activity: Activity) -> PlanLine:
    """A line of its own."""
    words = (activity_words(activity),)
    forbids = activity.do_not_perform
    return PlanLine(activity.id, activity.kind, activity.title, words, (activity.id,), do_not_perform=forbids)


def joined_line(id_: str, kind: ActivityKind, title: str, found: Sequence[Activity]) -> tuple[PlanLine, ...]:
    """One line for all of them, each by its title; none where there is nothing to tell."""
    head = (f"{title}:",) if len(found) > 1 else ()
    words = (*head, *map(_titled, found))
    return (PlanLine(id_, kind, title, words, tuple(each.id for each in found)),) if found else ()


def _titled(activity: Activity) -> str:
    words = activity_words(activity)
    return words if words.startswith(activity.title) else f"{activity.title}: {words}"


def activity_words(activity: Activity) -> str:
    """The words an activity has in the chart: an exercise by name, the description, the dose where it names none.

    Many charts show nothing but the description, so that a therapist would read how, but not what.
    """
    words = activity.description
    if activity.kind is ActivityKind.EXERCISE and not activity.do_not_perform and not words.startswith(activity.title):
        words = f"{activity.title}: {words}"
    dose = f" Dose: {activity.dose}." if activity.dose and activity.dose not in words else ""
    return f"{words}{dose}{_way_on(activity)}"


def _way_on(activity: Activity) -> str:
    """In which sessions it is done, and what makes it harder, easier and ready for the next."""
    fitt, turn = activity.fitt, "" if activity.turn is Turn.EVERY else f" In {activity.turn} sessions."
    if fitt is None:
        return turn
    steps = (("Up", fitt.step_up), ("Down", fitt.step_down), ("Next", fitt.ready))
    return turn + "".join(f" {name}: {text.rstrip('.')}." for name, text in steps if text)
