"""``python -m smartapp``: the same as the ``smartapp`` command."""

import sys

from smartapp.cli import main

sys.exit(main())
