"""The picture of a ladder, drawn by hand: the mildest stage below, the most severe above."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from arrears.plot._look import ASIDE, BETTER, FAINT, INK, WORSE

if TYPE_CHECKING:
    from arrears.plot._states import Ladder, Way

_BOX, _STEP, _LANE = 34, 62, 36
_FONT = "font-family='system-ui, Helvetica, Arial, sans-serif'"


def draw(ladder: Ladder) -> str:
    """The ladder as SVG: eases at the left, the cure at the right, stages beside the ladder right of that."""
    eases = sorted((way for way in ladder.ways if way.kind == "ease"), key=lambda way: -ladder.rungs.index(way.to))
    cures = [way for way in ladder.ways if way.kind == "cure"]
    wide = max(120, *(8 * len(name) + 28 for name in ladder.rungs), *_afters(ladder))
    wide_aside = max(120, *(8 * len(name) + 28 for name in ladder.beside)) if ladder.beside else 0
    left = 26 + _LANE * len(eases) + (34 if ladder.mode != "sequential" else 12)
    right = left + wide
    top = 84
    height_of = {rung: top + _STEP * (len(ladder.rungs) - 1 - n) for n, rung in enumerate(ladder.rungs)}
    bottom = top + _STEP * (len(ladder.rungs) - 1) + _BOX
    aside = right + 26 + _LANE * len(cures) + 44
    width = max(aside + wide_aside + 24 if ladder.beside else aside, 9.2 * len(ladder.name) + 200, 430)
    parts = [_heads()]
    parts.append(_text(20, 28, f"Stages of {ladder.name}", 15, INK, weight=600))
    said = _wrapped(ladder.moves(), int(width - 40))
    parts.extend(_text(20, 48 + 15 * n, line, 12, FAINT) for n, line in enumerate(said))
    parts.extend(_box(left, height_of[rung], wide, rung, _below(ladder, rung), dashed=False) for rung in ladder.rungs)
    parts.extend(_ups(ladder, height_of, left, wide))
    for n, way in enumerate(eases):
        parts.append(_way(way, height_of, left, left - 14 - _LANE * (n + 1), BETTER))
    for n, way in enumerate(cures):
        parts.append(_way(way, height_of, right, right + 14 + _LANE * (n + 1), BETTER, cure=True))
    if ladder.beside:
        parts.append(_beside(ladder, aside, wide_aside, (top, bottom), right + 14 + _LANE * len(cures)))
    foot = bottom + 26
    notes = _notes(ladder)
    lines = [line for note in notes for line in _wrapped(note, int(width - 40))]
    parts.extend(_text(20, foot + 16 * n, line, 12, FAINT) for n, line in enumerate(lines))
    height = foot + 16 * len(lines) + 4
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' width='{width:.0f}' height='{height}' "
        f"viewBox='0 0 {width:.0f} {height}' {_FONT} role='img'>"
        f"<title>{escape(f'Stages of {ladder.name}')}</title>"
        f"<rect width='100%' height='100%' fill='#ffffff'/>{''.join(parts)}</svg>"
    )


def _afters(ladder: Ladder) -> list[int]:
    return [int(5.3 * len(_below(ladder, rung))) + 20 for rung in ladder.rungs]


def _below(ladder: Ladder, rung: str) -> str:
    said = [f"only after {ladder.after[rung]}"] if rung in ladder.after else []
    if rung in ladder.latches:
        said.append("left by a cure only")
    return " · ".join(said)


def _notes(ladder: Ladder) -> list[str]:
    notes = []
    if any(way.kind == "ease" for way in ladder.ways):
        notes.append("ease: down from any stage that joins the line, when the ease's condition holds")
    if any(way.kind == "cure" for way in ladder.ways):
        notes.append("cure: down from any stage that joins the line, before the ladder is read")
    if ladder.beside:
        notes.append("beside: taken while its own condition holds; then the ladder is read from the rung before")
    return notes


def _ups(ladder: Ladder, height_of: dict[str, int], left: int, wide: int) -> list[str]:
    middle = left + wide / 2
    if ladder.mode == "sequential":
        return [
            _line([(middle, height_of[low]), (middle, height_of[high] + _BOX + 3)], WORSE, "up")
            for low, high in zip(ladder.rungs, ladder.rungs[1:], strict=False)
        ]
    if len(ladder.rungs) < 2:
        return []
    at = left - 22
    low, high = height_of[ladder.rungs[0]] + _BOX / 2, height_of[ladder.rungs[-1]] + _BOX / 2
    start = (left - 3 if ladder.mode == "free" else left, low)
    both = "both" if ladder.mode == "free" else "up"
    found = [_line([start, (at, low), (at, high), (left - 3, high)], WORSE, both)]
    ends = ladder.rungs[1:-1]
    found.extend(
        _line([(at, height_of[rung] + _BOX / 2), (left - 3, height_of[rung] + _BOX / 2)], WORSE, "up") for rung in ends
    )
    word = "up" if ladder.mode == "skip" else "up or down"
    found.append(_text(at - 6, (low + high) / 2, word, 11, WORSE, turned=True))
    return found


def _way(way: Way, height_of: dict[str, int], edge: float, lane: float, colour: str, *, cure: bool = False) -> str:
    if not way.sources:
        return ""
    sign = 1 if cure else -1
    offset = 5
    goal = height_of[way.to] + _BOX / 2 + (0 if cure else -offset)
    tops = [height_of[source] + _BOX / 2 + (0 if cure else offset) for source in way.sources]
    arrow = _line([(lane, min(tops)), (lane, goal), (edge + sign * 3, goal)], colour, "down", dashed=not cure)
    joins = "".join(
        _line([(edge, top), (lane, top)], colour, None, dashed=not cure)
        + f"<circle cx='{lane}' cy='{top}' r='2.6' fill='{colour}'/>"
        for top in tops
    )
    return joins + arrow + _text(lane - 33 if cure else lane + 7, goal - 5, way.kind, 11, colour)


def _beside(ladder: Ladder, left: float, wide: int, ladder_ends: tuple[int, int], lanes: float) -> str:
    top, bottom = ladder_ends
    high = len(ladder.beside) * (_BOX + 14) + 30
    at = top + max(0, (bottom - top - high) / 2)
    frame = (
        f"<rect x='{left - 12}' y='{at}' width='{wide + 24}' height='{high}' rx='9' fill='#f7f4fb' "
        f"stroke='{ASIDE}' stroke-dasharray='5 4'/>"
    )
    boxes = "".join(
        _box(left, at + 26 + n * (_BOX + 14), wide, name, "", dashed=True) for n, name in enumerate(ladder.beside)
    )
    middle = at + high / 2
    both = _line([(lanes + 16, middle), (left - 16, middle)], ASIDE, "both")
    return frame + _text(left, at + 18, "beside the ladder", 11, ASIDE) + boxes + both


def _box(x: float, y: float, wide: int, name: str, below: str, *, dashed: bool) -> str:
    stroke = f"stroke='{ASIDE}' stroke-dasharray='4 3'" if dashed else "stroke='#4a4a4a'"
    up = 14 if below else 21
    middle = f"x='{x + wide / 2}' text-anchor='middle'"
    small = f"<text {middle} y='{y + 27}' font-size='10.5' fill='{FAINT}'>{escape(below)}</text>"
    return (
        f"<rect x='{x}' y='{y}' width='{wide}' height='{_BOX}' rx='7' fill='#ffffff' {stroke}/>"
        f"<text {middle} y='{y + up}' font-size='13' fill='{INK}'>{escape(name)}</text>"
        f"{small if below else ''}"
    )


def _line(points: list[tuple[float, float]], colour: str, head: str | None, *, dashed: bool = False) -> str:
    path = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    name = {WORSE: "worse", BETTER: "better", ASIDE: "aside"}[colour]
    ends = {"both": f"marker-end='url(#{name})' marker-start='url(#{name})'", None: ""}.get(
        head, f"marker-end='url(#{name})'"
    )
    dash = " stroke-dasharray='5 3'" if dashed else ""
    return f"<path d='{path}' fill='none' stroke='{colour}' stroke-width='1.5'{dash} {ends}/>"


def _heads() -> str:
    shape = "<path d='M0 0 L8 4 L0 8 z' fill='{}'/>"
    marks = "".join(
        f"<marker id='{name}' viewBox='0 0 8 8' refX='7' refY='4' markerWidth='7' markerHeight='7' "
        f"orient='auto-start-reverse'>{shape.format(colour)}</marker>"
        for name, colour in (("worse", WORSE), ("better", BETTER), ("aside", ASIDE))
    )
    return f"<defs>{marks}</defs>"


def _text(x: float, y: float, said: str, size: int, colour: str, *, weight: int = 400, turned: bool = False) -> str:
    turn = f" text-anchor='middle' transform='rotate(-90 {x:.1f} {y:.1f})'" if turned else ""
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' font-size='{size}' fill='{colour}' font-weight='{weight}'{turn}>"
        f"{escape(said)}</text>"
    )


def _wrapped(said: str, width: int) -> list[str]:
    """Lines of about that many pixels."""
    lines = [""]
    for word in said.split():
        if lines[-1] and 5.7 * (len(lines[-1]) + len(word) + 1) > width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return lines
