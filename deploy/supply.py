"""What the image installs, to the last byte: deploy/requirements.txt with hashes, deploy/sbom.json (CycloneDX 1.6) and
deploy/licenses.md. ``make supply`` writes all three from the versions in constraints.txt, by a package index.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deploy.environment import reached

DEPLOY = Path(__file__).resolve().parent
REQUIREMENTS, SBOM, LICENSES = DEPLOY / "requirements.txt", DEPLOY / "sbom.json", DEPLOY / "licenses.md"
PYTHON = "3.11"  # of the image
CYCLONEDX = "cyclonedx-bom==7.5.0"  # fetched for this alone
HEADER = (
    "# Everything the image installs, with the hashes of its files; written by “make supply” from constraints.txt.\n"
)
LEAD = """# Licenses of what Loadpath runs on

As each package declares them; [sbom.json](sbom.json) has more. Loadpath: [LICENSE](../LICENSE). By `make supply`.

| package | version | license |
|---|---|---|
"""


def wanted() -> list[str]:
    """What the image is built and run with, PostgreSQL's driver too."""
    declared = tomllib.loads((DEPLOY.parent / "pyproject.toml").read_text(encoding="utf-8"))
    project = declared["project"]
    return [
        *declared["build-system"]["requires"], *project["dependencies"], *project["optional-dependencies"]["postgres"]
    ]  # fmt: skip


def pinned() -> dict[str, str]:
    """Every package these lead to, with the version installed here."""
    return reached(wanted())


def license_table(sbom: dict[str, Any]) -> str:
    rows = sorted((part["name"].lower(), part["version"], licenses_of(part)) for part in sbom["components"])
    return LEAD + "".join(f"| {name} | {version} | {said} |\n" for name, version, said in rows)


def licenses_of(part: dict[str, Any]) -> str:
    """SPDX expressions and ids before names and classifiers."""
    told = [*_told(part)]
    return (
        " / ".join(dict.fromkeys(said for kind, said in told if kind == min(kind for kind, _ in told)))
        or "not declared"
    )


def _told(part: dict[str, Any]) -> Iterator[tuple[int, str]]:
    for each in part.get("licenses", ()):
        named = each.get("license", {})
        if "expression" in each or "id" in named:
            yield 0, each.get("expression") or named["id"]
        elif "name" in named:
            yield 1, named["name"].removeprefix("License :: ").removeprefix("OSI Approved :: ")


def _without_addresses(part: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != "externalReferences"}


def main() -> int:
    python = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as folder:
        asked, installed = Path(folder, "asked.txt"), Path(folder, "venv")
        asked.write_text(
            "".join(f"{name}=={version}\n" for name, version in sorted(pinned().items())), encoding="utf-8"
        )
        compiled = ["--generate-hashes", "--no-header", "--no-annotate", "--python-version", PYTHON, "--quiet"]
        made = subprocess.run([python / "uv", "pip", "compile", *compiled, asked], capture_output=True, check=True)
        REQUIREMENTS.write_text(HEADER + made.stdout.decode(), encoding="utf-8")
        subprocess.run([python / "uv", "venv", "--quiet", "--python", PYTHON, installed], check=True)
        into = ["--python", installed / "bin" / "python", "--require-hashes", "--quiet", "-r", REQUIREMENTS]
        subprocess.run([python / "uv", "pip", "install", *into], check=True)
        said = ["--output-reproducible", "--short-PURLs", "--of", "JSON", "-o", SBOM]
        tool = [python / "uv", "tool", "run", "--quiet", "--from", CYCLONEDX, "cyclonedx-py", "environment"]
        subprocess.run([*tool, *said, installed / "bin" / "python"], check=True)
    # Where packages were fetched from is each site's own matter.
    bill = json.loads(SBOM.read_text(encoding="utf-8"), object_hook=_without_addresses)
    SBOM.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    LICENSES.write_text(license_table(bill), encoding="utf-8")
    print(f"{len(pinned())} packages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
