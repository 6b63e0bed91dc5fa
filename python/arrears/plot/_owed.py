"""What is owed over time, by what it is for, and where each way of paying leads."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import altair as alt

from arrears._delay import Delay
from arrears.plot import _read
from arrears.plot._figure import Figure
from arrears.plot._look import INK, apart, axis, heading, rows

if TYPE_CHECKING:
    from arrears._given import ArrowStream

_WIDTH, _HEIGHT = 540, 300
COMPONENTS = {
    "principal": "#9dbfdd",
    "interest": "#3181bd",
    "fee": "#f0a417",
    "penalty": "#c24a1c",
    "cost": "#4d1033",
}
"""Blue is what was lent and its price, yellow to red is what lateness cost."""
_LINES = ("#c24a1c", "#e69f00", "#009e73", "#0072b2", "#7b5ea7", "#cc79a7", "#56b4e9", "#4d4d4d")
_NAMES = {"nothing": "pays nothing", "minimum": "pays what is asked for", "in_full": "pays in full today"}


def owed_over_time(
    statements: ArrowStream, *, currency: str | None = None, account: str | None = None, title: str | None = None
) -> Figure:
    """What is owed on an account, day by day, by what it is for.

    Args:
        statements: What `arrears.statements` made; or a table with `account_id`, `as_of`, `principal`, `interest`,
            `penalty`, `fee` and `cost`.
        currency: Of the amounts.
        account: Which account is shown, where there are several.
        title: What is seen, if not the plain words.

    Raises:
        SchemaError: Columns are absent; all of them are named.
        ValueError: There are several accounts and none is chosen, or the one that is chosen is not there.
    """
    told = _read.texts(statements, "statements", ["account_id", "as_of", *COMPONENTS], [])
    names = sorted(set(_read.words(told["account_id"], "")))
    if account is None and len(names) > 1:
        raise ValueError(f"statements: there are {len(names)} accounts: choose one by `account`")
    if account is not None and account not in names:
        raise ValueError(f"statements: there is no account `{account}`; there are {', '.join(names[:8])}")
    kept = [n for n, name in enumerate(told["account_id"]) if account is None or name == account]
    days = _read.words(told["as_of"], "")
    points: list[dict[str, Any]] = []
    for order, component in enumerate(COMPONENTS):
        amounts = _read.amounts(told[component], component)
        points += [{"day": days[n], "component": component, "amount": float(amounts[n]), "order": order} for n in kept]
    there = [name for name in COMPONENTS if any(point["component"] == name and point["amount"] for point in points)]
    shown = [point for point in points if point["component"] in there]
    area = (
        alt.Chart(rows(shown))
        .mark_area(interpolate="step-after", line=False, opacity=1)
        .encode(
            x=alt.X("day:T", axis=axis(None, grid=False, tickCount=6, format="%d %b %Y", labelOverlap=True)),
            y=alt.Y(
                "amount:Q",
                stack="zero",
                axis=axis(f"owed ({currency})" if currency else "owed", format=",.0f", tickCount=6),
            ),
            order="order:Q",
            color=alt.Color(
                "component:N",
                scale=alt.Scale(domain=there, range=[COMPONENTS[name] for name in there]),
                legend=alt.Legend(title=None, orient="bottom", labelFontSize=12, symbolType="square"),
            ),
            tooltip=["day:T", "component:N", alt.Tooltip("amount:Q", format=",.2f")],
        )
    )
    name = account or (names[0] if names else "nobody")
    return Figure(
        layer=[area],
        title=heading(title or f"What {name} owes, by what it is for"),
        width=_WIDTH,
        height=_HEIGHT,
        view=alt.ViewBackground(stroke=None),
    )


def cost_of_delay(delay: Delay, *, title: str | None = None) -> Figure:
    """Where each way of paying leads: what is owed on each day, and at its end what it has cost.

    Args:
        delay: What `account.delay` found.
        title: What is seen, if not the plain words.
    """
    cells = delay.cells
    ways = list(dict.fromkeys(cell.pays for cell in cells))
    if len(ways) > len(_LINES):
        raise ValueError(f"delay: {len(ways)} ways of paying cannot be told apart: give up to {len(_LINES)}")
    said = {way: _NAMES.get(way, way) for way in ways}
    points: list[dict[str, Any]] = [
        {
            "day": cell.on.isoformat(),
            "pays": said[cell.pays],
            "owed": float(cell.owed.amount),
            "cost": float(cell.cost.amount),
            "sued": cell.lawsuit,
        }
        for cell in cells
    ]
    domain = [said[way] for way in ways]
    colours = alt.Color("pays:N", scale=alt.Scale(domain=domain, range=list(_LINES[: len(ways)])), legend=None)
    high = max([point["owed"] for point in points] or [1.0]) or 1.0
    low = min([0.0, *(point["owed"] for point in points)])
    y = alt.Y(
        "owed:Q",
        scale=alt.Scale(domain=[low, high * 1.06], nice=False),
        axis=axis(f"owed ({delay.total.currency})", format=",.0f", tickCount=6),
    )
    x = alt.X("day:T", axis=axis(None, grid=False, tickCount=5, format="%d %b %Y", labelOverlap=True))
    told = ["pays:N", "day:T", alt.Tooltip("owed:Q", format=",.2f"), alt.Tooltip("cost:Q", format=",.2f")]
    full = alt.Chart(rows([point for point in points if not point["sued"]])).encode(
        x=x, y=y, color=colours, tooltip=told
    )
    sued = alt.Chart(rows([point for point in points if point["sued"]])).encode(x=x, y=y, color=colours, tooltip=told)
    last = [[cell for cell in cells if cell.pays == way and not cell.lawsuit][-1] for way in ways if cells]
    places = apart(
        [_HEIGHT * (1 - (float(cell.owed.amount) - low) / (high * 1.06 - low)) for cell in last], 15, 6, _HEIGHT
    )
    ends = [
        {"y": place, "text": f"{said[cell.pays]}: costs {_plain(cell.cost.amount)}"}
        for cell, place in zip(last, places, strict=True)
    ]
    layers = [
        full.mark_line(strokeWidth=2.2),
        full.mark_point(filled=True, size=40, opacity=1),
        sued.mark_point(shape="cross", filled=True, size=110, opacity=1),
        alt.Chart(rows(ends)).mark_text(align="left", fontSize=12, color=INK)
        .encode(x=alt.value(_WIDTH + 10), y=alt.Y("y:Q", scale=None, axis=None), text="text:N"),
    ]  # fmt: skip
    below = "a cross: with a lawsuit on that day" if any(point["sued"] for point in points) else ""
    return Figure(
        layer=layers,
        title=heading(title or f"What delay costs {delay.account_id}", below),
        width=_WIDTH,
        height=_HEIGHT,
        view=alt.ViewBackground(stroke=None),
    )


def _plain(amount: Decimal) -> str:
    return f"{amount:,f}"
