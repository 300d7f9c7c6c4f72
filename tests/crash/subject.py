"""The crash subject, a whole process to be killed: signs a plan and writes it to the EHR at the address given.

    python -m tests.crash.subject DATABASE FHIR-BASE

It dies by SIGKILL from outside, at whatever point that meets it; the next one goes on.
"""

import sys
import time

from tests.crash.world import SECRET
from tests.ehr.deliver.engine import EVERYTHING, capabilities
from tests.ehr.deliver.samples import KNOWLEDGE, signed
from tests.ehr.deliver.wire import Wire


def main(database: str, base: str) -> None:
    from smartapp.ehr.deliver.delivery import deliver
    from smartapp.ehr.deliver.methods import Site
    from smartapp.ehr.deliver.writing import Writing, first_steps, job, writing_for
    from smartapp.fhir.build import build
    from smartapp.store import open_store

    plan, store = signed(), open_store(database, SECRET)
    writing = writing_for(capabilities(transaction=False), EVERYTHING, Site())
    rows = [step.to_row() for step in first_steps(build(plan, KNOWLEDGE, base, with_task=True), plan, writing)]
    print("ready", flush=True)
    record = {"writing": writing.to_json()}
    kept = store.records.sign("launch", f"{base}/Patient/p1", plan.plan_id, "print", record, rows)
    work = job(kept.id, plan, Writing.from_json(kept.record["writing"]))
    while True:
        progress = deliver(work, Wire(base), store.outbox, time.time)
        if progress.complete:
            print("done", flush=True)
            return
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
