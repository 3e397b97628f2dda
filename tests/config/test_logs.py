"""A fault in the log says where and of what kind; what somebody wrote is not in it."""

import logging
import sys
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DataError

from linli.config.logs import Discreet

SECRET = "张三丰 13800000001"


def written(fault: Exception, cause: Exception) -> str:
    try:
        try:
            raise cause
        except Exception as first:
            raise fault from first
    except Exception:
        record = logging.LogRecord("django.request", 40, __file__, 1, "Error: /report/", None, sys.exc_info())
    return Discreet("{levelname} {message}", style="{").format(record)


def test_what_a_fault_quotes_is_left_out() -> None:
    text = written(DataError(f"row contains ({SECRET})"), ValueError(SECRET))
    assert SECRET not in text and "13800000001" not in text
    assert "ValueError" in text and "DataError" in text and "test_logs.py" in text and "/report/" in text


def test_what_is_wrong_with_the_surroundings_is_told() -> None:
    text = written(ImproperlyConfigured("person.key is missing"), KeyError(SECRET))
    assert "person.key is missing" in text and SECRET not in text


def test_the_settings_write_so() -> None:
    from django.conf import settings

    logging: Any = settings.LOGGING
    assert logging["formatters"]["line"]["()"] == "linli.config.logs.Discreet"
