"""Death at every moment of a write into the sandbox EHR, through its token, scope, compartment and reference checks."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from smartapp.ehr.deliver.methods import read_site
from smartapp.errors import EhrUnavailable
from smartapp.fhir.build.identifiers import business_identifier
from tests.clock import Clock
from tests.crash.world import Fuse, Installation, Killed
from tests.databases import empty_database
from tests.ehr.deliver.engine import KINDS as WRITABLE
from tests.ehr.deliver.engine import capabilities
from tests.ehr.deliver.test_sandbox import Launched, plan
from tests.sandbox.client import READ_WRITE, SmartClient
from tests.sandboxes import sandbox_ehr

SITES = {
    "together": {},
    "one by one": {"rungs": ["create", "note"]},
    "note": {"write": {"CarePlan": "note", "ServiceRequest": "note"}},
}
KINDS = ("CarePlan", "Goal", "ServiceRequest", "Task", "DocumentReference", "Provenance")


class Mortal(Launched):
    """The client of one process, which may die before a request leaves and before its reply arrives; replies of the
    writing calls named in ``lost`` never arrive at all."""

    fuse: Fuse
    lost: frozenset[int] = frozenset()
    writes = 0

    def _call(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, str, Any]:
        self.fuse.moment()
        answer = super()._call(method, path, body, headers)
        self.fuse.moment()
        if method != "GET":
            self.writes += 1
            if self.writes in self.lost:
                raise EhrUnavailable("The EHR did not answer in time.")
        return answer


class Sandbox(Installation):
    """An installation whose EHR is the sandbox."""

    def wire(self, fuse: Fuse) -> Any:
        self.ehr.fuse = fuse
        return self.ehr


@pytest.fixture
def ehr() -> Iterator[Mortal]:
    app = sandbox_ehr()
    client = SmartClient(app)
    yield Mortal(client.launched(scope=f"{READ_WRITE} patient/Task.crus patient/DocumentReference.crus"))
    app.extensions["sandbox"].store.close()


_numbers = count()


def sandbox(folder: Path, ehr: Mortal, site: str, number: int) -> Sandbox:
    ehr.writes = 0
    return Sandbox(
        empty_database(folder / f"{next(_numbers)}.db"), ehr, Clock(), capabilities(kinds=WRITABLE),  # type: ignore[arg-type]
        read_site(SITES[site]), plan(plan_id=f"plan-{number:04}"),
    )  # fmt: skip


def check(installation: Sandbox, progress: Any) -> None:
    """Each artifact of this plan once in the EHR, where the receipt says."""
    for step in progress.steps:
        kind, _, id_ = step.reference.partition("/")
        assert installation.ehr.read(kind, id_)["meta"]["versionId"] == step.version
    for kind in KINDS:
        criterion = "_tag" if kind == "Provenance" else "identifier"
        own = [step for step in progress.steps if step.reference.startswith(f"{kind}/") and step.kind == kind]
        for step in own:
            value = f"https://loadpath.example/fhir/plan|{step.identifier}"
            hits = installation.ehr.search(kind, {criterion: value})
            assert [f"{kind}/{r['id']}" for r in hits if business_identifier(r) == step.identifier] == [step.reference]


LOST = pytest.param(frozenset({1}), id="first answer lost", marks=pytest.mark.slow)


@pytest.mark.parametrize("lost", [pytest.param(frozenset(), id="all answers"), LOST])
@pytest.mark.parametrize("site", ["together", pytest.param("one by one", marks=pytest.mark.slow), "note"])
def test_death_at_every_moment(site: str, lost: frozenset[int], ehr: Mortal, tmp_path: Path) -> None:
    ehr.lost = lost
    fuse = Fuse()
    sandbox(tmp_path, ehr, site, 0).process(fuse)
    assert fuse.count > 10
    for at in range(1, fuse.count + 1):
        installation = sandbox(tmp_path, ehr, site, at)
        with pytest.raises(Killed):
            installation.process(Fuse(at))
        check(installation, installation.until_done())
