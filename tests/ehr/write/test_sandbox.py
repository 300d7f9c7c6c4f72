"""The same writes into the sandbox EHR, through its token, scope, compartment and reference checks."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from launch.sandbox import SandboxConfig, create_sandbox
from launch.sandbox.signing import SigningKey
from smartapp.core.proposal import Role, Signer
from smartapp.ehr.write import write, write_in_order
from smartapp.errors import EhrConflict, EhrError, EhrForbidden
from tests.ehr.write.samples import KNOWLEDGE, moved, proposal, signed
from tests.ehr.write.wire import Wire
from tests.sandbox.client import READ_WRITE, Session, SmartClient

BASE = "http://localhost:8081/fhir"
CHART = {
    "Condition/f1": "Condition/bergstrom-problem-1",
    "Observation/dxa": "Observation/bergstrom-dxa-2",
    "Observation/vd": "Observation/bergstrom-lab-1",
}
BOTH = pytest.mark.parametrize("send", [write, write_in_order])


class Launched(Wire):
    """The client port over a launched session, in process."""

    def __init__(self, session: Session) -> None:
        super().__init__(BASE)
        self.session = session

    def _call(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, str, Any]:
        plain = {name.replace("-", "_"): value for name, value in headers.items() if name != "Content-Type"}
        answer = self.session.call(method, f"/{path}", body, **plain)
        return answer.status_code, answer.text, answer.json


@pytest.fixture(scope="module")
def key() -> SigningKey:
    return SigningKey.generate()


@pytest.fixture
def client(key: SigningKey) -> Iterator[SmartClient]:
    app = create_sandbox(SandboxConfig(today=date(2026, 3, 1), signing_key=key))
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
def test_a_plan_lands_once_however_often_it_is_signed(ehr, send):
    receipt = send(ehr, plan(), KNOWLEDGE, BASE)
    assert [line.state for line in receipt.artifacts] == ["written"] * 6
    assert [line.state for line in send(ehr, plan(), KNOWLEDGE, BASE).artifacts] == ["found"] * 6
    (stored,) = ehr.search("CarePlan", {"patient": "bergstrom"})
    (order,) = ehr.search("ServiceRequest", {"patient": "bergstrom"})
    assert order["basedOn"][0]["reference"] == f"CarePlan/{stored['id']}"
    assert stored["addresses"][0]["reference"] == "Condition/bergstrom-problem-1"
    assert len(ehr.search("Goal", {"patient": "bergstrom"})) == 3
    for line in receipt.artifacts:
        kind, _, id_ = line.reference.partition("/")
        assert ehr.read(kind, id_)["meta"]["versionId"] == line.version


@BOTH
def test_a_successor_withdraws_what_it_replaces(ehr, send):
    first = send(ehr, plan(), KNOWLEDGE, BASE)
    places = {line.kind: line.reference for line in first.artifacts}
    successor = plan(
        plan_id="plan-0002", replaces=places["CarePlan"], replaces_request=places["ServiceRequest"], active=False
    )
    receipt = send(ehr, successor, KNOWLEDGE, BASE)
    assert receipt.complete
    assert sorted(p["status"] for p in ehr.search("CarePlan", {"patient": "bergstrom"})) == ["draft", "revoked"]
    assert sorted(p["status"] for p in ehr.search("ServiceRequest", {"patient": "bergstrom"})) == ["draft", "revoked"]


def test_a_conflict_leaves_nothing_behind(ehr):
    first = write(ehr, plan(), KNOWLEDGE, BASE)
    place = next(line.reference for line in first.artifacts if line.kind == "CarePlan")
    seen = ehr.read(*place.split("/"))
    ehr.update(seen | {"title": "changed by a colleague"})
    with pytest.raises(EhrConflict):
        write(ehr, plan(plan_id="plan-0002", replaces=place), KNOWLEDGE, BASE, previous=[seen])
    assert len(ehr.search("CarePlan", {"patient": "bergstrom"})) == 1
    assert len(ehr.search("Goal", {"patient": "bergstrom"})) == 3


def test_a_missing_scope_refuses_the_whole_or_stops_in_order(client):
    ehr = Launched(client.launched(scope=READ_WRITE.replace("patient/ServiceRequest.crus ", "")))
    with pytest.raises(EhrForbidden):
        write(ehr, plan(), KNOWLEDGE, BASE)
    assert not ehr.search("CarePlan", {"patient": "bergstrom"})


def test_another_patients_plan_is_refused(ehr):
    other = moved(proposal("Patient/somebody-else", "Other"), CHART)
    with pytest.raises(EhrError):
        write(ehr, replace(plan(), proposal=other), KNOWLEDGE, BASE)
    assert not ehr.search("CarePlan", {"patient": "bergstrom"})
