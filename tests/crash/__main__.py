"""The random runs of the crash tests, as many as wanted: ``python -m tests.crash --first 100000 --runs 5000``.

Each seed is one run: a random EHR, faults and deaths, both orders of finding the dead. Stops at the first receipt that
is not true, naming its seed; otherwise says how many runs there were, and what they met.
"""

import argparse
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.test_crash import MEMORY, random_run


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.crash")
    parser.add_argument("--first", type=int, default=100_000, help="first seed")
    parser.add_argument("--runs", type=int, default=5_000)
    asked = parser.parse_args()
    met: Counter[str] = Counter()
    began = time.monotonic()
    for seed in range(asked.first, asked.first + asked.runs):
        with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None, prefix="loadpath-crash-") as folder:
            try:
                met.update(random_run(Path(folder), seed))
            except AssertionError as error:
                print(f"seed {seed}: {error}")
                return 1
        if (seed - asked.first) % 500 == 499:
            print(f"{seed - asked.first + 1} runs, {time.monotonic() - began:.0f} s", flush=True)
    seeds = f"seeds {asked.first} to {asked.first + asked.runs - 1}"
    print(f"{asked.runs} runs, {seeds}: no loss, no duplicate, every receipt true")
    for what, count in sorted(met.items()):
        print(f"  {what}: {count}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
