"""Results of tests entered at the review, as Observations: what they say, who names them, how they go."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.review.results import EnteredResult, with_entered_results
from smartapp.ehr.deliver.choices import Retraction, retraction_items, take_fallback
from smartapp.ehr.deliver.methods import SiteSettings, WriteMethod, choose_methods
from smartapp.ehr.deliver.plan import artifacts_of, first_items
from smartapp.ehr.deliver.receipt import rows_of
from smartapp.ehr.launch.scopes import Grants
from smartapp.fhir.build import build, faults, proposal_bundle
from smartapp.fhir.build.observations import PROFILES
from smartapp.fhir.read import read_chart
from tests.core.charts import chart
from tests.ehr.deliver.engine import KINDS, Desk, capabilities
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, signed
from tests.storing_ehr import StoringEhr

TODAY, ON = date(2026, 3, 1), date(2026, 2, 27)
FACTS = ("man of 68", "osteopenia", "L2 fracture on 2025-10-12, routine healing")
TESTS = {test.id: test for test in KNOWLEDGE.library.tests.values() if test.can_be_entered}
ANN = "Dr. Ann Reed"


def proposed(*entered):
    results = [EnteredResult(test, test, Decimal(value), ON, ANN, TODAY) for test, value in entered]
    found, held = with_entered_results(chart(FACTS, TODAY), results, TODAY, KNOWLEDGE)
    assert not held
    proposal = plan(derive(found, TODAY, KNOWLEDGE), KNOWLEDGE)
    patient = replace(found.patient, reference="Patient/p1", name="Alex Example")
    now = replace(proposal.assessment, chart=replace(found, patient=patient))
    return replace(proposal, assessment=now)


def signed_with(*entered, active=True):
    made = signed(proposal=proposed(*entered))
    return replace(made, decisions=(), active=active)


def of(bundle, kind):
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


@pytest.mark.parametrize("test", TESTS.values(), ids=list(TESTS))
def test_each_result_is_read_back_as_what_was_entered(test):
    low, high = test.between
    value = low + (high - low) / 4
    value = value.to_integral_value() if test.whole else value
    (made,) = of(build(signed_with((test.id, value)), KNOWLEDGE, BASE), "Observation")
    assert made["meta"]["profile"][0] in PROFILES.values()
    again = read_chart([{"resourceType": "Patient", "id": "p1"}, {**made, "id": "r"}], KNOWLEDGE, "p1")
    (measured,) = (m for m in again.measurements if m.quantity is test.quantity)
    assert (measured.value, str(measured.when)) == (value, ON.isoformat())
    assert not again.unreadable


def test_it_says_what_was_said_and_nothing_else():
    whole = signed_with(("tug", "15.2"), ("nrs", "5"))
    pain, tug = of(build(whole, KNOWLEDGE, BASE, encounter="Encounter/e1"), "Observation")
    assert (tug["category"][0]["coding"][0]["code"], pain["category"][0]["coding"][0]["code"]) == ("exam", "survey")
    assert tug["performer"][0]["reference"] == whole.signer.reference
    assert (tug["status"], tug["effectiveDateTime"]) == ("final", "2026-02-27")
    assert tug["valueQuantity"] == {"value": 15.2, "unit": "s", "system": "http://unitsofmeasure.org", "code": "s"}
    assert tug["note"][0]["text"] == f"Entered by {ANN}, 2026-03-01."
    assert not {"basedOn", "encounter", "device", "partOf"} & tug.keys()


def test_plan_goal_and_order_name_it_as_what_they_rest_on():
    bundle = build(signed_with(("tug", "15.2"), ("height", "171")), KNOWLEDGE, BASE)
    urls = {e["resource"]["code"]["text"]: e["fullUrl"] for e in bundle["entry"] if "valueQuantity" in e["resource"]}
    named = {link["reference"] for link in of(bundle, "CarePlan")[0]["supportingInfo"]}
    assert named == set(urls.values())
    assert named <= {link["reference"] for link in of(bundle, "ServiceRequest")[0]["supportingInfo"]}
    assert named <= {target["reference"] for target in of(bundle, "Provenance")[0]["target"]}
    goals = {g["id"] if "id" in g else g["description"]["text"]: g for g in of(bundle, "Goal")}
    tied = [text for text, goal in goals.items() if urls["Timed Up and Go, 3 m"] in str(goal["addresses"])]
    assert len(tied) == 1 and "11.9" in tied[0]
    assert not any(urls["Height, same device"] in str(goal["addresses"]) for goal in goals.values())
    assert not faults(bundle)


def test_a_draft_or_a_proposal_writes_none():
    draft = signed_with(("tug", "15.2"), active=False)
    assert not of(build(draft, KNOWLEDGE, BASE), "Observation")
    assert not of(proposal_bundle(draft.proposal, KNOWLEDGE), "Observation")
    assert "Observation" not in artifacts_of(draft.proposal, active=False)
    assert "Observation" not in artifacts_of(proposed(), active=True)
    assert "Observation" in artifacts_of(draft.proposal, active=True)


def desk(ehr, **declared):
    whole = signed_with(("tug", "15.2"))
    return Desk(ehr, whole, declared=capabilities(**declared), artifacts=artifacts_of(whole.proposal, active=True))


ALL = (*KINDS, "Observation")


@pytest.mark.parametrize("transaction", [True, False], ids=["in one step", "one by one"])
def test_it_goes_with_the_plan_exactly_once_and_the_goal_points_at_its_place(transaction):
    ehr = StoringEhr()
    work = desk(ehr, transaction=transaction, kinds=ALL)
    assert work.go().complete and work.go(after=3600).complete
    (there,) = ehr.of("Observation")
    place = f"Observation/{there['id']}"
    assert place in {link.get("reference") for link in ehr.of("CarePlan")[0]["supportingInfo"]}
    assert sum(place in str(goal["addresses"]) for goal in ehr.of("Goal")) == 1


def test_where_none_may_be_made_it_goes_as_other_artifacts_do():
    without = capabilities(kinds=KINDS)
    everything, note = Grants("patient/*.cruds"), "does not let apps create Observation"
    (line,) = (p for p in choose_methods(without, everything, SiteSettings(), WITH) if p.artifact == "Observation")
    assert line.method is WriteMethod.NOTE and note in line.reason
    grants = Grants("patient/CarePlan.c patient/Observation.rs")
    (line,) = (p for p in choose_methods(capabilities(kinds=ALL), grants, SiteSettings(), WITH)
               if p.artifact == "Observation")  # fmt: skip
    assert line.method is WriteMethod.COPY and "did not grant" in line.reason and not line.in_chart
    progress = desk(StoringEhr(), kinds=KINDS).go()
    (row,) = (row for row in rows_of(progress.items) if row.kind == "Observation")
    assert row.title == "Timed Up and Go, 3 m: 15.2 s"
    assert row.reference.startswith("DocumentReference/")


WITH = ("Goal", "CarePlan", "ServiceRequest", "Observation", "Provenance")


def test_a_refused_result_does_not_hold_up_a_plan_that_goes_as_a_note():
    """An EHR may take vital signs alone."""
    ehr = StoringEhr(faults={2: "422"})
    work = desk(ehr, kinds=("DocumentReference", "Observation"))
    progress = work.go()
    assert {i.kind: i.status.value for i in progress.items}["CarePlan"] == "written"
    assert {i.kind: i.status.value for i in progress.items}["Observation"] == "failed"
    assert work.press(take_fallback).complete


def test_what_a_note_holds_goes_another_way_when_the_note_is_refused_for_what_is_in_it():
    """An EHR may ask for what ours lacks: a category, an extension, an encounter."""
    work = desk(StoringEhr(faults={1: "422"}), kinds=("DocumentReference",))
    refused = {i.kind: i.status.value for i in work.go().items}
    assert refused["DocumentReference"] == "failed" and refused["CarePlan"] == "waiting"
    after = {i.kind: (i.method.value, i.status.value) for i in work.press(take_fallback).items}
    assert after["DocumentReference"] == ("note", "dropped")
    assert after["CarePlan"] == after["ServiceRequest"] == ("copy", "manual")


def test_taking_the_plan_back_takes_the_result_back():
    ehr = StoringEhr()
    work = desk(ehr, kinds=ALL)
    progress = work.go()
    back = Retraction(work.plan.plan_id, work.plan.signer, work.plan.signed_at, "Wrong patient")
    items = retraction_items(ehr, BASE, back, progress.items, work.write_plan)
    (result,) = (item for item in items if item.kind == "Observation")
    assert result.entry["resource"]["status"] == "entered-in-error"


def test_positions_of_a_plan_are_each_its_own():
    whole = signed_with(*((test.id, test.between[0]) for test in TESTS.values() if test.id not in ("nrs",)))
    for kinds in (ALL, ("DocumentReference", "Observation")):
        work = Desk(StoringEhr(), whole, declared=capabilities(kinds=kinds),
                    artifacts=artifacts_of(whole.proposal, active=True))  # fmt: skip
        items = first_items(build(whole, KNOWLEDGE, BASE), whole, work.write_plan)
        assert len({item.position for item in items}) == len(items)
        assert items[-1].kind == "Provenance"
