"""The settings of a test run: Linli's own, in a temporary home that is gone afterwards."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path


def _own_home() -> Path:
    """A fresh folder for this process; a worker of a parallel run gets one inside its controller's."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker and "LINLI_TEST_HOME" in os.environ:
        home = Path(os.environ["LINLI_TEST_HOME"]) / worker
        home.mkdir(exist_ok=True)
        return home
    home = Path(tempfile.mkdtemp(prefix="linli-test-"))
    os.environ["LINLI_TEST_HOME"] = str(home)
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home


# Set before the settings are read: whoever runs the tests keeps the data and the keys of their own home.
os.environ["LINLI_HOME"] = str(_own_home())
os.environ.pop("LINLI_DEMO", None)
os.environ.setdefault("LINLI_SECRET", "a secret for tests only, the same in every process of a run")

from linli.config.settings import *  # noqa: E402, F403

# A slow hash protects a stolen table; a test has none to protect.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Style sheets come straight from the source folders: a test collects no static files first.
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
STORAGES = {
    **STORAGES,  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
