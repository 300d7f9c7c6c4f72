"""Clinical sentences -> Chart: the language of the case files in tests/cases, one fact per sentence.

``L1 fracture on 2026-02-10, routine healing, recorded 2026-02-11`` · ``total hip T-score -1.8 on 2025-12`` ·
``kyphoplasty at lumbar on 2025-11-20, planned`` · ``attested healed on 2026-01-05`` · ``kidney stones, resolved`` ·
``neck operation on 2026-02-06, in words fusion C4-C6`` · ``order no weight left until 2026-04-04 given 2026-02-12``.
``unknown operation on 2026-02-03, in words knee operation`` · ``operation ordered for 2026-04-01``.
An operation elsewhere than the spine has its day with ``on``; ``hip replacement`` or ``hip replacement since 2020`` is
the diagnosis of the same name, ``hip replacement operation`` an operation without a day.
The first part names the fact, what follows the commas says more about it. A sentence nobody understands is an error.
"""

import re
from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from smartapp.core.chart import (
    ActivityOrder,
    Attestation,
    Chart,
    Diagnosis,
    ImagingReport,
    Measurement,
    Medication,
    Patient,
    PlanOnRecord,
    Procedure,
    Source,
    Unrecognised,
)
from smartapp.core.concepts import Concept
from smartapp.core.dates import Precision, When
from smartapp.core.fracture_coding import Collapse, EncounterKind, FractureCoding, Morphology, Region
from smartapp.core.imaging import FindingKind, ReportFinding
from smartapp.core.kinds import (
    AttestationName,
    ClinicalStatus,
    DateKind,
    OrderKind,
    ProcedureKind,
    ProcedureState,
    Quantity,
    Sex,
    Site,
    Untold,
    Verification,
)
from smartapp.core.laboratory import LabMark

BONE_DRUGS = {
    "alendronate": frozenset({Concept.ANTIRESORPTIVE.value}),
    "denosumab": frozenset({Concept.ANTIRESORPTIVE.value, Concept.DENOSUMAB.value}),
    "zoledronic acid": frozenset({Concept.ANTIRESORPTIVE.value, Concept.ZOLEDRONATE.value}),
    "teriparatide": frozenset({Concept.ANTIRESORPTIVE.value, Concept.BONE_ANABOLIC.value}),
    "zoledronic acid 4 mg": frozenset({Concept.ANTIRESORPTIVE.value, Concept.ZOLEDRONATE_CANCER_DOSE.value}),
    "romosozumab": frozenset({Concept.ANTIRESORPTIVE.value, Concept.BONE_ANABOLIC.value, Concept.ROMOSOZUMAB.value}),
}
DATE = r"(\d{4}(?:-\d\d){0,2})"

ENCOUNTERS = {
    "initial encounter": EncounterKind.INITIAL,
    "open": EncounterKind.OPEN,
    "routine healing": EncounterKind.ROUTINE,
    "delayed healing": EncounterKind.DELAYED,
    "nonunion": EncounterKind.NONUNION,
    "malunion": EncounterKind.MALUNION,
    "sequela": EncounterKind.SEQUELA,
}
MORPHOLOGIES = {
    "compression": Morphology.COMPRESSION,
    "stable burst": Morphology.STABLE_BURST,
    "unstable burst": Morphology.UNSTABLE_BURST,
    "burst": Morphology.BURST,
    "osteoporotic": Morphology.OSTEOPOROTIC,
    "fatigue": Morphology.FATIGUE,
    "neoplastic": Morphology.NEOPLASTIC,
    "pathological": Morphology.PATHOLOGICAL,
    "other": Morphology.OTHER,
    "process": Morphology.PROCESS,
    "pars": Morphology.PARS,
}
COLLAPSE = {
    "height_loss": "percent of height lost:",
    "kyphosis": "degrees of kyphosis:",
    "canal_loss": "percent of canal lost:",
    "curve": "degrees of thoracic curve:",
}
PROCEDURES = {
    "vertebroplasty": ProcedureKind.AUGMENTATION,
    "kyphoplasty": ProcedureKind.AUGMENTATION,
    "fusion": ProcedureKind.FUSION,
    "fixation": ProcedureKind.FIXATION,
    "decompression": ProcedureKind.DECOMPRESSION,
    "hardware removal": ProcedureKind.HARDWARE_REMOVAL,
    "brace": ProcedureKind.CLOSED_TREATMENT,
    "spinal injection": ProcedureKind.SPINAL_INJECTION,
}
MEDICINES = {
    "prednisolone": "systemic-glucocorticoid",
    "letrozole": Concept.CANCER_TREATMENT.value,
    "tamoxifen": Concept.SERM.value,
    "methotrexate": Concept.IMMUNOSUPPRESSION.value,
    "carbamazepine": Concept.BONE_HARMING_DRUG.value,
    "omeprazole": Concept.BONE_NOTED_DRUG.value,
    "oxycodone": f"{Concept.SEDATIVE} {Concept.OPIOID}",
    "zolpidem": Concept.SEDATIVE.value,
    "lisinopril": Concept.BLOOD_PRESSURE_DRUG.value,
    "glipizide": Concept.SULFONYLUREA.value,
    "amlodipine": Concept.BLOOD_PRESSURE_DRUG.value,
}
ELSEWHERE = {
    kind.value.replace("-", " "): kind
    for kind in ProcedureKind
    if kind not in {*PROCEDURES.values(), ProcedureKind.DENSITOMETRY, ProcedureKind.PT_EVALUATION}
} | {
    "neck operation": ProcedureKind.CERVICAL_SURGERY,
    "hip fracture fixation": ProcedureKind.FEMUR_FIXATION,
    "bypass": ProcedureKind.STERNOTOMY,
    "abdominal operation": ProcedureKind.ABDOMINAL_SURGERY,
    "eye operation": ProcedureKind.EYE_SURGERY,
    "breast operation": ProcedureKind.BREAST_SURGERY,
}
UNTOLD = {
    "operation": Untold.DONE,
    "procedure": Untold.DONE,
    "device ordered": Untold.ORDERED,
    "device in use": Untold.IN_USE,
    "implant": Untold.IMPLANT,
    "implant in the spine": Untold.IN_THE_SPINE,
}
ORDERS = {kind.value.replace("-", " "): kind for kind in OrderKind} | {kind.value: kind for kind in OrderKind}
SITES = {
    "lumbar spine": Site.LUMBAR_SPINE,
    "total hip": Site.TOTAL_HIP,
    "femoral neck": Site.FEMORAL_NECK,
    "femur": Site.FEMUR,
    "third radius": Site.RADIUS_THIRD,
    "forearm": Site.FOREARM,
    "heel": Site.OTHER,
}
READ = {
    "delayed healing": (FindingKind.HEALING, "delayed"),
    "routine healing": (FindingKind.HEALING, "routine"),
    "burst": (FindingKind.MORPHOLOGY, "burst"),
    "kyphoplasty": (FindingKind.PROCEDURE, "augmentation"),
    "bed rest": (FindingKind.ORDER, "bed-rest"),
}
SCORES = {
    "T-score": Quantity.T_SCORE,
    "Z-score": Quantity.Z_SCORE,
    "density": Quantity.AREAL_BMD,
}
PLAIN = {
    "eGFR": Quantity.EGFR,
    "calcium": Quantity.CALCIUM,
    "BMI": Quantity.BMI,
    "alcohol": Quantity.ALCOHOL,
    "alcohol grams": Quantity.ALCOHOL_GRAMS,
    "systolic pressure": Quantity.SYSTOLIC,
    "systolic pressure lying": Quantity.SYSTOLIC_LYING,
    "systolic pressure standing": Quantity.SYSTOLIC_STANDING,
    "diastolic pressure": Quantity.DIASTOLIC,
    "oxygen saturation": Quantity.OXYGEN_SATURATION,
    "temperature": Quantity.TEMPERATURE,
    "timed up and go": Quantity.TIMED_UP_AND_GO,
    "chair rise": Quantity.CHAIR_RISE,
    "falls in 12 months": Quantity.FALLS,
    "Morse Fall Scale": Quantity.MORSE,
    "Stay Independent": Quantity.STAY_INDEPENDENT,
    "tandem stance": Quantity.TANDEM,
    "Clinical Frailty Scale": Quantity.CLINICAL_FRAILTY,
    "aneurysm of": Quantity.ANEURYSM,
    "FRAX": Quantity.FRACTURE_PROBABILITY,
    "FRAX of the hip": Quantity.HIP_FRACTURE_PROBABILITY,
    "chair stands": Quantity.CHAIR_STANDS,
    "chair stands with arms": Quantity.CHAIR_STANDS_WITH_ARMS,
    "gait speed": Quantity.GAIT_SPEED,
    "grip": Quantity.GRIP,
    "one leg stand": Quantity.ONE_LEG_STAND,
    "Oswestry": Quantity.OSWESTRY,
    "occiput to wall": Quantity.OCCIPUT_WALL,
    "falls efficacy": Quantity.FALLS_EFFICACY,
    "height": Quantity.HEIGHT,
}
ASSESSED = {
    "fall risk assessed as": Quantity.FALL_RISK,
    "falls told as": Quantity.FALLS,
    "falls of the last months told as": Quantity.FALL_HISTORY,
    "frailty scale told as": Quantity.CLINICAL_FRAILTY,
}
# Laboratory results, each with ``marked high`` or another mark of the laboratory behind a comma.
LABORATORY = {
    "hemoglobin": Quantity.HEMOGLOBIN,
    "ESR": Quantity.ESR,
    "CRP": Quantity.CRP,
    "alkaline phosphatase": Quantity.ALKALINE_PHOSPHATASE,
    "phosphate": Quantity.PHOSPHATE,
    "albumin": Quantity.ALBUMIN,
    "creatinine": Quantity.CREATININE,
    "PTH": Quantity.PTH,
    "TSH": Quantity.TSH,
    "testosterone": Quantity.TESTOSTERONE,
    "M-protein": Quantity.M_PROTEIN,
    "light chain ratio": Quantity.LIGHT_CHAIN_RATIO,
    "PSA": Quantity.PSA,
    "platelets": Quantity.PLATELETS,
    "transglutaminase": Quantity.TRANSGLUTAMINASE,
}
PLAIN |= LABORATORY
CONCEPTS = {concept.value.replace("-", " "): concept for concept in Concept} | {
    "myeloma in remission": Concept.MYELOMA_REMISSION,
    "heart attack": Concept.MYOCARDIAL_INFARCTION,
    "history of a healed fracture": Concept.FRACTURE_HISTORY,
    "fall from standing": Concept.LOW_ENERGY,
    "motorcycle crash": Concept.HIGH_ENERGY,
    "urinary retention": Concept.NEURO_SIGN,
    "saddle numbness": Concept.NEURO_SIGN,
    "paraplegia": Concept.NEURO_DEFICIT,
    "pathological fracture code": Concept.PATHOLOGICAL_FRACTURE,
    "fracture in neoplastic disease": Concept.NEOPLASTIC_FRACTURE,
}


def when(text: str) -> When:
    """``2025`` is any day of 2025, ``2025-06`` any day of June."""
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return When.day(date(*parts))
    year, month = parts[0], parts[1] if len(parts) == 2 else None
    last = monthrange(year, month or 12)[1]
    precision = Precision.MONTH if month else Precision.YEAR
    return When(date(year, month or 1, 1), date(year, month or 12, last), precision)


def chart(facts: Iterable[str], as_of: date) -> Chart:
    """The chart that says what the sentences say; ages are as of ``as_of``."""
    result = Chart(Patient("Patient/1"))
    for number, sentence in enumerate(facts, 1):
        head, *more = [part.strip() for part in sentence.split(",")]
        for pattern, build in GRAMMAR:
            match = re.fullmatch(pattern, head)
            if match:
                result = build(result, match, more, Source(f"Fact/{number}", sentence), as_of)
                break
        else:
            raise ValueError(f"no rule of the case language understands “{sentence}”")
    return result


def _patient(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    sex = {"man": Sex.MALE, "woman": Sex.FEMALE, "person": Sex.UNKNOWN}[match["who"]]
    born = match["born"]
    birth = when(born) if born else When.day(date(as_of.year - int(match["age"]), 1, 15))
    birth_known = None if match["age"] == "0" else birth
    return replace(result, patient=Patient("Patient/1", birth=birth_known, sex=sex, deceased="deceased" in more))


def _take(more: list[str], pattern: str) -> re.Match[str] | None:
    """Take the first remark that fits ``pattern`` out of ``more``."""
    for index, remark in enumerate(more):
        match = re.fullmatch(pattern, remark)
        if match:
            del more[index]
            return match
    return None


def _common(more: list[str], day: str | None) -> dict[str, Any]:
    """What any diagnosis can say: since when, recorded when, over when, how sure."""
    said: dict[str, Any] = {"clinical_status": ClinicalStatus.ACTIVE}
    if day:
        said |= {"onset": when(day), "onset_kind": DateKind.DATE}
    if match := _take(more, rf"recorded {DATE}"):
        said["recorded"] = when(match[1])
    if match := _take(more, rf"seen {DATE}"):
        said["encounter_start"] = when(match[1])
    if match := _take(more, rf"resolved(?: {DATE})?"):
        said["clinical_status"] = ClinicalStatus.RESOLVED
        if match[1]:
            said |= {"abatement": when(match[1]), "abated": True}
    if _take(more, "without clinical status"):
        said["clinical_status"] = ClinicalStatus.UNKNOWN
    if _take(more, "unconfirmed"):
        said["verification"] = Verification.UNCONFIRMED
    if _take(more, "encounter diagnosis"):
        said["encounter_diagnosis"] = True
    if _take(more, "date as text"):
        said["onset_kind"] = DateKind.TEXT
    return said


def _fracture(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    where, concepts = match["where"], {Concept.VERTEBRAL_FRACTURE}
    letters = {"L": Region.LUMBAR, "T": Region.THORACIC, "C": Region.CERVICAL, "S": Region.SACRAL}
    named = re.match(r"[LTCS]\d", where)
    region = letters[where[0]] if named else Region(where)
    coding = FractureCoding(region, frozenset(where.split("-")) if named else frozenset())
    said = _common(more, match["day"])
    measured = {name: _take(more, rf"{words} (\d+)") for name, words in COLLAPSE.items()}
    said["collapse"] = Collapse(**{name: int(found[1]) for name, found in measured.items() if found})
    for remark in more:
        if remark in ENCOUNTERS:
            coding = replace(coding, encounter=ENCOUNTERS[remark])
        elif remark in MORPHOLOGIES:
            coding = replace(coding, morphology=MORPHOLOGIES[remark])
        elif remark in CONCEPTS:
            concepts.add(CONCEPTS[remark])
        else:
            raise ValueError(f"“{remark}” of “{source.display}” is not understood")
    diagnosis = Diagnosis(source, frozenset(concepts), fracture=coding, text=source.display, **said)
    return replace(result, diagnoses=(*result.diagnoses, diagnosis))


def _diagnosis(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    said, text = _common(more, match["day"]), _words(more, match["what"])
    if noted := _take(more, r"noted (.+)"):
        said["around"] = noted[1]
    _all_understood(more, source)
    concepts = frozenset({CONCEPTS[match["what"]]})
    return replace(result, diagnoses=(*result.diagnoses, Diagnosis(source, concepts, text=text, **said)))


def _words(more: list[str], what: str) -> str:
    """What the record says beside its name (``in words posterior approach``), or calls it (``called EHL 3/5``)."""
    said, called = _take(more, r"in words (.+)"), _take(more, r"called (.+)")
    return called[1] if called else f"{what}: {said[1]}" if said else what


def _all_understood(more: list[str], source: Source) -> None:
    if more:
        raise ValueError(f"“{more[0]}” of “{source.display}” is not understood")


def _procedure(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    state = ProcedureState.PENDING if _take(more, "planned") else ProcedureState.COMPLETED
    levels = _take(more, r"([LT]\d+(?:-[LT]\d+)?)")
    _all_understood(more, source)
    procedure = Procedure(
        source,
        PROCEDURES[match["what"]],
        Region(match["where"]),
        state,
        when(match["day"]) if match["day"] else None,
        frozenset(levels[1].split("-")) if levels else frozenset(),
        text=match["what"],
    )
    return replace(result, procedures=(*result.procedures, procedure))


def _elsewhere(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    state = ProcedureState.PENDING if _take(more, "planned") else ProcedureState.COMPLETED
    text = _words(more, match["what"])
    _all_understood(more, source)
    kind = ELSEWHERE[match["what"]]
    region = Region.CERVICAL if kind is ProcedureKind.CERVICAL_SURGERY else Region.UNSPECIFIED
    performed = when(match["day"]) if match["day"] else None
    procedure = Procedure(source, kind, region, state, performed, text=text)
    return replace(result, procedures=(*result.procedures, procedure))


def _order(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    _all_understood(more, source)
    until = when(match["until"]) if match["until"] else None
    given = when(match["given"]) if match["given"] else None
    kind, quote = ORDERS[match["what"]], match[0].removeprefix("order ")
    ordered = ActivityOrder(source, kind, quote, match["side"] or "", given, until)
    return replace(result, orders=(*result.orders, ordered))


def _report(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    """``spine report of 2026-02-20 suspects malignant lesion`` · ``... states, denies, offers ... at L2, accepted``"""
    answer = _take(more, r"accepted|refused")
    _all_understood(more, source)
    when_ = when(match["day"]) if match["day"] else None
    report = ImagingReport(source, when_, spine=True)
    if not match["how"]:
        return replace(result, reports=(*result.reports, replace(report, unread="application/pdf")))
    kind, concept = READ[match["what"]] if match["what"] in READ else (FindingKind.DIAGNOSIS, CONCEPTS[match["what"]])
    if match["how"] == "denies":
        return replace(result, reports=(*result.reports, replace(report, denied=frozenset({concept}))))
    finding = ReportFinding(
        kind, concept, match["what"], match["how"] in ("states", "suspects"), match["how"] == "suspects",
        frozenset({match["where"]} if match["where"] else ()), Region.LUMBAR,
        accepted=answer and answer[0] == "accepted", by="Dr. Test, 2026-02-21" if answer else "",
    )  # fmt: skip
    return replace(result, reports=(*result.reports, replace(report, findings=(finding,))))


def _report_measure(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    """``spine report of 2026-02-20 measures 45 percent of height lost at L1, accepted``"""
    answer = _take(more, r"accepted|refused")
    _all_understood(more, source)
    name = next(name for name, words in COLLAPSE.items() if words == f"{match['measure']}:")
    finding = ReportFinding(
        FindingKind.MEASURE, name.replace("_", "-"), match[0],
        levels=frozenset({match["where"]} if match["where"] else ()), region=Region.LUMBAR,
        accepted=answer and answer[0] == "accepted", measured=Collapse(**{name: int(match["value"])}),
    )  # fmt: skip
    report = ImagingReport(source, when(match["day"]), spine=True, findings=(finding,))
    return replace(result, reports=(*result.reports, report))


def _measured(result: Chart, source: Source, quantity: Quantity, value: str, day: str | None, **said: Any) -> Chart:
    found = re.fullmatch(r"([<>]=?)?\s*(-?[\d.]+)", value)
    assert found, value
    measurement = Measurement(
        source, quantity, Decimal(found[2]), when(day) if day else None, comparator=found[1] or "", **said
    )
    return replace(result, measurements=(*result.measurements, measurement))


def _score(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    levels, scanner = _take(more, r"([LT]\d)(?:-([LT]\d))?"), _take(more, r"scanner (\w+)")
    side = _take(more, r"left|right")
    _all_understood(more, source)
    named: frozenset[str] = frozenset()
    if levels:
        last = int((levels[2] or levels[1])[1:])
        named = frozenset(f"{levels[1][0]}{number}" for number in range(int(levels[1][1:]), last + 1))
    said = {"site": SITES[match["site"]], "levels": named, "device": scanner[1] if scanner else ""}
    said["side"] = side[0] if side else ""
    return _measured(result, source, SCORES[match["score"]], match["value"], match["day"], **said)


def _vitamin_d(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    number = match["value"].lstrip("<>=")
    value = Decimal(number)
    if match["unit"] == "nmol/L":
        value = value / Decimal("2.496")
    bound = match["value"][: len(match["value"]) - len(number)]
    return _measured(result, source, Quantity.VITAMIN_D, f"{bound}{value:f}", match["day"])


def _plain(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    mark, aid = _take(more, r"marked (low|normal|high)"), _take(more, r"with (no aid|cane|crutches|walker)")
    _all_understood(more, source)
    said: dict[str, Any] = {"mark": LabMark(mark[1])} if mark else {}
    if aid:
        said["device"] = "none" if aid[1] == "no aid" else aid[1]
    return _measured(result, source, PLAIN[match["what"]], match["value"], match["day"], **said)


def _pain(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    return _measured(result, source, Quantity.PAIN, match["value"], match["day"])


def _unrecognised(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    """``unknown operation on 2026-02-03, in words left knee operation, record changed 2026-02-20``"""
    words, changed = _take(more, r"in words (.+)"), _take(more, rf"record changed {DATE}")
    kind = Untold.UNDER_WAY if _take(more, "under way") else UNTOLD[match["what"]]
    _all_understood(more, source)
    name = words[1] if words else match["what"]
    day = when(match["day"]) if match["day"] else None
    surgical = match["what"] != "procedure"
    found = Unrecognised(source, kind, name, day, surgical, date.fromisoformat(changed[1]) if changed else None)
    return replace(result, unrecognised=(*result.unrecognised, found))


def _operation_ordered(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    day = when(match["day"]) if match["day"] else None
    found = Unrecognised(source, Untold.PLANNED, "operation", day, surgical=True)
    return replace(result, unrecognised=(*result.unrecognised, found))


def _smoker(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    on = when(match["day"]) if match["day"] else When.day(as_of)
    measured = Measurement(source, Quantity.SMOKING, None, on, text=match[1])
    return replace(result, measurements=(*result.measurements, measured))


def _assessed(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    """An observation answered in words."""
    on = when(match["day"]) if match["day"] else None
    measured = Measurement(source, ASSESSED[match["what"]], None, on, text=match["said"])
    return replace(result, measurements=(*result.measurements, measured))


def _attested(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    name = AttestationName(match["what"].replace(" ", "-"))
    said = Attestation(name, date.fromisoformat(match["day"]), "Dr. Test", source, match["value"] or "")
    return replace(result, attestations=(*result.attestations, said))


def _medicine(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    taken = Medication(source, frozenset({CONCEPTS[match["what"]]}), active="stopped" not in more, text=match["what"])
    return replace(result, medications=(*result.medications, taken))


def _medication(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    concepts, started = frozenset(MEDICINES[match["drug"]].split()), when(match["day"]) if match["day"] else None
    taken = Medication(source, concepts, "stopped" not in more, started, match["drug"])
    return replace(result, medications=(*result.medications, taken))


def _bone_drug(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    """``takes denosumab since 2024-01-01, last dose on 2025-05-10, stopped`` · ``..., every 28 days``"""
    dose, every = _take(more, rf"last dose on (?P<day>{DATE})"), _take(more, r"every (\d+) days")
    stopped = "stopped" in more
    more[:] = [said for said in more if said != "stopped"]
    _all_understood(more, source)
    taken = Medication(
        source, BONE_DRUGS[match["what"]], not stopped, when(match["day"]) if match["day"] else None, match["what"],
        last=when(dose["day"]) if dose else None, every=int(every[1]) if every else None,
    )  # fmt: skip
    return replace(result, medications=(*result.medications, taken))


def _plan(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    plan = PlanOnRecord(source, "CarePlan", "plan-1", "revoked" if "revoked" in more else "draft")
    return replace(result, plans=(*result.plans, plan))


def _partial(result: Chart, match: re.Match[str], more: list[str], source: Source, as_of: date) -> Chart:
    return replace(result, partial=(*result.partial, match[1]))


Builder = Callable[[Chart, re.Match[str], list[str], Source, date], Chart]
_SINCE = rf"(?: (?:on|since) (?P<day>{DATE}))?"
_REGIONS = "|".join(region.value for region in Region)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


GRAMMAR: tuple[tuple[str, Builder], ...] = (
    (rf"(?P<who>man|woman|person)(?: of (?P<age>\d+)| born (?P<born>{DATE}))", _patient),
    (rf"(?P<where>[LTCS]\d+(?:-[LTCS]\d+)?|{_REGIONS}) fracture{_SINCE}", _fracture),
    (rf"(?P<site>{_any(SITES)}) (?P<score>{_any(SCORES)}) (?P<value>[<>=]*-?[\d.]+){_SINCE}", _score),
    (rf"25-OH vitamin D (?P<value>[<>=]*[\d.]+) (?P<unit>ng/mL|nmol/L){_SINCE}", _vitamin_d),
    (rf"pain (?P<value>[<>=]*[\d.]+) of 10{_SINCE}", _pain),
    (rf"(?P<what>{_any(PLAIN)}) (?P<value>[<>=]*[\d.]+)(?: [a-zA-Z%][\w/. ]*?)?{_SINCE}", _plain),
    (rf"(?P<what>{_any(PROCEDURES)}) at (?P<where>{_REGIONS}){_SINCE}", _procedure),
    (rf"(?P<what>{_any(ELSEWHERE)})(?: operation)? on (?P<day>{DATE})", _elsewhere),
    (rf"(?P<what>{_any(ELSEWHERE)})(?P<day>) operation", _elsewhere),
    (rf"(?P<what>{_any(ELSEWHERE.keys() - CONCEPTS.keys())})(?P<day>)", _elsewhere),
    (
        rf"order (?P<what>{_any(ORDERS)})(?: (?P<side>left|right|both))?"
        rf"(?: until (?P<until>{DATE}))?(?: given (?P<given>{DATE}))?",
        _order,
    ),
    (rf"(?P<what>{_any(ASSESSED)}) “(?P<said>[^”]+)”{_SINCE}", _assessed),
    (
        rf"spine report of (?P<day>{DATE}) measures (?P<value>\d+) (?P<measure>(?:percent|degrees) of [a-z ]+?)"
        r"(?: at (?P<where>[LT]\d+))?",
        _report_measure,
    ),
    (
        rf"spine report(?: of (?P<day>{DATE}))? (?:(?P<how>states|suspects|denies|offers) "
        rf"(?P<what>{_any({*CONCEPTS, *READ})})(?: at (?P<where>[LT]\d+))?|is not readable)",
        _report,
    ),
    (rf"unknown (?P<what>{_any(UNTOLD)}){_SINCE}", _unrecognised),
    (rf"operation ordered(?: for (?P<day>{DATE}))?", _operation_ordered),
    (rf"(current|former|never) smoker{_SINCE}", _smoker),
    (rf"attested (?P<what>[a-z ]+) on (?P<day>{DATE})(?:: (?P<value>\S+))?", _attested),
    (rf"takes (?P<drug>{_any(MEDICINES)}){_SINCE}", _medication),
    (rf"takes (?P<what>{_any(BONE_DRUGS)}){_SINCE}", _bone_drug),
    (rf"takes (?:an? )?(?P<what>{_any(CONCEPTS)})", _medicine),
    (r"a plan of this app is on record", _plan),
    (r"not everything was read: (.+)", _partial),
    (rf"(?P<what>{_any(CONCEPTS)}){_SINCE}", _diagnosis),
)
