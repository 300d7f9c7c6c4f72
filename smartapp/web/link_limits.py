"""How often a link, and one address, may be asked for in a minute, in one worker: guesses are slow, nothing floods."""

import threading
from collections import Counter

A_LINK = 60  # requests a minute (ours): a person reads, a program does not
A_SOURCE = 120  # of one address (ours): a clinic may stand behind one
_MOST_KEPT = 20_000  # keys of one minute (ours); beyond, everything waits for the next


class LinkLimits:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._minute, self._seen = 0, Counter[str]()

    def passes(self, now: float, source: str, link: str = "") -> bool:
        """Whether one more request of this address, or to this link, is answered. ``now`` in epoch seconds."""
        key, most = (f"link {link}", A_LINK) if link else (f"source {source}", A_SOURCE)
        with self._lock:
            if int(now // 60) != self._minute:
                self._minute, self._seen = int(now // 60), Counter()
            if self._seen[key] >= most or len(self._seen) > _MOST_KEPT:
                return False
            self._seen[key] += 1
            return True
