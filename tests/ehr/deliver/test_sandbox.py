"""The same writes into the sandbox EHR, through its token, scope, compartment and reference checks."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from smartapp.core.proposal import Role, Signer
from tests.ehr.deliver.engine import Desk, capabilities, states
from tests.ehr.deliver.samples import moved, proposal, signed
from tests.ehr.deliver.wire import Wire
from tests.sandbox.client import READ_WRITE, Session, SmartClient
from tests.sandboxes import sandbox_ehr

BASE = "http://localhost:8081/fhir"
CHART = {
    "Condition/f1": "Condition/bergstrom-problem-1",
    "Observation/dxa": "Observation/bergstrom-dxa-2",
    "Observation/vd": "Observation/bergstrom-lab-1",
}
BOTH = pytest.mark.parametrize(
    "declared", [capabilities(), capabilities(transaction=False)], ids=["together", "one by one"]
)


class Launched(Wire):
    """The client port over a launched session, in process."""

    def __init__(self, session: Session) -> None:
        super().__init__(BASE)
        self.session = session

    def _call(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, str, Any]:
        plain = {name.replace("-", "_"): value for name, value in headers.items() if name != "Content-Type"}
        answer = self.session.call(method, f"/{path}", body, **plain)
        return answer.status_code, answer.text, answer.json


@pytest.fixture
def client() -> Iterator[SmartClient]:
    app = sandbox_ehr()
    yield SmartClient(app)
    app.extensions["sandbox"].store.close()


@pytest.fixture
def ehr(client: SmartClient) -> Launched:
    return Launched(client.launched())


def plan(**changes: Any) -> Any:
    physician = Signer("Practitioner/okafor", "Dr Okafor", Role.SIGNER)
    made = moved(proposal("Patient/bergstrom", "Daniel Bergstrom"), CHART)
    return signed(**({"proposal": made, "signer": physician} | changes))


@BOTH
def test_a_plan_lands_once_however_often_it_is_signed(ehr, declared):
    progress = Desk(ehr, plan(), declared).go()
    assert states(progress) == ["written"] * 6
    assert states(Desk(ehr, plan(), declared).go()) == ["found"] * 6
    (stored,) = ehr.search("CarePlan", {"patient": "bergstrom"})
    (order,) = ehr.search("ServiceRequest", {"patient": "bergstrom"})
    assert order["basedOn"][0]["reference"] == f"CarePlan/{stored['id']}"
    assert stored["addresses"][0]["reference"] == "Condition/bergstrom-problem-1"
    assert len(ehr.search("Goal", {"patient": "bergstrom"})) == 3
    for step in progress.steps:
        kind, _, id_ = step.reference.partition("/")
        assert ehr.read(kind, id_)["meta"]["versionId"] == step.version


def places(progress):
    return {step.kind: step.reference for step in progress.steps}


@BOTH
def test_a_successor_withdraws_what_it_replaces(ehr, declared):
    first = places(Desk(ehr, plan(), declared).go())
    successor = plan(
        plan_id="plan-0002", replaces=first["CarePlan"], replaces_request=first["ServiceRequest"], active=False
    )
    assert Desk(ehr, successor, declared).go().complete
    assert sorted(p["status"] for p in ehr.search("CarePlan", {"patient": "bergstrom"})) == ["draft", "revoked"]
    assert sorted(p["status"] for p in ehr.search("ServiceRequest", {"patient": "bergstrom"})) == ["draft", "revoked"]


def test_a_conflict_leaves_nothing_behind(ehr):
    place = places(Desk(ehr, plan()).go())["CarePlan"]
    seen = ehr.read(*place.split("/"))
    ehr.update(seen | {"title": "changed by a colleague"})
    progress = Desk(ehr, plan(plan_id="plan-0002", replaces=place), previous=[seen]).go()
    assert progress.steps[-1].landing.value == "conflict"
    assert len(ehr.search("CarePlan", {"patient": "bergstrom"})) == 1
    assert len(ehr.search("Goal", {"patient": "bergstrom"})) == 3


def test_what_a_scope_does_not_cover_goes_another_way(client):
    ehr = Launched(client.launched(scope=READ_WRITE.replace("patient/ServiceRequest.crus ", "")))
    progress = Desk(ehr, plan()).go()
    assert [step.kind for step in progress.steps if step.rung.value != "create" and not step.carries] == [
        "ServiceRequest"
    ]
    assert ehr.search("CarePlan", {"patient": "bergstrom"})


def test_another_patients_plan_is_refused(ehr):
    other = moved(proposal("Patient/somebody-else", "Other"), CHART)
    Desk(ehr, replace(plan(), proposal=other)).go()
    assert not ehr.search("CarePlan", {"patient": "bergstrom"})
