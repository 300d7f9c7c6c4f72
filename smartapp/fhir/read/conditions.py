"""Condition -> Diagnosis: what was diagnosed, where in the spine, since when, and how sure (rule book 2.1, 2.2)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from smartapp.core.chart import ClinicalStatus, DateKind, Diagnosis, Source, Unreadable, Verification
from smartapp.core.codes import CodeKind
from smartapp.core.concepts import Concept
from smartapp.core.dates import When
from smartapp.core.phrases import Sign
from smartapp.fhir.json import Resource, code_word, get_bool, get_list, get_object, get_text, reference_target, repeated
from smartapp.fhir.read.context import Coded, Fact, ReadContext, coded, diagnosis_in, is_hedged_diagnosis, where
from smartapp.fhir.read.dates import ASSERTED, age, age_range, doubt, parse_date, parse_period
from smartapp.fhir.read.fractures import fracture_of
from smartapp.fhir.read.operations import operations_told

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
_BY_TEXT = "read from its text, not from a code"


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
    """One Diagnosis; none where the record says it was refuted or entered in error."""
    verification = _status(resource, "verificationStatus")
    if verification in _DROPPED:
        return
    said = coded(get_object(resource, "code"), context.codes, CodeKind.CONDITION)
    if not said.rows and not said.excluded and is_hedged_diagnosis(said.wording, context.phrases):
        yield Unreadable(where(resource), f"“{said.text}” has no code we know and was not taken as a diagnosis")
    if verification and verification not in (*_UNSURE, "confirmed"):
        yield Unreadable(where(resource), f"verification status “{verification[:40]}” is not known: taken as confirmed")
    end = _end(resource, context)
    yield from _faults(resource, end)
    made = _diagnosis(resource, said, end, context)
    yield from operations_told(resource, said, made.source.date, context)
    yield replace(made, verification=Verification.UNCONFIRMED) if verification in _UNSURE else made


def _diagnosis(resource: Resource, said: Coded, end: _End, context: ReadContext) -> Diagnosis:
    concepts, by_text = _concepts(resource, said, context)
    onset, kind = _onset(resource, context.birth)
    recorded, recorded_by = _recorded(resource)
    note = "; ".join(filter(None, (_BY_TEXT if by_text else "", recorded_by, end.contradiction)))
    categories = {code_word(category) for category in get_list(resource, "category")} - {""}
    return Diagnosis(
        source=Source(where(resource), display=said.shown, date=str(onset or recorded or ""), note=note),
        concepts=concepts,
        clinical_status=end.status,
        fracture=fracture_of(resource, said, concepts, context),
        onset=onset,
        onset_kind=kind,
        recorded=recorded,
        encounter_start=context.encounters.get(reference_target(get_object(resource, "encounter"))),
        abatement=end.on,
        abated=end.abated,
        encounter_diagnosis=categories == {"encounter-diagnosis"},
        code=said.code,
        text=said.text,
    )


def _status(resource: Resource, name: str) -> str:
    """Code of a status; some servers send the bare word of older FHIR versions."""
    value = resource.get(name)
    return value.strip().lower() if isinstance(value, str) else code_word(get_object(resource, name))


def _faults(resource: Resource, end: _End) -> Iterator[Unreadable]:
    place = where(resource)
    for element in ("onset", "abatement"):
        if several := repeated(resource, element):
            yield Unreadable(place, f"{several}: the first that gives a date counts")
    if not end.abated and (said := _end_without_day(resource)):
        yield Unreadable(place, said)
    if end.contradiction:
        yield Unreadable(place, end.contradiction)


def _concepts(resource: Resource, said: Coded, context: ReadContext) -> tuple[frozenset[str], bool]:
    """Concepts of the codes; of the text only where no coded value has a meaning; the mechanism from the evidence."""
    concepts, by_text = set(said.concepts), False
    if not said.rows and not said.excluded:
        concepts |= diagnosis_in(said.wording, context.phrases)
        by_text = bool(concepts)
    if Concept.OSTEOPOROSIS in concepts and context.phrases.says(Sign.STEROID, said.wording):
        concepts.add(Concept.GLUCOCORTICOID)  # M81.8 with steroid text: rule book 2.8
    for evidence in get_list(resource, "evidence"):
        for code in get_list(evidence, "code"):
            cause = coded(code, context.codes, CodeKind.CONDITION).concepts
            concepts |= cause & {Concept.LOW_ENERGY.value, Concept.HIGH_ENERGY.value}
    return frozenset(concepts), by_text


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
    return _End(_CLINICAL.get(_status(resource, "clinicalStatus"), ClinicalStatus.UNKNOWN), abated, on)


def _end_without_day(resource: Resource) -> str:
    """What is said of the end of something and does not end it, in words; empty where nothing is."""
    name = next((name for name in resource if name.startswith("abatement") and name != "abatementBoolean"), "")
    said = f" (“{get_text(resource, name)}”)" if name == "abatementString" else ""
    return f"{name}{said} names no end that can be used: not taken as over" if name else ""
