"""Log records -> one JSON object a line: what happened in our own words, never a value from a chart or an address.

Only the named fields below are written. A record of another library keeps its name and level and loses its words: they
may hold an address with a query. An exception becomes its type and the lines of code it passed.
"""

import json
import logging
import time
import traceback

FIELDS = ("event", "request", "method", "route", "status", "ms", "session", "ehr", "plan", "seq", "hash", "reference")
OURS = "smartapp"


class Json(logging.Formatter):
    """One object: time, level, logger, message, and those of :data:`FIELDS` the record has."""

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name == OURS or record.name.startswith(f"{OURS}.")
        line = {
            "time": f"{time.strftime('%Y-%m-%dT%H:%M:%S', time.gmtime(record.created))}.{int(record.msecs):03d}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if ours else "words of another library are not kept",
            **{name: getattr(record, name) for name in FIELDS if getattr(record, name, "") != ""},
        }
        if record.exc_info and record.exc_info[0]:
            line["fault"] = record.exc_info[0].__name__
            line["places"] = traceback.format_tb(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False, default=str)


def log_to_stderr(level: str) -> logging.Handler:
    """Everything this process logs goes to stderr as JSON: ours from ``level`` on, of others warnings and worse."""
    handler = logging.StreamHandler()
    handler.setFormatter(Json())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger(OURS).setLevel(getattr(logging, level.upper(), logging.INFO))
    return handler
