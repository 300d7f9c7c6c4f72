"""MedicationRequest, -Statement, -Administration and -Dispense -> Medication: systemic glucocorticoids, bone drugs and
what else the rules read, told from inhaled, topical, nasal, eye, ear and joint preparations of the same ingredient."""

from collections.abc import Iterator
from dataclasses import dataclass

from smartapp.core.chart import Medication, Source, Unreadable
from smartapp.core.codes import CodeKind
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.json import (
    Resource,
    get_bool,
    get_list,
    get_object,
    get_str,
    get_text,
    reference_of,
    reference_target,
)
from smartapp.fhir.read.context import Coded, Fact, ReadContext, coded, where
from smartapp.fhir.read.dates import parse_date, parse_period
from smartapp.fhir.read.dosages import days_between, dosage_words
from smartapp.fhir.text import clean, shortened

_NOT_TAKEN = {"entered-in-error", "cancelled", "draft", "not-taken", "unknown", "not-done", "declined", "preparation"}
_NOT_ORDERED = {"proposal", "option"}
_ENDED = {"completed", "stopped", "ended"}
_GIVEN = {"MedicationAdministration", "MedicationDispense"}  # what was given or handed out; what it ends is the giving
# What one dose tells of; one of a steroid is not its use, and thousands of others are given in any hospital.
_BY_INTERVAL = Concept.ZOLEDRONATE_CANCER_DOSE.value
_TOLD_BY_A_DOSE = frozenset({Concept.ANTIRESORPTIVE.value, Concept.CANCER_TREATMENT.value, _BY_INTERVAL})
_WITH_DAYS = frozenset({Concept.DENOSUMAB, Concept.ZOLEDRONATE, Concept.BONE_ANABOLIC, Concept.ROMOSOZUMAB})


def medication(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    status = get_str(resource, "status").strip().lower()
    if status in _NOT_TAKEN or get_str(resource, "intent") in _NOT_ORDERED or get_bool(resource, "doNotPerform"):
        return
    given = resource.get("resourceType") in _GIVEN
    last = _last(resource)
    started = parse_period(get_object(resource, "effectivePeriod"))[0] or last
    started = started or parse_date(resource.get("authoredOn")) or parse_date(resource.get("dateAsserted"))
    drug = _drug(resource, context)
    dosages = dosage_words(resource)
    concepts = _concepts(drug, f"{drug.named} ; {dosages}", context.phrases)
    if given and concepts.isdisjoint(_TOLD_BY_A_DOSE):
        return
    if drug.untold:
        yield Unreadable(where(resource), f"it could not be told which medicine this is: {drug.untold}")
    elif not concepts:
        return
    yield Medication(
        source=Source(where(resource), display=shortened(drug.named), date=str(started or "")),
        concepts=concepts,
        active=given or status not in _ENDED,
        last=last,
        started=started,
        text=shortened(drug.named),
        untold=bool(drug.untold),
        given=given,
        every=days_between(resource, dosages, context.phrases) if _BY_INTERVAL in concepts else None,
    )


def injection(resource: Resource, context: ReadContext) -> Iterator[Medication]:
    """A dose of a bone drug that was recorded as a procedure (rule book 2a, TX1), where it was given."""
    none = f"no dose: {resource.get('code')}"
    if none in context.judged or get_str(resource, "status").strip().lower() != "completed":
        return  # charts repeat few procedures
    said = coded(get_object(resource, "code"), context.codes, CodeKind.MEDICATION)
    named = said.wording or (said.shown if said.rows else "")
    concepts = _given(said, named, context.phrases)
    if not concepts:
        context.judged[none] = True
        return
    start, end = parse_period(get_object(resource, "performedPeriod"))
    given = parse_date(resource.get("performedDateTime")) or end or start
    source = Source(where(resource), display=shortened(named), date=str(given or ""))
    yield Medication(source, concepts, started=given, last=given, text=shortened(named), given=True)


def _given(said: Coded, named: str, phrases: PhraseTable) -> frozenset[str]:
    """What a procedure gave, where one dose tells; by words only where they say that it was given."""
    if not named or not (said.rows or phrases.says(Sign.INJECTED, named)) or phrases.says(Sign.NOT_DONE, named):
        return frozenset()
    found = _concepts(_Drug(said.concepts, named), named, phrases)
    return frozenset() if found.isdisjoint(_TOLD_BY_A_DOSE) else found


def _last(resource: Resource) -> When | None:
    """The day of a dose that was given, handed out or reported; None of an order, and of one still being taken."""
    start, end = parse_period(get_object(resource, "effectivePeriod"))
    handed = parse_date(resource.get("whenHandedOver")) or parse_date(resource.get("whenPrepared"))
    return (
        parse_date(resource.get("effectiveDateTime"))
        or end
        or handed
        or (start if resource.get("resourceType") == "MedicationAdministration" else None)
    )


@dataclass(frozen=True)
class _Drug:
    """Which medicine it is: what its codes mean, what it is called, or why neither can be told."""

    concepts: frozenset[str] = frozenset()
    named: str = ""
    untold: str = ""


def _drug(resource: Resource, context: ReadContext) -> _Drug:
    reference = get_object(resource, "medicationReference")
    found = _referenced(resource, reference, context) if reference else {}
    said = [coded(element, context.codes, CodeKind.MEDICATION) for element in _elements(resource, found)]
    concepts = frozenset(concept for one in said for concept in one.concepts)
    wording = " ; ".join(dict.fromkeys(one.wording for one in said if one.wording))
    named = wording or get_text(reference, "display")
    if concepts or named:
        return _Drug(concepts, named or next(one.shown for one in said if one.concepts))
    return _Drug(untold=_why_untold(reference, found, next((one.code for one in said if one.code), "")))


def _elements(resource: Resource, found: Resource) -> Iterator[Resource]:
    """The CodeableConcepts that name it: here, in the Medication referred to, or of its ingredients."""
    yield get_object(resource, "medicationCodeableConcept")
    yield get_object(found, "code")
    for ingredient in get_list(found, "ingredient"):
        yield get_object(ingredient, "itemCodeableConcept")


def _why_untold(reference: Resource, found: Resource, code: str) -> str:
    if code:
        return f"it is named by a code alone that is not known here ({code})"
    pointed = get_str(reference, "reference")
    if not pointed:
        return "the record names none"
    return f"{clean(pointed)} names none" if found else f"{clean(pointed)} could not be read"


def _referenced(resource: Resource, reference: Resource, context: ReadContext) -> Resource:
    pointed = reference_target(reference)
    for contained in get_list(resource, "contained"):
        if pointed and pointed in (f"#{contained.get('id')}", reference_of(contained)):
            return contained
    return context.medications.get(get_str(reference, "reference")) or context.medications.get(pointed, {})


def _concepts(drug: _Drug, words: str, phrases: PhraseTable) -> frozenset[str]:
    """By code and by words; neither silences the other."""
    named = {*drug.concepts, *phrases.meanings(PhraseKind.MEDICATION, words)} - {Concept.GLUCOCORTICOID}
    if phrases.says(Sign.LOCAL, words) and not phrases.says(Sign.SYSTEMIC, words):
        named -= {
            Concept.IMMUNOSUPPRESSION,
            Concept.BLOOD_PRESSURE_DRUG,
            Concept.NSAID,
        }  # an ointment, eye drops, a gel
    if named & _WITH_DAYS:
        named.add(Concept.ANTIRESORPTIVE)
    return frozenset(map(str, named)) | _bone_or_steroid(drug, words, phrases)


def _bone_or_steroid(drug: _Drug, words: str, phrases: PhraseTable) -> frozenset[str]:
    if phrases.says(Sign.GLUCOCORTICOID, words) or Concept.GLUCOCORTICOID in drug.concepts:
        if phrases.says(Sign.INHALED, words):
            return frozenset({Concept.GLUCOCORTICOID_INHALED.value})
        cream = phrases.says(Sign.MOSTLY_TOPICAL, words) and not phrases.says(Sign.SYSTEMIC, words)
        topical = cream or phrases.says(Sign.LOCAL, words)
        return frozenset() if topical else frozenset({Concept.GLUCOCORTICOID.value})
    return frozenset({Concept.ANTIRESORPTIVE.value}) if phrases.says(Sign.ANTIRESORPTIVE, words) else frozenset()
