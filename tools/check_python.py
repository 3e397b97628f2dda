"""Say plainly when a Python cannot build the environment; run by `make` before anything is installed."""

import importlib.util
import sys

if sys.version_info < (3, 11):  # noqa: UP036 — this file is the one that meets an older Python
    sys.exit(
        "Linli needs Python 3.11 or newer, this is %d.%d. Try: make PYTHON=python3.12" % sys.version_info[:2]
    )
if importlib.util.find_spec("ensurepip") is None:
    sys.exit(
        "This Python cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"
    )
