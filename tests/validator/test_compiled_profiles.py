"""The compiled profiles are those of the FSH beside them: SUSHI compiles again, without a network, to the same."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.shared]
SOURCE = ROOT / "fhir_profiles"
SUSHI = "fsh-sushi@3.21.0"


def test_the_compiled_profiles_are_current(shared: Path, tmp_path: Path) -> None:
    """Where this fails: compile as here, and keep ``fsh-generated/resources``."""
    if shutil.which("npx") is None:
        pytest.skip("no npx: install Debian's nodejs and npm")
    home, out = tmp_path / "home", tmp_path / "out"
    subprocess.run([shared / "fhir-packages" / "install", home / ".fhir" / "packages"], check=True, capture_output=True)
    cache = str(Path.home() / ".npm")
    environment = {**os.environ, "HOME": str(home), "npm_config_cache": cache}
    command = ["npx", "-y", SUSHI, "build", "-s", ".", "-o", str(out)]
    done = subprocess.run(
        command, cwd=SOURCE, env=environment, capture_output=True, text=True, timeout=900, check=False
    )  # fmt: skip
    assert done.returncode == 0 and " 0 Errors" in done.stdout, (done.stdout + done.stderr)[-3000:]
    assert resources(out / "fsh-generated" / "resources") == resources(SOURCE / "fsh-generated" / "resources")


def resources(folder: Path) -> dict[str, object]:
    return {path.name: json.loads(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.json"))}
