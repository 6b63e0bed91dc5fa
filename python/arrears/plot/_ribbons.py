"""Ribbons between two columns of stages, drawn with areas."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import altair as alt

from arrears.plot._figure import Figure
from arrears.plot._look import FAINT, INK, apart, grouped, percent, rows, short

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from arrears.plot._order import Order

_WIDTH, _HEIGHT, _GAP, _BAR = 460, 430, 9.0, 0.02
_POINTS = 16

Move = tuple[str, str]


@dataclass(frozen=True)
class Flows:
    """How many accounts made each move, and the money on them."""

    accounts: Mapping[Move, int]
    money: Mapping[Move, Decimal] | None
    """`None` if accounts are what is weighed."""
    hidden: frozenset[Move]
    """Moves that are counted and not drawn."""

    def weight(self, move: Move) -> Decimal:
        """What makes the height of a ribbon."""
        return Decimal(self.accounts[move]) if self.money is None else self.money[move]

    def shown(self) -> list[Move]:
        """The moves that are drawn."""
        return [move for move in self.accounts if move not in self.hidden and self.weight(move) > 0]

    def said(self, weight: Decimal) -> str:
        """A weight in words."""
        return grouped(int(weight)) if self.money is None else short(weight)


@dataclass(frozen=True)
class _Span:
    """A piece of a column, from above."""

    top: float
    bottom: float

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def drawn(
    flows: Flows, names: Sequence[str], ordered: Order, labels: tuple[str, str], title: alt.TitleParams
) -> Figure:
    """The picture: what was at the left, what is at the right, each in the order of `names` from above."""
    place = {name: n for n, name in enumerate(names)}
    moves = sorted(flows.shown(), key=lambda move: (place[move[0]], place[move[1]]))
    columns = [sorted({move[side] for move in moves}, key=place.__getitem__) for side in (0, 1)]
    total = float(sum((flows.weight(move) for move in moves), Decimal(0))) or 1.0
    per = (_HEIGHT - _GAP * max(0, *(len(column) - 1 for column in columns))) / total
    spans = [_spans(moves, flows, columns[side], side, per) for side in (0, 1)]
    ribbons: list[dict[str, Any]] = []
    counts: list[dict[str, Any]] = []
    for number, move in enumerate(moves):
        a, b = spans[0][1][move], spans[1][1][move]
        said = {"flow": number, "from": move[0], "to": move[1], "accounts": flows.accounts[move]}
        if flows.money is not None:
            said["money"] = float(flows.money[move])
        for step in range(_POINTS + 1):
            at = step / _POINTS
            ribbons.append({
                **said, "x": _BAR + at * (1 - 2 * _BAR), "fill": ordered.colour(*move),
                "top": _bent(a.top, b.top, at), "bottom": _bent(a.bottom, b.bottom, at),
            })  # fmt: skip
        if a.bottom - a.top >= 13:
            counts.append({"x": 0.09, "y": _bent(a.middle, b.middle, 0.07), "text": flows.said(flows.weight(move))})
    sides = [_side(columns[side], spans[side][0], flows, side) for side in (0, 1)]
    hints = ["from:N", "to:N", alt.Tooltip("accounts:Q", format=",")]
    if flows.money is not None:
        hints.append(alt.Tooltip("money:Q", format=",.2f"))
    blocks = alt.Chart(rows([*sides[0], *sides[1]]))
    layers = [
        alt.Chart(rows(ribbons)).mark_area(opacity=0.55, line=False, interpolate="monotone").encode(
            x=_across("x"), y=_down("top"), y2="bottom:Q", detail="flow:N",
            color=alt.Color("fill:N", scale=None), tooltip=hints),
        blocks.mark_rect(color="#3c3c3c").encode(x=_across("left"), x2="right:Q", y=_down("top"), y2="bottom:Q"),
        blocks.mark_rule(color="#9a9a9a", strokeWidth=0.8).encode(
            x=_across("edge"), x2="hook:Q", y=_down("middle"), y2="label_y:Q"),
        alt.Chart(rows(counts)).mark_text(fontSize=11, color=INK, align="left").encode(
            x=_across("x"), y=_down("y"), text="text:N"),
        alt.Chart(rows([{"x": n, "text": label} for n, label in enumerate(labels)]))
        .mark_text(fontSize=12, color=FAINT, baseline="bottom").encode(x=_across("x"), y=alt.value(-8), text="text:N"),
    ]  # fmt: skip
    layers.extend(
        alt.Chart(rows(sides[side]))
        .mark_text(align=align, fontSize=12, color=INK)
        .encode(x=_across("label_x"), y=_down("label_y"), text="label:N")
        for side, align in ((0, "right"), (1, "left"))
    )
    return Figure(layer=layers, title=title, width=_WIDTH, height=_HEIGHT, view=alt.ViewBackground(stroke=None))


def _across(field: str) -> alt.X:
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 1], nice=False), axis=None)


def _down(field: str) -> alt.Y:
    return alt.Y(f"{field}:Q", scale=alt.Scale(domain=[0, _HEIGHT], reverse=True, nice=False), axis=None)


def _bent(start: float, end: float, at: float) -> float:
    """A smooth way from one height to another."""
    return start + (end - start) * at * at * (3 - 2 * at)


def _spans(
    moves: Sequence[Move], flows: Flows, column: Sequence[str], side: int, per: float
) -> tuple[dict[str, _Span], dict[Move, _Span]]:
    """Where the stages of one column stand, and where each ribbon touches it."""
    stages: dict[str, _Span] = {}
    touched: dict[Move, _Span] = {}
    at = 0.0
    for stage in column:
        top = at
        for move in (move for move in moves if move[side] == stage):
            touched[move] = _Span(at, at + float(flows.weight(move)) * per)
            at = touched[move].bottom
        stages[stage] = _Span(top, at)
        at += _GAP
    return stages, touched


def _side(column: Sequence[str], spans: Mapping[str, _Span], flows: Flows, side: int) -> list[dict[str, Any]]:
    """The blocks of one column with their labels, moved apart where they would touch."""
    places = apart([spans[name].middle for name in column], 15, 6, _HEIGHT - 6)
    book = sum((flows.weight(move) for move in flows.accounts), Decimal(0))
    shown = flows.shown()
    found = []
    for name, place in zip(column, places, strict=True):
        full = sum((flows.weight(move) for move in flows.accounts if move[side] == name), Decimal(0))
        mine = [move for move in shown if move[side] == name]
        weight = sum((flows.weight(move) for move in mine), Decimal(0))
        rest = f"({percent(full, book)})" if weight == full else f"of {flows.said(full)}"
        found.append({
            "stage": name, "accounts": sum(flows.accounts[move] for move in mine), "weight": float(weight),
            "left": 0 if side == 0 else 1 - _BAR, "right": _BAR if side == 0 else 1,
            "top": spans[name].top, "bottom": max(spans[name].bottom, spans[name].top + 0.8),
            "middle": spans[name].middle, "edge": side, "hook": -0.022 if side == 0 else 1.022,
            "label_x": -0.03 if side == 0 else 1.03, "label_y": place, "label": f"{name}: {flows.said(weight)} {rest}",
        })  # fmt: skip
    return found
