"""``make bench``: prints what was measured and writes it to artifacts/bench.json. See README.md beside this file."""

import json
import os
import platform
import sys
from pathlib import Path

from tests.bench import derivation, hooks, roundtrips, startup

ROOT = Path(__file__).resolve().parents[2]
RESULTS = ROOT / "artifacts" / "bench.json"


def main() -> int:
    rounds = int(os.environ.get("BENCH_ROUNDS", "7"))
    print(f"Measuring: {rounds} rounds, {os.cpu_count()} cores, Python {platform.python_version()}", flush=True)
    results = {
        "startup": startup.measure(rounds),
        "derivation": derivation.measure(rounds),
        "hooks": hooks.measure(rounds),
        "round_trips": roundtrips.measure(rounds),
    }
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(startup.table(results["startup"]))
    print(derivation.table(results["derivation"]))
    print(hooks.table(results["hooks"]))
    print(roundtrips.table(results["round_trips"]))
    print(f"\nAll numbers: {RESULTS.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
