"""An Observation no rule can use -> the line that says so: what it is called, its date, why, and the question."""

from collections.abc import Iterator, Mapping, Sequence

from smartapp.core.chart import Unreadable
from smartapp.core.codes import CodeRow, CodeTable
from smartapp.core.concepts import Concept, Topic
from smartapp.core.kinds import ProcedureKind, Quantity
from smartapp.core.quotes import quoted
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, code_word, coded_text, get_list, get_object, get_str, get_text, get_wordings
from smartapp.fhir.read.context import Coded, ReadContext, where
from smartapp.fhir.read.quantities import plain_words
from smartapp.fhir.read.unknown import is_legible, not_understood, topic_of, topics_in
from smartapp.fhir.read.values import value
from smartapp.fhir.text import clean

_LONGEST = 120  # characters quoted of a value or a note; ours
NOT_25_OH = "not the 25-OH vitamin D, and is not used"
_GROUPS = ("dxa-panel", "dxa-report")
# What a code is about that has a meaning for us, here or in another kind of record. Of the other quantities there is
# nothing to ask.
_TOPICS: Mapping[str, Topic] = {
    **{topic.value: topic for topic in Topic},
    **dict.fromkeys((Quantity.T_SCORE, Quantity.Z_SCORE, Quantity.AREAL_BMD, *_GROUPS), Topic.BONE_DENSITY),
    **dict.fromkeys((Concept.OSTEOPENIA, Concept.OSTEOPOROSIS), Topic.BONE_DISEASE),
    **dict.fromkeys((Concept.VERTEBRAL_FRACTURE, Concept.FRACTURE_DISLOCATION), Topic.FRACTURE),
    Concept.CAUDA_EQUINA: Topic.SPINE,
    **dict.fromkeys((ProcedureKind.AUGMENTATION, ProcedureKind.FUSION, ProcedureKind.FIXATION), Topic.OPERATION),
    **dict.fromkeys((ProcedureKind.DECOMPRESSION, ProcedureKind.HARDWARE_REMOVAL), Topic.OPERATION),
}


def unused(resource: Resource, said: str, quantity: Quantity, on: object, why: str) -> Unreadable:
    """The line for a result of ours that is not used."""
    topic = _TOPICS.get(quantity)
    return not_understood(resource, said, on, topic, why) if topic else something_else(resource, said, on, why)


def something_else(resource: Resource, said: str, on: object, why: str) -> Unreadable:
    """The line for a result that is understood, and of which there is nothing to ask."""
    return Unreadable(where(resource), f"{quoted(said)}{f' ({on})' if on else ''}: {why}")


def without_value(element: Resource) -> str:
    """That there is no value that can be read, and what stands in its place: why, a flag, a note. May be Malformed."""
    reason = get_object(element, "dataAbsentReason")
    flags = ", ".join(filter(None, (coded_text(f) or code_word(f) for f in get_list(element, "interpretation"))))
    note = next(filter(None, (get_text(note, "text") for note in get_list(element, "note"))), "")
    beside = (
        coded_text(reason) or code_word(reason),
        f"flag: {flags.lower()}" if flags else "",
        f"note: {quoted(clean(note, _LONGEST))}" if note else "",
    )
    told = "; ".join(filter(None, beside))
    return f"on record without a readable value{f' ({told})' if told else ''}"


def not_ours(resource: Resource, parts: Sequence[Coded], on: object, context: ReadContext) -> Iterator[Unreadable]:
    """The line for an Observation no part of which has a meaning for us, if it may bear on what this app is about."""
    phrases, whole = context.phrases, parts[0]
    words = plain_words(" ; ".join(said.wording for said in parts))
    if phrases.says(Sign.QUESTIONNAIRE, words) or _is_group_of_others(resource, whole):
        return
    found = value(resource)
    shown = clean(found.shown, _LONGEST) if found else without_value(resource)
    if phrases.says(Sign.OTHER_VITAMIN_D, words) and Topic.VITAMIN_D in topics_in(words, phrases):
        yield something_else(resource, whole.shown, on, f"{shown}: {NOT_25_OH}")
        return
    topic = _topic(resource, parts, words, context)
    if topic is not None:
        yield not_understood(resource, whole.shown, on, topic, f"{shown}: not understood and not used")


def _is_group_of_others(resource: Resource, said: Coded) -> bool:
    """A panel of bone density that names its members: they are read by themselves."""
    return any(row.concepts[0] in _GROUPS for row in said.rows) and "hasMember" in resource


def _topic(resource: Resource, parts: Sequence[Coded], words: str, context: ReadContext) -> Topic | None:
    phrases = context.phrases
    named = [row.concepts[0] for said in parts for row in _rows(said, context.codes) if row.concepts]
    topic = next(filter(None, (_TOPICS.get(concept) for concept in named)), None)
    if topic is None:
        topic = topic_of(parts[0], words, phrases)
    if topic is None and not parts[0].code and not is_legible(words):
        topic = Topic.UNKNOWN
    if topic in (None, Topic.UNKNOWN):
        return next(iter(topics_in(_answer(resource), phrases)), topic)
    return topic


def _rows(said: Coded, table: CodeTable) -> Iterator[CodeRow]:
    """Rows of its codes of any kind; of a code without a system those of LOINC."""
    yield from (*said.rows, *said.asked, *said.others)
    without_system = (table.row("loinc", each.code) for each in said.unknown if not each.address)
    yield from filter(None, without_system)


def _answer(resource: Resource) -> str:
    return " ; ".join((get_str(resource, "valueString"), *get_wordings(resource, "valueCodeableConcept")))
