"""The codes and concepts the stories of the made-up patients are told in."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]
HL7 = "http://terminology.hl7.org/CodeSystem"
SYSTEMS = {
    "icd": "http://hl7.org/fhir/sid/icd-10-cm",
    "sct": "http://snomed.info/sct",
    "loinc": "http://loinc.org",
    "cpt": "http://www.ama-assn.org/go/cpt",
}

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
