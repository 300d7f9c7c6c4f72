"""What the reader asks of a text by name -> the closed set of signs; the words of each are rows of phrases.toml."""

from collections.abc import Mapping
from enum import StrEnum


class Sign(StrEnum):
    """What the reader asks of a text by name; phrases.toml must hold a row for each."""

    # of a diagnosis
    HEDGED = "hedged"
    DENIED_BESIDE = "denied-beside"
    OF_SOMEBODY_ELSE = "of-somebody-else"
    OF_THE_PAST = "of-the-past"
    REMISSION = "remission"
    STEROID = "steroid"
    PARENT = "parent"
    BROKEN_HIP = "broken-hip"
    NO_END = "no-end"
    # of the words beside a code
    DENIES = "denies"
    DENIED_AFTER = "denied-after"
    ADVICE = "advice"
    CLAUSE_ENDS = "clause-ends"
    CAUSED_BY = "caused-by"
    PRESENT_AGAIN = "present-again"
    DENIAL_ENDS = "denial-ends"
    DENIED_BEHIND_COMMA = "denied-behind-comma"
    DENIAL_LISTED = "denial-listed"
    STATED_OVER = "stated-over"
    OVER_AFTER = "over-after"
    DOUBTED = "doubted"
    OTHER_BONE = "other-bone"
    POSTERIOR_PART = "posterior-part"
    PROCESS = "process"
    BODY = "body"
    PARS = "pars"
    BESIDE_DOUBTED = "beside-doubted"
    FRACTURE_AGE = "fracture-age"
    HEIGHT_LOSS = "height-loss"
    KYPHOSIS_ANGLE = "kyphosis-angle"
    THORACIC_KYPHOSIS = "thoracic-kyphosis"
    CANAL_LOSS = "canal-loss"
    THORACIC_CURVE = "thoracic-curve"
    # of a sentence of an imaging report (rule book 2a, 2.3)
    IMAGING_REPORT = "imaging-report"
    ASKED_OF_IMAGE = "asked-of-image"
    TEMPLATE = "template"
    TEMPLATE_AFTER = "template-after"
    RELATIVE = "relative"
    RELATIVE_AFTER = "relative-after"
    NO_CHANGE = "no-change"
    NOT_EXCLUDED = "not-excluded"
    SUSPICION = "suspicion"
    EARLIER_IMAGE = "earlier-image"
    STANDS_ALONE = "stands-alone"
    NOT_YET = "not-yet"
    # of an order
    ORDER_OVER = "order-over"
    EXERCISE = "exercise"
    WEIGHT_BEARING = "weight-bearing"
    THERAPY_ORDER = "therapy-order"
    MANUAL_THERAPY = "manual-therapy"
    TRAINING = "training"
    SPINE_LIMITS = "spine-limits"
    # of a procedure
    NOT_DONE = "not-done"
    QUIET = "quiet"
    NEVER_QUIET = "never-quiet"
    OPERATES = "operates"
    BONES_AND_JOINTS = "bones-and-joints"
    PLANNED = "planned"
    OTHER_CARE = "other-care"
    IMPLANT = "implant"
    TAKEN_OUT = "taken-out"
    SPINE = "spine"
    NOT_SPINE = "not-spine"
    # of a medicine
    GLUCOCORTICOID = "glucocorticoid"
    MOSTLY_TOPICAL = "mostly-topical"
    ANTIRESORPTIVE = "antiresorptive"
    INHALED = "inhaled"
    LOCAL = "local"
    SYSTEMIC = "systemic"
    INJECTED = "injected"
    # of a measurement
    BONE = "bone"
    QUESTIONNAIRE = "questionnaire"
    NOT_DXA = "not-dxa"
    VITAMIN_D = "vitamin-d"
    VITAMIN_D2 = "vitamin-d2"
    VITAMIN_D3 = "vitamin-d3"
    TOTAL_OF_PARTS = "total-of-parts"
    OTHER_VITAMIN_D = "other-vitamin-d"
    PAIN_ELSEWHERE = "pain-elsewhere"
    OTHER_PAIN_SCALE = "other-pain-scale"
    DENSITY_REPORT = "density-report"
    # of a score in the words of a report
    T_AND_Z = "t-and-z"
    OTHER_COLUMN = "other-column"
    SCORE_LIMIT = "score-limit"
    CLASS_DEFINED = "class-defined"
    EARLIER = "earlier"
    PAST_SCAN = "past-scan"
    LOWEST = "lowest"
    IMPRESSION = "impression"
    SD_BELOW = "sd-below"
    SD_ABOVE = "sd-above"
    # of the place a bone was measured at
    FEMORAL_NECK = "femoral-neck"
    TOTAL_HIP = "total-hip"
    OTHER_SITE = "other-site"
    THIRD_OF_RADIUS = "third-of-radius"
    LUMBAR_SPINE = "lumbar-spine"
    HIP = "hip"
    FEMUR = "femur"
    FOREARM = "forearm"
    TOTAL = "total"
    # of falls, frailty and an aneurysm
    FALLS_COUNTED = "falls-counted"
    FALL_INJURED = "fall-injured"
    FALL_SAID = "fall-said"
    FALL_RISK_HIGH = "fall-risk-high"
    FRAILTY_LEVEL = "frailty-level"
    DOSE_INTERVAL = "dose-interval"
    ANEURYSM_SIZE = "aneurysm-size"
    # how vertebrae are written
    VERTEBRA = "vertebra"
    VERTEBRAE_SCANNED = "vertebrae-scanned"
    VERTEBRAE_LEFT_OUT = "vertebrae-left-out"


# Signs of which not only whether but what is said counts: the named groups the pattern of their rows must have.
GROUPS: Mapping[Sign, frozenset[str]] = {
    Sign.SD_BELOW: frozenset({"value", "young"}),
    Sign.SD_ABOVE: frozenset({"value", "young"}),
    Sign.CANAL_LOSS: frozenset({"value"}),
    Sign.KYPHOSIS_ANGLE: frozenset({"value"}),
    Sign.HEIGHT_LOSS: frozenset({"value"}),
    Sign.ANEURYSM_SIZE: frozenset({"size", "unit"}),
    Sign.FRAILTY_LEVEL: frozenset({"level", "eight", "seven", "six"}),
    Sign.DOSE_INTERVAL: frozenset({"number", "days", "weeks", "months"}),
    Sign.FALLS_COUNTED: frozenset({"before", "after"}),
    Sign.VERTEBRA: frozenset({"part", "number"}),
    Sign.VERTEBRAE_SCANNED: frozenset({"first", "last"}),
    Sign.VERTEBRAE_LEFT_OUT: frozenset({"out"}),
}
