"""Colours, numbers and letters: the same in every picture."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import altair as alt

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from arrears import Policy

Measure: TypeAlias = Literal["accounts", "money"]
"""What is counted: accounts, or the money on them."""

CONTACTS = (
    "push", "in_app", "chat", "sms", "email", "letter", "ivr", "phone", "visit", "branch", "meeting",
)  # fmt: skip
"""Actions that reach a person, from the mildest to the strongest."""

ACTIONS = {
    "none": "#e4e4e4",
    "wait": "#c6c6c6",
    "held": "#9b9b9b",
    "review": "#6f6f6f",
    "note": "#ad8d6a",
    "system": "#453626",
    "restore_limit": "#b6ecc6",
    "waive": "#3acb66",
    "offer": "#279348",
    "push": "#c3dcf0",
    "in_app": "#a3cae8",
    "chat": "#7fb5dd",
    "sms": "#559dd0",
    "email": "#3181bd",
    "letter": "#1a639f",
    "ivr": "#f7cf6b",
    "phone": "#f0a417",
    "branch": "#e07b39",
    "meeting": "#d2622a",
    "visit": "#c24a1c",
    "place": "#8f2c3b",
    "litigation": "#4d1033",
}
"""A colour for every action, from doing nothing to a lawsuit: greys, green for relief, blue for what is read, yellow
for what is heard, red for what stands at the door. Lightness falls with strength within a kind, and no two of them fall
together for the colour-blind."""

WORSE, BETTER, SAME, ASIDE = "#d1600a", "#2374ab", "#8a8a8a", "#4b1d9e"
"""More severe, milder, unchanged, without direction."""

INK, FAINT, PAPER = "#1f1f1f", "#6b6b6b", "#ffffff"
"""What is read, what is read second, and what is behind it."""


STRENGTH = {
    **dict.fromkeys(("none", "wait", "held", "review", "note", "system"), 0),
    **dict.fromkeys(("restore_limit", "waive", "offer"), 1),
    **dict.fromkeys(("push", "in_app", "chat", "sms", "email", "letter"), 2),
    **dict.fromkeys(("ivr", "phone"), 3),
    **dict.fromkeys(("branch", "meeting", "visit"), 4),
    "place": 5,
    "litigation": 6,
}
"""How strong an action is, as the engine counts it (docs/statements.md, Verbs)."""


def directions(used: Iterable[str], worse: str, aside: str) -> str:
    """What the colours that are used mean."""
    said = {WORSE: f"orange: {worse}", BETTER: "blue: milder", ASIDE: f"purple: {aside}", SAME: "grey: unchanged"}
    there = set(used)
    return " · ".join(text for colour, text in said.items() if colour in there)


def colours_of(actions: Sequence[str]) -> tuple[list[str], list[str]]:
    """Actions in their order with their colours; words that are no action of ours come last, in pink."""
    seen = set(actions)
    known = [name for name in ACTIONS if name in seen]
    others = sorted(seen.difference(ACTIONS))
    pinks = ("#cc79a7", "#e3b5cf", "#8f4a70", "#b05c8d")
    return known + others, [ACTIONS[name] for name in known] + [pinks[n % 4] for n in range(len(others))]


def mixed(light: str, dark: str, part: Decimal | float) -> str:
    """A colour between two: the first at 0, the second at 1."""
    at = min(1.0, max(0.0, float(part)))
    pairs = ((int(light[n : n + 2], 16), int(dark[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * at):02x}" for a, b in pairs)


def light_of(colour: str) -> float:
    """How light a colour is, from 0 to 1."""
    red, green, blue = ((int(colour[n : n + 2], 16) / 255) ** 2.2 for n in (1, 3, 5))
    light: float = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    return light


def ink_on(colour: str) -> str:
    """Black or white, whichever is read better on a colour."""
    return INK if light_of(colour) > 0.24 else PAPER


def grouped(number: Decimal | int) -> str:
    """A number with its thousands apart; amounts keep their decimals."""
    return f"{number:,}"


def short(number: Decimal | int) -> str:
    """A number in few letters: 9,400, 12.3 k, 4.05 M."""
    size = Decimal(number).copy_abs()
    if size < 10_000:
        return f"{number:,.0f}"
    places, letter = (9, "bn") if size >= 10**9 else (6, "M") if size >= 10**6 else (3, "k")
    scaled = Decimal(number).scaleb(-places)
    digits = 2 if scaled.copy_abs() < 10 else 1 if scaled.copy_abs() < 100 else 0
    return f"{scaled:,.{digits}f} {letter}"


def percent(part: Decimal | int, whole: Decimal | int) -> str:
    """A share in words: `<0.1 %` rather than a zero that is none."""
    if not whole:
        return "-"
    share = Decimal(part) * 100 / Decimal(whole)
    if part and share < Decimal("0.05"):
        return "<0.1 %"
    if part != whole and share >= Decimal("99.95"):
        return ">99.9 %"
    return f"{share:.1f} %" if share < 100 else "100 %"


def many(count: int, one: str = "account") -> str:
    """A count and what is counted."""
    return f"{count:,} {one}" if count == 1 else f"{count:,} {one}s"


def unit_of(by: Measure, currency: str | None, policy: Policy | None = None) -> str:
    """What an axis counts: money in the currency given, or in the policy's."""
    currency = currency or (policy.currency if policy is not None else None)
    return "accounts" if by == "accounts" else f"money ({currency})" if currency else "money"


def axis(title: str | None, **more: Any) -> alt.Axis:
    """An axis as all of them look."""
    plain = {
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleColor": FAINT,
        "labelColor": INK,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
        "titlePadding": 10,
        "gridColor": "#ececec",
        "labelLimit": 220,
    }
    return alt.Axis(title=title, **{**plain, **more})


def heading(text: str, *below: str) -> alt.TitleParams:
    """A title that says what is seen, and lines below it."""
    return alt.TitleParams(
        text=text,
        subtitle=[line for line in below if line],
        anchor="start",
        frame="bounds",
        fontSize=15,
        fontWeight=600,
        color=INK,
        subtitleFontSize=12,
        subtitleColor=FAINT,
        subtitlePadding=4,
        offset=14,
    )


def rows(values: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Data that stand in the chart itself."""
    return alt.InlineData(values=list(values))


def apart(wanted: Sequence[float], least: float, low: float, high: float) -> list[float]:
    """Places near those wanted, in the same order, at least so far apart, between two ends where there is room."""
    order = sorted(range(len(wanted)), key=lambda n: wanted[n])
    places = [wanted[n] for n in order]
    for n in range(len(places)):
        floor = low if n == 0 else places[n - 1] + least
        places[n] = max(places[n], floor)
    for n in reversed(range(len(places))):
        ceiling = high if n == len(places) - 1 else places[n + 1] - least
        places[n] = min(places[n], ceiling)
    found = [0.0] * len(wanted)
    for n, place in zip(order, places, strict=True):
        found[n] = place
    return found
