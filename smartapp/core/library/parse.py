"""Knowledge files -> Library. No I/O; every cross-reference is checked, and an error names file and row."""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from smartapp.core.assessment import Phase
from smartapp.core.library.checks import check_library
from smartapp.core.library.exercise_rows import condition_of, exercise_of, origin_of, row_id
from smartapp.core.library.rows import Row, read_toml
from smartapp.core.library.types import (
    Advice,
    Exercise,
    GoalRow,
    Library,
    Never,
    Position,
    Programme,
    ReferralText,
    Template,
    TemplateBlock,
)
from smartapp.core.limits import Limit
from smartapp.core.proposal import Kind
from smartapp.errors import KnowledgeError

FILES = (
    "exercises.toml",
    "never.toml",
    "sessions.toml",
    "goals.toml",
    "education.toml",
    "nutrition.toml",
    "referral.toml",
)


def parse_library(files: Mapping[str, str]) -> Library:
    """Texts of :data:`FILES` by name -> Library. Raises KnowledgeError naming file and row."""
    sessions = read_toml(files, "sessions.toml")
    exercises = _by_id(exercise_of(row) for row in _only(files, "exercises.toml", "exercise"))
    never = tuple(_never(row) for row in _only(files, "never.toml", "never"))
    advice = tuple(
        _advice(row)
        for name, key, kind in (
            ("nutrition.toml", "nutrition", Kind.NUTRITION),
            ("education.toml", "education", Kind.EDUCATION),
        )
        for row in _advice_rows(files, name, key, kind)
    )
    referral = read_toml(files, "referral.toml")
    suggestions = tuple(_advice(row) for row in _kinded(referral.rows("suggestion")))
    library = Library(
        exercises=MappingProxyType(exercises),
        never=never,
        programme=_programme(sessions.table("programme"), sessions.table("texts")),
        templates=MappingProxyType({t.phase: t for t in (_template(row) for row in sessions.rows("template"))}),
        goals=tuple(_goal(row) for row in _only(files, "goals.toml", "goal")),
        advice=advice + suggestions,
        referral=_referral(referral.table("referral"), referral.table("not-prescribing")),
    )
    sessions.done()
    referral.done()
    return check_library(library)


def _only(files: Mapping[str, str], name: str, key: str) -> tuple[Row, ...]:
    whole = read_toml(files, name)
    rows = whole.rows(key)
    whole.done()
    return rows


AdviceRow = tuple[Row, Kind]


def _advice_rows(files: Mapping[str, str], name: str, key: str, kind: Kind) -> Iterable[AdviceRow]:
    return ((row, row.maybe_choice("kind", Kind) or kind) for row in _only(files, name, key))


def _kinded(rows: Iterable[Row]) -> Iterable[AdviceRow]:
    return ((row, row.choice("kind", Kind)) for row in rows)


def _by_id(exercises: Iterable[Exercise]) -> dict[str, Exercise]:
    found: dict[str, Exercise] = {}
    for exercise in exercises:
        if exercise.id in found:
            raise KnowledgeError(f"exercises.toml, {exercise.id}: this id is used twice")
        found[exercise.id] = exercise
    return found


def _never(row: Row) -> Never:
    never = Never(
        id=row_id(row, r"X\d\d"),
        title=row.text("title"),
        movement=row.text("movement"),
        quality=row.text("quality"),
        instead=row.text("instead"),
        patient_text=row.text("patient_text"),
        breaks=frozenset(row.texts("breaks", ...)),
        origin=origin_of(row),
        forbidden_while=row.text("forbidden_while", ""),
        afterwards=row.text("afterwards", ""),
        patient_afterwards=row.text("patient_afterwards", ""),
        locked=row.flag("locked"),
        words=row.texts("words"),
    )
    row.done()
    return never


def _programme(row: Row, texts: Row) -> Programme:
    programme = Programme(
        frequency=row.integer("frequency"),
        frequency_max=row.integer("frequency_max"),
        minutes=row.integer("minutes"),
        months=row.integer("months"),
        months_minimum=row.integer("months_minimum"),
        days=row.texts("days", ...),
        days_two=row.texts("days_two", ...),
        start_within_days=row.integer("start_within_days"),
        split_pain_at_least=row.number("split_pain_at_least"),
        origin=origin_of(row, texts),
        texts=MappingProxyType(texts.all_texts()),
    )
    row.done()
    return programme


def _template(row: Row) -> Template:
    template = Template(
        phase=row.choice("phase", Phase),
        blocks=tuple(_block(each) for each in row.rows("block")),
        mandatory=row.texts("mandatory", ...),
        home=row.texts("home", ...),
        positions=frozenset(row.choices("positions", Position)),
        focus=row.text("focus"),
        patient_focus=row.text("patient_focus"),
        origin=origin_of(row),
    )
    row.done()
    return template


def _block(row: Row) -> TemplateBlock:
    block = TemplateBlock(row.text("title"), row.integer("minutes"), row.texts("exercises"))
    row.done()
    return block


def _goal(row: Row) -> GoalRow:
    goal = GoalRow(
        id=row_id(row, r"G\d"),
        text=row.text("text"),
        patient_text=row.text("patient_text"),
        due_months=row.integer("due_months"),
        origin=origin_of(row),
        measure=row.text("measure", ""),
        spine_measure=row.text("spine_measure", ""),
        low=row.maybe_number("low"),
        high=row.maybe_number("high"),
        unit=row.text("unit", ""),
    )
    row.done()
    return goal


def _advice(named: AdviceRow) -> Advice:
    row, kind = named
    advice = Advice(
        id=row_id(row, r"[A-Z][A-Z0-9-]+"),
        kind=kind,
        title=row.text("title"),
        text=row.text("text"),
        patient_text=row.text("patient_text"),
        when=condition_of(row.table("when", {})),
        origin=origin_of(row),
        concept=row.text("concept", ""),
        locked=row.flag("locked"),
        cautious=row.flag("cautious"),
    )
    for name in re.findall(r"\{([^}]*)\}", advice.title + advice.text + advice.patient_text):
        if name not in set(Limit):
            raise row.fault(f"“{{{name}}}” is not a threshold of phases.toml")
    row.done()
    return advice


def _referral(row: Row, titles: Row) -> ReferralText:
    referral = ReferralText(
        title=row.text("title"),
        plan_title=row.text("plan_title"),
        plan_description=row.text("plan_description"),
        reason=row.text("reason"),
        note_heading=row.text("note_heading"),
        patient_instruction=row.text("patient_instruction"),
        performer=row.text("performer"),
        not_prescribing=MappingProxyType(titles.all_texts()),
    )
    row.done()
    return referral
