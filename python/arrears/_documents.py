"""JSON documents that users write: from files, from texts, from dicts."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path


def text(path: str | os.PathLike[str]) -> str:
    """The text of a file."""
    return Path(path).read_text(encoding="utf-8-sig")


def written(content: object) -> str:
    """A document from its content: days and decimals as texts.

    Raises:
        TypeError: There is a `float` in it.
    """
    _refuse_floats(content)
    return json.dumps(content, default=_plain, ensure_ascii=False)


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        raise TypeError(f'{value} is a float, which holds no amount exactly: write "{value}" or Decimal("{value}")')
    if isinstance(value, Mapping):
        for each in value.values():
            _refuse_floats(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _refuse_floats(each)


def _plain(value: object) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)
