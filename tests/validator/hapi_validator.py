"""The HAPI instance validator (tests/validator, Java) on a folder of FHIR JSON -> its messages and its closing count.

Its exit status is kept: 0 no errors, 1 errors, 2 nothing could be validated.
"""

import re
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.servers.started import compiled

PROJECT = Path(__file__).parent
TAKES_AT_MOST = 1800  # seconds
_COUNT = re.compile(r"^files (\d+), resources (\d+), errors (\d+)$", re.MULTILINE)


@dataclass(frozen=True)
class Verdict:
    files: int
    resources: int
    errors: int
    messages: tuple[str, ...]


def validate(inputs: Sequence[Path], packages: Sequence[Path] = (), definitions: Sequence[Path] = ()) -> Verdict:
    """Validate every .json under ``inputs`` against R4 and the profiles each resource names."""
    arguments: list[str] = []
    for flag, values in (("--package", packages), ("--definitions", definitions)):
        arguments += [part for value in values for part in (flag, str(value))]
    command = ["java", "-cp", compiled(PROJECT), "loadpath.Validate", *arguments, *map(str, inputs)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TAKES_AT_MOST, check=False)
    count = _COUNT.search(done.stdout)
    assert count and done.returncode in (0, 1), (done.stdout + done.stderr)[-3000:]
    lines = [line for line in done.stdout.splitlines() if line.startswith(("ERROR", "FATAL", "WARNING"))]
    return Verdict(*(int(number) for number in count.groups()), tuple(lines))
