"""A recommended phase -> the signer's Task (rule book 2b, PG8): told of it once, or made where the plan has none."""

from datetime import UTC, date, datetime

from smartapp.fhir.build.bundle import validate_model
from smartapp.fhir.phase_decision import PhaseQuestion, asked_now, phase_task
from smartapp.fhir.referral_task import Mover
from smartapp.fhir.systems import EXAMPLE

WHO = Mover("Practitioner/kim", "Kim Park", datetime(2026, 5, 3, 9, tzinfo=UTC))
ASKED = PhaseQuestion(
    "plan",
    "PG9-advanced",
    "Advanced phase: has the fracture healed?",
    "The therapist recommends it.",
    date(2026, 5, 10),
)
REFERRAL = {
    "resourceType": "Task",
    "id": "r",
    "focus": {"reference": "ServiceRequest/s"},
    "for": {"reference": "Patient/p"},
    "requester": {"reference": "Practitioner/okafor", "display": "Ada Okafor, MD"},
}


def test_a_new_task_is_the_signers_and_due_in_seven_days():
    made = validate_model(phase_task(ASKED, REFERRAL, WHO, EXAMPLE))
    assert made["owner"] == REFERRAL["requester"] and made["for"] == REFERRAL["for"] and made["status"] == "requested"
    assert made["restriction"] == {"period": {"end": "2026-05-10"}}
    assert made["identifier"] == [{"system": EXAMPLE.plan, "value": "plan.PG9-advanced"}]
    assert made["code"]["text"] == ASKED.what and made["note"][0]["text"] == ASKED.said
    assert "owner" not in phase_task(ASKED, {**REFERRAL, "requester": None}, WHO, EXAMPLE)


def test_its_own_day_stays_while_it_is_to_come_and_gives_way_once_it_has_passed():
    made = phase_task(ASKED, REFERRAL, WHO, EXAMPLE)
    ahead = asked_now({**made, "restriction": {"period": {"end": "2026-05-04"}}}, ASKED, WHO)
    assert ahead["restriction"]["period"]["end"] == "2026-05-04"
    today = asked_now({**made, "restriction": {"period": {"end": "2026-05-03"}}}, ASKED, WHO)
    assert today["restriction"]["period"]["end"] == "2026-05-10"


def test_the_same_recommendation_stands_in_it_once():
    made = phase_task(ASKED, REFERRAL, WHO, EXAMPLE)
    again = asked_now({**made, "note": [{"text": "Another line."}, *made["note"]]}, ASKED, WHO)
    assert [note["text"] for note in again["note"]] == ["Another line.", ASKED.said]
