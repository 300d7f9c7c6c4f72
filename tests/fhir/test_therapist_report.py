"""A therapist's report as answers to its form: every item is one of the form, of its type; the Task names it once."""

from datetime import UTC, date, datetime

import pytest

from fhir_profiles.generate.questionnaires import progress_form
from smartapp.core.therapist import LOGGED, Report, ReportKind
from smartapp.fhir.build.therapist_report import ReportedProgress, progress_answers, with_answers
from smartapp.fhir.systems import EXAMPLE
from smartapp.knowledge import load

KNOWLEDGE = load()
FORM = {item["linkId"]: item["type"] for item in progress_form(KNOWLEDGE)["item"]}
TESTS = {id_: test for id_, test in KNOWLEDGE.library.tests.items() if test.between}
WHOLE = frozenset({*(each.id for each in LOGGED), *(id_ for id_, test in TESTS.items() if test.whole)})
EVERYTHING = Report(
    ReportKind.PROGRESS, date(2026, 3, 20), text="Walks to the shop.",
    values=tuple((id_, "4") for id_ in (*(each.id for each in LOGGED), *TESTS)), fall="yes", symptoms="numb left foot",
    recommends="intermediate",
)  # fmt: skip


def told(report: Report, order: str = "ServiceRequest/9") -> ReportedProgress:
    sent = datetime(2026, 3, 20, 12, tzinfo=UTC)
    return ReportedProgress("r1", report, WHOLE, "Patient/1", order, "Jane Doe, PT, Lakeside Therapy", sent)


def test_every_answer_is_of_an_item_of_the_form_and_of_its_type():
    made = progress_answers(told(EVERYTHING), EXAMPLE)
    answers = {item["linkId"]: next(iter(item["answer"][0])) for item in made["item"]}
    assert answers.keys() == FORM.keys()
    assert {link: f"value{kind.capitalize()}" for link, kind in FORM.items()} == answers
    assert made["questionnaire"].endswith("/Questionnaire/progress-report") and made["status"] == "completed"
    assert made["basedOn"] == [{"reference": "ServiceRequest/9"}] and made["author"]["display"].startswith("Jane Doe")


@pytest.mark.parametrize(("fall", "said"), [("yes", [True]), ("no", [False]), ("", [])])
def test_what_was_not_said_is_left_out(fall, said):
    report = Report(ReportKind.PROGRESS, date(2026, 3, 20), fall=fall, values=(("tug", "12.5"), ("sessions", "4.0")))
    made = progress_answers(told(report, order=""), EXAMPLE)
    falls = [item["answer"][0]["valueBoolean"] for item in made["item"] if item["linkId"] == "fall"]
    assert falls == said and "basedOn" not in made
    assert {item["linkId"] for item in made["item"]} == {"date", "tug", "sessions", *(["fall"] if fall else [])}


def test_the_task_names_the_answers_once_beside_what_it_had():
    task = {"resourceType": "Task", "output": [{"type": {"text": "First visit"}, "valueDateTime": "2026-03-02"}]}
    once = with_answers(task, "QuestionnaireResponse/7", EVERYTHING, EXAMPLE)
    twice = with_answers(once, "QuestionnaireResponse/7", EVERYTHING, EXAMPLE)
    assert twice == once and once["output"][0] == task["output"][0] and len(once["output"]) == 2
    assert once["output"][1]["valueReference"] == {"reference": "QuestionnaireResponse/7"}
