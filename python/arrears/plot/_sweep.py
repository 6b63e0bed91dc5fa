"""What changes as a threshold is moved over its values."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import altair as alt

from arrears._tried import Sweep
from arrears.plot import _read
from arrears.plot._figure import Figure
from arrears.plot._look import (
    CONTACTS,
    FAINT,
    INK,
    Measure,
    apart,
    axis,
    colours_of,
    heading,
    light_of,
    mixed,
    rows,
    unit_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from arrears._given import ArrowStream

_WIDTH, _HEIGHT = 540, 320
_LINES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#7b5ea7", "#4d4d4d")
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")


def sweep_curve(
    sweep: Sweep | ArrowStream,
    *,
    measure: str = "action",
    keys: Sequence[str] | None = None,
    by: Measure = "accounts",
    own: Decimal | int | str | None = None,
    threshold: str | None = None,
    unit: str | None = None,
    currency: str | None = None,
    zero: bool = True,
    title: str | None = None,
) -> Figure:
    """Lines of what is decided at each value of a threshold.

    Args:
        sweep: What `arrears.sweep` found; or a table with one row for each value and key: `value`, `measure`, `key`,
            `accounts`, and `overdue` or `money` where money is asked for, as `arrears sweep --out` writes it. A key
            without a row at a value counts as nothing there; a measure without keys is one line.
        measure: Which of the measures is shown: `action`, `stage`, `contacts`, ...
        keys: Which of its keys are shown; of actions those that reach a person, else all.
        by: Whether accounts or money is counted.
        own: The policy's own value, marked by a line; where it is not given, that of which the column `own` is true.
        threshold: What the threshold is called; a sweep knows it.
        unit: What its values count: days, calls; a sweep knows it where the policy says it.
        currency: Of the money; a sweep knows it.
        zero: Whether the axis begins at zero. Without it small changes are seen, and look large.
        title: What is seen, if not the plain words.

    Raises:
        SchemaError: Columns are absent; all of them are named.
        ValueError: The table has no such measure or key, or more keys than can be told apart; or a cell is no number.
    """
    if isinstance(sweep, Sweep):
        told_of = sweep.to_dict()
        threshold, unit = threshold or sweep.threshold, unit or told_of["threshold"]["unit"]
        currency = currency or told_of["currency"]
    threshold = threshold or "value of the threshold"
    held, columns = _read.names(sweep, "sweep")
    money = "overdue" if "overdue" in columns and "money" not in columns else "money"
    needs = ["value", "measure", "key", "accounts", *([money] if by == "money" else [])]
    told = _read.texts(held, "sweep", needs, ["own"])
    values = _read.amounts(told["value"], "value")
    if by == "accounts":
        sizes = [Decimal(count) for count in _read.counts(told["accounts"], "accounts")]
    else:
        sizes = _read.amounts(told[money], money)
    if own is None:
        own = next((value for value, mark in zip(values, told.get("own", []), strict=False) if mark == "true"), None)
    sums: dict[tuple[str, Decimal], Decimal] = defaultdict(Decimal)
    there = _read.words(told["measure"], "none")
    if there and measure not in there:
        raise ValueError(f"sweep: there is no measure `{measure}`; there are {', '.join(sorted(set(there)))}")
    for value, name, key, size in zip(values, there, _read.words(told["key"], measure), sizes, strict=True):
        if name == measure:
            sums[key, value] += size
    shown = _shown(list(dict.fromkeys(key for key, _ in sums)), keys, measure)
    steps = sorted({value for value, name in zip(values, there, strict=True) if name == measure})
    colours = [_for_a_line(colour) for colour in colours_of(shown)[1]] if measure == "action" else list(_LINES)
    points = [
        {"value": float(step), "value_text": f"{step.normalize():f}", "key": key, by: float(sums[key, step])}
        for key in shown for step in steps
    ]  # fmt: skip
    return _drawn(points, shown, colours, steps, by, own, zero, {
        "x": f"{threshold} ({unit})" if unit else threshold,
        "y": unit_of(by, currency),
        "title": title or f"{_plural(measure)} at each value of {threshold}",
    })  # fmt: skip


def _decimals(value: Decimal) -> int:
    """How many decimals a value needs."""
    return max(0, -int(value.normalize().as_tuple().exponent))


def _for_a_line(colour: str) -> str:
    """A colour that is seen on white when it is only two pixels wide."""
    return mixed(colour, "#1d2f45", 0.3) if light_of(colour) > 0.5 else colour


def _plural(measure: str) -> str:
    word = measure.replace("_", " ").capitalize()
    return word if word.endswith("s") else f"{word}s"


def _shown(there: Sequence[str], keys: Sequence[str] | None, measure: str) -> list[str]:
    if keys is not None:
        absent = [key for key in keys if key not in there]
        if absent and there:
            raise ValueError(f"sweep: {measure} is never {', '.join(absent)}; it is one of {', '.join(sorted(there))}")
        shown = list(dict.fromkeys(keys))
    elif measure == "action":
        shown = [key for key in CONTACTS if key in there]
    else:
        shown = list(there)
    if len(shown) > len(_SHAPES):
        raise ValueError(f"sweep: {len(shown)} lines cannot be told apart: choose up to {len(_SHAPES)} by `keys`")
    return colours_of(shown)[0] if measure == "action" else shown


def _drawn(
    points: list[dict[str, Any]],
    shown: Sequence[str],
    colours: Sequence[str],
    steps: Sequence[Decimal],
    by: Measure,
    own: Decimal | int | str | None,
    zero: bool,
    words: dict[str, str],
) -> Figure:
    sizes = [point[by] for point in points] or [0.0]
    low, high = (min(0.0, *sizes) if zero else min(sizes)), max(sizes)
    spare = (high - low) * 0.06 or 1.0
    domain = [low if zero and low == 0 else max(0.0, low - spare) if low >= 0 else low - spare, high + spare]
    marks = [float(step) for step in steps]
    if own is not None:
        marks.append(float(Decimal(own)))
    digits = max((_decimals(step) for step in [*steps, *([Decimal(own)] if own is not None else [])]), default=0)
    ticks: dict[str, Any] = {"values": [float(step) for step in steps]} if len(steps) <= 12 else {"tickCount": 8}
    ends_of_x = [min(marks, default=0), max(marks, default=1)]
    x = alt.X(
        "value:Q",
        scale=alt.Scale(domain=ends_of_x, nice=False, zero=False, padding=8),
        axis=axis(words["x"], grid=False, labelOverlap=True, format=f",.{digits}f", **ticks),
    )
    y = alt.Y(
        f"{by}:Q",
        scale=alt.Scale(domain=domain, nice=False),
        axis=axis(words["y"], format=",.0f", tickCount=6, tickMinStep=1),
    )
    full = alt.Chart(rows(points)).encode(
        x=x,
        y=y,
        color=alt.Color("key:N", scale=alt.Scale(domain=list(shown), range=list(colours[: len(shown)])), legend=None),
        tooltip=["key:N", alt.Tooltip("value_text:N", title="value"), alt.Tooltip(f"{by}:Q", format=",")],
    )
    shapes = alt.Shape("key:N", scale=alt.Scale(domain=list(shown), range=list(_SHAPES[: len(shown)])), legend=None)
    last = [point for point in points if steps and point["value"] == float(steps[-1])]
    places = apart(
        [_HEIGHT * (1 - (point[by] - domain[0]) / (domain[1] - domain[0])) for point in last], 15, 6, _HEIGHT
    )
    ends = [
        {"value": point["value"], "key": point["key"], "y": place, "text": f"{point['key']}  {point[by]:,.0f}"}
        for point, place in zip(last, places, strict=True)
    ]
    layers = [
        full.mark_line(strokeWidth=2.2),
        full.mark_point(filled=True, size=52, opacity=1).encode(shape=shapes),
        alt.Chart(rows(ends)).mark_text(align="left", fontSize=12, color=INK)
        .encode(x=alt.value(_WIDTH + 10), y=alt.Y("y:Q", scale=None, axis=None), text="text:N"),
    ]  # fmt: skip
    if own is not None:
        mark = rows([{"value": float(Decimal(own)), "text": f"the policy's own: {Decimal(own):,.{digits}f}"}])
        at = alt.X("value:Q")
        layers.insert(0, alt.Chart(mark).mark_rule(strokeDash=[5, 4], color=FAINT, strokeWidth=1.2).encode(x=at))
        layers.append(
            alt.Chart(mark).mark_text(align="center", baseline="bottom", dy=-4, fontSize=12, color=FAINT)
            .encode(x=at, y=alt.value(0), text="text:N")
        )  # fmt: skip
    return Figure(
        layer=layers,
        title=heading(words["title"], "the axis does not begin at zero" if domain[0] > 0 else ""),
        width=_WIDTH,
        height=_HEIGHT,
        view=alt.ViewBackground(stroke=None),
    )
