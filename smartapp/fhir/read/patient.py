"""Patient -> core Patient: who it is, how old, and how to reach them."""

from collections.abc import Iterator

from smartapp.core.chart import Patient, Sex, Unreadable
from smartapp.core.dates import When
from smartapp.fhir.json import Resource, clean, part, parts, text, truth, word, words
from smartapp.fhir.read.codings import code_word
from smartapp.fhir.read.context import where
from smartapp.fhir.read.dates import when
from smartapp.fhir.read.doubts import doubt

_NAME_USES = ("official", "usual", "")  # in this order; never a nickname, maiden or old name while there is another
_SEXES = {sex.value: sex for sex in Sex}


def patient(resource: Resource) -> Patient:
    """Raises Malformed where an element has the wrong shape."""
    return Patient(
        reference=where(resource),
        name=_name(resource),
        birth=when(resource.get("birthDate")),
        sex=_SEXES.get(word(resource, "gender").strip().lower(), Sex.UNKNOWN),
        deceased=_deceased(resource),
        record_number=_record_number(resource),
        language=_language(resource),
        phone=_phone(resource),
    )


def patient_faults(resource: Resource, birth: When | None) -> Iterator[Unreadable]:
    for name in ("deceasedBoolean", "active"):
        if name in resource and truth(resource, name) is None:
            yield Unreadable(where(resource), f"{name} “{clean(str(resource[name]), 40)}” is neither true nor false")
    if "deceasedDateTime" in resource and (fault := doubt("deceasedDateTime", resource["deceasedDateTime"], birth)):
        yield Unreadable(where(resource), f"{fault}: taken as deceased, the day not known")
    links = [word(link, "type") for link in parts(resource, "link")]
    if "replaced-by" in links:
        yield Unreadable(where(resource), "this record says that another record has replaced it")
    if truth(resource, "active") is False:
        yield Unreadable(where(resource), "this patient record is marked inactive")


def _name(resource: Resource) -> str:
    names = list(parts(resource, "name"))
    if not names:
        return ""
    best = min(names, key=lambda name: _NAME_USES.index(use) if (use := word(name, "use")) in _NAME_USES else 9)
    if said := text(best, "text"):
        return said
    pieces = (*words(best, "prefix"), *words(best, "given"), text(best, "family"), *words(best, "suffix"))
    return " ".join(filter(None, pieces))


def _deceased(resource: Resource) -> bool:
    """A date of death that cannot be used is still one: nothing is proposed until the registration is corrected."""
    return truth(resource, "deceasedBoolean") is True or "deceasedDateTime" in resource


def _record_number(resource: Resource) -> str:
    identifiers = list(parts(resource, "identifier"))
    medical = [i for i in identifiers if any(c.get("code") == "MR" for c in parts(part(i, "type"), "coding"))]
    return text(medical[0], "value") if medical else ""


def _language(resource: Resource) -> str:
    spoken = list(parts(resource, "communication"))
    preferred = [c for c in spoken if truth(c, "preferred")] or spoken
    if not preferred:
        return ""
    language = part(preferred[0], "language")
    return text(language, "text") or code_word(language)


def _phone(resource: Resource) -> str:
    numbers = [c for c in parts(resource, "telecom") if c.get("system") == "phone" and c.get("use") != "old"]
    return text(numbers[0], "value") if numbers else ""
