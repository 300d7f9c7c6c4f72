"""The crash subject that moves a referral kept here: a process to be killed, and killed again.

    python -m tests.crash.moving DATABASE WHO HOW-MANY

It records contacts numbered in its own name, the next number read off the history: a number missing is a move lost, a
number twice a move doubled. Another one may be at the same referral at the same time.
"""

import sys
from datetime import UTC, datetime

from smartapp.core.proposal import Role
from smartapp.core.referral_moves import Action, Step
from smartapp.ehr.referrals import InboxRow, OpenedReferral, move_referral
from smartapp.errors import EhrConflict
from smartapp.fhir.referral_task import Mover, referral_of
from smartapp.fhir.systems import EXAMPLE
from smartapp.store import open_store
from tests.crash.world import SECRET
from tests.ehr.test_ledger import ledger_of

REFERRAL = "loadpath-moves"


def main(database: str, who: str, most: str) -> None:
    store = open_store(database, SECRET)
    client = ledger_of(store)
    print("ready", flush=True)
    while True:
        task = client.read("Task", REFERRAL)
        found = referral_of(task, EXAMPLE)
        made = [int(entry.text.rpartition(" ")[2]) for entry in found.history if entry.by == who]
        number = max(made, default=0) + 1
        if number > int(most):
            print("done", flush=True)
            return
        mover = Mover(f"Practitioner/{who}", who, datetime.now(UTC))
        step = Step(Action.CONTACT, text=f"Call {number}")
        try:
            move_referral(client, OpenedReferral(InboxRow(found, None), task), step, mover, Role.COORDINATOR, EXAMPLE)
        except EhrConflict:
            continue  # the other one was quicker


if __name__ == "__main__":
    main(*sys.argv[1:])
