"""personalities/NAME.toml -> how one vendor's FHIR server speaks: what it offers, asks for, refuses and leaves out.

Each file names its sources. What a vendor's real server does beyond these files is not claimed here.
"""

from __future__ import annotations

import base64
import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from .compartment import Resource, references

FOLDER = Path(__file__).parent / "personalities"
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"
ABSENT_VALUE = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
# people and places keep their short ids: launches and logins name them
SHORT = frozenset({"Patient", "Practitioner", "PractitionerRole", "Organization", "Location", "Encounter"})


@dataclass(frozen=True)
class Spoken:
    """What a server does with one resource type.

    ``needs``: groups of search parameters of which one must be given; ``single``: parameters that take one value;
    ``refused``: values a parameter may not have by itself; ``fixed``: parameters it adds where they are not given;
    ``requires``: element paths a create must hold; ``timed``: dates that need a time of day; ``hidden``: elements it
    never returns; ``search``: its parameters, all where None.
    """

    interactions: frozenset[str] = frozenset()
    search: frozenset[str] | None = None
    needs: tuple[tuple[str, ...], ...] = ()
    single: frozenset[str] = frozenset()
    refused: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    requires: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    timed: tuple[str, ...] = ()
    page_size: int | None = None
    page_size_max: int | None = None


@dataclass(frozen=True)
class Personality:
    """One vendor's server. ``if_match``: honoured, required or ignored; ``unmodified_since``: the date of a change
    guards an update; ``page_parameter`` names the next page; ``id_alone``: ``_id`` is searched alone; ``date_pairs``:
    a date is asked for by ge and le; ``not_imitated``: what is known of it, and why it is not played here."""

    name: str
    sources: tuple[str, ...]
    not_imitated: tuple[str, ...] = ()
    software: str = ""
    transaction: bool = False
    batch: bool = False
    conditional_create: bool = False
    if_match: str = "ignored"
    unmodified_since: bool = False
    sort: bool = True
    includes: frozenset[str] = frozenset({"_include", "_revinclude"})
    id_alone: bool = False
    date_pairs: bool = False
    count_on_first_page: bool = True
    page_size: int = 50
    page_size_max: int = 200
    page_parameter: str = "_page"
    unknown_parameters: str = "ignored"
    media_type: str = "application/fhir+json; charset=utf-8"
    long_ids: bool = False
    says_absent: bool = False
    outcome_in_results: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    resources: Mapping[str, Spoken] = field(default_factory=dict)
    others: Spoken = Spoken()

    def of(self, type_: str) -> Spoken:
        return self.resources.get(type_, self.others)

    def shaped(self, resource: Resource) -> Resource:
        """A record as this server keeps it: its ids, what it never returns, and how it says that a date is unknown."""
        made = {key: value for key, value in resource.items() if key not in self.of(resource["resourceType"]).hidden}
        if self.long_ids:
            made = _relinked(made, self.id_of)
        if self.says_absent:
            made = _with_absent(made)
        return made

    def id_of(self, type_: str, id_: str) -> str:
        return id_ if type_ in SHORT else _long(type_, id_)


def names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def read_personality(name: str) -> Personality:
    """Raises ValueError naming the ones there are."""
    if name not in names():
        raise ValueError(f"there is no personality {name!r}, only {', '.join(names())}")
    table = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    resources = {type_: _spoken(row) for type_, row in table.pop("resources", {}).items()}
    others = _spoken(table.pop("others", {}))
    lists = {name: tuple(table[name]) for name in ("sources", "not_imitated") if name in table}
    lists |= {"includes": frozenset(table["includes"])} if "includes" in table else {}
    return Personality(**{**table, **lists}, resources=resources, others=others)


def _spoken(row: Mapping[str, Any]) -> Spoken:
    values: dict[str, Any] = dict(row)
    for name in ("interactions", "search", "single"):
        if name in values:
            values[name] = frozenset(values[name])
    for name in ("requires", "hidden", "timed"):
        values[name] = tuple(values.get(name, ()))
    values["needs"] = tuple(tuple(group) for group in values.get("needs", ()))
    values["refused"] = {key: tuple(refused) for key, refused in values.get("refused", {}).items()}
    return Spoken(**values)


def _long(type_: str, id_: str) -> str:
    """More than the 64 characters R4 allows, as Epic's are; the same for the same record."""
    digest = hashlib.sha512(f"{type_}/{id_}".encode()).digest()
    return "e" + base64.b32encode(digest).decode().rstrip("=").lower()[:79]


def _relinked(resource: Resource, id_of: Any) -> Resource:
    made: Resource = json.loads(json.dumps(resource))
    made["id"] = id_of(made["resourceType"], made["id"])
    for reference in references(made):
        type_, _, id_ = reference["reference"].partition("/")
        if id_ and "/" not in id_ and ":" not in type_:
            reference["reference"] = f"{type_}/{id_of(type_, id_)}"
    return made


def _with_absent(resource: Resource) -> Resource:
    """Unknown dates and values are said to be unknown instead of being left out."""
    unknown = {"extension": [{"url": ABSENT, "valueCode": "unknown"}]}
    kind = resource["resourceType"]
    if kind == "Condition" and not any(key.startswith("onset") for key in resource):
        return {**resource, "_onsetDateTime": unknown}
    if kind == "Observation" and not any(key.startswith("value") for key in resource):
        return {"dataAbsentReason": {"coding": [{"system": ABSENT_VALUE, "code": "unknown"}]}, **resource}
    if kind == "Procedure" and not any(key.startswith("performed") for key in resource):
        return {**resource, "_performedDateTime": unknown}
    return resource
