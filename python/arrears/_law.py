"""Under which law is decided: chosen by the host, never by the policy."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from arrears import _arrears, _given
from arrears._errors import PolicyError, diagnostics_of
from arrears._packs import Packs

PackLike: TypeAlias = str | os.PathLike[str]
"""A pack of the bank's own: the path of its file, or its text."""

_Files: TypeAlias = tuple[tuple[str, str], ...]


class Law:
    """The law under which contact is permitted and decisions are made.

    Where nothing is said, the packs that are shipped bind: each where its jurisdiction does, and while it is in force.
    An account for which no pack is in force gets no contact, and a person must look at it.

    >>> Law.none("backtest").stamp
    'none: backtest'
    >>> "us-regf" in [pack.name for pack in Law.shipped().packs(on=date(2026, 11, 30), jurisdiction="US-MA")]
    True
    """

    def __init__(self, native: _arrears.Law, own: tuple[_Files, ...] = ()) -> None:
        """Not for users: see `shipped` and `none`."""
        self._native = native
        self._own = own

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
        named = list(rules)
        return self if not named else Law(self._packed().enabling(named), self._own)

    def with_pack(self, pack: PackLike) -> Law:
        """The same law with a pack of the bank's own beside the others.

        Args:
            pack: The path of a pack file, or the text of one, which has a head like `pack "own" #{ version: "1" };`.

        Raises:
            PolicyError: The pack has problems; `error.diagnostics` lists all of them.
            FileError: The file cannot be read.
        """
        native = self._packed()
        if isinstance(pack, str) and "#{" in pack:
            called, found = "the pack", native.with_pack_source("pack.rhai", pack)
        else:
            called, found = f"the pack {os.fspath(pack)}", native.with_pack(os.fspath(pack))
        return Law(*self._usable(called, found))

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

    def _usable(
        self, called: str, found: tuple[_arrears.Law | None, str, str, list[tuple[str, str]]]
    ) -> tuple[_arrears.Law, tuple[_Files, ...]]:
        native, problems, text, files = found
        if native is None:
            raise PolicyError(f"{called} cannot be used\n{text}", diagnostics_of(problems))
        return native, (*self._own, tuple(files))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Law) and other.stamp == self.stamp

    def __hash__(self) -> int:
        return hash(self.stamp)

    def __reduce__(self) -> tuple[Any, ...]:
        reason = self.stamp.removeprefix("none: ") if self._native.is_none() else None
        return _again, (reason, self._own, self.enabled, self.stamp)

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


def _again(reason: str | None, own: tuple[_Files, ...], enabled: tuple[str, ...], expected: str) -> Law:
    """The law that was pickled: its own packs, what was enabled, and the stamp that it must have."""
    law = Law.shipped() if reason is None else Law.none(reason)
    for files in own:
        (name, text), *others = files
        if not others:
            law = Law(*law._usable(name, law._native.with_pack_source(name, text)))
            continue
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files:
                path = Path(folder) / name
                if not path.resolve().is_relative_to(Path(folder).resolve()):
                    raise PolicyError(f"the law was pickled with a file `{name}`, which lies outside its folder")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="")
            law = Law(*law._usable(files[0][0], law._native.with_pack(str(Path(folder) / files[0][0]))))
    law = law.enabling(enabled)
    if law.stamp != expected:
        raise PolicyError(f"the law was pickled as `{expected}` and is read here as `{law.stamp}`")
    return law


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
