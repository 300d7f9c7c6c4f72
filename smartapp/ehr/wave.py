"""All searches of a launch at once: search definitions -> the patient's resources, and what could not be had.

One search's failure costs only that search. Whatever belongs to another patient is left out and named (SMART X9).
"""

import re
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

from smartapp.core.chart import Unreadable
from smartapp.ehr.batch import Brought, in_one_request
from smartapp.ehr.client import FhirClient, Found, Params, Resource
from smartapp.ehr.read.searches import OPTIONAL
from smartapp.errors import EhrError, EhrForbidden, EhrRejected, EhrUnavailable, LaunchForged, LoadpathError

# (label for people, resource type, parameters); "{patient}" in a value stands for the patient's id
Search = tuple[str, str, Params]
_PATIENT = re.compile(r"(?:^|/)Patient/([A-Za-z0-9.\-_]+)(?:/_history/[^/]+)?$")


@dataclass(frozen=True)
class WaveResult:
    resources: tuple[Resource, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    partial: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "resources": list(self.resources),
            "unreadable": [[u.where, u.reason] for u in self.unreadable],
            "partial": list(self.partial),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "WaveResult":
        unreadable = tuple(Unreadable(where, reason) for where, reason in value["unreadable"])
        return cls(tuple(value["resources"]), unreadable, tuple(value["partial"]))


@dataclass(frozen=True)
class Progress:
    """One search has ended: how many resources it brought, or why it brought none."""

    label: str
    count: int
    problem: str = ""


OnProgress = Callable[[Progress], None]


def start_wave(
    client: FhirClient,
    patient_id: str,
    searches: Sequence[Search],
    executor: Executor,
    on_progress: OnProgress = lambda progress: None,
    *,
    batch: bool = False,
) -> "Future[WaveResult]":
    """Start every search; the future holds the result, or the error that makes the chart unusable.

    ``batch``: ask for all first pages in one request; where that fails as a whole, each search goes by itself.

    The error is SessionEnded, or that of reading the Patient. No thread waits for the others: the last search to end
    puts the result together, so waves of many launches may share one executor. Callbacks run in its threads.
    """
    whole: Future[WaveResult] = Future()
    outcomes: list[Found | LoadpathError | None] = [None] * len(searches)
    left = _Countdown(len(searches), lambda: _finish(whole, patient_id, searches, outcomes))

    def run(index: int, brought: Brought = None) -> None:
        try:
            outcomes[index] = outcome = _one(client, patient_id, searches[index], brought)
            on_progress(_progress(searches[index], outcome))
        except BaseException as error:
            outcomes[index] = EhrError("Reading failed inside Loadpath.").with_traceback(error.__traceback__)
            raise
        finally:
            left.step()

    def run_all(brought: Sequence[Brought]) -> None:
        for index, one in enumerate(brought):
            executor.submit(run, index, one)

    def run_batch() -> None:
        brought: Sequence[Brought] = [None] * len(searches)
        try:
            brought = in_one_request(
                client, [(kind, _filled(params, patient_id)) for _, kind, params in searches], patient_id
            )
        except LoadpathError:
            pass  # each search meets the same, or does better by itself
        finally:  # whatever happened: the wave ends only when every search has
            run_all(brought)

    if batch:
        executor.submit(run_batch)
    else:
        run_all([None] * len(searches))
    return whole


def read_wave(
    client: FhirClient,
    patient_id: str,
    searches: Sequence[Search],
    executor: Executor,
    on_progress: OnProgress = lambda progress: None,
) -> WaveResult:
    """The same, waiting for it; not from a thread of ``executor``. Raises SessionEnded, EhrError."""
    return start_wave(client, patient_id, searches, executor, on_progress).result()


@dataclass
class _Countdown:
    left: int
    at_zero: Callable[[], None]

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        if self.left == 0:
            self.at_zero()

    def step(self) -> None:
        with self._lock:
            self.left -= 1
            done = self.left == 0
        if done:
            self.at_zero()


def _one(client: FhirClient, patient_id: str, search: Search, brought: Brought) -> Found | LoadpathError:
    """The search by itself, or from what a batch ``brought`` of it: its first page, the Patient, or a refusal."""
    _, kind, params = search
    if isinstance(brought, LoadpathError):
        return brought
    try:
        if kind == "Patient":
            return Found([brought or client.read("Patient", patient_id)])
        return client.find(kind, _filled(params, patient_id), brought)
    except LoadpathError as error:
        return error


def _filled(params: Params, patient_id: str) -> list[tuple[str, str]]:
    pairs = params.items() if isinstance(params, Mapping) else params
    return [(name, value.replace("{patient}", patient_id)) for name, value in pairs]


def _finish(
    whole: "Future[WaveResult]",
    patient_id: str,
    searches: Sequence[Search],
    outcomes: Sequence[Found | LoadpathError | None],
) -> None:
    try:
        whole.set_result(_gather(patient_id, searches, outcomes))
    except LoadpathError as error:
        whole.set_exception(error)


def _gather(
    patient_id: str, searches: Sequence[Search], outcomes: Sequence[Found | LoadpathError | None]
) -> WaveResult:
    if end := _end(searches, outcomes):
        raise end
    resources: dict[tuple[str, str], Resource] = {}
    unreadable: dict[str, Unreadable] = {}
    partial: list[str] = []
    for search, outcome in zip(searches, outcomes, strict=True):
        if isinstance(outcome, Found):
            partial += [f"{search[0]}: {words}" for words in dict.fromkeys(outcome.partial)]
            for position, resource in enumerate(outcome.resources):
                key = _key(resource, f"{search[0]} {position}")
                if is_of(resource, patient_id):
                    resources.setdefault(key, resource)
                else:
                    where = "/".join(key)
                    unreadable[where] = Unreadable(
                        where, "The EHR sent this record of another patient; it is not used."
                    )
        elif isinstance(outcome, LoadpathError):
            if search[0] in OPTIONAL and isinstance(outcome, EhrRejected | EhrForbidden):
                continue  # not offered here, and another search of the wave asks for the same
            partial.append(f"{search[0]}: {_why(outcome)}")
    return WaveResult(tuple(resources.values()), tuple(unreadable.values()), tuple(partial))


def _end(searches: Sequence[Search], outcomes: Sequence[Found | LoadpathError | None]) -> LoadpathError | None:
    """What makes the chart unusable: the most telling error, whichever search met it first. None if nothing does.

    A switched session is the cause of ends that other searches saw; an end counts before an EHR that was slow; and
    where all searches were refused or failed, the refusal is why, also if reading the Patient was only too slow.
    """
    met = [outcome for outcome in outcomes if isinstance(outcome, LoadpathError)]
    ends = [error for error in met if not isinstance(error, EhrError)]
    if ends:
        return next((error for error in ends if isinstance(error, LaunchForged)), ends[0])
    patients = (o for search, o in zip(searches, outcomes, strict=True) if search[1] == "Patient")
    lost = next((o for o in patients if isinstance(o, LoadpathError)), None)
    if isinstance(lost, EhrUnavailable) and not any(isinstance(outcome, Found) for outcome in outcomes):
        return next((error for error in met if isinstance(error, EhrForbidden)), lost)
    return lost


def _key(resource: Resource, place: str) -> tuple[str, str]:
    kind, id_ = resource.get("resourceType"), resource.get("id")
    return (kind, id_) if isinstance(kind, str) and isinstance(id_, str) else ("", place)


def is_of(resource: Resource, patient_id: str) -> bool:
    """Whether the resource is this patient's: its own, or not of any patient (a Practitioner, a Medication)."""
    if resource.get("resourceType") == "Patient":
        return resource.get("id") == patient_id
    for element in ("subject", "patient"):
        target = resource.get(element)
        reference = target.get("reference") if isinstance(target, dict) else None
        match = _PATIENT.search(reference) if isinstance(reference, str) else None
        if match:
            return match[1] == patient_id
    return True


def _progress(search: Search, outcome: Found | LoadpathError) -> Progress:
    if isinstance(outcome, Found):
        return Progress(search[0], len(outcome.resources))
    return Progress(search[0], 0, str(outcome))


def _why(error: LoadpathError) -> str:
    """A refused search differs from a failed one: the first is a permission or a missing feature, the second passes."""
    if isinstance(error, EhrForbidden):
        return f"not permitted. {error}"
    if isinstance(error, EhrRejected):
        return f"not supported by this EHR. {error}"
    return f"could not be read. {error}"


def labels(searches: Iterable[Search]) -> tuple[str, ...]:
    return tuple(search[0] for search in searches)
