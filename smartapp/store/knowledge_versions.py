"""The knowledge a plan was signed with, kept once per version, so that the decision can be made again."""

from collections.abc import Mapping

from sqlalchemy import select

from smartapp.store.database import Database
from smartapp.store.schema import knowledge_versions
from smartapp.store.seal import check_version, opened_object

_FORM = 1


class KnowledgeVersions:
    """Texts by file name. Nothing of a patient is in them; they are sealed so that nobody can exchange them."""

    def __init__(self, database: Database):
        self._database = database

    def keep(self, version: str, texts: Mapping[str, str]) -> None:
        """Does nothing where the version is kept already."""
        mine = knowledge_versions.c.version == version
        with self._database.read() as db:
            if db.execute(select(knowledge_versions.c.version).where(mine)).first():
                return
        kept = {"version": _FORM, "texts": dict(texts)}
        sealed = self._database.seal.seal(f"{version} texts", kept)
        self._database.put(knowledge_versions, {"version": version}, {"texts": sealed, "since": self._database.clock()})

    def texts_of(self, version: str) -> dict[str, str] | None:
        """None where it is not kept. Raises KeptUnreadable."""
        mine = knowledge_versions.c.version == version
        with self._database.read() as db:
            row = db.execute(select(knowledge_versions.c.texts).where(mine)).first()
        if row is None:
            return None
        kept = self._database.seal.open_object(f"{version} texts", row.texts)
        check_version(kept, _FORM)
        return {name: str(text) for name, text in opened_object(kept.get("texts")).items()}
