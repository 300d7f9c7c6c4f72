"""A run on several engines, stopped anywhere, within memory: the same rows, and nothing left behind."""

import hashlib
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from smartapp.cli import main
from smartapp.errors import InputError
from smartapp.screen import engines, screen, steps
from smartapp.screen.command import progress_on
from smartapp.screen.steps import Progress
from tests.bench.population import KNOWN, write_population
from tests.screen.charts import AS_OF, KNOWLEDGE, write_lines
from tests.screen.test_files import ANN, BOB, fracture

PEOPLE = 200


@pytest.fixture(scope="module")
def population(tmp_path_factory):
    folder = tmp_path_factory.mktemp("population")
    return folder, write_population(folder, PEOPLE)


@pytest.fixture
def small_parts(monkeypatch):
    """Several pieces and buckets of a few patients."""
    monkeypatch.setattr(steps, "_BUCKET", 1 << 20)
    monkeypatch.setattr("smartapp.screen.pieces._PIECE", 1 << 20)


def screened(folder: Path, out: Path, *options: str) -> str:
    command = ["screen", str(folder), "--as-of", "2026-03-01", "--out", str(out), "--processes", "2", *options]
    assert main(command) == 0
    return checksum(out)


def checksum(out: Path) -> str:
    return hashlib.sha256(out.read_bytes()).hexdigest()


def test_planted_patients_are_found_and_nobody_else(population):
    folder, planted = population
    rows = {row["patient"].partition("/")[2]: row for row in screen([folder], AS_OF, KNOWLEDGE, processes=1)}
    assert len(rows) == PEOPLE and planted
    for id_, row in rows.items():
        known = KNOWN[planted[id_]] if id_ in planted else ("not-applicable", None, None)
        assert (row["disposition"], row["calendarPhase"], row["effectivePhase"]) == known, id_


def test_the_engines_agree_to_the_last_byte(population, small_parts, tmp_path):
    here = screened(population[0], tmp_path / "local.csv")
    assert screened(population[0], tmp_path / "one.csv", "--processes", "1") == here
    assert screened(population[0], tmp_path / "dask.csv", "--engine", "dask") == here
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None) as made:
        address = made.scheduler_address
        assert screened(population[0], tmp_path / "there.csv", "--engine", "dask", "--scheduler", address) == here


@pytest.mark.slow
def test_spark_agrees_to_the_last_byte(population, small_parts, tmp_path):
    pytest.importorskip("pyspark", reason="pyspark absent: .ci/run installs it")
    here = screened(population[0], tmp_path / "local.csv")
    assert screened(population[0], tmp_path / "spark.csv", "--engine", "spark") == here


def test_parquet_says_the_same_with_lists_as_lists(population, tmp_path):
    screened(population[0], tmp_path / "o.csv")
    screened(population[0], tmp_path / "o.parquet")
    lists = "alerts, treatment, missing, stops, levels"
    read = duckdb.sql(f"SELECT patient, {lists} FROM '{tmp_path / 'o.parquet'}' ORDER BY patient").fetchall()
    joined = [(row[0], *(";".join(each) for each in row[1:])) for row in read]
    file = f"read_csv('{tmp_path / 'o.csv'}', all_varchar = true, nullstr = 'NULL')"
    assert joined == duckdb.sql(f"SELECT patient, {lists} FROM {file}").fetchall()


KILLED = """
import os, sys
from pathlib import Path
from smartapp.screen import steps
from smartapp import cli
steps._BUCKET = 1 << 20
import smartapp.screen.pieces as pieces
pieces._PIECE = 1 << 20
sys.exit(cli.main(sys.argv[1:]))
"""


def killed_at_random(folder: Path, out: Path, times: int, seed: int) -> int:
    """Starts the command and kills it, so often; the last one may end. How many were killed before they were done."""
    chance, killed = random.Random(seed), 0
    command = [sys.executable, "-c", KILLED, "screen", str(folder), "--as-of", "2026-03-01", "--out", str(out)]
    for _ in range(times):
        process = subprocess.Popen([*command, "--processes", "2"], stderr=subprocess.PIPE, text=True)
        for _ in range(chance.randint(1, 8)):  # lines of progress, so that work was done on any machine
            process.stderr.readline()
        time.sleep(chance.random() / 5)
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stderr.close()
    subprocess.run([*command, "--processes", "2"], check=True, capture_output=True, timeout=600)
    return killed


def test_killed_twice_it_goes_on_and_says_the_same(population, small_parts, tmp_path):
    here = screened(population[0], tmp_path / "whole.csv")
    assert killed_at_random(population[0], tmp_path / "killed.csv", 2, seed=1)
    assert checksum(tmp_path / "killed.csv") == here
    assert not list(tmp_path.glob("*.work")) and not list(tmp_path.glob("*.half"))


@pytest.mark.slow
def test_killed_ten_times_it_says_the_same(tmp_path, small_parts):
    write_population(tmp_path / "in", 1500)
    here = screened(tmp_path / "in", tmp_path / "whole.csv")
    assert killed_at_random(tmp_path / "in", tmp_path / "killed.csv", 10, seed=2) >= 5
    assert checksum(tmp_path / "killed.csv") == here


def test_what_is_done_is_not_done_again(population, small_parts, tmp_path, monkeypatch):
    """A run that ended between its steps; and one of changed files, another day or other knowledge begins anew."""
    done = []
    finish, extract = steps.finish, steps.extract
    monkeypatch.setattr(steps, "extract", lambda *arguments: done.append("extract") or extract(*arguments))
    monkeypatch.setattr(steps, "finish", lambda *arguments: done.append("finish") or finish(*arguments))
    folder = tmp_path / "in"
    write_lines(folder / "x.ndjson", [ANN, BOB, fracture()])

    def went(as_of=AS_OF):
        done.clear()
        list(screen([folder], as_of, KNOWLEDGE, work=tmp_path / "work", processes=1))
        return list(map(done.count, ("extract", "finish")))

    assert went() == [1, 2]
    assert went() == [1, 0]  # extract looks and finds it done
    assert went(AS_OF.replace(day=2)) == [1, 2]
    write_lines(folder / "x.ndjson", [ANN, BOB, fracture(), BOB | {"id": "cyd"}])
    assert went() == [1, 3]
    assert len(list((tmp_path / "work").iterdir())) == 1


def test_an_engine_that_is_not_installed_is_named_with_what_to_install(monkeypatch):
    for name in ("dask", "pyspark"):
        monkeypatch.setitem(sys.modules, name, None)
    for engine in ("dask", "spark"):
        with pytest.raises(InputError, match=rf"pip install 'loadpath\[{engine}\]'"):
            engines.engine_of(engine, "", 1)


@pytest.mark.parametrize(("out", "said"), [("o.txt", "must end in .csv or .parquet"), ("no/o.csv", "no folder")])
def test_a_file_that_cannot_be_written_is_said_before_anything_is_read(tmp_path, capsys, out, said):
    write_lines(tmp_path / "x.ndjson", [ANN])
    assert main(["screen", str(tmp_path), "--out", str(tmp_path / out)]) == 2
    assert said in capsys.readouterr().err


def test_a_worker_with_other_knowledge_does_not_answer(tmp_path):
    job = steps.ScreenJob(tmp_path, 1, 160, AS_OF, "another", None, None)
    with pytest.raises(InputError, match="install the same"):
        steps.knowledge_of(job)


def test_progress_says_what_is_left(capsys):
    tell = progress_on(sys.stderr)
    for done in (0, 1, 10):
        tell(Progress("deriving", done, 10, 9.0))
    assert capsys.readouterr().err.splitlines() == [
        "deriving: 0 of 10 parts",
        "deriving: 1 of 10 parts, about 9 s left",
        "deriving: 10 of 10 parts",
    ]
