"""What the readers of single resources share: one reading's context, and what codes and words mean.

Codes become rows of the code table, systems and spellings normalized, false friends told apart. Where a coded value is
absent, local text is read by the rows of knowledge/phrases.toml. A text that hedges, negates or speaks of somebody else
(``no fracture``, ``history of``, ``screening for``) never matches; if it names one of our concepts it is reported as
not used, so that nothing is passed over in silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeVar

from smartapp.core.chart import (
    ActivityOrder,
    CandidateValue,
    Diagnosis,
    ImagingReport,
    Measurement,
    Medication,
    PlanOnRecord,
    Procedure,
    Unreadable,
    Unrecognised,
)
from smartapp.core.codes import CodeKind, CodeRow, CodeTable, CodeUse
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.kinds import ProcedureKind
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, code_word, get_list, get_object, get_prose, get_str, reference_of
from smartapp.fhir.read.vertebrae import names_a_body
from smartapp.fhir.systems import EXAMPLE, Systems
from smartapp.fhir.text import shortened

FactRead = (
    Diagnosis
    | Procedure
    | Measurement
    | Medication
    | PlanOnRecord
    | ActivityOrder
    | CandidateValue
    | ImagingReport
    | Unrecognised
)
Fact = FactRead | Unreadable


@dataclass(frozen=True)
class ReadContext:
    """One reading. ``encounters`` and ``examined`` give dates by reference, ``medications`` the Medications; a plan is
    ours under one of ``systems``. ``judged`` keeps which words of Observations mean nothing to us."""

    codes: CodeTable
    phrases: PhraseTable
    patient: str  # Patient/12
    birth: When | None = None
    encounters: Mapping[str, When] = field(default_factory=dict)  # Encounter/1 -> start
    examined: Mapping[str, str] = field(default_factory=dict)  # Observation/1 -> date of its panel or report
    panels: Mapping[str, str] = field(default_factory=dict)  # Observation/1 -> what its panel is called
    observations: frozenset[str] = frozenset()  # under every reference they have
    medications: Mapping[str, Resource] = field(default_factory=dict)
    systems: Systems = EXAMPLE
    judged: dict[str, bool] = field(default_factory=dict, repr=False, compare=False)


def where(resource: Resource) -> str:
    """How a line for the clinician names this resource."""
    return reference_of(resource) or f"{resource.get('resourceType')} without id"


def status_word(resource: Resource, name: str) -> str:
    """Code of a status; some servers send the bare word of older FHIR versions."""
    value = resource.get(name)
    return value.strip().lower() if isinstance(value, str) else code_word(get_object(resource, name))


class UnknownCode(NamedTuple):
    """A code no row explains. ``system`` is our short name; empty where the address is unknown too."""

    system: str
    address: str
    code: str


@dataclass(frozen=True)
class Coded:
    """What a CodeableConcept says. ``rows`` are its codes with a meaning for us, ``excluded`` its false friends,
    ``others`` those that mean something to us elsewhere (a kyphoplasty on the problem list), ``asked`` those no rule
    uses and that may bear on ours, ``unknown`` the rest."""

    rows: tuple[CodeRow, ...]
    excluded: tuple[CodeRow, ...]
    code: str  # as recorded, of the coding that told most; for display
    words: str  # its text as recorded, whole; else the first display
    displays: tuple[str, ...]
    others: tuple[CodeRow, ...] = ()
    asked: tuple[CodeRow, ...] = ()
    unknown: tuple[UnknownCode, ...] = ()
    given: tuple[tuple[str, str], ...] = ()  # every code as recorded, with the address of its system

    @property
    def text(self) -> str:
        """Its words as they are shown."""
        return shortened(self.words)

    @property
    def concepts(self) -> frozenset[str]:
        return frozenset(concept for row in self.rows for concept in row.concepts)

    @property
    def shown(self) -> str:
        """What a person reads: as recorded, else our name for the code, else the bare code."""
        named = next((row.display for row in self.rows if row.display), "")
        return self.text or (f"{named} ({self.code})" if named else self.code)

    @property
    def wording(self) -> str:
        """Everything it says in words, for text matching."""
        return " ; ".join(dict.fromkeys(filter(None, (self.words, *self.displays))))


def coded(element: Resource, table: CodeTable, *kinds: CodeKind) -> Coded:
    """A CodeableConcept, with the rows of these kinds its codings have in the table."""
    codings = get_list(element, "coding")
    given = [(get_str(each, "system"), code) for each in codings if (code := get_str(each, "code"))]
    displays = [display for each in codings if "display" in each and (display := get_prose(each, "display"))]
    ours: list[tuple[str, CodeRow]] = []
    others: list[CodeRow] = []
    unknown: list[UnknownCode] = []
    for system, code in given:  # one pass, because this runs for every code of a chart and few mean anything to us
        row = table.find(system, code) if system else None
        if row is not None and row.kind in kinds:
            ours.append((code, row))
        elif row is not None and not row.excluded:
            others.append(row)
        else:  # what a code is not elsewhere says nothing here
            unknown.append(UnknownCode(table.systems.of_code(system, code), system, code))
    return Coded(
        _in_use(CodeUse.INPUT, ours),
        _in_use(CodeUse.EXCLUDED, ours),
        next((code for code, row in ours if row.use is CodeUse.INPUT), given[0][1] if given else ""),
        get_prose(element, "text") or (displays[0] if displays else ""),
        tuple(displays),
        others=tuple(others),
        asked=_in_use(CodeUse.ASKED, ours),
        unknown=tuple(unknown),
        given=tuple(given),
    )


def _in_use(use: CodeUse, rows: list[tuple[str, CodeRow]]) -> tuple[CodeRow, ...]:
    return tuple(row for _, row in rows if row.use is use) if rows else ()


E = TypeVar("E", bound=StrEnum)

_CANCERS = frozenset({Concept.ACTIVE_CANCER, Concept.MYELOMA})
PAST_CANCERS = {Concept.ACTIVE_CANCER: Concept.CANCER_HISTORY, Concept.MYELOMA: Concept.MYELOMA_REMISSION}
_STAYS = frozenset(
    {
        *(Concept.HIP_REPLACEMENT, Concept.KNEE_REPLACEMENT, Concept.SHOULDER_REPLACEMENT, Concept.STERNOTOMY),
        *(Concept.EYE_SURGERY, Concept.NEUROSTIMULATOR, Concept.CARDIAC_DEVICE, Concept.AMPUTATION, Concept.STROKE),
    }
)
_AFTER: Mapping[Concept, Concept] = {
    **dict.fromkeys((*_CANCERS, Concept.CANCER_HISTORY), Concept.CANCER_HISTORY),
    **dict.fromkeys((Concept.VTE, Concept.VTE_HISTORY), Concept.VTE_HISTORY),
    Concept.VERTEBRAL_FRACTURE: Concept.FRACTURE_HISTORY,
    **{concept: concept for concept in _STAYS},
}
# Words that say nothing where no vertebra is broken.
ONLY_OF_A_FRACTURE = frozenset(
    {
        *(Concept.FRACTURE_DISLOCATION, Concept.NO_FORCE, Concept.COLLAPSE_PROGRESS),
        *(Concept.FRACTURE_OLD, Concept.FRACTURE_NEW, Concept.FRACTURE_AGE_UNKNOWN),
    }
)
# What the app is about: told as not used also where the text speaks of family, screening or a risk.
_ALWAYS_TOLD = frozenset(
    {Concept.VERTEBRAL_FRACTURE, Concept.FRACTURE_DISLOCATION, Concept.OSTEOPENIA, Concept.OSTEOPOROSIS}
    | {Concept.CAUDA_EQUINA}
)


def diagnosis_in(said: str, phrases: PhraseTable) -> frozenset[str]:
    """Concepts an uncoded diagnosis text states outright; none where it hedges or negates.

    Of a text that begins as a history only what goes on meaning something does: a cancer, a clot, a stroke, and what
    an operation left.
    """
    plain = phrases.without(Sign.DENIED_BESIDE, said)
    past = next(phrases.found(Sign.OF_THE_PAST, plain), None)
    if past:
        plain = plain[past.end() :]
    named = _named(plain, phrases)
    if not named or _is_hedged(plain, named, phrases):
        return frozenset()
    if past and Concept.VERTEBRAL_FRACTURE in named and phrases.says(Sign.FRACTURE_AGE, past[0]):
        named |= {Concept.FRACTURE_OLD}  # state after a fracture: it is on record, healed or not
    elif past:
        named = frozenset(_AFTER[concept] for concept in named if concept in _AFTER)
    return frozenset(concept.value for concept in named)


def _is_hedged(plain: str, named: frozenset[Concept], phrases: PhraseTable) -> bool:
    """Doubts of something beside a fracture, and words for its age, are none about the fracture itself."""
    if not phrases.says(Sign.HEDGED, plain):
        return False
    if Concept.VERTEBRAL_FRACTURE not in named:
        return True
    return phrases.says(Sign.HEDGED, phrases.without(Sign.FRACTURE_AGE, phrases.without(Sign.BESIDE_DOUBTED, plain)))


def is_hedged_diagnosis(said: str, phrases: PhraseTable) -> bool:
    """Whether a text names one of our concepts but hedges or negates it: shown as not used."""
    plain = phrases.without(Sign.DENIED_BESIDE, said)
    named = _named(plain, phrases)
    if not named or not _is_hedged(plain, named, phrases) or diagnosis_in(said, phrases):
        return False
    return bool(named & _ALWAYS_TOLD) or (bool(named) and not phrases.says(Sign.OF_SOMEBODY_ELSE, plain))


def _named(said: str, phrases: PhraseTable) -> frozenset[Concept]:
    """Concepts a text names: a dislocation only beside a fracture, a cancer called in remission as one of the past."""
    found = {Concept(means) for means in phrases.meanings(PhraseKind.DIAGNOSIS, said)}
    if Concept.ARCH_FRACTURE in found:
        found.add(Concept.VERTEBRAL_FRACTURE)
    if Concept.PROCESS_FRACTURE in found and names_a_body(said, phrases):
        found.add(Concept.VERTEBRAL_FRACTURE)
    if Concept.VERTEBRAL_FRACTURE not in found:
        found -= ONLY_OF_A_FRACTURE
    if found & _CANCERS and phrases.says(Sign.REMISSION, said):
        return frozenset(PAST_CANCERS.get(concept, concept) for concept in found)
    return frozenset(found)


def procedure_in(said: str, phrases: PhraseTable) -> ProcedureKind | None:
    """What an uncoded procedure text says was done; None where it says it was not, or was only spoken of."""
    if not said or phrases.says(Sign.NOT_DONE, said):
        return None
    return next(map(ProcedureKind, phrases.meanings(PhraseKind.PROCEDURE, said)), None)
