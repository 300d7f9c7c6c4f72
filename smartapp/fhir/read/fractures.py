"""A Condition that is a vertebral fracture -> region, levels, form and encounter kind, by code, body site and words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from smartapp.core.codes import CodeKind, CodeRow
from smartapp.core.concepts import OTHER_BONES, Concept
from smartapp.core.fracture_coding import EncounterKind, FractureCoding, Morphology, Region
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_list, get_object, get_str, get_wordings
from smartapp.fhir.read.beside import Beside, words_around
from smartapp.fhir.read.context import Coded, ReadContext, coded, diagnosis_in
from smartapp.fhir.read.parts import body_levels, heals_routinely, part_alone, parts_said
from smartapp.fhir.read.vertebrae import healing_in, levels_in, morphology_in, region_in, region_of

T = TypeVar("T")

_ENCOUNTER_KINDS = {kind.value: kind for kind in EncounterKind}
# Most specific first: one Condition may carry a lumbar and an unspecified code for the same fracture.
_REGIONS = (
    *(Region.LUMBAR, Region.THORACOLUMBAR, Region.THORACIC, Region.CERVICAL, Region.SACRAL, Region.PELVIC),
    Region.UNSPECIFIED,
)
_MORPHOLOGIES = (
    *(Morphology.NEOPLASTIC, Morphology.UNSTABLE_BURST, Morphology.STABLE_BURST, Morphology.BURST),
    *(Morphology.OSTEOPOROTIC, Morphology.PATHOLOGICAL, Morphology.COMPRESSION, Morphology.FATIGUE, Morphology.OTHER),
    Morphology.UNSPECIFIED,
)
# Of two encounter kinds of one fracture: what speaks against healing first, then as the codes stand.
_WORST = (EncounterKind.NONUNION, EncounterKind.DELAYED)


@dataclass(frozen=True)
class Seen:
    """Region and levels by body site, then by wording: what a code that has no level leaves open."""

    region: Region | None
    levels: frozenset[str]


def fracture_of(
    resource: Resource, said: Coded, concepts: frozenset[str], beside: Beside, context: ReadContext
) -> FractureCoding | None:
    """None where neither a code nor the words speak of one. ``beside``: the dangers the words add to a code."""
    rows = [row for row in said.rows if row.region is not None]
    if not rows and not concepts & {Concept.VERTEBRAL_FRACTURE, Concept.PROCESS_FRACTURE}:
        return None
    seen = seen_of(resource, said, context)
    coded_levels = frozenset(level for row in rows for level in row.levels)
    coded_region = _first(_REGIONS, (row.region for row in rows)) or Region.UNSPECIFIED
    kinds = [kind for row in rows if (kind := _encounter(row, resource, context))]
    if not rows:
        kinds = [kind for kind in (healing_in(said.wording, context.phrases),) if kind]
    if Concept.FRACTURE_NONUNION in concepts:
        kinds = [EncounterKind.NONUNION]
    if not kinds and heals_routinely((said.wording, *words_around(resource)), context.phrases):
        kinds = [EncounterKind.ROUTINE]
    kinds = [*filter(None, (beside.encounter,)), *kinds]
    encounter = _first(_WORST, kinds) or next(iter(kinds), None)
    return FractureCoding(
        region=coded_region if coded_region is not Region.UNSPECIFIED else seen.region or Region.UNSPECIFIED,
        levels=coded_levels or _fitting(seen.levels, coded_region),
        encounter=encounter,
        morphology=_alone(rows, resource, said, concepts, context) or _morphology(rows, said, beside, context),
        open=EncounterKind.OPEN in kinds or beside.open,
    )


def _alone(
    rows: Sequence[CodeRow], resource: Resource, said: Coded, concepts: frozenset[str], context: ReadContext
) -> Morphology | None:
    """Process or pars, where neither codes nor words say that the body of the vertebra broke."""
    if rows:
        form = _first(_MORPHOLOGIES, (row.morphology for row in rows))
        return part_alone(*parts_said(resource, said, form, context.phrases))
    return part_alone(concepts, Concept.VERTEBRAL_FRACTURE in concepts)


def _morphology(rows: Sequence[CodeRow], said: Coded, beside: Beside, context: ReadContext) -> Morphology:
    """By code, else by words; but unstable in words beside any code, and a burst beside one that calls it no burst."""
    form = _first(_MORPHOLOGIES, (row.morphology for row in rows)) or morphology_in(said.wording, context.phrases)
    if form is Morphology.NEOPLASTIC:
        return form
    if form is Morphology.OTHER:  # the code does not say which part broke; the words may
        form = morphology_in(said.wording, context.phrases) or form
    if Morphology.UNSTABLE_BURST in beside.morphologies:
        return Morphology.UNSTABLE_BURST
    if Morphology.BURST in beside.morphologies and form is not Morphology.STABLE_BURST:
        return form if form is Morphology.UNSTABLE_BURST else Morphology.BURST
    return form or Morphology.UNSPECIFIED


def _first(order: Sequence[T], found: Iterable[T | None]) -> T | None:
    present = set(found)
    return next((value for value in order if value in present), None)


def _fitting(levels: frozenset[str], region: Region) -> frozenset[str]:
    """Levels read from words count only where they do not contradict the region the code gives."""
    return levels if region is Region.UNSPECIFIED or region_of(levels) is region else frozenset()


def _encounter(row: CodeRow, resource: Resource, context: ReadContext) -> EncounterKind | None:
    """The seventh character: of the row, or of the code as recorded where the row stands for a whole range."""
    if row.encounter is not None or row.system != "icd10cm" or not row.prefix:
        return row.encounter
    for coding in get_list(get_object(resource, "code"), "coding"):
        code = context.codes.systems.code_name("icd10cm", get_str(coding, "code"))
        if code.startswith(row.code) and len(code) == 8:
            return _ENCOUNTER_KINDS.get(code[7])
    return None


def broken_elsewhere(resource: Resource, said: Coded, concepts: frozenset[str], context: ReadContext) -> frozenset[str]:
    """Those of the concepts that are another bone broken now; what is coded, or called, a sequela is not."""
    if not said.rows:
        over = healing_in(said.wording, context.phrases) is EncounterKind.SEQUELA
        return frozenset() if over else concepts & OTHER_BONES
    coded_as = {_encounter(row, resource, context) for row in said.rows} - {None}
    return frozenset() if coded_as == {EncounterKind.SEQUELA} else concepts & OTHER_BONES


def seen_of(resource: Resource, said: Coded, context: ReadContext) -> Seen:
    sites = [coded(site, context.codes, CodeKind.BODY_SITE) for site in get_list(resource, "bodySite")]
    rows = [row for site in sites for row in site.rows]
    site_words = " ; ".join(get_wordings(resource, "bodySite"))
    levels = frozenset(level for row in rows for level in row.levels) or levels_in(site_words, context.phrases)
    told = body_levels if context.phrases.says(Sign.PROCESS, said.wording) else levels_in
    levels = levels or told(said.wording, context.phrases)
    region = (
        region_of(levels)
        or _first(_REGIONS[:-1], (row.region for row in rows))
        or region_in(site_words, context.phrases)
        or region_in(said.wording, context.phrases)
    )
    return Seen(region, levels)


def parts_in_words(resource: Resource, said: Coded, context: ReadContext) -> frozenset[str]:
    """Parts of a broken vertebra beside its body, or instead of it, as the words of a coded fracture name them."""
    form = _first(_MORPHOLOGIES, (row.morphology for row in said.rows))
    parts, body = parts_said(resource, said, form, context.phrases)
    return frozenset() if body else parts


def names_a_vertebra(resource: Resource, said: Coded, context: ReadContext) -> bool:
    """Whether body site or words name a vertebra, and no other bone, where the code names no bone."""
    words = " ; ".join((said.wording, *get_wordings(resource, "bodySite")))
    if context.phrases.says(Sign.OTHER_BONE, words):
        return False
    seen = seen_of(resource, said, context)
    spinal = seen.region in (Region.LUMBAR, Region.THORACOLUMBAR, Region.THORACIC)
    return spinal or Concept.VERTEBRAL_FRACTURE in diagnosis_in(words, context.phrases)
