"""What a host tells of a person and a contact, written as the document that the engine reads."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from datetime import date, datetime, time
from enum import Enum
from typing import Any, TypeAlias

from arrears._errors import CaseError
from arrears._facts import NEVER

Troubles: TypeAlias = list[tuple[str, str]]

_DEEPEST = 12
_LARGEST = 2**63
_MOMENT = (
    "a moment with its offset from UTC, such as datetime(2026, 3, 31, 10, 15, tzinfo=ZoneInfo('America/New_York'))"
)


class Written:
    """Parts of a document as they are written, with what cannot be written.

    What cannot is left out and told by its path, so that the engine goes on to find what else is wrong.
    """

    def __init__(self) -> None:
        self.troubles: Troubles = []

    def standing(self, told: object) -> object:
        """What is known of the person."""
        if not isinstance(told := _fields(told), Mapping):
            return self._plain(told, "standing", 0)
        found = {}
        for name, value in told.items():
            path = f"standing.{name}"
            if name == "facts":
                found[name] = self._facts(value, path)
            elif name == "events":
                found[name] = self._events(value, path)
            elif name == "debts" and isinstance(value, list | tuple):
                of_all = _fields(told.get("facts"))
                known = (
                    {fact for fact, of in of_all.items() if of is not None} if isinstance(of_all, Mapping) else set()
                )
                found[name] = [self._debt(debt, f"{path}[{n}]", known) for n, debt in enumerate(value)]
            else:
                found[self._name(name, "standing")] = self._plain(value, path, 1)
        return found

    def contact(self, told: object) -> object:
        """A contact that is proposed."""
        return self._plain(_fields(told), "proposed", 0)

    def plan(self, told: object) -> object:
        """A plan of attempts."""
        return self._plain(_fields(told), "plan", 0)

    def now(self, moment: object) -> object:
        """The moment as of which everything is known."""
        return self._plain(moment, "now", 0)

    def wrong(self, found: Troubles) -> CaseError:
        """The exception for what cannot be written, and for what the engine found besides."""

        def same(path: str) -> bool:
            return any(path == own or path.startswith((f"{own}.", f"{own}[")) for own, _ in self.troubles)

        return CaseError.of([*self.troubles, *(trouble for trouble in found if not same(trouble[0]))])

    def _refuse(self, path: str, message: str) -> Any:
        self.troubles.append((path, message))

    def _name(self, name: object, path: str) -> str:
        if isinstance(name, str):
            return self._text(name, path) or ""
        self._refuse(path, f"{_shown(name)} is no name of a field: expected a text")
        return _shown(name)

    def _facts(self, told: object, path: str) -> object:
        if not isinstance(told := _fields(told), Mapping):
            return self._plain(told, path, 1)
        known = {name: value for name, value in told.items() if value is not None}
        return {self._name(name, path): self._plain(value, f"{path}.{name}", 2) for name, value in known.items()}

    def _events(self, told: object, path: str) -> object:
        if not isinstance(told := _fields(told), Mapping):
            return self._plain(told, path, 1)
        found = {}
        for name, value in told.items():
            if value is None:
                self._refuse(
                    f"{path}.{name}",
                    "None may be read as not known and as never: leave it out if it is not known, and write "
                    "arrears.NEVER if it never happened",
                )
            found[self._name(name, path)] = None if value is NEVER else self._plain(value, f"{path}.{name}", 2)
        return found

    def _debt(self, told: object, path: str, of_all: set[Any]) -> object:
        if not isinstance(told := _fields(told), Mapping):
            return self._plain(told, path, 2)
        own = _fields(told.get("facts"))
        for name in (name for name, value in own.items() if value is None) if isinstance(own, Mapping) else ():
            if name in of_all:
                self._refuse(
                    f"{path}.facts.{name}",
                    f"not known of this debt, but told of all: tell `{name}` of each debt of which it is known",
                )
        rest = {self._name(name, path): self._plain(value, f"{path}.{name}", 3) for name, value in told.items()}
        return rest if "facts" not in told else {**rest, "facts": self._facts(told["facts"], f"{path}.facts")}

    def _plain(self, value: object, path: str, depth: int) -> object:
        value = _fields(value)
        if depth > _DEEPEST:
            return self._refuse(path, "lies too deep: a value cannot hold itself")
        match value:
            case None | bool():
                return value
            case Enum():
                return self._plain(value.value, path, depth + 1)
            case str():
                return self._text(value, path)
            case int() if -_LARGEST <= value < _LARGEST:
                return int(value)
            case float() if value - value == 0:
                return float(value)
            case datetime():
                return self._moment(value, path)
            case date():
                return value.isoformat()
            case time():
                return self._clock(value, path)
            case Mapping():
                return {
                    self._name(name, path): self._plain(each, f"{path}.{name}", depth + 1)
                    for name, each in value.items()
                }
            case list() | tuple():
                return [self._plain(each, f"{path}[{n}]", depth + 1) for n, each in enumerate(value)]
            case int() | float():
                return self._refuse(path, "the number is too large, or none")
            case _:
                return self._refuse(path, f"{_shown(value)} is a {type(value).__name__}, which no field takes")

    def _text(self, text: str, path: str) -> str | None:
        try:
            text.encode("utf-8")
        except UnicodeEncodeError:
            self._refuse(path, f"{text!a} is no text: half a character stands in it")
            return None
        return str(text)

    def _moment(self, moment: datetime, path: str) -> str | None:
        try:
            offset = moment.utcoffset()
            if offset is None:
                self._refuse(path, f"{moment} has no offset from UTC: expected {_MOMENT}")
                # Refused: it is read on as if it had one, for what else is wrong.
                return f"{moment.isoformat()}+00:00"
            if offset.total_seconds() % 60:
                # Clocks before there were zones: the moment is the same.
                moment = (moment - offset).replace(tzinfo=None)
                return f"{moment.isoformat()}+00:00"
            return moment.isoformat()
        except (ArithmeticError, ValueError, TypeError) as error:
            self._refuse(path, f"no moment: {error}")
            return None

    def _clock(self, clock: time, path: str) -> str:
        if clock.second or clock.microsecond or clock.tzinfo is not None:
            self._refuse(path, f"{clock} is not the time of a clock on the wall to the minute, such as time(8, 30)")
        return f"{clock:%H:%M}"


def text(document: object) -> str:
    """A document as JSON."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False)


def _fields(value: object) -> object:
    """The fields of a dataclass of the host's own, `from_` for `from`; numbers of numpy as numbers."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        given = ((each.name, getattr(value, each.name)) for each in dataclasses.fields(value))
        return {name.removesuffix("_"): own for name, own in given if own is not None}
    if type(value).__module__ == "numpy" and getattr(value, "ndim", 1) == 0:
        return value.item()  # type: ignore[attr-defined]
    return value


def _shown(value: object) -> str:
    try:
        text = ascii(value)
    except Exception as error:
        return f"a value that cannot be shown ({type(error).__name__})"
    return text if len(text) <= 60 else f"{text[:60]}..."
