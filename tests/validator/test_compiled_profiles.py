"""The compiled profiles are those of the FSH beside them: SUSHI compiles again, without a network, to the same."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from fhir_profiles.generate.folder import COMPILED, HERE, compile_with_sushi

pytestmark = [pytest.mark.slow, pytest.mark.shared]


def test_the_compiled_profiles_are_current(shared: Path, tmp_path: Path) -> None:
    """Where this fails: python -m fhir_profiles.generate --compile"""
    if shutil.which("npx") is None:
        pytest.skip("no npx: install Debian's nodejs and npm")
    install = shared / "fhir-packages" / "install"
    subprocess.run([install, tmp_path / ".fhir" / "packages"], check=True, capture_output=True)
    home = {"HOME": str(tmp_path), "npm_config_cache": str(Path.home() / ".npm")}
    made = compile_with_sushi(HERE, home)
    committed = {path.name: path.read_text(encoding="utf-8") for path in (HERE / COMPILED).glob("*.json")}
    assert parsed(made) == parsed(committed)


def parsed(texts: Mapping[str, str]) -> dict[str, object]:
    return {name: json.loads(text) for name, text in texts.items()}
