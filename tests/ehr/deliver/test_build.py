"""What is written of a signed plan, resource by resource."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from fhir.resources.R4B import get_fhir_model_class

from smartapp.core.assessment import Alert, Constraint
from smartapp.core.chart import ActivityOrder, ImagingReport, Source
from smartapp.core.kinds import OrderKind
from smartapp.core.plan.activities import fill
from smartapp.core.program import OutcomeMeasure
from smartapp.core.proposal import Activity, Role, Signer
from smartapp.core.states import Severity
from smartapp.errors import NotPermitted, ReviewError
from smartapp.fhir.build import build, check_bundle, proposal_bundle
from smartapp.fhir.build.bundle import goal_ids
from smartapp.fhir.build.codings import ALERT, MOVEMENT, NEEDED
from smartapp.fhir.systems import EXAMPLE
from tests.ehr.deliver.engine import Desk
from tests.ehr.deliver.samples import BASE, KNOWLEDGE, WHY, activities, proposal, signed
from tests.storing_ehr import holding


@pytest.fixture(scope="module")
def bundle():
    return build(signed(), KNOWLEDGE, BASE, "https://loadpath.example")


def resources(bundle, kind):
    return [entry["resource"] for entry in bundle["entry"] if entry["resource"]["resourceType"] == kind]


def one(bundle, kind):
    (found,) = resources(bundle, kind)
    return found


def detail(bundle, id_):
    return next(a["detail"] for a in one(bundle, "CarePlan")["activity"] if a.get("id") == id_)


def test_every_resource_is_valid_r4b_and_the_bundle_too(bundle):
    get_fhir_model_class("Bundle").model_validate(json.loads(json.dumps(bundle)))
    for entry in bundle["entry"]:
        get_fhir_model_class(entry["resource"]["resourceType"]).model_validate(entry["resource"])


def test_kinds_written(bundle):
    assert [e["resource"]["resourceType"] for e in bundle["entry"]] == ["Goal"] * 3 + [
        "CarePlan",
        "ServiceRequest",
        "Provenance",
    ]


def test_every_entry_is_a_conditional_create_on_our_identifier(bundle):
    for entry in bundle["entry"]:
        assert entry["request"]["method"] == "POST"
        name = "_tag" if entry["resource"]["resourceType"] == "Provenance" else "identifier"
        assert entry["request"]["ifNoneExist"].startswith(f"{name}={EXAMPLE.plan}|plan-0001")
    assert len({entry["request"]["ifNoneExist"] for entry in bundle["entry"]}) == len(bundle["entry"])


def test_same_plan_gives_the_same_bundle(bundle):
    assert build(signed(), KNOWLEDGE, BASE, "https://loadpath.example") == bundle


def test_no_identifier_or_temporary_id_holds_anything_of_the_patient(bundle):
    for entry in bundle["entry"]:
        resource = entry["resource"]
        marks = [
            entry["fullUrl"],
            entry["request"]["ifNoneExist"],
            *(i["value"] for i in resource.get("identifier", [])),
        ]
        assert not any(word in mark for mark in marks for word in ("p1", "Alex", "Example"))


def test_care_plan(bundle):
    plan = one(bundle, "CarePlan")
    request = next(e for e in bundle["entry"] if e["resource"]["resourceType"] == "ServiceRequest")
    assert (plan["status"], plan["intent"]) == ("active", "plan")
    codes = [coding["code"] for category in plan["category"] for coding in category["coding"]]
    assert codes == ["assess-plan", "734163000", "773513001", "initial"]
    assert plan["subject"]["reference"] == "Patient/p1"
    assert plan["period"] == {"start": "2026-03-01", "end": "2027-03-01"}
    assert plan["author"]["reference"] == "Practitioner/d1"
    assert [a["reference"] for a in plan["addresses"]] == ["Condition/f1"]
    assert [g["reference"] for g in plan["goal"]] == [e["fullUrl"] for e in bundle["entry"][:3]]
    assert plan["activity"][0] == {
        "reference": {"reference": request["fullUrl"], "type": "ServiceRequest", "display": "Physical therapy referral"}
    }
    assert plan["instantiatesUri"][0].endswith("/0123456789ab")
    assert "Hinge" not in plan["title"]


def test_movements_to_avoid_come_last_and_say_so(bundle):
    details = [a["detail"] for a in one(bundle, "CarePlan")["activity"] if "detail" in a]
    forbidden = [d["doNotPerform"] for d in details]
    assert forbidden == sorted(forbidden) and any(forbidden)
    assert all(d["description"].startswith("AVOID:") for d in details if d["doNotPerform"])


def test_what_waits_is_no_line_and_is_told(bundle):
    plan = one(bundle, "CarePlan")
    assert "E15" not in json.dumps(plan["activity"]) and "Prone lying" not in json.dumps(plan["activity"])
    assert "Not yet: Prone lying. Prone work is blocked until 42 days." in [note["text"] for note in plan["note"]]


def test_what_is_forbidden_is_not_negated_twice():
    avoid = replace(proposal(), activities=tuple(replace(a, concept="exercise-avoidance") for a in activities()))
    bundle = build(signed(proposal=avoid), KNOWLEDGE, BASE)
    assert KNOWLEDGE.codes.codings("exercise-avoidance")
    movement = {"system": MOVEMENT, "code": "R1", "display": "Forward bending of the spine"}
    assert detail(bundle, "DN1")["code"] == {"text": "Bending the spine forward"}
    assert detail(bundle, "DN1")["reasonCode"] == [{"coding": [movement]}]


def test_advice_names_the_alert_that_brought_it():
    """Of the rows of one id, the alert of the one whose words stand in the plan; none where none was raised."""
    row = next(row for row in KNOWLEDGE.library.advice if row.when.alert == "vitd-stale")
    advice = Activity(row.id, row.kind, row.title, "As edited.", "", replace(WHY, text=fill(row.text, KNOWLEDGE)))
    stale = Alert("vitd-stale", Severity.REVIEW, "Stale.", WHY)
    for alerts, codes in (((stale,), ["vitd-stale"]), ((), [])):
        plan = replace(proposal(), activities=(*activities(), advice))
        plan = replace(plan, assessment=replace(plan.assessment, alerts=alerts))
        said = detail(build(signed(proposal=plan), KNOWLEDGE, BASE), "tests").get("reasonCode", ())
        assert [coding["code"] for reason in said for coding in reason["coding"]] == codes
        assert all(coding["system"] == ALERT for reason in said for coding in reason["coding"])
    assert "reasonCode" not in detail(build(signed(), KNOWLEDGE, BASE), "block-X")


def test_every_output_concept_the_resources_need_is_in_the_code_table():
    assert all(KNOWLEDGE.codes.codings(concept) for concept in NEEDED)


def test_activity_details(bundle):
    exercise = detail(bundle, "block-X")
    assert exercise["kind"] == "ServiceRequest"
    assert exercise["instantiatesUri"] == ["https://loadpath.example/fhir/exercise/E01"]
    assert exercise["doNotPerform"] is False
    assert exercise["reasonReference"][0]["reference"] == "Condition/f1"
    assert "2x8, hold 3-5 s" in exercise["description"]
    assert detail(bundle, "program")["scheduledTiming"]["repeat"]["frequencyMax"] == 3
    assert detail(bundle, "nutrition")["kind"] == "NutritionOrder"
    assert detail(bundle, "education")["kind"] == "CommunicationRequest"


def test_notes_hold_cautions_edits_session_and_basis(bundle):
    notes = " | ".join(n["text"] for n in one(bundle, "CarePlan")["note"])
    for words in (
        "Phase initial (by time since fracture intermediate)",
        "Stability is not confirmed.",
        "Knee pain",
        "60 min",
        "S01, S04",
    ):
        assert words in notes


def test_limits_of_the_patient_stand_before_the_alerts():
    limit = Constraint("WP16", "Neck operation", "No load through the arms.", "Eyes level.", ("E17",), (), WHY)
    made = signed()
    assessment = replace(made.proposal.assessment, constraints=(limit,))
    plan = replace(made, proposal=replace(made.proposal, assessment=assessment))
    notes = [note["text"] for note in one(build(plan, KNOWLEDGE, BASE, "https://loadpath.example"), "CarePlan")["note"]]
    assert notes.index("Limit: Neck operation. No load through the arms.") == 1
    assert notes[0].startswith("Phase ") and notes[2].startswith("Stability is not confirmed.")


def test_narrative_tells_the_restrictions(bundle):
    div = one(bundle, "CarePlan")["text"]["div"]
    assert "To avoid" in div
    assert "AVOID: Spinal flexion" in div
    assert one(bundle, "CarePlan")["text"]["status"] == "additional"


def test_service_request(bundle):
    order = one(bundle, "ServiceRequest")
    plan = next(e for e in bundle["entry"] if e["resource"]["resourceType"] == "CarePlan")["fullUrl"]
    assert (order["status"], order["intent"], order["priority"]) == ("active", "order", "routine")
    codes = [coding["code"] for coding in order["code"]["coding"]]
    assert codes[0] == "91251008"
    assert "183561008" not in json.dumps(order)
    assert [c["coding"][0]["code"] for c in order["category"]] == ["386053000", "91251008"]
    assert order["basedOn"][0]["reference"] == plan
    assert [s["reference"] for s in order["supportingInfo"]] == [plan, "Observation/dxa", "Observation/vd"]
    assert order["occurrenceTiming"]["repeat"] == {
        "boundsPeriod": {"start": "2026-03-01", "end": "2026-05-30"}, "count": 21,
        "frequency": 1, "frequencyMax": 2, "period": 1, "periodUnit": "wk",
        "duration": 30, "durationMax": 60, "durationUnit": "min", "dayOfWeek": ["mon", "thu"],
    }  # fmt: skip
    visits = {"value": 21, "unit": "visits", "system": "http://unitsofmeasure.org", "code": "{visits}"}
    assert order["quantityQuantity"] == visits
    first, behind = (note["text"] for note in order["note"])
    assert first.startswith("Asked: evaluate and treat.")
    assert first.index("Program today:") < first.index("Back and core: ") < first.index("AVOID: Spinal flexion")
    assert "Not yet: Prone lying. Prone work is blocked until 42 days." in first
    assert behind.startswith("Compression fracture of the lumbar spine with osteopenia")
    assert "Goal: Pain at most 3 of 10, by 2026-06-01." in behind
    assert "Ordered by Dr Dana Example: ask there." in behind
    assert order["requester"]["reference"] == "Practitioner/d1"


def test_the_order_of_somebody_else_is_the_first_sentence_of_the_order():
    quoted = ActivityOrder(Source("ServiceRequest/o"), OrderKind.BED_REST, "Bed rest until seen", given=None)
    limit = Constraint(
        "NS9", "Order", "Somebody ordered it.", "", (), (), replace(WHY, sources=(quoted.source,)), rows=("NS9",)
    )
    made = signed()
    chart = replace(made.proposal.assessment.chart, orders=(quoted,))
    now = replace(made.proposal.assessment, chart=chart, constraints=(limit,))
    bundle = build(replace(made, proposal=replace(made.proposal, assessment=now)), KNOWLEDGE, BASE)
    first = one(bundle, "ServiceRequest")["note"][0]["text"]
    assert first.startswith("Ordered: “Bed rest until seen”")
    assert first.count("Bed rest until seen") == 1
    assert one(bundle, "CarePlan")["note"][0]["text"] == first.split("\n")[0]


def test_reports_tests_and_a_brace_are_named_behind_the_order():
    made = signed()
    report = ImagingReport(Source("DiagnosticReport/x"), None, spine=True)
    brace = ActivityOrder(Source("DeviceRequest/b"), OrderKind.BRACE, "TLSO")
    tug = OutcomeMeasure(
        "tug", "", "Timed up and go", Decimal("15.2"), "s", date(2026, 2, 20), source="Observation/tug"
    )
    chart = replace(made.proposal.assessment.chart, orders=(brace,), reports=(report,))
    plan = replace(made.proposal, assessment=replace(made.proposal.assessment, chart=chart), measures=(tug,))
    order = one(build(replace(made, proposal=plan), KNOWLEDGE, BASE), "ServiceRequest")
    behind = {"DiagnosticReport/x", "DeviceRequest/b", "Observation/tug"}
    assert behind <= {each["reference"] for each in order["supportingInfo"]}
    assert "Test: Timed up and go: 15.2 s, 2026-02-20" in order["note"][1]["text"]


def test_an_edit_of_what_to_avoid_is_written(bundle):
    edited = replace(
        proposal().activity("R1"), description="AVOID: fast bending with a load. Instead: hinge.", original="R1"
    )
    others = tuple(edited if a.id == "R1" else a for a in activities())
    made = build(signed(proposal=replace(proposal(), activities=others)), KNOWLEDGE, BASE)
    assert detail(made, "DN1")["description"] == "AVOID: fast bending with a load. Instead: hinge."
    assert detail(made, "DN1")["scheduledPeriod"] == {"start": "2026-03-01"}


def test_goals(bundle):
    pain, vitamin_d, fracture = resources(bundle, "Goal")
    assert pain["lifecycleStatus"] == "active"
    assert pain["target"][0]["detailQuantity"] == {
        "value": 3, "comparator": "<=", "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}",
    }  # fmt: skip
    assert vitamin_d["target"][0]["detailRange"]["high"]["value"] == 50.5
    assert "target" not in fracture
    assert pain["category"][0]["coding"][0]["code"] == "physiotherapy"


def test_provenance(bundle):
    provenance = one(bundle, "Provenance")
    assert [t["reference"] for t in provenance["target"]] == [e["fullUrl"] for e in bundle["entry"][:5]]
    author, assembler = provenance["agent"]
    assert author["who"]["reference"] == "Practitioner/d1"
    assert "knowledge 0123456789ab" in assembler["who"]["display"]
    sources = [e["what"].get("reference") for e in provenance["entity"] if e["role"] == "source"]
    assert sources[:3] == ["Condition/f1", "Observation/dxa", "Observation/vd"]
    assert any("stable" in e["what"].get("display", "") for e in provenance["entity"])
    assert "signature" not in provenance
    assert provenance["recorded"] == "2026-03-01T15:04:05Z"


def test_a_draft_stays_a_draft():
    bundle = build(signed(active=False), KNOWLEDGE, BASE)
    assert one(bundle, "CarePlan")["status"] == "draft"
    assert (one(bundle, "ServiceRequest")["status"], one(bundle, "ServiceRequest")["intent"]) == ("draft", "plan")
    assert resources(bundle, "Goal")[0]["lifecycleStatus"] == "proposed"


def test_only_a_signer_makes_it_active():
    drafter = Signer("Practitioner/d2", "Resident", Role.DRAFTER)
    with pytest.raises(NotPermitted):
        build(signed(signer=drafter), KNOWLEDGE, BASE)
    assert build(signed(signer=drafter, active=False), KNOWLEDGE, BASE)["entry"]
    with pytest.raises(NotPermitted):
        build(signed(signer=Signer("", "", Role.COORDINATOR), active=False), KNOWLEDGE, BASE)


def test_a_signer_without_reference_is_named_in_words():
    bundle = build(signed(signer=Signer("", "Dr No Link", Role.SIGNER)), KNOWLEDGE, BASE)
    assert one(bundle, "CarePlan")["author"] == {"display": "Dr No Link"}


def test_encounter_and_organization_of_the_launch():
    bundle = build(signed(), KNOWLEDGE, BASE, encounter="Encounter/e1", organization="Organization/o1")
    assert one(bundle, "ServiceRequest")["encounter"]["reference"] == "Encounter/e1"
    assert one(bundle, "Provenance")["agent"][0]["onBehalfOf"]["reference"] == "Organization/o1"


def test_unsigned_proposal_is_all_draft_without_provenance():
    bundle = proposal_bundle(proposal(), KNOWLEDGE)
    assert not resources(bundle, "Provenance")
    assert (one(bundle, "CarePlan")["status"], one(bundle, "CarePlan")["intent"]) == ("draft", "proposal")
    assert (one(bundle, "ServiceRequest")["status"], one(bundle, "ServiceRequest")["intent"]) == ("draft", "proposal")
    assert proposal_bundle(proposal(), KNOWLEDGE) == bundle


def test_a_chart_that_leads_nowhere_writes_nothing():
    nothing = replace(proposal(), activities=(), goals=(), session=(), referral=None)
    assert proposal_bundle(nothing, KNOWLEDGE) == {"resourceType": "Bundle", "type": "transaction"}
    with pytest.raises(ReviewError):
        build(signed(proposal=nothing), KNOWLEDGE, BASE)


def test_a_patient_known_only_inside_the_file_may_be_proposed_for():
    urn = "urn:uuid:5cbc121b-cd71-4428-b8b7-31e53eba8184"
    bundle = proposal_bundle(proposal(patient=urn), KNOWLEDGE)
    assert one(bundle, "CarePlan")["subject"]["reference"] == urn


OLD_PLAN = {
    "resourceType": "CarePlan", "id": "old", "meta": {"versionId": "4"}, "status": "active", "intent": "plan",
    "subject": {"reference": "Patient/p1"}, "extension": [{"url": "https://vendor.example/x", "valueString": "kept"}],
}  # fmt: skip


def test_a_successor_names_and_withdraws_its_predecessor():
    successor = signed(replaces="CarePlan/old", replaces_request="ServiceRequest/old")
    bundle = build(successor, KNOWLEDGE, BASE, previous=[OLD_PLAN])
    new, old = resources(bundle, "CarePlan")
    assert new["replaces"] == [{"reference": "CarePlan/old", "type": "CarePlan"}]
    assert one(bundle, "ServiceRequest")["replaces"][0]["reference"] == "ServiceRequest/old"
    assert old == OLD_PLAN | {"status": "revoked"}
    assert bundle["entry"][-1]["request"] == {"method": "PUT", "url": "CarePlan/old", "ifMatch": 'W/"4"'}
    revisions = [e["what"]["reference"] for e in one(bundle, "Provenance")["entity"] if e["role"] == "revision"]
    assert revisions == ["CarePlan/old", "ServiceRequest/old"]
    assert OLD_PLAN["status"] == "active"


@pytest.mark.parametrize("status", ["completed", "revoked", "entered-in-error"])
def test_what_has_ended_is_left_alone(status):
    bundle = build(signed(replaces="CarePlan/old"), KNOWLEDGE, BASE, previous=[OLD_PLAN | {"status": status}])
    assert len(resources(bundle, "CarePlan")) == 1


def test_importing_the_package_loads_neither_models_nor_http():
    script = (
        "import sys, smartapp.fhir.build;"
        "print([m for m in ('fhir.resources', 'pydantic', 'requests', 'flask') if m in sys.modules])"
    )
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.strip()
        == "[]"
    )


def test_check_bundle_accepts_what_was_built(bundle):
    check_bundle(bundle)


@pytest.mark.parametrize(
    "foreign",
    [
        {"goal": [{"reference": "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0"}, "x", None], "subject": "Patient/p1"},
        {"activity": [{"detail": {"status": "whatever", "description": "Do not bend or twist", "doNotPerform": True}}]},
        {"text": {"div": "<script>"}, "note": "", "period": {"start": "2026-02-01", "end": "2020-01-01"}},
        {"goal": {"reference": "Goal/1"}, "title": {}, "supportingInfo": [{"reference": "#nowhere"}], "intent": 7},
    ],
    ids=["references", "words", "narrative", "shapes"],
)
def test_what_others_put_into_an_older_plan_is_no_fault_of_the_new_one(foreign):
    old = OLD_PLAN | foreign
    bundle = build(signed(replaces="CarePlan/old"), KNOWLEDGE, BASE, previous=[old, old])
    (ended,) = [entry["resource"] for entry in bundle["entry"] if entry["request"]["method"] == "PUT"]
    assert ended == old | {"status": "revoked"}
    assert goal_ids([old]) in ([], ["1"])
    assert Desk(holding(old), signed(replaces="CarePlan/old"), previous=[old]).go().complete
