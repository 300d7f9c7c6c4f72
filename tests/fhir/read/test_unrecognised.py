"""What no rule knows is told, and what is on the quiet list is not (2a, NS2-NS13, RF18)."""

from datetime import date

import pytest

from smartapp.core.kinds import ProcedureState, Untold
from tests.fhir.read.records import SUBJECT, condition, read

CPT = "http://www.ama-assn.org/go/cpt"
PCS = "http://www.cms.gov/Medicare/Coding/ICD10"
SNOMED = "http://snomed.info/sct"


def done(text="", code="", system=SNOMED, **more):
    codings = [{"system": system, "code": code}] if code else []
    element = {"coding": codings} | ({"text": text} if text else {})
    made = {"resourceType": "Procedure", "id": "p", "status": "completed", "subject": SUBJECT, "code": element}
    return made | {"performedDateTime": "2026-02-03"} | more


def ordered(text="", **more):
    made = {"resourceType": "ServiceRequest", "id": "s", "status": "active", "intent": "order", "subject": SUBJECT}
    return made | {"code": {"text": text}, "authoredOn": "2026-02-20"} | more


def device(text, **more):
    return {"resourceType": "Device", "id": "d", "patient": SUBJECT, "type": {"text": text}} | more


def relative(relation, text="", code="", **more):
    codings = [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": code}] if code else []
    said = {"relationship": relation, "condition": [{"code": {"coding": codings} | ({"text": text} if text else {})}]}
    return {"resourceType": "FamilyMemberHistory", "id": "f", "status": "completed", "patient": SUBJECT} | said | more


def untold(*resources):
    return [(one.kind, one.name) for one in read(*resources).unrecognised]


def concepts(*resources):
    return {concept for each in read(*resources).diagnoses for concept in each.concepts}


@pytest.mark.parametrize(
    ("text", "code", "system"),
    [
        ("Left knee operation", "", ""),
        ("Tonsillectomy", "173422009", SNOMED),
        ("Repair of rotator cuff", "29827", CPT),
        ("", "27447X", SNOMED),
        ("Assessment of hip wound, with drainage", "26990", CPT),
        ("Excision of gallbladder", "0FT44ZZ", PCS),
        ("Surgery", "99999", "https://example.org/own"),
        ("Tracheotomy", "48387007", SNOMED),
        ("Bone immobilization", "274474001", SNOMED),
        ("Endoscopic carpal tunnel release", "", ""),
        ("Carpal tunnel release under local anesthesia", "", ""),
        ("Repair of tendon after examination of wound", "", ""),
        ("Nasal endoscopy with turbinectomy", "", ""),
    ],
)
def test_what_was_done_and_no_rule_knows_is_told(text, code, system):
    assert untold(done(text, code, system)) == [(Untold.DONE, text or f"SNOMED CT {code}")]


@pytest.mark.parametrize(
    ("text", "code", "system"),
    [
        ("Vaccination for tetanus", "", ""),
        ("Depression screening", "171207006", SNOMED),
        ("", "72100", CPT),
        ("", "80053", CPT),
        ("Established patient", "99213", CPT),
        ("", "90471", CPT),
        ("", "B01BZZZ", PCS),
        ("", "F07Z9ZZ", PCS),
        ("Medication reconciliation", "430193006", SNOMED),
        ("Dental cleaning", "", ""),
        ("Colonoscopy", "73761001", SNOMED),
        ("Surgical follow-up visit", "", ""),
        ("Excision of stomach, biopsy", "0DB68ZX", PCS),
        ("Pacemaker check", "", ""),
        ("Preoperative assessment", "", ""),
        ("Postoperative visit", "", ""),
        ("Anesthesia evaluation", "", ""),
        ("Nasal endoscopy", "", ""),
    ],
)
def test_what_is_on_the_quiet_list_is_not_told(text, code, system):
    assert untold(done(text, code, system)) == []


def test_a_code_without_words_is_named_with_its_system():
    assert untold(done("", "29827", CPT)) == [(Untold.DONE, "CPT 29827")]
    assert untold(done("", "OP-4711", "https://example.org/own")) == [(Untold.DONE, "OP-4711")]


def test_a_quiet_code_does_not_silence_an_operation_named_beside_it():
    assert untold(done("Implantation of a drain", "76000", CPT)) == [(Untold.DONE, "Implantation of a drain")]


def test_what_is_known_is_told_by_its_own_rule_only():
    assert (
        untold(done("Total hip replacement", "27130", CPT), done("L2 kyphoplasty"), done("Hemodialysis", "302497006"))
        == []
    )


@pytest.mark.parametrize("status", ["not-done", "entered-in-error", "stopped"])
def test_what_was_not_done_is_left_out(status):
    assert untold(done("Tonsillectomy", status=status)) == []


def test_what_is_under_way_is_told_as_that():
    assert untold(done("Hand operation", status="in-progress")) == [(Untold.UNDER_WAY, "Hand operation")]
    (known,) = read(done("Total knee replacement", status="preparation")).procedures
    assert known.state is ProcedureState.PENDING


@pytest.mark.parametrize(("text", "surgical"), [("Tonsillectomy", True), ("Light therapy", False)])
def test_whether_it_may_be_an_operation_is_told(text, surgical):
    (one,) = read(done(text)).unrecognised
    assert one.surgical is surgical


def test_the_day_the_record_was_last_written_goes_with_it():
    (one,) = read(done("Tonsillectomy", meta={"lastUpdated": "2026-02-20T10:00:00Z"})).unrecognised
    assert one.changed == date(2026, 2, 20)
    assert str(one.when) == "2026-02-03"


def test_a_device_put_in_is_told_by_its_own_rule():
    chart = read(done("Implant pacemaker", "25267002"))
    assert chart.unrecognised == ()
    (made,) = chart.diagnoses
    assert made.concepts == {"cardiac-device"}
    assert str(made.onset) == "2026-02-03"
    assert untold(done("Removal of pacemaker")) == [(Untold.DONE, "Removal of pacemaker")]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Total knee replacement", {}),
        ("Kyphoplasty L2 planned", {}),
        ("Hernia surgery", {}),
        ("Insertion of grommets", {}),
        ("Grommets", {"category": [{"coding": [{"system": SNOMED, "code": "387713003"}]}]}),
        ("", {"code": {"coding": [{"system": CPT, "code": "29827"}]}}),
        ("", {"code": {"coding": [{"system": CPT, "code": "27130"}]}}),
        ("Foot surgery", {"intent": "plan", "status": "on-hold"}),
    ],
)
def test_an_operation_that_is_ordered_is_told(text, more):
    (one,) = read(ordered(text, **more)).unrecognised
    assert (one.kind, str(one.when)) == (Untold.PLANNED, "2026-02-20")


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("Physical therapy after knee replacement", {}),
        ("Referral to orthopedic surgery", {}),
        ("Chest X-ray", {}),
        ("MRI after fusion", {}),
        ("Total knee replacement", {"status": "completed"}),
        ("Total knee replacement", {"intent": "proposal"}),
        ("Total knee replacement", {"doNotPerform": True}),
        ("", {"code": {"coding": [{"system": CPT, "code": "22310"}]}}),
    ],
)
def test_another_order_is_no_operation(text, more):
    assert untold(ordered(text, **more)) == []


def test_the_day_an_operation_is_planned_for_leads_over_the_day_of_the_order():
    (one,) = read(ordered("Foot surgery", occurrencePeriod={"start": "2026-04-01"})).unrecognised
    assert str(one.when) == "2026-04-01"


@pytest.mark.parametrize(
    ("resource", "kind", "name"),
    [
        (
            {"resourceType": "DeviceRequest", "codeCodeableConcept": {"text": "Walking boot"}},
            Untold.ORDERED,
            "Walking boot",
        ),
        ({"resourceType": "DeviceUseStatement", "device": {"display": "Bed rail"}}, Untold.IN_USE, "Bed rail"),
        ({"resourceType": "DeviceUseStatement"}, Untold.IN_USE, "DeviceUseStatement/x without a name"),
    ],
)
def test_a_device_nobody_knows_is_told(resource, kind, name):
    made = {"id": "x", "status": "active", "subject": SUBJECT, "authoredOn": "2026-02-12"} | resource
    assert untold(made) == [(kind, name)]


@pytest.mark.parametrize("words", ["LSO brace", "Blood glucose meter", "Continuous positive airway pressure unit"])
def test_a_brace_and_a_quiet_device_are_not(words):
    made = {"resourceType": "DeviceRequest", "id": "x", "status": "active", "subject": SUBJECT, "intent": "order"}
    assert untold(made | {"codeCodeableConcept": {"text": words}}) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [("Coronary artery stent", Untold.IMPLANT), ("Pedicle screw", Untold.IN_THE_SPINE), ("Bed rail", Untold.IN_USE)],
)
def test_a_device_of_the_patient_is_told(text, kind):
    assert untold(device(text)) == [(kind, text)]


def test_a_device_is_named_by_its_other_names_too():
    named = device("", type={}, deviceName=[{"name": "Bone plate", "type": "user-friendly-name"}])
    assert untold(named) == [(Untold.IMPLANT, "Bone plate")]


@pytest.mark.parametrize(
    ("text", "concept"),
    [("Hip prosthesis", "hip-replacement"), ("Cardiac pacemaker", "cardiac-device")],
)
def test_a_joint_and_a_pacemaker_have_their_own_rules(text, concept):
    chart = read(device(text))
    assert concept in {each for one in chart.diagnoses for each in one.concepts}
    assert chart.unrecognised == ()


@pytest.mark.parametrize("more", [{"status": "inactive"}, {"status": "entered-in-error"}])
def test_a_device_that_is_not_in_use_is_not_told(more):
    assert untold(device("Bone plate", **more)) == []
    unowned = {name: value for name, value in device("Bone plate").items() if name != "patient"}
    assert untold(unowned) == []


FATHER = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-RoleCode", "code": "FTH"}]}


@pytest.mark.parametrize(
    "told",
    [
        relative(FATHER, "Hip fracture"),
        relative({"text": "Mother"}, code="S72.001A"),
        relative({"text": "mother"}, "Fracture of neck of femur"),
        condition(code="445501000124107", system=SNOMED),
    ],
)
def test_a_hip_a_parent_broke_is_read(told):
    assert concepts(told) == {"family-hip-fracture"}


@pytest.mark.parametrize(
    "told",
    [
        relative({"text": "Grandmother"}, "Hip fracture"),
        relative({"text": "Brother"}, "Hip fracture"),
        relative(FATHER, "Wrist fracture"),
        relative(FATHER, "Cauda equina syndrome"),
        relative(FATHER, "Lumbar fracture", code="S32.020A"),
        relative(FATHER, "Hip fracture", status="entered-in-error"),
    ],
)
def test_nothing_else_of_a_relative_is(told):
    assert read(told).diagnoses == ()


@pytest.mark.parametrize("code", ["S02.2XXA", "M97.8XXA", "M84.38XA"])
def test_a_fracture_of_a_bone_no_row_names_is_read_as_one(code):
    assert "fracture-other" in concepts(condition(code=code))


def test_of_the_past_it_is_not():
    assert concepts(condition(code="S02.2XXS")) == set()
    assert "fracture-other" in concepts(condition(text="Fracture of nasal bones"))


@pytest.mark.parametrize(
    ("code", "concept"),
    [
        ("Z47.33", "aftercare"),
        ("Z48.01", "aftercare"),
        ("Z95.5", "implant"),
        ("Z96.7", "implant"),
        ("Z96.661", "implant"),
    ],
)
def test_aftercare_and_implants_are_read(code, concept):
    assert concept in concepts(condition(code=code))


@pytest.mark.parametrize("code", ["R29.898", "M62.81"])
def test_a_weakness_without_its_place_is_no_weakness_of_a_leg(code):
    """Rule book 2a, CO21."""
    assert concepts(condition(code=code)).isdisjoint({"motor-deficit", "neuro-sign", "neuro-deficit"})
    assert "motor-deficit" in concepts(condition(code=code, text="Left leg weakness"))


@pytest.mark.parametrize(("display", "told"), [("Mother", {"family-hip-fracture"}), ("", set())])
def test_a_parent_in_snomed_is_known_by_the_name_of_the_code(display, told):
    """No code of it is verified."""
    relation = {"coding": [{"system": SNOMED, "code": "72705000", **({"display": display} if display else {})}]}
    assert concepts(relative(relation, "Hip fracture")) == told
