"""The whole chart: one patient, each resource once, nobody else's, our plans, reports, and what could not be read."""

import base64
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smartapp.core.dates import When
from smartapp.core.kinds import Quantity, Sex, Site
from smartapp.errors import InputError
from smartapp.fhir.read import OPTIONAL, READERS, read_chart, searches
from smartapp.fhir.systems import EXAMPLE
from smartapp.knowledge import load
from tests.fhir.read.records import LOINC, PATIENT, SUBJECT, concept, condition, diagnosis, quantity, read, reasons

SEARCHES = searches(load().codes)


def test_who_the_patient_is():
    person = PATIENT | {
        "name": [
            {"use": "nickname", "text": "Dan"},
            {"use": "official", "prefix": ["Dr."], "given": ["Daniel", "Erik"], "family": "Bergstrom"},
        ],
        "identifier": [{"value": "x"}, {"type": {"coding": [{"code": "MR"}]}, "value": "RB-1"}],
        "telecom": [{"system": "email", "value": "e"}, {"system": "phone", "value": "555-0121"}],
        "communication": [{"language": {"text": "Swedish"}, "preferred": True}],
    }
    found = read(people=[person]).patient
    assert (found.name, found.record_number, found.phone) == ("Dr. Daniel Erik Bergstrom", "RB-1", "555-0121")
    assert (found.sex, found.birth, found.language) == (Sex.MALE, When.day(date(1960, 5, 10)), "Swedish")
    assert not found.deceased


def test_no_part_of_a_name_turns_the_line_round():
    parts = {
        "prefix": ["Dr.\u202e"],
        "given": ["Da\u2066niel", "\u200f"],
        "family": "Berg\u202estrom",
        "suffix": ["<b>MD</b>"],
    }
    assert read(people=[PATIENT | {"name": [parts]}]).patient.name == "Dr. Da niel Berg strom MD"
    assert read(people=[PATIENT | {"name": [{"text": "Daniel \u202eBergstrom"}]}]).patient.name == "Daniel Bergstrom"


@pytest.mark.parametrize(
    ("ranks", "phone"), [((None, None), "1"), ((2, 1), "2"), ((None, 3), "2"), (("1", 0), "1"), ((1, 1), "1")]
)
def test_the_preferred_number_is_the_one_that_ranks_first(ranks, phone):
    numbers = [
        {"system": "phone", "value": str(at), **({} if rank is None else {"rank": rank})}
        for at, rank in enumerate(ranks, 1)
    ]
    assert read(people=[PATIENT | {"telecom": numbers}]).patient.phone == phone


@pytest.mark.parametrize("more", [{"deceasedBoolean": True}, {"deceasedDateTime": "2025-01-01"}])
def test_deceased(more):
    assert read(people=[PATIENT | more]).patient.deceased


def test_not_deceased_is_not_deceased():
    assert not read(people=[PATIENT | {"deceasedBoolean": False}]).patient.deceased


def test_a_patient_that_cannot_be_read_is_still_the_patient():
    chart = read(condition("S32.010A"), people=[PATIENT | {"name": "Erik"}])
    assert chart.patient.reference == "Patient/p"
    assert "name" in reasons(chart)
    assert len(chart.diagnoses) == 1


def test_no_patient_and_two_patients_are_refused():
    with pytest.raises(InputError, match="no Patient"):
        read(condition("S32.010A"), people=[])
    with pytest.raises(InputError, match=r"2 patients.*p, q"):
        read(people=[PATIENT, PATIENT | {"id": "q"}])


def test_a_named_patient_whose_own_record_is_missing():
    chart = read(condition("S32.010A"), people=[], patient_id="p")
    assert chart.patient.reference == "Patient/p"
    assert len(chart.diagnoses) == 1
    assert "own record" in reasons(chart)


def test_resources_of_another_patient_are_left_out_and_named():
    chart = read(condition("S32.010A", subject={"reference": "Patient/other"}))
    assert chart.diagnoses == ()
    assert "Condition/c: it is about another patient" in reasons(chart)


@pytest.mark.parametrize(
    "reference", ["Patient/p", "https://ehr.example/fhir/Patient/p", "https://ehr.example/fhir/Patient/p/_history/3"]
)
def test_every_way_to_refer_to_the_patient(reference):
    assert diagnosis(condition("S32.010A", subject={"reference": reference})).fracture


def test_a_bundle_with_local_addresses():
    bundle = {
        "resourceType": "Bundle",
        "type": "transaction",
        "entry": [
            {"fullUrl": "urn:uuid:1", "resource": PATIENT},
            {
                "fullUrl": "urn:uuid:2",
                "resource": condition(
                    "S32.010A", subject={"reference": "urn:uuid:1"}, encounter={"reference": "urn:uuid:3"}
                ),
            },
            {
                "fullUrl": "urn:uuid:3",
                "resource": {
                    "resourceType": "Encounter",
                    "id": "e",
                    "subject": {"reference": "urn:uuid:1"},
                    "period": {"start": "2025-06-01"},
                },
            },
        ],
    }
    (found,) = read_chart([bundle], load()).diagnoses
    assert found.encounter_start == When.day(date(2025, 6, 1))


def test_the_same_resource_from_two_searches_counts_once_and_the_newer_copy_wins():
    old = condition("S32.010A", meta={"lastUpdated": "2025-01-01T00:00:00Z"})
    new = condition("S32.010D", meta={"lastUpdated": "2025-02-01T00:00:00Z"})
    for resources in ((old, new), (new, old)):
        assert diagnosis(*resources).code == "S32.010D"


def test_an_operation_outcome_between_the_resources_is_told():
    outcome = {
        "resourceType": "OperationOutcome",
        "issue": [
            {"severity": "warning", "details": {"text": "Some results were left out"}},
            {"severity": "information", "diagnostics": "all fine"},
        ],
    }
    bundle = {"resourceType": "Bundle", "entry": [{"resource": PATIENT}, {"resource": outcome}]}
    chart = read_chart([bundle], load())
    assert reasons(chart) == "entry[1]: the EHR says: Some results were left out"


def test_one_bad_resource_costs_only_itself():
    bad = condition("S32.010A") | {"id": "bad", "code": "S32.010A"}
    chart = read(bad, condition("S32.020A"))
    assert [d.code for d in chart.diagnoses] == ["S32.020A"]
    assert reasons(chart) == "Condition/bad: “code” should be an object and is text"


def test_what_the_caller_knows_to_be_missing_is_kept():
    chart = read_chart([PATIENT], load(), partial=("procedures: not permitted",))
    assert chart.partial == ("procedures: not permitted",)


def test_a_plan_of_ours_is_recognised_and_others_are_not():
    ours = {
        "resourceType": "CarePlan",
        "id": "cp",
        "subject": SUBJECT,
        "status": "active",
        "title": "Rehabilitation",
        "identifier": [{"system": EXAMPLE.plan, "value": "plan-1"}],
        "meta": {"versionId": "3"},
        "created": "2026-01-05",
        "activity": [{"detail": {"description": "AVOID: toe touches"}}, {"reference": {}}],
    }
    foreign = ours | {"id": "cq", "identifier": [{"system": "urn:other", "value": "1"}]}
    gone = [ours | {"id": status, "status": status} for status in ("revoked", "entered-in-error")]
    (found,) = read(ours, foreign, *gone).plans
    assert (found.identifier, found.version, found.status) == ("plan-1", "3", "active")


def _report(words, kind="text/plain"):
    data = base64.b64encode(words.encode()).decode()
    return {
        "resourceType": "DiagnosticReport",
        "id": "r",
        "status": "final",
        "subject": SUBJECT,
        "effectiveDateTime": "2025-11-02",
        "code": {"text": "DXA bone density"},
        "presentedForm": [{"contentType": kind, "data": data}],
    }


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("FINDINGS: L1-L4 T-score: -2.1. Femoral neck T-score of −2.6.", "text/plain; charset=utf-8"),
        (
            "<p>L1-L4 <b>T-score</b>: -2.1.</p><script>alert(1)</script><p>Femoral neck T-score of −2.6.</p>",
            "text/html",
        ),
        (r"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 L1-L4 T-score: -2.1.\par Femoral neck T-score of -2.6.}", "text/rtf"),
    ],
)
def test_t_scores_in_report_text_are_offered_never_used(words, kind):
    chart = read(_report(words, kind))
    assert chart.measurements == ()
    found = {(offer.site, offer.value) for offer in chart.offers}
    assert found == {(Site.LUMBAR_SPINE, Decimal("-2.1")), (Site.FEMORAL_NECK, Decimal("-2.6"))}
    assert all(offer.quantity is Quantity.T_SCORE and offer.when and "<" not in offer.quote for offer in chart.offers)


def test_a_bone_density_report_nobody_can_read_is_named():
    chart = read(_report("%PDF-1.7", "application/pdf"))
    assert "application/pdf" in reasons(chart)


def test_markup_and_control_characters_never_reach_the_chart():
    found = diagnosis(condition("S32.010A", text="<b>L1</b>\x00 fracture\u202e <script>x</script> &lt;i&gt;"))
    assert found.text == "L1 fracture x <i>"


def test_long_ids_are_kept_whole():
    assert diagnosis(condition("S32.010A", id="e" * 200)).source.reference == f"Condition/{'e' * 200}"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
NAMES = st.sampled_from(
    [
        *(
            "id",
            "status",
            "code",
            "subject",
            "verificationStatus",
            "clinicalStatus",
            "category",
            "bodySite",
            "evidence",
        ),
        *(
            "extension",
            "onsetDateTime",
            "onsetPeriod",
            "onsetAge",
            "onsetRange",
            "recordedDate",
            "abatementAge",
            "encounter",
        ),
        *(
            "valueQuantity",
            "valueString",
            "valueInteger",
            "valueCodeableConcept",
            "component",
            "hasMember",
            "contained",
        ),
        *("effectiveDateTime", "effectivePeriod", "effectiveTiming", "issued", "device", "method", "specimen", "meta"),
        *(
            "performedPeriod",
            "performedDateTime",
            "medicationCodeableConcept",
            "medicationReference",
            "dosageInstruction",
        ),
        *("intent", "identifier", "activity", "title", "description", "conclusion", "presentedForm", "result", "name"),
        *("telecom", "communication", "birthDate", "gender", "deceasedBoolean", "link", "issue", "entry", "period"),
    ]
)
CONCEPTS = st.sampled_from(
    [
        {"coding": [{"system": "http://loinc.org", "code": "38267-1"}]},
        {"coding": [{"system": "http://loinc.org", "code": "62292-8"}]},
        {"coding": [{"system": "http://hl7.org/fhir/sid/icd-10-cm", "code": "M80.08XA"}]},
        {"text": "L1 compression fracture"},
        {"coding": [{"system": "http://www.ama-assn.org/go/cpt", "code": "22514"}]},
        {"text": "Prednisone 5 mg"},
    ]
)
VALUES = (
    JSON
    | CONCEPTS
    | st.sampled_from(
        [
            "2025",
            "2025-02-30",
            "final",
            "completed",
            {"reference": "Patient/p"},
            {"value": -2.1, "code": "1"},
            [SUBJECT],
        ]
    )
)
RESOURCES = st.builds(
    lambda kind, elements: {**elements, "resourceType": kind},
    st.sampled_from([*READERS, "Patient", "Encounter", "Medication", "OperationOutcome", "Bundle"]),
    st.dictionaries(NAMES, VALUES, max_size=8),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(RESOURCES | JSON, max_size=4))
def test_no_json_whatsoever_raises(values):
    chart = read_chart(values, load(), patient_id="p")
    assert chart.patient.reference == "Patient/p"


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(NAMES, VALUES, max_size=8))
def test_a_broken_resource_is_never_passed_over_in_silence(elements):
    """A Condition with our code is read, or dropped for its status, or named as unreadable."""
    resource = {**elements, **condition("S32.010A"), "subject": SUBJECT}
    chart = read(resource)
    dropped = "verificationStatus" in elements
    assert chart.diagnoses or chart.unreadable or dropped


def test_every_search_says_what_it_is_for_and_is_safe_on_strict_servers():
    assert len({search.label for search in SEARCHES}) == len(SEARCHES)
    assert {search.label for search in SEARCHES} >= OPTIONAL
    for search in SEARCHES:
        forbidden = {"_include", "_revinclude", "_sort", "_count", "_summary"} & set(search.params)
        assert not forbidden
        if search.resource == "Observation":
            assert {"code", "category"} & set(search.params)
        if search.resource == "CarePlan":
            assert search.params["category"] == "assess-plan"
        if search.resource == "Condition":
            assert "," not in search.params.get("category", "")
        if search.resource != "Patient":
            assert search.params["patient"] == "{patient}"


def test_the_wave_asks_for_every_quantity_the_rules_read():
    asked = " ".join(search.params.get("code", "") for search in SEARCHES)
    for code in ("38267-1", "80946-7", "83311-1", "62292-8", "72514-3", "72166-2", "39156-5", "74013-4", "17861-6"):
        assert f"http://loinc.org|{code}" in asked


@pytest.mark.parametrize("status", ["final", "preliminary"])
def test_results_a_report_carries_within_itself_are_read(status):
    """With the date and the address of the report; one nobody names as a result is no result."""
    inside = [
        {"resourceType": "Observation", "id": id_, "status": status, "code": concept("62292-8", LOINC)}
        | quantity(18, "ng/mL")
        for id_ in ("named", "alone")
    ]
    unread = {"resourceType": "Observation", "id": "odd", "status": "final", "code": concept("62292-8", LOINC)}
    report = {
        "resourceType": "DiagnosticReport",
        "id": "r",
        "status": "final",
        "subject": SUBJECT,
        "effectiveDateTime": "2026-01-10",
        "code": {"text": "Vitamin D"},
        "contained": [*inside, unread | quantity(18, "stone")],
        "result": [{"reference": "#named"}, {"reference": "#odd"}],
    }
    chart = read(report)
    found = [(m.source.reference, str(m.when), m.value) for m in chart.measurements]
    assert found == ([("DiagnosticReport/r", "2026-01-10", Decimal(18))] if status == "final" else [])
    told = [] if status == "final" else ["“preliminary”"]
    assert [line.where for line in chart.unreadable] == ["DiagnosticReport/r"] * (len(told) + 1)
    assert all(said in reasons(chart) for said in (*told, "stone"))
