"""What a patient reads: the stop texts always, nothing that limits took out, in the language of the chart."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from smartapp.core.derive import derive
from smartapp.core.patient_texts import STOP, PatientTexts
from smartapp.core.plan import plan
from smartapp.core.plan.guards import GuardFailed, check_guards
from smartapp.core.plan.patient_sentences import filled, without
from smartapp.core.plan.patient_texts import instruction, patient_texts
from smartapp.core.program import DoseFlag, Fitt, Ramp, Visits
from smartapp.core.proposal import ActivityKind, Choice, Decision, Proposal
from smartapp.core.review import revise
from smartapp.core.states import Disposition
from smartapp.knowledge import load
from tests.cases import cases
from tests.cases import planned as planned_of
from tests.core.charts import chart

K = load()
TODAY = date(2026, 3, 1)
NEW = ("man of 70", "osteopenia", "L1 fracture on 2026-02-10, routine healing")
MIDDLE = ("man of 70", "osteopenia", "L2 fracture on 2025-10-12, routine healing")
LATE = ("man of 70", "osteopenia", "L2 fracture on 2025-07-01, routine healing", "attested healed on 2026-02-01")
NO_WEIGHT = "order no weight left until 2026-04-04 given 2026-02-12"


def planned(*facts: str, language: str = "") -> Proposal:
    made = chart(facts, TODAY)
    made = replace(made, patient=replace(made.patient, language=language))
    return plan(derive(made, TODAY, K), K)


def texts(*facts: str, language: str = "") -> PatientTexts:
    found = planned(*facts, language=language).patient_texts
    assert found is not None
    return found


def ids(*facts: str, language: str = "") -> set[str]:
    return {item.id for item in texts(*facts, language=language).items}


@cache
def found() -> tuple[Proposal, ...]:
    """Not while tests are collected."""
    return tuple(planned_of(case) for case in cases())


DANGERS = {
    "en": ("911", "between your legs", "bladder or bowels", "leg", "sudden, very bad new back pain"),
    "es": ("911", "entre las piernas", "la orina o el excremento", "pierna", "de pronto un dolor de espalda nuevo"),
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_whoever_has_a_plan_or_none_is_told_when_to_call(language):
    for made in found():
        if not made.assessment.chart.patient.deceased:
            told = patient_texts(made, K, language).starting(STOP)
            assert all(danger in told for danger in DANGERS[language])


def test_the_order_begins_with_the_emergency_and_ends_with_whom_to_call_today():
    for made in found():
        if made.referral:
            assert made.patient_texts is not None
            assert made.referral.patient_instruction.startswith(made.patient_texts.starting(STOP))
            assert made.referral.patient_instruction.endswith(made.patient_texts.starting("stop.today"))
            assert len(made.referral.patient_instruction) <= 2000


def test_without_the_emergency_text_there_is_no_plan():
    made = planned(*NEW)
    assert made.patient_texts is not None and made.referral is not None
    silent = replace(made.patient_texts, items=made.patient_texts.items[1:])
    with pytest.raises(GuardFailed, match=r"told when to call 911. \(GU19\)"):
        check_guards(replace(made, patient_texts=silent), K)
    with pytest.raises(GuardFailed, match=r"does not tell the patient when to call 911"):
        check_guards(replace(made, referral=replace(made.referral, patient_instruction="Walk.")), K)


def test_nobody_without_a_plan_reads_that_something_is_safe_to_do():
    refused = [made for made in found() if made.assessment.disposition is Disposition.REFER_NO_PRESCRIPTION]
    assert len(refused) > 10
    for made in refused:
        for language in ("en", "es"):
            told = patient_texts(made, K, language)
            assert told.starting("no-plan.refer")
            for item in told.of("restriction"):
                assert re.search(r"\b(?:do not|no)\b", item.text, re.IGNORECASE)
                assert not re.search(r"You can|Usted puede", item.text)


def test_a_question_that_comes_first_is_told_and_walking_only_to_who_may_walk():
    doubtful = (*MIDDLE[:2], f"{MIDDLE[2]}, unconfirmed")
    asked = "We need one more answer before you start exercises: whether a bone in your back is broken now. Until then"
    assert texts(*doubtful).starting("no-plan").startswith(asked)
    told = texts(*doubtful, NO_WEIGHT).starting("no-plan")
    assert "walk" not in told and told.endswith("roll like a log in bed.")


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_question_that_comes_first_is_one_a_patient_understands(language):
    ids = ("confirm-first", "cause-first", "bone-first", "answer-first")
    known = {K.library.patient_texts[f"question.{id_}"].text(language): id_ for id_ in ids}
    asked = set()
    for made in (m for m in found() if m.assessment.disposition is Disposition.CONFIRM_FIRST):
        _, colon, question = patient_texts(made, K, language).starting("no-plan.confirm").partition(": ")
        assert colon, made.assessment.alerts
        asked.add(known[question.partition(".")[0]])
    assert asked >= {"confirm-first", "cause-first"}, asked


def test_where_no_rule_serves_only_the_stop_texts_are_told_and_to_the_dead_nothing():
    assert {item.group for item in texts("man of 70", "osteopenia").items} == {"stop"}
    assert texts("man of 70, deceased", *NEW[1:]).items == ()


@pytest.mark.parametrize(
    ("told", "language", "interpreter"),
    [
        *(("", "en", False), ("en-US", "en", False), ("English", "en", False), ("es-MX", "es", True)),
        *(("Español", "es", True), ("French", "en", True), ("vi", "en", True), ("et", "en", True)),
    ],
)
def test_the_language_is_that_of_the_chart_and_a_third_one_needs_an_interpreter(told, language, interpreter):
    found = texts(*NEW, language=told)
    assert (found.language, found.interpreter) == (language, interpreter)


@pytest.mark.parametrize(
    ("facts", "there", "not_there"),
    [
        (NEW, {"phase.initial", "pain.positions", "pain.pacing", "pain.bed", "R4.prohibited-early"}, {"pain.medicine"}),
        (MIDDLE, {"phase.intermediate", "R4.prohibited", "R6.allowed", "R7.blocked", "effort.scale"}, {"pain.heat"}),
        (LATE, {"phase.advanced", "R9.technique-only"}, {"pain.heat"}),
        ((*MIDDLE, "pain 4 of 10 on 2026-02-27"), {"pain.positions", "phase.intermediate"}, set()),
        ((*MIDDLE, "pain 3 of 10 on 2026-02-27"), {"phase.intermediate"}, {"pain.positions"}),
        ((*NEW, "pain 7 of 10 on 2026-02-27"), {"pain.very-high"}, {"phase.initial", "R5.modify"}),
        ((*NEW, "pain 6 of 10 on 2026-02-27"), {"phase.initial", "R5.modify"}, {"pain.very-high"}),
        ((*MIDDLE[:2], "L2 fracture on 2025-10-12"), {"phase.held", "phase.initial-now"}, {"phase.initial"}),
        ((*NEW, "kyphoplasty at lumbar on 2026-02-20"), {"phase.held", "phase.initial-now"}, {"phase.initial"}),
        ((*MIDDLE, NO_WEIGHT), {"phase.seated", "R1.strict-seated", "R2.strict-seated", "WP1"}, {"R5.modify"}),
        ((*NEW, "bed bound"), {"phase.bed", "pain.pacing-seated", "R4.prohibited-seated"}, {"pain.pacing"}),
        ((*MIDDLE, "palliative"), {"stop.emergency-hospice", "WP36", "pain.positions"}, {"R10.strict", "pain.pacing"}),
        ((*NEW, "eye operation on 2026-02-24, in words retina with gas"), {"pain.positions-raised"}, set()),
        ((*NEW, "bypass on 2026-01-16"), {"pain.bed-no-arms", "exercise.E09-no-arms"}, {"pain.bed", "exercise.E09"}),
        ((*NEW, "paraplegia since 2013-05-01"), {"stop.emergency-known"}, {"stop.emergency"}),
        ((*LATE, "lung disease, in words COPD"), {"R7.blocked"}, {"R7.eligible"}),
    ],
)  # fmt: skip
def test_each_patient_reads_what_fits(facts, there, not_there):
    found = ids(*facts)
    assert there <= found and not not_there & found


def test_a_prone_gate_that_is_open_before_its_phase_is_tried_with_the_therapist():
    open_early = ids("man of 70", "osteopenia", "L1 fracture on 2025-12-05, routine healing")
    assert "R6.conditional" in open_early and "R6.allowed" not in open_early


def test_who_may_not_walk_or_hinge_reads_of_neither():
    told = texts(*MIDDLE, NO_WEIGHT).items
    general = [item.text for item in told if item.group in ("phase", "restriction", "pain", "education")]
    assert not [text for text in general if re.search(r"\bwalk|squat|\bstand\b", text, re.IGNORECASE)]
    assert "ED4" not in " ".join(item.id for item in told)


@pytest.mark.parametrize("language", ["", "es"])
def test_brace_and_medicine_have_their_text_where_they_are_on_record(language):
    for fact in ("brace at lumbar on 2024-02-12", "order brace given 2025-06-01"):
        assert "pain.brace" in ids(*NEW, fact, language=language) - ids(*NEW, language=language)
    limited = ids(*NEW, "brace at lumbar on 2026-02-12", language=language)
    assert "WP20" in limited and "pain.brace" not in limited
    assert "pain.medicine" in ids(*NEW, "takes nsaid", language=language)


def test_an_edit_of_the_clinician_is_what_the_patient_reads():
    words = "Do not round your back fast or with a weight. Instead, hinge."
    made = planned(*NEW)
    edits = [
        Decision("R1", Choice.CHANGE, words, "Her own words."),
        Decision("R5", Choice.DROP, reason="Never does yoga."),
        Decision("ED7", Choice.CHANGE, "Ask your daughter to clear the rugs."),
    ]
    changed = revise(made, edits, K).patient_texts
    assert changed is not None
    assert changed.starting("R1.") == words and not changed.starting("R5")
    assert changed.starting("education.ED7") == "Ask your daughter to clear the rugs."


RAMP = Ramp("RA1b", 15, 60, 5, 1, date(2026, 5, 3), DoseFlag.OK, "")
VISITS = Visits("A", 21, 12, TODAY, date(2026, 5, 30), 1, 2, 1, (30, 60), "")


def with_course(made: Proposal, ramp: Ramp, visits: Visits, language: str = "en") -> PatientTexts:
    return patient_texts(replace(made, ramp=ramp, visits=visits), K, language)


def test_minutes_and_visits_are_those_of_the_plan():
    told = with_course(planned(*NEW), RAMP, VISITS)
    assert told.starting("ramp.text").startswith(
        "We start with 15 minutes and add about 5 minutes a week, up to 60 minutes."
    )
    assert told.starting("visits.text").startswith("You see your therapist 21 times by May 30, 2026.")
    assert "hasta el 30 de mayo de 2026" in with_course(planned(*NEW), RAMP, VISITS, "es").starting("visits")
    assert told.starting("ramp.text") in instruction(told)


@pytest.mark.parametrize(
    ("facts", "ramp", "said"),
    [
        ((*NEW, "pain 7 of 10 on 2026-02-27"), replace(RAMP, held="pain"), "when pain is 6 or less."),
        ((*NEW[:2], f"{NEW[2]}, delayed healing"), replace(RAMP, held="surgeon"), "when your surgeon agrees."),
        (NEW, replace(RAMP, held="answer"), "when your doctor has the answer we asked for."),
        (NEW, replace(RAMP, step_weeks=2, target=40), "about 5 minutes every 2 weeks, up to 40 minutes."),
        ((*NEW, "bed bound"), RAMP, "Do 15 minutes once a day."),
    ],
)
def test_a_ramp_that_is_held_or_slow_says_so(facts, ramp, said):
    assert said in with_course(planned(*facts), ramp, VISITS).starting("ramp")


@pytest.mark.parametrize(
    ("facts", "preset", "id_"),
    [
        *((NEW, "A", "visits.text"), (NEW, "F", "visits.few"), ((*NEW, "bed bound"), "B", "visits.few")),
        ((*MIDDLE, "palliative"), "G", "visits.comfort"),
    ],
)
def test_visits_are_told_as_their_preset_is(facts, preset, id_):
    assert with_course(planned(*facts), RAMP, replace(VISITS, preset=preset)).starting(id_)


def test_who_may_do_nothing_alone_hears_of_no_home_set():
    made = planned(*NEW)
    alone = replace(made, activities=tuple(replace(a, home_set=None, home_note="") for a in made.activities))
    told, before = with_course(alone, RAMP, VISITS), with_course(made, RAMP, VISITS)
    assert "home set" in before.starting("visits") and "home set" not in told.starting("visits")
    assert told.starting("visits.supervised").endswith("Do your exercises only there, not alone at home.")
    comfort = replace(VISITS, preset="G")
    assert with_course(alone, RAMP, comfort).starting("visits.comfort"), "it asks for no exercise"


def test_seconds_and_minutes_of_an_exercise_are_those_of_its_dose():
    made = planned(*NEW)
    dosed = tuple(
        replace(a, fitt=Fitt(hold_seconds=(Decimal(8), Decimal(8))), home_note="with-helper") if a.id == "E02" else a
        for a in made.activities
    )
    told = patient_texts(replace(made, activities=dosed), K, "es")
    assert "Aguante 8 segundos." in told.starting("exercise.E02") and told.starting("home.with-helper")
    assert not [item for item in told.items if "{" in item.text]


def test_a_shorter_programme_is_not_told_the_full_dose():
    made = planned(*NEW)
    assert patient_texts(made, K).starting("education.ED5")
    below = replace(RAMP, target=30, flag=DoseFlag.BELOW_SEED, reason="chair")
    assert not patient_texts(replace(made, ramp=below), K).starting("education.ED5")


def test_every_line_of_advice_has_its_words_in_spanish():
    made = planned(*NEW, "25-OH vitamin D 15 ng/mL on 2026-02-10", language="es")
    assert made.patient_texts is not None
    untold = [a.id for a in made.activities if a.kind is ActivityKind.EDUCATION and a.id not in ("ED3", "ED6", "PAIN")]
    assert all(made.patient_texts.starting(f"education.{id_}") for id_ in untold)
    assert "nivel" in made.patient_texts.starting("nutrition.N-VITAMIN-D")


def test_a_place_without_words_takes_its_sentence_with_it():
    assert filled("Hold for {hold} seconds. Rest.", {}) == "Rest."
    assert filled("One answer: {question}. Rest.", {"question": "When?"}) == "One answer: When?. Rest."
    assert without("Walk on. Do not walk far.", (re.compile("walk", re.IGNORECASE),)) == "Do not walk far."
