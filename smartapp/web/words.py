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
from smartapp.web.catalog import Lazy


@dataclass(frozen=True)
class Look:
    """How one state is shown: ``tone`` is a class of the stylesheet, ``shape`` a symbol of parts/shapes.html."""

    word: str
    tone: str
    shape: str


PHASES: Mapping[Phase, str] = MappingProxyType(
    {Phase.INITIAL: Lazy("Initial"), Phase.INTERMEDIATE: Lazy("Intermediate"), Phase.ADVANCED: Lazy("Advanced")}
)

STATES: Mapping[State, Look] = MappingProxyType(
    {
        State.STRICT: Look(Lazy("Not yet"), "forbid", "octagon"),
        State.PROHIBITED: Look(Lazy("Do not"), "forbid", "octagon"),
        State.BLOCKED: Look(Lazy("Not yet"), "forbid", "octagon"),
        State.PENDING: Look(Lazy("Needs your decision"), "wait", "hourglass"),
        State.CONDITIONAL: Look(Lazy("With conditions"), "change", "half"),
        State.MODIFY: Look(Lazy("Modify"), "change", "half"),
        State.TECHNIQUE_ONLY: Look(Lazy("Technique only"), "change", "half"),
        State.CLINICIAN_DECISION: Look(Lazy("Needs your decision"), "change", "half"),
        State.ALLOWED: Look(Lazy("Allowed"), "open", "ring"),
        State.ELIGIBLE: Look(Lazy("May start"), "open", "ring"),
        State.LIFTED: Look(Lazy("Lifted"), "open", "ring"),
    }
)

SEVERITIES: Mapping[Severity, Look] = MappingProxyType(
    {
        Severity.STOP: Look(Lazy("Stop"), "forbid", "octagon"),
        Severity.REVIEW: Look(Lazy("Review"), "change", "triangle"),
        Severity.INFO: Look(Lazy("Info"), "quiet", "dot"),
    }
)

URGENCIES: Mapping[Urgency, str] = MappingProxyType(
    {
        Urgency.EMERGENCY: Lazy("Emergency, now"),
        Urgency.SAME_DAY: Lazy("Today"),
        Urgency.WITHIN_7_DAYS: Lazy("Within 7 days"),
        Urgency.WITHIN_14_DAYS: Lazy("Within 14 days"),
    }
)

HEALING: Mapping[Healing, str] = MappingProxyType(
    {
        Healing.UNKNOWN: Lazy("healing not recorded"),
        Healing.ROUTINE: Lazy("routine healing"),
        Healing.STABLE: Lazy("stable, not yet healed"),
        Healing.HEALED: Lazy("healed"),
        Healing.MALUNION: Lazy("healed in a wrong position"),
        Healing.DELAYED: Lazy("delayed healing"),
        Healing.NONUNION: Lazy("not healing"),
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
        "R1": Lazy("Bending forward"),
        "R2": Lazy("Twisting"),
        "R3": Lazy("Sit-ups, toe touches"),
        "R4": Lazy("Impact"),
        "R5": Lazy("Yoga, Pilates"),
        "R6": Lazy("Lying prone"),
        "R7": Lazy("Upper-back load"),
        "R8": Lazy("Arching back"),
        "R9": Lazy("Lifting"),
        "R10": Lazy("Progressing alone"),
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
            Lazy("Fracture is stable"),
            Lazy("Fracture stable"),
            Lazy("Imaging or examination shows the fracture is stable since"),
        ),
        AttestationName.HEALED: AttestationWords(
            Lazy("Fracture has healed"),
            Lazy("Fracture healed"),
            Lazy("Imaging or examination shows the fracture healed since"),
        ),
        AttestationName.FRAGILITY_RESOLVED: AttestationWords(
            Lazy("Fragility has resolved"),
            Lazy("Fragility resolved"),
            Lazy("In your judgement the bone is no longer fragile since"),
        ),
        AttestationName.SURGEON_CLEARANCE: AttestationWords(
            Lazy("Surgeon has cleared exercise"),
            Lazy("Cleared by the surgeon"),
            Lazy("The operating surgeon cleared exercise on"),
        ),
        AttestationName.BMD_IMPROVED: AttestationWords(
            Lazy("Bone density has improved"),
            Lazy("Bone density improved"),
            Lazy("Same site and scanner, gain above the facility's least significant change, on"),
        ),
        AttestationName.LOW_TRAUMA: AttestationWords(
            Lazy("It was a low-trauma fracture"),
            Lazy("Low-trauma fracture"),
            Lazy("A fall from standing height or less, on"),
        ),
        AttestationName.HIGH_ENERGY: AttestationWords(
            Lazy("It was a high-energy fracture"),
            Lazy("High-energy fracture"),
            Lazy("Traffic accident, fall from height or the like, on"),
        ),
        AttestationName.MALIGNANCY_EXCLUDED: AttestationWords(
            Lazy("A tumor is excluded"),
            Lazy("Tumor excluded"),
            Lazy("The named work-up is done and shows no tumor of the spine, on"),
        ),
        AttestationName.INFECTION_EXCLUDED: AttestationWords(
            Lazy("A spinal infection is excluded"),
            Lazy("Spinal infection excluded"),
            Lazy("Imaging, cultures and blood tests show no infection of the spine, on"),
        ),
        AttestationName.STABILITY_IMAGING: AttestationWords(
            Lazy("Imaging shows the spine is stable"),
            Lazy("Stable on CT or MRI"),
            Lazy("A spine surgeon has seen CT or MRI made after the finding and calls the spine stable, on"),
        ),
        AttestationName.MOTOR_INTACT: AttestationWords(
            Lazy("Leg strength is normal"),
            Lazy("Leg strength normal"),
            Lazy("Power, reflexes and the saddle area were examined and are normal, on"),
        ),
        AttestationName.FRACTURE_OLD: AttestationWords(
            Lazy("The fracture is an old one"),
            Lazy("Old fracture"),
            Lazy("Earlier images or MRI show it is 12 months old or more, on"),
        ),
        AttestationName.PART_BODY: AttestationWords(
            Lazy("The vertebral body is broken"),
            Lazy("Vertebral body"),
            Lazy("Imaging shows the body of the vertebra is broken, on"),
        ),
        AttestationName.PART_POSTERIOR: AttestationWords(
            Lazy("Only a posterior part is broken"),
            Lazy("Posterior part only"),
            Lazy("Imaging shows that a posterior part is broken and not the body, on"),
        ),
        AttestationName.JUNCTION_APPLIES: AttestationWords(
            Lazy("Use the lumbar rules for T11-T12"),
            Lazy("Lumbar rules used at the junction"),
            Lazy("In your judgement the lumbar rules apply to this fracture, on"),
        ),
        AttestationName.WEIGHT_BEARING: AttestationWords(
            Lazy("Weight bearing"), Lazy("Weight bearing stated"), Lazy("The weight each leg may bear was stated on")
        ),
        AttestationName.HIP_PRECAUTIONS_LIFTED: AttestationWords(
            Lazy("Hip precautions are lifted"),
            Lazy("Hip precautions lifted"),
            Lazy("The surgeon lifted the hip precautions on"),
        ),
        AttestationName.BRACE_WEANED: AttestationWords(
            Lazy("Brace is weaned"), Lazy("Brace weaned"), Lazy("The brace was taken off for good on")
        ),
        AttestationName.STANDS_WITH_HELP: AttestationWords(
            Lazy("Rising with one helper"),
            Lazy("Rising with one helper stated"),
            Lazy("Whether one helper is enough was seen on"),
        ),
        AttestationName.CARER: AttestationWords(
            Lazy("Somebody is there at home"),
            Lazy("Help at home"),
            Lazy("Who is there when exercises are done at home was asked on"),
        ),
        AttestationName.FRACTURE_LEVEL: AttestationWords(
            Lazy("The vertebra is known"),
            Lazy("Broken vertebra"),
            Lazy("An image or its report shows which vertebra is broken, on"),
        ),
        AttestationName.BACK_PAIN: AttestationWords(
            Lazy("Pain score"), Lazy("Pain"), Lazy("The patient was asked for the pain on")
        ),
        AttestationName.LIMIT_NONE: AttestationWords(
            Lazy("A record limits no more"), Lazy("Limits no more"), Lazy("This was answered on")
        ),
    }
)

SEXES: Mapping[Sex, str] = MappingProxyType(
    {
        Sex.MALE: Lazy("male"),
        Sex.FEMALE: Lazy("female"),
        Sex.OTHER: Lazy("other sex"),
        Sex.UNKNOWN: Lazy("sex not recorded"),
    }
)

HOME_SETS: Mapping[HomeSet, str] = MappingProxyType(
    {
        HomeSet.DAILY: Lazy("At home, every day"),
        HomeSet.SESSION: Lazy("At home, in a session after the therapist's check-off"),
    }
)
KINDS: Mapping[ActivityKind, str] = MappingProxyType(
    {
        ActivityKind.EXERCISE: Lazy("Exercises"),
        ActivityKind.RESTRICTION: Lazy("Movements to avoid or change"),
        ActivityKind.NUTRITION: Lazy("Nutrition"),
        ActivityKind.EDUCATION: Lazy("Education"),
        ActivityKind.FOLLOW_UP: Lazy("Checks and orders suggested"),
        ActivityKind.REFERRAL: Lazy("Referrals suggested"),
    }
)

TREATMENT_STATES: Mapping[TreatmentState, str] = MappingProxyType(
    {
        TreatmentState.ON: Lazy("on record as taken"),
        TreatmentState.LATE: Lazy("late"),
        TreatmentState.STOPPED: Lazy("stopped"),
        TreatmentState.FINISHED: Lazy("the course is over"),
        TreatmentState.UNKNOWN: Lazy("nothing tells whether it is still taken"),
    }
)

BONE_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "osteoporosis": Lazy("Osteoporosis"),
        "osteopenia": Lazy("Osteopenia"),
        "normal": Lazy("Normal bone density"),
        "below-expected-range": Lazy("Below the expected range for age"),
        "within-expected-range": Lazy("Within the expected range for age"),
    }
)

VITAMIN_D_CLASSES: Mapping[str, str] = MappingProxyType(
    {
        "severely-deficient": Lazy("severely deficient"),
        "deficient": Lazy("deficient"),
        "insufficient": Lazy("insufficient"),
        "target": Lazy("in the target range"),
        "above-target": Lazy("above the target range"),
        "possible-toxicity": Lazy("possible toxicity"),
    }
)


def site_words(site: Site) -> str:
    """Where bone density was measured."""
    return site.replace("-", " ")


DAYS: Mapping[str, str] = MappingProxyType(
    {
        "mon": Lazy("Mon"),
        "tue": Lazy("Tue"),
        "wed": Lazy("Wed"),
        "thu": Lazy("Thu"),
        "fri": Lazy("Fri"),
        "sat": Lazy("Sat"),
        "sun": Lazy("Sun"),
    }
)

# Gaps whose results a launch asks the EHR for by LOINC code (smartapp/fhir/read/searches.py).
ASKED_BY_CODE = frozenset({"25-oh-vitamin-d", "pain"})
BY_CODE_ONLY = Lazy(
    "Laboratory results and pain scores are asked of the EHR by their LOINC codes. One the site "
    "files under a code of its own alone is not seen here: look for it in the chart."
)
