"""The wheel: the same bytes whenever and wherever it is built from the same sources."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[1]
PARTS = ("pyproject.toml", "README.md", "LICENSE", "NOTICE", "smartapp", "launch")


def wheel(folder: Path) -> str:
    """The hash of the wheel of a copy of the sources, its files as new as the copy."""
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(
                source, folder / part, ignore=shutil.ignore_patterns("__pycache__"), copy_function=shutil.copy
            )
        else:
            shutil.copy(source, folder / part)
    build = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", "out", "."]
    subprocess.run(build, cwd=folder, env=os.environ | {"SOURCE_DATE_EPOCH": "1767225600"}, check=True, timeout=300)
    (made,) = (folder / "out").glob("*.whl")
    return hashlib.sha256(made.read_bytes()).hexdigest()


def test_two_builds_are_the_same_bytes(tmp_path):
    folders = tmp_path / "one", tmp_path / "other" / "deeper"
    for folder in folders:
        folder.mkdir(parents=True)
    assert len({wheel(folder) for folder in folders}) == 1
