"""Enum values -> the words, tone and shape a clinician sees. One table each; a test proves them total.

Tone decides colour, shape carries the same meaning for those who do not see colour.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from smartapp.core.kinds import AttestationName, Sex, Site
from smartapp.core.program import HomeSet
from smartapp.core.proposal import ActivityKind
from smartapp.core.states import Healing, Impact, Phase, Prone, Severity, State, UpperBack, Urgency
from smartapp.core.treatment import TreatmentState


@dataclass(frozen=True)
class Look:
    """How one state is shown: ``tone`` is a class of the stylesheet, ``shape`` a symbol of parts/shapes.html."""

    word: str
    tone: str
    shape: str


PHASES: Mapping[Phase, str] = MappingProxyType(
    {Phase.INITIAL: "Initial", Phase.INTERMEDIATE: "Intermediate", Phase.ADVANCED: "Advanced"}
)

STATES: Mapping[State, Look] = MappingProxyType(
    {
        State.STRICT: Look("Not yet", "forbid", "octagon"),
        State.PROHIBITED: Look("Do not", "forbid", "octagon"),
        State.BLOCKED: Look("Not yet", "forbid", "octagon"),
        State.PENDING: Look("Needs your decision", "wait", "hourglass"),
        State.CONDITIONAL: Look("With conditions", "change", "half"),
        State.MODIFY: Look("Modify", "change", "half"),
        State.TECHNIQUE_ONLY: Look("Technique only", "change", "half"),
        State.CLINICIAN_DECISION: Look("Needs your decision", "change", "half"),
        State.ALLOWED: Look("Allowed", "open", "ring"),
        State.ELIGIBLE: Look("May start", "open", "ring"),
        State.LIFTED: Look("Lifted", "open", "ring"),
    }
)

SEVERITIES: Mapping[Severity, Look] = MappingProxyType(
    {
        Severity.STOP: Look("Stop", "forbid", "octagon"),
        Severity.REVIEW: Look("Review", "change", "triangle"),
        Severity.INFO: Look("Info", "quiet", "dot"),
    }
)

URGENCIES: Mapping[Urgency, str] = MappingProxyType(
    {
        Urgency.EMERGENCY: "Emergency, now",
        Urgency.SAME_DAY: "Today",
        Urgency.WITHIN_7_DAYS: "Within 7 days",
        Urgency.WITHIN_14_DAYS: "Within 14 days",
    }
)

HEALING: Mapping[Healing, str] = MappingProxyType(
    {
        Healing.UNKNOWN: "healing not recorded",
        Healing.ROUTINE: "routine healing",
        Healing.STABLE: "stable, not yet healed",
        Healing.HEALED: "healed",
        Healing.MALUNION: "healed in a wrong position",
        Healing.DELAYED: "delayed healing",
        Healing.NONUNION: "not healing",
    }
)

GATES: Mapping[Prone | UpperBack | Impact, State] = MappingProxyType(
    {
        Prone.BLOCKED: State.BLOCKED,
        Prone.CONDITIONAL: State.CONDITIONAL,
        Prone.ALLOWED: State.ALLOWED,
        UpperBack.BLOCKED: State.BLOCKED,
        UpperBack.PENDING: State.PENDING,
        UpperBack.ELIGIBLE: State.ELIGIBLE,
        Impact.PROHIBITED: State.PROHIBITED,
        Impact.CLINICIAN_DECISION: State.CLINICIAN_DECISION,
    }
)

# Which gate governs which restriction, in the names both sides use.
GATE_OF: Mapping[str, str] = MappingProxyType({"R6": "prone", "R7": "resisted-upper-back", "R4": "high-impact"})

RESTRICTION_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "R1": "Bending forward",
        "R2": "Twisting",
        "R3": "Sit-ups, toe touches",
        "R4": "Impact",
        "R5": "Yoga, Pilates",
        "R6": "Lying prone",
        "R7": "Upper-back load",
        "R8": "Arching back",
        "R9": "Lifting",
        "R10": "Progressing alone",
    }
)


@dataclass(frozen=True)
class AttestationWords:
    """An attestation in the words of the button that makes it, and the question to answer before pressing it."""

    button: str
    said: str
    question: str


ATTESTATIONS: Mapping[AttestationName, AttestationWords] = MappingProxyType(
    {
        AttestationName.STABLE: AttestationWords(
            "Fracture is stable", "Fracture stable", "Imaging or examination shows the fracture is stable since"
        ),
        AttestationName.HEALED: AttestationWords(
            "Fracture has healed", "Fracture healed", "Imaging or examination shows the fracture healed since"
        ),
        AttestationName.FRAGILITY_RESOLVED: AttestationWords(
            "Fragility has resolved", "Fragility resolved", "In your judgement the bone is no longer fragile since"
        ),
        AttestationName.SURGEON_CLEARANCE: AttestationWords(
            "Surgeon has cleared exercise", "Cleared by the surgeon", "The operating surgeon cleared exercise on"
        ),
        AttestationName.BMD_IMPROVED: AttestationWords(
            "Bone density has improved",
            "Bone density improved",
            "Same site and scanner, gain above the facility's least significant change, on",
        ),
        AttestationName.LOW_TRAUMA: AttestationWords(
            "It was a low-trauma fracture", "Low-trauma fracture", "A fall from standing height or less, on"
        ),
        AttestationName.HIGH_ENERGY: AttestationWords(
            "It was a high-energy fracture",
            "High-energy fracture",
            "Traffic accident, fall from height or the like, on",
        ),
        AttestationName.MALIGNANCY_EXCLUDED: AttestationWords(
            "A tumor is excluded", "Tumor excluded", "The named work-up is done and shows no tumor of the spine, on"
        ),
        AttestationName.INFECTION_EXCLUDED: AttestationWords(
            "A spinal infection is excluded",
            "Spinal infection excluded",
            "Imaging, cultures and blood tests show no infection of the spine, on",
        ),
        AttestationName.STABILITY_IMAGING: AttestationWords(
            "Imaging shows the spine is stable",
            "Stable on CT or MRI",
            "A spine surgeon has seen CT or MRI made after the finding and calls the spine stable, on",
        ),
        AttestationName.MOTOR_INTACT: AttestationWords(
            "Leg strength is normal",
            "Leg strength normal",
            "Power, reflexes and the saddle area were examined and are normal, on",
        ),
        AttestationName.FRACTURE_OLD: AttestationWords(
            "The fracture is an old one", "Old fracture", "Earlier images or MRI show it is 12 months old or more, on"
        ),
        AttestationName.PART_BODY: AttestationWords(
            "The vertebral body is broken", "Vertebral body", "Imaging shows the body of the vertebra is broken, on"
        ),
        AttestationName.PART_POSTERIOR: AttestationWords(
            "Only a posterior part is broken",
            "Posterior part only",
            "Imaging shows that a posterior part is broken and not the body, on",
        ),
        AttestationName.JUNCTION_APPLIES: AttestationWords(
            "Use the lumbar rules for T11-T12",
            "Lumbar rules used at the junction",
            "In your judgement the lumbar rules apply to this fracture, on",
        ),
        AttestationName.WEIGHT_BEARING: AttestationWords(
            "Weight bearing", "Weight bearing stated", "The weight each leg may bear was stated on"
        ),
        AttestationName.HIP_PRECAUTIONS_LIFTED: AttestationWords(
            "Hip precautions are lifted", "Hip precautions lifted", "The surgeon lifted the hip precautions on"
        ),
        AttestationName.BRACE_WEANED: AttestationWords(
            "Brace is weaned", "Brace weaned", "The brace was taken off for good on"
        ),
        AttestationName.STANDS_WITH_HELP: AttestationWords(
            "Rising with one helper", "Rising with one helper stated", "Whether one helper is enough was seen on"
        ),
        AttestationName.CARER: AttestationWords(
            "Somebody is there at home", "Help at home", "Who is there when exercises are done at home was asked on"
        ),
        AttestationName.FRACTURE_LEVEL: AttestationWords(
            "The vertebra is known", "Broken vertebra", "An image or its report shows which vertebra is broken, on"
        ),
        AttestationName.BACK_PAIN: AttestationWords("Pain score", "Pain", "The patient was asked for the pain on"),
        AttestationName.LIMIT_NONE: AttestationWords(
            "A record limits no more", "Limits no more", "This was answered on"
        ),
    }
)

SEXES: Mapping[Sex, str] = MappingProxyType(
    {Sex.MALE: "male", Sex.FEMALE: "female", Sex.OTHER: "other sex", Sex.UNKNOWN: "sex not recorded"}
)

HOME_SETS: Mapping[HomeSet, str] = MappingProxyType(
    {HomeSet.DAILY: "At home, every day", HomeSet.SESSION: "At home, in a session after the therapist's check-off"}
)
KINDS: Mapping[ActivityKind, str] = MappingProxyType(
    {
        ActivityKind.EXERCISE: "Exercises",
        ActivityKind.RESTRICTION: "Movements to avoid or change",
        ActivityKind.NUTRITION: "Nutrition",
        ActivityKind.EDUCATION: "Education",
        ActivityKind.FOLLOW_UP: "Checks and orders suggested",
        ActivityKind.REFERRAL: "Referrals suggested",
    }
)

TREATMENT_STATES: Mapping[TreatmentState, str] = MappingProxyType(
    {
        TreatmentState.ON: "on record as taken",
        TreatmentState.LATE: "late",
        TreatmentState.STOPPED: "stopped",
        TreatmentState.FINISHED: "the course is over",
        TreatmentState.UNKNOWN: "nothing tells whether it is still taken",
    }
)

BONE_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "osteoporosis": "Osteoporosis",
        "osteopenia": "Osteopenia",
        "normal": "Normal bone density",
        "below-expected-range": "Below the expected range for age",
        "within-expected-range": "Within the expected range for age",
    }
)

VITAMIN_D_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "severely-deficient": "severely deficient",
        "deficient": "deficient",
        "insufficient": "insufficient",
        "target": "in the target range",
        "above-target": "above the target range",
        "possible-toxicity": "possible toxicity",
    }
)


def site_words(site: Site) -> str:
    """Where bone density was measured."""
    return site.replace("-", " ")


DAYS: Mapping[str, str] = MappingProxyType(
    {"mon": "Mon", "tue": "Tue", "wed": "Wed", "thu": "Thu", "fri": "Fri", "sat": "Sat", "sun": "Sun"}
)

# Gaps whose results a launch asks the EHR for by LOINC code (smartapp/fhir/read/searches.py).
ASKED_BY_CODE = frozenset({"25-oh-vitamin-d", "pain"})
BY_CODE_ONLY = (
    "Laboratory results and pain scores are asked of the EHR by their LOINC codes. One the site files under a code of "
    "its own alone is not seen here: look for it in the chart."
)
