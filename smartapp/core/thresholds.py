"""The numbers of the rules: the name of each, what one is, and how texts say it, so that every text names the number in
force, a site's own included. Their values are data (``knowledge/phases.toml``).

:func:`smartapp.knowledge.parse` requires a value for each name and refuses a value without a name.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from smartapp.core.signatures import Origin

_PLACE = re.compile(r"\{([^}:]*)(:span)?\}")
_WEEKS_FROM = 21  # days from which whole weeks are said as weeks: 84 days is 12 weeks, 14 days stays


class ThresholdName(StrEnum):
    # calendar phases and strict windows, months since the anchor (rule book 2, 2.5)
    INTERMEDIATE_FROM = "phase.intermediate-from"
    ADVANCED_FROM = "phase.advanced-from"
    STRICT_ALWAYS_BEFORE = "flexion.strict-always-before"
    STRICT_UNLESS_HEALED_BEFORE = "flexion.strict-unless-healed-before"
    # healing and stability (2.3)
    PRESUMED_STABLE_FROM = "stability.presumed-from"
    PRESUMED_HEALED_FROM = "healing.presumed-from"
    QUIET_WITHIN = "healing.quiet-within"
    HEALED_LONG_FROM = "stability.healed-long-from"
    EARLY_RESOLUTION_BEFORE = "healing.early-resolution-before"
    REFRACTURE_FROM = "fracture.refracture-from"
    CHILDHOOD_BEFORE_AGE = "fracture.childhood-before-age"
    CHILDHOOD_OLDER_THAN = "fracture.childhood-older-than"
    MECHANISM_WITHIN = "fracture.mechanism-within"
    # character of the fracture (2a, 0.3)
    HEIGHT_LOSS_SEVERE = "collapse.height-loss-severe-above"
    KYPHOSIS_SEVERE = "collapse.kyphosis-severe-above"
    CANAL_LOSS_SEVERE = "collapse.canal-severe-above"
    PARS_NEW_WITHIN = "fracture.pars-new-within"
    CLUSTER_WITHIN = "fracture.cluster-within"
    # prone gate and surgery (2.2, 2.4)
    PRONE_CONDITIONAL_FROM = "prone.conditional-from"
    PRONE_ALLOWED_FROM = "prone.allowed-from"
    SURGERY_PRONE_FROM = "surgery.prone-from"
    SURGERY_ALERT_FOR = "surgery.alert-for"
    SURGERY_RECENT_WITHIN = "surgery.recent-within"
    # pain, numeric rating scale 0-10 (2.3)
    PAIN_PERMITS_TO = "pain.permits-to"
    PAIN_UNSTABLE_FROM = "pain.unstable-from"
    PAIN_SEVERE_FROM = "pain.severe-from"
    PAIN_RECENT_WITHIN = "pain.recent-within"
    PAIN_VERY_SEVERE_FROM = "pain.very-severe-from"
    PAIN_RISE = "pain.rise"
    PAIN_RISE_APART = "pain.rise-apart"
    PAIN_RISE_WITHIN = "pain.rise-within"
    PAIN_RISE_AFTER = "pain.rise-after"
    NEW_PAIN_AFTER = "pain.new-after"
    NEW_PAIN_WITHIN = "pain.new-within"
    # measured signs of another fracture (rule book 2b, OM4)
    PAIN_LEAP_FROM = "new-fracture.pain-leap"
    HEIGHT_LOSS_FROM = "new-fracture.height-loss"
    OCCIPUT_RISE_FROM = "new-fracture.occiput-rise"
    # bone density (2.4, 2.6)
    T_OSTEOPOROSIS = "bmd.osteoporosis-at-or-below"
    T_NORMAL = "bmd.normal-at-or-above"
    Z_BELOW_EXPECTED = "bmd.below-expected-at-or-below"
    T_PLAUSIBLE = "bmd.plausible-to"
    T_SCORE_FROM_AGE = "bmd.t-score-from-age"
    DXA_STALE_AFTER = "bmd.stale-after"
    LSC_LUMBAR_SPINE = "bmd.lsc-lumbar-spine"
    LSC_TOTAL_HIP = "bmd.lsc-total-hip"
    LSC_FEMORAL_NECK = "bmd.lsc-femoral-neck"
    CLINICAL_OSTEOPOROSIS_FROM_AGE = "bmd.clinical-osteoporosis-from-age"
    # vitamin D, ng/mL of total 25-hydroxyvitamin D, and calcium, mg a day (2.7)
    VITD_SEVERE_BELOW = "vitamin-d.severe-below"
    VITD_DEFICIENT_BELOW = "vitamin-d.deficient-below"
    VITD_INSUFFICIENT_BELOW = "vitamin-d.insufficient-below"
    VITD_TARGET_TO = "vitamin-d.target-to"
    VITD_TOXIC_ABOVE = "vitamin-d.toxic-above"
    VITD_STALE_AFTER = "vitamin-d.stale-after"
    VITD_DOSE_LOW = "vitamin-d.dose-low"
    VITD_DOSE_HIGH = "vitamin-d.dose-high"
    CALCIUM_BASE = "calcium.base"
    CALCIUM_OLDER = "calcium.older"
    CALCIUM_OLDER_MEN_FROM_AGE = "calcium.older-men-from-age"
    CALCIUM_OLDER_WOMEN_FROM_AGE = "calcium.older-women-from-age"
    CALCIUM_SERUM_HIGH_ABOVE = "calcium.serum-high-above"
    EGFR_CAUTION_BELOW = "calcium.egfr-caution-below"
    # hard stops, reviews, habits (2.8, S29, S35)
    REPORT_DANGER_WITHIN = "report.danger-within"
    SYMPTOM_NEW_WITHIN = "red-flag.symptom-new-within"
    ADULT_FROM_AGE = "red-flag.adult-from-age"
    PREGNANCY_UNCLEAR_AFTER = "red-flag.pregnancy-unclear-after"
    POSTPARTUM_FOR = "red-flag.postpartum-for"
    WEAKNESS_BESIDE_WITHIN = "red-flag.weakness-beside-within"
    FEVER_WITHIN = "infection.fever-within"
    INFLAMMATION_WITHIN = "infection.inflammation-within"
    INFLAMMATION_AFTER = "infection.inflammation-after"
    CANCER_TREATMENT_WITHIN = "cancer.treatment-within"
    SOFT_SIGNS_FROM = "cancer.soft-signs-from"
    ATYPICAL_TO_LEVEL = "cancer.atypical-to-level"
    SUDDEN_PAIN_WITHIN = "vascular.sudden-pain-within"
    INFARCTION_WITHIN = "clearance.infarction-within"
    READING_STALE_AFTER = "reading.stale-after"
    # bone drugs (rule book 2a, 0.3 and section 5)
    DENOSUMAB_DUE = "treatment.denosumab-due"
    DENOSUMAB_LATE_FROM = "treatment.denosumab-late-from"
    REBOUND_FROM = "treatment.rebound-from"
    REBOUND_TO = "treatment.rebound-to"
    REBOUND_HOLD_FOR = "treatment.rebound-hold-for"
    ZOLEDRONATE_DUE = "treatment.zoledronate-due"
    ZOLEDRONATE_LATE_FROM = "treatment.zoledronate-late-from"
    TREATMENT_UNKNOWN_AFTER = "treatment.unknown-after"
    TREATMENT_FAILED_FROM = "treatment.failed-from"
    ANABOLIC_LONGEST = "treatment.anabolic-longest"
    ROMOSOZUMAB_LONGEST = "treatment.romosozumab-longest"
    ROMOSOZUMAB_EVENT_WITHIN = "treatment.romosozumab-event-within"
    THIGH_PAIN_FROM = "treatment.thigh-pain-from"
    CALCIUM_SERUM_LOW_BELOW = "treatment.calcium-low-below"
    # laboratory (rule book 2a, 0.3, RF6-RF12, TX14-TX16; 2c, CD25)
    LAB_WITHIN = "laboratory.within"
    LAB_SLOW_WITHIN = "laboratory.slow-within"
    LAB_SIGN_WITHIN = "laboratory.sign-within"
    CRP_ABOVE = "laboratory.crp-above"
    ESR_ABOVE = "laboratory.esr-above"
    ESR_SIGN_ABOVE = "laboratory.esr-sign-above"
    HEMOGLOBIN_MEN_BELOW = "laboratory.hemoglobin-men-below"
    HEMOGLOBIN_WOMEN_BELOW = "laboratory.hemoglobin-women-below"
    M_PROTEIN_FROM = "laboratory.m-protein-from"
    LIGHT_CHAINS_BELOW = "laboratory.light-chains-below"
    LIGHT_CHAINS_ABOVE = "laboratory.light-chains-above"
    LIGHT_CHAINS_KIDNEY_BELOW = "laboratory.light-chains-kidney-below"
    LIGHT_CHAINS_KIDNEY_ABOVE = "laboratory.light-chains-kidney-above"
    LIGHT_CHAINS_EGFR_BELOW = "laboratory.light-chains-egfr-below"
    PSA_ABOVE = "laboratory.psa-above"
    PSA_RISE = "laboratory.psa-rise"
    TESTOSTERONE_BELOW = "laboratory.testosterone-below"
    TSH_BELOW = "laboratory.tsh-below"
    # risk of the next fracture (rule book 2a, TX9, TX17)
    RISK_FRACTURE_WITHIN = "risk.fracture-within"
    RISK_T_SCORE = "risk.t-score-at-or-below"
    RISK_PROBABILITY_FROM = "risk.probability-from"
    BMI_LOW_BELOW = "nutrition.bmi-low-below"
    ALCOHOL_ABOVE = "habits.alcohol-above"
    ALCOHOL_FRAX_FROM = "habits.alcohol-frax-from"
    GRAMS_PER_DRINK = "habits.grams-per-drink"
    # measures of the whole patient (rule book 2a, 0.3; 2c, CD5-CD8, CX41, CX42)
    PRESSURE_STOP_SYSTOLIC = "pressure.stop-systolic"
    PRESSURE_STOP_DIASTOLIC = "pressure.stop-diastolic"
    PRESSURE_REVIEW_SYSTOLIC = "pressure.review-systolic"
    PRESSURE_REVIEW_DIASTOLIC = "pressure.review-diastolic"
    PRESSURE_ALONE_WITHIN = "pressure.alone-within"
    PRESSURE_TWICE_WITHIN = "pressure.twice-within"
    PRESSURE_DROP = "pressure.drop"
    SATURATION_BELOW = "oxygen.saturation-below"
    SATURATION_WITHIN = "oxygen.saturation-within"
    FEVER_AT = "infection.fever-at"
    FALLS_HIGH_FROM = "falls.high-from"
    FALLS_WITHIN = "falls.within"
    FALLS_INDEX_WITHIN = "falls.index-within"
    TUG_SLOW_FROM = "falls.tug-from"
    MORSE_HIGH_FROM = "falls.morse-from"
    TEST_WITHIN = "measure.test-within"
    ANEURYSM_LARGE_FROM = "aneurysm.large-from"
    FRAX_MAJOR_FROM = "frax.major-from"
    FRAX_HIP_FROM = "frax.hip-from"
    # limits of the whole patient (rule book 2a, 0.3; 2c, CD23)
    OPERATION_LIMITS_FOR = "limit.operation-for"
    PLANNED_WITHIN = "limit.planned-within"
    FRACTURE_LIMITS_FOR = "limit.fracture-for"
    FRACTURE_ASKED_TO = "limit.fracture-asked-to"
    ORDER_HOLDS_FOR = "limit.order-for"
    ORDER_NEVER_BEYOND = "limit.order-never-beyond"


class Unit(StrEnum):
    """Units thresholds come in; the rules read them in exactly these."""

    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"
    YEARS = "years"
    NRS = "points on the 0-10 pain scale"
    SD = "standard deviations"
    PERCENT = "percent"
    NG_PER_ML = "ng/mL"
    IU_PER_DAY = "IU a day"
    MG_PER_DAY = "mg a day"
    MG_PER_DL = "mg/dL"
    EGFR = "mL/min/1.73 m2"
    BMI = "kg/m2"
    GRAMS_A_DAY = "grams a day"
    GRAMS = "grams"
    MMHG = "mmHg"
    CELSIUS = "degrees Celsius"
    SECONDS = "seconds"
    FALLS = "falls"
    MORSE = "points on the Morse Fall Scale"
    CENTIMETERS = "cm"
    SIGNS = "signs"
    THORACIC = "thoracic vertebra"
    DEGREES = "degrees"
    PERCENT_LOST = "percent lost"
    G_PER_DL = "g/dL"
    MG_PER_L = "mg/L"
    MM_PER_H = "mm/h"
    NG_PER_DL = "ng/dL"
    MIU_PER_L = "mIU/L"
    RATIO = "kappa to lambda"


@dataclass(frozen=True)
class Threshold:
    name: ThresholdName
    value: Decimal
    unit: Unit
    meaning: str
    origin: Origin
    packaged: Decimal | None = None  # our value where a site has set its own


def thresholds_in(text: str) -> tuple[str, ...]:
    """Every threshold a text names; the loader refuses a name that is none."""
    return tuple(name.removesuffix(":span") for name in re.findall(r"\{([^}]*)\}", text))


def fill_numbers(text: str, thresholds: Mapping[ThresholdName, Threshold]) -> str:
    """``{pain.severe-from}`` -> ``7``; ``{surgery.prone-from:span}`` -> ``12 weeks``."""

    def said(match: re.Match[str]) -> str:
        threshold = thresholds[ThresholdName(match[1])]
        return span_words(threshold) if match[2] else f"{threshold.value:,f}"

    return _PLACE.sub(said, text)


def span_words(threshold: Threshold) -> str:
    """With its unit: ``12 weeks``, ``24 months``."""
    value, unit = int(threshold.value), str(threshold.unit)
    if unit == "days" and value >= _WEEKS_FROM and value % 7 == 0:
        value, unit = value // 7, "weeks"
    return f"{value} {unit}" if value != 1 else f"1 {unit.removesuffix('s')}"


def shown_number(value: Decimal) -> str:
    """At most two decimals, never rounded up: 49.9 nmol/L, 19.99 ng/mL, must not read as 20 beside “deficient”."""
    return f"{value.quantize(Decimal('0.01'), ROUND_FLOOR).normalize():f}"
