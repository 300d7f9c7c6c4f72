"""What looks like one of our facts and is not: each false friend of the rule book (3.6) and of the third-party data."""

import json
from decimal import Decimal

import pytest

from smartapp.core.kinds import ProcedureKind, Quantity, Site
from tests.fhir.read.records import (
    CPT,
    ICD10CM,
    PCS,
    SNOMED,
    condition,
    observation,
    procedure,
    quantity,
    read,
    reasons,
)

LUMBAR_T = "38267-1"


@pytest.mark.parametrize("unit", ["g/cm2", "g/cm-2", "g/cm²"])
def test_areal_bmd_under_a_t_score_code_is_no_t_score(unit):
    chart = read(observation(LUMBAR_T, **quantity(0.887, unit)))
    assert chart.measurements == ()
    assert "areal" in reasons(chart)


def test_a_z_score_is_never_a_t_score():
    found = read(observation("80938-4", **quantity(-1.1, "1"))).measurements
    assert [m.quantity for m in found] == [Quantity.Z_SCORE]


def test_a_t_score_code_called_a_z_score_is_not_used():
    chart = read(observation(LUMBAR_T, text="Lumbar spine Z-score", **quantity(-2.6, "1")))
    assert chart.measurements == ()
    assert "Z-score" in reasons(chart)


@pytest.mark.parametrize(
    "display",
    [
        "PROMIS-10 Global Physical Health (GPH) score T-score",
        "PROMIS bone pain interference T-score",
        "Sleep disturbance T-score",
    ],
)
def test_promis_t_scores_are_no_bone_density(display):
    assert read(observation("71969-0", display=display, **quantity(-2.9, "{score}"))).measurements == ()


@pytest.mark.parametrize(
    "more",
    [
        {"method": {"text": "QCT"}},
        {"text": "TBS adjusted lumbar T-score"},
        {"method": {"text": "Quantitative ultrasound"}},
    ],
)
def test_t_scores_of_other_methods_do_not_classify(more):
    chart = read(observation(LUMBAR_T, **quantity(-2.9, "1"), **more))
    assert chart.measurements == ()
    assert "another method" in reasons(chart)


def test_38265_5_is_the_forearm_whatever_the_generator_meant():
    (found,) = read(
        observation("38265-5", display="DXA [T-score] Bone density", **quantity(-2.9, "{T-score}"))
    ).measurements
    assert found.site is Site.FOREARM


@pytest.mark.parametrize("code", ["104938-6", "38266-3", "38262-2", "46383-6", "85385-3"])
def test_sites_that_do_not_classify_are_named_not_used(code):
    chart = read(observation(code, **quantity(-3.1, "1")))
    assert chart.measurements == ()
    assert "not used" in reasons(chart)


@pytest.mark.parametrize("code", ["1649-3", "62290-2", "1990-1"])
def test_other_vitamin_d_is_not_25_oh_vitamin_d(code):
    assert read(observation(code, **quantity(35, "ng/mL"))).measurements == ()


def test_vitamin_d_and_metabolites_counts_only_if_it_calls_itself_so():
    assert read(observation("35365-6", display="Estradiol", **quantity(35, "ng/mL"))).measurements == ()
    assert len(read(observation("35365-6", display="Vitamin D+Metabolites", **quantity(35, "ng/mL"))).measurements) == 1


@pytest.mark.parametrize(
    ("code", "system"),
    [("276703007", SNOMED), ("78441005", SNOMED), ("109346000", SNOMED), ("Z13.820", ICD10CM), ("M85.9", ICD10CM)],
)
def test_codes_that_are_not_osteopenia(code, system):
    (found,) = read(condition(code, system, text="Osteopenia")).diagnoses
    assert "osteopenia" not in found.concepts
    assert "osteoporosis" not in found.concepts


@pytest.mark.parametrize("code", ["Z87.310", "Z87.311", "Z87.312", "Z87.81"])
def test_history_codes_are_history_only(code):
    (found,) = read(condition(code)).diagnoses
    assert found.concepts == {"fracture-history"}
    assert found.fracture is None


def test_a_fatigue_fracture_is_no_compression_fracture():
    (found,) = read(condition("M48.46XA")).diagnoses
    assert "vertebral-fracture" not in found.concepts


def test_in_remission_is_not_active_cancer():
    (found,) = read(condition("C90.01")).diagnoses
    assert found.concepts == {"myeloma-remission"}


@pytest.mark.parametrize("code", ["C44.01", "C44.02"])
def test_basal_and_squamous_skin_cancer_is_told_apart(code):
    (found,) = read(condition(code)).diagnoses
    assert found.concepts == {"skin-cancer"}


NOT_AUGMENTATION = [
    ("392010000", SNOMED),
    ("429616001", SNOMED),
    ("447766008", SNOMED),
    ("0SH033Z", PCS),
    ("0SH303Z", PCS),
    ("0QB03ZX", PCS),
    ("97110", CPT),
]


@pytest.mark.parametrize(("code", "system"), NOT_AUGMENTATION)
def test_procedures_that_are_not_what_they_seem(code, system):
    assert read(procedure(code, system)).procedures == ()


@pytest.mark.parametrize(("code", "system"), NOT_AUGMENTATION)
def test_a_false_friend_does_not_silence_the_words_beside_it(code, system):
    """Rule book 2a, DR3 and CO6: a real kyphoplasty was lost. Both are shown where the code means something else."""
    chart = read(procedure(code, system, text="Vertebroplasty L2"))
    (found,) = chart.procedures
    assert (found.kind, found.source.note) == (ProcedureKind.AUGMENTATION, "read from its text, not from a code")
    assert system == SNOMED or "its words augmentation: the stricter counts" in reasons(chart)


def test_nothing_is_read_from_a_code_of_another_system():
    """38267-1 under a local system, S32.010A under SNOMED: the same letters, another meaning."""
    assert read(observation(LUMBAR_T, "urn:local", **quantity(-2.1, "1"))).measurements == ()
    assert read(condition("S32.010A", SNOMED)).diagnoses[0].concepts == frozenset()


@pytest.mark.shared
def test_the_hl7_bmd_example_is_areal_density_without_a_date(shared):
    resource = _example(shared, "hl7_r4_examples/Observation-bmd.json")
    (found,) = read(resource).measurements
    assert (found.quantity, found.value, found.when) == (Quantity.AREAL_BMD, Decimal("0.887"), None)


@pytest.mark.shared
def test_at_risk_in_a_report_is_no_diagnosis(shared):
    chart = read(_example(shared, "hl7_r4_examples/DiagnosticReport-102.json"))
    assert (chart.diagnoses, chart.measurements) == ((), ())
    offered = sorted(f"{offer.value} {offer.site}" for offer in chart.offers)  # its table's, none of the WHO's
    assert offered == ["-0.4 lumbar-spine", "-1.0 femoral-neck", "-1.2 total-hip", "-1.4 total-hip"]


@pytest.mark.shared
def test_us_core_dxa_examples_by_quantity(shared):
    names = [f"dxa-{site}-l-{kind}-bmd" for site in ("hip", "femur") for kind in ("t-score", "z-score", "armass")]
    chart = read(*(_example(shared, f"us_core/{name}.json") for name in names))
    found = {(m.quantity, m.site): m.value for m in chart.measurements}
    assert found[Quantity.T_SCORE, Site.TOTAL_HIP] == Decimal("-1.62")
    assert found[Quantity.T_SCORE, Site.FEMUR] == Decimal("-1.48")
    assert sorted(q for q, _ in found) == sorted([Quantity.T_SCORE, Quantity.Z_SCORE, Quantity.AREAL_BMD] * 2)


@pytest.mark.shared
def test_a_report_that_is_only_a_pdf_with_results_elsewhere_is_no_loss(shared):
    report = _example(shared, "us_core/DiagnosticReport-bone-density-report.json")
    result = report["result"][0]["reference"].partition("/")[2]
    there = observation("38264-8", **quantity(-1.2, "1")) | {"id": result}
    assert read(report, there).unreadable == ()
    assert "its results are not among what was read" in reasons(read(report))


@pytest.mark.shared
def test_vitamin_d_that_was_ordered_is_not_a_result(shared):
    lines = (shared / "data/clinosim_us_vcf/ServiceRequest.ndjson").read_text().splitlines()
    orders = [json.loads(line) for line in lines if "Vitamin_D_25OH" in line]
    assert orders
    chart = read(*(order | {"subject": {"reference": "Patient/p"}} for order in orders))
    assert (chart.measurements, chart.plans) == ((), ())


def _example(shared, name):
    resource = json.loads((shared / "data" / name).read_text(encoding="utf-8"))
    return resource | {"subject": {"reference": "Patient/p"}}
