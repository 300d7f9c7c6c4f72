"""Condition -> Diagnosis: what was diagnosed, where in the spine, since when, and how sure (rule book 2.1, 2.2)."""

from collections.abc import Iterator, Mapping

from smartapp.core.chart import Diagnosis, Source, Unreadable
from smartapp.core.codes import CodeKind
from smartapp.core.concepts import OTHER_BONES, Concept, Topic
from smartapp.core.quotes import quoted
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, code_word, get_list, get_object, reference_target, repeated
from smartapp.fhir.read.ages import AGES, ages_said, settled
from smartapp.fhir.read.beside import Beside, dangers_beside, words_around
from smartapp.fhir.read.condition_dates import Ending, end_of, end_without_day, onset_of, recording_of
from smartapp.fhir.read.context import (
    Coded,
    Fact,
    ReadContext,
    coded,
    diagnosis_in,
    is_hedged_diagnosis,
    status_word,
    where,
)
from smartapp.fhir.read.disagreements import disagreements, is_doubted
from smartapp.fhir.read.fractures import broken_elsewhere, fracture_of, names_a_vertebra, parts_in_words
from smartapp.fhir.read.operations import left_by_operations, operations_told
from smartapp.fhir.read.parts import collapse_in
from smartapp.fhir.read.qualifiers import certain, certainties, modified, unsure
from smartapp.fhir.read.unknown import not_understood, topics_in, unknown
from smartapp.fhir.text import clean

_DROPPED = {"refuted", "entered-in-error"}
_UNSURE = {"unconfirmed", "provisional", "differential"}
# Said beside another diagnosis they are about something else.
_OF_THIS_FRACTURE = {Concept.NO_FORCE, Concept.CANAL_COMPROMISE, Concept.COLLAPSE_PROGRESS, Concept.PROCESS_FRACTURE}
_BY_TEXT = "read from its text, not from a code"
# Read, and no rule can use it before a question is answered.
_ASKED: Mapping[str, tuple[Topic, str]] = {
    Concept.FRACTURE_SITE_UNNAMED: (Topic.FRACTURE, "a fracture in osteoporosis without its bone"),
    Concept.FRACTURE_NONUNION: (Topic.FRACTURE, "a fracture that has not united, without its bone"),
    Concept.BONE_DENSITY_UNSPECIFIED: (Topic.BONE_DISEASE, "it does not say which disorder of the bone"),
}
_UNPLACED = {Concept.FRACTURE_SITE_UNNAMED, Concept.FRACTURE_NONUNION}
_NUMBERED = {
    Concept.FALLS,
    Concept.FRAILTY,
    Concept.AORTIC_ANEURYSM,
}  # their notes tell how many, which level, how wide
_LONGEST = 400  # characters of such notes; ours
_BONE = {Concept.OSTEOPENIA, Concept.VERTEBRAL_FRACTURE}


def condition(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """One Diagnosis, with a line for what is not plain in it; none where it is refuted, excluded or a mistake."""
    verification = status_word(resource, "verificationStatus")
    if verification in _DROPPED:
        return
    if verification and verification not in (*_UNSURE, "confirmed"):
        yield Unreadable(
            where(resource), f"verification status {quoted(verification[:40])} is not known: taken as confirmed"
        )
    said = coded(get_object(resource, "code"), context.codes, CodeKind.CONDITION)
    beside = dangers_beside(resource, said, context.phrases)
    end = end_of(resource, context)
    yield from _faults(resource, end)
    made = _diagnosis(resource, said, beside, end, context)
    yield from operations_told(resource, said, made.source.date, context)
    if verification in _UNSURE or is_doubted(resource, said, made, beside, context):
        made = unsure(made)
    yield from _not_plain(resource, said, made, beside, context)
    worse = bool(beside.quotes)
    for fact in certain(resource, made, certainties(resource), verification == "confirmed", worse):
        if isinstance(fact, Diagnosis):
            yield from modified(resource, fact)
        else:
            yield fact


def _not_plain(
    resource: Resource, said: Coded, made: Diagnosis, beside: Beside, context: ReadContext
) -> Iterator[Unreadable]:
    """Lines for a record that is not understood, not sure, or less than it says."""
    on = made.source.date
    if said.rows or made.concepts:
        yield from disagreements(resource, said, made, beside, context)
        alone = not said.rows and made.concepts & OTHER_BONES and not made.fracture
        if alone and context.phrases.says(Sign.SPINE, said.wording):
            why = "it names another bone and the spine: taken as a fracture of the other bone alone"
            yield not_understood(resource, said.shown, on, Topic.FRACTURE, why)
        for concept, (topic, why) in _ASKED.items():
            if concept in made.concepts and not made.concepts & _BONE:
                yield not_understood(resource, said.shown, on, topic, why)
    else:
        yield from _not_read(resource, said, on, context)


def _not_read(resource: Resource, said: Coded, on: str, context: ReadContext) -> Iterator[Unreadable]:
    """Lines for a record no code and no word of which means anything to the rules."""
    around = " ; ".join(words_around(resource))
    words = f"{said.wording} ; {around}" if said.wording or topics_in(around, context.phrases) else ""
    titled = " ; ".join((words, *(row.display for row in said.excluded)))
    about = next(iter(topics_in(titled, context.phrases)), None)
    hedged = not said.excluded and is_hedged_diagnosis(said.wording, context.phrases)
    if said.excluded and about is not None:
        yield not_understood(resource, said.text or said.excluded[0].display, on, about, said.excluded[0].note)
    elif hedged:
        why = "has no code we know and was not taken as a diagnosis"
        plain = Unreadable(where(resource), f"{quoted(said.text)} {why}")
        yield plain if about is None else not_understood(resource, said.text, on, about, why)
    elif not said.excluded and not (said.code or words):
        yield not_understood(resource, "", on, Topic.UNKNOWN)
    elif said.others and about is None:
        of_procedure = any(row.kind is CodeKind.PROCEDURE for row in said.others)
        yield not_understood(resource, said.shown, on, Topic.OPERATION if of_procedure else Topic.UNKNOWN)
    elif not said.excluded:
        yield from unknown(resource, said, words, on, context)


def _diagnosis(resource: Resource, said: Coded, beside: Beside, end: Ending, context: ReadContext) -> Diagnosis:
    concepts, by_text = _concepts(resource, said, beside, context)
    onset, kind = onset_of(resource, context.birth)
    recorded, recorded_by = recording_of(resource)
    note = "; ".join(filter(None, (_BY_TEXT if by_text else "", recorded_by, end.contradiction)))
    categories = {code_word(category) for category in get_list(resource, "category")} - {""}
    return Diagnosis(
        source=Source(where(resource), display=said.shown, date=str(onset or recorded or ""), note=note),
        concepts=concepts,
        clinical_status=end.status,
        fracture=fracture_of(resource, said, concepts, beside, context),
        onset=onset,
        onset_kind=kind,
        recorded=recorded,
        encounter_start=context.encounters.get(reference_target(get_object(resource, "encounter"))),
        abatement=end.on,
        abated=end.abated,
        collapse=collapse_in(resource, said, context.phrases),
        encounter_diagnosis=categories == {"encounter-diagnosis"},
        code=said.code,
        text=said.text,
        around=clean(" ; ".join(words_around(resource)), _LONGEST) if concepts & _NUMBERED else "",
    )


def _faults(resource: Resource, end: Ending) -> Iterator[Unreadable]:
    place = where(resource)
    for element in ("onset", "abatement"):
        if several := repeated(resource, element):
            yield Unreadable(place, f"{several}: the first that gives a date counts")
    if not end.abated and (said := end_without_day(resource)):
        yield Unreadable(place, said)
    if end.contradiction:
        yield Unreadable(place, end.contradiction)


def _concepts(resource: Resource, said: Coded, beside: Beside, context: ReadContext) -> tuple[frozenset[str], bool]:
    """Of codes; of the text where no code has a meaning; of the words beside them what endangers, and the cause."""
    concepts, by_text = set(said.concepts), False
    if not said.rows and not said.excluded:
        concepts |= diagnosis_in(said.wording, context.phrases) | left_by_operations(said)
        by_text = bool(concepts)
    if concepts & OTHER_BONES:
        concepts = (concepts - OTHER_BONES) | broken_elsewhere(resource, said, frozenset(concepts), context)
    if Concept.OSTEOPOROSIS in concepts and context.phrases.says(Sign.STEROID, said.wording):
        concepts.add(Concept.GLUCOCORTICOID)  # M81.8 with steroid text: rule book 2.8
    for evidence in get_list(resource, "evidence"):
        for code in get_list(evidence, "code"):
            cause = coded(code, context.codes, CodeKind.CONDITION).concepts
            concepts |= cause & {Concept.LOW_ENERGY.value, Concept.HIGH_ENERGY.value}
    if concepts & _UNPLACED and names_a_vertebra(resource, said, context):
        concepts = (concepts - {Concept.FRACTURE_SITE_UNNAMED}) | {Concept.VERTEBRAL_FRACTURE.value}
    if said.rows and Concept.VERTEBRAL_FRACTURE in concepts:
        concepts |= parts_in_words(resource, said, context)
        concepts |= ages_said(beside.own, words_around(resource), context.phrases)
    elif AGES & concepts:
        words = (said.wording, *words_around(resource))
        concepts = (concepts - AGES) | settled(concepts, words, context.phrases)
    return frozenset(concepts | _added(frozenset(concepts), beside)), by_text


def _added(concepts: frozenset[str], beside: Beside) -> set[str]:
    """Dangers the words add. A sign of unknown day counts as new; osteoporosis explains a pathological fracture."""
    added = beside.concepts - concepts
    if Concept.NEURO_SIGN in added:
        added = (added - {Concept.NEURO_SIGN}) | {Concept.NEURO_DEFICIT.value}
    if Concept.OSTEOPOROSIS in concepts:
        added -= {Concept.PATHOLOGICAL_FRACTURE}
    if Concept.VERTEBRAL_FRACTURE not in concepts:
        added -= _OF_THIS_FRACTURE
    if Concept.SKIN_CANCER in concepts:
        added -= {Concept.ACTIVE_CANCER}
    return {str(concept) for concept in added}
