"""Reports of images: which of their words count, which are offered, which mean nothing; and Y09 of the rule book."""

import base64
import csv
import json
from datetime import date
from pathlib import Path

import pytest

from smartapp.cli import main
from smartapp.core.concepts import Topic
from smartapp.core.derive import derive
from smartapp.core.fracture_coding import Region
from smartapp.core.imaging import FindingKind
from smartapp.core.states import Disposition, Prone
from smartapp.fhir.read import read_chart
from smartapp.knowledge import load

TODAY = date(2026, 3, 1)
Y09 = "intravertebral fluid sign; marrow infiltration not excluded"
RADIOLOGY = {"coding": [{"system": "http://loinc.org", "code": "LP29684-5"}]}


def bundle(*reports):
    person = {"resourceType": "Patient", "id": "p", "gender": "female", "birthDate": "1949-06-01"}
    told = {"subject": {"reference": "Patient/p"}, "clinicalStatus": {"coding": [{"code": "active"}]}}
    code = {"system": "http://hl7.org/fhir/sid/icd-10-cm"}
    bone = {"resourceType": "Condition", "id": "b", **told, "code": {"coding": [{**code, "code": "M85.88"}]}}
    broken = {
        "resourceType": "Condition", "id": "f", **told, "onsetDateTime": "2025-12-01",
        "code": {"coding": [{**code, "code": "M80.88XA"}], "text": "Osteoporotic fracture of L1"},
    }  # fmt: skip
    each = [person, bone, broken, *reports]
    return {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in each]}


def report(conclusion=None, forms=(), title="MRI lumbar spine", category=RADIOLOGY, **more):
    made = {
        "resourceType": "DiagnosticReport", "id": "r", "status": "final", "subject": {"reference": "Patient/p"},
        "code": {"text": title} if title else {}, "effectiveDateTime": "2026-02-20",
        "category": [category] if category else [], "conclusion": conclusion,
        "presentedForm": [
            {"contentType": kind, "data": base64.b64encode(text.encode()).decode()} for kind, text in forms
        ],
    }  # fmt: skip
    return {name: value for name, value in {**made, **more}.items() if value}


def read(*reports):
    return read_chart([bundle(*reports)], load())


def dangers(text, **said):
    """Concepts that count, a question mark behind those only suspected."""
    found = [one for each in read(report(text, **said)).reports for one in each.findings]
    return {f"{one.concept}{'?' if one.suspected else ''}" for one in found if one.danger}


def offers(text, **said):
    found = [one for each in read(report(text, **said)).reports for one in each.findings]
    return {(one.kind, one.concept, *sorted(one.levels)) for one in found if not one.danger}


# -- Y09, by every way a report may come


@pytest.mark.parametrize(
    "said",
    [
        report(Y09),
        report(forms=[("text/plain", f"FINDINGS: {Y09}.\r\nIMPRESSION: as above")]),
        report(
            forms=[("text/html", "<p>Intravertebral fluid\nsign;</p><p>marrow infiltration <b>not</b>\nexcluded.</p>")]
        ),
        report(
            forms=[
                ("text/plain;charset=utf-8", "L1: intravertebral fluid sign.\nMarrow infiltration is not\nexcluded.")
            ]
        ),
        report(text={"status": "additional", "div": f"<div xmlns='http://www.w3.org/1999/xhtml'><p>{Y09}</p></div>"}),
        report(Y09, status="preliminary"),
        report(Y09, title="", category=None),
        report(Y09, category={"text": "Radiology"}),
        report(Y09, title="Spine", category={"coding": [{"code": "RAD"}]}),
        report(Y09, effectiveDateTime=None, issued="2026-02-20T10:00:00Z"),
        report(Y09, effectiveDateTime=None, effectivePeriod={"start": "2026-02-20"}),
    ],
)
def test_y09_by_every_way_a_report_may_come(said):
    assessment = derive(read(said), TODAY, load())
    assert assessment.disposition is Disposition.REFER_NO_PRESCRIPTION
    assert assessment.gates and assessment.gates.prone is Prone.BLOCKED
    assert {"nonunion", "report-finding", "work-up-first"} <= {alert.code for alert in assessment.alerts}
    (alert,) = [each for each in assessment.alerts if each.code == "report-finding"]
    assert alert.reason.text.startswith("The report of 2026-02-20 says: “")


def test_y09_at_the_front_door(tmp_path, capsys):
    path = tmp_path / "y09.json"
    path.write_text(json.dumps(bundle(report(Y09))), encoding="utf-8")
    assert main(["derive", str(path), "--as-of", "2026-03-01", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert len({found.pop("key") for found in answer["findingsInReports"]}) == 2
    assert answer["findingsInReports"] == [
        {
            "quote": "intravertebral fluid sign", "date": "2026-02-20", "concept": "fracture-nonunion",
            "accepted": None, "source": "DiagnosticReport/r",
        },
        {
            "quote": "marrow infiltration not excluded", "date": "2026-02-20", "concept": "malignant-lesion",
            "accepted": None, "source": "DiagnosticReport/r",
        },
    ]  # fmt: skip
    assert main(["read", str(path), "--json"]) == 0
    assert "fracture-nonunion: “intravertebral fluid sign”" in capsys.readouterr().out


# -- what counts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Metastatic deposit in L3.", {"active-cancer"}),
        ("No fracture, metastasis at L2.", {"active-cancer"}),
        ("No discitis\nMetastasis at L2", {"active-cancer"}),
        ("No fracture or retropulsion, marrow suspicious for metastasis.", {"active-cancer?"}),
        ("Marrow edema without fracture is concerning for metastasis.", {"active-cancer?"}),
        ("No change in the known L2 metastasis.", {"active-cancer"}),
        ("No significant interval change in L2 metastasis.", {"active-cancer"}),
        ("Since the prior study metastasis at L2 has grown.", {"active-cancer"}),
        ("Discussed with his daughter: metastasis at L2.", {"active-cancer"}),
        ("Metastasis cannot be excluded.", {"active-cancer?"}),
        ("Metastasis could not be confidently excluded", {"active-cancer?"}),
        ("Metastasis? Recommend MRI with contrast.", {"active-cancer?"}),
        ("It is unclear if this represents metastasis.", {"active-cancer?"}),
        ("Differential includes metastasis and myeloma.", {"active-cancer?", "myeloma?"}),
        ("No metastasis; lytic lesion in L4 noted.", {"malignant-lesion"}),
        ("Pathologic marrow replacement unlikely but not excluded.", {"malignant-lesion?"}),
        ("Pathological fracture of L2.", {"pathological-fracture"}),
        ("History of breast cancer.", {"cancer-history"}),
        ("Findings suspicious for discitis L3-4", {"spinal-infection?"}),
        ("Discitis is not ruled out.", {"spinal-infection?"}),
        ("Possible discitis. Discitis at L3-L4.", {"spinal-infection"}),
        ("No definite discitis, but early infection cannot be excluded.", {"spinal-infection?"}),
        ("No definite discitis but it cannot be excluded.", {"spinal-infection?"}),
        ("There is no discitis. However, an epidural abscess is present at L3.", {"spinal-infection"}),
        ("1. No metastasis. 2. Discitis at L3-L4. 3. Old fracture", {"spinal-infection"}),
        ("Discitis, not excluded", {"spinal-infection?"}),
        ("Discitis L3: no change.", {"spinal-infection"}),
        ("Benign hemangioma at L3, metastasis at L2.", {"active-cancer"}),
        ("Benign hemangioma at L3, normal discs.", set()),
        ("Benign hemangioma at L3, a lesion suspicious for metastasis.", {"active-cancer?"}),
        ("A pathologic process cannot be entirely excluded.", {"malignant-lesion?"}),
        ("MRI is more sensitive for metastasis.", set()),
        ("Broken rod at L3.", {"hardware-failure"}),
        ("REASON: r/o cauda equina, urinary retention\nFINDINGS: No cauda equina compression.", {"neuro-sign?"}),
        ("Unstable burst fracture of L1.", {"spinal-instability"}),
        ("Chronic instability at L4-5.", {"spinal-instability"}),
        ("Previous Kummell disease of L1", {"fracture-nonunion"}),
        ("Nonunion of the L1 fracture", {"fracture-nonunion"}),
        ("Spontaneous fracture of L2.", {"spontaneous-mechanism"}),
        ("INDICATION: Low back pain, fever.\nFINDINGS: Normal alignment.", {"fever"}),
        ("INDICATION: rule out metastasis.\nIMPRESSION: Old L2 fracture.", {"active-cancer?"}),
        ("INDICATION: known metastasis.\nIMPRESSION: No metastasis.", {"active-cancer"}),
    ],
)
def test_a_danger_counts_where_it_is_stated_or_suspected(text, found):
    assert dangers(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "No evidence of acute fracture, subluxation, cord compression, epidural abscess, discitis or osteomyelitis.",
        "L1 compression fracture without cord compression or ligamentous injury.",
        "No convincing evidence for a marrow infiltrative process or pathologic fracture.",
        "THERE IS NO EVIDENCE OF\nMETASTATIC DISEASE.",
        "There is no evidence of\nmetastatic disease or\ninfection.",
        "Not suspicious for malignancy.", "No suspicious lytic lesion.", "Discitis ruled out.", "Discitis, ruled out",
        "Metastatic disease is absent.", "Cord compression: none. Canal stenosis: moderate.",
        "No fracture, discitis.", "Neither metastasis nor infection is seen.", "The patient denies fever, chills.",
        "INDICATION: rule out metastasis.\nIMPRESSION: No metastasis.", "Benign hemangioma of L3.",
        "Vacuum phenomenon of the L5-S1 disc.", "Prior discitis, treated.", "Discitis resolved.",
        "Family history of breast cancer and myeloma.", "Mother had multiple myeloma.", "Myeloma in her mother.",
        "If fever or leg weakness develops, call the clinic.", "Patients with discitis should seek care immediately.",
        "Call if fever, chills, urinary retention or leg weakness.", "Lung cancer screening CT, no nodules.",
        "Recommend MRI if clinical concern for metastasis.", "No trauma.", "Spontaneous movement of the legs.",
    ],
)  # fmt: skip
def test_denied_of_relatives_advice_and_over_is_no_danger(text):
    assert dangers(text) == set()


def test_hardware_and_unions_of_other_bones_say_nothing_of_the_spine():
    assert dangers("Nonunion with broken screw. Lytic lesion. Unstable.", title="X-ray left ankle") == set()
    assert dangers("Lytic lesion in the vertebra L3.", title="CT abdomen") == {"malignant-lesion"}
    assert dangers("Liver metastasis.", title="CT abdomen") == {"active-cancer"}


@pytest.mark.parametrize(
    "said",
    [
        {"category": {"coding": [{"code": "LAB"}]}, "title": "Surgical pathology"},
        {"category": {"text": "Cardiology"}, "title": "Echocardiogram"},
        {"status": "entered-in-error"},
        {"status": "cancelled"},
    ],
)
def test_other_reports_and_withdrawn_ones_are_not_read(said):
    assert read(report(Y09, **said)).reports == ()


def test_a_danger_concluded_by_code_counts():
    code = {
        "coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M46.46", "display": "Discitis, lumbar"}]
    }
    (found,) = read(report("No discitis", conclusionCode=[code])).reports
    assert [one.concept for one in found.findings] == ["spinal-infection"]
    assert "spinal-infection" not in found.denied


# -- what is offered


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Compression fracture of L3.", {(FindingKind.DIAGNOSIS, "vertebral-fracture", "L3")}),
        (
            "Chronic compression fracture L3",
            {(FindingKind.DIAGNOSIS, "vertebral-fracture", "L3"), (FindingKind.DIAGNOSIS, "fracture-old", "L3")},
        ),
        ("Marrow edema in L2", {(FindingKind.DIAGNOSIS, "fracture-new", "L2")}),
        ("No marrow edema in L2", set()),
        (
            "45% loss of height at L1",
            {(FindingKind.MEASURE, "height-loss", "L1"), (FindingKind.DIAGNOSIS, "vertebral-fracture", "L1")},
        ),
        ("No 50% height loss at L1", set()),
        (
            "L1 has lost 35 % of its height; local kyphosis of 31 degrees at L1",
            {(FindingKind.MEASURE, "height-loss", "L1"), (FindingKind.MEASURE, "kyphosis", "L1")},
        ),
        ("Thoracic kyphosis of 52 degrees", {(FindingKind.MEASURE, "curve")}),
        ("Bilateral pars defects L5", {(FindingKind.DIAGNOSIS, "spondylolysis", "L5")}),
        ("Delayed union at L1", {(FindingKind.HEALING, "delayed", "L1")}),
        ("Status post kyphoplasty L1", {(FindingKind.PROCEDURE, "augmentation", "L1")}),
        ("Bed rest advised", {(FindingKind.ORDER, "bed-rest")}),
        ("The patient uses a wheelchair", {(FindingKind.DIAGNOSIS, "wheelchair")}),
        ("No compression fracture of L3.", set()),
        ("Possible compression fracture of L3.", set()),
        ("Possible delayed union at L1", set()),
        ("No kyphoplasty at L1", set()),
        ("Kyphoplasty L1 planned", set()),
        ("INDICATION: compression fracture of L3", set()),
    ],
)
def test_what_is_stated_of_the_fracture_and_the_patient_is_offered(text, found):
    assert offers(text) == found


def test_a_burst_is_offered_with_its_form():
    assert (FindingKind.MORPHOLOGY, "burst", "L1") in offers("Burst fracture of L1")


def test_of_another_image_only_what_names_the_spine_is_offered():
    assert offers("Delayed union.", title="X-ray left ankle") == set()
    assert offers("Compression fracture of L3.", title="CT abdomen") == {
        (FindingKind.DIAGNOSIS, "vertebral-fracture", "L3")
    }


def test_a_report_that_is_not_final_offers_and_denies_nothing():
    (found,) = read(report("Compression fracture of L3. No discitis.", status="preliminary")).reports
    assert found.findings == () and found.denied == frozenset()


def test_the_side_and_the_end_of_an_order_are_kept():
    (found,) = read(report("Non-weight bearing left leg until 2026-04-04")).reports
    (order,) = [one for one in found.findings if one.kind is FindingKind.ORDER]
    assert (order.side, str(order.until), order.region) == ("left", "2026-04-04", Region.UNSPECIFIED)


def test_one_sentence_in_several_forms_is_read_once():
    (found,) = read(report(Y09, forms=[("text/plain", Y09)])).reports
    assert len(found.findings) == 2


# -- what is not readable here


def test_a_file_of_the_spine_nobody_can_read_is_told():
    chart = read(report(forms=[("application/pdf", "%PDF-1.4")]))
    (line,) = [each for each in chart.unreadable if each.topic is Topic.SPINE]
    assert "its text is not readable here (application/pdf)" in line.reason
    alerts = {a.code: a for a in derive(chart, TODAY, load()).alerts}
    assert "not readable here" in alerts["report-finding"].text


def test_of_another_part_or_beside_readable_words_it_is_not():
    other = read(report(forms=[("application/pdf", "%PDF-1.4")], title="X-ray chest, ribs"))
    assert not other.reports
    (beside,) = read(report("L1 unchanged.", forms=[("application/pdf", "%PDF-1.4")])).reports
    assert beside.unread == ""


# -- the phrases of the rule book, each with the sentence that says it and the one that only looks like it


def phrases() -> list[dict[str, str]]:
    """``found``: what the first sentence is read as, ``other``: the second; a plus sign behind what is only offered."""
    return list(csv.DictReader(Path(__file__).with_name("phrases_2a.csv").read_text(encoding="utf-8").splitlines()))


def told(text):
    found = [one for each in read(report(text)).reports for one in each.findings]
    return {f"{one.concept}{'?' if one.suspected else ''}{'' if one.danger else '+'}" for one in found}


@pytest.mark.parametrize("row", phrases(), ids=lambda row: row["id"])
def test_each_phrase_of_the_rule_book_is_read_and_what_looks_like_it_is_not(row):
    assert told(row["yes"]) == {*row["found"].split()}
    assert told(row["no"]) == {*row["other"].split()}
    assert row["found"] != row["other"] or not row["found"]


@pytest.mark.parametrize(
    ("text", "bone"),
    [
        ("Bilateral sacral insufficiency fractures.", "fracture-pelvis"),
        ("Fractures of the left 5th to 7th ribs.", "fracture-rib-sternum"),
        ("Femoral neck fracture.", "fracture-hip-femur"),
        ("No acute fracture of the pelvis or sacrum.", ""),
        ("Old rib fractures.", ""),  # neither a limit of now, nor an old fracture of a vertebra
        ("Healed fracture of the sacrum.", ""),
    ],
)
@pytest.mark.parametrize("title", ["MRI lumbar spine", "X-ray pelvis"])
def test_another_broken_bone_is_offered_from_any_image(text, bone, title):
    assert {concept for _, concept, *_ in offers(text, title=title)} == ({bone} if bone else set())


@pytest.mark.parametrize(("on", "asked"), [("2025-09-02", True), ("2025-09-01", False)])
def test_another_bone_is_asked_about_while_it_may_limit(on, asked):
    found = derive(read(report("Femoral neck fracture.", effectiveDateTime=on)), TODAY, load())
    assert found.has("report-finding") is asked
