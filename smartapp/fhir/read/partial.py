"""A Bundle's JSON text -> the value ``read_chart`` reads, without the resources that no rule could use.

Most of a record are claims, vaccinations and results no rule knows. Each resource is looked at first, by a typed
decoder that skips all but its type, subject and code; only what may matter is decoded whole, into plain dictionaries
for the tolerant readers. The chart is the same as of the whole Bundle: where leaving a resource out could show (it is
of another patient, there are two copies, something is no resource or malformed), the whole Bundle is decoded as ever.
"""

from collections.abc import Callable
from typing import Any, Literal

import msgspec

from smartapp.core.knowledge import Knowledge
from smartapp.fhir.json import reference_of
from smartapp.fhir.read.chart import READERS
from smartapp.fhir.read.gather import aliases, bases_of
from smartapp.fhir.read.patient import person_of
from smartapp.fhir.read.quantities import answers_nothing, means_nothing

_MATTER = frozenset({*READERS, "Patient", "Encounter", "Medication", "Bundle", "OperationOutcome"})
_ABSENT = msgspec.Raw(b"")


class _Reference(msgspec.Struct):
    reference: str | None = None
    identifier: msgspec.Raw = _ABSENT


class _Look(msgspec.Struct, rename="camel"):
    """What tells whether a resource matters."""

    resource_type: str
    id: str | None = None
    subject: _Reference | None = None
    patient: _Reference | None = None
    code: msgspec.Raw = _ABSENT
    value_string: msgspec.Raw = _ABSENT
    value_codeable_concept: msgspec.Raw = _ABSENT
    component: msgspec.Raw = _ABSENT
    contained: msgspec.Raw = _ABSENT
    has_member: msgspec.Raw = _ABSENT


class _Entry(msgspec.Struct, rename="camel"):
    resource: msgspec.Raw
    full_url: str | None = None


class _Bundle(msgspec.Struct, rename="camel"):
    resource_type: Literal["Bundle"]
    entry: list[_Entry]


class _Whole(Exception):
    """Nothing may be left out of this text."""


_bundle = msgspec.json.Decoder(_Bundle)
_look = msgspec.json.Decoder(_Look)


def decode_for_chart(text: str, knowledge: Knowledge, parse: Callable[[str], Any]) -> Any:
    """The value of ``text`` for ``read_chart``; ``parse`` decodes it where nothing may be left out, and may raise."""
    try:
        return {"resourceType": "Bundle", "entry": _entries(_bundle.decode(text), knowledge)}
    except (msgspec.MsgspecError, _Whole, UnicodeError, RecursionError):
        return parse(text)


def _entries(bundle: _Bundle, knowledge: Knowledge) -> list[dict[str, Any]]:
    """The entries that may matter. Raises _Whole where leaving out the others could show."""
    kept: list[dict[str, Any]] = []
    left_out: set[str | None] = set()  # by reference and by address
    subjects: set[str | None] = set()
    meaningless = _Meaningless(knowledge)
    for entry in bundle.entry:
        try:
            seen = _look.decode(entry.resource)
        except msgspec.ValidationError:  # not the shape FHIR gives it
            kept.append(_whole(entry))
            continue
        if seen.resource_type == "Observation":
            if not meaningless.code(seen.code) or not meaningless.answers(seen) or not _stands_alone(seen):
                kept.append(_whole(entry))
                continue
            left_out.add(f"Observation/{seen.id}")
            subjects.add(_about(seen))
        elif seen.resource_type in _MATTER or not seen.resource_type.strip():
            kept.append(_whole(entry))
            continue
        left_out.add(entry.full_url)
    _check(kept, left_out, subjects)
    return kept


class _Meaningless:
    """Codes and answers of Observations, as their bytes, that mean nothing; each is judged once, for charts repeat few
    of them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge, self._codes, self._answers = knowledge, dict[bytes, bool](), dict[bytes, bool]()

    def code(self, code: msgspec.Raw) -> bool:
        raw = bytes(code)
        found = self._codes.get(raw)
        if found is None:
            found = self._codes[raw] = bool(raw) and self._judge(raw, self._code)
        return found

    def answers(self, seen: _Look) -> bool:
        said, chosen = seen.value_string, seen.value_codeable_concept
        return (said is _ABSENT or self._answer(said)) and (chosen is _ABSENT or self._answer(chosen))

    def _answer(self, answer: msgspec.Raw) -> bool:
        raw = bytes(answer)
        found = self._answers.get(raw)
        if found is None:
            found = self._answers[raw] = self._judge(raw, lambda said: answers_nothing(said, self._knowledge.phrases))
        return found

    def _code(self, code: object) -> bool:
        return means_nothing(code, self._knowledge.codes, self._knowledge.phrases, {})

    @staticmethod
    def _judge(raw: bytes, judge: Callable[[object], bool]) -> bool:
        try:
            return judge(msgspec.json.decode(raw))
        except TypeError:  # what should be text is not even that
            return False


def _stands_alone(seen: _Look) -> bool:
    return seen.component is _ABSENT and seen.contained is _ABSENT and seen.has_member is _ABSENT


def _about(seen: _Look) -> str | None:
    """The reference :meth:`~smartapp.fhir.read.patient.Person.owns` goes by. Raises _Whole where it needs more."""
    for element in (seen.subject, seen.patient):
        if element and element.reference and element.reference.strip():
            if element.reference.startswith("#"):
                raise _Whole
            return element.reference
        if element and element.identifier is not _ABSENT:
            raise _Whole
    return None


def _whole(entry: _Entry) -> dict[str, Any]:
    resource = msgspec.json.decode(entry.resource)
    kind = resource.get("resourceType") if isinstance(resource, dict) else None
    if not isinstance(kind, str) or not kind.strip() or kind in ("Bundle", "OperationOutcome"):
        raise _Whole  # these are told of by their place
    return {"resource": resource} if entry.full_url is None else {"fullUrl": entry.full_url, "resource": resource}


def _check(kept: list[dict[str, Any]], left_out: set[str | None], subjects: set[str | None]) -> None:
    """Raises _Whole unless what was left out is this one patient's and nothing kept goes by the same name."""
    people = [entry for entry in kept if entry["resource"]["resourceType"] == "Patient"]
    others = {entry.get("fullUrl") for entry in kept if entry["resource"]["resourceType"] != "Patient"}
    references = {reference_of(entry["resource"]) for entry in kept}
    names = (others | references | {people[0].get("fullUrl") if people else None}) - {None}
    if len(people) != 1 or not names.isdisjoint(left_out):
        raise _Whole
    bundle = {"resourceType": "Bundle", "entry": people}
    person = reference_of(people[0]["resource"])
    whose = person_of(people[0]["resource"], aliases([bundle]), bases_of([bundle], person))
    for subject in filter(None, subjects):
        if subject in others or subject in left_out or not whose.is_at(subject):
            raise _Whole
