"""Condition -> Diagnosis: what was diagnosed, where in the spine, since when, and how sure (rule book 2.1, 2.2)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from smartapp.core.chart import ClinicalStatus, DateKind, Diagnosis, Source, Unreadable, Verification
from smartapp.core.codes import CodeRow, Kind, code_name
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.fracture_coding import EncounterKind, FractureCoding, Morphology, Region
from smartapp.fhir.json import Resource, choices, part, parts, text, texts, word
from smartapp.fhir.read import phrases
from smartapp.fhir.read.codings import Coded, code_word, coded
from smartapp.fhir.read.context import Context, Fact, target, where
from smartapp.fhir.read.dates import age, age_range, span, when
from smartapp.fhir.read.doubts import ASSERTED
from smartapp.fhir.read.ends import abatement_of, contradiction, end_without_day
from smartapp.fhir.read.warning_phrases import healing

_DROPPED = {"refuted", "entered-in-error"}
_UNSURE = {"unconfirmed", "provisional", "differential"}
_CLINICAL = {
    "active": ClinicalStatus.ACTIVE,
    "recurrence": ClinicalStatus.ACTIVE,
    "relapse": ClinicalStatus.ACTIVE,
    "inactive": ClinicalStatus.RESOLVED,
    "remission": ClinicalStatus.RESOLVED,
    "resolved": ClinicalStatus.RESOLVED,
}
_BY_TEXT = "read from its text, not from a code"
_ENCOUNTER_KINDS = {kind.value: kind for kind in EncounterKind}
# Most specific first: one Condition may carry a lumbar and an unspecified code for the same fracture.
_REGIONS = (
    *(Region.LUMBAR, Region.THORACOLUMBAR, Region.THORACIC, Region.CERVICAL, Region.SACRAL, Region.PELVIC),
    Region.UNSPECIFIED,
)
_MORPHOLOGIES = (
    *(Morphology.NEOPLASTIC, Morphology.UNSTABLE_BURST, Morphology.STABLE_BURST, Morphology.OSTEOPOROTIC),
    *(Morphology.PATHOLOGICAL, Morphology.COMPRESSION, Morphology.FATIGUE, Morphology.OTHER, Morphology.UNSPECIFIED),
)


def condition(resource: Resource, context: Context) -> Iterator[Fact]:
    """One Diagnosis; none where the record says it was refuted or entered in error."""
    verification = _status(resource, "verificationStatus")
    if verification in _DROPPED:
        return
    said = coded(part(resource, "code"), context.codes, Kind.CONDITION)
    concepts, matched_by_text = _concepts(resource, said, context)
    if not said.rows and not said.excluded and phrases.hedged_diagnosis(said.wording):
        yield Unreadable(where(resource), f"“{said.text}” has no code we know and was not taken as a diagnosis")
    onset, kind = _onset(resource, context.birth)
    recorded, recorded_by = _recorded(resource)
    abated, abatement = abatement_of(resource, context.birth)
    status = _CLINICAL.get(_status(resource, "clinicalStatus"), ClinicalStatus.UNKNOWN)
    contradicted = contradiction(status, abated, abatement)
    yield from _faults(resource, verification, abated, contradicted)
    yield Diagnosis(
        source=Source(
            where(resource),
            display=said.shown,
            date=str(onset or recorded or ""),
            note="; ".join(filter(None, (_BY_TEXT if matched_by_text else "", recorded_by, contradicted))),
        ),
        concepts=concepts,
        verification=Verification.UNCONFIRMED if verification in _UNSURE else Verification.CONFIRMED,
        clinical_status=status,
        fracture=_fracture(resource, said, concepts, context),
        onset=onset,
        onset_kind=kind,
        recorded=recorded,
        encounter_start=context.encounters.get(target(part(resource, "encounter"))),
        abatement=abatement,
        abated=abated,
        encounter_diagnosis=_categories(resource) == {"encounter-diagnosis"},
        code=said.code,
        text=said.text,
    )


def _status(resource: Resource, name: str) -> str:
    """Code of a status; some servers send the bare word of older FHIR versions."""
    value = resource.get(name)
    return value.strip().lower() if isinstance(value, str) else code_word(part(resource, name))


def _categories(resource: Resource) -> set[str]:
    return {code_word(category) for category in parts(resource, "category")} - {""}


def _faults(resource: Resource, verification: str, abated: bool, contradicted: str) -> Iterator[Unreadable]:
    place = where(resource)
    if verification and verification not in (*_UNSURE, "confirmed"):
        yield Unreadable(place, f"verification status “{verification[:40]}” is not known: taken as confirmed")
    for element in ("onset", "abatement"):
        if several := choices(resource, element):
            yield Unreadable(place, f"{several}: the first that gives a date counts")
    if not abated and (said := end_without_day(resource)):
        yield Unreadable(place, said)
    if contradicted:
        yield Unreadable(place, contradicted)


def _concepts(resource: Resource, said: Coded, context: Context) -> tuple[frozenset[str], bool]:
    """Concepts of the codes; of the text only where no coded value has a meaning; the mechanism from the evidence."""
    concepts, by_text = set(said.concepts), False
    if not said.rows and not said.excluded:
        concepts |= phrases.diagnosis(said.wording)
        by_text = bool(concepts)
    if Concept.OSTEOPOROSIS in concepts and phrases.STEROID.search(said.wording):
        concepts.add(Concept.GLUCOCORTICOID)  # M81.8 with steroid text: rule book 2.8
    for evidence in parts(resource, "evidence"):
        for code in parts(evidence, "code"):
            cause = coded(code, context.codes, Kind.CONDITION).concepts
            concepts |= cause & {Concept.LOW_ENERGY.value, Concept.HIGH_ENERGY.value}
    return frozenset(concepts), by_text


T = TypeVar("T")


@dataclass(frozen=True)
class _Seen:
    """Region and levels by body site, then by wording: what a code that has no level leaves open."""

    region: Region | None
    levels: frozenset[str]


def _fracture(resource: Resource, said: Coded, concepts: frozenset[str], context: Context) -> FractureCoding | None:
    rows = [row for row in said.rows if row.region is not None]
    if not rows and Concept.VERTEBRAL_FRACTURE not in concepts:
        return None
    seen = _seen(resource, said, context)
    coded_levels = frozenset(level for row in rows for level in row.levels)
    coded_region = _first(_REGIONS, (row.region for row in rows)) or Region.UNSPECIFIED
    encounter = next((kind for row in rows if (kind := _encounter(row, resource, context))), None)
    if not rows:
        encounter = healing(said.wording)
    return FractureCoding(
        region=coded_region if coded_region is not Region.UNSPECIFIED else seen.region or Region.UNSPECIFIED,
        levels=coded_levels or _fitting(seen.levels, coded_region),
        encounter=encounter,
        morphology=_first(_MORPHOLOGIES, (row.morphology for row in rows))
        or phrases.morphology(said.wording)
        or Morphology.UNSPECIFIED,
        open=encounter is EncounterKind.OPEN,
    )


def _first(order: Sequence[T], found: Iterable[T | None]) -> T | None:
    present = set(found)
    return next((value for value in order if value in present), None)


def _fitting(levels: frozenset[str], region: Region) -> frozenset[str]:
    """Levels read from words count only where they do not contradict the region the code gives."""
    return levels if region is Region.UNSPECIFIED or phrases.region_of(levels) is region else frozenset()


def _encounter(row: CodeRow, resource: Resource, context: Context) -> EncounterKind | None:
    """The seventh character: of the row, or of the code as recorded where the row stands for a whole range."""
    if row.encounter is not None or row.system != "icd10cm" or not row.prefix:
        return row.encounter
    for coding in parts(part(resource, "code"), "coding"):
        code = code_name("icd10cm", word(coding, "code"))
        if code.startswith(row.code) and len(code) == 8:
            return _ENCOUNTER_KINDS.get(code[7])
    return None


def _seen(resource: Resource, said: Coded, context: Context) -> _Seen:
    sites = [coded(site, context.codes, Kind.BODY_SITE) for site in parts(resource, "bodySite")]
    rows = [row for site in sites for row in site.rows]
    site_words = " ; ".join(texts(resource, "bodySite"))
    levels = frozenset(level for row in rows for level in row.levels) or phrases.levels(site_words)
    levels = levels or phrases.levels(said.wording)
    region = (
        phrases.region_of(levels)
        or _first(_REGIONS[:-1], (row.region for row in rows))
        or phrases.region(site_words)
        or phrases.region(said.wording)
    )
    return _Seen(region, levels)


def _onset(resource: Resource, birth: When | None) -> tuple[When | None, DateKind]:
    """The first choice that gives a date, else how it was given without one."""
    given = (
        (when(resource.get("onsetDateTime")), DateKind.DATE),
        (span(part(resource, "onsetPeriod"))[0], DateKind.PERIOD),
        (age(part(resource, "onsetAge"), birth), DateKind.AGE),
        (age_range(part(resource, "onsetRange"), birth), DateKind.RANGE),
    )
    dated = next(((onset, kind) for onset, kind in given if onset), None)
    return dated or (None, DateKind.TEXT if text(resource, "onsetString") else DateKind.ABSENT)


def _recorded(resource: Resource) -> tuple[When | None, str]:
    """recordedDate, else the US Core assertion date, with words for the second."""
    recorded = when(resource.get("recordedDate"))
    if recorded:
        return recorded, ""
    for extension in parts(resource, "extension"):
        if extension.get("url") == ASSERTED and (asserted := when(extension.get("valueDateTime"))):
            return asserted, "date of assertion, the record has no recording date"
    return None, ""
