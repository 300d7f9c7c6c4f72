"""The same writes against a FHIR server we did not write."""

from dataclasses import replace

import pytest

from smartapp.ehr.capabilities import parse_capabilities
from smartapp.fhir.build import without_identifier_search
from smartapp.fhir.systems import EXAMPLE
from tests.ehr.deliver.engine import Desk, capabilities, states
from tests.ehr.deliver.samples import proposal, signed
from tests.ehr.deliver.wire import Wire
from tests.servers.sekmet import sekmet

CHART = (
    {"resourceType": "Condition", "id": "f1", "code": {"text": "Fracture of lumbar spine"}},
    {"resourceType": "Observation", "id": "dxa", "status": "final", "code": {"text": "Lumbar spine T-score"}},
    {"resourceType": "Observation", "id": "vd", "status": "final", "code": {"text": "25-OH vitamin D"}},
)


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    with sekmet(tmp_path_factory.mktemp("sekmet")) as url:
        yield url


@pytest.fixture
def patient(base, request):
    """A patient of this test's own, with the chart the plan rests on."""
    wire = Wire(base)
    name = f"p{abs(hash(request.node.name))}"
    wire.update({"resourceType": "Patient", "id": name})
    wire.update({"resourceType": "Practitioner", "id": "d1"})
    for resource in CHART:
        wire.update(resource | {"subject": {"reference": f"Patient/{name}"}})
    return name


def plan_of(patient, **changes):
    return signed(proposal=proposal(f"Patient/{patient}"), plan_id=f"plan-{patient}", **changes)


def on_record(wire, kind, patient):
    return wire.search(kind, {"patient": f"Patient/{patient}"})


def goals(wire, patient):
    """By tag: this server has no search parameter of Goal's own."""
    return [wire.search("Goal", {"_tag": f"{EXAMPLE.plan}|plan-{patient}.{goal}"}) for goal in ("G1", "G6", "G8")]


@pytest.fixture(scope="module")
def by_tag(base):
    found = without_identifier_search(parse_capabilities(Wire(base).read("metadata", "")).search_parameters)
    assert "Goal" in found
    assert "CarePlan" not in found
    return found


BOTH = pytest.mark.parametrize(
    "declared", [capabilities(), capabilities(transaction=False)], ids=["together", "one by one"]
)


@BOTH
def test_a_plan_lands_and_a_second_write_finds_it(base, patient, by_tag, declared):
    wire = Wire(base)
    progress = Desk(wire, plan_of(patient), declared, by_tag=by_tag).go()
    assert states(progress) == ["written"] * 6
    again = Desk(wire, plan_of(patient), declared, by_tag=by_tag).go()
    assert states(again) == ["found"] * 6
    assert [line.reference for line in again.items] == [line.reference for line in progress.items]
    (plan,), (order,) = on_record(wire, "CarePlan", patient), on_record(wire, "ServiceRequest", patient)
    assert order["basedOn"][0]["reference"] == f"CarePlan/{plan['id']}"
    assert [len(found) for found in goals(wire, patient)] == [1, 1, 1]
    for line in progress.items:
        stored = wire.read(*line.reference.split("/"))
        assert stored["meta"]["versionId"] == line.version
    (provenance,) = wire.search("Provenance", {"target": f"CarePlan/{plan['id']}"})
    assert len(provenance["target"]) == 5


@BOTH
def test_a_successor_replaces_it(base, patient, by_tag, declared):
    wire = Wire(base)
    Desk(wire, plan_of(patient), declared, by_tag=by_tag).go()
    (plan,), (order,) = on_record(wire, "CarePlan", patient), on_record(wire, "ServiceRequest", patient)
    successor = plan_of(
        patient, replaces=f"CarePlan/{plan['id']}", replaces_request=f"ServiceRequest/{order['id']}"
    )  # fmt: skip
    successor = replace(successor, plan_id=f"{successor.plan_id}-2")
    assert Desk(wire, successor, declared, by_tag=by_tag).go().complete
    assert {p["status"] for p in on_record(wire, "CarePlan", patient)} == {"active", "revoked"}
    assert wire.read("CarePlan", plan["id"])["status"] == "revoked"
    assert wire.read("ServiceRequest", order["id"])["status"] == "revoked"


def test_a_conflict_rolls_everything_back(base, patient, by_tag):
    wire = Wire(base)
    Desk(wire, plan_of(patient), by_tag=by_tag).go()
    (plan,) = on_record(wire, "CarePlan", patient)
    wire.update(plan | {"title": "changed by a colleague"})
    successor = plan_of(patient, replaces=f"CarePlan/{plan['id']}")
    successor = replace(successor, plan_id=f"{successor.plan_id}-2")
    progress = Desk(wire, successor, by_tag=by_tag, previous=[plan]).go()
    assert progress.items[-1].status.value == "conflict"
    assert len(on_record(wire, "CarePlan", patient)) == 1
    assert [len(found) for found in goals(wire, patient)] == [1, 1, 1]
