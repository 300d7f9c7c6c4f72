"""pytest plugin: a collected session -> one verdict per mutant, in a fork that runs the tests of the mutant's function.

mutmut's own runner starts pytest for every mutant, which takes longer than most mutants live. Here the tests are
collected once; each mutant is a fork of that process. The test that last killed a mutant of the same function comes
first, the quick ones next. Caches that the tests and the knowledge keep are emptied in the fork, and what was made
while collecting (the parsed knowledge) is made again under the mutant, so that neither can hide it.

Which functions a test calls is seen once and kept beside the verdicts: a run that goes on looks only at tests whose
file has changed. What a test calls only since the core changed is then not known, so a figure is rather too low.
"""

import contextlib
import gc
import hashlib
import json
import os
import pickle
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import hypothesis
import pytest
from _pytest.runner import runtestprotocol
from mutmut.configuration import config
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

from tests.mutation.switches import forget, function, made_again, switched_to, without_switches

EXAMPLES = 5  # of each property; the same ones for every mutant
HANGS_AFTER = 60  # seconds of processor time in one test, then a mutant counts as killed
KILLED, SURVIVED, HANGS, BROKEN = "killed", "survived", "hangs", "could not be judged"
TABLES = ("test_sentences", "test_explained")  # what all cases say: early, while nothing is known
QUICK = 10  # seconds of a table that comes first of all
# The tests of a mutant in what parses the knowledge, which has run when the tests are collected.
OF_KNOWLEDGE = (("test_mistakes", "test_codes", "test_library", "test_knowledge"), TABLES)


class Verdict(NamedTuple):
    mutant: str
    outcome: str
    by: str  # the test that failed, if one did
    seconds: float


class Calls(NamedTuple):
    """What one test calls when nothing is cached."""

    seconds: float
    functions: frozenset[str]


class Judge:
    """Judges the mutants named in ``names``, one line of JSON each in ``results``; ``kept`` has what tests call.

    ``patience``: seconds of processor time, then the tests that are left are not asked, and the mutant has survived.
    """

    def __init__(self, names: list[str], results: Path, kept: Path, children: int, patience: int) -> None:
        self.names, self.results, self.kept = names, results, kept
        self.children, self.patience = children, patience
        self.kills: defaultdict[str, Counter[int]] = defaultdict(Counter)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            inner = getattr(item, "obj", None)
            if getattr(inner, "is_hypothesis_test", False):
                inner._hypothesis_internal_use_settings = _quick(inner._hypothesis_internal_use_settings)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        known = pickle.loads(self.kept.read_bytes()) if self.kept.exists() else {}
        self.again, calls = _in_fork(lambda: self._observe(known))
        self.kept.write_bytes(pickle.dumps(calls))
        seen = {index: calls[key] for index, item in enumerate(self.items) if (key := _key(item)) in calls}
        self.seconds = {index: call.seconds for index, call in seen.items()}
        self.by_function = defaultdict[str, set[int]](set)
        for index, call in seen.items():
            for each in call.functions:
                self.by_function[each].add(index)
        without_switches()
        print(f"{len(seen)} tests, {sum(self.seconds.values()):.0f} s, {len(self.by_function)} functions", flush=True)
        gc.collect()
        gc.freeze()
        with self.results.open("a", encoding="utf-8") as out:
            for verdict in self._verdicts():
                out.write(json.dumps(verdict._asdict()) + "\n")
                out.flush()
        return True

    def _observe(self, known: dict[str, Calls]) -> tuple[set[str], dict[str, Calls]]:
        """The functions that parse the knowledge; what each test calls. One that fails as it is judges nothing."""
        state()._stats.clear()
        set_mutant_under_test("stats")
        made_again()
        parsing, calls = set(state()._stats), dict(known)
        unseen = [index for index, item in enumerate(self.items) if _key(item) not in known]
        for index, following in zip(unseen, [*unseen[1:], None], strict=False):
            forget()
            state()._stats.clear()
            start = time.process_time()
            if self._fails(index, following):
                print(f"left out, fails without a mutant: {self.items[index].nodeid}", file=sys.__stderr__, flush=True)
                continue
            calls[_key(self.items[index])] = Calls(
                time.process_time() - start, frozenset(map(sys.intern, state()._stats))
            )
        return parsing, calls

    def _fails(self, index: int, following: int | None) -> bool:
        """``following`` is the test that runs next: what it needs as well is kept."""
        nextitem = None if following is None else self.items[following]
        return any(report.failed for report in runtestprotocol(self.items[index], log=False, nextitem=nextitem))

    def _verdicts(self) -> Iterator[Verdict]:
        waiting, running = list(reversed(self.names)), {}
        while waiting or running:
            while waiting and len(running) < self.children:
                name = waiting.pop()
                running |= self._start(name)
            pid, status = os.wait()
            name, reading, start = running.pop(pid)
            with os.fdopen(reading, "rb") as pipe:
                killer = pipe.read().decode()
            if killer.isdigit():
                self.kills[function(name)][int(killer)] += 1
                self.kills[name.rpartition(".")[0]][int(killer)] += 1
                killer = self.items[int(killer)].nodeid
            exited = os.waitstatus_to_exitcode(status)
            outcome = HANGS if exited < 0 else {0: SURVIVED, 1: KILLED}.get(exited, BROKEN)
            yield Verdict(name, outcome, killer, round(time.perf_counter() - start, 2))

    def _start(self, name: str) -> dict[int, tuple[str, int, float]]:
        reading, writing = os.pipe()
        start = time.perf_counter()
        pid = os.fork()
        if pid:
            os.close(writing)
            return {pid: (name, reading, start)}
        os.close(reading)
        with contextlib.suppress(BaseException):
            killer = self._judge(name)
            os.write(writing, killer.encode())
            os._exit(1 if killer else 0)
        os._exit(3)

    def _judge(self, name: str) -> str:
        """The index of the test that fails under the mutant; empty if none does. Runs in the fork."""
        _silent()
        _limit(HANGS_AFTER)
        forget()
        switched_to(name)
        if function(name) in self.again:
            return _collected_again([item.path for item in self.items])
        tests = self._ordered(function(name), name.rpartition(".")[0])
        for index, following in zip(tests, [*tests[1:], None], strict=False):  # perhaps no test calls it
            if time.process_time() > self.patience:
                break
            _limit(HANGS_AFTER)
            if self._fails(index, following):
                return str(index)
        return ""

    def _ordered(self, home: str, module: str) -> list[int]:
        here, near, stem = self.kills[home], self.kills[module], f"test_{module.rpartition('.')[2]}"

        def promise(index: int) -> tuple[int, int, bool, bool, float]:
            name, seconds = self.items[index].path.stem, self.seconds[index]
            table = name in TABLES
            return -here[index], -near[index], name != stem, not table or seconds > QUICK, seconds / (1 + 99 * table)

        return sorted(self.by_function.get(home, ()), key=promise)


def _key(item: pytest.Item) -> str:
    return f"{item.nodeid} {_digest(item.path)}"


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _quick(full: hypothesis.settings) -> hypothesis.settings:
    phases = (hypothesis.Phase.explicit, hypothesis.Phase.generate)  # nothing is made smaller: failing is enough
    examples = min(EXAMPLES, full.max_examples)
    return hypothesis.settings(
        full, max_examples=examples, derandomize=True, database=None, deadline=None, phases=phases
    )


def _collected_again(paths: list[Path]) -> str:
    """The tests of the knowledge in a session of their own, collected under the mutant. Runs in the fork."""
    try:
        made_again()
    except Exception as error:
        return f"while collecting: {type(error).__name__}"
    for name in [name for name in sys.modules if name.startswith("tests.")]:
        del sys.modules[name]
    for stems in OF_KNOWLEDGE:
        files = sorted({str(path) for path in paths if path.stem in stems})
        if pytest.main(["-x", "-q", "--rootdir=.", *config().pytest_add_cli_args, *files]):
            return f"collected again: {' '.join(stems)}"
    return ""


def _limit(seconds: int) -> None:
    """``seconds`` of processor time from now on, then the process is ended."""
    resource.setrlimit(resource.RLIMIT_CPU, (int(time.process_time()) + seconds, resource.RLIM_INFINITY))


def _silent() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def _in_fork(work: Callable[[], object]):
    """What ``work`` returns, made in a fork, so that this process stays as it was."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        os.close(reading)
        try:
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(work(), pipe)
        except BaseException as error:
            os.write(sys.__stderr__.fileno(), f"{error!r}\n".encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        found = pickle.load(pipe)
    os.wait()
    return found


def pytest_configure(config: pytest.Config) -> None:
    names = Path(os.environ["MUTATION_NAMES"]).read_text(encoding="utf-8").split()
    results, kept = Path(os.environ["MUTATION_RESULTS"]), Path(os.environ["MUTATION_KEPT"])
    children, patience = int(os.environ["MUTATION_CHILDREN"]), int(os.environ["MUTATION_PATIENCE"])
    config.pluginmanager.register(Judge(names, results, kept, children, patience))


def pytest_collection_finish() -> None:
    set_mutant_under_test("")
