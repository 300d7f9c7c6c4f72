"""Rows of program.toml and follow_up.toml -> the entries a clinician reads and signs."""

from collections.abc import Iterator, Mapping
from dataclasses import fields

from smartapp.core.course import (
    BillingRow,
    Course,
    CourseLimits,
    HoldRow,
    LaterRow,
    PresetRow,
    PriorityRow,
    RampRow,
    ReviewRow,
)
from smartapp.core.knowledge import Knowledge
from smartapp.core.session_log import ProgressionLimits
from smartapp.reviewers.entry import KnowledgeEntry, Text, standing_of


def course_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    course = knowledge.course
    titles, words = dict(_titles(course)), dict(_words(course))
    texts = {"course-texts": tuple(Text(name, text) for name, text in course.texts.items())}
    for id_, origin in course.origins:
        yield KnowledgeEntry(
            id=id_,
            section="course",
            title=titles[id_],
            words=words[id_],
            statements=origin.statements,
            texts=texts.get(id_, ()),
            standing=standing_of(origin, knowledge),
        )


def _titles(course: Course) -> Iterator[tuple[str, str]]:
    yield "course-limits", "Numbers of the course"
    yield "course-texts", "Words of the course"
    yield "chair-stands", "Chair stands in 30 seconds"
    yield from ((name, f"Minutes: {row.title}") for name, row in course.ramps.items())
    yield from ((name, f"What holds the minutes: {name.replace('-', ' ')}") for name in course.holds)
    yield from ((name, f"Visits: {row.title}") for name, row in course.presets.items())
    yield from ((name, f"Visits later: {row.title}") for name, row in course.later.items())
    yield from ((name, f"Minutes of a visit: {name}") for name in course.visit_minutes)
    yield from ((name, f"How soon: {name}") for name in course.priorities)
    yield from (
        (name, f"Looked at again{', a task in the EHR' if row.task else ''}: {row.what}")
        for name, row in course.reviews.items()
    )
    yield from ((row.id, f"KX modifier, {row.year}") for row in course.billing.values())


def _words(course: Course) -> Iterator[tuple[str, str]]:
    yield "course-limits", _figures(course)
    yield "course-texts", "What is said of minutes, visits and days; {names} are filled in."
    yield "chair-stands", _lines(course)
    kinds: tuple[Mapping[str, RampRow | HoldRow | PresetRow | LaterRow | PriorityRow | ReviewRow], ...] = (
        *(course.ramps, course.holds, course.presets, course.later, course.priorities, course.reviews),
    )  # type: ignore[assignment]
    for rows in kinds:
        yield from ((name, _said(row)) for name, row in rows.items())
    yield from ((row.id, _said(row)) for row in course.billing.values())
    yield from ((name, f"{low} to {high} minutes.") for name, (low, high) in course.visit_minutes.items())


def _figures(course: Course) -> str:
    return _numbers(course.limits)


def _numbers(limits: CourseLimits | ProgressionLimits) -> str:
    named = (field.name for field in fields(limits) if field.name != "origin")
    return "; ".join(f"{name.replace('_', ' ')} {_figure(getattr(limits, name))}" for name in named) + "."


def _figure(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _lines(course: Course) -> str:
    return "; ".join(f"{sex} {first} to {last}: below {line}" for sex, first, last, line in course.chair_stands) + "."


def _said(row: RampRow | HoldRow | PresetRow | LaterRow | PriorityRow | ReviewRow | BillingRow) -> str:
    """Every field that says something, by its name."""
    left_out = ("id", "title", "origin")
    said = ((field.name, getattr(row, field.name)) for field in fields(row) if field.name not in left_out)
    return "; ".join(f"{name.replace('_', ' ')}: {_shown(value)}" for name, value in said if value) + "."


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(_shown(each) for each in value)
    return str(value).rstrip(".")


def change_entries(knowledge: Knowledge) -> Iterator[KnowledgeEntry]:
    """Every row of follow_up.toml."""
    table = knowledge.follow_up
    for id_, origin in table.origins:
        row = next((row for name, row in table.rows.items() if name.value == id_), None)
        words = "What fills the columns where no fact does; {names} are filled in."
        columns: dict[str, str] = dict(table.words)
        title = row.title if row else "Words of the follow-up"
        if id_ == "progression":
            title, words, columns = "Green, yellow, red: steps of the exercises", _numbers(table.progression), {}
        if row:
            figures = (f"from {row.days} days" if row.days else "", f"at least {row.least}" if row.least else "")
            words = "; ".join(filter(None, (f"Shown under {row.severity}", *figures))) + "."
            columns = {"whole": row.text, "signed": row.signed, "now": row.now, "consequence": row.consequence}
        yield KnowledgeEntry(
            id=id_,
            section="change",
            title=title,
            words=words,
            statements=origin.statements,
            texts=tuple(Text(name, said, "") for name, said in columns.items() if said),
            standing=standing_of(origin, knowledge),
        )
