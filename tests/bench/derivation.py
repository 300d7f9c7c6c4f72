"""Decode and derive: time from a record's bytes to an assessment, beside merely parsing the same bytes with orjson.

And derivations per second beside one single rule ("a T-score of the hip below -1.0") evaluated on the same record by
fhirpathpy and, where node and npm are there, by cql-execution: a whole assessment of ours against one line of theirs.
"""

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import fhirpathpy
import orjson

from launch.sandbox.fhir_dates import resolve_offsets
from smartapp.core.derive import derive
from smartapp.ehr.read import read_chart
from smartapp.knowledge import load
from tests.bench.ehr import patient_bundle

SIZES = (10, 200)
CQL = Path(__file__).with_name("cql")
PATIENT = "bench-0"
NOT_READ = {"Encounter", "Immunization"}  # the story's resources Loadpath does not ask for
ONE_RULE = (
    "Bundle.entry.resource.where(resourceType = 'Observation' and code.coding.where(code = '38264-8').exists())"
    ".valueQuantity.where(value < -1.0).exists()"
)


def measure(rounds: int) -> dict[str, Any]:
    knowledge = load()
    rule = fhirpathpy.compile(ONE_RULE)
    found: dict[str, Any] = {}
    for size in SIZES:
        today = datetime.now(UTC).date()
        bundle = record(size)
        raw = json.dumps(bundle).encode()
        resources = [entry["resource"] for entry in bundle["entry"]]
        chart = read_chart(resources, knowledge, PATIENT)
        if not derive(chart, today, knowledge).disposition.prescribes or rule(bundle) != [True]:
            raise RuntimeError("the record is not the one this benchmark is about")

        def whole(raw: bytes = raw, today: Any = today) -> Any:
            read = [entry["resource"] for entry in json.loads(raw)["entry"]]
            return derive(read_chart(read, knowledge, PATIENT), today, knowledge)

        seconds = {
            "orjson.loads": clock(lambda raw=raw: orjson.loads(raw), rounds),
            "json.loads": clock(lambda raw=raw: json.loads(raw), rounds),
            "read_chart": clock(lambda resources=resources: read_chart(resources, knowledge, PATIENT), rounds),
            "derive": clock(lambda chart=chart, today=today: derive(chart, today, knowledge), rounds),
            "bytes to assessment": clock(whole, rounds),
            "one rule in fhirpathpy": clock(lambda bundle=bundle: rule(bundle), rounds),
        }
        found[str(size)] = {
            "bytes": len(raw),
            "seconds": seconds,
            "over_orjson": seconds["bytes to assessment"] / seconds["orjson.loads"],
            "derivations_per_second": 1 / seconds["derive"],
            "fhirpathpy_rules_per_second": 1 / seconds["one rule in fhirpathpy"],
        }
    for size, each in in_cql(rounds).items():
        found[size]["seconds"]["one rule in cql-execution"] = each
        found[size]["cql_rules_per_second"] = 1 / each
    return found


def in_cql(rounds: int) -> dict[str, float]:
    """Seconds of the same rule in cql-execution by size; empty where node or its packages cannot be had."""
    if not (shutil.which("node") and shutil.which("npm")):
        return {}
    if not (CQL / "node_modules").is_dir():
        fetched = subprocess.run(
            ["npm", "install", "--no-package-lock", "--silent", "--no-audit", "--no-fund"], cwd=CQL, check=False
        )
        if fetched.returncode:
            return {}
    with tempfile.TemporaryDirectory() as folder:
        files = {str(size): Path(folder) / f"{size}.json" for size in SIZES}
        for size in SIZES:
            files[str(size)].write_text(json.dumps(record(size)), encoding="utf-8")
        command = ["node", str(CQL / "rule.js"), str(rounds), *map(str, files.values())]
        measured = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return {size: measured[str(path)] for size, path in files.items()}


def record(size: int) -> dict[str, Any]:
    """The benchmark's patient with ``size`` resources: the story, then its results again, each older than the last."""
    now = datetime.now(UTC)
    story = resolve_offsets(patient_bundle(PATIENT), now.date())
    kept = [entry["resource"] for entry in story["entry"] if entry["resource"]["resourceType"] not in NOT_READ][:size]
    results = [resource for resource in kept if resource["resourceType"] == "Observation"]
    for number in range(size - len(kept)):
        older = {**results[number % len(results)], "id": f"older-{number}"}
        older["effectiveDateTime"] = (now - timedelta(days=800 + 7 * number)).date().isoformat()
        kept.append(older)
    return {**story, "entry": [{"resource": resource} for resource in kept]}


def clock(call: Callable[[], Any], rounds: int) -> float:
    """Seconds of one call: the median of ``rounds`` batches, each about 20 ms long."""
    began = time.perf_counter()
    call()
    times = max(1, int(0.02 / (time.perf_counter() - began)))
    return median(_batch(call, times) for _ in range(rounds))


def _batch(call: Callable[[], Any], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - began) / times


def table(found: dict[str, Any]) -> str:
    lines = []
    for size, row in found.items():
        lines.append(f"\nA record of {size} resources, {row['bytes']} bytes")
        lines += [f"  {name:<24}{seconds * 1e6:10.0f} µs" for name, seconds in row["seconds"].items()]
        lines.append(f"  bytes to assessment is {row['over_orjson']:.1f} times orjson.loads of the same bytes")
        cql = f"{row['cql_rules_per_second']:.0f}" if "cql_rules_per_second" in row else "not measured"
        lines.append(f"  {row['derivations_per_second']:.0f} whole derivations per second; evaluations of one rule:")
        lines.append(f"  fhirpathpy {row['fhirpathpy_rules_per_second']:.0f}, cql-execution {cql}")
    return "\n".join(lines)
