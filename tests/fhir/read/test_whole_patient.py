"""The whole patient beside the fracture: other bones, operations elsewhere, care, medicines, words beside a code."""

import pytest

from smartapp.core.concepts import Topic
from smartapp.core.fracture_coding import Region
from smartapp.core.kinds import ClinicalStatus, ProcedureKind
from tests.fhir.read.records import RXNORM, SNOMED, SUBJECT, concept, condition, diagnosis, procedure, read, reasons

ATC = "http://fhir.de/CodeSystem/bfarm/atc"
WHO = "http://hl7.org/fhir/sid/icd-10"


@pytest.mark.parametrize(
    ("code", "concepts"),
    [
        ("S82.852A", {"fracture-lower-leg-foot"}),
        ("S82.852D", {"fracture-lower-leg-foot"}),
        ("S82.852G", {"fracture-lower-leg-foot"}),
        ("S82.852K", {"fracture-lower-leg-foot"}),
        ("S82.852S", set()),
        ("S82", {"fracture-lower-leg-foot"}),
        ("M80.051A", {"osteoporosis", "fracture-hip-femur"}),
        ("M80.051S", {"osteoporosis"}),
        ("M84.750A", {"fracture-hip-femur", "atypical-femur-fracture"}),
        ("S32.110A", {"vertebral-fracture", "fracture-pelvis"}),
        ("S32.110S", {"vertebral-fracture"}),
        ("S12.100A", {"vertebral-fracture", "fracture-neck"}),
        ("Z87.81", {"fracture-history"}),
        ("J44.9", {"copd", "lung-disease"}),
        ("J96.11", {"lung-disease", "oxygen"}),
        ("I50.23", {"heart-failure", "heart-unstable"}),
        ("I50.22", {"heart-failure"}),
        ("I20.0", {"angina", "heart-unstable"}),
        ("M47.16", {"neuro-deficit", "myelopathy"}),
        ("I71.3", {"aortic-aneurysm", "aortic-emergency"}),
        ("I71.43", {"aortic-aneurysm"}),
        ("M45.6", {"ankylosed-spine"}),
        ("M45.A6", {"axial-spondyloarthritis"}),
        ("Z96.642", {"hip-replacement"}),
        ("T84.022A", {"knee-replacement"}),
        ("Z95.1", {"sternotomy"}),
    ],
)
def test_codes(code, concepts):
    chart = read(condition(code))
    assert chart.diagnoses[0].concepts == concepts
    assert chart.unreadable == ()


def test_a_sequela_beside_a_code_that_does_not_say_is_one():
    both = {"coding": [concept("S82.852S")["coding"][0], concept("16114001", SNOMED)["coding"][0]]}
    assert diagnosis(condition() | {"code": both}).concepts == frozenset()
    assert diagnosis(condition("16114001", SNOMED)).concepts == {"fracture-lower-leg-foot"}
    assert diagnosis(condition("S72.0", WHO)).concepts == {"fracture-hip-femur"}


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Wrist fracture", {"fracture-upper-limb"}),
        ("Rib fractures, left", {"fracture-rib-sternum"}),
        ("Bilateral sacral insufficiency fractures", {"fracture-pelvis"}),
        ("Odontoid fracture", {"fracture-neck"}),
        ("Schenkelhalsfraktur", {"fracture-hip-femur"}),
        ("Fracture of coccyx", {"coccyx-fracture"}),
        ("Ankylosing spondylitis", {"ankylosed-spine"}),
        ("Bilateral pars defects L5", {"spondylolysis"}),
        ("Active IVDU", {"injected-drugs"}),
        ("Fever", {"fever"}),
        ("Quadriceps power 3/5", {"motor-deficit"}),
        ("Power 5/5, disc bulge L4/5", set()),
        ("Hay fever", set()),
        ("Wheelchair-bound", {"wheelchair"}),
        ("Non-ambulatory", {"wheelchair"}),
        ("Cannot stand for long", set()),
        ("CFS 7", {"frailty"}),
        ("CFS 3", set()),
        ("Declined hospice", set()),
        ("Left THA, posterior approach", {"hip-replacement"}),
        ("S/P CABG", {"sternotomy"}),
        ("History of stroke", {"stroke"}),
        ("History of DVT", {"vte-history"}),
        ("History of stroke in mother", set()),
        ("History of ankle fracture", set()),
        ("Severe COPD", {"copd", "lung-disease"}),
        ("Sequela of ankle fracture", set()),
    ],
)
def test_words_alone(text, concepts):
    assert read(condition(text=text)).diagnoses[0].concepts == concepts


@pytest.mark.parametrize(
    ("note", "concepts"),
    [
        ("EHL 3/5 left since Thursday", {"motor-deficit"}),
        ("Flowing ossification in keeping with DISH", {"ankylosed-spine"}),
        ("Possible ankylosed spine", {"ankylosed-spine"}),
        ("Fever 38.6 since Monday, injects heroin", {"fever", "injected-drugs"}),
        ("Afebrile. Denies IVDU. Power 5/5, no chills", set()),
        ("Wheelchair-bound, home hospice, CFS 7", {"wheelchair", "palliative", "frailty"}),
        ("Possibly palliative", set()),
        ("Not frail", set()),
        ("Bed-bound", {"bed-bound"}),
        ("Mother bed-bound", set()),
    ],
)
def test_words_beside_a_code(note, concepts):
    assert diagnosis(condition("M54.16", note=[{"text": note}])).concepts == {"radiculopathy", *concepts}


def test_a_danger_beside_a_code_is_told_and_a_state_is_not():
    told = read(condition("M54.16", note=[{"text": "Foot drop on the left"}]))
    assert [line.topic for line in told.unreadable] == [Topic.SPINE]
    assert "the words say “Foot drop on the left”: the more dangerous counts" in reasons(told)
    assert read(condition("M54.16", note=[{"text": "Wheelchair-bound"}])).unreadable == ()


NECK, HIP = ProcedureKind.CERVICAL_SURGERY, ProcedureKind.HIP_REPLACEMENT


@pytest.mark.parametrize(
    ("made", "kinds"),
    [
        (procedure("22551"), [(NECK, Region.CERVICAL)]),
        (procedure("22600"), [(NECK, Region.CERVICAL)]),
        (procedure("22856"), [(NECK, Region.CERVICAL)]),
        (procedure("22551", text="Anterior cervical discectomy and fusion C4-C6"), [(NECK, Region.CERVICAL)]),
        (procedure(text="Cervical laminectomy C3-C6"), [(NECK, Region.CERVICAL)]),
        (procedure(text="Cervical disc replacement"), [(NECK, Region.CERVICAL)]),
        (procedure(text="ACDF"), [(NECK, Region.CERVICAL)]),
        (
            procedure("22612", text="Lumbar fusion L4-5, ACDF C5-6"),
            [(ProcedureKind.FUSION, Region.LUMBAR), (NECK, Region.CERVICAL)],
        ),
        (procedure("27130"), [(HIP, Region.UNSPECIFIED)]),
        (procedure(text="Hemiarthroplasty of left hip"), [(HIP, Region.UNSPECIFIED)]),
        (procedure(text="Dynamic hip screw"), [(ProcedureKind.FEMUR_FIXATION, Region.UNSPECIFIED)]),
        (procedure("33533"), [(ProcedureKind.STERNOTOMY, Region.UNSPECIFIED)]),
        (procedure("62323"), [(ProcedureKind.SPINAL_INJECTION, Region.UNSPECIFIED)]),
        (procedure("22867"), [(ProcedureKind.FIXATION, Region.LUMBAR)]),
        (procedure(text="Hip replacement planned"), []),
    ],
)
def test_operations_elsewhere(made, kinds):
    chart = read(made)
    assert [(found.kind, found.region) for found in chart.procedures] == kinds
    assert chart.unreadable == ()


def test_several_codes_of_one_operation_all_count():
    codes = [concept(code, "http://www.ama-assn.org/go/cpt")["coding"][0] for code in ("27130", "27236")]
    kinds = {found.kind for found in read(procedure() | {"code": {"coding": codes}}).procedures}
    assert kinds == {HIP, ProcedureKind.FEMUR_FIXATION}


def test_an_operation_recorded_as_a_problem_tells_what_it_left():
    assert diagnosis(condition("27130", "http://www.ama-assn.org/go/cpt")).concepts == {"hip-replacement"}


def test_care_given_again_and_again_is_told_once_by_its_newest_record():
    care = procedure("265764009", SNOMED)
    old, new = (care | {"id": day, "performedDateTime": day} for day in ("2025-12-01", "2026-02-01"))
    [found] = read(new, old).diagnoses
    assert (found.concepts, found.source.reference) == ({"dialysis"}, "Procedure/2026-02-01")
    assert found.clinical_status is ClinicalStatus.UNKNOWN
    assert read(care | {"status": "preparation"}).diagnoses == ()
    running = diagnosis(procedure("385763009", SNOMED, status="in-progress"))
    assert (running.concepts, running.clinical_status) == ({"palliative"}, ClinicalStatus.ACTIVE)


def test_a_diagnosis_called_a_procedure_is_asked_for_and_told_no_state():
    chart = read(procedure("S32.020A", "http://hl7.org/fhir/sid/icd-10-cm"))
    assert chart.diagnoses == ()
    assert [line.topic for line in chart.unreadable] == [Topic.OPERATION]


def drug(code="", system=ATC, text="", **more):
    made = {"resourceType": "MedicationRequest", "id": "m", "status": "active", "intent": "order", "subject": SUBJECT}
    return made | {"medicationCodeableConcept": concept(code, system, "", text)} | more


@pytest.mark.parametrize(
    ("made", "concepts"),
    [
        (drug("B01AF02"), {"anticoagulant"}),
        (drug("11289", RXNORM), {"anticoagulant"}),
        (drug("L02BG04"), {"cancer-treatment"}),
        (drug("M05BA04"), {"antiresorptive-therapy"}),
        (
            drug("J0897", "http://terminology.hl7.org/CodeSystem/HCPCS-all-codes"),
            {"antiresorptive-therapy", "denosumab"},
        ),
        (drug(text="Letrozole 2.5 mg"), {"cancer-treatment"}),
        (drug(text="Zolpidem 10 mg"), {"sedative"}),
        (drug(text="Insulin glargine"), {"insulin"}),
        (drug(text="Raloxifene 60 mg"), {"serm"}),
        (drug(text="Methotrexate 15 mg tablet, prednisone 5 mg"), {"immunosuppression", "glucocorticoid-use"}),
        (drug("B01AA03", text="Alendronate 70 mg"), {"anticoagulant", "antiresorptive-therapy"}),
    ],
)
def test_medicines(made, concepts):
    [found] = read(made).medications
    assert found.concepts == concepts


@pytest.mark.parametrize("text", ["Tacrolimus 0.1 % ointment", "Heparin lock flush", "Naloxone nasal spray"])
def test_medicines_that_mean_nothing_here(text):
    assert read(drug(text=text)).medications == ()


@pytest.mark.parametrize(
    ("words", "means"),
    [
        ("Stand-pivot transfer with assist of one", "stands-with-help"),
        ("Transfers with assist of two", "two-helpers"),
        ("Hoist transfers", "two-helpers"),
        ("Pivot transfer with two helpers", "two-helpers"),
        ("No longer stands with help", None),
    ],
)
def test_how_many_helpers_it_takes_to_rise_is_read_beside_a_code_and_alone(words, means):
    beside = read(condition("Z99.3", note=[{"text": words}])).diagnoses[0]
    alone = [each.concepts for each in read(condition(text=words)).diagnoses]
    for concepts in (beside.concepts, frozenset().union(*alone)):
        assert concepts & {"stands-with-help", "two-helpers"} == ({means} if means else set())
