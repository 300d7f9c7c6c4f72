"""All searches of a launch at once: search definitions -> the patient's resources, and what could not be had.

One search's failure costs only that search. Medicines named only by reference are read after them.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import partial

from smartapp.ehr.batch import Brought, in_one_request
from smartapp.ehr.client import FhirClient
from smartapp.ehr.gathered import Search, WaveResult, gathered
from smartapp.ehr.medicines import MOST_MEDICINES, wanted, why_missing
from smartapp.ehr.pages import Found, Resource
from smartapp.ehr.together import Outcomes, T, together, told
from smartapp.errors import EhrError, EhrForbidden, EhrUnavailable, LaunchForged, LoadpathError

__all__ = ["Progress", "Search", "WaveResult", "read_wave", "start_wave"]


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
    includes: Collection[str] = (),
) -> "Future[WaveResult]":
    """Start every search; the future holds the result, or the error that makes the chart unusable.

    ``batch``: ask for all first pages in one request; where that fails as a whole, each search goes by itself.
    ``includes``: what the EHR declares that a search may bring along; where it then refuses, it is asked without.

    The error is SessionEnded, or that of reading the Patient. No thread waits for the others, so waves of many launches
    may share one executor. Callbacks run in its threads; what they raise is logged and does not touch the reading.
    """
    wave = _Wave(client, patient_id, searches, executor, on_progress, includes)
    if batch:
        together(executor, [wave.batch], wave.ended(wave.batched))
    else:
        wave.search([None] * len(searches))
    return wave.whole


class _Wave:
    """One reading: the searches, then the medicines they name only by reference, then the result."""

    def __init__(
        self,
        client: FhirClient,
        patient_id: str,
        searches: Sequence[Search],
        executor: Executor,
        on_progress: OnProgress,
        includes: Collection[str],
    ):
        self.whole: Future[WaveResult] = Future()
        self._client, self._patient, self._searches = client, patient_id, searches
        self._executor, self._on_progress = executor, on_progress
        self._batch, self._includes = Found(), includes

    def ended(self, then: Callable[[Outcomes[T]], None]) -> Callable[[Outcomes[T]], None]:
        """``then``, with whatever it raises as the end of the whole: whoever waits is always told."""

        def step(outcomes: Outcomes[T]) -> None:
            try:
                then(outcomes)
            except Exception as error:
                self.whole.set_exception(told(error))

        return step

    def batch(self) -> Sequence[Brought]:
        filled = [(search[1], self._filled(search)) for search in self._searches]
        return in_one_request(self._client, filled, self._patient, self._batch)

    def batched(self, brought: Outcomes[Sequence[Brought]]) -> None:
        """A batch that failed as a whole brought nothing: each search meets the same, or does better by itself."""
        (first,) = brought
        self.search([None] * len(self._searches) if isinstance(first, LoadpathError) else first)

    def search(self, brought: Sequence[Brought]) -> None:
        tasks = [partial(self._one, search, one) for search, one in zip(self._searches, brought, strict=True)]
        together(self._executor, tasks, self.ended(self._searched))

    def _one(self, search: Search, brought: Brought) -> Found:
        """The search by itself, or from what a batch ``brought`` of it: its first page, the Patient, or a refusal."""
        try:
            found = self._found(search, brought)
        except LoadpathError as error:
            self._tell(Progress(search[0], 0, str(error)))
            raise
        self._tell(Progress(search[0], len(found.resources)))
        return found

    def _found(self, search: Search, brought: Brought) -> Found:
        if search[1] != "Patient":
            return self._searched_for(search, brought)
        if isinstance(brought, LoadpathError):
            raise brought
        found = Found()
        found.resources.append(brought or self._client.read("Patient", self._patient, found))
        return found

    def _searched_for(self, search: Search, brought: Brought) -> Found:
        asked, plain = self._filled(search), self._filled(search, bare=True)
        try:
            if isinstance(brought, LoadpathError):
                raise brought
            return self._client.find(search[1], asked, brought)
        except EhrError as error:
            if asked == plain or not error.http_status:
                raise
        return self._client.find(search[1], plain)

    def _filled(self, search: Search, bare: bool = False) -> list[tuple[str, str]]:
        """The search's parameters for this patient; unless ``bare``, with what it may bring along."""
        _, kind, params = search
        pairs = params.items() if isinstance(params, Mapping) else params
        along = f"{kind}:medication"
        include = [("_include", along)] if along in self._includes and not bare else []
        return [*((name, value.replace("{patient}", self._patient)) for name, value in pairs), *include]

    def _tell(self, progress: Progress) -> None:
        try:
            self._on_progress(progress)
        except Exception as error:
            told(error)

    def _searched(self, outcomes: Outcomes[Found]) -> None:
        if end := _end(self._searches, outcomes):
            self.whole.set_exception(end)
            return
        read, person = gathered(self._client.base, self._patient, self._searches, outcomes, self._batch)
        medicines = wanted(read.resources, read.addresses, person.bases)

        told_along = Found()

        def finish(found: Outcomes[Resource]) -> None:
            lines = why_missing(found, len(medicines) - len(found), told_along.guessed)
            self._finish(replace(read, partial=(*read.partial, *lines)), found)

        tasks: list[Callable[[], Resource]] = [
            partial(self._client.read, "Medication", id_, told_along) for id_ in medicines[:MOST_MEDICINES]
        ]
        together(self._executor, tasks, self.ended(finish))

    def _finish(self, read: WaveResult, found: Outcomes[Resource]) -> None:
        if ends := [one for one in found if isinstance(one, LoadpathError) and not isinstance(one, EhrError)]:
            self.whole.set_exception(ends[0])
            return
        brought = tuple(one for one in found if not isinstance(one, LoadpathError))
        self.whole.set_result(replace(read, resources=(*read.resources, *brought)))


def read_wave(
    client: FhirClient,
    patient_id: str,
    searches: Sequence[Search],
    executor: Executor,
    on_progress: OnProgress = lambda progress: None,
) -> WaveResult:
    """The same, waiting for it; not from a thread of ``executor``. Raises SessionEnded, EhrError."""
    return start_wave(client, patient_id, searches, executor, on_progress).result()


def _end(searches: Sequence[Search], outcomes: Sequence[Found | LoadpathError]) -> LoadpathError | None:
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
