"""The terms of a product: what interest runs, what fees fall due, what money settles first."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from arrears import _arrears, _documents
from arrears._facts import Money


class Terms:
    """The terms of a product, in one currency.

    The form is that of `arrears-terms/1` documents (docs/owed.md). What terms do not say does not happen: without a
    rate no interest runs, without a rule no fee is charged. Everything that is wrong with a document is reported at
    once.

    >>> terms = Terms.from_dict({
    ...     "format": "arrears-terms/1", "currency": "EUR", "day_count": "act/360",
    ...     "penalty": {"rate": {"annual": Decimal("0.18")}, "on": ["principal"]},
    ... })
    >>> terms
    <Terms in EUR>
    """

    def __init__(self, document: str) -> None:
        """Not for users: see `from_file`, `from_json` and `from_dict`."""
        self._document = document
        self._native = _arrears.Terms.of(document)

    @staticmethod
    def from_file(path: str | os.PathLike[str]) -> Terms:
        """Read terms from their file.

        Raises:
            DocumentError: They cannot be read; everything that is wrong is listed.
            OSError: The file cannot be opened.
        """
        return Terms(_documents.text(path))

    @staticmethod
    def from_json(text: str) -> Terms:
        """Read terms from their text.

        Raises:
            DocumentError: They cannot be read; everything that is wrong is listed.
        """
        return Terms(text)

    @staticmethod
    def from_dict(document: Mapping[str, Any]) -> Terms:
        """Read terms from their content. Days and amounts may be `date` and `Decimal`, and never `float`.

        Raises:
            DocumentError: They cannot be read; everything that is wrong is listed.
            TypeError: An amount or a rate is a `float`, which cannot hold it exactly.
        """
        return Terms(_documents.written(document))

    @property
    def currency(self) -> str:
        """The currency; an account in another is refused."""
        return self._native.currency()

    def to_json(self) -> str:
        """The document, as it was read."""
        return self._document

    def _money(self, minor: int) -> Money:
        """An amount from minor units."""
        return Money(Decimal(minor).scaleb(-self._native.digits()), self.currency)

    def __reduce__(self) -> tuple[type[Terms], tuple[str]]:
        return Terms, (self._document,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Terms) and other._document == self._document

    def __hash__(self) -> int:
        return hash(self._document)

    def __repr__(self) -> str:
        return f"<Terms in {self.currency}>"
