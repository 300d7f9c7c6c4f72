"""What is asked of an export, what the EHR lists as its files, and what became of each of them."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from smartapp.core.quotes import quoted
from smartapp.errors import EhrError
from smartapp.fhir.json import path_of

PATIENT_LEVEL, SYSTEM_LEVEL = "Patient", ""
_TYPE = re.compile(r"[A-Z][A-Za-z]{1,60}")
_NAMES = {"output": "{type}.{at:05}.ndjson", "error": "errors.{at:05}.outcomes", "deleted": "deleted.{at:05}.bundles"}


class ExportFailed(EhrError):
    title = "The EHR did not make the export"
    next_step = "Read the EHR's reason above; then run the same command again, or tell the EHR's administrator."


@dataclass(frozen=True)
class ExportRequest:
    """``level``: SYSTEM_LEVEL, PATIENT_LEVEL or ``Group/12``; ``types``: of resources; ``since``: an instant, or empty;
    ``filters``: searches, each of which says what of one type is wanted (``_typeFilter``)."""

    level: str
    types: tuple[str, ...]
    since: str = ""
    filters: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        return f"{self.level}/$export" if self.level else "$export"

    @property
    def words(self) -> str:
        """For a person and the audit trail."""
        since = f", changed since {self.since}" if self.since else ""
        return f"{self.path} of {', '.join(self.types)}{since}"


@dataclass(frozen=True)
class Listed:
    """One file of the export. ``kind``: output, error or deleted; ``count``: its lines, None where it is not said.

    ``url`` may be signed, and then opens the file for anybody: it is not kept, but a digest of what stays of it in a
    fresh link, ``mark``.
    """

    kind: str
    type: str
    name: str  # in our folder
    count: int | None
    mark: str
    url: str = ""


@dataclass(frozen=True)
class Manifest:
    at: str  # transactionTime: what was there then is in it
    needs_token: bool
    files: tuple[Listed, ...]

    @property
    def shape(self) -> tuple[object, ...]:
        """By which a second list is seen to be of the same files, in whatever order and behind whatever links."""
        return self.at, Counter((each.kind, each.type, each.count, each.mark) for each in self.files)

    def named_as(self, other: "Manifest") -> "Manifest":
        """The same files under the names they have in a list of the same shape."""
        names = {each.mark: each.name for each in other.files}
        return replace(self, files=tuple(replace(each, name=names[each.mark]) for each in self.files))


class SetAside(NamedTuple):
    """A line that is counted for nobody."""

    line: int
    record: str  # Observation/12
    why: str


@dataclass(frozen=True)
class Finished:
    """A file that is here and was looked through. ``size`` in bytes; ``count``: lines that can be used."""

    name: str
    type: str
    size: int
    count: int
    aside: int = 0
    told: tuple[str, ...] = ()  # of an error file, what the EHR says is missing; of others, the first lines set aside


@dataclass(frozen=True)
class ExportResult:
    """``missing``: why the export is not whole, a sentence each; ``remarks``: what is to be known besides."""

    folder: Path
    at: str
    files: tuple[Path, ...]  # of resources, each NDJSON of one type
    counts: Mapping[str, int]  # type -> lines that can be used
    set_aside: int
    remarks: tuple[str, ...]
    missing: tuple[str, ...]


def read_manifest(body: Mapping[str, Any]) -> Manifest:
    """The complete status as the IG defines it (Bulk Data Access 2.0). Raises ExportFailed for anything else."""
    at, needs_token = body.get("transactionTime"), body.get("requiresAccessToken")
    links = [link for link in body.get("link") or () if isinstance(link, Mapping) and link.get("relation") == "next"]
    if not isinstance(at, str) or not at or not isinstance(needs_token, bool):
        raise ExportFailed("The EHR's list of files does not say of which moment it is, or who may read them.")
    if links:
        raise ExportFailed("The EHR's list of files has several pages, which was not asked for and is not understood.")
    files = [_listed(kind, at_, each) for kind in _NAMES for at_, each in enumerate(_list(body, kind), start=1)]
    return Manifest(at, needs_token, tuple(_marked(files)))


def _marked(files: list[Listed]) -> list[Listed]:
    """By the last part of each path, which stays where a link is made anew; by the whole path where that is no name."""
    paths = [path_of(each.url) for each in files]
    last = [path.rpartition("/")[2] for path in paths]
    known = last if len({*last}) == len(last) else paths
    if len({*known}) < len(known):
        known = [each.url for each in files]
    return [replace(each, mark=sha256(text.encode()).hexdigest()[:32]) for each, text in zip(files, known, strict=True)]


def _list(body: Mapping[str, Any], kind: str) -> list[Any]:
    found = body.get(kind) or []
    if not isinstance(found, list):
        raise ExportFailed(f"The EHR's list of files has no list under {quoted(kind)}.")
    return found


def _listed(kind: str, at: int, each: Any) -> Listed:
    said = each if isinstance(each, Mapping) else {}
    type_ = said.get("type") or {"error": "OperationOutcome", "deleted": "Bundle"}.get(kind)
    url, count = said.get("url"), said.get("count")
    if not isinstance(url, str) or not isinstance(type_, str) or not _TYPE.fullmatch(type_):
        raise ExportFailed(f"The EHR's list of files names one under {quoted(kind)} without its type or its address.")
    known = isinstance(count, int) and not isinstance(count, bool) and count >= 0
    return Listed(kind, type_, _NAMES[kind].format(type=type_, at=at), count if known else None, "", url)
