"""The ladder of a policy: its stages, and the ways between them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from arrears.plot._ladder import draw

if TYPE_CHECKING:
    import os

    from arrears import Policy


@dataclass(frozen=True)
class Way:
    """A way down: to a stage, from every more severe one but those that only a cure leaves."""

    kind: str
    """`ease` or `cure`."""
    to: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Ladder:
    """What a picture of a policy's stages says."""

    name: str
    mode: str
    """`sequential`, `skip` or `free`."""
    rungs: tuple[str, ...]
    """The ladder, the mildest first."""
    after: dict[str, str]
    """Stages that ask for another one before them."""
    beside: tuple[str, ...]
    """Stages that are no rungs."""
    latches: tuple[str, ...]
    """Stages that only a cure leaves."""
    ways: tuple[Way, ...]

    @staticmethod
    def of(policy: Policy) -> Ladder:
        """The ladder of a policy."""
        head: dict[str, Any] = json.loads(policy._native.head())
        rungs = tuple(stage["name"] for stage in head["stages"] if not stage["beside"])
        latches = tuple(head["latches"])
        ways = []
        for kind, to in dict.fromkeys((each["way"], each["to"]) for each in head["eases"]):
            above = rungs[rungs.index(to) + 1 :] if to in rungs else ()
            held = latches if kind == "ease" else ()
            ways.append(Way(kind, to, tuple(rung for rung in above if rung not in held)))
        return Ladder(
            name=f"{policy.name} {policy.version}",
            mode=head["mode"],
            rungs=rungs,
            after={stage["name"]: stage["after"] for stage in head["stages"] if stage["after"]},
            beside=tuple(stage["name"] for stage in head["stages"] if stage["beside"]),
            latches=latches,
            ways=tuple(ways),
        )

    def moves(self) -> str:
        """How accounts move up, in words."""
        return {
            "sequential": "up the ladder by steps, over the stages whose conditions hold; the others are passed over",
            "skip": "up at once to the most severe stage whose condition holds, never down but by a cure or an ease",
            "free": "each night to the most severe stage whose condition holds, up or down",
        }[self.mode]


class StateDiagram:
    """The stages of a policy as a picture and as text for Mermaid."""

    def __init__(self, ladder: Ladder) -> None:
        """Not for users: see `state_diagram`."""
        self._ladder = ladder

    @cached_property
    def svg(self) -> str:
        """The picture, as SVG."""
        return draw(self._ladder)

    @cached_property
    def mermaid(self) -> str:
        """The same as a `stateDiagram-v2`, every arrow by itself."""
        ladder = self._ladder
        ids = {name: f"s{n}" for n, name in enumerate((*ladder.rungs, *ladder.beside))}
        lines = ["stateDiagram-v2", "  direction BT"]
        for name in ladder.rungs:
            more = f" (only after {ladder.after[name]})" if name in ladder.after else ""
            lines.append(f'  state "{_quoted(name + more)}" as {ids[name]}')
        lines.append(f"  [*] --> {ids[ladder.rungs[0]]}")
        lines.extend(f"  {ids[low]} --> {ids[high]} : {word}" for low, high, word in _up(ladder))
        for way in ladder.ways:
            lines.extend(f"  {ids[source]} --> {ids[way.to]} : {way.kind}" for source in way.sources)
        if ladder.beside:
            lines.append('  state "beside the ladder" as beside {')
            lines.extend(f'    state "{_quoted(name)}" as {ids[name]}' for name in ladder.beside)
            lines.append("  }")
            top = ids[ladder.rungs[-1]]
            lines.append(f"  note right of {top}")
            lines.append("    Any rung may be left for a stage beside the ladder while its condition holds.")
            lines.append("    The rung is kept meanwhile, and the ladder is read from it afterwards.")
            lines.append("  end note")
        return "\n".join(lines) + "\n"

    def save(self, path: str | os.PathLike[str], *, scale: float = 2) -> Path:
        """Write it to a file: `.svg`, `.png` (needs vl-convert) or `.mmd`.

        Raises:
            ValueError: The name ends in something else.
        """
        file = Path(path)
        match file.suffix.lower():
            case ".svg":
                file.write_text(self.svg, encoding="utf-8")
            case ".png":
                from arrears.plot._figure import _convert

                file.write_bytes(_convert().svg_to_png(self.svg, scale=scale))
            case ".mmd":
                file.write_text(self.mermaid, encoding="utf-8")
            case other:
                raise ValueError(f"a state diagram is saved as .svg, .png or .mmd, not as `{other or file.name}`")
        return file

    def __repr__(self) -> str:
        return (
            f"<StateDiagram of {self._ladder.name}: {len(self._ladder.rungs)} rungs, {len(self._ladder.beside)} beside>"
        )

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return f'<div style="overflow-x:auto">{self.svg}</div>'


def state_diagram(policy: Policy) -> StateDiagram:
    """The stages of a policy and the ways between them.

    An arrow up is a step of the ladder. A way down is drawn as one line that every stage joins from which it leads: an
    `ease` leads to a milder stage whose condition holds again, a `cure` to the stage after it. Stages beside the ladder
    are taken while their condition holds; the rung is kept meanwhile.
    """
    return StateDiagram(Ladder.of(policy))


def _up(ladder: Ladder) -> list[tuple[str, str, str]]:
    if ladder.mode == "sequential":
        return [(low, high, "a step up") for low, high in zip(ladder.rungs, ladder.rungs[1:], strict=False)]
    pairs = [(low, high) for n, low in enumerate(ladder.rungs) for high in ladder.rungs[n + 1 :]]
    found = [(low, high, "up") for low, high in pairs]
    if ladder.mode == "free":
        found.extend((high, low, "down") for low, high in pairs)
    return found


def _quoted(text: str) -> str:
    return text.replace('"', "#quot;")
