"""The names of every threshold the rules use; their values are data (``knowledge/phases.toml``).

:func:`smartapp.knowledge.parse` requires a value for each name and refuses a value without a name.
"""

from enum import StrEnum


class ThresholdName(StrEnum):
    # calendar phases and strict windows, months since the anchor (rule book 2, 2.5)
    INTERMEDIATE_FROM = "phase.intermediate-from"
    ADVANCED_FROM = "phase.advanced-from"
    STRICT_ALWAYS_BEFORE = "flexion.strict-always-before"
    STRICT_UNLESS_HEALED_BEFORE = "flexion.strict-unless-healed-before"
    # healing and stability (2.3)
    PRESUMED_STABLE_FROM = "stability.presumed-from"
    EARLY_RESOLUTION_BEFORE = "healing.early-resolution-before"
    REFRACTURE_FROM = "fracture.refracture-from"
    CHILDHOOD_BEFORE_AGE = "fracture.childhood-before-age"
    CHILDHOOD_OLDER_THAN = "fracture.childhood-older-than"
    MECHANISM_WITHIN = "fracture.mechanism-within"
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
    SYMPTOM_NEW_WITHIN = "red-flag.symptom-new-within"
    ADULT_FROM_AGE = "red-flag.adult-from-age"
    PREGNANCY_UNCLEAR_AFTER = "red-flag.pregnancy-unclear-after"
    POSTPARTUM_FOR = "red-flag.postpartum-for"
    INFARCTION_WITHIN = "clearance.infarction-within"
    READING_STALE_AFTER = "reading.stale-after"
    BMI_LOW_BELOW = "nutrition.bmi-low-below"
    ALCOHOL_ABOVE = "habits.alcohol-above"
