"""Bone drugs on record: what is on, late, stopped or unknown, and the fractures a drug explains (rule book 2a, 5)."""

from dataclasses import replace
from datetime import date

import pytest

from smartapp.core.assessment import Assessment
from smartapp.core.chart import Medication, Source
from smartapp.core.concepts import Concept
from smartapp.core.derive import derive
from smartapp.core.plan import plan
from smartapp.core.states import Severity
from smartapp.core.treatment import TreatmentState
from smartapp.knowledge import load
from tests.core.charts import chart, when

TODAY = date(2026, 3, 1)
MAN = ("man born 1946-01-01", "osteopenia", "total hip T-score -1.8 on 2025-12")
FRACTURE = "L2 fracture on 2026-02-01"
BONE = Concept.ANTIRESORPTIVE.value
DENOSUMAB = frozenset({BONE, Concept.DENOSUMAB.value})
ZOLEDRONATE = frozenset({BONE, Concept.ZOLEDRONATE.value})
ANABOLIC = frozenset({BONE, Concept.BONE_ANABOLIC.value})
ALENDRONATE = frozenset({BONE})


def drug(concepts=DENOSUMAB, started=None, last=None, active=True, text="", n=1) -> Medication:
    days = {"started": started and when(started), "last": last and when(last)}
    return Medication(Source(f"Medication/{n}", text), frozenset(concepts), active=active, text=text, **days)


def on(*medications: Medication, facts=(*MAN, FRACTURE)) -> Assessment:
    return derive(replace(chart(facts, TODAY), medications=medications), TODAY, load())


def states(found: Assessment) -> list[str]:
    return [each.state for each in found.treatment]


@pytest.mark.parametrize(
    ("medicine", "state", "due"),
    [
        (drug(last="2025-08-02"), "on", "2026-02-02"),  # six months and the month of grace
        (drug(last="2025-08-01"), "late", "2026-02-01"),
        (drug(last="2025-08-01", active=False), "late", "2026-02-01"),
        (drug(ZOLEDRONATE, last="2024-12-02"), "on", "2025-12-02"),
        (drug(ZOLEDRONATE, last="2024-12-01"), "late", "2025-12-01"),
        (drug(started="2024-12-02"), "on", None),
        (drug(started="2024-12-01"), "unknown", None),
        (drug(ALENDRONATE, started="2025-01-01"), "on", None),
        (drug(ALENDRONATE, started="2019-01-01"), "unknown", None),
        (drug(ALENDRONATE, started="2019-01-01", last="2026-02-01"), "on", None),
        (drug(ALENDRONATE), "unknown", None),
        (drug(ALENDRONATE, started="2027-01-01"), "unknown", None),
        (drug(ALENDRONATE, started="2025-01-01", active=False), "stopped", None),
        (drug(ANABOLIC, started="2025-12-05"), "on", None),
    ],
)
def test_the_last_dose_decides_else_the_newest_order(medicine, state, due):
    (found,) = on(medicine).treatment
    assert (found.state, found.due and str(found.due)) == (state, due)


def test_one_line_for_a_drug_named_as_recorded_and_one_for_each_other():
    found = on(
        drug(last="2025-05-10", text="Prolia", n=1), drug(started="2024-01-01", text="Prolia", n=2),
        drug(ALENDRONATE, started="2026-01-01", text="Fosamax", n=3),
        drug(ALENDRONATE, started="2025-12-01", text="Alendronate", n=4),
    ).treatment  # fmt: skip
    assert [(t.drug, str(t.since), len(t.sources)) for t in found] == [
        ("Prolia", "2024-01-01", 2), ("an antiresorptive drug", "2025-12-01", 2),
    ]  # fmt: skip
    assert str(found[0].last) == "2025-05-10"


def test_nothing_on_record_is_no_treatment():
    assert on().treatment == ()
    assert not on().has("treated")


def test_who_is_treated_is_not_asked_to_be():
    facts = (*MAN, FRACTURE, "osteoporosis")
    treated, bare = on(drug(ALENDRONATE, started="2025-06-01"), facts=facts), on(facts=facts)
    assert treated.has("treated") and not treated.has("treatment-gap")
    assert bare.has("treatment-gap") and not bare.has("treated")

    def words(found):
        proposal = plan(found, load())
        return " ".join(
            [*(a.action for a in found.alerts), *(f"{a.title} {a.description}" for a in proposal.activities)]
        ).lower()

    assert "evaluate for drug therapy" in words(bare) and "evaluate for drug therapy" not in words(treated)
    assert "check that" in words(treated)


@pytest.mark.parametrize(
    ("medicine", "gap"),
    [
        (drug(ALENDRONATE, started="2019-01-01"), True),
        (drug(ALENDRONATE, started="2025-01-01", active=False), True),
        (drug(last="2025-05-10"), False),  # late: it is on record, and its own alert says so
        (drug(last="2025-12-10"), False),
    ],
)
def test_a_fragility_fracture_without_a_drug_that_is_on_or_late_is_a_gap(medicine, gap):
    assert on(medicine).has("treatment-gap") is gap


def test_no_gap_where_the_fracture_is_none_of_osteoporosis_or_comfort_is_the_aim():
    assert not on(facts=(*MAN, FRACTURE, "high energy mechanism on 2026-02-01")).has("treatment-gap")
    assert not on(facts=("man born 1990-01-01", "osteopenia", FRACTURE)).has("treatment-gap")
    assert not on(facts=(*MAN, FRACTURE, "palliative")).has("treatment-gap")


def test_a_late_dose_of_denosumab_is_reviewed_unless_another_drug_followed():
    late = drug(last="2025-08-01")
    found = next(a for a in on(late).alerts if a.code == "denosumab-gap")
    assert found.severity is Severity.REVIEW and "due 2026-02-01, 4 weeks ago" in found.reason.text
    assert not on(drug(last="2025-08-02")).has("denosumab-gap")
    assert not on(late, drug(ALENDRONATE, started="2025-09-01", n=2)).has("denosumab-gap")
    assert on(late, drug(ALENDRONATE, started="2025-08-01", n=2)).has("denosumab-gap")
    assert on(late, drug(ALENDRONATE, started="2024-01-01", last="2024-05-01", n=2)).has("denosumab-gap")
    assert not on(late).has("dose-overdue")
    assert on(drug(ZOLEDRONATE, last="2024-12-01")).has("dose-overdue")
    assert on(late, facts=MAN).treatment[0].state is TreatmentState.LATE


@pytest.mark.parametrize(
    ("last", "rebound"),
    [("2025-07-01", True), ("2025-07-02", False), ("2024-02-02", True), ("2024-02-01", False), ("2026-02-05", False)],
)
def test_a_fracture_seven_to_24_months_after_the_last_dose_is_a_rebound(last, rebound):
    assert on(drug(last=last)).has("rebound-fracture") is rebound


def test_a_drug_begun_before_the_fracture_speaks_against_a_rebound():
    last = drug(last="2025-03-01")
    assert not on(last, drug(ALENDRONATE, started="2025-10-01", n=2)).has("rebound-fracture")
    assert on(last, drug(ALENDRONATE, started="2026-02-10", n=2)).has("rebound-fracture")


@pytest.mark.parametrize(("since", "failed"), [("2025-02-01", True), ("2025-02-02", False)])
def test_a_fracture_a_year_into_treatment_is_a_failure(since, failed):
    assert on(drug(ALENDRONATE, started=since)).has("treatment-failure") is failed
    assert not on(drug(ALENDRONATE, started=since, active=False)).has("treatment-failure")


def test_a_fracture_without_a_day_tells_nothing_of_the_drug():
    found = on(drug(ALENDRONATE, started="2025-12-01"), drug(last="2024-12-01", n=2), facts=(*MAN, "L2 fracture"))
    assert not found.has("treatment-failure") and not found.has("rebound-fracture")


def test_what_nobody_knows_is_asked():
    (asked,) = [
        gap for gap in on(drug(ALENDRONATE, started="2019-01-01", text="Fosamax")).gaps if "bone-drug" in gap.concept
    ]
    assert asked.question == "Is Fosamax still taken? It is on record since 2019-01-01, and nothing since tells."


@pytest.mark.parametrize(
    ("facts", "named"),
    [
        (["FRAX of the hip 4.5 on 2026-01-10"], "FRAX 4.5 % (hip fracture)"),
        (["FRAX of the hip <4.5 on 2026-01-10"], ""),
        (["FRAX of the hip 4.4 on 2026-01-10"], ""),
        (["falls told as “One fall with injury” on 2026-02-20"], "a fall with an injury (One fall with injury)"),
        (["falls told as “One fall without injury” on 2026-02-20"], ""),
        # the fall that broke the bone never counts (rule book 2c, CX11)
        (["falls told as “One fall with injury” on 2025-06-12", "L2 fracture on 2025-06-10"], ""),
    ],
)
def test_the_risk_of_the_hip_and_falls_that_injured_are_named(facts, named):
    fractured = [] if any("fracture on" in fact for fact in facts) else ["L2 fracture on 2024-06-10, sequela"]
    found = derive(chart([*MAN, *fractured, *facts], TODAY), TODAY, load())
    said = " ".join(alert.reason.text for alert in found.alerts if alert.code == "very-high-risk")
    assert named in said
    assert named or ("FRAX" not in said and "injury" not in said)


CANCER = frozenset({Concept.CANCER_TREATMENT.value})
FOUR_MG = frozenset({BONE, Concept.ZOLEDRONATE_CANCER_DOSE.value})


def given(concepts, day, n=1, text="") -> Medication:
    return replace(drug(concepts, day, day, text=text, n=n), given=True)


@pytest.mark.parametrize(
    ("day", "running"),
    [("2025-09-02", True), ("2025-09-01", False), (None, True)],
)
def test_a_dose_that_treats_cancer_counts_for_the_months_after_it(day, running):
    assert on(given(CANCER, day)).has("active-cancer") is running


def test_a_tumor_excluded_after_the_first_dose_is_not_asked_for_again_after_the_next():
    facts = (*MAN, FRACTURE, "attested malignancy excluded on 2026-02-10")
    doses = [given(CANCER, "2026-02-05"), given(CANCER, "2026-02-20", n=2)]
    assert not on(*doses, facts=facts).has("active-cancer")
    assert on(doses[1], facts=facts).has("active-cancer")


def asked(found: Assessment) -> bool:
    return any(gap.concept == "zoledronate-interval" for gap in found.gaps)


@pytest.mark.parametrize(
    ("medicines", "stops", "asks"),
    [
        ([drug(FOUR_MG, "2025-09-01")], False, True),
        ([drug(FOUR_MG, "2025-09-01", active=False)], False, False),
        ([replace(drug(FOUR_MG, "2025-09-01"), every=84)], True, False),
        ([replace(drug(FOUR_MG, "2025-09-01", active=False), every=84)], False, False),
        ([replace(drug(FOUR_MG, "2025-09-01"), every=360)], False, False),
        ([given(FOUR_MG, "2025-09-01"), given(FOUR_MG, "2025-12-01", n=2)], True, False),
        ([given(FOUR_MG, "2025-12-01"), given(FOUR_MG, "2025-12-01", n=2)], False, True),  # one dose, told twice
        ([given(FOUR_MG, "2024-09-01"), given(FOUR_MG, "2024-12-01", n=2)], False, False),  # long ago
        ([given(FOUR_MG, "2025-12-01"), given(FOUR_MG, "2026-05-01", n=2)], False, True),  # still to come
        ([given(ZOLEDRONATE, "2025-09-01"), given(ZOLEDRONATE, "2025-12-01", n=2)], False, False),
    ],
)
def test_zoledronic_acid_in_the_dose_given_in_cancer_is_one_where_more_often_than_yearly(medicines, stops, asks):
    found = on(*medicines)
    assert (found.has("active-cancer"), asked(found)) == (stops, asks)


@pytest.mark.parametrize(
    ("facts", "asks"),
    [
        (["L1 fracture on 2025-11-01", "L3 fracture on 2026-02-01"], True),
        (["L1 fracture on 2025-10-31", "L3 fracture on 2026-02-01"], False),  # more than three months apart
        (["L1 fracture on 2025-11-01", "L3 fracture on 2026-02-01", "takes denosumab since 2024-01-01"], False),
        (["L1 fracture on 2025-11-01", "L3 fracture on 2026-02-01", "palliative"], False),
        (["L1 fracture on 2025-11-01"], False),
    ],
)
def test_of_fractures_close_together_denosumab_is_asked_for(facts, asks):
    found = derive(chart([*MAN, *facts], TODAY), TODAY, load())
    assert any(gap.concept == "denosumab-before" for gap in found.gaps) is asks
    said = " ".join(alert.reason.text for alert in found.alerts if alert.code == "very-high-risk")
    assert ("close together" in said) is (asks or "takes denosumab since 2024-01-01" in facts)
