"""40,000 made-up patients screened: ``python -m tests.bench.screening [PATIENTS]``, beside Spark and fhir4ds.

Two sizes are measured, a quarter and the whole; what ten and a hundred times as many would take follows from the line
through both. Peers answer one simple question of the same files: who has a Condition coded S32.0? Theirs is no
derivation; ours is measured as search (every record looked at) and as the whole command. Memory is the sum over
the processes of a command, what they share counted once (PSS). Writes artifacts/screening.json.
"""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
import psutil

from smartapp.knowledge import load
from smartapp.screen.candidates import candidate_macros
from tests.bench.population import KNOWN, write_population

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "artifacts" / "screening.json"
FHIR4DS = "0.5.1"
PEER = ROOT / "artifacts" / f"fhir4ds-{FHIR4DS}"
TIMES = (10, 100)


def measured(command: list[str]) -> dict[str, Any]:
    """Seconds of the clock and of the processors, most megabytes, and the last line said."""
    began = time.monotonic()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    peak, spent = 0, dict[int, float]()
    while process.poll() is None:
        peak = max(peak, _looked_at(process.pid, spent))
        time.sleep(0.2)
    seconds = time.monotonic() - began
    said = (process.stdout.read() if process.stdout else "").strip().splitlines()
    return {
        "seconds": round(seconds, 1),
        "cpu": round(sum(spent.values()), 1),
        "mb": peak >> 20,
        "said": said[-1] if said else "",
        "failed": process.returncode != 0,
    }


def _looked_at(pid: int, spent: dict[int, float]) -> int:
    """Bytes of the process and all it started, and in ``spent`` the processor's seconds of each."""
    total = 0
    try:
        for process in (parent := psutil.Process(pid), *parent.children(recursive=True)):
            total += process.memory_full_info().pss
            times = process.cpu_times()
            spent[process.pid] = times.user + times.system
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        pass
    return total


def search(folder: str) -> None:
    """Prints seconds and candidates, on all cores: of the types that can make one, and of every line of the export."""
    with duckdb.connect(config={"threads": os.cpu_count() or 1, "memory_limit": "400MB"}) as made:
        for macro in candidate_macros(load()):
            made.execute(macro)
        said = []
        for files in (("Condition", "DiagnosticReport"), ("*",)):
            listed = [f"{folder}/{name}.ndjson" for name in files]
            began, used = time.monotonic(), time.process_time()
            (found,) = made.execute(
                f"""SELECT count(DISTINCT json_extract_string(json, '$.subject.reference'))
                FROM read_ndjson_objects({listed}, ignore_errors = true)
                WHERE is_candidate(json::VARCHAR)"""
            ).fetchone() or (0,)
            spent = time.process_time() - used
            took = time.monotonic() - began
            said.append(f"{' and '.join(files)}: {took:.2f} s, {spent:.2f} of processors, {found} candidates")
        print("; ".join(said))


def spark_question(folder: str) -> None:
    """Prints seconds and patients, the session's start left out."""
    from pyspark.sql import SparkSession
    from pyspark.sql import functions as f

    cores = os.cpu_count() or 1
    session = SparkSession.builder.master(f"local[{cores}]").getOrCreate()
    began = time.monotonic()
    conditions = session.read.json(f"{folder}/Condition.ndjson")
    coded = conditions.where(f.exists("code.coding", lambda coding: coding["code"].startswith("S32.0")))
    found = coded.select("subject.reference").distinct().count()
    print(f"{time.monotonic() - began:.2f} s, {found} patients")


def measure(patients: int) -> dict[str, Any]:
    with TemporaryDirectory(prefix="loadpath-bench-") as folder:
        export, out = Path(folder) / "export", Path(folder) / "screened.csv"
        planted = Counter(KNOWN[name][0] for name in write_population(export, patients).values())
        size = sum(file.stat().st_size for file in export.iterdir())
        me = [sys.executable, "-m", "tests.bench.screening"]
        command = [str(Path(sys.executable).parent / "smartapp"), "screen", str(export), "--as-of", "2026-03-01"]
        found = {
            "search": measured([*me, "search", str(export)]),
            "whole": measured([*command, "--out", str(out)]),
        }
        told = Counter(duckdb.sql(f"SELECT disposition FROM '{out}' WHERE disposition <> 'not-applicable'").fetchall())
        known = {what: number for what, number in planted.items() if what != "not-applicable"}
        if {what: number for (what,), number in told.items()} != known:
            raise SystemExit(f"planted {known}, found {told}")
        found["spark, one code"] = measured([*me, "spark", str(export)])
        found["whole, on Spark"] = measured([*command, "--out", str(out), "--engine", "spark"])
        if python := fhir4ds():
            found["fhir4ds, one code"] = measured([python, str(ROOT / "tests/bench/fhir4ds_side.py"), str(export)])
    return {"patients": patients, "bytes": size, "runs": found}


def fhir4ds() -> str | None:
    """The Python of an environment that has it, made on first use; None where it cannot be had."""
    python = PEER / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEER)], capture_output=True, check=False)
        install = [str(python), "-m", "pip", "install", "--quiet", f"fhir4ds=={FHIR4DS}"]
        subprocess.run(install, capture_output=True, check=False)
    works = subprocess.run([str(python), "-c", "import fhir4ds"], capture_output=True, check=False)
    return None if works.returncode else str(python)


def extrapolated(small: dict[str, Any], large: dict[str, Any], name: str, times: int) -> float:
    """Seconds for so many times the larger, with the cores for itself: the line through both."""
    one, other = (each["runs"][name]["cpu"] / (os.cpu_count() or 1) for each in (small, large))
    slope = (other - one) / (large["patients"] - small["patients"])
    return float(other + slope * large["patients"] * (times - 1))


def main(arguments: list[str]) -> int:
    if arguments[:1] in (["search"], ["spark"]):
        (search if arguments[0] == "search" else spark_question)(arguments[1])
        return 0
    patients = int(arguments[0]) if arguments else 40_000
    small, large = measure(patients // 4), measure(patients)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([small, large], indent=2) + "\n", encoding="utf-8")
    for each in (small, large):
        print(f"{each['patients']:,} patients, {each['bytes'] / 1e6:,.0f} MB; load {os.getloadavg()[0]:.1f}")
        for name, run in each["runs"].items():
            failed = " FAILED" if run["failed"] else ""
            print(f"  {name:<20} {run['seconds']:>7} s, {run['cpu']:>6} of processors, {run['mb']:>5} MB{failed}")
            print(f"  {'':<20} {run['said']}")
    for times in TIMES:
        print(f"{times} times: {extrapolated(small, large, 'whole', times) / 60:,.0f} minutes by the line through both")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
