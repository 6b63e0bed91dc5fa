"""Money, and the facts of one account."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from enum import Enum
from typing import Final, Literal, TypeAlias


class Never(Enum):
    """The value of something that is known never to have happened."""

    NEVER = "never"

    def __repr__(self) -> str:
        return "arrears.NEVER"


NEVER: Final[Literal[Never.NEVER]] = Never.NEVER
"""Known never to have happened: `days_since_payment=arrears.NEVER`. It is not the same as `None`, not known."""


_EXACT = Context(prec=200, traps=[Inexact, InvalidOperation, Overflow])
"""Amounts are added exactly or not at all, whatever the program's own context."""


@dataclass(frozen=True)
class Money:
    """An amount in a currency, exact to the smallest unit.

    Amounts are added and compared within one currency only.

    >>> from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
    >>> Money(Decimal("40.00"), "GBP") + Money("2.50", "GBP")
    Money('42.50', 'GBP')
    """

    amount: Decimal
    currency: str

    def __init__(self, amount: Decimal | int | str, currency: str) -> None:
        """An amount.

        Args:
            amount: A `Decimal`, an `int` of whole units, or a text like `"40.00"`.
            currency: Its ISO 4217 code, like `"GBP"`.

        Raises:
            TypeError: The amount is a `float`, which cannot hold cents exactly.
            ValueError: The text is no number.
        """
        if isinstance(amount, float):
            raise TypeError(f'money cannot be a float: write Money("{amount}", "{currency}") or use Decimal')
        if isinstance(amount, bool) or not isinstance(amount, Decimal | int | str):
            raise TypeError(f"money is a Decimal, an int or a text, not {type(amount).__name__}")
        try:
            exact = Decimal(amount)
        except ArithmeticError:
            raise ValueError(f"`{amount}` is not a number: write it as in Money('40.00', '{currency}')") from None
        if not exact.is_finite():
            raise ValueError(f"`{amount}` is not an amount")
        if not (len(currency) == 3 and currency.isascii() and currency.isalpha() and currency.isupper()):
            raise ValueError(f"`{currency}` is not a currency: write three capital letters, as in 'EUR'")
        object.__setattr__(self, "amount", exact)
        object.__setattr__(self, "currency", currency)

    def _other(self, other: object) -> Decimal:
        if not isinstance(other, Money):
            raise TypeError(f"an amount in {self.currency} and a {type(other).__name__} have nothing in common")
        if other.currency != self.currency:
            raise ValueError(f"an amount in {self.currency} and one in {other.currency} cannot be added or compared")
        return other.amount

    def __add__(self, other: Money) -> Money:
        return Money(_EXACT.add(self.amount, self._other(other)), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(_EXACT.subtract(self.amount, self._other(other)), self.currency)

    def __neg__(self) -> Money:
        return Money(self.amount.copy_negate(), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount < self._other(other)

    def __le__(self, other: Money) -> bool:
        return self.amount <= self._other(other)

    def __gt__(self, other: Money) -> bool:
        return self.amount > self._other(other)

    def __ge__(self, other: Money) -> bool:
        return self.amount >= self._other(other)

    def __str__(self) -> str:
        return f"{self.amount:f} {self.currency}"

    def __repr__(self) -> str:
        return f"Money('{self.amount:f}', '{self.currency}')"


FactValue: TypeAlias = int | Decimal | str | bool | Money | Never | None
"""What a fact may be given as. `None` is not known."""


class Facts(Mapping[str, FactValue]):
    """The facts of one account on one day, as a host gives them.

    A fact that is not given is absent: an assumption of the policy may settle it. `None` says that it is not known,
    whatever is assumed; [NEVER][arrears.NEVER] that it is known never to have happened.

    >>> facts = Facts("A-17", dpd=12, overdue=Money("40.00", "GBP"), promise_open=None)
    >>> facts["dpd"], facts.account
    (12, 'A-17')
    """

    def __init__(self, account: str = "the account", /, **facts: FactValue) -> None:
        self._account = account
        self._facts = dict(facts)
        given_facts(self._facts)

    @property
    def account(self) -> str:
        """The account, as messages and records call it."""
        return self._account

    def with_(self, **facts: FactValue) -> Facts:
        """The same facts with others besides or instead."""
        return Facts(self._account, **{**self._facts, **facts})

    def __getitem__(self, name: str) -> FactValue:
        return self._facts[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def __repr__(self) -> str:
        given = "".join(f", {name}={value!r}" for name, value in self._facts.items())
        return f"Facts({self._account!r}{given})"


def given_facts(facts: Mapping[str, FactValue]) -> list[tuple[str, str, str]]:
    """Facts as the extension module takes them: name, form, text.

    Raises:
        TypeError: A value has a type that no fact has; all of them are named.
    """
    given: list[tuple[str, str, str]] = []
    wrong: list[str] = []
    for name, value in facts.items():
        match value:
            case None:
                given.append((name, "unknown", ""))
            case Never():
                given.append((name, "never", "never"))
            case bool():
                given.append((name, "a flag", "true" if value else "false"))
            case int():
                given.append((name, "a whole number", str(value)))
            case Decimal() if value.is_finite():
                given.append((name, "a decimal number", f"{value:f}"))
            case Money():
                given.append((name, "an amount", str(value)))
            case str():
                given.append((name, "a text", value))
            case float():
                wrong.append(f'`{name}` is a float, which holds no amount exactly: use Decimal("{value}")')
            case _:
                wrong.append(f"`{name}` is a {type(value).__name__}: expected int, Decimal, Money, str, bool or None")
    if wrong:
        raise TypeError("the facts cannot be read:\n  " + "\n  ".join(wrong))
    return given
