"""What a rule does not know and no row calls quiet -> :class:`Unrecognised` (rule book 2a, NS2, NS6, NS10-NS13)."""

from collections.abc import Iterator

from smartapp.core.chart import Diagnosis, Source, Unrecognised
from smartapp.core.codes import CodeKind
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.kinds import NO_OPERATION, DateKind, Untold
from smartapp.core.signs import Sign
from smartapp.fhir.json import Resource, get_bool, get_list, get_object, get_prose, get_str, get_wordings
from smartapp.fhir.read.context import Coded, Fact, ReadContext, coded, diagnosis_in, where
from smartapp.fhir.read.dates import parse_date, parse_period
from smartapp.fhir.read.operations import kinds_of, named_in
from smartapp.fhir.text import clean, shortened

_SURGICAL = frozenset({"387713003", "surgical-procedure", "surgery"})  # categories of an order; US Core, SNOMED CT
_OPEN = frozenset({"active", "on-hold", ""})
_INTENDED = frozenset({"order", "original-order", "reflex-order", "filler-order", "instance-order", "plan", ""})
_UNDER_WAY = frozenset({"preparation", "in-progress", "on-hold"})
_GONE = frozenset({"inactive", "entered-in-error"})
_LONGEST = 120  # characters of a name; ours
_TOLD_BY_DEVICE = frozenset(
    {
        *(Concept.HIP_REPLACEMENT, Concept.KNEE_REPLACEMENT, Concept.SHOULDER_REPLACEMENT),
        *(Concept.CARDIAC_DEVICE, Concept.NEUROSTIMULATOR),
    }
)
# FamilyMemberHistory.relationship: HL7 v3 RoleCode. No code of SNOMED CT for a parent is verified: its words are read.
_PARENTS = frozenset({"PRN", "FTH", "MTH", "NFTH", "NMTH", "NPRN"})


def unrecognised(
    resource: Resource, kind: Untold, said: Coded, words: str, when: When | None, context: ReadContext
) -> Iterator[Unrecognised]:
    """The record as one no rule knows; nothing where it is quiet. ``words``: all it says beside its code too."""
    if not is_on_quiet_list(said, words, context):
        signs = (Sign.OPERATES, Sign.BONES_AND_JOINTS)
        surgical = _is_operation(said, context) or any(context.phrases.says(sign, words) for sign in signs)
        yield _untold(resource, kind, said.text or words or _code_named(said, context), when, surgical)


def is_on_quiet_list(said: Coded, words: str, context: ReadContext) -> bool:
    """Whether code or words are of a look, a test or a talk, and neither names an operation (NS13)."""
    if _is_operation(said, context) or context.phrases.says(Sign.NEVER_QUIET, words):
        return False
    return _is_on_the_list(said, words, context)


def is_no_operation(said: Coded, words: str, context: ReadContext) -> bool:
    """Whether code or words are of a look, a test or a talk, or of something that only looks like one of ours: words of
    an operation of the spine beside them still count."""
    return bool(said.excluded) or _is_on_the_list(said, words, context)


def _is_on_the_list(said: Coded, words: str, context: ReadContext) -> bool:
    by_code = any(context.codes.systems.is_quiet(*code) for code in _codes(said, context))
    return by_code or context.phrases.says(Sign.QUIET, words)


def _is_operation(said: Coded, context: ReadContext) -> bool:
    return any(context.codes.systems.is_operation(*code) for code in _codes(said, context))


def _codes(said: Coded, context: ReadContext) -> Iterator[tuple[str, str]]:
    """With the short name of their system; those of systems we do not know tell nothing."""
    systems = context.codes.systems
    for address, code in said.given:
        if short := systems.of_code(address, code):
            yield short, code


def _code_named(said: Coded, context: ReadContext) -> str:
    """A code without words, with what its system is called: CPT 29881."""
    named = ((context.codes.systems.by_id[short].title, code) for short, code in _codes(said, context))
    return next((f"{title} {code}" for title, code in named), said.code)


def _untold(resource: Resource, kind: Untold, name: str, when: When | None, surgical: bool = False) -> Unrecognised:
    named = clean(name, longest=_LONGEST) or f"{where(resource)} without a name"
    updated = parse_date(get_object(resource, "meta").get("lastUpdated"))
    source = Source(where(resource), display=named, date=str(when or ""))
    return Unrecognised(source, kind, named, when, surgical, updated.latest if updated else None)


def untold_procedure(
    resource: Resource, said: Coded, words: str, performed: When | None, context: ReadContext
) -> Iterator[Fact]:
    """Of a procedure no rule knows: the device it put in, else what it is called."""
    under_way = get_str(resource, "status").strip().lower() in _UNDER_WAY
    told = () if under_way else tuple(_implanted(resource, words, performed, context))
    yield from told
    if not told:
        kind = Untold.UNDER_WAY if under_way else Untold.DONE
        yield from unrecognised(resource, kind, said, words, performed, context)


def _implanted(resource: Resource, words: str, when: When | None, context: ReadContext) -> Iterator[Diagnosis]:
    """Of a procedure: the device it put in, where that has a row of its own."""
    known = diagnosis_in(words, context.phrases) & {Concept.CARDIAC_DEVICE}
    if known and context.phrases.says(Sign.OPERATES, words) and not context.phrases.says(Sign.TAKEN_OUT, words):
        source = Source(where(resource), display=shortened(words), date=str(when or ""))
        kind = DateKind.DATE if when else DateKind.ABSENT
        yield Diagnosis(source, known, onset=when, onset_kind=kind, text=shortened(words))


def operation_ordered(resource: Resource, context: ReadContext) -> Iterator[Unrecognised]:
    """Of a ServiceRequest of somebody else: an operation, known or not, that is not carried out yet (NS6)."""
    status, intent = get_str(resource, "status").strip().lower(), get_str(resource, "intent")
    if status not in _OPEN or intent not in _INTENDED or get_bool(resource, "doNotPerform"):
        return
    said = coded(get_object(resource, "code"), context.codes, CodeKind.PROCEDURE)
    if _orders_operation(resource, said, context):
        period = parse_period(get_object(resource, "occurrencePeriod"))[0]
        planned = parse_date(resource.get("occurrenceDateTime")) or period
        yield _untold(resource, Untold.PLANNED, said.shown, planned or parse_date(resource.get("authoredOn")))


def _orders_operation(resource: Resource, said: Coded, context: ReadContext) -> bool:
    """By category or code; by words that name one and are of no other care: a referral, therapy, an aid."""
    kinds = kinds_of(said.rows)
    if kinds:
        return not NO_OPERATION.issuperset(kinds)
    categories = [coding for each in get_list(resource, "category") for coding in get_list(each, "coding")]
    if _is_operation(said, context) or any(get_str(coding, "code") in _SURGICAL for coding in categories):
        return True
    phrases = context.phrases
    words = phrases.without(Sign.PLANNED, said.wording)
    if (
        phrases.says(Sign.OTHER_CARE, words)
        or phrases.says(Sign.NOT_DONE, words)
        or is_on_quiet_list(said, words, context)
    ):
        return False
    return phrases.says(Sign.OPERATES, words) or not NO_OPERATION.issuperset(named_in(words, phrases))


def device(resource: Resource, context: ReadContext) -> Iterator[Fact]:
    """A Device of the patient: what an implant tells as a diagnosis, else that it is there (NS10)."""
    status = get_str(resource, "status").strip().lower()
    if status in _GONE or "patient" not in resource:
        return
    said = coded(get_object(resource, "type"), context.codes, CodeKind.CONDITION)
    names = (get_prose(name, "name") for name in get_list(resource, "deviceName"))
    words = " ; ".join(filter(None, (said.wording, *names)))
    known = (said.concepts | diagnosis_in(words, context.phrases)) & _TOLD_BY_DEVICE
    if known:
        yield Diagnosis(
            Source(where(resource), display=shortened(words)), known, onset_kind=DateKind.ABSENT, text=shortened(words)
        )
    elif context.phrases.says(Sign.IMPLANT, words):
        spinal = context.phrases.says(Sign.SPINE, words)
        yield _untold(resource, Untold.IN_THE_SPINE if spinal else Untold.IMPLANT, words, None, surgical=True)
    else:
        yield from unrecognised(resource, Untold.IN_USE, said, words, None, context)


def family(resource: Resource, context: ReadContext) -> Iterator[Diagnosis]:
    """A hip a parent broke; nothing else a relative had says anything of the patient (RF18)."""
    if get_str(resource, "status") == "entered-in-error" or not _is_parent(resource, context):
        return
    for condition in get_list(resource, "condition"):
        said = coded(get_object(condition, "code"), context.codes, CodeKind.CONDITION)
        coded_so = said.concepts & {Concept.FRACTURE_HIP_FEMUR, Concept.FAMILY_HIP_FRACTURE}
        if coded_so or context.phrases.says(Sign.BROKEN_HIP, said.wording):
            relation = " ; ".join(get_wordings(resource, "relationship"))
            shown = f"{relation or 'a parent'}: {said.shown}"
            concepts = frozenset({Concept.FAMILY_HIP_FRACTURE.value})
            yield Diagnosis(Source(where(resource), display=shown), concepts, text=shown)


def _is_parent(resource: Resource, context: ReadContext) -> bool:
    relation = get_object(resource, "relationship")
    codes = {get_str(coding, "code") for coding in get_list(relation, "coding")}
    return bool(codes & _PARENTS) or context.phrases.says(
        Sign.PARENT, " ; ".join(get_wordings(resource, "relationship"))
    )
