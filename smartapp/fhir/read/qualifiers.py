"""What qualifies a diagnosis beside its code: certainty (ICD-10-GM), modifiers -> how sure, past or not, and lines.

A certainty of exclusion or of the past is a comfort: beside a status that says otherwise the stricter reading holds,
and such a fracture is asked for first.
"""

from collections.abc import Iterator
from dataclasses import replace
from enum import StrEnum

from smartapp.core.chart import Diagnosis, Unreadable
from smartapp.core.concepts import Concept, Topic
from smartapp.core.kinds import ClinicalStatus, Verification
from smartapp.core.quotes import quoted
from smartapp.fhir.json import Resource, code_word, get_list, get_object, get_str
from smartapp.fhir.read.context import where
from smartapp.fhir.read.unknown import not_understood

_CERTAINTY = "diagnosesicherheit"  # http://fhir.de/StructureDefinition/icd-10-gm-diagnosesicherheit
_OF_A_FRACTURE = {Concept.VERTEBRAL_FRACTURE, Concept.FATIGUE_FRACTURE, Concept.FRACTURE_DISLOCATION}


class Certainty(StrEnum):
    """Zusatzkennzeichen of the diagnosis; of several the first here counts."""

    CONFIRMED = "g"
    SUSPECTED = "v"
    PAST = "z"
    EXCLUDED = "a"


def certainties(resource: Resource) -> frozenset[str]:
    """The letters on code, codings or record, in small letters, known or not."""
    code = get_object(resource, "code")
    found = set()
    for element in (resource, code, *get_list(code, "coding")):
        for extension in get_list(element, "extension"):
            if get_str(extension, "url").rstrip("/").lower().endswith(_CERTAINTY):
                found.add(_letter(extension))
    return frozenset(found - {""})


def _letter(extension: Resource) -> str:
    coding = get_object(extension, "valueCoding")
    concept = get_object(extension, "valueCodeableConcept")
    word = get_str(coding, "code") or code_word(concept) or get_str(extension, "valueCode")
    return (word or get_str(extension, "valueString")).strip().lower()


def certainty_of(letters: frozenset[str]) -> Certainty | None:
    return next((certainty for certainty in Certainty if certainty in letters), None)


def unsure(made: Diagnosis) -> Diagnosis:
    return replace(made, verification=Verification.UNCONFIRMED)


def certain(
    resource: Resource, made: Diagnosis, letters: frozenset[str], confirmed: bool, worse: bool
) -> Iterator[Diagnosis | Unreadable]:
    """The diagnosis as its certainty has it, with a line where that is not plain; none where it is excluded.

    ``confirmed``: its own status says that it is; ``worse``: the words beside it name a danger of now.
    """
    certainty = certainty_of(letters)
    topic = _topic(made)
    if unread := sorted(letters - set(Certainty)):
        why = f"certainty {quoted(', '.join(unread)[:40])} is not known: taken as confirmed"
        yield not_understood(resource, made.text or made.code, made.source.date, topic, why)
    if certainty is Certainty.SUSPECTED:
        yield unsure(made)
    elif certainty is Certainty.EXCLUDED:
        why = "called excluded (certainty A)"
        if confirmed or worse:
            yield _line(resource, made, f"{why}, and confirmed or with a danger beside it: taken as not confirmed")
            yield unsure(made)
        else:
            said = made.text or made.code
            yield Unreadable(where(resource), f"{quoted(said)} ({made.source.date or 'no date'}): {why} and not used")
    elif certainty is Certainty.PAST:
        yield from _past(resource, made, worse)
    else:
        yield made


def _past(resource: Resource, made: Diagnosis, worse: bool) -> Iterator[Diagnosis | Unreadable]:
    """State after: over where nothing says otherwise; of a fracture only a history is left."""
    why = "called a state after it (certainty Z)"
    active = made.clinical_status is ClinicalStatus.ACTIVE
    if not active and made.clinical_status is ClinicalStatus.UNKNOWN:
        made = replace(made, clinical_status=ClinicalStatus.RESOLVED)
    if made.fracture is None:
        if made.concepts:
            yield _line(resource, made, f"{why}{' and active: taken as active' if active else ': taken as over'}")
        yield made
    elif active or worse:
        yield _line(resource, made, f"{why}, and active or with a danger beside it: taken as not confirmed")
        yield unsure(made)
    else:
        yield _line(resource, made, f"{why}: taken as a fracture of the past, healed or not")
        concepts = (made.concepts - _OF_A_FRACTURE) | {Concept.FRACTURE_HISTORY.value}
        yield replace(made, concepts=frozenset(concepts), fracture=None)


def _line(resource: Resource, made: Diagnosis, why: str) -> Unreadable:
    return not_understood(resource, made.source.display, made.source.date, _topic(made), why)


def _topic(made: Diagnosis) -> Topic:
    if made.fracture is not None:
        return Topic.FRACTURE
    bone = made.concepts & {Concept.OSTEOPENIA, Concept.OSTEOPOROSIS, Concept.OSTEOMALACIA}
    return Topic.BONE_DISEASE if bone else Topic.SPINE


def modified(resource: Resource, made: Diagnosis) -> Iterator[Diagnosis | Unreadable]:
    """Of a modifier nobody here knows: it may turn the meaning, so a fracture is asked for before anything is done."""
    if not get_list(resource, "modifierExtension"):
        yield made
        return
    if made.concepts:
        yield _line(resource, made, "it carries a modifier that is not known here and may turn its meaning")
    yield unsure(made) if made.fracture is not None else made
