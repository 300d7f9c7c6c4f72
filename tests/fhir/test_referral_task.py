"""A Task and the way of its referral: read whatever another system made of it, written as R4, theirs untouched."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fhir.resources.R4B.task import Task

from smartapp.core.referral import Stage
from smartapp.core.referral_moves import BY_ACTION, Action, Step
from smartapp.fhir.referral_again import sent_again
from smartapp.fhir.referral_task import Mover, is_referral, moved, referral_of
from smartapp.fhir.systems import EXAMPLE, Systems

DAYS = f"{EXAMPLE.base}/referral-day"
AT = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
WHO = Mover("Practitioner/brandt", "Rosa Brandt", AT)
NEW = {
    "resourceType": "Task",
    "id": "12",
    "meta": {"versionId": "1"},
    "identifier": [{"system": EXAMPLE.plan, "value": "abc.task"}],
    "status": "requested",
    "intent": "order",
    "priority": "urgent",
    "code": {"coding": [{"system": "http://hl7.org/fhir/CodeSystem/task-code", "code": "fulfill"}]},
    "focus": {"reference": "ServiceRequest/5"},
    "for": {"reference": "Patient/1"},
    "authoredOn": "2026-03-09T10:00:00Z",
    "requester": {"reference": "Practitioner/okafor", "display": "Dr. Okafor"},
    "input": [{"type": {"text": "Plan"}, "valueReference": {"reference": "CarePlan/7"}}],
    "extension": [{"url": "https://ehr.example/queue", "valueString": "north"}],
}
DAY = date(2026, 3, 10)
WAY = (
    Step(Action.ACCEPT),
    Step(Action.ASK, text="Is a collar ordered?"),
    Step(Action.ANSWER, text="No."),
    Step(Action.CONTACT, text="Called."),
    Step(Action.HOLD, "records", "MRI", date(2026, 3, 20)),
    Step(Action.RESUME),
    Step(Action.SCHEDULE, on=DAY),
    Step(Action.MISS, "ill"),
    Step(Action.SCHEDULE, on=DAY),
    Step(Action.VISIT, on=DAY),
    Step(Action.PLAN_OF_CARE, on=DAY),
    Step(Action.COMPLETE, text="Walks."),
)


def after(*steps: Step) -> dict:
    made = NEW
    for step in steps:
        made = moved(made, step, BY_ACTION[step.action], WHO, EXAMPLE)
    return made


@pytest.mark.parametrize("count", range(1, len(WAY) + 1))
def test_after_every_step_it_is_r4_and_is_read_back_as_the_stage_it_went_to(count):
    made = after(*WAY[:count])
    Task.model_validate(made)
    last = next(m for step in reversed(WAY[:count]) if (m := BY_ACTION[step.action]).to)
    found = referral_of(made, EXAMPLE)
    assert found.stage is last.to and len(found.history) == count
    assert made["extension"] == NEW["extension"] and made["input"] == NEW["input"] and made["focus"] == NEW["focus"]
    assert found.history[-1].by == "Rosa Brandt" and found.changed == DAY


@pytest.mark.parametrize("step", [Step(Action.ASK, text="Collar?"), Step(Action.HOLD, "records", "", DAY)])
def test_what_was_not_accepted_goes_back_to_where_it_was(step):
    back = Step(Action.ANSWER, text="No.") if step.action is Action.ASK else Step(Action.RESUME)
    made = after(step, back)
    Task.model_validate(made)
    assert (made["status"], referral_of(made, EXAMPLE).stage) == ("received", Stage.NEW)
    assert referral_of(after(Step(Action.ACCEPT), step), EXAMPLE).accepted
    assert referral_of(after(Step(Action.ACCEPT), step, back), EXAMPLE).stage is Stage.TO_BOOK


def test_a_contact_leaves_a_new_one_as_old_as_it_is():
    assert referral_of(after(Step(Action.CONTACT, text="Called.")), EXAMPLE).changed == date(2026, 3, 9)


def test_visits_are_counted_and_a_report_and_a_recertification_have_the_newest_day():
    days = [date(2026, 3, 10 + n) for n in range(4)]
    treated = (*WAY[:-1], *(Step(Action.ATTEND, on=day) for day in days[1:]))
    later = (*treated, *(Step(action, on=day) for action in (Action.REPORT, Action.RECERTIFY) for day in days[2:]))
    made = after(*later)
    Task.model_validate(made)
    found = referral_of(made, EXAMPLE)
    assert (found.stage, found.attended) == (Stage.TREATED, tuple(days[1:]))
    assert (found.reported, found.recertified, found.plan_of_care) == (days[3], days[3], DAY)
    codes = [o["type"]["coding"][0]["code"] for o in made["output"]]
    assert codes.count("progress-report") == codes.count("recertified") == codes.count("in-stage-since") == 1


def test_the_whole_way_in_its_days():
    found = referral_of(after(*WAY), EXAMPLE)
    assert (found.booked, found.visited, found.plan_of_care, found.missed) == (DAY, DAY, DAY, 1)
    assert found.held_to is None and found.reason == ""
    outputs = [o["type"]["coding"][0]["code"] for o in after(*WAY)["output"] if "coding" in o["type"]]
    assert sorted(outputs) == ["first-visit", "in-stage-since", "plan-of-care", "visit-booked", "visit-missed"]


@pytest.mark.parametrize(
    ("step", "text"),
    [
        (Step(Action.DECLINE, "no-capacity"), "No capacity in time"),
        (Step(Action.HOLD, "records", "MRI", DAY), "Waiting for records. MRI"),
        (Step(Action.ASK, text="Collar?"), "Collar?"),
    ],
)
def test_the_reason_is_coded_and_said(step, text):
    assert after(step)["statusReason"]["text"] == referral_of(after(step), EXAMPLE).reason == text
    assert after(step)["statusReason"]["coding"][0]["system"].startswith(EXAMPLE.base)


def test_what_cannot_be_read_of_it_is_no_hindrance():
    made = moved({**NEW, "note": "none", "output": "none"}, WAY[0], BY_ACTION[WAY[0].action], WHO, EXAMPLE)
    Task.model_validate(made)
    assert referral_of(made, EXAMPLE).stage is Stage.TO_BOOK


def test_a_new_one():
    found = referral_of(NEW, EXAMPLE)
    assert (found.stage, found.priority, found.requester, found.plan) == (
        Stage.NEW, "urgent", "Dr. Okafor", "CarePlan/7"
    )  # fmt: skip
    assert found.asked_on == found.changed == date(2026, 3, 9) and found.history == ()


@pytest.mark.parametrize(
    ("changes", "stage"),
    [
        ({"status": "in-progress", "businessStatus": {"coding": [{"system": "urn:x", "code": "5.1.1"}]}}, Stage.BOOKED),
        ({"status": "in-progress", "businessStatus": {"text": "seen"}}, Stage.ELSEWHERE),
        ({"status": "on-hold", "statusReason": {"text": "insurance"}}, Stage.HELD),
        ({"status": "COMPLETED"}, Stage.COMPLETED),
        ({"status": None}, Stage.NEW),
        ({"output": "none", "note": "none", "input": {"x": 1}, "lastModified": "2026-03"}, Stage.NEW),
        ({"output": [{"type": {"coding": [{"system": DAYS, "code": "first-visit"}]}}]}, Stage.NEW),
    ],
)  # fmt: skip
def test_what_others_have_made_of_it_is_read(changes, stage):
    assert referral_of({**NEW, **changes}, EXAMPLE).stage is stage


def test_notes_of_others_name_whom_they_can():
    notes = [
        {"text": "a", "authorString": "Front desk", "time": "2026-03-10T08:00:00Z"},
        {"text": "b", "authorReference": {"reference": "Practitioner/9"}},
        {"text": "c"},
    ]
    found = referral_of({**NEW, "note": notes}, EXAMPLE)
    assert [entry.by for entry in found.history] == ["Front desk", "Practitioner/9", ""]


def test_the_outcome_is_an_output_of_its_own():
    assert referral_of(after(*WAY), EXAMPLE).outcome == "Walks." and referral_of(NEW, EXAMPLE).outcome == ""


def test_who_accepts_or_takes_it_on_owns_it():
    assert referral_of(NEW, EXAMPLE).owner == "" and referral_of(NEW, EXAMPLE).plan_id == "abc"
    for action in (Action.ACCEPT, Action.TAKE):
        found = referral_of(after(Step(action)), EXAMPLE)
        assert (found.owner, found.owner_reference) == ("Rosa Brandt", "Practitioner/brandt")
    assert referral_of(after(Step(Action.DECLINE, "duplicate")), EXAMPLE).owner == ""


def test_ours_is_known_by_its_identifier():
    assert not is_referral({**NEW, "identifier": [{"system": EXAMPLE.plan, "value": "abc.PG9-prone"}]}, EXAMPLE)
    assert is_referral(NEW, EXAMPLE) and is_referral(NEW, Systems("https://clinic.example", ()))
    assert not is_referral({**NEW, "identifier": [{"system": "urn:other", "value": "abc.task"}]}, EXAMPLE)
    assert not is_referral({**NEW, "identifier": "x"}, EXAMPLE)


def test_the_same_order_is_asked_for_by_a_task_that_names_the_one_before():
    ended = after(Step(Action.ACCEPT), Step(Action.DECLINE, "no-capacity", "Full until May.."))
    found = referral_of(ended, EXAMPLE)
    made = sent_again(ended, found, "Spine Clinic West.", WHO, EXAMPLE)
    again = referral_of({**made, "id": "13"}, EXAMPLE)
    assert (again.stage, again.plan_id, again.sending, again.again) == (Stage.NEW, "abc", 2, "12")
    assert (again.order, again.plan, again.patient, again.priority) == (
        "ServiceRequest/5",
        "CarePlan/7",
        "Patient/1",
        "urgent",
    )
    assert (again.owner, again.history, again.requester) == ("", (), "Rosa Brandt")
    said = "Before: Declined: No capacity in time. Full until May."
    assert again.asks.endswith(f"{said} To: Spine Clinic West.")
    third = sent_again(made, replace(again, stage=Stage.FAILED), "", WHO, EXAMPLE)
    assert third["identifier"][0]["value"] == "abc.task-3" and third["description"].endswith("Before: Failed.")
    assert sent_again(made, replace(again, sending=9), "", WHO, EXAMPLE) is None


@pytest.mark.parametrize(
    ("value", "plan", "sending"),
    [
        ("abc.task", "abc", 1),
        ("abc.task-9", "abc", 9),
        ("abc.task-1", "", 1),
        ("abc.task-10", "", 1),
        ("abc.FU10", "", 1),
    ],
)
def test_which_time_an_order_was_sent_stands_in_the_identifier(value, plan, sending):
    found = referral_of({**NEW, "identifier": [{"system": EXAMPLE.plan, "value": value}]}, EXAMPLE)
    assert (found.plan_id, found.sending, found.again) == (plan, sending, "")
