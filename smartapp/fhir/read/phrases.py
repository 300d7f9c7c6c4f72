"""Local text where a coded value is absent: a few exact, tested patterns, and the words that forbid them.

A text that hedges, negates or speaks of somebody else (``no fracture``, ``history of``, ``screening for``) never
matches; if it names one of our concepts it is reported as not used, so that nothing is passed over in silence.
"""

import re
from collections.abc import Mapping

from smartapp.core.chart import ProcedureKind
from smartapp.core.concepts import Concept
from smartapp.core.fracture_coding import Morphology, Region
from smartapp.fhir.read.warning_phrases import history, warnings

_I = re.IGNORECASE

# Words that turn a diagnosis into something else. One of them anywhere and the text is not used.
HEDGED = re.compile(
    r"\b(?:no|not|non|none|never|without|w/o|denie[sd]|denying|negative|absen(?:t|ce)|free of|rule[sd]?[ -]?out|r/o|"
    r"exclude[sd]?|excluding|unlikely|history|h/o|hx|past|previous(?:ly)?|prior|old|former(?:ly)?|healed|status post|"
    r"s/p|family|familial|fh|fhx|mother|father|parent|sister|brother|sibling|screen(?:ing|ed)?|at risk|risk|"
    r"suspected|suspicion|suspicious|possible|possibly|probable|probably|likely|query|questionable|concern|"
    r"evaluat(?:e|ion)|assess(?:ment)?|investigat\w*|prophyla\w+|prevent\w*|monitor\w*|surveillance|"
    r"differential|versus|vs|if|fear of|worried|education|counsel\w*|vaccin\w*|juvenile|prematurity|jaw)\b|\?",
    _I,
)

# What official code titles deny without denying the diagnosis itself; taken out before anything is looked for.
_DENIED_BESIDE = re.compile(
    r"\bwithout (?:mention of |evidence of )?(?:current )?"
    r"(?:spinal cord (?:injury|lesion)|neurological \w+|myelopathy|(?:current )?patholog\w+ fracture|complication\w*)|"
    r"\bnot (?:elsewhere classified|otherwise specified|having achieved remission)\b|"
    r"\bnon[- ](?=(?:small|hodgkin|union|displaced|traumatic|st)\w*\b)",
    _I,
)
# Who or what a text speaks of instead: so common beside a cancer that it is not worth a line.
_OF_NOBODY_ILL = re.compile(
    r"\b(?:famil\w+|fhx?|mother|father|parent|sister|brother|sibling|screen\w*|risk|vaccin\w*)\b", _I
)
_OF_THE_PAST = re.compile(r"^(?:personal )?(?:history of|h/o|hx of)\b", _I)

_FRACTURE = r"(?:fractures?|fx|fractured|collapse[sd]?)"
_LUMBAR = r"(?:lumbar|l[1-5]\b)"
_THORACIC = r"(?:thoracic|dorsal|t(?:1[0-2]|[1-9])\b)"
_LEVEL = re.compile(r"\b([LT])\s?-?(1[0-2]|[1-9])\b(?!\s*-?\s*score)", _I)
_ORDINAL = re.compile(r"\b(first|second|third|fourth|fifth) lumbar vertebra\b", _I)
_ORDINALS: Mapping[str, str] = {"first": "L1", "second": "L2", "third": "L3", "fourth": "L4", "fifth": "L5"}

OSTEOPENIA = re.compile(r"\bosteop(?:a?e)nia\b|\blow bone (?:density|mass)\b", _I)
OSTEOPOROSIS = re.compile(r"\bosteoporo(?:sis|tic)\b", _I)
LUMBAR_FRACTURE = re.compile(rf"\b{_LUMBAR}.{{0,40}}\b{_FRACTURE}\b|\b{_FRACTURE}\b.{{0,40}}\b{_LUMBAR}", _I)
THORACIC_FRACTURE = re.compile(rf"\b{_THORACIC}.{{0,40}}\b{_FRACTURE}\b|\b{_FRACTURE}\b.{{0,40}}\b{_THORACIC}", _I)
VERTEBRAL_FRACTURE = re.compile(
    rf"\b(?:vertebra\w*|spin(?:e|al))\b.{{0,30}}\b{_FRACTURE}\b|\b{_FRACTURE}\b.{{0,30}}\b(?:vertebra\w*|spine)\b", _I
)
OTHER_BONE = re.compile(
    r"\b(?:femur|femoral|hip|ribs?|wrist|radius|radial|ulna|ankle|tibia\w*|fibula|humerus|humeral|clavicle|foot|hand|"
    r"fingers?|toes?|skull|nasal|sternum|patella|scapula|metatarsal|metacarpal|stress|fatigue)\b",
    _I,
)
_ANY_OF_OURS = re.compile(r"frac|fx|collapse|osteop|low bone|cauda", _I)  # a stem of each: most texts have none
CAUDA_EQUINA = re.compile(r"\bcauda equina (?:syndrome|compression|injury)\b", _I)
FRACTURE_DISLOCATION = re.compile(r"\bfracture[ -]dislocation\b", _I)
STEROID = re.compile(r"\b(?:steroid|glucocorticoid|corticosteroid|prednis)", _I)

MORPHOLOGY: Mapping[Morphology, re.Pattern[str]] = {
    Morphology.UNSTABLE_BURST: re.compile(r"\bunstable burst\b", _I),
    Morphology.STABLE_BURST: re.compile(r"\bburst\b", _I),
    Morphology.COMPRESSION: re.compile(r"\b(?:compression|wedge|crush|collapse[sd]?)\b", _I),
}

PROCEDURES: Mapping[ProcedureKind, re.Pattern[str]] = {
    ProcedureKind.AUGMENTATION: re.compile(r"\b(?:kyphoplasty|vertebroplasty|vertebral (?:body )?augmentation)\b", _I),
    ProcedureKind.HARDWARE_REMOVAL: re.compile(
        r"\bremoval of (?:spinal|lumbar|vertebral|pedicle)\b[^;.]{0,40}"
        r"\b(?:hardware|instrumentation|fixation|screws?|implants?)\b",
        _I,
    ),
    ProcedureKind.FUSION: re.compile(
        r"\b(?:spinal|spine|lumbar|lumbosacral|thoracolumbar|vertebral|interbody|posterolateral)\b[^;.]{0,30}"
        r"\b(?:fusion|arthrodesis)\b|"
        r"\b(?:fusion|arthrodesis) of (?:the )?(?:spine|lumbar|lumbosacral|thoracolumbar|vertebra)|"
        r"\b(?:PLIF|TLIF|ALIF)\b",
        _I,
    ),
    ProcedureKind.FIXATION: re.compile(
        r"\b(?:spinal|spine|lumbar|vertebral|thoracolumbar|pedicle screw)\b[^;.]{0,40}"
        r"\b(?:fixation|instrumentation|ORIF)\b|"
        r"\b(?:fixation|ORIF)\b[^;.]{0,40}\b(?:vertebra|lumbar|spine)",
        _I,
    ),
    ProcedureKind.DECOMPRESSION: re.compile(
        r"\b(?:lumbar|spinal|l[1-5])\b[^;.]{0,30}\b(?:laminectomy|decompression)\b", _I
    ),
    ProcedureKind.DENSITOMETRY: re.compile(
        r"\b(?:DXA|DEXA|bone density (?:scan|study|measurement)|densitometry)\b", _I
    ),
}
# A planned, declined or informed-about procedure has not been done, and a history has no date of its own here.
PROCEDURE_HEDGED = re.compile(
    r"\b(?:no|not|without|declined?|refused|cancel\w*|planned|scheduled|consent|consider\w*|discuss\w*|evaluation|"
    r"consult\w*|referral|education|history|h/o|prior|previous|failed|attempted)\b|\?",
    _I,
)

REGIONS: Mapping[Region, re.Pattern[str]] = {
    Region.THORACOLUMBAR: re.compile(r"\bthoraco-?lumbar\b", _I),
    Region.LUMBAR: re.compile(r"\b(?:lumbar|lumbosacral|lumbo-sacral|low(?:er)? back)\b", _I),
    Region.THORACIC: re.compile(r"\b(?:thoracic|dorsal) (?:spine|vertebra\w*)\b|\bthoracic\b", _I),
    Region.CERVICAL: re.compile(r"\b(?:cervical|neck)\b(?! of femur)", _I),
    Region.SACRAL: re.compile(r"\bsacr(?:al|um)\b", _I),
    Region.PELVIC: re.compile(r"\b(?:pelvi[cs]|pelvis|acetabul\w+|pubi[cs])\b", _I),
}
SPINE = re.compile(r"\b(?:spin(?:e|al)|vertebra\w*|lumbar|thoracic|lumbosacral|pedicle|l[1-5]|t1[0-2])\b", _I)


def levels(said: str) -> frozenset[str]:
    """Vertebrae named in a text: ``fracture of L2`` -> L2. Ranges are not expanded, and T-scores are not levels."""
    if not said:
        return frozenset()
    found = {f"{letter.upper()}{number}" for letter, number in _LEVEL.findall(said)}
    found |= {_ORDINALS[word.lower()] for word in _ORDINAL.findall(said)}
    return frozenset(level for level in found if level[0] == "T" or int(level[1:]) <= 5)


def region(said: str) -> Region | None:
    """The one spine region a text names; the junction where it names two neighbours; None if none or others."""
    if not said:
        return None
    named = {found for found, pattern in REGIONS.items() if pattern.search(said)}
    if Region.THORACOLUMBAR in named or {Region.LUMBAR, Region.THORACIC} <= named:
        return Region.THORACOLUMBAR
    if Region.LUMBAR in named:
        return Region.LUMBAR  # lumbosacral and sacral mentions beside it do not make it less lumbar
    if len(named) == 1:
        return named.pop()
    return None


def region_of(vertebrae: frozenset[str]) -> Region | None:
    """Region of named vertebrae: any lumbar one makes it lumbar."""
    if any(level.startswith("L") for level in vertebrae):
        return Region.LUMBAR
    return Region.THORACIC if vertebrae else None


def diagnosis(said: str) -> frozenset[str]:
    """Concepts an uncoded diagnosis text states outright; none where it hedges or negates."""
    plain = _DENIED_BESIDE.sub("", said)
    if past := _OF_THE_PAST.match(plain):
        rest = plain[past.end() :]
        return frozenset(concept.value for concept in history(rest)) if not HEDGED.search(rest) else frozenset()
    named = _named(plain)
    return named if named and not HEDGED.search(plain) else frozenset()


def hedged_diagnosis(said: str) -> bool:
    """Whether a text names one of our concepts but hedges or negates it: shown as not used."""
    plain = _DENIED_BESIDE.sub("", said)
    if not HEDGED.search(plain) or diagnosis(said):
        return False
    return bool(_of_bone(plain)) or (bool(warnings(plain)) and not _OF_NOBODY_ILL.search(plain))


def _named(said: str) -> frozenset[str]:
    return _of_bone(said) | {concept.value for concept in warnings(said)}


def _of_bone(said: str) -> frozenset[str]:
    if not _ANY_OF_OURS.search(said):
        return frozenset()
    concepts = set()
    fractured = (LUMBAR_FRACTURE, THORACIC_FRACTURE, VERTEBRAL_FRACTURE)
    if any(pattern.search(said) for pattern in fractured) and not OTHER_BONE.search(said):
        concepts.add(Concept.VERTEBRAL_FRACTURE.value)
        if FRACTURE_DISLOCATION.search(said):
            concepts.add(Concept.FRACTURE_DISLOCATION.value)
    for concept, pattern in (
        (Concept.OSTEOPENIA, OSTEOPENIA),
        (Concept.OSTEOPOROSIS, OSTEOPOROSIS),
        (Concept.CAUDA_EQUINA, CAUDA_EQUINA),
    ):
        if pattern.search(said):
            concepts.add(concept.value)
    return frozenset(concepts)


def morphology(said: str) -> Morphology | None:
    return next((kind for kind, pattern in MORPHOLOGY.items() if pattern.search(said)), None)


def procedure(said: str) -> ProcedureKind | None:
    """What an uncoded procedure text says was done; None where it says it was not, or was only spoken of."""
    if not said or PROCEDURE_HEDGED.search(said):
        return None
    return next((kind for kind, pattern in PROCEDURES.items() if pattern.search(said)), None)
