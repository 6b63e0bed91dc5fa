"""Under which law is decided: chosen by the host, never by the policy."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from arrears import _arrears, _given
from arrears._errors import PolicyError, diagnostics_of
from arrears._packs import Packs

PackLike: TypeAlias = str | os.PathLike[str]
"""A pack of the bank's own: the path of its file, or its text."""

_Pairs: TypeAlias = tuple[tuple[str, str], ...]
_Step: TypeAlias = tuple[str, Any]
"""What was done to a law: `pack` with its files, `set` with thresholds, `enable` with rules."""


class Law:
    """The law under which contact is permitted and decisions are made.

    Where nothing is said, the packs that are shipped bind: each where its jurisdiction does, and while it is in force.
    An account for which no pack is in force gets no contact, and a person must look at it.

    >>> Law.none("backtest").stamp
    'none: backtest'
    >>> "us-regf" in [pack.name for pack in Law.shipped().packs(on=date(2026, 11, 30), jurisdiction="US-MA")]
    True
    """

    def __init__(self, native: _arrears.Law, steps: tuple[_Step, ...] = ()) -> None:
        """Not for users: see `shipped` and `none`."""
        self._native = native
        self._steps = steps

    @staticmethod
    def shipped() -> Law:
        """Every pack that is shipped. What was not verified binds nobody until it is enabled."""
        return Law(_arrears.Law.shipped())

    @staticmethod
    def none(reason: str) -> Law:
        """No guardrails of law, and why: the reason is stamped on every decision.

        Raises:
            ValueError: The reason says nothing.
        """
        return Law(_arrears.Law.none(reason))

    def enabling(self, rules: Iterable[str]) -> Law:
        """The same law with rules that bind nobody by default, stamped on every decision.

        Args:
            rules: Rules that were not verified, are drafts, or leave their number to the bank, by their ids.

        Raises:
            ValueError: No pack has a rule of that name; all such names are listed.
        """
        if isinstance(rules, str):
            raise TypeError(f'rules are several: write ["{rules}"]')
        named = tuple(rules)
        return Law(self._packed().enabling(named), (*self._steps, ("enable", named))) if named else self

    def with_unverified(self) -> Law:
        """The same law with every rule enabled that a pack ships as unverified. Drafts stay as they are."""
        named = tuple(self._packed().with_unverified().enabled())
        return self.enabling(named)

    def with_thresholds(self, values: Mapping[str, _given.Threshold]) -> Law:
        """The same law with thresholds of its packs set inside their ranges: `{"us-regf.calls_in_window": 5}`.

        Raises:
            PolicyError: A pack has no such threshold, or a value lies outside its range.
            ValueError: No pack is called so.
        """
        given = tuple(_given.thresholds(values))
        native = _usable("the thresholds cannot be set", self._packed().with_thresholds(given))[0]
        return Law(native, (*self._steps, ("set", given)))

    def with_pack(self, pack: PackLike) -> Law:
        """The same law with a pack of the bank's own beside the others; one of the same name takes the other's place.

        Args:
            pack: The path of a pack file, or the text of one, which has a head like `pack "own" #{ version: "1" };`.

        Raises:
            PolicyError: The pack has problems; `error.diagnostics` lists all of them.
            FileError: The file cannot be read.
        """
        native = self._packed()
        if isinstance(pack, str) and "#{" in pack:
            law, files = _usable("the pack cannot be used", native.with_pack_source("pack.rhai", pack))
        else:
            path = os.fspath(pack)
            law, files = _usable(f"{path} cannot be used", native.with_pack(path))
        return Law(law, (*self._steps, ("pack", files)))

    def packs(self, *, on: date | None = None, jurisdiction: str | None = None) -> Packs:
        """Its packs, each with its rules.

        Args:
            on: Says what is in force on this day: `Pack.in_force`, `PackRule.binds`.
            jurisdiction: Only packs that bind accounts of it: those of `US` bind `US-MA` too.
        """
        day = None if on is None else _given.day(on, "on")
        return Packs(*self._native.packs(day, jurisdiction))

    @property
    def stamp(self) -> str:
        """What is stamped on every decision: the packs with versions and hashes, or why there are none."""
        return self._native.stamp()

    @property
    def enabled(self) -> tuple[str, ...]:
        """The rules that were enabled by name."""
        return tuple(self._native.enabled())

    def _packed(self) -> _arrears.Law:
        if self._native.is_none():
            raise ValueError(f"`{self.stamp}`: a law without guardrails has no packs, and no rules to enable")
        return self._native

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Law) and other.stamp == self.stamp

    def __hash__(self) -> int:
        return hash(self.stamp)

    def __reduce__(self) -> tuple[Any, ...]:
        reason = self.stamp.removeprefix("none: ") if self._native.is_none() else None
        return _again, (reason, self._steps, self.stamp)

    def __repr__(self) -> str:
        packs, enabled = len(self.packs()), "".join(f", enabled {rule}" for rule in self.enabled)
        return f"<Law {self.stamp}>" if self._native.is_none() else f"<Law of {packs} packs{enabled}>"

    def _repr_html_(self) -> str:
        return self.packs()._repr_html_()


def packs(on: date | None = None) -> Packs:
    """The packs of law that are shipped, each with its rules.

    Args:
        on: Says what is in force on this day: `Pack.in_force`, `PackRule.binds`.
    """
    return Law.shipped().packs(on=on)


def _usable(
    failed: str, found: tuple[_arrears.Law | None, str, str, list[tuple[str, str]]]
) -> tuple[_arrears.Law, _Pairs]:
    native, problems, text, files = found
    if native is None:
        raise PolicyError(f"{failed}\n{text}", diagnostics_of(problems))
    return native, tuple(files)


def _again(reason: str | None, steps: tuple[_Step, ...], expected: str) -> Law:
    """The law that was pickled: what was done to it, in order, and the stamp that it must have."""
    law = Law.shipped() if reason is None else Law.none(reason)
    for step in steps:
        match step:
            case ("enable", rules):
                law = law.enabling(rules)
            case ("set", values):
                law = law.with_thresholds(dict(values))
            case (_, ((_, text),)):
                law = law.with_pack(text)
            case (_, files):
                law = _with_files(law, files)
    if law.stamp != expected:
        raise PolicyError(f"the law was pickled as `{expected}` and is read here as `{law.stamp}`")
    return law


def _with_files(law: Law, files: _Pairs) -> Law:
    """A law with a pack of several files."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files:
            path = Path(folder) / name
            if not path.resolve().is_relative_to(Path(folder).resolve()):
                raise PolicyError(f"the law was pickled with a file `{name}`, which lies outside its folder")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        return law.with_pack(Path(folder) / files[0][0])


def chosen(law: Law | None, no_law: str | None, enable: Sequence[str], packs: Sequence[PackLike]) -> Law:
    """The law that a host chose, in the one way that everything takes: the shipped packs, unless something is said.

    Raises:
        TypeError: Two things are said that cannot both be.
        ValueError: The reason of `no_law` says nothing, or no pack has a rule of `enable`.
        PolicyError: A pack has problems.
    """
    for name, several in (("enable", enable), ("packs", packs)):
        if isinstance(several, str | os.PathLike):
            raise TypeError(f"`{name}` is several: write {name}=[{several!r}]")
    if no_law is not None:
        if law is not None or enable or packs:
            raise TypeError("`no_law` decides without any law: leave out `law`, `enable` and `packs`, or leave it out")
        return Law.none(no_law)
    if law is None:
        law = Law.shipped()
    elif not isinstance(law, Law):
        raise TypeError(f"`law` is a {type(law).__name__}: pass an arrears.Law, or no_law='why there is none'")
    for pack in packs:
        law = law.with_pack(pack)
    return law.enabling(enable)
