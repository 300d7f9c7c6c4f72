"""Text of one setting -> its value; ValueError with a sentence for who wrote it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

SECRET_LENGTH = 32  # characters; 32 of base64 are 192 bits, ours
NAME_LENGTH, PHONE_LENGTH = 80, 30  # characters that are printed (ours)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/@-]+")  # what a token search takes unescaped
ENGLISH = "en"
LOCALES = Path(__file__).parent / "web" / "locales"  # a folder per language, with its compiled catalog
LOG_LEVELS = ("debug", "info", "warning", "error")
_TRUE, _FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


def read_number(text: str) -> float:
    value = float(text)
    if not 0 < value < 1e9:
        raise ValueError("must be a number above 0")
    return value


def read_whole(text: str) -> int:
    if not text.isdecimal():
        raise ValueError("must be a whole number")
    return int(text)


def read_count(text: str) -> int:
    if read_whole(text) == 0:
        raise ValueError("must be 1 or more")
    return int(text)


def read_flag(text: str) -> bool:
    if text.lower() not in _TRUE | _FALSE:
        raise ValueError("must be 1 or 0")
    return text.lower() in _TRUE


def read_base_url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or "@" in text:
        raise ValueError("must be an address like https://loadpath.example")
    if parts.path not in ("", "/"):
        raise ValueError("must have no path: cookies named __Host- belong to a whole host")
    return text.rstrip("/")


def read_identifier_base(text: str) -> str:
    if not _URI.fullmatch(text):
        raise ValueError("must be an address of yours, such as https://hospital.example/rehabilitation")
    return text.rstrip("/")


def read_identifier_bases(text: str) -> tuple[str, ...]:
    return tuple(read_identifier_base(word) for word in text.split())


def read_secrets(text: str) -> tuple[str, ...]:
    """Several with blanks between; or one that has blanks in it, as it was taken before there could be several."""
    words = text.split()
    if any(len(word) < SECRET_LENGTH for word in words):
        return (read_secret(text),)
    return tuple(dict.fromkeys((*words, text)))


def read_language(text: str) -> str:
    if text != ENGLISH and not (LOCALES / text / "LC_MESSAGES" / "messages.mo").is_file():
        raise ValueError(f"must be {ENGLISH}, or a folder of {LOCALES} with a compiled LC_MESSAGES/messages.mo")
    return text


def read_log_level(text: str) -> str:
    if text.lower() not in LOG_LEVELS:
        raise ValueError(f"must be one of {', '.join(LOG_LEVELS)}")
    return text.lower()


def read_database(text: str) -> str:
    return text if "://" in text else f"sqlite:///{text}"


def read_npi(text: str) -> str:
    """Ten digits of which the last checks the others (Luhn, with 80840 before them)."""
    digits = [int(digit) for digit in f"80840{text}"] if re.fullmatch(r"[0-9]{10}", text) else []
    doubled = [sum(divmod(2 * digit, 10)) if place % 2 else digit for place, digit in enumerate(reversed(digits))]
    if not digits or sum(doubled) % 10:
        raise ValueError("must be a National Provider Identifier: ten digits, the last of which checks the others")
    return text


def read_name(text: str) -> str:
    return _short(text, NAME_LENGTH)


def read_number_to_call(text: str) -> str:
    return _short(text, PHONE_LENGTH)


def _short(text: str, most: int) -> str:
    if len(text) > most:
        raise ValueError(f"must have at most {most} characters: it is printed on one page with all else")
    return text


def read_secret(text: str) -> str:
    if len(text) < SECRET_LENGTH:
        raise ValueError(f"must have at least {SECRET_LENGTH} characters; make one with: openssl rand -base64 32")
    return text
