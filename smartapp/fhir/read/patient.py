"""Patient -> core Patient: who it is, how old, how to reach them; and the one rule for whose record a resource is.

A patient is named as ``Patient/12``, by a full address, with a version, a query or a slash behind it, by the address of
the Patient's entry in a Bundle, or as ``urn:uuid:`` and the id (servers that never replaced it). Where no reference is
given, an identifier may still tell. What names nobody is this patient's: it came as an answer about this patient.

A full address on another server than ours is somebody else, with the same id too: servers count their patients from 1.
Which server is ours is known from the FHIR base and from the addresses an answer gives its own entries (behind a
gateway they differ); where neither is known, as in most files, the id decides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from smartapp.core.chart import Patient, Unreadable
from smartapp.core.dates import When
from smartapp.core.kinds import Sex
from smartapp.core.quotes import quoted
from smartapp.fhir.json import (
    Resource,
    code_word,
    get_bool,
    get_list,
    get_object,
    get_str,
    get_text,
    human_name,
    is_object,
    reference_of,
    relative_reference,
)
from smartapp.fhir.read.context import where
from smartapp.fhir.read.dates import doubt, parse_date
from smartapp.fhir.text import clean

_SEXES = {sex.value: sex for sex in Sex}


def patient(resource: Resource) -> Patient:
    """Raises Malformed where an element has the wrong shape."""
    return Patient(
        reference=where(resource),
        name=human_name(resource),
        birth=parse_date(resource.get("birthDate")),
        sex=_SEXES.get(get_str(resource, "gender").strip().lower(), Sex.UNKNOWN),
        deceased=_deceased(resource),
        record_number=_record_number(resource),
        language=_language(resource),
        phone=_phone(resource),
    )


def patient_faults(resource: Resource, birth: When | None) -> Iterator[Unreadable]:
    for name in ("deceasedBoolean", "active"):
        if name in resource and get_bool(resource, name) is None:
            yield Unreadable(
                where(resource), f"{name} {quoted(clean(str(resource[name]), 40))} is neither true nor false"
            )
    if "deceasedDateTime" in resource and (fault := doubt("deceasedDateTime", resource["deceasedDateTime"], birth)):
        yield Unreadable(where(resource), f"{fault}: taken as deceased, the day not known")
    links = [get_str(link, "type") for link in get_list(resource, "link")]
    if "replaced-by" in links:
        yield Unreadable(where(resource), "this record says that another record has replaced it")
    if get_bool(resource, "active") is False:
        yield Unreadable(where(resource), "this patient record is marked inactive")


def _deceased(resource: Resource) -> bool:
    """A date of death that cannot be used is still one: nothing is proposed until the registration is corrected."""
    return get_bool(resource, "deceasedBoolean") is True or "deceasedDateTime" in resource


def _record_number(resource: Resource) -> str:
    identifiers = list(get_list(resource, "identifier"))
    medical = [i for i in identifiers if any(c.get("code") == "MR" for c in get_list(get_object(i, "type"), "coding"))]
    return get_text(medical[0], "value") if medical else ""


def _language(resource: Resource) -> str:
    spoken = list(get_list(resource, "communication"))
    preferred = [c for c in spoken if get_bool(c, "preferred")] or spoken
    if not preferred:
        return ""
    language = get_object(preferred[0], "language")
    return get_text(language, "text") or code_word(language)


def _phone(resource: Resource) -> str:
    """The preferred one: by ``rank``, where the record has it, else the first."""
    numbers = [c for c in get_list(resource, "telecom") if c.get("system") == "phone" and c.get("use") != "old"]
    return get_text(min(numbers, key=_rank), "value") if numbers else ""


def _rank(contact: Resource) -> float:
    rank = contact.get("rank")
    return rank if isinstance(rank, int) and rank > 0 else float("inf")


_NOBODY: Mapping[str, str] = {}


@dataclass(frozen=True)
class Person:
    """One patient. ``known_as``: address -> ``Type/id``; ``bases``: of the servers whose ids are meant, if known."""

    reference: str  # Patient/12
    known_as: Mapping[str, str] = field(default_factory=lambda: _NOBODY)
    bases: frozenset[str] = frozenset()
    identifiers: Mapping[str, frozenset[str]] = field(default_factory=dict)  # system -> values

    def is_at(self, reference: str) -> bool:
        """Whether a literal reference is to this patient."""
        told = reference.strip().partition("#")[0]
        bare = told.partition("?")[0].rstrip("/").partition("/_history/")[0]
        for address in (told, bare):
            if address in self.known_as:
                return relative_reference(self.known_as[address]) == self.reference
        id_ = self.reference.partition("/")[2]
        if bare.lower().startswith("urn:"):
            return bare.rpartition(":")[2].lower() == id_.lower()
        if "/" not in bare:
            return bare == id_
        return relative_reference(bare) == self.reference and (not self.bases or base_of(bare) in {"", *self.bases})

    def owns(self, resource: Resource) -> bool:
        """Whether a resource is this patient's, or names nobody it could be told by."""
        if resource.get("resourceType") == "Patient":
            return reference_of(resource) == self.reference
        for name in ("subject", "patient"):
            element = resource.get(name)
            if not is_object(element):
                continue
            reference = element.get("reference")
            if isinstance(reference, str) and reference.strip():
                return self._is_inside(reference, resource) if reference.startswith("#") else self.is_at(reference)
            if is_object(element.get("identifier")):
                return not self._is_other(identifiers_of([element["identifier"]]))
        return True

    def _is_inside(self, reference: str, resource: Resource) -> bool:
        """A contained Patient has no id of its own: only its identifiers can tell that it is another."""
        inside = resource.get("contained")
        for inner in inside if isinstance(inside, list) else ():
            if is_object(inner) and f"#{inner.get('id')}" == reference:
                found = inner.get("identifier")
                return not self._is_other(identifiers_of(found if isinstance(found, list) else ()))
        return True

    def _is_other(self, named: Mapping[str, frozenset[str]]) -> bool:
        """Whether a system both name gives another value."""
        shared = [system for system in named if system in self.identifiers]
        return bool(shared) and all(named[system].isdisjoint(self.identifiers[system]) for system in shared)


def person_of(resource: Resource, known_as: Mapping[str, str], bases: Iterable[str] = ()) -> Person:
    """The person a Patient resource is."""
    found = resource.get("identifier")
    identifiers = identifiers_of(found if isinstance(found, list) else ())
    return Person(reference_of(resource) or "Patient", known_as, frozenset(bases) - {""}, identifiers)


def identifiers_of(identifiers: Iterable[object]) -> dict[str, frozenset[str]]:
    """system -> values."""
    found: dict[str, frozenset[str]] = {}
    for one in identifiers:
        if (
            is_object(one)
            and isinstance(system := one.get("system"), str)
            and isinstance(value := one.get("value"), str)
        ):
            found[system] = found.get(system, frozenset()) | {value}
    return found


def base_of(address: str) -> str:
    """``ehr.example/fhir`` of ``https://ehr.example/fhir/Patient/12``; empty for what is no full address."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https"):
        return ""
    place = f"{parts.netloc.lower().removesuffix(':443').removesuffix(':80')}{parts.path.rstrip('/')}"
    reference = relative_reference(address)
    return place.partition("/_history/")[0].removesuffix(reference).rstrip("/")
