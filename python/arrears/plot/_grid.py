"""A table of moves from rows to columns, as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import altair as alt

from arrears.plot._figure import Figure
from arrears.plot._look import FAINT, INK, axis, ink_on, rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WIDE, _HIGH = 82, 46


@dataclass(frozen=True)
class Cell:
    """What stands where a row and a column meet."""

    start: str
    end: str
    fill: str
    first: str
    """What is read first."""
    second: str
    told: Mapping[str, Any]
    """The numbers behind it."""


def grid(
    cells: Sequence[Cell],
    starts: Sequence[str],
    ends: Sequence[str],
    *,
    title: alt.TitleParams,
    down: str,
    across: str,
    beside: tuple[str, Mapping[str, str]],
) -> Figure:
    """A heat table.

    Args:
        cells: What there is; where nothing is, nothing is drawn.
        starts: The rows, from above.
        ends: The columns, from the left.
        title: The title.
        down: What the rows are.
        across: What the columns are.
        beside: What is written at the right of the rows: a head and texts.
    """
    longest = max((len(name) for name in ends), default=0)
    wide = max(_WIDE, 8 * longest + 10)
    width, height = wide * max(1, len(ends)), _HIGH * max(1, len(starts))
    x = alt.X("to:N", sort=list(ends), scale=alt.Scale(domain=list(ends), paddingInner=0.03, paddingOuter=0),
              axis=axis(across, orient="top", labelAngle=0))  # fmt: skip
    y = alt.Y("from:N", sort=list(starts), scale=alt.Scale(domain=list(starts), paddingInner=0.05, paddingOuter=0),
              axis=axis(down))  # fmt: skip
    empty = rows([{"from": start, "to": end} for start in starts for end in ends])
    told = rows(
        [
            {"from": each.start, "to": each.end, **each.told, "fill": each.fill, "ink": ink_on(each.fill),
             "first": each.first, "second": each.second}
            for each in cells
        ],
    )  # fmt: skip
    hints = [alt.Tooltip("from:N"), alt.Tooltip("to:N")]
    if cells:
        hints.extend(alt.Tooltip(f"{name}:Q", format=",.12~g") for name in cells[0].told if name != "share")
        if "share" in cells[0].told:
            hints.append(alt.Tooltip("share:Q", format=".2%"))
    full = alt.Chart(told).encode(x=x, y=y, tooltip=hints)
    ink = alt.Color("ink:N", scale=None)
    head, texts = beside
    above = rows([{"text": head}])
    margin = rows([{"from": start, "text": texts.get(start, "")} for start in starts])
    return Figure(
        layer=[
            alt.Chart(empty).mark_rect(color="#f6f6f6").encode(x=x, y=y),
            full.mark_rect().encode(color=alt.Color("fill:N", scale=None)),
            full.mark_text(dy=-7, fontSize=13, fontWeight=600).encode(text="first:N", color=ink),
            full.mark_text(dy=9, fontSize=11).encode(text="second:N", color=ink),
            alt.Chart(margin).mark_text(align="left", fontSize=11, color=INK).encode(
                x=alt.value(width + 10), y=y, text="text:N"),
            alt.Chart(above).mark_text(align="left", baseline="bottom", fontSize=11, color=FAINT)
            .encode(x=alt.value(width + 10), y=alt.value(-8), text="text:N"),
        ],
        title=title,
        width=width,
        height=height,
        view=alt.ViewBackground(stroke=None),
    )  # fmt: skip
