"""What a record says in codes and words -> the operations it names, and whether as done (rule book 2.2; 2a, CO19).

Code and words are read together: neither silences the other, and where they differ the stricter leads and both are
shown (rule book 2a, DR2 and DR3).
"""

from collections.abc import Iterable, Iterator

from smartapp.core.chart import Unreadable
from smartapp.core.codes import CodeKind, CodeRow
from smartapp.core.concepts import Concept, Topic
from smartapp.core.kinds import ProcedureKind
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_list, get_prose
from smartapp.fhir.read.context import Coded, ReadContext
from smartapp.fhir.read.unknown import not_understood, topics_in

_OPEN = (ProcedureKind.FUSION, ProcedureKind.FIXATION, ProcedureKind.DECOMPRESSION, ProcedureKind.HARDWARE_REMOVAL)
_SPINAL = (*_OPEN, ProcedureKind.AUGMENTATION)
_OF_OTHERS = (
    *(ProcedureKind.CERVICAL_SURGERY, ProcedureKind.STERNOTOMY, ProcedureKind.FEMUR_FIXATION),
    *(ProcedureKind.HIP_REPLACEMENT, ProcedureKind.KNEE_REPLACEMENT, ProcedureKind.SHOULDER_REPLACEMENT),
    *(ProcedureKind.ABDOMINAL_SURGERY, ProcedureKind.EYE_SURGERY, ProcedureKind.BREAST_SURGERY),
    *(ProcedureKind.NEUROSTIMULATOR, ProcedureKind.SPINAL_INJECTION),
)
# The strictest first: what waits for a surgeon, fixing first, since only that leaves metal; then cement; then what is
# no operation of the spine from thorax to sacrum; then a brace.
STRICTEST = (
    *_SPINAL,
    *_OF_OTHERS,
    *(ProcedureKind.CLOSED_TREATMENT, ProcedureKind.DENSITOMETRY, ProcedureKind.PT_EVALUATION),
    ProcedureKind.HOSPITAL_STAY,
)
OPERATIONS = frozenset(_SPINAL)
ELSEWHERE = frozenset(_OF_OTHERS)
# Statuses that say that metal was left or a joint fused, and what words beside them add nothing to.
_LEAVES_METAL = frozenset({Concept.ARTHRODESIS, Concept.PSEUDARTHROSIS, Concept.HARDWARE_FAILURE})
_OF_METAL = frozenset({ProcedureKind.FUSION, ProcedureKind.FIXATION, ProcedureKind.HARDWARE_REMOVAL})
_OPERATION = frozenset({Topic.OPERATION})
_CONCEPTS = frozenset(concept.value for concept in Concept)
_LONGEST_NOTE = 200  # characters shown of a note; ours
_AS_PROBLEM = "recorded as a problem, not as an operation: no calendar starts by it"


def left_by_operations(said: Coded) -> frozenset[str]:
    """What an operation recorded as a problem left, of those elsewhere than on the spine: an artificial hip."""
    kinds = {kind for row in said.others if row.kind is CodeKind.PROCEDURE for kind in row.concepts}
    return frozenset(kind for kind in kinds & ELSEWHERE if kind in _CONCEPTS)


def strictest_first(kinds: Iterable[ProcedureKind]) -> tuple[ProcedureKind, ...]:
    return tuple(sorted(set(kinds), key=STRICTEST.index))


def kinds_of(rows: Iterable[CodeRow]) -> tuple[ProcedureKind, ...]:
    return strictest_first(ProcedureKind(row.concepts[0]) for row in rows)


def at_the_neck(kinds: Iterable[ProcedureKind]) -> tuple[ProcedureKind, ...]:
    """What was done to the spine, of a record that names no other part of it than the neck."""
    return strictest_first(ProcedureKind.CERVICAL_SURGERY if kind in _OPEN else kind for kind in kinds)


def named_in(said: str, phrases: PhraseTable) -> tuple[ProcedureKind, ...]:
    """Every kind words name, done or not, the strictest first."""
    return strictest_first(map(ProcedureKind, phrases.meanings(PhraseKind.PROCEDURE, said))) if said else ()


def is_only_spoken_of(said: str, phrases: PhraseTable) -> bool:
    """Whether words deny or plan it, or look back on it: no operation of the day they were written."""
    return phrases.says(Sign.NOT_DONE, said)


def notes_naming(resource: Resource, phrases: PhraseTable) -> Iterator[tuple[str, ProcedureKind]]:
    """The notes of a record that name an operation of the spine, each with the strictest."""
    for note in get_list(resource, "note"):
        text = get_prose(note, "text")
        if (named := named_in(text, phrases)) and named[0] in OPERATIONS:
            yield text[:_LONGEST_NOTE], named[0]


def operations_told(resource: Resource, said: Coded, on: object, context: ReadContext) -> Iterator[Unreadable]:
    """The line for an operation of the spine recorded as a problem: by its code, by words beside any code, in a note.

    What a status the rules know (an arthrodesis) says is read as such and not told again.
    """
    ours = OPERATIONS | {Topic.OPERATION}
    codes = any(row.kind is CodeKind.PROCEDURE and ours & set(row.concepts) for row in said.others)
    words = context.phrases.without(Sign.DENIED_BESIDE, said.wording)
    named = ours & {*named_in(words, context.phrases), *topics_in(words, context.phrases, _OPERATION)}
    if _LEAVES_METAL & said.concepts:
        named -= {*_OF_METAL, Topic.OPERATION}
    if codes or named:
        yield not_understood(resource, said.shown, on, Topic.OPERATION, _AS_PROBLEM)
    elif noted := next(notes_naming(resource, context.phrases), None):
        yield not_understood(resource, noted[0], on, Topic.OPERATION, _AS_PROBLEM)
