"""When a contact may be made: hours and days, coloured by the answer."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import altair as alt

from arrears import _permission_html as look
from arrears.plot._figure import Figure
from arrears.plot._look import FAINT, INK, axis, heading, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arrears._permission import Period, PermittedDay

_WIDTH, _BAR = 560, 26


def permitted_hours(days: Sequence[PermittedDay], *, title: str | None = None) -> Figure:
    """A row for each day, from midnight to midnight by the clock of the person's first zone.

    Blue hours may be used, pale orange ones wait for a person's look, orange ones may not be used, and of what is past
    nothing is said. A day on which the clock is changed has an hour less or more, which is written beside it; where an
    hour comes twice, the more severe answer is seen.

    Args:
        days: What `Case.days` or `Permission.days` gave.
        title: What is seen, if not the plain words.

    Raises:
        ValueError: There are no days: no zone of the person is known, or none were asked for.
    """
    if not days:
        raise ValueError("no days: nothing is said where no zone of the person is known")
    names = [look.day_name(day.date) for day in days]
    told: list[dict[str, Any]] = [
        {
            "day": name, "answer": str(period.answer), "from": look.minute(period.start) / 60,
            "to": look.last_minute(period) / 60, "starts": f"{period.start:%H:%M}", "ends": f"{period.end:%H:%M}",
        }
        for name, day in zip(names, days, strict=True)
        for period in sorted(day.periods, key=lambda period: list(look.COLOURS).index(period.answer))
    ]  # fmt: skip
    beside = [{"day": name, "text": _beside(day)} for name, day in zip(names, days, strict=True)]
    answers = [answer for answer in look.COLOURS if any(row["answer"] == answer for row in told)]
    ticks = list(range(0, 25, 3))
    x = alt.X("from:Q", scale=alt.Scale(domain=[0, 24]),
              axis=axis("hour of the day", values=ticks, orient="top", grid=False))  # fmt: skip
    y = alt.Y("day:N", sort=names, scale=alt.Scale(domain=names, paddingInner=0.12, paddingOuter=0.06),
              axis=axis(None))  # fmt: skip
    colours = alt.Scale(domain=answers, range=[look.COLOURS[answer] for answer in answers])
    legend = alt.Legend(title=None, orient="bottom", labelFontSize=12, symbolType="square")
    bars = alt.Chart(rows(told)).mark_rect().encode(
        x=x, x2="to:Q", y=y, color=alt.Color("answer:N", scale=colours, legend=legend),
        tooltip=["day:N", "answer:N", alt.Tooltip("starts:N", title="from"), alt.Tooltip("ends:N", title="to")],
    )  # fmt: skip
    marks = alt.Chart(rows([{"at": at} for at in ticks[1:-1]])).mark_rule(color="white", strokeWidth=0.7)
    texts = alt.Chart(rows(beside)).mark_text(align="left", fontSize=11, color=INK)
    return Figure(
        layer=[
            bars,
            marks.encode(x="at:Q"),
            texts.encode(x=alt.value(_WIDTH + 10), y=y, text="text:N"),
            alt.Chart(rows([{"text": "may be made"}])).mark_text(align="left", baseline="bottom", fontSize=11,
                color=FAINT).encode(x=alt.value(_WIDTH + 10), y=alt.value(-8), text="text:N"),
        ],
        title=heading(title or "When the contact may be made"),
        width=_WIDTH,
        height=_BAR * len(days),
        view=alt.ViewBackground(stroke=None),
    )  # fmt: skip


def _beside(day: PermittedDay) -> str:
    """The hours in words, how long a day is on which the clock is changed, and what holiday it is."""
    long = _hours(day.periods)
    return " · ".join([look.hours(day.periods), *([f"a day of {long} hours"] if long else []), *day.holidays])


def _hours(periods: Sequence[Period]) -> int | None:
    """How many hours the day has, where they are not twenty-four and the whole day is told."""
    if not periods or look.minute(periods[0].start) or any(a.end != b.start for a, b in pairwise(periods)):
        return None
    long = periods[-1].end - periods[0].start
    return None if long == timedelta(days=1) else round(long / timedelta(hours=1))
