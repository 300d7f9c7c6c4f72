"""The stories below into the JSON files beside this one: ``python -m launch.sandbox.patients.compose``.

Invented people. Dates are offsets from the day the sandbox starts (``@-20d``), so each story always shows the phase it
is meant to show. Codes come only from the verified tables of the clinical rule book (ICD-10-CM April 2026, SNOMED CT
IPS free set, LOINC, CPT; smoking status from the US Core value set); whatever has no verified code is text only.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

Json = dict[str, Any]
HERE = Path(__file__).parent
STORY_SYSTEM = "https://loadpath.example/sandbox/story"
PLAN_SYSTEM = "https://loadpath.example/fhir/plan"
HL7 = "http://terminology.hl7.org/CodeSystem"
SYSTEMS = {
    "icd": "http://hl7.org/fhir/sid/icd-10-cm",
    "sct": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
    "cpt": "http://www.ama-assn.org/go/cpt",
}
WIDTH = 118

A, D, G = (
    ", initial encounter for closed fracture",
    ", subsequent encounter for fracture with routine healing",
    ", subsequent encounter for fracture with delayed healing",
)
ICD = {
    "M85.88": "Other specified disorders of bone density and structure, other site",
    "R33.9": "Retention of urine, unspecified",
    "S22.080A": "Wedge compression fracture of T11-T12 vertebra" + A,
    "S32.010A": "Wedge compression fracture of first lumbar vertebra" + A,
    "S32.010D": "Wedge compression fracture of first lumbar vertebra" + D,
    "S32.010G": "Wedge compression fracture of first lumbar vertebra" + G,
    "S32.020A": "Wedge compression fracture of second lumbar vertebra" + A,
    "S32.020D": "Wedge compression fracture of second lumbar vertebra" + D,
    "S32.028D": "Other fracture of second lumbar vertebra" + D,
    "S32.030D": "Wedge compression fracture of third lumbar vertebra" + D,
    "S32.040D": "Wedge compression fracture of fourth lumbar vertebra" + D,
    "V29.99XA": "Rider (driver) (passenger) of other motorcycle injured in unspecified traffic accident, initial "
    "encounter",
    "W11.XXXA": "Fall on and from ladder, initial encounter",
    "W18.30XA": "Fall on same level, unspecified, initial encounter",
    "Z87.310": "Personal history of (healed) osteoporosis fracture",
    "Z98.1": "Arthrodesis status",
}


def icd(code: str) -> tuple[str, str, str]:
    return "icd", code, ICD[code]


OSTEOPENIA_SCT = ("sct", "312894000", "Osteopenia (disorder)")
OSTEOPENIA_ICD = icd("M85.88")
# LOINC code, LOINC name, what the clinic calls it
Test = tuple[str, str, str]
LS_T = ("38267-1", "DXA Lumbar spine [T-score] Bone density", "DXA T-score, lumbar spine")
HIP_T = ("38264-8", "DXA Hip [T-score] Bone density", "DXA T-score, hip")
FEMUR_T = ("38263-0", "DXA Femur [T-score] Bone density", "DXA T-score, femur")
LS_Z = ("85394-5", "DXA Lumbar spine [Z-score] Bone density", "DXA Z-score, lumbar spine")
HIP_Z = ("80933-5", "DXA Hip [Z-score] Bone density", "DXA Z-score, hip")
VITAMIN_D = {
    "ng/mL": ("62292-8", "25-hydroxyvitamin D3+25-hydroxyvitamin D2 [Mass/volume] in Serum or Plasma",
              "25-OH vitamin D, total"),
    "nmol/L": ("14635-7", "25-hydroxyvitamin D3 [Moles/volume] in Serum or Plasma", "25-OH vitamin D3"),
}  # fmt: skip
CALCIUM = ("17861-6", "Calcium [Mass/volume] in Serum or Plasma", "Calcium")
PAIN = ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported", "Pain score, 0 to 10")
BMI = ("39156-5", "Body mass index (BMI) [Ratio]", "Body mass index")
TOBACCO = ("72166-2", "Tobacco smoking status", "Tobacco smoking status")
SMOKING = {
    "never": ("266919005", "Never smoked tobacco"),
    "former": ("8517006", "Ex-smoker"),
    "current": ("77176002", "Smoker"),
}


def concept(text: str, *codings: tuple[str, str, str]) -> Json:
    found: Json = {}
    if codings:
        found["coding"] = [{"system": SYSTEMS[s], "code": code, "display": display} for s, code, display in codings]
    return {**found, "text": text}


def tagged(name: str, code: str, display: str = "") -> Json:
    coding = {"system": f"{HL7}/{name}", "code": code}
    return {"coding": [{**coding, "display": display} if display else coding]}


class Story:
    """One patient's Bundle, built line by line."""

    def __init__(self, id_: str, story: str):
        self.id, self.story, self.resources = id_, story, []  # type: ignore[var-annotated]
        self.counts: dict[str, int] = {}

    @property
    def subject(self) -> Json:
        return {"reference": f"Patient/{self.id}"}

    def add(self, type_: str, short: str, **elements: Any) -> str:
        self.counts[short] = self.counts.get(short, 0) + 1
        id_ = f"{self.id}-{short}-{self.counts[short]}"
        kept = {key: value for key, value in elements.items() if value is not None}
        self.resources.append({"resourceType": type_, "id": id_, **kept})
        return f"{type_}/{id_}"

    def patient(
        self, family: str, given: str, gender: str, born: str, mrn: str, phone: str, language: str = "en English"
    ) -> Story:
        code, _, words = language.partition(" ")
        mr = {"coding": [{"system": f"{HL7}/v2-0203", "code": "MR", "display": "Medical record number"}]}
        self.resources.append(
            {
                "resourceType": "Patient",
                "id": self.id,
                "identifier": [{"use": "usual", "type": mr, "system": "https://riverside.example/mrn", "value": mrn}],
                "active": True,
                "name": [{"use": "official", "family": family, "given": given.split()}],
                "telecom": [{"system": "phone", "value": phone, "use": "home"}],
                "gender": gender,
                "birthDate": born,
                "communication": [
                    {
                        "language": {
                            "coding": [{"system": "urn:ietf:bcp:47", "code": code, "display": words}],
                            "text": words,
                        },
                        "preferred": True,
                    }
                ],
                "managingOrganization": {"reference": "Organization/riverside-bone-health"},
            }
        )
        return self

    def visit(self, when: str, reason: str, kind: str = "AMB", words: str = "ambulatory") -> str:
        return self.add(
            "Encounter",
            "visit",
            status="finished",
            **{"class": {"system": f"{HL7}/v3-ActCode", "code": kind, "display": words}},
            type=[{"text": reason}],
            subject=self.subject,
            participant=[{"individual": {"reference": "Practitioner/okafor", "display": "Dr. Ngozi Okafor"}}],
            period={"start": f"{when}T09:30", "end": f"{when}T10:10"},
        )

    def problem(
        self,
        text: str,
        *codings: tuple[str, str, str],
        onset: str | None = None,
        recorded: str | None = None,
        status: str = "active",
        abated: str | None = None,
        category: str = "problem-list-item",
        encounter: str | None = None,
        site: str | None = None,
    ) -> str:
        return self.add(
            "Condition",
            "problem",
            clinicalStatus=tagged("condition-clinical", status),
            verificationStatus=tagged("condition-ver-status", "confirmed"),
            category=[tagged("condition-category", category)],
            code=concept(text, *codings),
            bodySite=[{"text": site}] if site else None,
            subject=self.subject,
            encounter={"reference": encounter} if encounter else None,
            onsetDateTime=onset,
            abatementDateTime=abated,
            recordedDate=recorded,
            recorder={"reference": "Practitioner/okafor", "display": "Dr. Ngozi Okafor"},
        )

    def observe(self, test: Test, category: str, when: str, short: str, **elements: Any) -> str:
        code, name, spoken = test
        return self.add(
            "Observation",
            short,
            status="final",
            category=[tagged("observation-category", category)],
            code=concept(spoken, ("loinc", code, name)),
            subject=self.subject,
            effectiveDateTime=when,
            **elements,
        )

    def measure(
        self,
        test: Test,
        category: str,
        when: str,
        short: str,
        value: float,
        unit: str,
        ucum: str | None = None,
        **more: Any,
    ) -> str:
        quantity = {"value": value, "unit": unit, "system": "http://unitsofmeasure.org", "code": ucum or unit}
        return self.observe(test, category, when, short, valueQuantity=quantity, **more)

    def score(self, test: Test, value: float, when: str, site: str | None = None, note: str | None = None) -> None:
        unit = "T-Score" if "T-score" in test[1] else "Z-Score"
        where = {"text": site} if site else None
        self.measure(
            test, "imaging", when, "dxa", value, unit, "1", bodySite=where, note=[{"text": note}] if note else None
        )

    def vitamin_d(self, value: float, when: str, unit: str = "ng/mL") -> None:
        self.measure(VITAMIN_D[unit], "laboratory", f"{when}T08:05", "lab", value, unit)

    def calcium(self, value: float, when: str) -> None:
        self.measure(CALCIUM, "laboratory", f"{when}T08:05", "lab", value, "mg/dL")

    def pain(self, value: int, when: str) -> None:
        self.measure(PAIN, "survey", f"{when}T09:40", "pain", value, "{score}")

    def background(self, bmi: float, smoking: str = "never", when: str = "@-30d") -> None:
        """Body mass index, smoking, and everyday things no plan depends on."""
        self.measure(BMI, "vital-signs", f"{when}T09:35", "bmi", bmi, "kg/m2")
        code, display = SMOKING[smoking]
        value = concept(display, ("sct", code, display))
        self.observe(TOBACCO, "social-history", when, "smoking", valueCodeableConcept=value)
        self.add(
            "Immunization", "shot", status="completed", vaccineCode={"text": "Influenza vaccine, this season"},
            patient=self.subject, occurrenceDateTime="@-2m",
        )  # fmt: skip

    def procedure(self, text: str, when: str, *codings: tuple[str, str, str], site: str | None = None) -> str:
        return self.add(
            "Procedure",
            "procedure",
            status="completed",
            code=concept(text, *codings),
            subject=self.subject,
            performedDateTime=when,
            bodySite=[{"text": site}] if site else None,
        )

    def medication(self, text: str, dose: str, when: str, status: str = "active") -> str:
        return self.add(
            "MedicationRequest",
            "medication",
            status=status,
            intent="order",
            medicationCodeableConcept={"text": text},
            subject=self.subject,
            authoredOn=when,
            requester={"reference": "Practitioner/okafor", "display": "Dr. Ngozi Okafor"},
            dosageInstruction=[{"text": dose}],
        )

    def bundle(self) -> Json:
        tag = {"system": STORY_SYSTEM, "code": self.id, "display": self.story}
        entries = [{"resource": resource} for resource in self.resources]
        return {"resourceType": "Bundle", "meta": {"tag": [tag]}, "type": "collection", "entry": entries}


def initial() -> Story:
    s = Story("bergstrom", "Day 20 after a fall, L1 wedge fracture, osteopenia: initial phase.")
    s.patient("Bergstrom", "Daniel Erik", "male", "@-62y-48d", "RB-10021", "555-0121")
    visit = s.visit("@-20d", "Emergency visit: back pain after a fall", "EMER", "emergency")
    s.problem(
        "Wedge compression fracture of L1",
        icd("S32.010A"),
        ("sct", "426646004", "Compression fracture of lumbar spine"),
        onset="@-20d", recorded="@-20d",
    )  # fmt: skip
    s.problem(
        "Fall on the same level at home", icd("W18.30XA"),
        onset="@-20d", recorded="@-20d", category="encounter-diagnosis", encounter=visit,
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_SCT, OSTEOPENIA_ICD, onset="@-14m", recorded="@-14m")
    s.problem("Essential hypertension", recorded="@-6y")
    s.score(HIP_T, -1.8, "@-14m")
    s.score(LS_T, -1.6, "@-14m", note="L1-L4, before the fracture.")
    s.vitamin_d(24, "@-40d")
    s.calcium(9.4, "@-40d")
    s.pain(5, "@-3d")
    s.background(26.1)
    s.medication("Acetaminophen 500 mg tablet", "1000 mg up to three times a day for pain", "@-20d")
    s.medication("Lisinopril 10 mg tablet", "10 mg once a day", "@-3y")
    return s


def prone_conditional() -> Story:
    s = Story("moreau", "Day 60, L2 fracture, pain settling: initial phase, prone work conditional.")
    s.patient("Moreau", "Antoine", "male", "@-66y-120d", "RB-10022", "555-0122", "fr French")
    s.visit("@-60d", "Walk-in: sudden back pain after lifting a box")
    s.visit("@-5d", "Follow-up bone health clinic")
    s.problem(
        "Compression fracture of L2",
        icd("S32.020A"),
        onset="@-60d", recorded="@-59d",
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_ICD, recorded="@-3y")
    s.score(HIP_T, -1.9, "@-45d")
    s.score(FEMUR_T, -2.0, "@-45d", site="femoral neck")
    s.vitamin_d(33, "@-50d")
    s.pain(3, "@-5d")
    s.background(24.7, "former")
    s.medication("Cholecalciferol 1000 IU capsule", "1 capsule a day with food", "@-45d")
    return s


def intermediate() -> Story:
    s = Story("haddad", "Four months, L1 fracture coded as routine healing: intermediate phase.")
    s.patient("Haddad", "Karim", "male", "@-64y-200d", "RB-10023", "555-0123", "ar Arabic")
    s.visit("@-7d", "Follow-up bone health clinic")
    s.problem(
        "Wedge compression fracture of L1, healing",
        icd("S32.010D"),
        onset="@-125d", recorded="@-35d",
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_SCT, recorded="@-5m")
    s.score(HIP_T, -2.0, "@-100d")
    s.score(FEMUR_T, -2.2, "@-100d", site="femoral neck")
    s.vitamin_d(34, "@-95d")
    s.pain(2, "@-7d")
    s.background(27.3)
    s.medication("Calcium carbonate 600 mg tablet", "1 tablet a day with food", "@-100d")
    return s


def advanced() -> Story:
    s = Story("kowalski", "Nine months, L3 fracture resolved, pain 1 of 10: advanced phase.")
    s.patient("Kowalski", "Piotr", "male", "@-67y-15d", "RB-10024", "555-0124", "pl Polish")
    s.visit("@-9d", "Follow-up bone health clinic")
    s.problem(
        "Wedge compression fracture of L3",
        icd("S32.030D"),
        onset="@-9m", recorded="@-9m", status="resolved", abated="@-2m",
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_SCT, recorded="@-8m")
    s.score(HIP_T, -1.7, "@-8m")
    s.score(FEMUR_T, -1.9, "@-8m", site="femoral neck")
    s.vitamin_d(38, "@-4m")
    s.pain(1, "@-9d")
    s.background(25.2)
    s.medication("Cholecalciferol 1000 IU capsule", "1 capsule a day with food", "@-8m")
    return s


def after_kyphoplasty() -> Story:
    s = Story("oyelaran", "L2 fracture 110 days ago, kyphoplasty 35 days ago: the clock starts again.")
    s.patient("Oyelaran", "Tunde", "male", "@-71y-80d", "RB-10025", "555-0125")
    s.visit("@-35d", "Day surgery: balloon kyphoplasty L2")
    s.problem(
        "Wedge compression fracture of L2",
        icd("S32.020D"),
        onset="@-110d", recorded="@-108d",
    )  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_ICD, recorded="@-2y")
    s.procedure("Balloon kyphoplasty of a lumbar vertebra", "@-35d",
                ("cpt", "22514", "Vertebral augmentation with cavity creation, lumbar"), site="L2")  # fmt: skip
    s.score(HIP_T, -2.1, "@-90d")
    s.vitamin_d(29, "@-85d")
    s.pain(3, "@-6d")
    s.background(23.8, "former")
    s.medication("Acetaminophen 500 mg tablet", "500 mg as needed", "@-35d")
    return s


def after_fusion() -> Story:
    s = Story("vasquez", "Lumbar fusion seven months ago, no surgeon clearance on file: held at the initial phase.")
    s.patient("Vasquez", "Miguel Angel", "male", "@-58y-260d", "RB-10026", "555-0126", "es Spanish")
    visit = s.visit("@-7m", "Inpatient: lumbar fusion", "IMP", "inpatient encounter")
    s.problem(
        "Fracture of L2",
        icd("S32.028D"),
        onset="@-8m", recorded="@-8m",
    )  # fmt: skip
    s.problem("Fall from a ladder", icd("W11.XXXA"),
              onset="@-8m", recorded="@-8m", category="encounter-diagnosis", encounter=visit)  # fmt: skip
    s.problem("Lumbar arthrodesis status", icd("Z98.1"), recorded="@-6m")
    s.problem("Osteopenia", OSTEOPENIA_SCT, recorded="@-7m")
    s.procedure("Posterior arthrodesis, lumbar, single level", "@-7m",
                ("cpt", "22612", "Posterior or posterolateral arthrodesis, lumbar"), site="L1-L2")  # fmt: skip
    s.score(HIP_T, -1.4, "@-6m")
    s.vitamin_d(31, "@-6m")
    s.pain(3, "@-10d")
    s.background(28.9)
    return s


def unknown_healing() -> Story:
    s = Story("whitfield", "Five months, no word on healing and no pain score: stability must be confirmed.")
    s.patient("Whitfield", "George", "male", "@-69y-310d", "RB-10027", "555-0127")
    s.visit("@-5m", "Emergency visit: back pain", "EMER", "emergency")
    s.problem(
        "Fracture of lumbar spine", ("sct", "125608002", "Fracture of lumbar spine"), onset="@-5m", recorded="@-5m"
    )
    s.problem("Osteopenia", OSTEOPENIA_SCT, recorded="@-4y")
    s.score(HIP_T, -1.5, "@-31m")
    s.vitamin_d(26, "@-15m")
    s.background(29.4, "current")
    return s


def no_onset() -> Story:
    s = Story("nakamura", "Lumbar fracture on the problem list without any date: onset unknown.")
    s.patient("Nakamura", "Ken", "male", "@-73y-5d", "RB-10028", "555-0128", "ja Japanese")
    s.problem("Compression fracture of lumbar spine", ("sct", "426646004", "Compression fracture of lumbar spine"))
    s.problem("Osteopenia", OSTEOPENIA_ICD, recorded="@-2y")
    s.score(HIP_T, -2.0, "@-11m")
    s.vitamin_d(36, "@-5m")
    s.pain(2, "@-11d")
    s.background(22.9)
    return s


def red_flag() -> Story:
    s = Story("petrov", "Fracture 30 days ago, now urinary retention and leg weakness: stop and send to emergency.")
    s.patient("Petrov", "Ivan", "male", "@-65y-140d", "RB-10029", "555-0129", "ru Russian")
    visit = s.visit("@-2d", "Urgent visit: cannot pass urine, both legs weak")
    s.problem(
        "Wedge compression fracture of L1",
        icd("S32.010A"),
        onset="@-30d", recorded="@-30d",
    )  # fmt: skip
    s.problem("Retention of urine", icd("R33.9"), onset="@-2d", recorded="@-2d",
              category="encounter-diagnosis", encounter=visit)  # fmt: skip
    s.problem(
        "New weakness of both legs", onset="@-2d", recorded="@-2d", category="encounter-diagnosis", encounter=visit
    )
    s.problem("Osteopenia", OSTEOPENIA_SCT, recorded="@-1y")
    s.score(HIP_T, -1.9, "@-1y")
    s.pain(8, "@-2d")
    s.background(26.6)
    return s


def not_applicable() -> Story:
    s = Story("delgado", "Thoracic fracture and an old healed one, nothing lumbar: not applicable.")
    s.patient("Delgado", "Luis", "male", "@-70y-33d", "RB-10030", "555-0130", "es Spanish")
    s.visit("@-40d", "Follow-up bone health clinic")
    s.problem(
        "Wedge compression fracture of T12",
        icd("S22.080A"),
        onset="@-50d", recorded="@-50d",
    )  # fmt: skip
    s.problem("Healed osteoporotic fracture of the wrist, 2015",
              icd("Z87.310"), recorded="@-6y")  # fmt: skip
    s.problem("Osteopenia", OSTEOPENIA_ICD, recorded="@-3y")
    s.score(HIP_T, -1.6, "@-1y")
    s.vitamin_d(30, "@-3m")
    s.background(25.8)
    return s


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
    value = "sandbox-earlier-plan"
    goal = s.add(
        "Goal", "goal", identifier=[{"system": PLAN_SYSTEM, "value": f"{value}.goal-pain"}], lifecycleStatus="active",
        description={"text": "Pain 3 of 10 or less within three months"}, subject=s.subject, startDate="@-80d",
        addresses=[{"reference": fracture}],
    )  # fmt: skip
    plan = s.add(
        "CarePlan",
        "plan",
        text={
            "status": "generated",
            "div": '<div xmlns="http://www.w3.org/1999/xhtml">Rehabilitation plan, initial phase.</div>',
        },
        identifier=[{"system": PLAN_SYSTEM, "value": value}],
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
        activity=[
            _activity("Seated back-extensor isometric, 2 sets of 8, hold 3 to 5 seconds"),
            _activity("Supported semi-tandem stand, 3 times 20 to 30 seconds daily"),
            _activity("AVOID: rapid, repeated, sustained, weighted or end-range forward bending of the spine. "
                      "Instead hinge at the hips and squat to reach.", avoid=True),
            _activity("AVOID: rapid, repeated, sustained, weighted or end-range twisting of the trunk. "
                      "Instead step the feet round.", avoid=True),
        ],
    )  # fmt: skip
    s.add(
        "ServiceRequest",
        "order",
        identifier=[{"system": PLAN_SYSTEM, "value": f"{value}.referral"}],
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


STORIES = (
    initial, prone_conditional, intermediate, advanced, after_kyphoplasty, after_fusion, unknown_healing, no_onset,
    red_flag, not_applicable, already_planned, conflicting_dxa, vitamin_d_in_nmol, woman_of_68, man_of_44,
    delayed_healing, month_only, nothing_relevant,
)  # fmt: skip


def compose() -> dict[str, str]:
    """File name -> text, one per story, numbered in the order of the patient list."""
    built = [(number, make.__name__, make().bundle()) for number, make in enumerate(STORIES, 1)]
    return {f"{n:02d}-{name.replace('_', '-')}.json": written(bundle) + "\n" for n, name, bundle in built}


def written(node: Any, depth: int = 0) -> str:
    """JSON for reading: what fits on a line stays on a line."""
    flat = json.dumps(node, ensure_ascii=False)
    if not isinstance(node, dict | list) or (len(flat) + 2 * depth < WIDTH and "resourceType" not in flat):
        return flat
    pad = "  " * (depth + 1)
    if isinstance(node, list):
        lines = [written(item, depth + 1) for item in node]
        opening, closing = "[", "]"
    else:
        lines = [f"{json.dumps(key)}: {written(value, depth + 1)}" for key, value in node.items()]
        opening, closing = "{", "}"
    return opening + "\n" + ",\n".join(pad + line for line in lines) + "\n" + "  " * depth + closing


if __name__ == "__main__":
    for name, text in compose().items():
        (HERE / name).write_text(text, encoding="utf-8")
        print(name)
