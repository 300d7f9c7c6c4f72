"""What an observation says it is -> the quantity it is read as, and where bone was measured.

LOINC has only “Hip”, “Femur”, “Lumbar spine” and “Radius and Ulna”: the femoral neck and the third of the radius are
in the words (rule book 2.6.2).
"""

import re
from dataclasses import replace

from smartapp.core.codes import CodeKind, CodeRow, CodeTable
from smartapp.core.kinds import Quantity, Site
from smartapp.core.laboratory import LABORATORY
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_object, get_wordings
from smartapp.fhir.read.context import Coded, ReadContext, coded, where
from smartapp.fhir.read.unknown import is_legible
from smartapp.fhir.read.vitamin_d import part_in_words
from smartapp.fhir.text import clean

_DENSITY = frozenset(
    {Quantity.T_SCORE, Quantity.Z_SCORE, Quantity.AREAL_BMD, "dxa-panel", "dxa-report", "densitometry"}
)
# Known by name and unit too: not every one has a verified code (rule books 2a, section 7, and 2b, 5.1).
NAMED_ONLY = frozenset(
    {
        Quantity.TIMED_UP_AND_GO,
        Quantity.CHAIR_STANDS,
        Quantity.CHAIR_RISE,
        Quantity.GAIT_SPEED,
        Quantity.GRIP,
        Quantity.CLINICAL_FRAILTY,
        Quantity.STAY_INDEPENDENT,
        Quantity.TANDEM,
        Quantity.ANEURYSM,
        Quantity.HIP_FRACTURE_PROBABILITY,
        Quantity.CHAIR_STANDS_WITH_ARMS,
        Quantity.OSWESTRY,
        Quantity.ROLAND_MORRIS,
        Quantity.QUALEFFO,
        Quantity.ONE_LEG_STAND,
        Quantity.OCCIPUT_WALL,
        Quantity.LOADED_STANDING,
        Quantity.FALLS_EFFICACY,
    }
)
LOCAL = "local"  # system of a meaning that was found in words
_VAGUE_VITAMIN_D = "35365-6"  # taken as vitamin D only after the display says so: rule book 3.6


ANSWERS = ("valueString", "valueCodeableConcept")  # what an Observation may say beside its code


def means_nothing(code: object, table: CodeTable, phrases: PhraseTable, judged: dict[str, bool]) -> bool:
    """Whether a code of an Observation surely has no meaning for us and leaves nothing to ask: a cheap look.

    It is no code of ours, there are words that can be read, and they name nothing of ours. ``judged`` keeps what was
    found of words, for charts repeat them.
    """
    if type(code) is not dict:
        return False
    codings, said = code.get("coding") or (), code.get("text") or ""
    if type(said) is not str or any(type(c) is not dict or c.get("code") in table.observed for c in codings):
        return False
    said = " ; ".join(filter(None, (said, *(str(c.get("display") or "") for c in codings))))
    found = judged.get(said)
    if found is None:
        words = plain_words(clean(said, len(said)))
        kinds = (PhraseKind.MEASUREMENT, PhraseKind.TOPIC)
        found = is_legible(words) and not any(any(phrases.meanings(kind, words)) for kind in kinds)
        judged[said] = found
    return found


def answers_nothing(answer: object, phrases: PhraseTable) -> bool:
    """The same of a text or coded answer, where its question means nothing; without words it leaves nothing to ask."""
    if type(answer) is dict:
        codings = answer.get("coding") or ()
        if any(type(coding) is not dict for coding in codings):
            return False
        answer = " ; ".join(str(each) for each in (answer.get("text"), *(c.get("display") for c in codings)) if each)
    return not answer or (type(answer) is str and not any(phrases.meanings(PhraseKind.TOPIC, answer)))


def plain_words(said: str) -> str:
    """Names as devices and laboratories write them, with blanks: ``VIT_D_25_OH`` -> ``VIT D 25 OH``."""
    return said.replace("_", " ")


def meaning_of(node: Resource, whole: Resource, context: ReadContext) -> tuple[Coded, CodeRow | None, CodeRow | None]:
    """What an observation or component is called; the row of its quantity, and the row of a false friend."""
    said = coded(get_object(node, "code"), context.codes, CodeKind.OBSERVATION)
    row = next((row for row in said.rows if row.quantity is not None), None)
    if row is None and not said.rows and not said.excluded:
        row = _meant_in_words(said, whole, context.panels.get(where(whole), ""), context.phrases)
    if row is not None and row.code == _VAGUE_VITAMIN_D and not context.phrases.says(Sign.VITAMIN_D, said.wording):
        row = None
    return said, row, said.excluded[0] if said.excluded else None


def _meant_in_words(said: Coded, whole: Resource, panel: str, phrases: PhraseTable) -> CodeRow | None:
    """A local code whose words say that it is a score of bone density or of pain, never of a questionnaire, or
    vitamin D, another result of the laboratory, or a test that has no code."""
    words = plain_words(said.wording)
    meant = set(phrases.meanings(PhraseKind.MEASUREMENT, words))
    scores = meant & {Quantity.T_SCORE, Quantity.Z_SCORE}
    described = plain_words(f"{words} ; {panel} ; {' ; '.join(get_wordings(whole, 'code', 'bodySite'))}")
    if Quantity.VITAMIN_D in meant:
        return _by_words(said, Quantity.VITAMIN_D, part_in_words(words, phrases))
    if len(named := meant & NAMED_ONLY) == 1:
        return _by_words(said, Quantity(named.pop()))
    if not meant or phrases.says(Sign.QUESTIONNAIRE, words):
        return None
    if len(meant) == 1 and (of_laboratory := meant & LABORATORY):
        return _by_words(said, Quantity(of_laboratory.pop()))
    if len(scores) == 1 and phrases.says(Sign.BONE, described):
        return _by_words(said, Quantity(scores.pop()))
    return _by_words(said, Quantity.PAIN) if Quantity.PAIN in meant else None


def is_about_density(said: Coded, phrases: PhraseTable) -> bool:
    """Whether a report, a panel or an examination is one of bone density, by code or words."""
    concepts = {concept for row in (*said.rows, *said.others) for concept in row.concepts}
    return not concepts.isdisjoint(_DENSITY) or phrases.says(Sign.DENSITY_REPORT, plain_words(said.wording))


def _by_words(said: Coded, quantity: Quantity, part: str = "") -> CodeRow:
    row = CodeRow(LOCAL, said.code, False, CodeKind.OBSERVATION, (quantity.value,), said.text, verified="text")
    return replace(row, part=part)


# By words alone, for a T-score under a local code: first that fits, then the parts that are not told.
_BY_WORDS = (
    (Sign.OTHER_SITE, Site.OTHER),
    (Sign.FEMORAL_NECK, Site.FEMORAL_NECK),
    (Sign.TOTAL_HIP, Site.TOTAL_HIP),
    (Sign.LUMBAR_SPINE, Site.LUMBAR_SPINE),
)
_BY_FEWER_WORDS = ((Sign.HIP, Site.TOTAL_HIP), (Sign.FOREARM, Site.FOREARM), (Sign.FEMUR, Site.FEMUR))


def bone_site(of_code: Site | None, said: str, phrases: PhraseTable) -> Site | None:
    """Site by code and words; None where neither says. Ward's triangle, trochanter, heel and arm are OTHER."""
    said = said.replace("_", " ")
    if of_code is None:
        return site_in_words(said, phrases)
    if phrases.says(Sign.OTHER_SITE, said):
        return Site.OTHER
    if of_code in (Site.TOTAL_HIP, Site.FEMUR):
        if phrases.says(Sign.FEMORAL_NECK, said):
            return Site.FEMORAL_NECK
        return Site.TOTAL_HIP if phrases.says(Sign.TOTAL, said) else of_code
    if of_code is Site.FOREARM and phrases.says(Sign.THIRD_OF_RADIUS, said):
        return Site.RADIUS_THIRD
    return of_code


def site_in_words(said: str, phrases: PhraseTable) -> Site | None:
    found = next((place for sign, place in _BY_WORDS if phrases.says(sign, said)), None)
    if found is not None:
        return found
    if phrases.says(Sign.THIRD_OF_RADIUS, said) and phrases.says(
        Sign.FOREARM, phrases.without(Sign.THIRD_OF_RADIUS, said)
    ):
        return Site.RADIUS_THIRD
    found = next((place for sign, place in _BY_FEWER_WORDS if phrases.says(sign, said)), None)
    return Site.TOTAL_HIP if found is Site.FEMUR and phrases.says(Sign.TOTAL, said) else found


_JOINED = re.compile(r"_(?=L[1-5])")  # “L1_L4”
_BARE_NUMBER = re.compile(r"(?<=[,/&\s])(?=[1-5]\b)")  # of a vertebra: “L2,3”


def vertebrae_scanned(said: str, phrases: PhraseTable) -> frozenset[str]:
    """Vertebrae in the region of interest: ``L1-L4`` -> four of them, ``L1-L4 (L2)`` three; empty where none is named.

    Where all of them would be left out, the words mean something else.
    """
    said = _JOINED.sub("-", said).replace("_", " ")
    found = _vertebrae(said, phrases)
    named = " ".join(match["out"] for match in phrases.found(Sign.VERTEBRAE_LEFT_OUT, said))
    left_out = _vertebrae(_BARE_NUMBER.sub("L", named), phrases)
    return found - left_out or found


def _vertebrae(said: str, phrases: PhraseTable) -> frozenset[str]:
    found: set[int] = set()
    for match in phrases.found(Sign.VERTEBRAE_SCANNED, said):
        first, last = int(match["first"]), int(match["last"] or match["first"])
        found |= {first, last, *range(first, last + 1)}
    return frozenset(f"L{number}" for number in found)
