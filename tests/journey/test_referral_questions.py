"""A coordinator's question as a Task of its own: asked once, answered as a form, ended with the referral."""

import pytest
from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse
from fhir.resources.R4B.task import Task

from launch.sandbox.outcome import Refused
from smartapp.fhir.referral_question import FORM, SDC
from tests.journey.harness import APP
from tests.journey.test_referrals import PATIENT, enter, move, opened, sent, task, tasks  # noqa: F401
from tests.journey.whole import exercise, sign


def questions(harness) -> list[dict]:
    return [each for each in harness.in_chart("Task", PATIENT) if "partOf" in each]


def answers(harness) -> list[dict]:
    return harness.in_chart("QuestionnaireResponse", PATIENT)


def ask(harness, browser):
    return move(browser, opened(harness, browser), "ask", text="Is a collar ordered?")


def answer(harness, text="No collar."):
    clinician = harness.browser()
    review = harness.open(clinician, PATIENT)
    status = clinician.get(f"{APP}/l/{review.launch_id}/referral")
    return clinician.press(status, status.form("/answer"), text=text)


def test_a_question_is_a_task_with_a_form_and_its_answer_a_response(sent):  # noqa: F811
    ask(sent, sent.browser())
    (question,) = questions(sent)
    Task.model_validate(question)
    assert question["partOf"] == [{"reference": f"Task/{task(sent)['id']}"}] and "focus" not in question
    assert question["input"][0]["valueCanonical"] == FORM and question["description"] == "Is a collar ordered?"
    assert question["owner"]["reference"] == "Practitioner/okafor" and question["status"] == "requested"
    assert "Your answer is saved to the EHR." in answer(sent).words
    (response,), (done,) = answers(sent), questions(sent)
    QuestionnaireResponse.model_validate(response)
    Task.model_validate(done)
    assert [item["answer"][0]["valueString"] for item in response["item"]] == ["Is a collar ordered?", "No collar."]
    assert response["questionnaire"] == FORM and response["subject"]["reference"] == f"Patient/{PATIENT}"
    (output,) = done["output"]
    assert done["status"] == "completed" and output["type"]["coding"][0]["system"] == SDC
    assert output["valueReference"]["reference"] == f"QuestionnaireResponse/{response['id']}"
    assert task(sent)["note"][-1]["text"] == "Answered: No collar."


def test_each_question_is_a_task_of_its_own(sent):  # noqa: F811
    browser = sent.browser()
    for count in (1, 2):
        page = ask(sent, browser)
        assert len(questions(sent)) == count
        move(browser, page, "answer", text="Yes.")
    assert {each["status"] for each in questions(sent)} == {"completed"}
    assert len({each["identifier"][0]["value"] for each in questions(sent)}) == 2


def test_a_coordinator_who_records_the_answer_writes_no_form(sent):  # noqa: F811
    browser = sent.browser()
    move(browser, ask(sent, browser), "answer", text="No, says the front desk.")
    (done,) = questions(sent)
    assert answers(sent) == [] and done["output"][0]["valueString"] == "No, says the front desk."


@pytest.mark.parametrize("action", ["decline", "cancel"])
def test_a_question_ends_with_its_referral(sent, action):  # noqa: F811
    browser = sent.browser()
    move(browser, ask(sent, browser), action, reason="duplicate")
    (ended,) = questions(sent)
    assert ended["status"] == "cancelled" and "referral was" in ended["statusReason"]["text"]


def refusing(kinds, whole):
    def create(self, access, type_, *given, **named):
        if type_ in kinds:
            raise Refused(403, "not here")
        return whole(self, access, type_, *given, **named)

    return create


@pytest.mark.parametrize("kinds", [("Task",), ("QuestionnaireResponse",)])
def test_where_the_ehr_takes_none_the_note_remains(sent, monkeypatch, kinds):  # noqa: F811
    door = type(sent.box.fhir)
    monkeypatch.setattr(door, "create", refusing(kinds, door.create))
    assert "Waiting for clinician" in ask(sent, sent.browser()).words
    assert "Answered: No collar." in answer(sent).words and answers(sent) == []
    assert [each["output"][0].get("valueString") for each in questions(sent)] == ["No collar."] * (kinds != ("Task",))


def test_a_question_whose_answer_was_lost_is_asked_once(sent, monkeypatch):  # noqa: F811
    door = type(sent.box.fhir)
    update = door.update

    def lost(*given, **named):
        update(*given, **named)
        raise Refused(503, "away")

    browser = sent.browser()
    page = opened(sent, browser)
    with monkeypatch.context() as faults:
        faults.setattr(door, "update", lost)
        move(browser, page, "ask", text="Is a collar ordered?")
    move(browser, page, "ask", text="Is a collar ordered?")
    assert len(questions(sent)) == 1 and len(task(sent)["note"]) == 1


def look(harness, seconds=61):
    harness.clock.now += seconds
    return opened(harness, harness.browser())


def test_a_question_the_ehr_did_not_take_is_asked_at_the_next_look_and_not_sooner(sent, monkeypatch):  # noqa: F811
    door = type(sent.box.fhir)
    with monkeypatch.context() as refused:
        refused.setattr(door, "create", refusing(("Task",), door.create))
        ask(sent, sent.browser())
    look(sent, 30)
    assert questions(sent) == []
    for _ in range(2):
        look(sent)
        (question,) = questions(sent)
    assert question["requester"]["reference"] == "Practitioner/brandt" and question["status"] == "requested"
    assert question["authoredOn"] == task(sent)["note"][-1]["time"], "when it was asked, not when it was mended"


def test_what_ended_a_question_and_did_not_arrive_ends_it_at_the_next_look(sent, monkeypatch):  # noqa: F811
    ask(sent, sent.browser())
    (question,) = questions(sent)
    answer(sent)
    (response,) = answers(sent)
    sent.box.store.put(question)  # as if the process had died after the answer was in the notes
    look(sent)
    (done,) = questions(sent)
    assert done["status"] == "completed" and done["output"][0]["valueString"] == "No collar."
    sent.box.store.put(question)
    sent.clock.now += 61
    clinician = sent.browser()
    clinician.get(f"{APP}/l/{sent.open(clinician, PATIENT).launch_id}/referral")
    (done,) = questions(sent)
    assert done["output"][0]["valueReference"]["reference"] == f"QuestionnaireResponse/{response['id']}"
    assert answers(sent) == [response], "found again by its identifier"


@pytest.mark.parametrize(
    ("status", "why"),
    [("rejected", "declined"), ("cancelled", "canceled"), ("in-progress", "went on without an answer")],
)
def test_a_question_left_open_by_who_ended_the_referral_ends_with_it(sent, status, why):  # noqa: F811
    ask(sent, sent.browser())
    sent.box.store.put({**task(sent), "status": status})
    look(sent)
    assert [(q["status"], why in q["statusReason"]["text"]) for q in questions(sent)] == [("cancelled", True)]


def test_a_look_at_a_referral_without_a_question_asks_nothing_more(sent):  # noqa: F811
    opened(sent, browser := sent.browser())
    before = len(sent.wire.seen)
    opened(sent, browser)
    assert not [each for each in sent.wire.seen[before:] if "complete-questionnaire" in each.path]


def test_a_question_of_somebody_else_is_left_alone(sent):  # noqa: F811
    ask(sent, sent.browser())
    (question,) = questions(sent)
    sent.box.store.put({**question, "identifier": [{"system": "urn:other", "value": "1"}]})
    answer(sent)
    assert questions(sent)[0]["status"] == "requested" and answers(sent) == []


def test_a_question_about_an_order_that_was_replaced_ends_once_the_change_is_acknowledged(sent):  # noqa: F811
    browser, clinician = sent.browser(), sent.browser()
    ask(sent, browser)
    page = sent.open(clinician, PATIENT)
    sign(clinician, clinician.press(page, exercise(page), "Remove"))
    new = next(each for each in tasks(sent) if each["status"] == "requested")
    assert [each["status"] for each in questions(sent)] == ["requested"]
    move(browser, browser.get(f"{enter(sent, browser).url}/{new['id']}"), "accept")
    assert [each["status"] for each in questions(sent)] == ["cancelled"]
