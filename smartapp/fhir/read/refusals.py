"""A number under a code or words of ours -> why it is not used: it measures something else, or cannot be believed."""

from smartapp.core.codes import CodeRow
from smartapp.core.kinds import Quantity
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.quotes import quoted
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_list, get_number, get_object
from smartapp.fhir.read.context import Coded
from smartapp.fhir.read.quantities import LOCAL, plain_words
from smartapp.fhir.read.told import NOT_25_OH
from smartapp.fhir.read.values import BELIEVED, Value, is_areal, needs_unit, own_unit

_HIGHEST_PAIN = 10


def another_quantity(quantity: Quantity, said: Coded, found: Value, described: str, phrases: PhraseTable) -> str:
    """What the number measures instead of this quantity, as its words or its unit say; empty if they do not."""
    if quantity is Quantity.VITAMIN_D and phrases.says(Sign.OTHER_VITAMIN_D, plain_words(said.wording)):
        return NOT_25_OH
    if quantity not in (Quantity.T_SCORE, Quantity.Z_SCORE) or found.number is None:
        return ""
    if is_areal(found.unit):
        return f"{found.shown} is areal bone density, not a {quantity}, and is not used"
    meant = set(phrases.meanings(PhraseKind.MEASUREMENT, said.wording))
    if quantity is Quantity.T_SCORE and Quantity.Z_SCORE in meant and Quantity.T_SCORE not in meant:
        return "coded as a T-score and called a Z-score: not used"
    if phrases.says(Sign.NOT_DXA, described):
        return "measured by another method than DXA: does not classify and is not used"
    if phrases.says(Sign.QUESTIONNAIRE, said.wording):
        return "a T-score of a questionnaire, not of bone density: not used"
    return ""


def refusal(row: CodeRow, quantity: Quantity, found: Value, element: Resource) -> str:
    """Why a number cannot be used as this quantity; empty if it can."""
    if found.number is None:
        return ""
    own = own_unit(quantity, found.number, found.unit)
    if own is None:
        missing = not found.unit and needs_unit(quantity)
        return (
            f"{found.shown} has no unit and is not used"
            if missing
            else f"unit {quoted(found.unit)} is not known: not used"
        )
    lowest, highest = BELIEVED.get(quantity, (own, own))
    if not lowest <= own <= highest:
        return f"{found.shown} is no believable {quantity} (from {lowest} to {highest}) and is not used"
    if quantity is Quantity.PAIN and not (0 <= own <= _HIGHEST_PAIN and _is_of_ten(row, found, element)):
        return f"{found.shown} is outside the 0-10 scale and is not used"
    return ""


def doubtful_pain(described: str, phrases: PhraseTable) -> str:
    """Why a pain score is not the present pain of the back, 0-10, by what it says beside its code."""
    words = plain_words(described)
    if phrases.says(Sign.PAIN_ELSEWHERE, words):
        return "pain of another place than the back: not used"
    if phrases.says(Sign.OTHER_PAIN_SCALE, words):
        return "not said to be the present pain on a scale from 0 to 10: not used"
    return ""


def _is_of_ten(row: CodeRow, found: Value, element: Resource) -> bool:
    """Whether a score known by its words alone is not measured as a length, nor on a scale that ends higher."""
    if row.system != LOCAL:
        return True
    ends = (get_number(get_object(r, "high").get("value")) for r in get_list(element, "referenceRange"))
    return found.unit not in ("mm", "cm") and all(end is None or end <= _HIGHEST_PAIN for end in ends)
