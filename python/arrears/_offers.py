"""What a bank offers to somebody who cannot pay, and what the person states of a month."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from arrears import _arrears, _documents
from arrears._facts import Money


class Offers:
    """What a bank offers to somebody who cannot pay what is asked for: plans, settlements.

    The form is that of `arrears-offers/1` documents (docs/owed.md). Everything that is wrong with a document is
    reported at once.
    """

    def __init__(self, document: str) -> None:
        """Not for users: see `from_file`, `from_json` and `from_dict`."""
        self._document = document
        self._currency = _arrears.check_offers(document)

    @staticmethod
    def from_file(path: str | os.PathLike[str]) -> Offers:
        """Read what is offered from its file.

        Raises:
            DocumentError: It cannot be read; everything that is wrong is listed.
            OSError: The file cannot be opened.
        """
        return Offers(_documents.text(path))

    @staticmethod
    def from_json(text: str) -> Offers:
        """Read what is offered from its text."""
        return Offers(text)

    @staticmethod
    def from_dict(document: Mapping[str, Any]) -> Offers:
        """Read what is offered from its content. Amounts may be `Decimal`, and never `float`."""
        return Offers(_documents.written(document))

    @property
    def currency(self) -> str:
        """The currency."""
        return self._currency

    def to_json(self) -> str:
        """The document, as it was read."""
        return self._document

    def __reduce__(self) -> tuple[type[Offers], tuple[str]]:
        return Offers, (self._document,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Offers) and other._document == self._document

    def __hash__(self) -> int:
        return hash(self._document)

    def __repr__(self) -> str:
        return f"<Offers in {self._currency}>"


class Means:
    """What somebody states of a month: income, living costs, other debts.

    The form is that of `arrears-means/1` documents (docs/owed.md).

    >>> means = Means.from_dict({
    ...     "format": "arrears-means/1", "currency": "EUR",
    ...     "income": [{"what": "wages", "amount": "2100.00"}],
    ...     "living_costs": [{"what": "rent", "amount": Decimal("900.00")}],
    ...     "kept_for_living": "1600.00",
    ... })
    >>> means.affordable
    Money('500.00', 'EUR')
    """

    def __init__(self, document: str) -> None:
        """Not for users: see `from_file`, `from_json` and `from_dict`."""
        self._document = document
        currency, digits, monthly, short_by = _arrears.check_means(document)
        self._affordable = Money(Decimal(monthly).scaleb(-digits), currency)
        self._short_by = Money(Decimal(short_by).scaleb(-digits), currency)

    @staticmethod
    def from_file(path: str | os.PathLike[str]) -> Means:
        """Read what is stated from its file.

        Raises:
            DocumentError: It cannot be read; everything that is wrong is listed.
            OSError: The file cannot be opened.
        """
        return Means(_documents.text(path))

    @staticmethod
    def from_json(text: str) -> Means:
        """Read what is stated from its text."""
        return Means(text)

    @staticmethod
    def from_dict(document: Mapping[str, Any]) -> Means:
        """Read what is stated from its content. Amounts may be `Decimal`, and never `float`."""
        return Means(_documents.written(document))

    @property
    def affordable(self) -> Money:
        """What can be paid each month: the fact `affordable_monthly`. Zero: nothing."""
        return self._affordable

    @property
    def short_by(self) -> Money:
        """By how much income falls short of living costs and other debts; zero: it does not."""
        return self._short_by

    def to_json(self) -> str:
        """The document, as it was read."""
        return self._document

    def __reduce__(self) -> tuple[type[Means], tuple[str]]:
        return Means, (self._document,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Means) and other._document == self._document

    def __hash__(self) -> int:
        return hash(self._document)

    def __repr__(self) -> str:
        return f"<Means: {self._affordable} a month>"
