"""The rungs of the ladder, what each means in words, and what a site may say about them in the issuers file.

``[x.site]`` of the issuers file::

    rungs = ["transaction", "create", "note", "copy"]   # only these; all where it says nothing
    write = { CarePlan = "note" }                       # nothing above this rung for this artifact
    questionnaire = "https://..."                       # canonical of the form this EHR takes notes in
    note_formats = ["text", "pdf"]                      # contents of one note, for EHRs that take a single one
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from smartapp.errors import SettingsError
from smartapp.fhir.build.fallback_document import FORMATS


class WriteMethod(StrEnum):
    """From best to last."""

    TRANSACTION = "transaction"
    CREATE = "create"
    NOTE = "note"
    MESSAGE = "message"
    COPY = "copy"


_WHOLE = (WriteMethod.TRANSACTION, WriteMethod.CREATE, WriteMethod.NOTE, WriteMethod.MESSAGE, WriteMethod.COPY)

# Artifact -> the rungs it can stand on. A task is nothing in a note and no work for a hand: where it cannot be
# written it is not promised, and the order goes without one.
RUNGS_OF: Mapping[str, tuple[WriteMethod, ...]] = MappingProxyType(
    {
        "Goal": _WHOLE,
        "CarePlan": _WHOLE,
        "ServiceRequest": _WHOLE,
        "Task": (WriteMethod.TRANSACTION, WriteMethod.CREATE, WriteMethod.COPY),
        "Provenance": _WHOLE,
    }
)

NAMES: Mapping[str, str] = MappingProxyType(
    {
        "Goal": "The goals",
        "CarePlan": "The plan",
        "ServiceRequest": "The physical therapy referral",
        "Task": "The task for the care coordinator",
        "Provenance": "The record of who signed and on what grounds",
    }
)

HAPPENS: Mapping[WriteMethod, str] = MappingProxyType(
    {
        WriteMethod.TRANSACTION: "written into the chart, in one step with the others",
        WriteMethod.CREATE: "written into the chart, by itself",
        WriteMethod.NOTE: "written into the chart as part of a clinical note",
        WriteMethod.MESSAGE: "sent into the chart as part of a message",
        WriteMethod.COPY: "NOT written: you get a copy to put into the chart by hand",
    }
)


@dataclass(frozen=True)
class Site:
    """What one site has decided about writing. The default decides nothing."""

    rungs: frozenset[WriteMethod] = frozenset(WriteMethod)
    highest: Mapping[str, WriteMethod] = field(default_factory=dict)
    questionnaire: str = ""
    note_formats: tuple[str, ...] = FORMATS


def read_site(table: Mapping[str, Any]) -> Site:
    """``[x.site]`` of the issuers file. Keys of other rooms are left alone. Raises SettingsError naming the key."""
    problems: list[str] = []
    rungs = _rungs(table.get("rungs", list(WriteMethod)), "site.rungs", problems)
    write = table.get("write", {})
    if not isinstance(write, Mapping) or set(write) - set(RUNGS_OF):
        problems.append(f"site.write may name {', '.join(RUNGS_OF)} only")
        write = {}
    highest = {
        kind: rung[0] for kind, name in write.items() if (rung := _rungs([name], f"site.write.{kind}", problems))
    }
    for kind, top in highest.items():
        if top not in RUNGS_OF[kind]:
            problems.append(f"site.write.{kind} cannot be {top.value!r}")
    formats = table.get("note_formats", list(FORMATS))
    if not isinstance(formats, list) or not formats or set(formats) - set(FORMATS):
        problems.append("site.note_formats must list text, pdf or both")
        formats = list(FORMATS)
    questionnaire = table.get("questionnaire", "")
    if not isinstance(questionnaire, str):
        problems.append("site.questionnaire must be the canonical address of a form")
    if problems:
        raise SettingsError("\n".join(problems))
    return Site(frozenset((*rungs, WriteMethod.COPY)), highest, questionnaire, tuple(formats))


def _rungs(names: Any, where: str, problems: list[str]) -> tuple[WriteMethod, ...]:
    known = {rung.value: rung for rung in WriteMethod}
    if not isinstance(names, list) or any(name not in known for name in names):
        problems.append(f"{where} must be of {', '.join(known)}")
        return ()
    return tuple(known[name] for name in names)
