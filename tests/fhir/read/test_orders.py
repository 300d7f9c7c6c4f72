"""Orders and precautions of others, in orders, devices, plans, flags and notes, with side and end (2a, NS9)."""

from datetime import date

import pytest

from smartapp.core.kinds import OrderKind
from smartapp.fhir.systems import EXAMPLE
from smartapp.knowledge import load
from tests.fhir.read.records import SUBJECT, concept, condition, procedure, read

HCPCS = "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes"
CPT_BRACE = "22310"


def order(text="", kind="ServiceRequest", **more):
    element = {"codeCodeableConcept" if kind == "DeviceRequest" else "code": concept(text=text)} if text else {}
    made = {"resourceType": kind, "id": "s", "status": "active", "subject": SUBJECT, "authoredOn": "2026-02-12"}
    return made | {"intent": "order"} | element | more


def found(*resources):
    return [(each.kind.value, each.side, str(each.until or "")) for each in read(*resources).orders]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NWB left leg until 4 April 2026", [("no-weight", "left", "2026-04-04")]),
        ("Non-weight-bearing, right lower extremity, through April 4, 2026", [("no-weight", "right", "2026-04-04")]),
        ("No weight on the left foot till 2026-04-04", [("no-weight", "left", "2026-04-04")]),
        ("Patient should be NWB both legs", [("no-weight", "both", "")]),
        ("Left leg TTWB for 6 weeks", [("toe-touch", "left", "2026-03-26")]),
        ("Toe touch only, right leg", [("toe-touch", "right", "")]),
        ("Partial weight bearing 20 kg, right", [("partial-weight", "right", "")]),
        ("WBAT BLE", [("weight-as-tolerated", "both", "")]),
        ("WBAT right leg", [("weight-as-tolerated", "right", "")]),
        ("Full weight bearing", [("full-weight", "", "")]),
        ("TTWB left leg, WBAT right leg", [("toe-touch", "left", ""), ("weight-as-tolerated", "right", "")]),
        ("TLSO when upright for 10 weeks", [("brace", "", "2026-04-23")]),
        ("Lumbar corset when out of bed", [("brace", "", "")]),
        ("Hard collar at all times", [("collar", "", "")]),
        ("Strict bed rest until 1 March", [("bed-rest", "", "2026-03-01")]),
        ("Log roll only", [("log-roll", "", "")]),
        ("Hip precautions, left, 12 weeks", [("hip-precautions", "left", "2026-05-07")]),
        ("Sternal precautions until 20 March", [("sternal-precautions", "", "2026-03-20")]),
        ("Spinal precautions", [("spinal-precautions", "", "")]),
        ("No bending, lifting or twisting", [("no-bending-lifting-twisting", "", "")]),
        ("Lift no more than 5 kg until 03/05/2026", [("lift-limit", "", "2026-05-03")]),
        ("No exercise until cleared by cardiology", [("no-exercise", "", "")]),
    ],
)
def test_words_of_an_order(text, expected):
    assert found(order(text)) == expected
    assert found(order(note=[{"text": text}])) == expected
    assert read(order(text)).unreadable == ()


LONG = "The course on the ward was without event and the wound is dry. " * 8


@pytest.mark.parametrize(
    "made",
    [
        order(note=[{"text": f"{LONG}NWB left leg until 4 April 2026."}]),
        order(patientInstruction=f"{LONG}NWB left leg until 4 April 2026."),
        order(orderDetail=[concept(text=f"{LONG}NWB left leg until 4 April 2026.")]),
        order("Physical therapy", note=[{"text": LONG.replace(".", "") + "NWB left leg until 4 April 2026"}]),
        order(kind="CarePlan", activity=[{"detail": {"description": f"{LONG}NWB left leg until 4 April 2026."}}]),
        condition(note=[{"text": f"{LONG}NWB left leg until 4 April 2026."}]),
        procedure(note=[{"text": f"{LONG}NWB left leg until 4 April 2026."}]),
    ],
)
def test_an_order_at_the_end_of_a_long_text_counts_and_is_quoted(made):
    assert found(made) == [("no-weight", "left", "2026-04-04")]
    (given,) = read(made).orders
    assert "NWB left leg until 4 April 2026" in given.quote and len(given.quote) <= 200


@pytest.mark.parametrize(
    "text",
    [
        "Toe-touch stretches", "toe touches exercise", "Non-weight bearing exercises", "Knee brace",
        "TLSO discontinued",
        "Weaned from the TLSO", "Avoid bed rest", "No bed rest", "NWB lifted on 1 March", "Previously NWB left leg",
        "Hip precautions no longer needed", "Therapeutic exercise", "Physical therapy 2 x a week",
        "History of bed rest", "No brace, collar or bed rest", "Denies wearing a brace",
        "Without need for a lumbar brace", "No NWB", "Never wore a TLSO",
        "No indication for a hard collar", "Patient denies any use of a brace",
    ],
)  # fmt: skip
def test_words_that_order_nothing(text):
    assert found(order(text)) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Discharged without complications, NWB left leg", "no-weight"),
        ("Discharged without complications NWB left leg", "no-weight"),
        ("No complications and is NWB left leg", "no-weight"),
        ("Denies pain and remains NWB left leg", "no-weight"),
        ("No fever or chills TLSO when upright", "brace"),
        ("Wound dry without signs of infection, TLSO brace when up", "brace"),
        ("No neurological deficit, log roll only", "log-roll"),
    ],
)
def test_a_denial_of_something_else_does_not_deny_the_order_behind_it(text, kind):
    assert [each[0] for each in found(order("Physical therapy", note=[{"text": text}]))] == [kind]


@pytest.mark.parametrize("status", ["completed", "revoked", "entered-in-error", "draft"])
def test_an_order_that_is_over_or_wrong_is_none(status):
    assert found(order("NWB left leg", status=status)) == []
    assert found(order("NWB left leg", intent="proposal")) == []


def test_our_own_order_is_nobody_elses():
    ours = {"identifier": [{"system": EXAMPLE.plans[0], "value": "plan-1"}]}
    chart = read(order("NWB left leg", **ours))
    assert chart.orders == ()
    assert len(chart.plans) == 1


def test_who_gave_it_when_and_its_own_end():
    [made] = read(
        order("TLSO", requester={"display": "Dr. Lee"}, occurrencePeriod={"start": "2026-02-12", "end": "2026-04-30"})
    ).orders
    assert (made.source.reference, made.source.note, made.quote) == ("ServiceRequest/s", "by Dr. Lee", "TLSO")
    assert made.given and made.given.earliest == date(2026, 2, 12)
    assert made.until and made.until.latest == date(2026, 4, 30)


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (order(kind="DeviceRequest", codeCodeableConcept=concept("L0456", HCPCS)), [("brace", "", "")]),
        (order("TLSO", kind="DeviceRequest"), [("brace", "", "")]),
        (order(kind="DeviceUseStatement", device={"display": "LSO brace"}), [("brace", "", "")]),
        (order("Fall risk; log roll only", kind="Flag"), [("log-roll", "", "")]),
        (order(kind="CarePlan", activity=[{"detail": {"description": "TTWB left leg"}}]), [("toe-touch", "left", "")]),
        (
            order(kind="CarePlan", activity=[{"detail": {"status": "completed", "description": "TTWB left leg"}}]),
            [],
        ),
        (order("Exercise therapy", doNotPerform=True), [("no-exercise", "", "")]),
        (order("Weight bearing, left", doNotPerform=True), [("no-weight", "left", "")]),
        (order("X-ray of the spine", doNotPerform=True), []),
        (
            condition("S82.102D", note=[{"text": "NWB left leg until 2026-04-04"}]),
            [("no-weight", "left", "2026-04-04")],
        ),
        (
            condition("S82.102D", note=[{"text": "TTWB for six weeks", "time": "2026-02-12T10:00:00Z"}]),
            [("toe-touch", "", "2026-03-26")],
        ),
        (
            condition(
                "S82.102D",
                clinicalStatus={"coding": [{"code": "resolved"}]},
                note=[{"text": "NWB left leg"}],
            ),
            [],
        ),
        (procedure("27130", note=[{"text": "Posterior precautions"}]), [("hip-precautions", "", "")]),
        (procedure(CPT_BRACE), [("brace", "", "")]),
        (procedure("27130", status="not-done", note=[{"text": "Hip precautions"}]), []),
    ],
)
def test_where_orders_are_found(made, expected):
    assert found(made) == expected


def test_an_order_for_somebody_else_is_left_out():
    assert found(order("NWB left leg", kind="Flag", subject={"reference": "Patient/q"})) == []


@pytest.mark.parametrize("text", ["NWB right wrist", "Non-weight bearing left upper extremity"])
def test_weight_on_an_arm_is_told_and_not_taken_as_one_on_a_leg(text):
    chart = read(order(text))
    assert chart.orders == ()
    assert [line.reason for line in chart.unreadable] == [f"“{text}”: weight on an arm, not taken as one on a leg"]
    assert found(order("NWB left leg, may use both arms")) == [("no-weight", "left", "")]


def test_a_wheelchair_ordered_tells_of_one():
    code = concept("228869008", "http://snomed.info/sct", "Manual wheelchair")
    [told] = read(order(kind="DeviceRequest", codeCodeableConcept=code)).diagnoses
    assert told.concepts == {"wheelchair"}


def test_every_kind_of_order_has_words():
    assert {row.means for row in load().phrases.rows if row.kind == "order"} == set(OrderKind)
