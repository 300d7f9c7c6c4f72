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

    from msgspec import convert

    from smartapp.archive import to_json
    from smartapp.ehr.deliver.engine import deliver
    from smartapp.ehr.deliver.methods import SiteSettings
    from smartapp.ehr.deliver.plan import WritePlan, delivery_job, first_items, make_write_plan
    from smartapp.fhir.build import build
    from smartapp.store import open_store

    plan, store = signed(), open_store(database, SECRET)
    write_plan = make_write_plan(capabilities(transaction=False), EVERYTHING, SiteSettings())
    rows = [item.to_row() for item in first_items(build(plan, KNOWLEDGE, base, with_task=True), plan, write_plan)]
    print("ready", flush=True)
    record = {"write_plan": to_json(write_plan)}
    kept = store.records.sign("launch", f"{base}/Patient/p1", plan.plan_id, "print", record, rows)
    work = delivery_job(kept.id, plan, convert(kept.record["write_plan"], WritePlan))
    while True:
        progress = deliver(work, Wire(base), store.outbox, time.time)
        if progress.complete:
            print("done", flush=True)
            return
        time.sleep(0.05)


if __name__ == "__main__":
    main(*sys.argv[1:])
