"""Decode and derive: time from a record's bytes to an assessment, beside merely parsing the same bytes with orjson.

Of the benchmark's own records (record.py) and, where they are at hand, of whole records a third party generated. And
derivations per second beside one single rule "a T-score of the hip below -1.0" evaluated on the same record by
fhirpathpy and, where node and npm are there, by cql-execution: a whole assessment of ours against one line of theirs.
"""

import gc
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import fhirpathpy
import orjson

from smartapp.core.derive import derive
from smartapp.core.knowledge import Knowledge
from smartapp.fhir.read import read_chart
from smartapp.fhir.read.partial import decode_for_chart
from smartapp.knowledge import load
from tests.bench.record import PATIENT, record

SIZES = (10, 200)
CQL = Path(__file__).with_name("cql")
SHARED = Path(os.environ.get("LOADPATH_SHARED") or Path(__file__).parents[3] / "shared")
THIRD_PARTY = "data/synthea_r4/*.json"
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
        chart = read_chart([bundle], knowledge, PATIENT)
        if not derive(chart, today, knowledge).disposition.prescribes or rule(bundle) != [True]:
            raise RuntimeError("the record is not the one this benchmark is about")
        row = to_assessment(bundle, knowledge, today, rounds)
        row["seconds"] |= clocked({"one rule in fhirpathpy": lambda bundle=bundle: rule(bundle)}, rounds)
        row["derivations_per_second"] = 1 / row["seconds"]["derive"]
        row["fhirpathpy_rules_per_second"] = 1 / row["seconds"]["one rule in fhirpathpy"]
        found[str(size)] = row
    for size, each in in_cql(rounds).items():
        found[size]["seconds"]["one rule in cql-execution"] = each
        found[size]["cql_rules_per_second"] = 1 / each
    for path in sorted(SHARED.glob(THIRD_PARTY)):
        bundle = json.loads(path.read_text(encoding="utf-8"))
        found[path.stem.rpartition("_")[0]] = to_assessment(bundle, knowledge, datetime.now(UTC).date(), rounds)
    return found


def to_assessment(bundle: dict[str, Any], knowledge: Knowledge, today: date, rounds: int) -> dict[str, Any]:
    """Seconds of each step, and of all of them from the bytes on: one text, no white space but json's own."""
    text = json.dumps(bundle)
    raw = text.encode()
    values = [decode_for_chart(text, knowledge, json.loads)]
    chart = read_chart(values, knowledge)

    def whole() -> Any:
        value = decode_for_chart(raw.decode(), knowledge, json.loads)
        return derive(read_chart([value], knowledge), today, knowledge)

    if whole() != derive(read_chart([bundle], knowledge), today, knowledge):
        raise RuntimeError("what is left out in decoding shows")
    steps = {
        "orjson.loads": lambda: orjson.loads(raw),
        "json.loads": lambda: json.loads(raw),
        "decode": lambda: decode_for_chart(text, knowledge, json.loads),
        "read_chart": lambda: read_chart(values, knowledge),
        "derive": lambda: derive(chart, today, knowledge),
        "bytes to assessment": whole,
    }
    seconds = clocked(steps, rounds)
    return {
        "resources": len(bundle["entry"]),
        "bytes": len(raw),
        "seconds": seconds,
        "over_orjson": seconds["bytes to assessment"] / seconds["orjson.loads"],
        "decode_over_orjson": seconds["decode"] / seconds["orjson.loads"],
    }


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


def clocked(steps: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """Seconds of one call of each: the least of ``rounds`` times 20 batches of about 2 ms, the steps taking turns.

    The least of short batches, because whatever else the machine does only adds; without garbage collection, as
    ``timeit`` does.
    """
    gc.collect()
    gc.disable()
    try:
        times = {name: max(1, int(0.002 / _batch(call, 1))) for name, call in steps.items()}
        batches = [{n: _batch(call, times[n]) for n, call in steps.items()} for _ in range(20 * rounds)]
    finally:
        gc.enable()
    return {name: min(batch[name] for batch in batches) for name in steps}


def _batch(call: Callable[[], Any], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        call()
    return (time.perf_counter() - began) / times


def table(found: dict[str, Any]) -> str:
    lines = []
    for name, row in found.items():
        lines.append(f"\n{_named(name)}: {row['resources']} resources, {row['bytes']} bytes")
        lines += [f"  {name:<24}{seconds * 1e6:10.0f} µs" for name, seconds in row["seconds"].items()]
        lines.append(f"  bytes to assessment is {row['over_orjson']:.1f} times orjson.loads of the same bytes")
        lines.append(f"  decoding alone is {row['decode_over_orjson']:.2f} times")
        if "derivations_per_second" not in row:
            continue
        cql = f"{row['cql_rules_per_second']:.0f}" if "cql_rules_per_second" in row else "not measured"
        lines.append(f"  {row['derivations_per_second']:.0f} whole derivations per second; evaluations of one rule:")
        lines.append(f"  fhirpathpy {row['fhirpathpy_rules_per_second']:.0f}, cql-execution {cql}")
    return "\n".join(lines)


def _named(name: str) -> str:
    return "The benchmark's record" if name.isdigit() else f"Third-party record {name}"
