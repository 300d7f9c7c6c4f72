"""Whose identifiers stand in a chart: the site's own, and what stands under earlier ones is still ours."""

import json
from dataclasses import replace

from smartapp.ehr.deliver.find import open_tasks
from smartapp.ehr.deliver.methods import read_site
from smartapp.ehr.deliver.retract import Retraction, retraction_steps
from smartapp.ehr.deliver.writing import Writing, first_steps, writing_for
from smartapp.fhir.build import build, proposal_bundle
from smartapp.fhir.build.identifiers import business_identifier
from smartapp.fhir.read import read_chart
from smartapp.fhir.systems import EXAMPLE, Systems, systems_in
from smartapp.fhir.walk import elements
from tests.ehr.deliver.engine import EVERYTHING, Desk, capabilities
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, proposal, signed
from tests.storing_ehr import StoringEhr, holding

OURS = Systems("https://hospital.example/rehabilitation", ("https://before.example",))
PATIENT = {"resourceType": "Patient", "id": "p1"}


def example_named(value):
    """Identifiers and tags under the example; canonical addresses of profiles, rules and codes are no identifiers."""
    held = [e for name, e in elements(value) if isinstance(e, dict) and name in ("identifier", "tag")]
    return [element for element in held if element.get("system", "").startswith(EXAMPLE.base)]


def test_nothing_that_is_written_bears_the_identifiers_of_the_example():
    bundle = build(signed(), KNOWLEDGE, BASE, with_task=True, systems=OURS)
    assert not example_named(bundle)
    assert "https://hospital.example/rehabilitation/plan|plan-0001" in json.dumps(bundle)
    assert not example_named(proposal_bundle(proposal(), KNOWLEDGE, OURS))
    for kinds in (("DocumentReference", "Provenance"), ("Communication",)):
        writing = writing_for(capabilities(kinds=kinds), EVERYTHING, read_site({}), systems=OURS)
        steps = first_steps(build(signed(), KNOWLEDGE, BASE, systems=OURS), signed(), writing)
        assert not example_named([step.entry for step in steps])
        assert Writing.from_json(json.loads(json.dumps(writing.to_json()))) == writing


def test_what_was_kept_before_there_was_a_setting_is_the_example():
    kept = writing_for(capabilities(), EVERYTHING, read_site({})).to_json()
    del kept["systems"]
    assert Writing.from_json(kept).systems == EXAMPLE


def test_taking_back_names_the_site_as_well():
    ehr = StoringEhr()
    desk = Desk(ehr)
    progress, plan = desk.go(), signed()
    writing = replace(desk.writing, systems=OURS)
    steps = retraction_steps(
        ehr, BASE, Retraction("plan-0001", plan.signer, plan.signed_at, "x"), progress.steps, writing
    )
    assert steps[-1].kind == "Provenance"
    assert not example_named(steps[-1].entry)


def plan_under(base, **changes):
    system = f"{base}/plan"
    return {
        "resourceType": "CarePlan", "id": "c1", "status": "active", "intent": "plan",
        "subject": {"reference": "Patient/p1"}, "identifier": [{"system": system, "value": "plan-1"}], **changes,
    }  # fmt: skip


def test_plans_under_earlier_systems_are_still_ours():
    for base in (*OURS.to_json(), EXAMPLE.base):
        (found,) = read_chart([PATIENT, plan_under(base)], KNOWLEDGE, systems=OURS).plans
        assert found.identifier == "plan-1"
        assert business_identifier(plan_under(base), OURS) == "plan-1"
    assert not read_chart([PATIENT, plan_under("https://other.example")], KNOWLEDGE, systems=OURS).plans


def test_tasks_of_plans_under_earlier_systems_are_found():
    order = plan_under("https://before.example") | {"resourceType": "ServiceRequest"}
    task = {
        "resourceType": "Task", "id": "t1",
        "identifier": [{"system": "https://before.example/plan", "value": "plan-1.task"}],
    }  # fmt: skip
    ehr = holding(task)
    ehr.search = lambda kind, params: (
        [task] if "https://before.example/plan|plan-1.task" in params["identifier"] else []
    )
    assert open_tasks(ehr, [order], OURS) == [task]


def test_a_write_begun_before_the_setting_changed_is_found_by_its_own_system():
    """What is kept of it names its identifier whole: the steps ask no setting."""
    ehr = StoringEhr()
    Desk(ehr).go()
    assert {step.mark.partition("|")[0] for step in Desk(ehr).go().steps} == {EXAMPLE.plan}


def test_the_command_line_needs_no_other_setting():
    assert systems_in({}) == EXAMPLE
    assert systems_in({"SMARTAPP_IDENTIFIER_BASE": "https://a.example/"}).plan == "https://a.example/plan"
