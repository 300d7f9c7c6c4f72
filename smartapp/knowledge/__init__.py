"""The clinical knowledge as files a clinician can read and edit; :func:`load` turns the folder into Knowledge."""

from functools import cache
from pathlib import Path

from smartapp.core.knowledge import Knowledge
from smartapp.knowledge.files import KnowledgeFiles, installed, read_folder, texts, write_folder
from smartapp.knowledge.loading import parse, version_hash

__all__ = ["KnowledgeFiles", "installed", "load", "parse", "read_folder", "texts", "version_hash", "write_folder"]


@cache
def load(site_file: Path | None = None) -> Knowledge:
    """The packaged knowledge, with the thresholds of ``site_file`` in place of ours. Raises KnowledgeError.

    Its phrases are not tried on their sentences here: the tests and ``smartapp check`` do that.
    """
    files = installed(site_file)
    return parse(files.texts, files.site, try_phrases=False)
