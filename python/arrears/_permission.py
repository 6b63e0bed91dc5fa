"""Whether a contact may be made, by which rules, and when it might be."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from arrears import _html, _permission_html


class Answer(StrEnum):
    """Whether a contact may be made. It is true only if it may."""

    ALLOW = "allow"
    REVIEW = "review"
    """A person must look first."""
    BLOCK = "block"

    def __bool__(self) -> bool:
        return self is Answer.ALLOW


class Presumption(StrEnum):
    """What the law presumes of a contact: that it keeps it, or that it breaks it."""

    COMPLIANCE = "compliance"
    VIOLATION = "violation"


@dataclass(frozen=True)
class Decisive:
    """A rule that stands against a contact."""

    rule: str
    """Its id: `US-REGF-6b1i-hours`."""
    pack: str
    answer: Answer
    """What it calls for: a block, or a person's look."""
    strength: str
    """`must`, or softer: `should_not`, `guideline`, `policy`."""
    cites: str
    """Where it stands in the law: `12 CFR 1006.6(b)(1)(i)`."""
    says: str
    debts: tuple[str, ...]
    """The debts for which it stands against the contact."""
    missing: tuple[str, ...]
    """Facts that are not known, where that is why a person must look."""


@dataclass(frozen=True)
class Lifted:
    """A rule that would have stood against a contact, and the exception that lifted it."""

    rule: str
    by: str


@dataclass(frozen=True)
class Used:
    """How far a limit on counts is used."""

    rule: str
    of: str
    """The class of contacts that is counted."""
    counted: int
    """Contacts that count, the proposed one included if it would; the most over its debts."""
    limit: int


@dataclass(frozen=True)
class NotEnabled:
    """A rule of the packs that bind which itself binds nobody until it is enabled by name."""

    rule: str
    status: str
    """Why not: `draft`, `superseded`, `unverified` or `policy`."""


@dataclass(frozen=True)
class Telling:
    """Where something that is not known is told."""

    missing: str
    path: str
    """The field that tells it: `standing.facts.collector`."""
    expected: str
    """What stands there."""


@dataclass(frozen=True)
class Period:
    """A part of a day throughout which one answer holds."""

    start: datetime
    end: datetime
    """Not included."""
    answer: Answer


@dataclass(frozen=True)
class PermittedDay:
    """What may be done on one day, by the clock of the person's first zone. What is past is left out."""

    date: date
    holidays: tuple[str, ...]
    """What the calendars of the packs call the day, each with its calendar, or that a calendar does not know it."""
    periods: tuple[Period, ...]


class PermittedDays(tuple[PermittedDay, ...]):
    """What may be done on each of some days, to the quarter of an hour."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return _html.page(_permission_html.days(self))


@dataclass(frozen=True)
class Permission:
    """Whether a contact may be made, and why. It is true only if it may: a contact to be reviewed is not."""

    answer: Answer
    rules: tuple[Decisive, ...]
    """The rules that decided it; none of a contact that may be made."""
    lifted: tuple[Lifted, ...]
    """Rules that would have stood against it, and what lifted them."""
    presumption: Presumption | None
    """What the law presumes; none where no such rule bears on it."""
    rebuttal: bool | None
    """Whether the contact's stated reason may rebut a presumed violation; none without a violation or a reason."""
    flags: tuple[str, ...]
    """What is to be said beside the answer."""
    counts: tuple[Used, ...]
    """How far each limit on counts is used."""
    earliest: datetime | None
    """The first moment, this one included, at which the same contact may be made if nothing else happens; none if none
    can be named within a year."""
    earliest_unblocked: datetime | None
    """The first moment, this one included, at which no rule blocks it; a person may still have to look."""
    missing: tuple[str, ...]
    """Facts that are not known and would matter."""
    packs: tuple[str, ...]
    """The packs of law that bind the person on the day."""
    not_enabled: tuple[NotEnabled, ...]
    """Rules of these packs that bind nobody, as they were not enabled."""
    law: str
    """Under which law: packs with versions and hashes, or why none."""
    _more: Callable[[int], PermittedDays] = field(repr=False, compare=False)
    _tell: Callable[[tuple[str, ...]], tuple[Telling, ...]] = field(repr=False, compare=False)

    def days(self, days: int = 7) -> PermittedDays:
        """What is said of the same contact on each of some days, from its own on."""
        return self._more(days)

    def how_to_tell(self) -> tuple[Telling, ...]:
        """Where each of the facts that are missing is told."""
        return self._tell(self.missing)

    def to_dict(self) -> dict[str, Any]:
        """The answer as data: names and values."""

        def plain(value: Any) -> Any:
            if isinstance(value, tuple):
                return [plain(each) for each in value]
            named = hasattr(value, "__dataclass_fields__")
            return {each.name: plain(getattr(value, each.name)) for each in fields(value)} if named else value

        return {each.name: plain(getattr(self, each.name)) for each in fields(self) if not each.name.startswith("_")}

    def __bool__(self) -> bool:
        return bool(self.answer)

    def _repr_html_(self) -> str:
        return _permission_html.permission(self)


def permission_of(
    text: str, more: Callable[[int], PermittedDays], tell: Callable[..., tuple[Telling, ...]]
) -> Permission:
    """A permission from its JSON."""
    found: dict[str, Any] = json.loads(text)
    presumed = found["presumption"]
    return Permission(
        answer=Answer(found["answer"]),
        rules=tuple(decisive_of(rule) for rule in found["rules"]),
        lifted=tuple(Lifted(**lifted) for lifted in found["lifted"]),
        presumption=None if presumed is None else Presumption(presumed),
        rebuttal=found["rebuttal"],
        flags=tuple(found["flags"]),
        counts=tuple(Used(of=used.pop("class"), **used) for used in found["counts"]),
        earliest=moment_of(found["earliest"]),
        earliest_unblocked=moment_of(found["earliest_unblocked"]),
        missing=tuple(found["missing"]),
        packs=tuple(found["packs"]),
        not_enabled=tuple(NotEnabled(**each) for each in found["not_enabled"]),
        law=found["law"],
        _more=more,
        _tell=tell,
    )


def days_of(text: str) -> PermittedDays:
    """Days from their JSON."""

    def period(found: dict[str, Any]) -> Period:
        start, end = (datetime.fromisoformat(found[name]) for name in ("from", "to"))
        return Period(start, end, Answer(found["answer"]))

    def day(found: dict[str, Any]) -> PermittedDay:
        periods = tuple(period(each) for each in found["periods"])
        return PermittedDay(date.fromisoformat(found["date"]), tuple(found["holidays"]), periods)

    return PermittedDays(day(found) for found in json.loads(text))


def decisive_of(found: dict[str, Any]) -> Decisive:
    listed = {name: tuple(found[name]) for name in ("debts", "missing")}
    return Decisive(**{**found, **listed, "answer": Answer(found["answer"])})


def moment_of(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
