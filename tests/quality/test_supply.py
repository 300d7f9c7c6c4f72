"""What the image installs: one version each, by hash; the bill of materials and the licenses say the same."""

import json
import re
from pathlib import Path

from deploy.supply import LICENSES, REQUIREMENTS, SBOM, license_table, pinned

ROOT = Path(__file__).parents[2]
# What Loadpath, under Apache-2.0, may be delivered with; LGPL: the driver of PostgreSQL, unchanged and replaceable.
MAY = ("MIT", "MIT-0", "BSD", "Apache-2.0", "PSF-2.0", "MPL-2.0", "Zope Public License", "LGPL-3.0-only")


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def sbom() -> dict:
    return json.loads(SBOM.read_text(encoding="utf-8"))


def test_every_package_of_the_image_is_named_once_with_its_hashes():
    told = REQUIREMENTS.read_text(encoding="utf-8")
    named = dict(re.findall(r"^([\w.-]+)==(\S+) \\$", told, re.M))
    assert {canonical(name): version for name, version in named.items()} == pinned(), "write it again: make supply"
    for block in re.split(r"\n(?=[\w])", told)[1:]:
        assert re.fullmatch(r"\S+==\S+ \\(\n    --hash=sha256:[0-9a-f]{64}( \\)?)+\n?", block), block[:80]


def test_the_image_is_built_by_hash():
    docker = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    assert "--require-hashes -r deploy/requirements.txt" in docker
    copied = {name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", docker, re.M) for name in line.split()}
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied == {line[1:] for line in ignored if line.startswith("!")}


def test_the_bill_of_materials_has_the_same_packages():
    found = {canonical(part["name"]): part["version"] for part in sbom()["components"]}
    assert found == pinned(), "write it again: make supply"
    assert not re.search(r'"(/|file:)', SBOM.read_text(encoding="utf-8")), "no path of the machine it was made on"


def test_every_license_is_one_it_may_be_delivered_with():
    assert LICENSES.read_text(encoding="utf-8") == license_table(sbom())
    rows = [line.split(" | ") for line in LICENSES.read_text(encoding="utf-8").splitlines()[6:]]
    for name, _, said in rows:
        for each in re.split(r" (?:AND|OR|/) ", said.removesuffix(" |")):
            assert each.startswith(MAY), (name, each)
