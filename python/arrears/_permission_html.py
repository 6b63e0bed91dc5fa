"""How a permission looks in a notebook: the rules that decided it, and the hours at which the contact may be made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import TYPE_CHECKING

from arrears import _html

if TYPE_CHECKING:
    from arrears._permission import Decisive, Period, Permission, PermittedDay

COLOURS = {"allow": "#2374ab", "review": "#f3c58b", "block": "#d1600a"}
"""Blue may be done, pale orange waits for a person, orange may not be done."""

_SAID = {"allow": "may be made", "review": "is for a person to review", "block": "may not be made"}
_DAY = 24 * 60
_WIDTH = 22


def permission(permission: Permission) -> str:
    """The answer, the rules, what lifted others, the counts, what is not known, and a week of hours."""
    title = (
        f'<h4><span style="color:{COLOURS[permission.answer]}">■</span> This contact {_SAID[permission.answer]}</h4>'
    )
    parts = [title, f"<p>{' · '.join(_below(permission))}</p>", _rules(permission.rules), _beside(permission)]
    return _html.page("".join(parts) + days(permission.days()))


def _below(permission: Permission) -> list[str]:
    said = []
    if permission.earliest is not None and not permission.answer:
        said.append(f"it may be made from {_moment(permission.earliest)}")
    elif permission.earliest is None:
        unblocked = permission.earliest_unblocked
        said.append("no moment within a year can be named at which it may be made")
        said.extend([f"no rule blocks it from {_moment(unblocked)}"] if unblocked is not None else [])
    if permission.presumption is not None:
        rebutted = {True: ", which its reason may rebut", False: ", which its reason does not rebut", None: ""}
        said.append(f"the law presumes {permission.presumption}{rebutted[permission.rebuttal]}")
    said.extend(escape(flag.replace("_", " ")) for flag in permission.flags)
    # All packs with their hashes are in `law`.
    none = permission.law if permission.law.startswith("none: ") else "no pack of law"
    said.append(f"under {escape(', '.join(permission.packs) or none)}")
    return said


def _rules(rules: Iterable[Decisive]) -> str:
    head = [
        (name, False) for name in ("", "rule", "calls for", "where it stands", "what it says", "debts", "not known")
    ]
    rows = [
        [
            f'<span style="color:{COLOURS[rule.answer]}">■</span>',
            escape(rule.rule),
            escape(f"{rule.answer} ({rule.strength.replace('_', ' ')})"),
            escape(rule.cites),
            f'<span style="white-space:normal">{escape(rule.says)}</span>',
            escape(", ".join(rule.debts)),
            f'<span style="white-space:normal">{escape(", ".join(rule.missing))}</span>',
        ]
        for rule in rules
    ]
    return f'<div style="overflow-x:auto">{_html.bare_grid(head, rows)}</div>' if rows else ""


def _beside(permission: Permission) -> str:
    lifted = [[escape(each.rule), escape(each.by)] for each in permission.lifted]
    counts = [[escape(each.rule), escape(each.of), f"{each.counted}", f"{each.limit}"] for each in permission.counts]
    telling = [[escape(each.missing), escape(each.path), escape(each.expected)] for each in permission.how_to_tell()]
    grids = [
        ([("lifted", False), ("by", False)], lifted),
        ([("counted by", False), ("what", False), ("with this one", True), ("limit", True)], counts),
        ([("not known", False), ("is told as", False), ("which is", False)], telling),
    ]
    return '<div class="row">' + "".join(_html.bare_grid(head, rows) for head, rows in grids if rows) + "</div>"


def days(days: Iterable[PermittedDay]) -> str:
    """A bar for each day, by the clock of the person's first zone."""
    rows = [
        [day_name(day.date), _bar(day.periods), escape("; ".join([hours(day.periods), *day.holidays]))] for day in days
    ]
    if not rows:
        return ""
    marks = "".join(
        f'<span style="display:inline-block;width:{_WIDTH / 4}em">{hour:02}</span>' for hour in (0, 6, 12, 18)
    )
    grid = _html.bare_grid([("day", False), ("MARKS", False), ("may be made", False)], rows)
    return grid.replace("MARKS", marks, 1)


def _bar(periods: Iterable[Period]) -> str:
    pieces = "".join(
        f'<span title="{period.start:%H:%M}-{_end(period)} {period.answer}" style="position:absolute;height:100%;'
        f"left:{100 * minute(period.start) / _DAY:.2f}%;background:{COLOURS[period.answer]};"
        f'width:{100 * max(0, last_minute(period) - minute(period.start)) / _DAY:.2f}%"></span>'
        for period in periods
    )
    return f'<span style="position:relative;display:inline-block;width:{_WIDTH}em;height:.8em">{pieces}</span>'


def hours(periods: Iterable[Period]) -> str:
    """The hours at which a contact may be made: `08:00-21:00`."""
    open_hours = [f"{period.start:%H:%M}-{_end(period)}" for period in periods if period.answer]
    return ", ".join(open_hours) or "at no hour"


def minute(moment: datetime) -> int:
    """What the clock shows, in minutes after midnight."""
    return moment.hour * 60 + moment.minute


def last_minute(period: Period) -> int:
    """What the clock shows at the end of a period, which may be the end of the day."""
    return minute(period.end) or _DAY


def day_name(day: date) -> str:
    """A day in few letters: `Mon 30 Nov`."""
    names = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{names[day.weekday()]} {day.day} {months[day.month - 1]}"


def _end(period: Period) -> str:
    return f"{period.end:%H:%M}" if minute(period.end) else "24:00"


def _moment(moment: datetime) -> str:
    return f"{day_name(moment.date())} {moment.year}, {moment:%H:%M}"
