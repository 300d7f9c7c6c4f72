"""A CarePlan of ours on record and a new proposal -> what the new one adds, takes away, changes and keeps.

Compared as written, line by line: by our activity id where the EHR has kept it, otherwise by the words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smartapp.core.proposal import Proposal
from smartapp.ehr.write.careplan import described


@dataclass(frozen=True)
class Difference:
    """Lines as a reader sees them; ``changed`` holds pairs of old and new words."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[tuple[str, str], ...] = ()
    kept: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def plan_lines(careplan: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """(our activity id or empty, description) of every activity of a CarePlan on record, in order."""
    found = []
    for activity in careplan.get("activity") or ():
        detail = activity.get("detail") or {}
        text = detail.get("description") or (detail.get("code") or {}).get("text")
        if text:
            found.append((str(activity.get("id") or ""), str(text)))
    return tuple(found)


def difference(careplan: Mapping[str, Any], proposal: Proposal) -> Difference:
    old, new = plan_lines(careplan), tuple((activity.id, described(activity)) for activity in proposal.activities)
    before, words = {id_: text for id_, text in old if id_}, {text for _, text in old}
    after, ids, texts = {text for _, text in new}, {id_ for id_, _ in new}, [text for _, text in new]
    changed = [(before[id_], text) for id_, text in new if id_ in before and text not in words]
    return Difference(
        added=tuple(text for id_, text in new if id_ not in before and text not in words),
        removed=tuple(text for id_, text in old if id_ not in ids and text not in after),
        changed=tuple(changed),
        kept=tuple(text for text in texts if text in words),
    )
