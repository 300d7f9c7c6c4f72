"""The core -> how many of its mutants a test notices, by module; what ``make mutation`` runs.

``--sample 1200 --seed 1`` judges a uniform random sample, names (or patterns) judge those, ``@FILE`` those of a file,
nothing judges all. Every verdict is a line of mutants/verdicts.jsonl; ``mutmut show NAME`` prints the change.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from mutmut.__main__ import copy_also_copy_files, copy_src_dir, create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.utils.file_utils import walk_mutatable_files

from tests.mutation.figures import NOTICED, chosen, report

MUTANTS = Path("mutants")
COPIED = ("tests", "smartapp/knowledge", "launch", "docs")
VERDICTS = MUTANTS / "verdicts.jsonl"
CALLS = MUTANTS / "calls.pickle"


def main() -> int:
    asked = _arguments()
    if not asked.resume:
        for of_before in (VERDICTS, CALLS):
            of_before.unlink(missing_ok=True)
    noticed = [verdict for verdict in _verdicts() if verdict["outcome"] in NOTICED]
    names = chosen(_generated(), asked.names, asked.sample, asked.seed)
    VERDICTS.write_text("".join(f"{json.dumps(verdict)}\n" for verdict in noticed), encoding="utf-8")
    listed = MUTANTS / "names.txt"
    judged = {verdict["mutant"] for verdict in noticed}
    listed.write_text("\n".join(name for name in names if name not in judged), encoding="utf-8")
    failed = _judged(listed, asked.children, asked.patience)
    print(report(verdict for verdict in _verdicts() if verdict["mutant"] in set(names)))
    return failed


def _verdicts() -> list[dict[str, str]]:
    lines = VERDICTS.read_text(encoding="utf-8").splitlines() if VERDICTS.exists() else []
    return [json.loads(line) for line in lines]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutation", fromfile_prefix_chars="@")
    parser.add_argument("names", nargs="*", help="mutants or patterns of mutants; default: all")
    parser.add_argument("--sample", type=int, help="so many of them, at random")
    parser.add_argument("--seed", type=int, default=1, help="the same seed, the same sample")
    parser.add_argument("--resume", action="store_true", help="keep who was noticed, judge the others")
    parser.add_argument("--children", type=int, default=1, help="mutants judged at once")
    parser.add_argument("--patience", type=int, default=60, help="seconds of processor time for the tests of one")
    return parser.parse_args()


def _generated() -> list[str]:
    """All mutants, written below mutants/ by mutmut (pyproject.toml says of what), sorted by name."""
    MUTANTS.mkdir(exist_ok=True)
    for copied in COPIED:  # mutmut copies what is new, and leaves what is gone or has changed
        shutil.rmtree(MUTANTS / copied, ignore_errors=True)
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(1)
    names: list[str] = []
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        names += data.exit_code_by_key
    return sorted(names)


def _judged(listed: Path, children: int, patience: int) -> int:
    given = {
        "PYTHONPATH": ".",
        "MUTATION_NAMES": str(listed.resolve()),
        "MUTATION_RESULTS": str(VERDICTS.resolve()),
        "MUTATION_KEPT": str(CALLS.resolve()),
        "MUTATION_CHILDREN": str(children),
        "MUTATION_PATIENCE": str(patience),
    }
    shared = os.environ.get("LOADPATH_SHARED") or str(Path("../shared").resolve())
    command = [sys.executable, "-m", "pytest", "-q", "-s", "-p", "tests.mutation.forked", "--rootdir=."]
    command += [*config().pytest_add_cli_args, *config().pytest_add_cli_args_test_selection]
    environment = os.environ | given | {"LOADPATH_SHARED": shared}
    return subprocess.run(command, cwd=MUTANTS, env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
