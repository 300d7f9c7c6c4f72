"""Round trips and wall time of a launch, Loadpath beside fhirclient, in one interleaved run against one slowed EHR."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from smartapp.fhir.read.searches import searches
from smartapp.knowledge import load
from tests.bench.draft import draft_bundle
from tests.bench.ehr import PATIENT
from tests.bench.fhirclient_side import FhirclientSide
from tests.bench.installation import free_port, process, settings
from tests.bench.loadpath_side import LoadpathSide
from tests.bench.measure import Request, Run, summary, up_to_the_last_write

DELAYS_MS = (0, 50, 200)
WARM_UP_ROUNDS = 1
ORDER = ("loadpath", "fhirclient", "fhirclient", "loadpath")  # A B B A: neither side always comes second


class Ehr:
    """The benchmark's hold on the sandbox."""

    def __init__(self, url: str) -> None:
        self.url, self.session, self.used = url, requests.Session(), 0

    def order(self, what: str, value: Any = "") -> Any:
        answer = self.session.post(f"{self.url}/bench/{what}/{value}".rstrip("/"), timeout=60)
        answer.raise_for_status()
        return answer.json()

    def fresh_patient(self) -> str:
        self.used += 1
        return PATIENT.format(self.used - 1)

    def requests(self, before: float) -> tuple[Request, ...]:
        """What the EHR saw since the last look, begun before a time of the machine's clock."""
        rows = [Request(**row) for row in self.order("log")]
        return tuple(row for row in rows if row.began < before and row.path.startswith(("/fhir", "/auth")))


def measure(rounds: int) -> dict[str, Any]:
    patients = (rounds + WARM_UP_ROUNDS) * len(DELAYS_MS) * len(ORDER)
    with _both_sides(patients) as (ehr, sides):
        for delay in DELAYS_MS * WARM_UP_ROUNDS:
            for name in ("loadpath", "fhirclient"):
                _launch(ehr, sides[name], delay)
        runs = []
        for number in range(rounds):
            for delay in DELAYS_MS:
                runs += [_launch(ehr, sides[name], delay) for name in ORDER[2 * (number % 2) :][:2]]
            print(f"  round {number + 1} of {rounds}", flush=True)
    return {"delays_ms": DELAYS_MS, **summary(runs)}


@contextmanager
def _both_sides(patients: int) -> Iterator[tuple[Ehr, dict[str, LoadpathSide | FhirclientSide]]]:
    ehr_port, app_port = free_port(), free_port()
    ehr_url, app_url, redirect = f"http://localhost:{ehr_port}", f"http://127.0.0.1:{app_port}", "http://127.0.0.1:9"
    sandbox = ("tests.bench.ehr", "--port", str(ehr_port), "--app-url", app_url)
    sandbox += ("--fhirclient-url", redirect, "--patients", str(patients))
    serve = ("smartapp.cli", "serve", "--host", "127.0.0.1", "--port", str(app_port))
    with (
        tempfile.TemporaryDirectory() as folder,
        process(*sandbox, ready=f"{ehr_url}/fhir/metadata"),
        process(*serve, ready=f"{app_url}/readyz", environment=settings(Path(folder), app_url, f"{ehr_url}/fhir")),
    ):
        all_at_once = searches(load().codes)
        one_by_one = [(search.resource, search.params) for search in all_at_once if search.resource != "Patient"]
        yield (
            Ehr(ehr_url),
            {
                "loadpath": LoadpathSide(app_url, f"{ehr_url}/fhir"),
                "fhirclient": FhirclientSide(f"{ehr_url}/fhir", f"{redirect}/callback", one_by_one),
            },
        )


def _launch(ehr: Ehr, side: LoadpathSide | FhirclientSide, delay_ms: int) -> Run:
    ehr.order("delay", 0)
    patient = ehr.fresh_patient()
    side.authorize(ehr.order("launch", patient))
    side.bring(draft_bundle(patient) if side.name == "fhirclient" else None)
    ehr.order("delay", delay_ms)
    # What one launch does after its receipt must not fall into the next one's time.
    ehr.order("quiet")
    ehr.order("log")
    to_plan = side.callback_to_plan()
    reading = ehr.requests(before=time.monotonic())
    to_receipt = side.sign_to_receipt()
    writing = up_to_the_last_write(ehr.requests(before=time.monotonic()))
    written = ehr.order("written", patient)
    if not all(written.values()):
        raise RuntimeError(f"{side.name} says it wrote the plan of {patient}, but the chart holds {written}")
    return Run(side.name, delay_ms, to_plan, to_receipt, reading, writing)


def table(found: dict[str, Any]) -> str:
    delays = found["delays_ms"]
    head = [
        "",
        *(f"plan, {d} ms" for d in delays),
        *(f"receipt, {d} ms" for d in delays),
        "trips to plan",
        "write",
        "both",
    ]
    lines = [head]
    for side in ("loadpath", "fhirclient"):
        row = found[side]
        lines.append(
            [
                side,
                *(f"{row['to_plan_seconds'][d]:.3f} s" for d in delays),
                *(f"{row['to_receipt_seconds'][d]:.3f} s" for d in delays),
                f"{row['to_plan_round_trips']:.2f}",
                f"{row['to_receipt_round_trips']:.2f}",
                f"{row['plan_and_receipt_round_trips']:.2f}",
            ]
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    drawn = "\n".join("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in lines)
    chains = "\n".join(_chains(side, found[side]) for side in ("loadpath", "fhirclient"))
    return f"\nFrom callback to plan, from signature to receipt (medians; EHR slowed per request)\n{drawn}\n{chains}"


def _chains(side: str, row: dict[str, Any]) -> str:
    return (
        f"{side}, by the EHR's log: {row['reading_requests']:g} requests to the plan, the longest chain "
        f"{row['reading_chain']:g}; {row['writing_requests']:g} to the receipt, longest chain {row['writing_chain']:g}"
    )
