"""Numbers, labels and colours of pictures."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations, pairwise
from math import dist

import pytest

pytest.importorskip("altair")
from arrears.plot import _look


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0"),
        (9_999, "9,999"),
        (10_000, "10.0 k"),
        (182_062, "182 k"),
        (5_067_506, "5.07 M"),
        (-28_672_520, "-28.7 M"),
        (Decimal("1234567890.12"), "1.23 bn"),
    ],
)
def test_short_numbers_are_of_the_right_size(number: int | Decimal, said: str) -> None:
    assert _look.short(number) == said


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (0, 10, "0.0 %"),
        (1, 100_000, "<0.1 %"),
        (99_999, 100_000, ">99.9 %"),
        (10, 10, "100 %"),
        (1, 8, "12.5 %"),
        (0, 0, "-"),
    ],
)
def test_shares_never_round_to_nothing_or_everything(part: int, whole: int, said: str) -> None:
    assert _look.percent(part, whole) == said


def test_labels_that_would_touch_are_moved_apart_in_their_order() -> None:
    places = _look.apart([5, 6, 7, 90, 91], 15, 0, 100)
    assert places == sorted(places)
    assert all(b - a >= 15 for a, b in pairwise(places))
    assert max(places) <= 100


def test_every_action_has_a_colour_and_stronger_contacts_are_darker() -> None:
    assert set(_look.STRENGTH) == set(_look.ACTIONS)
    for kind in (
        ("push", "in_app", "chat", "sms", "email", "letter"),
        ("ivr", "phone", "visit", "place", "litigation"),
    ):
        light = [_look.light_of(_look.ACTIONS[action]) for action in kind]
        assert light == sorted(light, reverse=True)


SIGHT = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "protanopia": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "tritanopia": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
"""How colours are seen (Machado, Oliveira and Fernandes 2009, severity 1), in linear light."""


def seen(colour: str, sight: str) -> tuple[float, ...]:
    """A colour in Lab, as somebody sees it."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    shown = [min(1, max(0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in SIGHT[sight]]
    white = ((0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0177, 0.1095, 0.8729))
    scaled = [sum(a * b for a, b in zip(row, shown, strict=True)) for row in white]
    x, y, z = (each ** (1 / 3) if each > 0.008856 else 7.787 * each + 16 / 116 for each in scaled)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("sight", SIGHT)
def test_colours_are_told_apart_by_everybody(sight: str) -> None:
    actions = combinations(_look.ACTIONS.items(), 2)
    close = [(a, b) for (a, one), (b, two) in actions if dist(seen(one, sight), seen(two, sight)) < 6]
    assert not close
    moves = combinations((_look.WORSE, _look.BETTER, _look.SAME, _look.ASIDE), 2)
    assert min(dist(seen(one, sight), seen(two, sight)) for one, two in moves) > 25
