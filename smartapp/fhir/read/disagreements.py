"""What a code says and what the words beside it say -> a line for each way in which they differ.

The more dangerous reading counts; where the words only comfort or doubt, the code leads (clinical rule book 2a, 0.1).
"""

from collections.abc import Iterator

from smartapp.core.chart import Diagnosis, Unreadable
from smartapp.core.concepts import OTHER_BONES, Concept, Topic
from smartapp.core.fracture_coding import FractureCoding, Morphology, Region
from smartapp.core.kinds import Verification
from smartapp.core.quotes import quoted
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_wordings
from smartapp.fhir.read.beside import CHARACTER, DANGERS, Beside, clauses_of, words_around
from smartapp.fhir.read.context import Coded, ReadContext
from smartapp.fhir.read.unknown import not_understood, topics_in
from smartapp.fhir.read.vertebrae import levels_in, morphology_in, region_in, region_of

# Where words that comfort or doubt are worth a line: what the rules start from or stop for.
_WEIGHTY = DANGERS | {Concept.VERTEBRAL_FRACTURE, Concept.OSTEOPENIA, Concept.OSTEOPOROSIS}
_OF_THE_FRACTURE = frozenset({Concept.PATHOLOGICAL_FRACTURE, Concept.NEOPLASTIC_FRACTURE, Concept.FRACTURE_DISLOCATION})
_FRACTURES = (
    _OF_THE_FRACTURE
    | OTHER_BONES
    | {*(Concept.VERTEBRAL_FRACTURE, Concept.FATIGUE_FRACTURE, Concept.FRACTURE_HISTORY, Concept.FRACTURE_SITE_UNNAMED)}
    | {*(Concept.FRACTURE_NONUNION, Concept.PROCESS_FRACTURE, Concept.SPONDYLOLYSIS)}
)
_BONE = {Concept.OSTEOPENIA, Concept.OSTEOPOROSIS, Concept.OSTEOMALACIA, Concept.BONE_DENSITY_UNSPECIFIED}


def disagreements(
    resource: Resource, said: Coded, made: Diagnosis, beside: Beside, context: ReadContext
) -> Iterator[Unreadable]:
    """One line for each; none where the words add nothing to the code."""
    differing = (*_dangers(said, made, beside), *_over(resource, said, made, beside, context))
    if said.rows:
        differing = (*differing, *_unsaid(made, beside, context))
    if made.fracture is not None and said.rows:
        differing = (*differing, *_places(resource, said, made.fracture, beside, context))
    named = (row.display for row in said.rows if row.display and not row.display.startswith("Every code"))
    title = next(named, "") or made.code or said.text
    for topic, words, counts in dict.fromkeys(differing):
        why = f"the code says {quoted(title)}, the words say {quoted(words)}: {counts}"
        yield not_understood(resource, said.shown, made.source.date, topic, why)


Difference = tuple[Topic, str, str]  # what it is about, the words, and what counts


def _dangers(said: Coded, made: Diagnosis, beside: Beside) -> Iterator[Difference]:
    """What the words add to what the codes say."""
    coding, by_code = made.fracture, said.concepts
    rows = {kind for row in said.rows for kind in (row.encounter, row.morphology) if kind is not None}
    for means, clause in beside.quotes.items():
        if means in CHARACTER or (not said.rows and any(clause in words for words in beside.own)):
            continue  # no code the words could differ from
        is_concept = means in DANGERS
        if means in by_code or means in rows or (is_concept and means not in {*made.concepts, Concept.NEURO_SIGN}):
            continue
        if not is_concept and coding is None:
            continue
        spine = is_concept and means not in _OF_THE_FRACTURE
        yield (Topic.SPINE if spine else Topic.FRACTURE), clause, "the more dangerous counts"


def _over(
    resource: Resource, said: Coded, made: Diagnosis, beside: Beside, context: ReadContext
) -> Iterator[Difference]:
    """Old, healed, excluded, history of, suspected: the code leads; and dangers the words call over."""
    phrases = context.phrases
    for means, clause in beside.past.items():
        if not said.concepts & {means, Concept.CANCER_HISTORY, Concept.MYELOMA_REMISSION, Concept.FRACTURE_HISTORY}:
            yield Topic.SPINE, clause, "not taken as present"
    weighty = made.concepts & _WEIGHTY
    if not said.rows or not weighty:
        return
    topic = _topic_of(weighty)
    own = clauses_of((phrases.without(Sign.DENIED_BESIDE, words) for words in beside.own), phrases)
    around = (clause for clause in clauses_of(words_around(resource), phrases) if topic in topics_in(clause, phrases))
    for clause in (*own, *around):
        if phrases.says(Sign.STATED_OVER, clause):
            yield topic, clause, "the code leads"
        elif phrases.says(Sign.DOUBTED, clause) or phrases.says(Sign.OF_SOMEBODY_ELSE, _beginning(clause)):
            unconfirmed = made.verification is Verification.UNCONFIRMED
            yield topic, clause, "taken as not confirmed" if unconfirmed else "the code leads"


def _unsaid(made: Diagnosis, beside: Beside, context: ReadContext) -> Iterator[Difference]:
    """A fracture or a disease of the bone in the words beside a code that says nothing of it."""
    about = {Topic.FRACTURE: _FRACTURES, Topic.BONE_DISEASE: _BONE}
    said = {topic for topic, concepts in about.items() if made.concepts & concepts}
    missing = frozenset(about) - said - ({Topic.FRACTURE} if made.fracture is not None else set())
    if not missing:
        return
    plain = (context.phrases.without(Sign.DENIED_BESIDE, words) for words in beside.own)
    for clause in clauses_of(plain, context.phrases):
        if not context.phrases.says(Sign.OF_SOMEBODY_ELSE, clause):
            for topic in topics_in(clause, context.phrases, missing):
                yield topic, clause, "that is not in the code and not used"


def _beginning(clause: str) -> str:
    """The words by which a whole clause speaks of family, screening or a risk, not of one beside the diagnosis."""
    return " ".join(clause.split()[:3])


def _topic_of(concepts: frozenset[str]) -> Topic:
    if Concept.VERTEBRAL_FRACTURE in concepts:
        return Topic.FRACTURE
    return Topic.SPINE if concepts & DANGERS else Topic.BONE_DISEASE


def _places(
    resource: Resource, said: Coded, coding: FractureCoding, beside: Beside, context: ReadContext
) -> Iterator[Difference]:
    """Another vertebra, another part of the spine, or another bone."""
    phrases = context.phrases
    coded = {part for row in said.rows for level in row.levels for part in level.split("-")}
    coded_regions = {row.region for row in said.rows} - {None, Region.UNSPECIFIED}
    if not all(_agree(region, {other}) for region in coded_regions for other in coded_regions if region):
        yield Topic.FRACTURE, ", ".join(row.display for row in said.rows), "they name different parts of the spine"
    for words in (*beside.own, *get_wordings(resource, "bodySite")):
        named = levels_in(words, phrases)
        region = region_of(named) or region_in(words, phrases)
        if coded and named and not named <= coded:
            yield Topic.FRACTURE, words, "the vertebra of the code counts"
        elif not (coded and named) and region and coded_regions and not _agree(region, coded_regions):
            yield Topic.FRACTURE, words, "the part of the spine in the code counts"
        elif phrases.says(Sign.OTHER_BONE, words):
            counts = "the code leads" if coding.levels or coded_regions else "taken as not confirmed"
            yield Topic.FRACTURE, words, counts
        if coding.morphology is Morphology.BURST and morphology_in(words, phrases) is Morphology.STABLE_BURST:
            yield Topic.FRACTURE, words, "not taken as stable"


def _agree(named: Region, coded: set[Region | None]) -> bool:
    """The junction agrees with both its neighbors."""
    junction = {Region.THORACOLUMBAR, Region.LUMBAR, Region.THORACIC}
    return named in coded or (Region.THORACOLUMBAR in {named, *coded} and {named, *coded} <= junction)


def is_doubted(resource: Resource, said: Coded, made: Diagnosis, beside: Beside, context: ReadContext) -> bool:
    """Whether the words doubt a coded fracture, or name another bone where the code names none."""
    coding, phrases = made.fracture, context.phrases
    if coding is None or not said.rows:
        return False
    words = [phrases.without(Sign.DENIED_BESIDE, each) for each in beside.own]
    if any(phrases.says(Sign.DOUBTED, each) and not phrases.says(Sign.STATED_OVER, each) for each in words):
        return True
    unplaced = coding.region is Region.UNSPECIFIED and not coding.levels
    named = (*beside.own, *get_wordings(resource, "bodySite"))
    return unplaced and any(phrases.says(Sign.OTHER_BONE, each) for each in named)
