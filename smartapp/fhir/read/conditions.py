"""Condition -> Diagnosis: what was diagnosed, where in the spine, since when, and how sure (rule book 2.1, 2.2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from smartapp.core.chart import Diagnosis, Source, Unreadable
from smartapp.core.codes import CodeKind
from smartapp.core.concepts import Concept, Topic
from smartapp.core.dates import When
from smartapp.core.kinds import ClinicalStatus, DateKind
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, code_word, get_bool, get_list, get_object, get_text, reference_target, repeated
from smartapp.fhir.read.beside import Beside, dangers_beside, words_around
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
from smartapp.fhir.read.dates import ASSERTED, age, age_range, doubt, parse_date, parse_period
from smartapp.fhir.read.disagreements import disagreements, is_doubted
from smartapp.fhir.read.fractures import OTHER_BONES, broken_elsewhere, fracture_of, names_a_vertebra, parts_in_words
from smartapp.fhir.read.operations import left_by_operations, operations_told
from smartapp.fhir.read.parts import ages_said, collapse_in
from smartapp.fhir.read.qualifiers import certain, certainties, modified, unsure
from smartapp.fhir.read.unknown import not_understood, topics_in, unknown
from smartapp.fhir.text import clean

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


@dataclass(frozen=True)
class _End:
    """Whether it is said to be over, and since when. An end is a comfort: one that cannot be used ends nothing.

    Whether a date is still to come is for the core to say, which knows what day it is.
    """

    status: ClinicalStatus
    abated: bool
    on: When | None

    @property
    def contradiction(self) -> str:
        """Active and ended at once: the stricter holds, and both are shown (rule book 2c, CD15)."""
        if self.status is not ClinicalStatus.ACTIVE or not self.abated:
            return ""
        return f"recorded as active and as ended{f' on {self.on}' if self.on else ''}: taken as active"


def condition(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """One Diagnosis, with a line for what is not plain in it; none where it is refuted, excluded or a mistake."""
    verification = status_word(resource, "verificationStatus")
    if verification in _DROPPED:
        return
    if verification and verification not in (*_UNSURE, "confirmed"):
        yield Unreadable(where(resource), f"verification status “{verification[:40]}” is not known: taken as confirmed")
    said = coded(get_object(resource, "code"), context.codes, CodeKind.CONDITION)
    beside = dangers_beside(resource, said, context.phrases)
    end = _end(resource, context)
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
        plain = Unreadable(where(resource), f"“{said.text}” {why}")
        yield plain if about is None else not_understood(resource, said.text, on, about, why)
    elif not said.excluded and not (said.code or words):
        yield not_understood(resource, "", on, Topic.UNKNOWN)
    elif said.others and about is None:
        of_procedure = any(row.kind is CodeKind.PROCEDURE for row in said.others)
        yield not_understood(resource, said.shown, on, Topic.OPERATION if of_procedure else Topic.UNKNOWN)
    elif not said.excluded:
        yield from unknown(resource, said, words, on, context)


def _diagnosis(resource: Resource, said: Coded, beside: Beside, end: _End, context: ReadContext) -> Diagnosis:
    concepts, by_text = _concepts(resource, said, beside, context)
    onset, kind = _onset(resource, context.birth)
    recorded, recorded_by = _recorded(resource)
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


def _faults(resource: Resource, end: _End) -> Iterator[Unreadable]:
    place = where(resource)
    for element in ("onset", "abatement"):
        if several := repeated(resource, element):
            yield Unreadable(place, f"{several}: the first that gives a date counts")
    if not end.abated and (said := _end_without_day(resource)):
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
        concepts |= parts_in_words(resource, said, context) | ages_said(beside.own, context.phrases)
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


def _onset(resource: Resource, birth: When | None) -> tuple[When | None, DateKind]:
    """The first choice that gives a date, else how it was given without one."""
    given = (
        (parse_date(resource.get("onsetDateTime")), DateKind.DATE),
        (parse_period(get_object(resource, "onsetPeriod"))[0], DateKind.PERIOD),
        (age(get_object(resource, "onsetAge"), birth), DateKind.AGE),
        (age_range(get_object(resource, "onsetRange"), birth), DateKind.RANGE),
    )
    dated = next(((onset, kind) for onset, kind in given if onset), None)
    return dated or (None, DateKind.TEXT if get_text(resource, "onsetString") else DateKind.ABSENT)


def _recorded(resource: Resource) -> tuple[When | None, str]:
    """recordedDate, else the US Core assertion date, with words for the second."""
    recorded = parse_date(resource.get("recordedDate"))
    if recorded:
        return recorded, ""
    for extension in get_list(resource, "extension"):
        if extension.get("url") == ASSERTED and (asserted := parse_date(extension.get("valueDateTime"))):
            return asserted, "date of assertion, the record has no recording date"
    return None, ""


def _end(resource: Resource, context: ReadContext) -> _End:
    said, birth = get_text(resource, "abatementString"), context.birth
    given = (
        parse_date(resource.get("abatementDateTime")),
        parse_period(get_object(resource, "abatementPeriod"))[1],
        age(get_object(resource, "abatementAge"), birth),
        age_range(get_object(resource, "abatementRange"), birth),
        None if doubt("abatementString", said, birth) else parse_date(said),
    )
    on = next(filter(None, given), None)
    in_words = bool(said) and parse_date(said) is None and not context.phrases.says(Sign.NO_END, said)
    abated = bool(on or in_words or get_bool(resource, "abatementBoolean"))
    return _End(_CLINICAL.get(status_word(resource, "clinicalStatus"), ClinicalStatus.UNKNOWN), abated, on)


def _end_without_day(resource: Resource) -> str:
    """What is said of the end of something and does not end it, in words; empty where nothing is."""
    name = next((name for name in resource if name.startswith("abatement") and name != "abatementBoolean"), "")
    said = f" (“{get_text(resource, name)}”)" if name == "abatementString" else ""
    return f"{name}{said} names no end that can be used: not taken as over" if name else ""
