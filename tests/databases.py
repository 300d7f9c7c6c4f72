"""An empty database of today's form, copied: making its tables takes longer than most tests that need one."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import delete

from smartapp.store import open_store
from smartapp.store.schema import meta


def empty_database(file: Path) -> str:
    """The address of the SQLite database at ``file``, new unless it is there."""
    if not file.exists():  # else an app starts again on what another left
        file.write_bytes(_empty())
        file.chmod(0o600)
    return f"sqlite:///{file}"


@cache
def _empty() -> bytes:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "empty.db"
        store = open_store(f"sqlite:///{file}", "s" * 48)
        with store.database.transaction() as db:  # nobody's secret: what opens it has one of its own
            db.execute(delete(meta).where(meta.c.name.startswith("secret ")))
        store.close()
        return file.read_bytes()
