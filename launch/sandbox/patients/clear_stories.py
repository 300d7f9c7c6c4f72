"""Stories with a fracture whose phase the chart decides, or stops."""

from __future__ import annotations

from .story import Story
from .vocabulary import FEMUR_T, HIP_T, LS_T, OSTEOPENIA_ICD, OSTEOPENIA_SCT, icd


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
