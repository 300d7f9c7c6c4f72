"""What an observation says it is -> the quantity it is read as, where bone was measured, and one total of vitamin D.

LOINC has only “Hip”, “Femur”, “Lumbar spine” and “Radius and Ulna”: the femoral neck and the third of the radius are
in the words (rule book 2.6.2).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from smartapp.core.chart import Measurement, Quantity, Site, Unreadable
from smartapp.core.codes import CodeKind, CodeRow, CodeTable
from smartapp.core.phrases import PhraseKind, PhraseTable, Sign
from smartapp.fhir.json import Resource, get_object, get_wordings
from smartapp.fhir.read.context import Coded, ReadContext, coded, where
from smartapp.fhir.text import clean

_DENSITY = frozenset(
    {Quantity.T_SCORE, Quantity.Z_SCORE, Quantity.AREAL_BMD, "dxa-panel", "dxa-report", "densitometry"}
)
LOCAL = "local"  # system of a meaning that was found in words
_VAGUE_VITAMIN_D = "35365-6"  # taken as vitamin D only after the display says so: rule book 3.6


def means_nothing(code: object, table: CodeTable, phrases: PhraseTable) -> bool:
    """Whether a code of an Observation has surely no meaning for us, neither by the table nor in its words."""
    if type(code) is not dict:
        return False
    codings, said = code.get("coding") or (), code.get("text") or ""
    if type(said) is not str or any(type(c) is not dict or c.get("code") in table.observed for c in codings):
        return False
    said = " ; ".join(clean(words) for words in (said, *(str(c.get("display") or "") for c in codings)))
    about = (PhraseKind.MEASUREMENT, PhraseKind.TOPIC)
    return not any(means for kind in about for means in phrases.meanings(kind, said))


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
    """A local code whose words say that it is a score of bone density, never of a questionnaire, or vitamin D."""
    meant = set(phrases.meanings(PhraseKind.MEASUREMENT, said.wording))
    scores = meant & {Quantity.T_SCORE, Quantity.Z_SCORE}
    described = f"{said.wording} ; {panel} ; {' ; '.join(get_wordings(whole, 'code', 'bodySite'))}".replace("_", " ")
    is_questionnaire = phrases.says(Sign.QUESTIONNAIRE, said.wording)
    if len(scores) == 1 and not is_questionnaire and phrases.says(Sign.BONE, described):
        return _by_words(said, Quantity(scores.pop()))
    if Quantity.VITAMIN_D not in meant:
        return None
    kinds = {"d2", "d3"} & set(re.findall(r"\w+", said.wording.lower()))
    return _by_words(said, Quantity.VITAMIN_D, kinds.pop() if len(kinds) == 1 else "total")


def is_about_density(said: Coded, phrases: PhraseTable) -> bool:
    """Whether a report, a panel or an examination is one of bone density, by code or words."""
    concepts = {concept for row in (*said.rows, *said.others) for concept in row.concepts}
    return not concepts.isdisjoint(_DENSITY) or phrases.says(Sign.DENSITY_REPORT, said.wording.replace("_", " "))


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


# ---- vitamin D ----

_BELOW = ("<", "<=")
_ABOVE = (">", ">=")


def vitamin_d_totals(measurements: Iterable[Measurement]) -> Iterator[Measurement | Unreadable]:
    """All measurements, those of vitamin D brought to one total per specimen; ``collected`` is cleared."""
    specimens: dict[str, dict[str, Measurement]] = {}
    for measurement in measurements:
        if measurement.quantity is not Quantity.VITAMIN_D:
            yield measurement
            continue
        part, _, collected = measurement.collected.partition("|")
        key = collected or measurement.source.reference
        parts = specimens.setdefault(key, {})
        parts[part if part not in parts else f"{part} {measurement.source.reference}"] = measurement
    for parts in specimens.values():
        for total in _total(parts):
            yield replace(total, collected="") if isinstance(total, Measurement) else total


def _total(parts: dict[str, Measurement]) -> Iterator[Measurement | Unreadable]:
    whole = [m for name, m in parts.items() if name.split(" ")[0] == "total"]
    if whole:
        yield from whole
        return
    d2, d3 = parts.get("d2"), parts.get("d3")
    if len(parts) == 2 and d2 and d3 and d2.value is not None and d3.value is not None:
        yield _sum(d2, d3, d2.value, d3.value)
        return
    for name, measurement in parts.items():
        if name.startswith("d2") and measurement.comparator in _BELOW:
            yield Unreadable(measurement.source.reference, f"“{measurement.source.display}”: {_D2_BELOW}")
        else:
            yield replace(measurement, notes=(*measurement.notes, _ALONE))


_ALONE = "D2 or D3 alone: many laboratories report the total under this code"
_D2_BELOW = "D2 alone and below its detection limit says nothing of the total: not used"


def _sum(d2: Measurement, d3: Measurement, two: Decimal, three: Decimal) -> Measurement:
    """A part below its detection limit counts as none, the cautious reading; where both are, so is the sum."""
    both = d2.comparator in _BELOW and d3.comparator in _BELOW
    if not both:
        two = Decimal(0) if d2.comparator in _BELOW else two
        three = Decimal(0) if d3.comparator in _BELOW else three
    above = d2.comparator in _ABOVE or d3.comparator in _ABOVE
    return replace(
        d3,
        value=two + three,
        comparator="<" if both else (">" if above else ""),
        recorded_value=f"D3 {d3.recorded_value} + D2 {d2.recorded_value}",
        text="25-hydroxyvitamin D2 + D3 of one specimen",
        notes=(*d3.notes, f"sum of D3 and D2 ({d2.source.reference}) of the same specimen"),
    )
