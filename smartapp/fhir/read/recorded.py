"""A resource -> its codes, words and date as recorded, whatever its type and however broken."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from smartapp.core.codes import CodeTable
from smartapp.fhir.json import Resource, as_object, as_objects
from smartapp.fhir.text import clean

# Elements whose codes and words say what a resource is about; others (a category, a status) say what kind it is.
_TELLING = (
    *("code", "medicationCodeableConcept", "medicationReference", "bodySite", "valueCodeableConcept"),
    *("conclusionCode", "vaccineCode", "itemCodeableConcept", "description"),
)
_INSIDE = ("component", "contained", "ingredient", "evidence")
_WORDS = ("title", "description", "conclusion", "valueString")
_DATES = (
    *("onsetDateTime", "effectiveDateTime", "effectiveInstant", "performedDateTime", "occurrenceDateTime"),
    *("onsetPeriod", "effectivePeriod", "performedPeriod", "occurrencePeriod", "period", "billablePeriod"),
    *("recordedDate", "authoredOn", "dateAsserted", "issued", "startDate", "created", "date"),
)
_DEEPEST = 5  # elements within elements; ours


class RecordedCode(NamedTuple):
    """One coding. ``known_as``: our short name of its system; empty for one systems.toml does not know. ``has_row``:
    whether codes.csv says something of it, if only that it means nothing."""

    system: str
    known_as: str
    code: str
    display: str
    has_row: bool


def codes_recorded(resource: Resource, table: CodeTable) -> Iterator[RecordedCode]:
    """Each coding of the elements that tell what it is about, of its parts too, once."""
    found = (_coded(coding, table) for element in _telling(resource, 0) for coding in as_objects(element.get("coding")))
    yield from dict.fromkeys(each for each in found if each.code or each.display)


def words_recorded(resource: Resource) -> str:
    """Its free texts: of the code, a title, what a reference is called."""
    texts = [_text(element.get(name)) for element in _telling(resource, 0) for name in ("text", "display")]
    own = [_text(resource.get(name)) for name in _WORDS]
    return "; ".join(dict.fromkeys(filter(None, (*texts, *own))))


def date_recorded(resource: Resource) -> str:
    """The first date that says when it was; empty where there is none."""
    given = (resource.get(name) for name in _DATES)
    days = (as_object(each).get("start") or as_object(each).get("end") if as_object(each) else each for each in given)
    return next((day[:10] for day in days if isinstance(day, str)), "")


def _telling(element: Resource, depth: int) -> Iterator[Resource]:
    for name in _TELLING:
        value = element.get(name)
        yield from as_objects(value if isinstance(value, list) else [value])
    if depth < _DEEPEST:
        for name in _INSIDE:
            value = element.get(name)
            for inner in as_objects(value if isinstance(value, list) else [value]):
                yield from _telling(inner, depth + 1)


def _coded(coding: Resource, table: CodeTable) -> RecordedCode:
    system, code = _text(coding.get("system")), _text(coding.get("code"))
    known_as = table.systems.of_code(system, code)
    return RecordedCode(system, known_as, code, _text(coding.get("display")), table.find(system, code) is not None)


def _text(value: Any) -> str:
    return clean(value) if isinstance(value, str) else ""
