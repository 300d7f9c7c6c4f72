"""Everything we write fits US Core 6.1.0 and 8.0.0, and R4 core beneath them, by definitions we did not write."""

from copy import deepcopy

import pytest

from smartapp.fhir.build import build, proposal_bundle
from smartapp.fhir.invariants import MANDATORY, REQUIRED
from tests.ehr.deliver.profile_check import Definitions, check
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, proposal, signed, with_results

pytestmark = pytest.mark.shared
CORE = "hl7.fhir.r4.core-4.0.1.tgz"
US_CORE = ["hl7.fhir.us.core-6.1.0.tgz", "hl7.fhir.us.core-8.0.0.tgz"]
ASSESS_PLAN = {"system": "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "code": "assess-plan"}
OLD = {
    "resourceType": "CarePlan", "id": "old", "status": "active", "intent": "plan",
    "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">old</div>'},
    "subject": {"reference": "Patient/p1"}, "category": [{"coding": [ASSESS_PLAN]}],
}  # fmt: skip
BUNDLES = {
    "active": lambda: build(signed(), KNOWLEDGE, BASE, "https://loadpath.example", encounter="Encounter/e1"),
    "draft": lambda: build(signed(active=False), KNOWLEDGE, BASE),
    "successor": lambda: build(signed(replaces="CarePlan/old"), KNOWLEDGE, BASE, previous=[OLD]),
    "proposal": lambda: proposal_bundle(proposal(), KNOWLEDGE),
    "results": lambda: build(signed(proposal=with_results(proposal())), KNOWLEDGE, BASE),
}
_LOADED = {}


@pytest.fixture(params=US_CORE)
def definitions(request, shared):
    packages = shared / "fhir-packages"
    if not (packages / CORE).is_file():
        pytest.skip("FHIR definitions absent: set LOADPATH_SHARED to the folder that holds fhir-packages")
    if request.param not in _LOADED:
        _LOADED[request.param] = Definitions(packages / request.param, packages / CORE)
    return _LOADED[request.param]


US_CORE_NAMES = {"Observation": "us-core-observation-clinical-result"}


def profile(resource):
    kind = resource["resourceType"]
    named = resource["meta"]["profile"] if kind == "Observation" else [f"us-core-{kind.lower()}"]
    return named[0].rpartition("/")[2]


@pytest.mark.parametrize("name", BUNDLES)
def test_what_we_write_fits(definitions, name):
    bundle = BUNDLES[name]()
    assert check(definitions, {k: v for k, v in bundle.items() if k != "entry"}, "Bundle") == []
    for entry in bundle["entry"]:
        resource = entry["resource"]
        assert check(definitions, resource, profile(resource)) == []
        assert check(definitions, resource, resource["resourceType"]) == []


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("CarePlan", lambda r: r["text"].pop("status")),
        ("CarePlan", lambda r: r.pop("category")),
        ("CarePlan", lambda r: r.update(status="signed")),
        ("CarePlan", lambda r: r.update(intention="plan")),
        ("CarePlan", lambda r: r["activity"][1]["detail"].update(kind="Exercise")),
        ("CarePlan", lambda r: r["period"].update(start="1 March 2026")),
        ("CarePlan", lambda r: r.update(title=["two", "titles"])),
        ("Goal", lambda r: r.pop("description")),
        ("Goal", lambda r: r["target"][0]["detailQuantity"].update(comparator="at most")),
        ("ServiceRequest", lambda r: r.pop("code")),
        ("ServiceRequest", lambda r: r.update(priority="soon")),
        ("ServiceRequest", lambda r: r["occurrenceTiming"]["repeat"].update(dayOfWeek=["Monday"])),
        ("Provenance", lambda r: r.update(agent=[])),
        ("Provenance", lambda r: r["entity"][0].update(role="basis")),
        ("Provenance", lambda r: r.update(recorded="2026-03-01")),
    ],
)
def test_the_checker_finds_what_is_wrong(definitions, kind, change):
    bundle = deepcopy(BUNDLES["active"]())
    resource = next(e["resource"] for e in bundle["entry"] if e["resource"]["resourceType"] == kind)
    change(resource)
    assert check(definitions, resource, profile(resource))


VALUE_SETS = {
    ("CarePlan", "status"): "request-status",
    ("CarePlan", "intent"): "care-plan-intent",
    ("CarePlan", "text.status"): "us-core-narrative-status",
    ("CarePlan", "activity.*.detail.status"): "care-plan-activity-status",
    ("CarePlan", "activity.*.detail.kind"): "care-plan-activity-kind",
    ("Goal", "lifecycleStatus"): "goal-status",
    ("Goal", "target.*.detailQuantity.comparator"): "quantity-comparator",
    ("ServiceRequest", "status"): "request-status",
    ("ServiceRequest", "intent"): "request-intent",
    ("ServiceRequest", "priority"): "request-priority",
    ("Task", "status"): "task-status",
    ("Task", "intent"): "task-intent",
    ("Task", "priority"): "request-priority",
    ("Observation", "status"): "observation-status",
    ("DocumentReference", "status"): "document-reference-status",
    ("DocumentReference", "docStatus"): "composition-status",
    ("DocumentReference", "relatesTo.*.code"): "document-relationship-type",
    ("Communication", "status"): "event-status",
    ("QuestionnaireResponse", "status"): "questionnaire-answers-status",
    ("Provenance", "entity.*.role"): "provenance-entity-role",
}


def test_our_table_of_required_codes_is_the_published_one(definitions):
    assert set(VALUE_SETS) == {(kind, path) for kind, paths in REQUIRED.items() for path in paths}
    for (kind, path), value_set in VALUE_SETS.items():
        published = definitions.codes(f"http://hl7.org/fhir/ValueSet/{value_set}")
        assert {code for _, code in published} == REQUIRED[kind][path], (kind, path)


def test_our_table_of_mandatory_elements_is_the_published_one(definitions):
    for kind in MANDATORY.keys() - {
        "Task",
        "Communication",
    }:  # US Core has none; R4 asks for less than is needed
        paths = MANDATORY[kind]
        snapshot = definitions.snapshot(US_CORE_NAMES.get(kind, f"us-core-{kind.lower()}"))
        named = {f"{kind}.{path}" for path in paths}
        top = {id_ for id_, e in snapshot.items() if e["min"] and id_.count(".") == 1 and ":" not in id_}
        assert top <= named
        assert all(snapshot[id_]["min"] for id_ in named)
