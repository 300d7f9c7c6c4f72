"""ICD-10-CM part of knowledge/codes.csv, written from the tabular list that PyPI's simple-icd-10-cm packages.

``python tests/codes/expand_icd10cm.py`` rewrites those rows in place; test_codes.py compares. Meanings
are rule book sections 2.8 and 3.1: this module says which code means what to the rules, the package says which codes
exist and what they are called.
"""

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

CODES = Path(__file__).resolve().parents[2] / "smartapp" / "knowledge" / "codes.csv"
VERIFIED = "CM"

_SPINE_SITES = {  # fifth character of M48.4- and M48.5-
    "0": "unspecified",
    "1": "cervical",
    "2": "cervical",
    "3": "cervical",
    "4": "thoracic",
    "5": "thoracolumbar",
    "6": "lumbar",
    "7": "lumbar",  # lumbosacral counts as lumbar: rule book 3.1
    "8": "sacral",
}
_LUMBAR_MORPHOLOGY = {
    "0": "compression",
    "1": "stable-burst",
    "2": "unstable-burst",
    "8": "other",
    "9": "unspecified",
}
_THORACIC_LEVELS = {str(n): f"T{n}" for n in range(1, 5)} | {"5": "T5-T6", "6": "T7-T8", "7": "T9-T10", "8": "T11-T12"}

# Whole ranges, longest wins: code -> concepts. Sections 2.2 to 2.8 and 3.1; 4.1 for contraindications of exercises.
RANGES: dict[str, str] = {
    # bone
    "M80": "osteoporosis",
    "M80.00": "osteoporosis osteoporotic-fracture-site-unnamed",
    "M80.80": "osteoporosis osteoporotic-fracture-site-unnamed",
    "M81": "osteoporosis",
    "M85.8": "osteopenia",
    "M85.9": "bone-density-disorder-unspecified",
    "M83": "osteomalacia",
    "M84.4": "pathological-fracture",
    "M84.5": "pathological-fracture pathological-fracture-neoplastic",
    "M84.6": "pathological-fracture",
    "S12.8": "",
    "Z87.310": "fracture-history",
    "Z87.311": "fracture-history",
    "Z87.312": "fracture-history",
    "Z87.81": "fracture-history",
    # mechanism, 2.6 rule 9
    **dict.fromkeys(("W01", "W06", "W07", "W10", "W18", "W19"), "low-energy-mechanism"),
    **dict.fromkeys((f"W{n}" for n in range(11, 18)), "high-energy-mechanism"),
    **dict.fromkeys((f"V{tens}" for tens in range(10)), "high-energy-mechanism"),
    # surgical context
    "Z98.1": "arthrodesis-status",
    "Z47.2": "orthopaedic-aftercare",
    "Z47.89": "orthopaedic-aftercare",
    "T84.216": "hardware-failure",
    "T84.226": "hardware-failure",
    "T84.296": "hardware-failure",
    "M96.0": "pseudarthrosis",
    "M96.69": "hardware-failure",
    # hard stops
    "G83.4": "cauda-equina",
    "S34.3": "cauda-equina",
    **dict.fromkeys(("R33", "R15.9", "R20.0"), "neuro-sign"),
    **dict.fromkeys(("N31.9", "G82", "G82.2", "G95.2", "S34.1", "S34.2"), "neuro-deficit"),
    **dict.fromkeys(("G99.2", "M47.1", "M50.0", "M51.0"), "neuro-deficit"),  # with myelopathy
    **dict.fromkeys(("M46.2", "M46.3", "M46.4", "M46.5", "A18.01"), "spinal-infection"),
    **dict.fromkeys((f"C{tens}" for tens in range(10)), "active-cancer"),
    "C4A": "active-cancer",
    "C7A": "active-cancer",
    "C7B": "active-cancer",
    "C90.00": "active-cancer myeloma",
    "C90.01": "myeloma-remission",
    "C90.02": "active-cancer myeloma",
    "Z85": "cancer-history",
    "Z33": "pregnancy",
    "Z34": "pregnancy",
    **dict.fromkeys(("O0", "O1", "O2", "O3", "O4", "O6", "O7", "O8", "O9"), "pregnancy"),
    "Z39": "postpartum",
    "Z39.1": "lactation",
    # mineral
    "E55": "vitamin-d-deficiency",
    "E83.51": "hypocalcaemia",
    "E83.52": "hypercalcaemia",
    "N20": "kidney-stones",
    "Z87.442": "kidney-stones",
    "N18.3": "ckd-3",
    **dict.fromkeys(("N18.4", "N18.5", "N18.6"), "ckd-4-5"),
    "E21.0": "hyperparathyroidism-primary",
    "E21.1": "hyperparathyroidism-secondary",
    "N25.81": "hyperparathyroidism-secondary",
    "E21.2": "hyperparathyroidism",
    "E21.3": "hyperparathyroidism",
    "D86": "sarcoidosis",
    # heart and circulation
    "I20": "angina",
    "I21": "myocardial-infarction",
    "I22": "myocardial-infarction",
    "I35.0": "aortic-stenosis",
    "I50": "heart-failure",
    "I71": "aortic-aneurysm",
    "I16": "hypertension-uncontrolled",
    "I10": "hypertension",
    # secondary causes
    "E05": "hyperthyroidism",
    "E24": "cushing",
    "E24.2": "cushing glucocorticoid-use",
    "K90.0": "coeliac",
    "E29.1": "hypogonadism",
    "D47.2": "monoclonal-gammopathy",
    "Z79.52": "glucocorticoid-use",
    "Z79.51": "glucocorticoid-inhaled",
    "Z79.83": "antiresorptive-therapy",
    "Z79.818": "hormone-modulator-use",
    # falls and strength
    "R55": "syncope",
    "I95.1": "orthostatic-hypotension",
    "R29.6": "falls",
    "Z91.81": "falls",
    "R26.81": "gait-problem",
    "R26.89": "gait-problem",
    "M62.81": "muscle-weakness",
    "M62.84": "sarcopenia",
    "H81": "vestibular-disorder",
    "R42": "dizziness",
    # contraindications of single exercises
    "M48.06": "spinal-stenosis",
    "M43.1": "spondylolisthesis",
    "M40": "kyphosis",
    "M17": "knee-osteoarthritis",
    "M16": "hip-problem",
    "M70.6": "hip-bursitis",
    "M70.7": "hip-bursitis",
    "M75": "shoulder-problem",
    "M25.51": "shoulder-problem",
    "M25.53": "wrist-problem",
    "J44": "copd",
    "R06.01": "orthopnoea",
    "E66": "obesity",
    "E66.3": "",  # excluded, see NOTES
    # habits and nutrition
    "F17.2": "tobacco-use",
    "Z72.0": "tobacco-use",
    "Z71.6": "tobacco-use",
    "Z87.891": "former-tobacco",
    "F10": "alcohol-problem",
    "Z71.41": "alcohol-problem",
    "R63.6": "underweight",
    **dict.fromkeys(("E43", "E44", "E45", "E46"), "malnutrition"),
    "R63.4": "weight-loss",
    "F50": "eating-disorder",
    "Z78.0": "postmenopausal",
}
UPPER, LOWER, HIP, PELVIS = "fracture-upper-limb", "fracture-lower-leg-foot", "fracture-hip-femur", "fracture-pelvis"
# Sites of the families M80 and M84, by the character behind the cause.
_SITES = {**dict.fromkeys("1234", UPPER), "5": HIP, **dict.fromkeys("67", LOWER)}
_OSTEOPOROTIC = {
    **{f"M80.{kind}{site}": f"osteoporosis {bone}" for kind in "08" for site, bone in _SITES.items()},
    **{f"M80.{kind}B": f"osteoporosis {PELVIS}" for kind in "08"},
}
_STRESS = {f"M84.3{site}": bone for site, bone in _SITES.items()} | {"M84.350": PELVIS}
_IN_DISEASE = {
    f"M84.{cause}{site}": f"{meaning} {bone}"
    for cause, meaning in (
        ("4", "pathological-fracture"),
        ("5", "pathological-fracture pathological-fracture-neoplastic"),
        ("6", "pathological-fracture"),
    )
    for site, bone in (*_SITES.items(), ("54" if cause == "4" else "50", PELVIS))
}
# The whole patient: rule book 2a, 7; what a rule of volume 1 reads keeps its name beside the new one.
WHOLE_PATIENT: dict[str, str] = {
    **_OSTEOPOROTIC,
    **_STRESS,
    **_IN_DISEASE,
    **dict.fromkeys(("S42", "S52", "S62"), UPPER),
    **dict.fromkeys(("S22.2", "S22.3", "S22.4", "S22.5"), "fracture-rib-sternum"),
    **dict.fromkeys(("S72", "M97.0"), HIP),
    "M84.75": f"{HIP} atypical-femur-fracture",
    **dict.fromkeys(("S82", "S92", "M97.1"), LOWER),
    # character of the spine
    **dict.fromkeys(("M45", "M48.1"), "ankylosed-spine"),
    "M45.A": "axial-spondyloarthritis",
    "M43.2": "fused-segment",
    "M43.0": "spondylolysis",
    "Q76.2": "spondylolysis spondylolisthesis",
    "S33.1": "vertebral-dislocation",
    **dict.fromkeys(("S33.100", "S33.110", "S33.120", "S33.130", "S33.140"), "spinal-instability"),  # subluxation
    **dict.fromkeys(("M53.2X5", "M53.2X6", "M53.2X7"), "spinal-instability"),
    **dict.fromkeys(("M96.2", "M96.3"), "kyphosis"),
    # bones without a row of their own, and growth plates
    **dict.fromkeys(("S02", "M84.3", "M96.6", "M97"), "fracture-other"),
    **dict.fromkeys(("S49.0", "S49.1", "S59.0", "S59.1", "S59.2"), "fracture-upper-limb"),
    **dict.fromkeys(("S79.0", "S79.1"), "fracture-hip-femur"),
    **dict.fromkeys(("S89.0", "S89.1", "S89.2", "S89.3", "S99.0", "S99.1", "S99.2"), "fracture-lower-leg-foot"),
    # what operations left
    **dict.fromkeys(("Z96.64", "T84.02"), "hip-replacement"),
    **dict.fromkeys(("Z96.65", "T84.022", "T84.023"), "knee-replacement"),
    "Z96.61": "shoulder-replacement",
    "Z47.1": "joint-aftercare",
    **dict.fromkeys(("Z47.2", "Z47.89"), "orthopaedic-aftercare surgery-implied"),
    **dict.fromkeys(("Z47.81", "Z47.82", "Z48.3", "Z48.811", "Z48.812", "Z48.815"), "surgery-implied"),
    **dict.fromkeys(("Z47", "Z48"), "aftercare"),
    **dict.fromkeys(("Z95", "Z96.6", "Z96.7", "Z96.8"), "implant"),
    **dict.fromkeys(("Z96.82", "Z45.42"), "neurostimulator"),
    **dict.fromkeys(("Z95.1", "Z95.2"), "sternotomy"),
    **dict.fromkeys(("Z98.41", "Z98.42"), "eye-surgery"),
    **dict.fromkeys(("Z95.0", "Z95.810"), "cardiac-device"),
    **dict.fromkeys(("Z89.5", "Z89.6", "Z97.1"), "amputation"),
    # brain, nerves, senses
    **dict.fromkeys(("G20", "G21", "G23.1", "G23.2"), "parkinson"),
    "G31.83": "parkinson dementia",
    **dict.fromkeys(("I61", "I63", "I69", "G81"), "stroke"),
    **dict.fromkeys(("F01", "F02", "F03", "G30"), "dementia"),
    "G31.84": "cognition-mild",
    "F05": "delirium",
    **dict.fromkeys(("G35", "G80", "G11", "G12.2", "G14", "B91"), "gait-disease"),
    "H83.2": "vestibular-disorder",
    **dict.fromkeys(("H54", "H35.3"), "visual-impairment"),
    **dict.fromkeys(("G60", "G62", "G63", "E11.4", "E11.621"), "neuropathy"),
    "E10": "insulin",
    "E10.4": "insulin neuropathy",
    **dict.fromkeys(("G40", "R56.9"), "epilepsy"),
    # heart, lungs, vessels
    **dict.fromkeys(("J43", "J84", "I27.2"), "lung-disease"),
    "J44": "copd lung-disease",
    **dict.fromkeys(("J96.1", "Z99.81", "Z99.11"), "lung-disease oxygen"),
    **dict.fromkeys(("I25.11", "I25.7"), "angina"),
    **dict.fromkeys(("I20.0", "I25.110", *(f"I25.7{n}0" for n in "0123569")), "angina heart-unstable"),
    **dict.fromkeys(("I30", "I40", "I47.2"), "heart-unstable"),
    **dict.fromkeys((f"I50.{kind}{acute}" for kind in "234" for acute in "13"), "heart-failure heart-unstable"),
    "I50.811": "heart-failure heart-unstable",
    "I50.813": "heart-failure heart-unstable",
    **dict.fromkeys(("I35.2", "I06.0"), "aortic-stenosis"),
    **dict.fromkeys(("I42.1", "I42.2", "I44.2"), "heart-disease"),
    **dict.fromkeys(("I71.0", "I71.1", "I71.3", "I71.5", "I71.8"), "aortic-aneurysm aortic-emergency"),
    "I1A.0": "hypertension-uncontrolled",
    "G90.3": "orthostatic-hypotension",
    **dict.fromkeys(("I82.4", "I26", "I80.1"), "vte"),
    **dict.fromkeys(("Z86.711", "Z86.718"), "vte-history"),
    "Z79.01": "anticoagulant",
    **dict.fromkeys(("D69.6", "D68.9"), "bleeding-risk"),
    # how the patient lives
    "Z99.3": "wheelchair",
    "Z74.01": "bed-bound",
    "Z60.2": "lives-alone",
    "Z74.09": "homebound",
    "Z74.1": "needs-help",
    "Z74.2": "needs-help",
    "Z74.3": "needs-help",
    "R54": "frailty",
    "Z59.3": "nursing-home",
    **dict.fromkeys(("Z51.5", "Z66"), "palliative"),
    "L89": "pressure-injury",
    **dict.fromkeys(("K40", "K41", "K42", "K43", "K44"), "hernia"),
    **dict.fromkeys(("Z93.2", "Z93.3"), "stoma"),
    **dict.fromkeys(("N81", "N39.3", "N39.46", "K62.3"), "pelvic-floor"),
    **dict.fromkeys((*(f"Z68.3{n}" for n in "56789"), "Z68.4"), "obesity"),
    "Z99.2": "dialysis",
    "N18.6": "ckd-4-5 dialysis",
    "Z79.4": "insulin",
    **dict.fromkeys(("Z79.891", "F13.2"), "sedative"),
    # red flags that need more than one sign
    **dict.fromkeys(("M54.1", "M54.3", "M54.4", "M51.1", "M47.2"), "radiculopathy"),
    "M21.37": "neuro-sign motor-deficit",
    **dict.fromkeys(("G83.1", "S34.4"), "motor-deficit"),
    "S34.21": "neuro-deficit motor-deficit",
    **dict.fromkeys(("G95.2", "G99.2", "M47.1", "M50.0", "M51.0"), "neuro-deficit myelopathy"),
    **dict.fromkeys(("G95.9", "G95.11", "R26.0", "R26.1", "R29.2"), "myelopathy"),
    **dict.fromkeys(("R33", "R15", "R15.9"), "neuro-sign bladder-bowel"),
    "N31.9": "neuro-deficit bladder-bowel",
    **dict.fromkeys(("R39.14", "R32", "N31", "K59.2"), "bladder-bowel"),
    **dict.fromkeys(("M54.5", "M54.6", "M54.9"), "back-pain"),
    "R50.9": "fever",
    **dict.fromkeys(("R78.81", "A40", "A41", "I33.0", "I38", "T80.211"), "bloodstream-infection"),
    "M86": "infection-elsewhere",
    **dict.fromkeys(("G06.1", "T84.63"), "spinal-infection"),
    **dict.fromkeys(("F11.1", "F14.1", "F14.2", "F15.1", "F15.2", "F19.1", "F19.2"), "injected-drugs"),
    "F11.2": "injected-drugs sedative",
    **dict.fromkeys(("D70", "D84", "D80.1", "B20", "Z94", "Z79.6"), "immunosuppression"),
    **dict.fromkeys(("R70.0", "R79.82"), "inflammation"),
    **dict.fromkeys(("Z79.811", "Z51.11", "Z51.0"), "cancer-treatment"),
    "Z79.818": "hormone-modulator-use cancer-treatment",
    "Z79.63": "immunosuppression cancer-treatment",
    "Z79.810": "serm",
    "R63.4": "weight-loss cancer-sign",
    **dict.fromkeys(("R64", "R61", "G89.3", "R97.2"), "cancer-sign"),
    "E89.5": "hypogonadism",
}
RANGES |= WHOLE_PATIENT
# What weakens bone, what explains a low hemoglobin, what speaks against a drug (rule book 2a, RF10, TX6, TX12, TX15).
BONE_CAUSES = {
    **dict.fromkeys(("K50", "K51", "K70.3", "K74.3", "K74.6", "K86.1", "K86.81", "K90.9", "K91.2"), "weakens-bone"),
    **dict.fromkeys(
        ("Z98.84", "Z90.3", "E23.0", "E28.3", "E89.40", "E89.41", "E83.31", "Q96", "Q98.4"), "weakens-bone"
    ),
    **dict.fromkeys(("E83.11", "N25.0", "M05", "M06"), "weakens-bone"),
    **dict.fromkeys(("D56.1", "D57.1"), "weakens-bone anemia-explained"),
    "B20": "immunosuppression weakens-bone",
    "Q78.0": "osteogenesis-imperfecta",
    **dict.fromkeys(("M88.1", "M88.9"), "paget-spine"),
    "R77": "monoclonal-gammopathy",
    "D64.9": "anemia",
    **dict.fromkeys(("D50", "D51", "D52", "D53", "D62", "D63.1"), "anemia-explained"),
    "M87.180": "jaw-necrosis",
    "M27.2": "jaw-inflammation",
    "M79.65": "thigh-pain",
    "Z92.3": "irradiation-history",
}
RANGES |= BONE_CAUSES
# What no rule uses and may bear on ours: code -> topic. Everything else of ICD-10-CM stays quiet.
ASKED: dict[str, str] = {
    **dict.fromkeys(("S02", "S22", "S32", "S42", "S49.0", "S49.1", "S52", "S59.0", "S59.1", "S59.2"), "fracture"),
    **dict.fromkeys(("S62", "S72", "S79.0", "S79.1", "S82", "S89.0", "S89.1", "S89.2", "S89.3", "S92"), "fracture"),
    **dict.fromkeys(("S99.0", "S99.1", "S99.2", "M84.3", "M84.75", "M96.6", "M97", "T14.8"), "fracture"),
    **dict.fromkeys(("S14.0", "S14.1", "S24", "S34", "S13.1", "S23.1", "S33.1", "G95"), "spine"),
    **dict.fromkeys(("N31", "M45", "M46.8", "M46.9", "M48.1", "M48.3", "M48.8", "M49"), "spine"),
    **dict.fromkeys(("M43.0", "M43.2", "M43.8", "M47.0", "M53.2", "M54.1"), "spine"),
    **dict.fromkeys(("D16.6", "D48.0", "D49.2", "M96.1", "M96.2", "M96.3", "M96.5"), "spine"),
    **dict.fromkeys(("M84.8", "M84.9", "M85.5", "M88", "M89.0", "M90", "M94.8", "Q78.0"), "bone-disease"),
    **dict.fromkeys(("T84.2", "T84.3", "T84.4", "T84.6", "T84.7", "T84.8", "T84.9", "M96.8", "M96.A"), "operation"),
}
NOTES = {
    "M85.8": "index entry for osteopenia, but also hyperostosis and acquired osteosclerosis: confirm with T-score",
    "M85.9": "not osteopenia",
    "E66.3": "overweight, not obesity",
    "S12.8": "hyoid, larynx or trachea: not a vertebra",
    "R20.0": "saddle anaesthesia is meant; the code does not say where, so the cautious reading stands",
    "W10": "stairs: to be judged",
    "C90.01": "in remission: review, not stop",
    "M96.69": "the bone is not stated; may be a vertebra",
}
_NOT_LISTED = {"Z13.820": "screening for osteoporosis is not osteoporosis", "Z82.62": "family history, not the patient"}

COLUMNS = (
    *("system", "code", "match", "kind", "concept", "display", "region", "levels", "encounter", "morphology"),
    *("site", "part", "use", "verified", "note"),
)
Row = dict[str, str]


def expand() -> list[Row]:
    """Every ICD-10-CM row of codes.csv, sorted by code."""
    import simple_icd_10_cm as tabular

    rows = [*_ranges(tabular), *_fractures(tabular), *_skin_cancer(tabular)]
    return sorted(rows, key=lambda row: (row["code"], row["match"]))


def _row(code: str, concept: str, display: str, **more: str) -> Row:
    empty = dict.fromkeys(COLUMNS, "")
    return empty | {
        "system": "icd10cm",
        "code": code,
        "match": "exact",
        "kind": "condition",
        "concept": concept,
        "display": display,
        "use": "input",
        "verified": VERIFIED,
        **more,
    }


def _ranges(tabular) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    for code, concept in RANGES.items():
        note = NOTES.get(code, "")
        yield _row(
            code,
            concept,
            tabular.get_description(code) if tabular.is_valid_item(code) else f"Every code that begins with {code}",
            match="prefix",
            note=note,
            use="input" if concept else "excluded",
        )
    for code, topic in ASKED.items():
        if code not in RANGES and tabular.is_valid_item(code):
            yield _row(code, topic, tabular.get_description(code), match="prefix", use="asked")
    for code, why in _NOT_LISTED.items():
        yield _row(code, "", tabular.get_description(code), use="excluded", note=why)


def _fractures(tabular) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    """Vertebral fractures: every leaf, and each category above it as a prefix for codes that lack characters."""
    for root, concept in (
        ("M80.08", "vertebral-fracture osteoporosis"),
        ("M80.88", "vertebral-fracture osteoporosis"),
        ("S32.0", "vertebral-fracture"),
        ("S32.1", f"vertebral-fracture {PELVIS}"),
        ("S32.2", "vertebral-fracture coccyx-fracture"),
        ("S32.3", f"vertebral-fracture {PELVIS}"),
        ("S32.4", f"vertebral-fracture {PELVIS}"),
        ("S32.5", f"vertebral-fracture {PELVIS}"),
        ("S32.6", f"vertebral-fracture {PELVIS}"),
        ("S32.8", f"vertebral-fracture {PELVIS}"),
        ("S32.9", f"vertebral-fracture {PELVIS}"),
        ("S22.0", "vertebral-fracture"),
        ("S12", "vertebral-fracture fracture-neck"),
        ("M48.5", "vertebral-fracture"),
        ("M48.4", "fatigue-fracture"),
        ("M84.40", "pathological-fracture"),
        ("M84.48", "pathological-fracture"),
        ("M84.50", "pathological-fracture pathological-fracture-neoplastic"),
        ("M84.58", "pathological-fracture pathological-fracture-neoplastic"),
        ("M84.60", "pathological-fracture"),
        ("M84.68", "pathological-fracture"),
    ):
        leaves_wanted = root[:4] not in ("S32.", "S12") or root == "S32.0"
        for code in (root, *tabular.get_descendants(root)):
            if code.startswith("S12.8"):
                continue
            leaf = tabular.is_leaf(code)
            if not leaf or leaves_wanted:
                sacral = f" {PELVIS}" if code.startswith("M48.48") else ""
                yield _fracture(code, concept + sacral, tabular.get_description(code), leaf)


def _fracture(code: str, concept: str, display: str, leaf: bool) -> Row:
    seventh = code[-1] if leaf and len(code) == 8 else ""
    return _row(
        code,
        concept,
        display,
        match="exact" if leaf else "prefix",
        region=_region(code),
        levels=_levels(code),
        encounter=seventh,
        morphology=_morphology(code),
    )


def _region(code: str) -> str:
    if code.startswith("S32"):
        return {"0": "lumbar", "1": "sacral", "2": "sacral", "9": "unspecified"}.get(code[4:5], "pelvic")
    if code.startswith("S22.0"):
        return "thoracic"
    if code.startswith("S12"):
        return "cervical"
    if code.startswith(("M48.4", "M48.5")):
        return _SPINE_SITES.get(code[5:6], "unspecified")
    return "unspecified"


def _levels(code: str) -> str:
    fifth = code[5:6]
    if code.startswith("S32.0") and fifth in "12345" and fifth:
        return f"L{fifth}"
    if code.startswith("S22.0"):
        return _THORACIC_LEVELS.get(fifth, "")
    return ""


def _morphology(code: str) -> str:
    if code.startswith(("S12.01", "S12.02")):
        return _LUMBAR_MORPHOLOGY[code[5]]
    if code.startswith(("S32.0", "S22.0")):
        return _LUMBAR_MORPHOLOGY.get(code[6:7], "")
    families = {
        "M80": "osteoporotic",
        "M48.4": "fatigue",
        "M48.5": "compression",
        "M84.5": "neoplastic",
        "M84.4": "pathological",
        "M84.6": "pathological",
    }
    return next((m for root, m in families.items() if code.startswith(root)), "")


def _skin_cancer(tabular) -> Iterator[Row]:  # type: ignore[no-untyped-def]
    for code in tabular.get_descendants("C44"):
        display = tabular.get_description(code)
        if tabular.is_leaf(code) and re.match(r"(Basal|Squamous) cell carcinoma", display):
            yield _row(code, "skin-cancer", display, note="basal or squamous cell: not counted as active cancer")


def write(path: Path = CODES) -> None:
    kept = [row for row in csv.DictReader(io.StringIO(path.read_text())) if row["system"] != "icd10cm"]
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows([*expand(), *kept])


if __name__ == "__main__":
    write()
