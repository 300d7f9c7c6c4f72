"""Where a run does its steps: in processes of this machine, on a Dask scheduler, or on Spark.

Steps and results are small; what is large lies in the work folder, which every worker must reach under the same path.
"""

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import Any, TypeVar

from smartapp.errors import InputError
from smartapp.screen.steps import Engine

NAMES = ("local", "dask", "spark")
T = TypeVar("T")
R = TypeVar("R")


def engine_of(name: str, scheduler: str, processes: int) -> Engine:
    """Raises InputError where what it needs is not installed."""
    try:
        if name == "dask":
            return dask_engine(scheduler, processes)
        if name == "spark":
            return spark_engine(scheduler, processes)
    except ImportError as error:
        raise InputError(f"--engine {name}: {error.name} is not installed: pip install 'loadpath[{name}]'") from None
    return local_engine(processes)


def local_engine(processes: int) -> Engine:
    """In this process where one is enough."""

    def run(function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, R]]:
        if processes == 1 or len(items) == 1:
            yield from ((place, function(item)) for place, item in enumerate(items))
            return
        context = get_context("fork" if hasattr(os, "fork") else "spawn")
        with ProcessPoolExecutor(processes, context, _end_with, (os.getpid(),)) as pool:
            waiting = {pool.submit(function, item): place for place, item in enumerate(items)}
            try:
                yield from ((waiting[done], done.result()) for done in as_completed(waiting))
            finally:
                pool.shutdown(cancel_futures=True)

    return run


def _end_with(parent: int) -> None:
    """A worker whose run was killed ends too: nobody would tell it."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def dask_engine(scheduler: str, processes: int) -> Engine:
    """A scheduler's address; processes of this machine without one."""
    import dask
    from dask import delayed

    if scheduler:
        from distributed import Client
        from distributed import as_completed as completed

    def run(function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, R]]:
        if scheduler:
            with Client(scheduler) as client:
                futures = {client.submit(function, item, pure=False): n for n, item in enumerate(items)}
                yield from ((futures[done], done.result()) for done in completed(list(futures)))
            return
        tasks = [delayed(function)(item) for item in items]
        yield from enumerate(dask.compute(*tasks, scheduler="processes", num_workers=processes))

    return run


def spark_engine(scheduler: str, processes: int) -> Engine:
    """A master's address; threads of this machine without one. Items travel as rows, by ``mapInPandas``."""
    import pandas as pd
    from pyspark import cloudpickle
    from pyspark.sql import SparkSession

    if not scheduler:  # else the first python3 on the way would be asked
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    session = SparkSession.builder.master(scheduler or f"local[{processes}]").appName("smartapp screen").getOrCreate()

    def run(function: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[int, R]]:
        def step(frames: Iterator[Any]) -> Iterator[Any]:
            for frame in frames:
                results = [cloudpickle.dumps(function(cloudpickle.loads(bytes(item)))) for item in frame["item"]]
                yield pd.DataFrame({"place": frame["place"], "item": results})

        rows = [(place, bytearray(cloudpickle.dumps(item))) for place, item in enumerate(items)]
        frame = session.createDataFrame(rows, "place long, item binary").repartition(max(1, len(items)), "place")
        for row in frame.mapInPandas(step, "place long, item binary").toLocalIterator():
            yield int(row["place"]), cloudpickle.loads(bytes(row["item"]))

    return run
