"""A site's own rows, and the corners of a plan that the delivered rows do not reach: the careful side is taken."""

from collections.abc import Mapping
from dataclasses import replace

from smartapp.core.knowledge import Knowledge
from smartapp.core.library import Condition, Effect, Exercise, Modification
from smartapp.core.plan import plan
from smartapp.core.plan.case import PlanCase
from smartapp.core.plan.limit_words import page_one_limits
from smartapp.core.plan.patient_context import patient_context
from smartapp.core.plan.patient_texts import patient_texts
from smartapp.core.plan.safe_today import safe_moves
from smartapp.core.proposal import Proposal
from smartapp.core.states import Phase
from tests.core.assessments import INITIAL, INTERMEDIATE, knowledge, with_concepts
from tests.core.test_goals import MIDDLE, NEW, planned

K = knowledge()
HIP = (*MIDDLE, "hip fracture fixation on 2026-02-10")
STENOSIS = "spinal-stenosis"


def with_exercises(rows: Mapping[str, Exercise]) -> Knowledge:
    return replace(K, library=replace(K.library, exercises={**K.library.exercises, **rows}))


def if_stenosis(id_: str, effect: Effect, swap_to: str = "") -> Knowledge:
    row = K.library.exercises[id_]
    rule = Modification(Condition(concept=STENOSIS), effect, "A narrow canal.", "Your canal is narrow.", swap_to)
    return with_exercises({id_: replace(row, modifications=(*row.modifications, rule))})


def ids(made: Proposal) -> set[str]:
    return {activity.id for activity in made.activities}


def test_a_session_that_names_what_does_not_fit_the_phase_goes_without_it() -> None:
    templates = {
        key: replace(row, exercises=("E29", *row.exercises)) if key[1] is INITIAL.effective_phase else row
        for key, row in K.library.templates.items()
    }
    site = replace(K, library=replace(K.library, templates=templates))
    assert "E29" in site.library.template(Phase.INITIAL).exercises
    assert "E29" not in ids(plan(INITIAL, site))


def test_nothing_is_borrowed_for_what_a_limit_keeps_and_a_condition_takes_out() -> None:
    site = if_stenosis("E05", Effect.SWAP, "E10")
    facts = planned(*HIP).assessment
    assert "E05" in ids(plan(facts, site))
    narrow = plan(with_concepts(facts, STENOSIS), site)
    assert not {"E05", "E10"} & ids(narrow)


def test_what_waits_for_an_answer_is_not_given_for_home_alone() -> None:
    at_home = [a.id for a in plan(INTERMEDIATE, K).activities if a.home_set and a.block is None]
    site = if_stenosis(at_home[0], Effect.HOLD)
    assert at_home[0] in ids(plan(INTERMEDIATE, site))
    assert at_home[0] not in ids(plan(with_concepts(INTERMEDIATE, STENOSIS), site))


def test_an_exercise_without_words_for_patients_is_not_told() -> None:
    made = plan(INTERMEDIATE, K)
    told = next(a.id for a in made.activities if f"exercise.{a.id}" in K.library.patient_texts)
    fewer = {id_: row for id_, row in K.library.patient_texts.items() if id_ != f"exercise.{told}"}
    assert patient_texts(made, K).starting(f"exercise.{told}")
    assert not patient_texts(made, replace(K, library=replace(K.library, patient_texts=fewer))).starting(
        f"exercise.{told}"
    )


def test_a_plan_whose_visits_nobody_counted_says_nothing_of_visits() -> None:
    made = plan(INTERMEDIATE, K)
    assert patient_texts(made, K).starting("visits.")
    assert not patient_texts(replace(made, visits=None), K).starting("visits.")


def test_without_gates_none_is_open() -> None:
    facts = planned(*MIDDLE).assessment
    assert PlanCase(facts, K, patient_context(facts, K)).open_gates
    assert not PlanCase(replace(facts, gates=None), K, patient_context(facts, K)).open_gates


def test_page_one_calls_safe_only_what_is_neither_removed_nor_waits() -> None:
    assert any("hip hinge" in text for text in safe_moves(planned(*MIDDLE), K))
    assert not any("hip hinge" in text for text in safe_moves(planned(*NEW, "pain 6 of 10 on 2026-02-27"), K))


def test_limits_on_page_one_are_counted_with_the_orders_beside_them() -> None:
    assert page_one_limits(planned(*MIDDLE).assessment) == ((), 0)
    limits, more = page_one_limits(planned(*HIP).assessment)
    assert limits and more == 0


def test_words_of_a_paper_are_english_where_it_has_no_other() -> None:
    texts = K.papers.texts.values()
    assert all(row.words("en") == row.en for row in texts)
    assert {bool(row.es) for row in texts} == {True, False}
    assert all(row.words("es") == (row.es or row.en) for row in texts)
