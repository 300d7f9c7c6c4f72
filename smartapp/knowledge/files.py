"""The knowledge as texts: the installed files, those of a folder, and a folder made of them.

A site's own thresholds belong to a version. In a folder they stand beside the others as ``site.toml``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from pathlib import Path

from smartapp.core.knowledge import Knowledge
from smartapp.errors import InputError, KnowledgeError
from smartapp.knowledge.loading import parse, version_hash

SITE = "site.toml"
_ENDINGS = (".toml", ".csv")


@dataclass(frozen=True)
class KnowledgeFiles:
    """Texts by file name, and a site's own thresholds where it has any."""

    texts: Mapping[str, str]
    site: str | None = None

    @cached_property
    def version(self) -> str:
        return version_hash(self.texts, self.site)

    @classmethod
    def of(cls, whole: Mapping[str, str]) -> "KnowledgeFiles":
        """As they stand together in a folder or in the store."""
        return cls({name: text for name, text in whole.items() if name != SITE}, whole.get(SITE))

    @property
    def whole(self) -> dict[str, str]:
        """The texts, with the site's thresholds under the name they have in a folder."""
        return {**self.texts, **({} if self.site is None else {SITE: self.site})}

    def parsed(self) -> Knowledge:
        """Every mistake in them raises KnowledgeError; phrases are tried on their sentences."""
        return parse(self.texts, self.site)


def texts() -> dict[str, str]:
    """The packaged knowledge files by name."""
    folder = resources.files(__package__)
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(_ENDINGS))
    return {name: (folder / name).read_text(encoding="utf-8") for name in names}


@cache
def installed(site_file: Path | None = None) -> KnowledgeFiles:
    """The packaged files, with a site's thresholds. Raises KnowledgeError where those cannot be read."""
    if site_file is None:
        return KnowledgeFiles(texts())
    try:
        return KnowledgeFiles(texts(), site_file.read_text(encoding="utf-8"))
    except OSError as error:
        raise KnowledgeError(f"The site's thresholds file {site_file} cannot be read: {error.strerror}.") from error


def read_folder(folder: Path) -> KnowledgeFiles:
    """Raises InputError where it cannot be read or is no folder of knowledge files."""
    try:
        found = {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.iterdir()) if _is_file(path)}
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "a file is not in UTF-8"
        raise InputError(f"{folder}: cannot be read: {why}") from error
    if not found:
        raise InputError(f"{folder}: there are no knowledge files in it; smartapp knowledge export writes them")
    return KnowledgeFiles.of(found)


def _is_file(path: Path) -> bool:
    return path.suffix in _ENDINGS and path.is_file()


def write_folder(files: KnowledgeFiles, folder: Path) -> Iterator[Path]:
    """Writes each file, the folder made where it is missing. Raises InputError where that cannot be done."""
    for name, text in files.whole.items():
        try:
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8", newline="")
        except OSError as error:
            raise InputError(f"{folder / name} cannot be written: {error.strerror}.") from error
        yield folder / name
