"""Sentences of an imaging report -> what they were read as: dangers, which count, and the rest, to be accepted.

Clinical rule book 2a, 2.3: class D counts where it is stated or suspected; fractures, healing, operations, orders and
what is said of the whole patient only where they are stated, and then they are offered.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from typing import NamedTuple

from smartapp.core.concepts import OTHER_BONES, Concept
from smartapp.core.dates import When
from smartapp.core.fracture_coding import NOT_MEASURED, Collapse, EncounterKind, Morphology, Region
from smartapp.core.imaging import FindingKind, ReportFinding
from smartapp.core.kinds import ProcedureKind
from smartapp.core.phrases import PhraseKind, PhraseTable
from smartapp.core.signs import Sign
from smartapp.fhir.read.beside import DANGERS, STATED
from smartapp.fhir.read.context import PAST_CANCERS
from smartapp.fhir.read.orders import orders_in
from smartapp.fhir.read.parts import collapse_of
from smartapp.fhir.read.report_standing import SaidAs, said_of
from smartapp.fhir.read.report_text import Sentence
from smartapp.fhir.read.vertebrae import levels_in, region_in, region_of

# What an image shows and time does not undo: “old” or “prior” does not make it past.
_LASTING = frozenset(
    {
        *(Concept.ANKYLOSED_SPINE, Concept.FRACTURE_NONUNION, Concept.CANAL_COMPROMISE, Concept.LIGAMENT_INJURY),
        *(Concept.COLLAPSE_PROGRESS, Concept.FRACTURE_DISLOCATION, Concept.SPINAL_INSTABILITY, Concept.PSEUDARTHROSIS),
    }
)
_OF_THE_SPINE = frozenset({*_LASTING, Concept.HARDWARE_FAILURE})
# Which part broke and how old it is: class C and G, offered (PH02, PH07, PH09 to PH11).
_AGES = frozenset({Concept.FRACTURE_OLD, Concept.FRACTURE_NEW, Concept.FRACTURE_AGE_UNKNOWN})
_PARTS = _AGES | {Concept.PROCESS_FRACTURE, Concept.ARCH_FRACTURE}
# What a patient feels, or does: no image denies it.
_FELT = frozenset(
    {
        *(Concept.NEURO_SIGN, Concept.MOTOR_DEFICIT, Concept.FEVER, Concept.INJECTED_DRUGS, Concept.CANCER_SIGN),
        Concept.NO_FORCE,
    }
)
_ALWAYS = (DANGERS | _LASTING) - _PARTS
_IN_IMAGES = frozenset(Concept)
_OF_A_VERTEBRA = _PARTS | {Concept.VERTEBRAL_FRACTURE, Concept.SPONDYLOLYSIS}
_ANYWHERE = STATED | OTHER_BONES  # offered of an image of any part of the body
_OFFERED = _ANYWHERE | _OF_A_VERTEBRA
# Words that may stand apart, and a denial between them: “pedicles without fracture”.
_APART = _PARTS | {Concept.CANAL_COMPROMISE, Concept.LIGAMENT_INJURY, Concept.COLLAPSE_PROGRESS}
_MORPHOLOGIES = frozenset({Morphology.BURST, Morphology.STABLE_BURST})
_OPERATIONS: frozenset[str] = frozenset(
    {
        *(ProcedureKind.AUGMENTATION, ProcedureKind.FUSION, ProcedureKind.FIXATION, ProcedureKind.DECOMPRESSION),
        *(ProcedureKind.HARDWARE_REMOVAL, ProcedureKind.CERVICAL_SURGERY),
    }
)
_HEALING = {EncounterKind.DELAYED: "delayed", EncounterKind.ROUTINE: "routine"}


class SentencesRead(NamedTuple):
    """``denied``: dangers called absent, and nowhere in the report named as present."""

    found: tuple[ReportFinding, ...]
    denied: frozenset[str]


class _Named(NamedTuple):
    """A danger at one place of one sentence."""

    concept: str
    said: SaidAs
    sentence: Sentence
    levels: frozenset[str]


def findings_in(sentences: Sequence[Sentence], spine: bool, on: When | None, phrases: PhraseTable) -> SentencesRead:
    """``spine``: whether the image is one of the spine; ``on``: its day, from which relative ends are counted."""
    named = [each for sentence in sentences for each in _dangers(sentence, spine, phrases)]
    denied = {each.concept for each in named if each.said is SaidAs.DENIED}
    present = [each for each in named if each.said in (SaidAs.STATED, SaidAs.SUSPECTED)]
    kept = [each for each in present if not (_is_question(each) and each.concept in denied)]
    offered = [o for s in sentences if not s.asked for o in _offered(s, spine, on, phrases)]
    found = {(one.kind, one.concept, one.levels): one for one in reversed(offered)}
    return SentencesRead(
        (*_each_once(kept), *reversed(found.values())), frozenset(denied - {each.concept for each in kept})
    )


def _is_question(each: _Named) -> bool:
    """Only asked, in the part that says why the image was made: “rule out discitis”."""
    return each.said is SaidAs.SUSPECTED and each.sentence.asked and each.concept not in _FELT


def _each_once(named: Sequence[_Named]) -> Iterator[ReportFinding]:
    """One of each danger: the first that states it, else the first that suspects it."""
    first: dict[str, _Named] = {}
    tumors = {each.sentence.text for each in named if each.concept in PAST_CANCERS}
    for each in named:
        if each.concept == Concept.MALIGNANT_LESION and each.sentence.text in tumors:
            continue  # the same words, said more plainly
        known = first.get(each.concept)
        if known is None or (known.said is SaidAs.SUSPECTED and each.said is SaidAs.STATED):
            first[each.concept] = each
    for concept, each in first.items():
        suspected = each.said is SaidAs.SUSPECTED
        levels = frozenset().union(*(other.levels for other in named if other.concept == concept))
        yield ReportFinding(FindingKind.DIAGNOSIS, concept, each.sentence.text, True, suspected, levels)


# -- dangers


def _dangers(sentence: Sentence, spine: bool, phrases: PhraseTable) -> Iterator[_Named]:
    """Clause by clause; “but infection cannot be excluded” takes back the denial before it."""
    before: list[_Named] = []
    for clause in phrases.split(Sign.CLAUSE_ENDS, sentence.text):
        found = list(_in_clause(clause, sentence, spine or phrases.says(Sign.SPINE, clause), phrases))
        if not found and phrases.says(Sign.NOT_EXCLUDED, clause):
            before = [each._replace(said=SaidAs.SUSPECTED) if each.said is SaidAs.DENIED else each for each in before]
        before += found
    yield from before


def _in_clause(clause: str, sentence: Sentence, spine: bool, phrases: PhraseTable) -> Iterator[_Named]:
    """By the whole clause; where that is called benign, piece by piece: “hemangioma at L3, metastasis at L2”."""
    places = _places(clause, spine, phrases)
    if places or "," not in clause:
        yield from _named_at(places, clause, sentence, phrases)
        return
    for piece in clause.split(","):
        if phrases.says(Sign.VERTEBRA, piece) or phrases.says(Sign.SUSPICION, piece):
            yield from _named_at(_places(piece, spine, phrases), piece, sentence, phrases)


def _places(clause: str, spine: bool, phrases: PhraseTable) -> list[tuple[str, re.Match[str]]]:
    places = [*phrases.places(PhraseKind.DIAGNOSIS, clause, _ALWAYS)]
    if not spine:
        return [(concept, place) for concept, place in places if concept not in _OF_THE_SPINE]
    places += phrases.places(PhraseKind.IMAGING, clause, _IN_IMAGES)
    nonunion = phrases.places(PhraseKind.HEALING, clause, frozenset({EncounterKind.NONUNION}))
    return [*places, *((Concept.FRACTURE_NONUNION.value, place) for _, place in nonunion)]


def _named_at(
    places: Sequence[tuple[str, re.Match[str]]], clause: str, sentence: Sentence, phrases: PhraseTable
) -> Iterator[_Named]:
    levels = levels_in(clause, phrases)
    broken = frozenset({Concept.VERTEBRAL_FRACTURE})
    for concept, place in places:
        if concept == Concept.NO_FORCE and not any(phrases.meanings(PhraseKind.DIAGNOSIS, sentence.text, broken)):
            continue
        said = _said(concept, clause, place, phrases)
        if said is SaidAs.PAST:
            past = PAST_CANCERS.get(Concept(concept))
            if past is not None:
                yield _Named(past.value, SaidAs.STATED, sentence, levels)
            said = SaidAs.STATED if concept in _LASTING else SaidAs.NOT
        yield _Named(concept, said, sentence, levels)


def _said(concept: str, clause: str, place: re.Match[str], phrases: PhraseTable) -> SaidAs:
    if concept in _APART and phrases.says(Sign.DENIES, place[0]):
        return SaidAs.DENIED
    return said_of(clause, place, phrases)


# -- what is offered


def _offered(sentence: Sentence, spine: bool, on: When | None, phrases: PhraseTable) -> Iterator[ReportFinding]:
    text = sentence.text
    for clause in phrases.split(Sign.CLAUSE_ENDS, text):
        levels = levels_in(clause, phrases)
        region = region_of(levels) or region_in(clause, phrases) or Region.UNSPECIFIED
        of_spine = spine or phrases.says(Sign.SPINE, clause)
        ununited = any(danger == Concept.FRACTURE_NONUNION for danger, _ in _places(clause, of_spine, phrases))
        for kind, concept in _stated(clause, of_spine, phrases):
            if ununited and concept == Concept.VERTEBRAL_FRACTURE:
                continue  # a danger already, and the gravest reading of these words
            yield ReportFinding(kind, concept, text, levels=levels, region=region)
        for measured in _measured(clause, phrases) if of_spine else ():
            (name,) = (field.name for field in fields(measured) if getattr(measured, field.name) is not None)
            named = name.replace("_", "-")
            yield ReportFinding(FindingKind.MEASURE, named, text, levels=levels, region=region, measured=measured)
    for order, quote, side, until in orders_in(text, on, phrases):
        yield ReportFinding(FindingKind.ORDER, order.value, quote, side=side, until=until)


def _measured(clause: str, phrases: PhraseTable) -> Iterator[Collapse]:
    """Each number of a clause by itself (PH16, PH17)."""
    every = collapse_of([clause], phrases)
    for field in fields(every):
        if (value := getattr(every, field.name)) is not None:
            yield replace(NOT_MEASURED, **{field.name: value})


def _stated(clause: str, spine: bool, phrases: PhraseTable) -> Iterator[tuple[FindingKind, str]]:
    looked_for = _OFFERED if spine else _ANYWHERE
    places = [*phrases.places(PhraseKind.DIAGNOSIS, clause, looked_for)]
    elsewhere = any(concept in OTHER_BONES for concept, _ in places) and not levels_in(clause, phrases)
    for concept, place in places:
        if elsewhere and concept in _AGES:  # how old the break of another bone is says nothing of a vertebra
            continue
        said = _said(concept, clause, place, phrases)
        if said is SaidAs.STATED or (said is SaidAs.PAST and concept not in _ANYWHERE):
            yield FindingKind.DIAGNOSIS, concept
    if not spine:
        return
    for kind, wanted in ((PhraseKind.HEALING, frozenset(_HEALING)), (PhraseKind.MORPHOLOGY, _MORPHOLOGIES)):
        for means, place in phrases.places(kind, clause, wanted):
            if said_of(clause, place, phrases) is SaidAs.STATED:
                healing = kind is PhraseKind.HEALING
                yield (
                    (FindingKind.HEALING, _HEALING[EncounterKind(means)])
                    if healing
                    else (FindingKind.MORPHOLOGY, means)
                )
    for means, place in phrases.places(PhraseKind.PROCEDURE, clause, _OPERATIONS):
        done = said_of(clause, place, phrases) in (SaidAs.STATED, SaidAs.PAST)
        if done and not phrases.says(Sign.NOT_YET, clause):
            yield FindingKind.PROCEDURE, means
