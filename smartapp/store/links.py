"""Links for therapists without an EHR, and what came back by them. A link's token is kept as a blind index only.

What a link shows is sealed with it when it is made, so that opening it needs no access to any EHR. A link belongs to
the first browser that confirms; every other one is refused and counted.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Row, func, insert, select, update

from smartapp.store.database import Database
from smartapp.store.schema import therapist_links, therapist_reports
from smartapp.store.seal import check_version, opened_object

CONTENT = 1  # form in which the content of a link and a report are kept
MOST_REPORTS = 200  # by one link (ours): what is more is no therapist's


@dataclass(frozen=True)
class Link:
    """``content`` is what was given to :meth:`TherapistLinks.make`; times in epoch seconds, None for not yet."""

    id: str
    content: dict[str, object]
    made: float
    expires: float
    opened: float | None
    revoked: float | None
    refused: int  # how often another browser tried
    refused_at: float | None


@dataclass(frozen=True)
class KeptReport:
    """``taken``: how it was taken over, as far as it was; ``done``: when, None for not yet; ``answer``: what was
    answered to it."""

    id: str
    link_id: str
    report: dict[str, object]
    sent: float
    taken: dict[str, object] | None
    answer: dict[str, object] | None
    done: float | None


_LISTED = [column for column in therapist_links.c if column.name != "page"]  # a page is a hundred times as long


class TherapistLinks:
    """``patient`` is always FHIR base and patient id in one text, as given to :meth:`Sessions.open`."""

    def __init__(self, database: Database):
        self._database, self._seal = database, database.seal

    def make(
        self, patient: str, content: Mapping[str, object], page: Mapping[str, object], expires: float
    ) -> tuple[Link, str]:
        """Keep a new link; returns it and its token, which is known to nobody but the caller from then on.

        ``content``: what lists need of it; ``page``: what only its own page shows.
        """
        id_, token, now = secrets.token_urlsafe(16), secrets.token_urlsafe(32), self._database.clock()
        kept = {"version": CONTENT, "content": dict(content)}
        with self._database.transaction() as db:
            db.execute(
                insert(therapist_links).values(
                    id=id_, token_index=self._seal.blind_index("link", token), made=now,
                    patient_index=self._seal.blind_index("patient", patient), expires=expires, refused=0,
                    content=self._seal.seal(f"{id_} link", kept), page=self._seal.seal(f"{id_} page", dict(page)),
                )
            )  # fmt: skip
        return Link(id_, dict(content), now, expires, None, None, 0, None), token

    def by_token(self, token: str) -> Link | None:
        index = therapist_links.c.token_index.in_(self._seal.blind_indexes("link", token))
        with self._database.read() as db:
            row = db.execute(select(*_LISTED).where(index)).one_or_none()
        return self._link(row) if row else None

    def by_id(self, id_: str) -> Link | None:
        with self._database.read() as db:
            row = db.execute(select(*_LISTED).where(therapist_links.c.id == id_)).one_or_none()
        return self._link(row) if row else None

    def of_patient(self, patient: str) -> tuple[Link, ...]:
        """The newest first."""
        mine = therapist_links.c.patient_index.in_(self._seal.blind_indexes("patient", patient))
        with self._database.read() as db:
            rows = db.execute(select(*_LISTED).where(mine).order_by(therapist_links.c.made.desc())).all()
        return tuple(map(self._link, rows))

    def page(self, id_: str) -> dict[str, object]:
        """What was given to :meth:`make` for the page of this link, which is there."""
        with self._database.read() as db:
            sealed = db.execute(select(therapist_links.c.page).where(therapist_links.c.id == id_)).scalar_one()
        return self._seal.open_object(f"{id_} page", sealed)

    def waiting(self) -> tuple[tuple[Link, int], ...]:
        """Every link by which something came that was not taken over yet, and how much; the longest wait first."""
        of_link, count = therapist_reports.c.link_id, func.count().label("count")
        first = func.min(therapist_reports.c.sent)
        asked = select(of_link, count).where(therapist_reports.c.done.is_(None)).group_by(of_link).order_by(first)
        with self._database.read() as db:
            counts = {link_id: int(number) for link_id, number in db.execute(asked).all()}
            rows = db.execute(select(*_LISTED).where(therapist_links.c.id.in_(counts))).all()
        found = {row.id: self._link(row) for row in rows}
        return tuple((found[id_], number) for id_, number in counts.items() if id_ in found)

    # -- whose browser

    def bind(self, id_: str, browser: str) -> bool:
        """Whether the link is this browser's from now on: of several at once one is first."""
        free = (therapist_links.c.id == id_, therapist_links.c.browser_index.is_(None))
        index, now = self._seal.blind_index("link browser", browser), self._database.clock()
        with self._database.transaction() as db:
            done = db.execute(update(therapist_links).where(*free).values(browser_index=index, opened=now))
        return done.rowcount == 1

    def is_of(self, id_: str, browser: str) -> bool:
        """Whether this browser is the one that confirmed."""
        index = therapist_links.c.browser_index.in_(self._seal.blind_indexes("link browser", browser))
        with self._database.read() as db:
            found = db.execute(select(therapist_links.c.id).where(therapist_links.c.id == id_, index)).first()
        return bool(browser) and found is not None

    def refuse(self, id_: str) -> None:
        """Another browser asked for it."""
        mine, now = therapist_links.c.id == id_, self._database.clock()
        with self._database.transaction() as db:
            db.execute(
                update(therapist_links).where(mine).values(refused=therapist_links.c.refused + 1, refused_at=now)
            )

    def revoke(self, id_: str) -> bool:
        """Whether it was in force until now."""
        mine = (therapist_links.c.id == id_, therapist_links.c.revoked.is_(None))
        with self._database.transaction() as db:
            done = db.execute(update(therapist_links).where(*mine).values(revoked=self._database.clock()))
        return done.rowcount == 1

    # -- what came back

    def send(self, id_: str, report: Mapping[str, object]) -> str:
        """Keep a report of this link; returns its id, empty where too many were sent already."""
        report_id, mine = secrets.token_urlsafe(16), therapist_reports.c.link_id == id_
        kept = {"version": CONTENT, "report": dict(report)}
        with self._database.transaction() as db:
            if db.execute(select(func.count()).where(mine)).scalar_one() >= MOST_REPORTS:
                return ""
            db.execute(
                insert(therapist_reports).values(
                    id=report_id, link_id=id_, sent=self._database.clock(),
                    report=self._seal.seal(f"{report_id} report", kept),
                )
            )  # fmt: skip
        return report_id

    def reports_of(self, id_: str) -> tuple[KeptReport, ...]:
        """The oldest first."""
        mine = therapist_reports.c.link_id == id_
        with self._database.read() as db:
            rows = db.execute(select(therapist_reports).where(mine).order_by(therapist_reports.c.sent)).all()
        return tuple(map(self._report, rows))

    def take(self, report_id: str, how: Mapping[str, object], done: bool) -> None:
        """It was taken over into the referral; not ``done``: a part of it that need not be written twice."""
        when = {"done": self._database.clock()} if done else {}
        self._put(report_id, {"taken": self._seal.seal(f"{report_id} taken", dict(how)), **when})

    def answer(self, report_id: str, answer: Mapping[str, object]) -> None:
        self._put(report_id, {"answer": self._seal.seal(f"{report_id} answer", dict(answer))})

    def _put(self, report_id: str, values: Mapping[str, object]) -> None:
        with self._database.transaction() as db:
            db.execute(update(therapist_reports).where(therapist_reports.c.id == report_id).values(**values))

    def _link(self, row: Row[*tuple[object, ...]]) -> Link:
        kept = self._seal.open_object(f"{row.id} link", row.content)
        check_version(kept, CONTENT)
        return Link(
            row.id, opened_object(kept.get("content")), row.made, row.expires, row.opened, row.revoked, row.refused,
            row.refused_at,
        )  # fmt: skip

    def _report(self, row: Row[*tuple[object, ...]]) -> KeptReport:
        kept = self._seal.open_object(f"{row.id} report", row.report)
        check_version(kept, CONTENT)
        taken, answer = (
            self._seal.open_object(f"{row.id} {name}", sealed) if sealed else None
            for name, sealed in (("taken", row.taken), ("answer", row.answer))
        )
        return KeptReport(row.id, row.link_id, opened_object(kept.get("report")), row.sent, taken, answer, row.done)
