"""The closed sets of words in which a chart is told: what a fact can be, each with its unit where it has one."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Verification(StrEnum):
    CONFIRMED = "confirmed"  # also when the EHR says nothing: the element is optional in R4
    UNCONFIRMED = "unconfirmed"  # unconfirmed, provisional, differential


class ClinicalStatus(StrEnum):
    ACTIVE = "active"  # active, recurrence, relapse
    RESOLVED = "resolved"  # resolved, inactive, remission
    UNKNOWN = "unknown"  # absent or not a known code


class DateKind(StrEnum):
    """How the onset was recorded; decides which rule of the anchor ladder applies."""

    DATE = "date"
    PERIOD = "period"
    AGE = "age"
    RANGE = "range"
    TEXT = "text"  # never parsed
    ABSENT = "absent"


class ProcedureKind(StrEnum):
    AUGMENTATION = "augmentation"  # vertebroplasty, kyphoplasty
    FUSION = "fusion"
    FIXATION = "fixation"  # ORIF, instrumentation, open reduction
    DECOMPRESSION = "decompression"
    HARDWARE_REMOVAL = "hardware-removal"
    CLOSED_TREATMENT = "closed-treatment"  # brace: no reset
    DENSITOMETRY = "densitometry"
    PT_EVALUATION = "pt-evaluation"
    HOSPITAL_STAY = "hospital-stay"  # performed: its last day
    # elsewhere than the thoracic, lumbar and sacral spine: what they limit is in knowledge/constraints.toml
    CERVICAL_SURGERY = "cervical-surgery"
    HIP_REPLACEMENT = "hip-replacement"
    KNEE_REPLACEMENT = "knee-replacement"
    SHOULDER_REPLACEMENT = "shoulder-replacement"
    FEMUR_FIXATION = "femur-fixation"
    STERNOTOMY = "sternotomy"
    ABDOMINAL_SURGERY = "abdominal-surgery"
    EYE_SURGERY = "eye-surgery"
    BREAST_SURGERY = "breast-surgery"
    SPINAL_INJECTION = "spinal-injection"
    NEUROSTIMULATOR = "neurostimulator"


# Done without opening or fixing anything.
NO_OPERATION = frozenset(
    {
        *(ProcedureKind.CLOSED_TREATMENT, ProcedureKind.DENSITOMETRY, ProcedureKind.PT_EVALUATION),
        *(ProcedureKind.SPINAL_INJECTION, ProcedureKind.HOSPITAL_STAY),
    }
)


class ProcedureState(StrEnum):
    COMPLETED = "completed"
    PENDING = "pending"  # preparation, in-progress, on-hold


class Untold(StrEnum):
    """Of what kind a record is that no rule knows (rule book 2a, NS2)."""

    DONE = "done"  # a procedure
    UNDER_WAY = "under-way"  # a procedure that is begun or on hold
    PLANNED = "planned"  # an order for an operation, known or not
    ORDERED = "ordered"  # a device
    IN_USE = "in-use"  # a device
    IMPLANT = "implant"
    IN_THE_SPINE = "in-the-spine"  # an implant


class Quantity(StrEnum):
    """What was measured, with the one unit core knows it in."""

    T_SCORE = "t-score"  # standard deviations
    Z_SCORE = "z-score"  # standard deviations
    AREAL_BMD = "areal-bmd"  # g/cm2
    VITAMIN_D = "25-oh-vitamin-d"  # ng/mL, total 25-hydroxyvitamin D
    CALCIUM = "calcium"  # mg/dL
    EGFR = "egfr"  # mL/min/1.73 m2
    PAIN = "pain"  # 0-10 numeric rating scale
    BMI = "bmi"  # kg/m2
    ALCOHOL = "alcohol"  # drinks per day, as large as the site's
    ALCOHOL_GRAMS = "alcohol-grams"  # grams per day
    SMOKING = "smoking"  # value None; ``text`` is a concept: current, former, never
    FALL_RISK = "fall-risk"
    FRACTURE_PROBABILITY = "fracture-probability"  # percent, 10-year major osteoporotic
    # vital signs, tests of movement, falls and frailty (rule book 2a, 0.3 and 4.3)
    SYSTOLIC = "systolic"  # mmHg, sitting or in a position that is not said
    SYSTOLIC_LYING = "systolic-lying"  # mmHg
    SYSTOLIC_STANDING = "systolic-standing"  # mmHg
    DIASTOLIC = "diastolic"  # mmHg
    OXYGEN_SATURATION = "oxygen-saturation"  # percent
    TEMPERATURE = "temperature"  # degrees Celsius
    TIMED_UP_AND_GO = "timed-up-and-go"  # seconds
    CHAIR_STANDS = "chair-stands"  # number in 30 seconds
    CHAIR_RISE = "chair-rise"  # seconds for five
    GAIT_SPEED = "gait-speed"  # m/s
    GRIP = "grip"  # kg
    FALLS = "falls"  # number in 12 months; ``text`` may say it instead
    MORSE = "morse-fall-scale"  # points
    STAY_INDEPENDENT = "stay-independent"  # points of 14
    TANDEM = "tandem-stance"  # seconds
    FALL_HISTORY = "fall-history"  # of the last 3 months, as the Morse scale asks; ``text`` may say it instead
    CLINICAL_FRAILTY = "clinical-frailty"  # level 1-9 of the scale; ``text`` may say it instead
    ANEURYSM = "aneurysm-diameter"  # cm
    HIP_FRACTURE_PROBABILITY = "hip-fracture-probability"  # percent, 10-year
    # tests a plan is measured by (rule book 2b, 5.1)
    OSWESTRY = "oswestry"  # percent
    ROLAND_MORRIS = "roland-morris"  # points of 24
    QUALEFFO = "qualeffo"  # points
    CHAIR_STANDS_WITH_ARMS = "chair-stands-with-arms"  # number in 30 seconds
    ONE_LEG_STAND = "one-leg-stand"  # seconds
    OCCIPUT_WALL = "occiput-wall"  # cm
    LOADED_STANDING = "loaded-standing"  # seconds
    FALLS_EFFICACY = "falls-efficacy"  # points, 16-64
    HEIGHT = "height"  # cm
    # laboratory (rule book 2a, RF5-RF12, TX11-TX16)
    HEMOGLOBIN = "hemoglobin"  # g/dL
    ESR = "esr"  # mm/h
    CRP = "crp"  # mg/L
    ALKALINE_PHOSPHATASE = "alkaline-phosphatase"  # U/L
    PHOSPHATE = "phosphate"  # mg/dL
    ALBUMIN = "albumin"  # g/dL
    CREATININE = "creatinine"  # mg/dL
    PTH = "pth"  # pg/mL, intact
    TSH = "tsh"  # mIU/L
    TESTOSTERONE = "testosterone"  # ng/dL, total
    M_PROTEIN = "m-protein"  # g/dL
    LIGHT_CHAIN_RATIO = "light-chain-ratio"  # free kappa to free lambda
    PSA = "psa"  # ng/mL
    PLATELETS = "platelets"  # 10^9/L
    TRANSGLUTAMINASE = "tissue-transglutaminase"  # whatever the laboratory's unit: only whether it was measured


class Measure(StrEnum):
    """What a limit of the whole patient can be measured by: a quantity, or what follows from several."""

    BMI = "bmi"  # kg/m2
    PAIN = "pain"  # 0-10, the current score
    SYSTOLIC = "systolic"  # mmHg, as far as it may be relied on (rule book 2c, CX41)
    DIASTOLIC = "diastolic"  # mmHg, the same
    PRESSURE_DROP = "pressure-drop"  # mmHg systolic, lying to standing on one day
    OXYGEN_SATURATION = "oxygen-saturation"  # percent
    TIMED_UP_AND_GO = "timed-up-and-go"  # seconds
    OTHER_FALLS = "other-falls"  # in 12 months, without the one that broke the bone (CD5)
    FALLS_SINCE = "falls-since"  # after the fracture
    INJURIOUS_FALLS = "injurious-falls"  # in 12 months, without the one that broke the bone (CD6)
    FALL_RISK_SAID = "fall-risk-said"  # 1 where an assessment calls it high
    MORSE = "morse-fall-scale"  # points
    STAY_INDEPENDENT = "stay-independent"  # points of 14
    TANDEM = "tandem-stance"  # seconds
    FALL_HISTORY = "fall-history"  # 1 where a fall of the 3 months before is said, and it did not break the bone
    PLATELETS = "platelets"  # 10^9/L
    THORACIC_CURVE = "thoracic-curve"  # degrees, of the whole upper back
    FRAILTY_LEVEL = "frailty-level"  # 1-9, by number or words (CD9)
    ANEURYSM = "aneurysm-diameter"  # cm


class Site(StrEnum):
    LUMBAR_SPINE = "lumbar-spine"
    TOTAL_HIP = "total-hip"
    FEMORAL_NECK = "femoral-neck"
    FEMUR = "femur"  # proximal femur, part not stated
    RADIUS_THIRD = "radius-third"
    FOREARM = "forearm"
    OTHER = "other"


class Sex(StrEnum):
    MALE = "male"
    FEMALE = "female"
    OTHER = "other"
    UNKNOWN = "unknown"


class OrderKind(StrEnum):
    """What somebody else ordered of how the patient may move (rule book 2a, NS9; 2c, CD10 and CX49)."""

    NO_WEIGHT = "no-weight"
    TOE_TOUCH = "toe-touch"
    PARTIAL_WEIGHT = "partial-weight"
    WEIGHT_AS_TOLERATED = "weight-as-tolerated"
    FULL_WEIGHT = "full-weight"
    BRACE = "brace"  # of the trunk
    COLLAR = "collar"
    BED_REST = "bed-rest"
    LOG_ROLL = "log-roll"
    HIP_PRECAUTIONS = "hip-precautions"
    STERNAL_PRECAUTIONS = "sternal-precautions"
    SPINAL_PRECAUTIONS = "spinal-precautions"
    NO_BENDING_LIFTING_TWISTING = "no-bending-lifting-twisting"
    LIFT_LIMIT = "lift-limit"
    NO_EXERCISE = "no-exercise"


class AttestationName(StrEnum):
    STABLE = "stable"
    HEALED = "healed"
    FRAGILITY_RESOLVED = "fragility-resolved"
    SURGEON_CLEARANCE = "surgeon-clearance"
    BMD_IMPROVED = "bmd-improved"
    LOW_TRAUMA = "low-trauma"
    HIGH_ENERGY = "high-energy"
    # the work-up is done (rule book 2a, 0.2): each lifts only the rows that name it (2c, P3)
    MALIGNANCY_EXCLUDED = "malignancy-excluded"
    INFECTION_EXCLUDED = "infection-excluded"
    STABILITY_IMAGING = "stability-imaging"  # CT or MRI seen by a spine surgeon
    MOTOR_INTACT = "motor-intact"
    FRACTURE_OLD = "fracture-old"  # 12 months or more
    PART_BODY = "part-body"
    PART_POSTERIOR = "part-posterior"
    JUNCTION_APPLIES = "junction-applies"
    # what limits the whole patient (rule book 2a, section 4)
    WEIGHT_BEARING = "weight-bearing"  # value: none, toe-touch, partial, tolerated, each with a side; full
    HIP_PRECAUTIONS_LIFTED = "hip-precautions-lifted"
    BRACE_WEANED = "brace-weaned"
    STANDS_WITH_HELP = "stands-with-help"  # value: yes or no, with at most one helper
    LIMIT_NONE = "limit-none"  # value: the record that limits no more: Condition/12
    CARER = "carer"  # value: yes or no, somebody is there when exercises are done at home (rule book 2c, CD30)
    # what the record leaves open (rule book 2c, CX60 and section 9)
    FRACTURE_LEVEL = "fracture-level"  # value: L1 to L5, the vertebra that broke
    BACK_PAIN = "back-pain"  # value: 0 to 10


# One of a few values.
CHOICES: Mapping[AttestationName, tuple[str, ...]] = MappingProxyType(
    {
        AttestationName.STANDS_WITH_HELP: ("yes", "no"),
        AttestationName.CARER: ("yes", "no"),
        AttestationName.FRACTURE_LEVEL: ("L1", "L2", "L3", "L4", "L5"),
        AttestationName.BACK_PAIN: tuple(str(score) for score in range(11)),
    }
)
# What these state is in their value; without one they say nothing.
WITH_VALUE = frozenset({AttestationName.WEIGHT_BEARING, AttestationName.LIMIT_NONE, *CHOICES})


# Offered only to whom an alert asks for them: each answers one kind of alert, and nothing else.
ANSWERS = frozenset(
    {
        AttestationName.MALIGNANCY_EXCLUDED,
        AttestationName.INFECTION_EXCLUDED,
        AttestationName.STABILITY_IMAGING,
        AttestationName.MOTOR_INTACT,
        AttestationName.FRACTURE_OLD,
        AttestationName.PART_BODY,
        AttestationName.PART_POSTERIOR,
        AttestationName.JUNCTION_APPLIES,
        AttestationName.FRACTURE_LEVEL,
    }
)
