"""FHIR servers we did not write, each on 127.0.0.1: HAPI's JPA server (Java) and Medplum's router (node).

    with hapi(folder) as base: requests.get(f"{base}/metadata")

What they need is fetched by their own package managers on first use (Maven, npm) and kept beside the sources, out of
version control. sekmet-fhir, which is Python, has its own module.
"""

import fcntl
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
HAPI, MEDPLUM = HERE / "hapi", HERE / "medplum"
FETCH_WITHIN = 900  # seconds for a first download of everything
START_WITHIN = 600  # a JPA server on a busy machine takes minutes
CLASS_PATH = Path("target/cp.txt")


@contextmanager
def hapi(folder: Path) -> Iterator[str]:
    """HAPI FHIR's JPA server, R4, with an in-memory database; yields its FHIR base URL."""
    compiled(HAPI)
    classes = f"target/classes:{(HAPI / CLASS_PATH).read_text()}"
    with _running(["java", "-cp", classes, "loadpath.HapiServer", "0"], HAPI, folder / "hapi.log") as base:
        yield base


@contextmanager
def medplum(folder: Path) -> Iterator[str]:
    """Medplum's FhirRouter over its MemoryRepository; yields its FHIR base URL."""
    for program in ("node", "npm"):
        if shutil.which(program) is None:
            pytest.skip(f"no {program}: install Debian's nodejs and npm")
    with _one_at_a_time(MEDPLUM):
        if not (MEDPLUM / "node_modules" / ".fetched").is_file():
            _fetch(["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--silent"], MEDPLUM)
            (MEDPLUM / "node_modules" / ".fetched").touch()
    with _running(["node", "server.mjs", "0"], MEDPLUM, folder / "medplum.log") as base:
        yield base


def compiled(project: Path) -> str:
    """Compile a Maven project once and return its class path; skips where Java or Maven is missing."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            pytest.skip(f"no {program}: install Debian's default-jdk-headless and maven")
    done = project / CLASS_PATH
    newest = max(p.stat().st_mtime for p in [project / "pom.xml", *(project / "src").rglob("*.java")])
    with _one_at_a_time(project):
        if not done.is_file() or done.stat().st_mtime < newest:
            goals = ["compile", "dependency:build-classpath", f"-Dmdep.outputFile={CLASS_PATH}"]
            _fetch(["mvn", "-q", "-B", *goals], project)
            done.touch()
    return f"{project / 'target/classes'}:{done.read_text()}"


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    """Two test workers must not fetch into one folder at once: npm and Maven would each see the other's half."""
    with (folder / ".fetching").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _fetch(command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, timeout=FETCH_WITHIN)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} in {folder}: {(done.stdout + done.stderr)[-2000:]}")


@contextmanager
def _running(command: Sequence[str], folder: Path, log: Path) -> Iterator[str]:
    """Start a server that prints ``READY base``, and stop it at the end. What it says else goes to ``log``."""
    with log.open("w") as errors:
        server = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=errors, text=True)
        try:
            yield _ready(server, log)
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _ready(server: "subprocess.Popen[str]", log: Path) -> str:
    late = threading.Timer(START_WITHIN, server.kill)
    late.start()
    assert server.stdout is not None
    try:
        for line in server.stdout:
            if line.startswith("READY "):
                threading.Thread(target=server.stdout.read, daemon=True).start()  # or it would wait for a reader
                return line.split()[1]
    finally:
        late.cancel()
    raise RuntimeError(f"the server did not start: {log.read_text()[-2000:]}")
