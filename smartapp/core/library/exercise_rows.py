"""One row of a knowledge file -> an exercise, and the parts rows of several files share: id, origin, condition."""

import re

from smartapp.core.alert_codes import AlertCode
from smartapp.core.assessment import Phase
from smartapp.core.concepts import Concept
from smartapp.core.library.rows import Row
from smartapp.core.library.types import (
    Condition,
    Dose,
    Effect,
    Exercise,
    Label,
    Modification,
    Origin,
    Position,
)
from smartapp.core.proposal import Component
from smartapp.core.signatures import digest_of, signature_of


def row_id(row: Row, pattern: str) -> str:
    value = row.text("id")
    if not re.fullmatch(pattern, value):
        raise row.fault(f"“{value}” is not an id of the form {pattern}")
    return value


BONE = ("osteoporosis", "osteopenia", "normal", "below-expected-range", "within-expected-range")
VITAMIN_D = (
    *("missing", "severely-deficient", "deficient", "insufficient"),
    *("target", "above-target", "possible-toxicity"),
)
CALCIUM = ("base", "older")


def origin_of(row: Row, beside: Row | None = None) -> Origin:
    """Where the row comes from and who signed it; ``beside``: a table whose words are signed with it."""
    review = _one_of(row, "review", ("awaiting", "signed"), "awaiting")
    blank = ... if review == "signed" else ""  # who signed, and when, belong to a signature
    now = digest_of(row.table_itself, beside.table_itself if beside else None)
    by, on, digest = row.text("reviewer", blank), row.text("reviewed_on", blank), row.text("digest", "")
    found = signature_of(review, by, on, digest, now)
    return Origin(
        label=row.choice("label", Label),
        statements=row.texts("statements"),
        sources=row.texts("sources"),
        note=row.text("origin_note", ""),
        review=found.review,
        reviewer=found.reviewer,
        reviewed_on=found.reviewed_on,
        lapsed=found.lapsed,
    )


def _one_of(row: Row, key: str, allowed: tuple[str, ...], default: str = "") -> str:
    value = row.text(key, default)
    if value != default and value not in allowed:
        raise row.fault(f"“{key}” is “{value}”; it must be one of {', '.join(allowed)}")
    return value


def condition_of(row: Row) -> Condition:
    condition = Condition(
        alert=row.maybe_choice("alert", AlertCode) or "",
        concept=row.maybe_choice("concept", Concept) or "",
        bone=_one_of(row, "bone", BONE),
        vitamin_d=_one_of(row, "vitamin_d", VITAMIN_D),
        calcium=_one_of(row, "calcium", CALCIUM),
        pain_at_least=row.maybe_number("pain_at_least"),
        bmi_at_least=row.maybe_number("bmi_at_least"),
        prescribes=row.maybe_flag("prescribes"),
    )
    row.done()
    return condition


def _dose(row: Row) -> Dose:
    dose = Dose(
        text=row.text("text"),
        label=row.choice("label", Label),
        sets=row.maybe_range("sets"),
        reps=row.maybe_range("reps"),
        per_side=row.flag("per_side"),
        hold_seconds=row.maybe_range("hold_seconds"),
        seconds=row.maybe_range("seconds"),
        minutes=row.maybe_range("minutes"),
        metres=row.maybe_range("metres"),
        rpe=row.maybe_range("rpe"),
        per_day=row.maybe_range("per_day"),
        per_week=row.maybe_range("per_week"),
        load_kg_max=row.maybe_number("load_kg_max"),
        angle_degrees_max=row.maybe_number("angle_degrees_max"),
        flights=row.maybe_range("flights"),
    )
    row.done()
    return dose


def _modification(row: Row) -> Modification:
    modification = Modification(
        unless=condition_of(row.table("unless")),
        effect=row.choice("effect", Effect),
        text=row.text("text"),
        patient_text=row.text("patient_text"),
        swap_to=row.text("swap_to", ""),
    )
    if modification.unless == Condition():
        raise row.fault("“unless” must name at least one fact")
    if (modification.effect is Effect.SWAP) != bool(modification.swap_to):
        raise row.fault("“swap_to” belongs to the effect “swap”, and to no other")
    row.done()
    return modification


def exercise_of(row: Row) -> Exercise:
    exercise = Exercise(
        id=row_id(row, r"E\d\d"),
        title=row.text("title"),
        position=row.choice("position", Position),
        kit=row.text("kit"),
        phase=row.choice("phase", Phase),
        dose=_dose(row.table("dose")),
        components=row.choices("components", Component),
        text=row.text("text"),
        patient_text=row.text("patient_text"),
        caution=row.text("caution", ""),
        patient_caution=row.text("patient_caution", ""),
        origin=origin_of(row),
        progresses_to=row.texts("progresses_to"),
        progression=row.text("progression", ""),
        respects=frozenset(row.texts("respects")),
        breaks=frozenset(row.texts("breaks")),
        needs=frozenset(row.texts("needs")),
        modifications=tuple(_modification(each) for each in row.rows("modification", [])),
        selectable=row.flag("selectable", True),
        optional=row.flag("optional"),
        concept=row.text("concept", "exercise-therapy"),
    )
    row.done()
    return exercise
