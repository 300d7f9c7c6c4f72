"""A PostgreSQL of one's own: a throw-away cluster behind a socket in a temporary folder, and databases in it."""

import getpass
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import pytest
from sqlalchemy import create_engine, text

_numbers = count(1)


class Cluster:
    """One running server; :meth:`database` makes a new, empty database and gives its address."""

    def __init__(self, folder: Path, person: str) -> None:
        self.folder, self.person = folder, person

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://{self.person}@/{name}?host={self.folder}"

    def database(self) -> str:
        name = f"loadpath_{next(_numbers)}"
        engine = create_engine(self.url("postgres"))
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as db:
            db.execute(text(f"CREATE DATABASE {name}"))
        engine.dispose()
        return self.url(name)


def programs() -> Path | None:
    """The folder of initdb and pg_ctl; Debian keeps them off the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(p) for p in [shutil.which("initdb")] if p]
    return found[-1].parent if found else None


@contextmanager
def cluster() -> Iterator[Cluster]:
    """Until the block ends. Without safety against power failure: nothing in it outlives the test."""
    bin_ = programs()
    if bin_ is None:
        pytest.skip("no PostgreSQL: install Debian's postgresql")
    folder, root = Path(mkdtemp(prefix="loadpath-pg-")), os.geteuid() == 0
    person = "postgres" if root else getpass.getuser()
    if root:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
    run = ["runuser", "-u", "postgres", "--"] if root else []

    def do(*command: str) -> None:
        subprocess.run([*run, *command], check=True, cwd=folder, capture_output=True)

    data = str(folder / "data")
    settings = f"-c listen_addresses='' -k {folder} -c fsync=off -c full_page_writes=off -c max_connections=200"
    try:
        do(str(bin_ / "initdb"), "-D", data, "-U", person, "--auth=trust", "--no-sync", "-E", "UTF8")
        do(str(bin_ / "pg_ctl"), "-D", data, "-w", "-l", str(folder / "log"), "-o", settings, "start")
        yield Cluster(folder, person)
    finally:
        subprocess.run([*run, str(bin_ / "pg_ctl"), "-D", data, "-m", "immediate", "stop"], cwd=folder, check=False,
                       capture_output=True)  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)
