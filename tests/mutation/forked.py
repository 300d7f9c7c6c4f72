"""pytest plugin: a collected session -> one verdict per mutant, in a fork that runs the tests of the mutant's function.

mutmut's own runner starts pytest for every mutant, which takes longer than most mutants live. Here the tests are
collected once; each mutant is a fork of that process. The test that last killed a mutant of the same function comes
first, the quick ones next. Caches that the tests and the knowledge keep are emptied in the fork, and what was made
while collecting (the parsed knowledge) is made again under the mutant, so that neither can hide it.
"""

import contextlib
import gc
import json
import os
import pickle
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
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
SECONDS = 60  # of processor time, then a mutant counts as killed: it hangs
KILLED, SURVIVED, HANGS, BROKEN = "killed", "survived", "hangs", "could not be judged"
TABLES = ("test_sentences", "test_explained")  # what all cases say: first, while nothing is known
# The tests of a mutant in what parses the knowledge, which has run when the tests are collected.
OF_KNOWLEDGE = (("test_mistakes", "test_codes", "test_library", "test_knowledge"), TABLES)


class Verdict(NamedTuple):
    mutant: str
    outcome: str
    by: str  # the test that failed, if one did
    seconds: float


class Judge:
    """Judges the mutants named in ``names``, one line of JSON each in ``results``."""

    def __init__(self, names: list[str], results: Path, children: int) -> None:
        self.names, self.results, self.children = names, results, children
        self.kills: defaultdict[str, Counter[int]] = defaultdict(Counter)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        for item in items:
            inner = getattr(item, "obj", None)
            if getattr(inner, "is_hypothesis_test", False):
                inner._hypothesis_internal_use_settings = _quick(inner._hypothesis_internal_use_settings)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.items = session.items
        self.again, self.by_function, self.seconds = _in_fork(self._observe)
        without_switches()
        print(f"{len(self.items)} tests, {sum(self.seconds):.0f} s, {len(self.by_function)} functions", flush=True)
        gc.collect()
        gc.freeze()
        with self.results.open("a", encoding="utf-8") as out:
            for verdict in self._verdicts():
                out.write(json.dumps(verdict._asdict()) + "\n")
                out.flush()
        return True

    def _observe(self) -> tuple[set[str], dict[str, set[int]], list[float]]:
        """The functions that parse the knowledge; for all, the tests that call them when nothing is cached; seconds."""
        state()._stats.clear()
        set_mutant_under_test("stats")
        made_again()
        parsing, called, seconds = set(state()._stats), defaultdict[str, set[int]](set), []
        for index, item in enumerate(self.items):
            forget()
            state()._stats.clear()
            start = time.perf_counter()
            if self._fails(index, index + 1 if index + 1 < len(self.items) else None):
                raise RuntimeError(f"{item.nodeid} fails without a mutant")
            seconds.append(time.perf_counter() - start)
            for each in state()._stats:
                called[each].add(index)
        return parsing, dict(called), seconds

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
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        forget()
        switched_to(name)
        if function(name) in self.again:
            return _collected_again([item.path for item in self.items])
        tests = self._ordered(function(name), name.rpartition(".")[0])
        for index, following in zip(tests, [*tests[1:], None], strict=False):  # perhaps no test calls it
            if self._fails(index, following):
                return str(index)
        return ""

    def _ordered(self, home: str, module: str) -> list[int]:
        here, near = self.kills[home], self.kills[module]
        tables = {index for index, item in enumerate(self.items) if item.path.stem in TABLES}

        def promise(index: int) -> tuple[int, int, bool, float]:
            return -here[index], -near[index], index not in tables, self.seconds[index]

        return sorted(self.by_function.get(home, ()), key=promise)


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
    results, children = Path(os.environ["MUTATION_RESULTS"]), int(os.environ["MUTATION_CHILDREN"])
    config.pluginmanager.register(Judge(names, results, children))


def pytest_collection_finish() -> None:
    set_mutant_under_test("")
