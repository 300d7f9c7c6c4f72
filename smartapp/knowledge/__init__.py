"""The clinical knowledge as files a clinician can read and edit; :func:`load` turns the folder into Knowledge."""

from functools import cache
from importlib import resources
from pathlib import Path

from smartapp.core.knowledge import Knowledge
from smartapp.errors import KnowledgeError
from smartapp.knowledge.loading import parse, version_hash

__all__ = ["load", "parse", "texts", "version_hash"]


def texts() -> dict[str, str]:
    """The packaged knowledge files by name."""
    folder = resources.files(__name__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith((".toml", ".csv")))
    return {name: (folder / name).read_text(encoding="utf-8") for name in names}


@cache
def load(site_file: Path | None = None) -> Knowledge:
    """The packaged knowledge, with the thresholds of ``site_file`` in place of ours. Raises KnowledgeError.

    Its phrases are not tried on their sentences here: the tests and ``smartapp check`` do that.
    """
    if site_file is None:
        return parse(texts(), None, try_phrases=False)
    try:
        site = site_file.read_text(encoding="utf-8")
    except OSError as error:
        raise KnowledgeError(f"The site's thresholds file {site_file} cannot be read: {error.strerror}.") from error
    return parse(texts(), site, try_phrases=False)
