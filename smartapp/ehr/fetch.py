"""A launch's patient and searches -> :class:`~smartapp.ehr.fetched_chart.FetchedChart`, all searches at once.

One search's failure costs only that search. Medicines that prescriptions name only by reference are read after the
searches: only a chart that has such a prescription pays for it with a round trip (docs/decisions/0020). Where the site
wants it, all first pages come in one batch: then the slowest search holds up the others (docs/decisions/0018).
"""

import json
import logging
import traceback
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeVar

from smartapp.ehr.answer import HttpResponse, error_of
from smartapp.ehr.bulkhead import Pools
from smartapp.ehr.client import FhirClient
from smartapp.ehr.fetched_chart import (
    MOST_MEDICINES,
    FetchedChart,
    Outcome,
    medicine_failures,
    medicines_to_read,
    merge_results,
)
from smartapp.ehr.pages import Resource, SearchResult, next_link, search_address
from smartapp.errors import EhrError, EhrForbidden, EhrUnavailable, LaunchForged, LoadpathError, ReadingFailed
from smartapp.fhir.read.patient import Person
from smartapp.fhir.read.searches import Search

log = logging.getLogger("smartapp.ehr")
T = TypeVar("T")
Batched = Resource | LoadpathError | None  # the Patient, a first page, or a refusal; None: the search goes by itself


@dataclass(frozen=True)
class SearchEnded:
    """One search has ended: how many resources it brought, or why it brought none."""

    label: str
    count: int
    problem: str = ""


OnProgress = Callable[[SearchEnded], None]


class ChartLoader:
    """Loads the charts of all launches of a process; ``pools`` limit how many requests run at once at each EHR."""

    def __init__(self, pools: Pools):
        self._pools = pools

    def fetch_chart(
        self,
        client: FhirClient,
        patient_id: str,
        searches: Sequence[Search],
        on_progress: OnProgress = lambda ended: None,
        *,
        user: str = "",
        batch: bool = False,
        includes: Collection[str] = (),
        brought: Sequence[Batched] = (),
    ) -> FetchedChart:
        """Everything the searches bring, and the record of ``user``. Not to be called from a thread of the pools.

        ``batch``: ask for all first pages in one request; where that fails as a whole, each search goes by itself.
        ``includes``: what the EHR declares that a search may bring along; where it then refuses, it is asked without.
        ``brought``: for each search what somebody brought of it already, as a batch would have.
        ``on_progress`` is called in threads of the pools; what it raises is logged and does not touch the fetch.

        Raises SessionEnded, LaunchForged, or the EhrError of reading the Patient.
        """
        fetch = _Fetch(client, patient_id, on_progress, includes)
        threads = self._pools.of(client.base)
        record = threads.submit(_outcome_of, partial(read_user_record, client, user)) if user else None
        batched = brought or (self._batch(fetch, searches) if batch else [None] * len(searches))
        outcomes = self._searched(fetch, searches, batched)
        known = record.result() if record else None
        if end := _end(searches, outcomes, known):
            raise end
        chart, person = merge_results(client.base, patient_id, searches, outcomes, fetch.in_batch)
        record_of_user = None if isinstance(known, LoadpathError) else known
        return replace(self._with_medicines(client, chart, person), user_record=record_of_user)

    def _searched(
        self, fetch: "_Fetch", searches: Sequence[Search], batched: Sequence[Batched]
    ) -> list[SearchResult | LoadpathError]:
        """Every search in a thread, but those of which all is here: they wait for nobody."""
        tasks = [partial(fetch.search, *pair) for pair in zip(searches, batched, strict=True)]
        threads = self._pools.of(fetch.client.base)
        asked = {at: threads.submit(_outcome_of, tasks[at]) for at, b in enumerate(batched) if not _is_whole(b)}
        return [asked[at].result() if at in asked else _outcome_of(task) for at, task in enumerate(tasks)]

    def _batch(self, fetch: "_Fetch", searches: Sequence[Search]) -> Sequence[Batched]:
        (answered,) = self._all(fetch.client, [partial(fetch.batch, searches)])
        return [None] * len(searches) if isinstance(answered, LoadpathError) else answered

    def _with_medicines(self, client: FhirClient, chart: FetchedChart, person: Person) -> FetchedChart:
        """The chart with the medicines its prescriptions only refer to. Raises SessionEnded, LaunchForged."""
        wanted = medicines_to_read(chart.resources, chart.addresses, person.bases)
        found = SearchResult()
        ids = wanted[:MOST_MEDICINES]
        medicines = self._all(client, [partial(client.read, "Medication", id_, found) for id_ in ids])
        if ends := [one for one in medicines if isinstance(one, LoadpathError) and not isinstance(one, EhrError)]:
            raise ends[0]
        return replace(
            chart,
            resources=(*chart.resources, *(one for one in medicines if not isinstance(one, LoadpathError))),
            failures=(*chart.failures, *medicine_failures(medicines, len(wanted) - len(ids), found.guessed)),
        )

    def _all(self, client: FhirClient, tasks: Iterable[Callable[[], T]]) -> list[T | LoadpathError]:
        """What each task returned or raised, in their order."""
        return list(self._pools.of(client.base).map(_outcome_of, tasks))


@dataclass(frozen=True)
class _Fetch:
    """The searches of one launch, each by itself or all in a batch."""

    client: FhirClient
    patient: str
    on_progress: OnProgress
    includes: Collection[str]
    in_batch: SearchResult = field(default_factory=SearchResult)  # told of the answer to a batch as a whole

    def batch(self, searches: Sequence[Search]) -> Sequence[Batched]:
        """What was answered to each. Raises EhrError or SessionEnded where the batch failed as a whole."""
        urls = [
            f"Patient/{self.patient}" if kind == "Patient" else search_address(kind, self._filled(kind, params))
            for _, kind, params in searches
        ]
        entries = [{"request": {"method": "GET", "url": url}} for url in urls]
        answer = self.client.post_batch({"resourceType": "Bundle", "type": "batch", "entry": entries}, self.in_batch)
        answers = answer.get("entry")
        if answer.get("type") != "batch-response" or not isinstance(answers, list) or len(answers) != len(entries):
            raise EhrUnavailable("The EHR did not answer every search of a batch.")
        return [_batched(kind, entry) for (_, kind, _), entry in zip(searches, answers, strict=True)]

    def search(self, search: Search, batched: Batched) -> SearchResult:
        """One search, from what a batch brought of it; its progress is told."""
        label, kind, params = search
        try:
            found = self._patient(batched) if kind == "Patient" else self._found(kind, params, batched)
        except LoadpathError as error:
            self._tell(SearchEnded(label, 0, str(error)))
            raise
        self._tell(SearchEnded(label, len(found.resources)))
        return found

    def _patient(self, batched: Batched) -> SearchResult:
        if isinstance(batched, LoadpathError):
            raise batched
        found = SearchResult()
        found.resources.append(batched or self.client.read("Patient", self.patient, found))
        return found

    def _found(self, kind: str, params: Mapping[str, str], batched: Batched) -> SearchResult:
        asked, plain = self._filled(kind, params), self._filled(kind, params, bare=True)
        try:
            if isinstance(batched, LoadpathError):
                raise batched
            return self.client.find(kind, asked, batched)
        except EhrError as error:
            if asked == plain or not error.http_status:
                raise
        return self.client.find(kind, plain)

    def _filled(self, kind: str, params: Mapping[str, str], bare: bool = False) -> list[tuple[str, str]]:
        """The search's parameters for this patient; unless ``bare``, with what it may bring along."""
        along = f"{kind}:medication"
        include = [("_include", along)] if along in self.includes and not bare else []
        return [*((name, value.replace("{patient}", self.patient)) for name, value in params.items()), *include]

    def _tell(self, ended: SearchEnded) -> None:
        try:
            self.on_progress(ended)
        except Exception as error:
            as_loadpath_error(error)


def _is_whole(brought: Batched) -> bool:
    return isinstance(brought, dict) and not next_link(brought)


def read_user_record(client: FhirClient, reference: str) -> Resource | None:
    """The record behind fhirUser; None where the EHR does not show it: the name is then missing, nothing else.

    Raises LaunchForged: whoever renews access first learns that the session was switched, the rest only that it ended.
    """
    kind, _, id_ = reference.partition("/")
    if not id_:
        return None
    try:
        return client.read(kind, id_)
    except LaunchForged:
        raise
    except Exception as error:
        as_loadpath_error(error)
        return None


def as_loadpath_error(error: Exception) -> LoadpathError:
    """The error as a person may read it. What nobody foresaw is logged by its type and place: its words could hold
    what was being read."""
    if isinstance(error, LoadpathError):
        return error
    log.error("fault %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    return ReadingFailed("Loadpath met a fault of its own while it read the chart.")


def _outcome_of(task: Callable[[], T]) -> T | LoadpathError:
    try:
        return task()
    except Exception as error:
        return as_loadpath_error(error)


def _end(searches: Sequence[Search], outcomes: Sequence[Outcome], user: object) -> LoadpathError | None:
    """What makes the chart unusable: the most telling error, whichever request met it first. None if nothing does.

    A switched session is the cause of ends that other searches saw; an end counts before an EHR that was slow; and
    where all searches were refused or failed, the refusal is why, also if reading the Patient was only too slow.
    """
    met = [outcome for outcome in outcomes if isinstance(outcome, LoadpathError)]
    ends = [error for error in (user, *met) if isinstance(error, LoadpathError) and not isinstance(error, EhrError)]
    if ends:
        return next((error for error in ends if isinstance(error, LaunchForged)), ends[0])
    patients = (outcome for search, outcome in zip(searches, outcomes, strict=True) if search[1] == "Patient")
    lost = next((outcome for outcome in patients if isinstance(outcome, LoadpathError)), None)
    if isinstance(lost, EhrUnavailable) and len(met) == len(outcomes):
        return next((error for error in met if isinstance(error, EhrForbidden)), lost)
    return lost


def _batched(kind: str, entry: Any) -> Batched:
    response = entry.get("response") if isinstance(entry, Mapping) else None
    if not isinstance(response, Mapping) or not str(response.get("status", ""))[:3].isdecimal():
        return None
    status = int(str(response["status"])[:3])
    resource = entry.get("resource")
    if 200 <= status < 300:
        wanted = "Patient" if kind == "Patient" else "Bundle"
        fits = isinstance(resource, dict) and resource.get("resourceType") == wanted
        return resource if fits else None
    if status < 500 and status not in (401, 408, 429):
        outcome = response.get("outcome") or resource
        return error_of(HttpResponse(status, {}, json.dumps(outcome).encode(), ""))
    return None  # for the moment only, or about the session: asked once more by itself
