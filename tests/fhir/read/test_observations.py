"""Observations: numbers in the concept's own unit, sites, dates, and everything that must not count as a number."""

from datetime import date
from decimal import Decimal

import pytest

from smartapp.core.concepts import Topic
from smartapp.core.dates import When
from smartapp.core.kinds import Quantity, Site
from smartapp.fhir.read.vitamin_d import part_in_words
from smartapp.knowledge import load
from tests.fhir.read.records import LOINC, SNOMED, concept, measurement, observation, quantity, read, reasons

LUMBAR_T, HIP_LEFT_T, FEMUR_T = "38267-1", "80946-7", "38263-0"
TOTAL, D3, D2 = "62292-8", "1989-3", "49054-0"


@pytest.mark.parametrize("unit", ["1", "{T-score}", "", "{score}", "T-Score", "[SD]"])
def test_a_t_score_in_any_unit_that_is_none(unit):
    found = measurement(observation(LUMBAR_T, **quantity(-2.1, unit)))
    assert (found.quantity, found.value, found.site) == (Quantity.T_SCORE, Decimal("-2.1"), Site.LUMBAR_SPINE)


@pytest.mark.parametrize(
    ("code", "more", "site"),
    [
        (HIP_LEFT_T, {}, Site.TOTAL_HIP),
        (HIP_LEFT_T, {"bodySite": {"text": "Left femoral neck"}}, Site.FEMORAL_NECK),
        (FEMUR_T, {}, Site.FEMUR),
        (FEMUR_T, {"method": {"text": "neck of femur"}}, Site.FEMORAL_NECK),
        (FEMUR_T, {"bodySite": {"text": "Total femur"}}, Site.TOTAL_HIP),
        (FEMUR_T, {"bodySite": {"text": "Ward's triangle"}}, Site.OTHER),
        (FEMUR_T, {"bodySite": {"text": "Greater trochanter"}}, Site.OTHER),
        ("38265-5", {}, Site.FOREARM),
        ("38265-5", {"bodySite": {"text": "Radius 33 %"}}, Site.RADIUS_THIRD),
        ("80944-2", {"method": {"text": "one-third radius"}}, Site.RADIUS_THIRD),
    ],
)
def test_the_site_of_a_t_score(code, more, site):
    assert measurement(observation(code, **quantity(-1.2, "1"), **more)).site is site


def test_levels_of_a_lumbar_scan():
    found = measurement(observation(LUMBAR_T, text="L1-L4 T-score", **quantity(-1.2, "1")))
    assert found.levels == {"L1", "L2", "L3", "L4"}


@pytest.mark.parametrize(
    ("text", "site"),
    [
        ("DXA femoral neck T-score", Site.FEMORAL_NECK),
        ("Lumbar spine T score", Site.LUMBAR_SPINE),
        ("Hip T-Score", Site.TOTAL_HIP),
    ],
)
def test_a_local_code_is_recognised_by_its_words(text, site):
    found = measurement(observation("DEXA1", "urn:local", text=text, **quantity(-1.4, "1")))
    assert (found.quantity, found.site) == (Quantity.T_SCORE, site)
    assert "wording" in " ".join(found.notes)


def test_a_z_score_in_words_is_a_z_score():
    found = measurement(observation("DEXA2", "urn:local", text="Lumbar spine Z-score", **quantity(-0.4, "1")))
    assert found.quantity is Quantity.Z_SCORE


@pytest.mark.parametrize("status", ["registered", "preliminary", "cancelled", "entered-in-error"])
def test_only_final_results_count(status):
    chart = read(observation(LUMBAR_T, status=status, **quantity(-2.1, "1")))
    assert chart.measurements == ()


@pytest.mark.parametrize("status", [None, "unknown", "final-ish"])
def test_a_result_of_unclear_status_is_said_not_used(status):
    chart = read(observation(LUMBAR_T, status=status, **quantity(-2.1, "1")))
    assert chart.measurements == ()
    assert "status" in reasons(chart)


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        ("34", "ng/mL", "34"),
        ("34", "ug/L", "34"),
        ("49.92", "nmol/L", "20"),
        ("74.88", "nmol/L", "30"),
    ],
)
def test_vitamin_d_by_unit_exactly(value, unit, expected):
    assert measurement(observation(TOTAL, **quantity(float(value), unit))).value == Decimal(expected)


@pytest.mark.parametrize("text", ["Vitamin_D_25OH", "25-OH Vitamin D, total", "Vitamin D 25-hydroxy", "25(OH) vit D"])
def test_vitamin_d_under_a_local_code_by_its_words(text):
    found = measurement(observation("VITD", "urn:local", text=text, **quantity(50, "nmol/L")))
    assert found.quantity is Quantity.VITAMIN_D
    assert "wording" in " ".join(found.notes)


@pytest.mark.parametrize(
    "text", ["1,25-OH Vitamin D", "1,25-dihydroxy vitamin D", "Vitamin D3 intake", "Calcitriol (1,25 OH vit D)"]
)
def test_other_vitamin_d_words_are_not_25_oh(text):
    assert read(observation("VITD", "urn:local", text=text, **quantity(50, "ng/mL"))).measurements == ()


def test_fifty_nmol_is_not_deficient_and_a_little_less_is():
    """A9: 50 nmol/L is 20.03 ng/mL, 49.9 is 19.99."""
    assert measurement(observation(TOTAL, **quantity(50, "nmol/L"))).value > 20
    assert measurement(observation(TOTAL, **quantity(49.9, "nmol/L"))).value < 20


def test_the_unit_decides_even_under_a_molar_code():
    assert measurement(observation("14635-7", **quantity(31, "ng/mL"))).value == 31


@pytest.mark.parametrize("unit", ["", "pmol/L", "IU"])
def test_vitamin_d_without_a_known_unit_is_not_used(unit):
    chart = read(observation(TOTAL, **quantity(31, unit)))
    assert chart.measurements == ()
    assert "unit" in reasons(chart)


def test_d2_and_d3_of_one_specimen_are_added():
    d3 = observation(D3, **quantity(18, "ng/mL")) | {"id": "d3"}
    d2 = observation(D2, **quantity(5, "ng/mL")) | {"id": "d2"}
    found = measurement(d2, d3)
    assert found.value == 23
    assert "sum" in " ".join(found.notes)


def test_d2_below_its_limit_adds_nothing():
    d3 = observation(D3, **quantity(18, "ng/mL")) | {"id": "d3"}
    d2 = observation(D2, **quantity(4, "ng/mL", comparator="<")) | {"id": "d2"}
    found = measurement(d2, d3)
    assert (found.value, found.comparator) == (18, "")


def test_both_below_their_limits_stay_a_bound():
    d3 = observation(D3, **quantity(4, "ng/mL", comparator="<")) | {"id": "d3"}
    d2 = observation(D2, **quantity(4, "ng/mL", comparator="<")) | {"id": "d2"}
    found = measurement(d2, d3)
    assert (found.value, found.comparator) == (8, "<")


def test_the_measured_total_is_preferred():
    parts = [observation(c, **quantity(v, "ng/mL")) | {"id": c} for c, v in ((TOTAL, 25), (D3, 18), (D2, 5))]
    assert measurement(*parts).value == 25


def test_d2_and_d3_of_different_days_are_not_added():
    d3 = observation(D3, **quantity(18, "ng/mL")) | {"id": "d3"}
    d2 = observation(D2, effectiveDateTime="2025-01-01", **quantity(5, "ng/mL")) | {"id": "d2"}
    assert sorted(m.value for m in read(d2, d3).measurements) == [5, 18]


def test_d2_alone_below_its_limit_is_no_vitamin_d_result():
    chart = read(observation(D2, **quantity(4, "ng/mL", comparator="<")))
    assert chart.measurements == ()
    assert "says nothing of the total" in reasons(chart)


def test_a_comparator_is_kept():
    found = measurement(observation(TOTAL, **quantity(4, "ng/mL", comparator="<")))
    assert (found.value, found.comparator) == (4, "<")


@pytest.mark.parametrize("said", ["-2.1", "−2.1", "–2.1"])
def test_a_plain_number_written_as_text_is_read_with_a_note(said):
    found = measurement(observation(LUMBAR_T, valueString=said))
    assert found.value == Decimal("-2.1")
    assert "text" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("code", "said", "value", "comparator"),
    [
        (TOTAL, "<4 ng/mL", "4", "<"),
        (TOTAL, "≤ 12 ng/mL", "12", "<="),
        (TOTAL, "49.92 nmol/L", "20", ""),
        ("72514-3", "8/10", "8", ""),
        (LUMBAR_T, "-2.1 SD", "-2.1", ""),
    ],
)
def test_a_number_with_its_unit_written_as_text_is_read_with_a_note(code, said, value, comparator):
    found = measurement(observation(code, valueString=said))
    assert (found.value, found.comparator) == (Decimal(value), comparator)
    assert "text" in " ".join(found.notes)
    as_number = measurement(observation(code, valueQuantity={"value": said}))
    assert (as_number.value, as_number.comparator) == (Decimal(value), comparator)


def test_areal_density_written_as_text_is_no_t_score():
    assert "areal" in reasons(read(observation(LUMBAR_T, valueString="0.887 g/cm2")))


@pytest.mark.parametrize("said", ["8/100", "3-5", "12 ng/mL (low)", "2 pills", "4 5"])
def test_a_text_with_more_than_a_number_and_its_unit_is_not_a_number(said):
    assert read(observation("72514-3", valueString=said)).measurements == ()


@pytest.mark.parametrize("said", ["about -2.1", "-2,1", "T -2.1 (osteopenia)", "see report"])
def test_any_other_text_is_not_a_number(said):
    chart = read(observation(LUMBAR_T, valueString=said))
    assert chart.measurements == ()
    assert "not a number" in reasons(chart)


def test_a_number_inside_a_text_is_offered_for_confirmation():
    chart = read(observation(LUMBAR_T, valueString="-2.1 (osteopenia)"))
    (offer,) = chart.offers
    assert (offer.value, offer.site) == (Decimal("-2.1"), Site.LUMBAR_SPINE)


def test_a_result_without_a_value_is_told_with_what_stands_in_its_place():
    absent = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/data-absent-reason", "code": "unknown"}]}
    chart = read(observation(LUMBAR_T, dataAbsentReason=absent))
    assert chart.measurements == ()
    assert "(2026-01-15): on record without a readable value (unknown)." in reasons(chart)
    assert [line.topic for line in chart.unreadable] == [Topic.BONE_DENSITY]


@pytest.mark.parametrize("status", ["registered", "preliminary"])
def test_a_result_that_is_not_final_is_told_with_its_value(status):
    chart = read(observation(LUMBAR_T, status=status, **quantity(-2.1, "1")))
    assert f"(2026-01-15): -2.1 1, status “{status}”: the result is not used" in reasons(chart)


@pytest.mark.parametrize("status", ["cancelled", "entered-in-error"])
def test_a_result_that_is_none_is_not_told(status):
    assert read(observation(LUMBAR_T, status=status, **quantity(-2.1, "1"))).unreadable == ()


@pytest.mark.parametrize("status", ["preliminary", "unknown"])
def test_a_false_friend_of_unclear_status_is_told_once(status):
    assert len(read(observation("1990-1", status=status, **quantity(31, "ng/mL"))).unreadable) == 1


@pytest.mark.parametrize(
    "parts",
    [
        {"hasMember": [{"reference": "Observation/9"}]},
        {"component": [{"code": concept(D3, LOINC)} | quantity(18, "ng/mL")]},
    ],
)
def test_a_panel_whose_results_stand_elsewhere_misses_no_value(parts):
    assert "without a readable value" not in reasons(read(observation(TOTAL, **parts)))


def test_a_panel_with_nothing_of_ours_in_it_is_told():
    inside = {"code": concept("X", "urn:local", "Comment")} | quantity(1)
    assert "without a readable value" in reasons(read(observation(TOTAL, component=[inside])))


@pytest.mark.parametrize("code", ["83311-1", "38269-7"])
def test_a_bone_density_panel_or_report_without_members_is_told(code):
    assert [line.topic for line in read(observation(code)).unreadable] == [Topic.BONE_DENSITY]
    assert read(observation(code, hasMember=[{"reference": "Observation/9"}])).unreadable == ()


def test_a_result_of_another_quantity_without_a_value_is_told_without_a_question():
    (line,) = read(observation("17861-6")).unreadable
    assert line.topic is None
    assert line.reason.endswith("on record without a readable value")


@pytest.mark.parametrize(
    ("code", "system", "words", "topic"),
    [
        ("X", "urn:local", "Vitamin D", Topic.VITAMIN_D),
        ("X", "urn:local", "BMD_TSCORE", Topic.BONE_DENSITY),
        ("X", "urn:local", "Fracture of L2", Topic.FRACTURE),
        ("35365-6", LOINC, "", Topic.VITAMIN_D),
        ("62292-8", "", "", Topic.VITAMIN_D),
        ("NPU10267", "urn:oid:1.2.208.176.2.1", "", Topic.VITAMIN_D),
        ("225908003", SNOMED, "", Topic.PAIN),
        ("64859006", SNOMED, "", Topic.BONE_DISEASE),  # a diagnosis as the code of a result
        ("8867-4", LOINC, "", Topic.UNKNOWN),
        ("", "", "", Topic.UNKNOWN),
    ],
)
def test_what_is_not_understood_and_may_be_ours_is_told(code, system, words, topic):
    (line,) = read(observation(code, system, display=words, **quantity(31, "foo"))).unreadable
    assert line.topic is topic
    assert "2026-01-15" in line.reason


@pytest.mark.parametrize("words", ["Heart rate", "PROMIS Physical Function T-score", "Chest pain", "Vitamin B12"])
def test_what_is_something_else_is_not_told(words):
    assert read(observation("X", "urn:local", display=words, **quantity(31, "foo"))).unreadable == ()


@pytest.mark.parametrize(
    "answer",
    [{"valueString": "Impression: osteopenia"}, {"valueCodeableConcept": {"text": "Osteopenia"}}],
)
def test_an_answer_that_may_be_ours_is_told(answer):
    (line,) = read(observation("X", "urn:local", display="Impression", **answer)).unreadable
    assert line.topic is Topic.BONE_DISEASE


@pytest.mark.parametrize(
    "words", ["1,25-dihydroxyvitamin D", "1,25(OH)2D3", "24,25-dihydroxyvitamin D", "1 25 OH Vit D"]
)
@pytest.mark.parametrize("code", [("X", "urn:local"), (TOTAL, LOINC)])
def test_another_form_of_vitamin_d_is_told_whatever_its_code(code, words):
    chart = read(observation(*code, display=words, **quantity(31, "ng/mL")))
    assert chart.measurements == ()
    assert "not the 25-OH vitamin D" in reasons(chart)
    assert [line.topic for line in chart.unreadable] == [Topic.VITAMIN_D if code[1] == LOINC else None]


def test_no_vitamin_d_at_all_is_told():
    assert "no believable" in reasons(read(observation(TOTAL, **quantity(0, "ng/mL"))))


@pytest.mark.parametrize(
    ("words", "part"),
    [("25OHD3", "d3"), ("25-OH D2", "d2"), ("Vitamin D 25-OH", "total"), ("25-OH Vitamin D2 and D3", "total"),
     ("25-OH Vitamin D3, total", "total"), ("Vitamin D 25 OH, and 2 more", "total"),
     ("25-hydroxyergocalciferol", "d2"), ("Ercalcidiol", "d2"), ("Calcidiol", "d3")],
)  # fmt: skip
def test_which_part_of_vitamin_d_a_name_means(words, part):
    assert part_in_words(words, load().phrases) == part


@pytest.mark.parametrize(
    ("words", "more", "why"),
    [
        ("Pain score, left knee", quantity(8), "another place"),
        ("Pain score", {"bodySite": {"text": "Abdomen"}} | quantity(8), "another place"),
        ("Pain level goal", quantity(2), "present pain"),
        ("Pain score", quantity(8, "mm"), "0-10 scale"),
        ("Pain score", quantity(11), "0-10 scale"),
        ("Pain score", quantity(8) | {"referenceRange": [{"high": {"value": 100}}]}, "0-10 scale"),
        ("Pain score", {"valueString": "asleep"}, "not a number"),
        ("VAS pain", quantity(8), "not understood"),
    ],
)
def test_a_pain_score_in_words_that_is_not_used_is_told(words, more, why):
    chart = read(observation("X", "urn:local", display=words, **more))
    assert chart.measurements == ()
    assert why in reasons(chart) and [line.topic for line in chart.unreadable] == [Topic.PAIN]


@pytest.mark.parametrize("words", ["Pain score", "Numeric Pain Score", "PAIN_LEVEL", "Low back pain severity (0-10)"])
def test_a_pain_score_in_words_is_read_with_a_note(words):
    found = measurement(observation("X", "urn:local", display=words, **quantity(8, "/10")))
    assert (found.quantity, found.value) == (Quantity.PAIN, 8)
    assert "wording" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"effectivePeriod": {"start": "2025-01-01", "end": "2025-01-02"}}, date(2025, 1, 2)),
        ({"effectiveInstant": "2025-01-03T08:00:00Z"}, date(2025, 1, 3)),
        ({"effectiveTiming": {"event": ["2025-01-04T08:00:00Z"]}}, date(2025, 1, 4)),
    ],
)
def test_every_kind_of_effective_time(more, expected):
    found = measurement(observation(LUMBAR_T, effectiveDateTime=None, **quantity(-2.1, "1"), **more))
    assert found.when == When.day(expected)


def test_date_of_issue_stands_in_and_says_so():
    found = measurement(
        observation(LUMBAR_T, effectiveDateTime=None, issued="2025-01-05T00:00:00Z", **quantity(-2, "1"))
    )
    assert found.when == When.day(date(2025, 1, 5))
    assert "issue" in " ".join(found.notes)


def test_components_of_a_panel_are_read():
    parts = [
        {"code": concept(LUMBAR_T, LOINC), **quantity(-2.2, "1")},
        {"code": concept("24966-4", LOINC), **quantity(0.81, "g/cm2")},
    ]
    found = {m.quantity: m.value for m in read(observation("83311-1", component=parts)).measurements}
    assert found == {Quantity.T_SCORE: Decimal("-2.2"), Quantity.AREAL_BMD: Decimal("0.81")}


def test_members_of_a_panel_have_its_date():
    member = observation(LUMBAR_T, effectiveDateTime=None, **quantity(-2.2, "1")) | {"id": "m"}
    panel = observation("83311-1", hasMember=[{"reference": "Observation/m"}]) | {"id": "panel"}
    found = measurement(panel, member)
    assert found.when == When.day(date(2026, 1, 15))
    assert "report" in " ".join(found.notes)


def test_a_contained_member_is_read():
    member = {
        "resourceType": "Observation",
        "id": "m",
        "status": "final",
        "code": concept(LUMBAR_T, LOINC),
        **quantity(-2.2, "1"),
    }
    panel = observation("83311-1", contained=[member], hasMember=[{"reference": "#m"}])
    assert measurement(panel).value == Decimal("-2.2")


@pytest.mark.parametrize(("value", "unit", "expected"), [(10.2, "mg/dL", "10.2"), (2.5, "mmol/L", "10.0195")])
def test_calcium_in_both_units(value, unit, expected):
    assert measurement(observation("17861-6", **quantity(value, unit))).value == Decimal(expected)


@pytest.mark.parametrize(("value", "unit", "expected"), [(6, "{score}", "6"), (55, "mm", "5.5")])
def test_pain_on_the_0_10_scale(value, unit, expected):
    code = "38214-3" if unit == "mm" else "72514-3"
    assert measurement(observation(code, **quantity(value, unit))).value == Decimal(expected)


def test_pain_outside_its_scale_is_not_used():
    chart = read(observation("72514-3", **quantity(55, "{score}")))
    assert chart.measurements == ()
    assert "0-10" in reasons(chart)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (concept("449868002", SNOMED), "current"),
        (concept("8517006", SNOMED), "former"),
        (concept("266919005", SNOMED), "never"),
        ({"text": "Never smoker"}, "never"),
        ({"text": "Current every day smoker"}, "current"),
        ({"text": "Non-smoker"}, "never"),
        ({"text": "hmm"}, "unknown"),
    ],
)
def test_smoking_status(answer, expected):
    found = measurement(observation("72166-2", valueCodeableConcept=answer))
    assert (found.quantity, found.value, found.text) == (Quantity.SMOKING, None, expected)


@pytest.mark.parametrize("value", [True, [], {}, "NaN", float("inf"), float("nan"), 10**400])
def test_strange_numbers_are_not_numbers(value):
    assert read(observation(LUMBAR_T, **quantity(value, "1"))).measurements == ()


def test_the_scanner_is_kept():
    found = measurement(observation("24966-4", device={"display": "Hologic Horizon 3"}, **quantity(0.9, "g/cm2")))
    assert found.device == "Hologic Horizon 3"


def test_a_value_that_cannot_be_used_is_called_by_its_code_where_it_has_no_words():
    assert "“25-hydroxyvitamin D2+D3, mass (62292-8)” (2026-01-15): 18 has no unit" in reasons(
        read(observation("62292-8", **quantity(18)))
    )
