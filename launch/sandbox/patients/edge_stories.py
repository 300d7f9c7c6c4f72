"""Stories at the edges: planned before, in conflict, at an unusual age, dated badly, or of nothing relevant."""

from __future__ import annotations

from .story import Story
from .vocabulary import FEMUR_T, HIP_T, HIP_Z, LS_T, LS_Z, OSTEOPENIA_ICD, OSTEOPENIA_SCT, Json, concept, icd, tagged

PLAN_SYSTEM = "https://loadpath.example/fhir/plan"
EARLIER = "sandbox-earlier-plan"
EARLIER_WORDS = {
    "status": "generated",
    "div": '<div xmlns="http://www.w3.org/1999/xhtml">Rehabilitation plan, initial phase.</div>',
}


def already_planned() -> Story:
    s = Story("lindgren", "Four months, already has a Loadpath plan and referral from the initial phase.")
    s.patient("Lindgren", "Olof", "male", "@-63y-95d", "RB-10031", "555-0131", "sv Swedish")
    s.visit("@-80d", "Follow-up bone health clinic")
    fracture = s.problem(
        "Wedge compression fracture of L4",
        icd("S32.040D"),
        onset="@-118d", recorded="@-20d",
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_SCT, recorded="@-4m")
    s.score(HIP_T, -1.8, "@-110d")
    s.vitamin_d(32, "@-105d")
    s.pain(2, "@-8d")
    s.background(26.0)
    _earlier_plan(s, fracture)
    return s


def _earlier_plan(s: Story, fracture: str) -> None:
    goal = s.add(
        "Goal", "goal", identifier=[{"system": PLAN_SYSTEM, "value": f"{EARLIER}.goal-pain"}], lifecycleStatus="active",
        description={"text": "Pain 3 of 10 or less within three months"}, subject=s.subject, startDate="@-80d",
        addresses=[{"reference": fracture}],
    )  # fmt: skip
    plan = s.add(
        "CarePlan",
        "plan",
        text=EARLIER_WORDS,
        identifier=[{"system": PLAN_SYSTEM, "value": EARLIER}],
        status="active",
        intent="plan",
        category=[
            {"coding": [{"system": "http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "code": "assess-plan"}]},
            concept("Care plan", ("sct", "734163000", "Care plan")),
        ],
        title="Rehabilitation after lumbar fracture, initial phase",
        description="Supervised programme led by back-extensor strengthening, with resistance and balance work.",
        subject=s.subject,
        period={"start": "@-80d", "end": "@-80d+12m"},
        created="@-80d",
        author={"reference": "Practitioner/okafor", "display": "Dr. Ngozi Okafor"},
        addresses=[{"reference": fracture}],
        goal=[{"reference": goal}],
        activity=_earlier_activities(),
    )  # fmt: skip
    _earlier_order(s, plan, fracture)


def _earlier_order(s: Story, plan: str, fracture: str) -> None:
    s.add(
        "ServiceRequest",
        "order",
        identifier=[{"system": PLAN_SYSTEM, "value": f"{EARLIER}.referral"}],
        basedOn=[{"reference": plan}],
        status="active",
        intent="order",
        category=[concept("Physical therapy", ("sct", "91251008", "Physical therapy procedure (regime/therapy)"))],
        code=concept("Referral to physiotherapist", ("sct", "308447003", "Referral to physiotherapist")),
        subject=s.subject,
        occurrenceTiming={
            "repeat": {"frequency": 2, "frequencyMax": 3, "period": 1, "periodUnit": "wk", "duration": 60,
                       "durationUnit": "min"},
        },
        authoredOn="@-80d",
        requester={"reference": "Practitioner/okafor", "display": "Dr. Ngozi Okafor"},
        reasonReference=[{"reference": fracture}],
    )  # fmt: skip


def _earlier_activities() -> list[Json]:
    return [
        _activity("Seated back-extensor isometric, 2 sets of 8, hold 3 to 5 seconds"),
        _activity("Supported semi-tandem stand, 3 times 20 to 30 seconds daily"),
        _activity("AVOID: rapid, repeated, sustained, weighted or end-range forward bending of the spine. "
                  "Instead hinge at the hips and squat to reach.", avoid=True),
        _activity("AVOID: rapid, repeated, sustained, weighted or end-range twisting of the trunk. "
                  "Instead step the feet round.", avoid=True),
    ]  # fmt: skip


def _activity(text: str, *, avoid: bool = False) -> Json:
    detail: Json = {"status": "in-progress", "description": text}
    if avoid:
        detail = {"status": "in-progress", "doNotPerform": True, "description": text}
    return {"detail": detail}


def conflicting_dxa() -> Story:
    s = Story("abernathy", "Coded osteopenia, femoral neck T -2.7, spine T misled by the fractured vertebra: conflict.")
    s.patient("Abernathy", "Walter", "male", "@-74y-20d", "RB-10032", "555-0132")
    s.visit("@-14d", "Follow-up bone health clinic")
    s.problem(
        "Wedge compression fracture of L2, healing",
        icd("S32.020D"),
        onset="@-4m", recorded="@-4m",
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_ICD, OSTEOPENIA_SCT, recorded="@-2y")
    s.score(FEMUR_T, -2.7, "@-21d", site="femoral neck")
    s.score(HIP_T, -2.2, "@-21d")
    s.score(LS_T, -1.1, "@-21d", note="L1-L4, includes the fractured L2.")
    s.vitamin_d(31, "@-30d")
    s.pain(2, "@-9d")
    s.background(24.1)
    return s


def vitamin_d_in_nmol() -> Story:
    s = Story("fitzgerald", "Vitamin D 42 nmol/L from another laboratory (about 17 ng/mL): deficient.")
    s.patient("Fitzgerald", "Sean", "male", "@-61y-170d", "RB-10033", "555-0133")
    s.visit("@-12d", "Follow-up bone health clinic")
    s.problem(
        "Wedge compression fracture of L1, healing",
        icd("S32.010D"),
        onset="@-100d", recorded="@-98d",
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_SCT, recorded="@-90d")
    s.score(HIP_T, -1.7, "@-85d")
    s.vitamin_d(42, "@-20d", unit="nmol/L")
    s.pain(3, "@-12d")
    s.background(30.2, "current")
    return s


def woman_of_68() -> Story:
    s = Story("rosenthal", "Woman of 68, day 75 after an L1 fracture: outside the population the source describes.")
    s.patient("Rosenthal", "Miriam", "female", "@-68y-66d", "RB-10034", "555-0134")
    s.visit("@-6d", "Follow-up bone health clinic")
    s.problem(
        "Wedge compression fracture of L1",
        icd("S32.010A"),
        onset="@-75d", recorded="@-74d",
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_SCT, recorded="@-5y")
    s.score(HIP_T, -2.1, "@-60d")
    s.score(FEMUR_T, -2.3, "@-60d", site="femoral neck")
    s.vitamin_d(27, "@-62d")
    s.pain(4, "@-6d")
    s.background(23.3)
    s.medication("Levothyroxine 75 microgram tablet", "1 tablet every morning", "@-4y")
    return s


def man_of_44() -> Story:
    s = Story("jensen", "Man of 44, motorcycle crash four months ago: Z-scores apply, not T-scores.")
    s.patient("Jensen", "Mark", "male", "@-44y-230d", "RB-10035", "555-0135")
    visit = s.visit("@-4m", "Emergency visit: motorcycle crash", "EMER", "emergency")
    s.problem(
        "Wedge compression fracture of L1, healing",
        icd("S32.010D"),
        onset="@-4m", recorded="@-4m",
    )  # fmt: skip
    s.problem(
        "Motorcycle crash",
        icd("V29.99XA"),
        onset="@-4m", recorded="@-4m", category="encounter-diagnosis", encounter=visit,
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_ICD, recorded="@-3m")
    s.score(LS_Z, -1.1, "@-3m", note="Includes the fractured L1.")
    s.score(HIP_Z, -0.9, "@-3m")
    s.score(HIP_T, -1.3, "@-3m")
    s.vitamin_d(35, "@-3m")
    s.pain(1, "@-10d")
    s.background(25.5, "former")
    return s


def delayed_healing() -> Story:
    s = Story("ogden", "Four months, L1 fracture coded as delayed healing: held back, prone work blocked.")
    s.patient("Ogden", "Harold", "male", "@-68y-300d", "RB-10036", "555-0136")
    s.visit("@-13d", "Follow-up bone health clinic")
    s.problem(
        "Wedge compression fracture of L1, delayed healing",
        icd("S32.010G"),
        onset="@-4m", recorded="@-13d",
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_SCT, recorded="@-3m")
    s.score(HIP_T, -2.2, "@-3m")
    s.vitamin_d(30, "@-3m")
    s.pain(4, "@-13d")
    s.background(21.7, "current")
    return s


def month_only() -> Story:
    s = Story("achterberg", "Fracture dated to a month only, at the edge of two phases: shown as a range.")
    s.patient("Achterberg", "Joost", "male", "@-60y-10d", "RB-10037", "555-0137", "nl Dutch")
    s.visit("@-8d", "First visit bone health clinic")
    s.problem(
        "Wedge compression fracture of L2, healing",
        icd("S32.020D"),
        onset="@-3m:month", recorded="@-8d",
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_SCT, recorded="@-8d")
    s.score(HIP_T, -1.5, "@-70d")
    s.vitamin_d(33, "@-65d")
    s.pain(2, "@-8d")
    s.background(24.9)
    return s


def nothing_relevant() -> Story:
    s = Story("sato", "Blood pressure check, nothing about bone: not applicable.")
    s.patient("Sato", "Hiroshi", "male", "@-55y-145d", "RB-10038", "555-0138", "ja Japanese")
    s.visit("@-21d", "Blood pressure check")
    s.problem("Essential hypertension", recorded="@-4y")
    s.problem("Seasonal allergic rhinitis", recorded="@-9y")
    s.calcium(9.2, "@-21d")
    s.background(27.7)
    s.medication("Amlodipine 5 mg tablet", "5 mg once a day", "@-4y")
    s.add(
        "AllergyIntolerance", "allergy", clinicalStatus=tagged("allergyintolerance-clinical", "active"),
        code={"text": "Penicillin"}, patient=s.subject,
    )  # fmt: skip
    return s
