"""What is done to whom: actions in each stage, each debtor type, or whatever else."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from arrears.plot import _read
from arrears.plot._figure import Figure
from arrears.plot._look import FAINT, INK, axis, colours_of, grouped, heading, ink_on, many, percent, rows
from arrears.plot._order import Order

if TYPE_CHECKING:
    from arrears import Policy
    from arrears._given import ArrowStream

_EMPTY = {"debtor_type": "not certain", "channel": "no contact", "treatment": "no treatment"}
_WIDTH, _BAR = 560, 30


def action_mix(
    decisions: ArrowStream,
    *,
    by: str = "stage",
    of: Literal["share", "accounts"] = "share",
    policy: Policy | None = None,
    title: str | None = None,
) -> Figure:
    """Stacked bars of the actions decided.

    Args:
        decisions: A table of decisions: `action`, and the column that `by` names.
        by: What a bar is: `stage`, `debtor_type`, `channel`, or any other column of few words.
        of: Whether a bar shows shares of its accounts or their number.
        policy: Whose order of stages or debtor types is kept; else as they first come.
        title: What is seen, if not the plain words.

    Raises:
        SchemaError: Columns are absent; all of them are named.
        ValueError: `by` is a column of too many words for bars.
    """
    told = _read.texts(decisions, "decisions", list(dict.fromkeys([by, "action"])))
    bars = _read.words(told[by], _EMPTY.get(by, "empty"))
    seen = Counter(zip(bars, _read.words(told["action"], "not known"), strict=True))
    whole: Counter[str] = Counter()
    for (bar, _), count in seen.items():
        whole[bar] += count
    if len(whole) > 40:
        raise ValueError(f"`{by}` has {len(whole):,} different words, too many for bars")
    names = _names(by, list(whole), policy)
    actions, colours = colours_of([action for _, action in seen])
    everybody = whole.total()
    most = max(whole.values(), default=1)
    told_rows: list[dict[str, Any]] = []
    for bar in names:
        left = 0
        for action, colour in zip(actions, colours, strict=True):
            count = seen[bar, action]
            if not count:
                continue
            size = whole[bar] if of == "share" else 1
            wide = count / (whole[bar] if of == "share" else most) * _WIDTH
            label = percent(count, whole[bar]) if of == "share" else grouped(count) if count < whole[bar] else ""
            told_rows.append({
                by: bar, "action": action, "accounts": count, "share": count / whole[bar],
                "left": left / size, "right": (left + count) / size, "middle": (left + count / 2) / size,
                "label": label if wide >= 7.2 * len(label) else "", "ink": ink_on(colour),
            })  # fmt: skip
            left += count
    y = alt.Y(f"{by}:N", sort=names, scale=alt.Scale(domain=names, paddingInner=0.22, paddingOuter=0.1),
              axis=axis(by.replace("_", " ")))  # fmt: skip
    across = _across(of, most)
    data = rows(told_rows)
    full = alt.Chart(data).encode(
        y=y,
        tooltip=[f"{by}:N", "action:N", alt.Tooltip("accounts:Q", format=","), alt.Tooltip("share:Q", format=".2%")],
    )
    ends = rows([
        {by: bar, "text": f"{whole[bar]:,}", "at": 1 if of == "share" else whole[bar]} for bar in names
    ])  # fmt: skip
    picture: Figure = Figure(
        layer=[
            full.mark_bar(stroke="white", strokeWidth=0.6).encode(
                x=across, x2="right:Q",
                color=alt.Color("action:N", scale=alt.Scale(domain=actions, range=colours),
                                legend=alt.Legend(title="action", orient="right", labelFontSize=12, symbolType="square",
                                                  titleFontWeight="normal", titleColor=FAINT, offset=66)),
            ),
            full.mark_text(fontSize=11).encode(x="middle:Q", text="label:N", color=alt.Color("ink:N", scale=None)),
            alt.Chart(ends).mark_text(align="left", dx=6, fontSize=11, color=INK).encode(x="at:Q", y=y, text="text:N"),
        ],
        title=heading(
            title or f"Actions by {by.replace('_', ' ')}: {many(everybody)}",
            "at the right of each bar: its accounts" if of == "share" else "",
        ),
        width=_WIDTH,
        height=_BAR * max(1, len(names)),
        view=alt.ViewBackground(stroke=None),
    )  # fmt: skip
    resolved: Figure = picture.resolve_scale(color="independent")
    return resolved


def _names(by: str, seen: list[str], policy: Policy | None) -> list[str]:
    if by == "stage":
        return list(Order.of(seen, policy, None).names)
    if by in ("action", "channel"):
        return colours_of(seen)[0]
    known = list(policy.debtor_types) if policy is not None and by == "debtor_type" else []
    return [name for name in known if name in seen] + [name for name in seen if name not in known]


def _across(of: str, most: int) -> alt.X:
    if of == "share":
        scale, look = alt.Scale(domain=[0, 1]), axis("share of the accounts of the bar", format=".0%", tickCount=5)
    else:
        scale, look = alt.Scale(domain=[0, most]), axis("accounts", format=",.0f", tickCount=5, tickMinStep=1)
    return alt.X("left:Q", scale=scale, axis=look)
