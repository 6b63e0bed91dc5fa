"""The decision for one account, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arrears import _html

if TYPE_CHECKING:
    from arrears import _arrears


class Explanation:
    """Why one account was decided as it was: what held and what did not, what is missing, what would change it."""

    def __init__(self, native: _arrears.One) -> None:
        self._native = native

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data: `headline`, `parts`, `missing`, `would_change`, the hash of the facts, ..."""
        found: dict[str, Any] = json.loads(self._native.explanation())
        return found

    def __str__(self) -> str:
        return self._native.text()

    def __repr__(self) -> str:
        return f"<Explanation: {self.to_dict()['headline']}>"

    def _repr_html_(self) -> str:
        headline, _, rest = str(self).partition("\n")
        return _html.text(headline, rest.strip("\n"))


@dataclass(frozen=True)
class Decision:
    """What is decided for one account on one day."""

    account_id: str
    debtor_type: str | None
    """The debtor type, where it is certain."""
    type_possible: tuple[str, ...]
    """The types that the account may have, where it is not."""
    stage: str
    stage_before: str | None
    stage_reason: str
    """`condition`, `cure`, `ease`, `stays`, `limited`, `dwell`, `after`, `repeat` or `first`."""
    treatment: str | None
    action: str
    """The verb of the treatment, or `wait`, `held`, `review`, `none`."""
    channel: str | None
    acts: tuple[str, ...]
    """Acts on the account that are due."""
    duties: tuple[str, ...]
    """Duties, each with its days left or `review`."""
    contact_point: str | None
    slot: str | None
    """When the contact may be made."""
    held_by: tuple[str, ...]
    """Holds that bind; `?` marks one that is not certain."""
    vetoed_by: tuple[str, ...]
    """Treatments that were refused, and by what."""
    missing: tuple[str, ...]
    """Facts whose absence mattered."""
    next_review_on: date | None
    """The first day on which time alone may change the decision; none if the account is closed."""
    review_exact: bool
    """Whether the decision surely changes on that day; otherwise the day is a safe bound."""
    review_reason: str | None
    priority: Decimal | None
    approval: str | None
    """Who must approve it."""
    rides_with: str | None
    """The account of the same person whose contact this one rides with."""
    law: str
    flags: tuple[str, ...]
    rules: tuple[str, ...]
    """The statements that decided."""
    policy: str
    policy_hash: str

    @classmethod
    def _of(cls, native: _arrears.One) -> Decision:
        found: dict[str, Any] = json.loads(native.decision())
        for name, value in found.items():
            if isinstance(value, list):
                found[name] = tuple(value)
        if found["next_review_on"] is not None:
            found["next_review_on"] = date.fromisoformat(found["next_review_on"])
        if found["priority"] is not None:
            found["priority"] = Decimal(found["priority"])
        decision = cls(**found)
        object.__setattr__(decision, "_native", native)
        return decision

    def explain(self) -> Explanation:
        """Why it was decided so."""
        native: _arrears.One = object.__getattribute__(self, "_native")
        return Explanation(native)

    def to_dict(self) -> dict[str, Any]:
        """The decision as a row: names and values."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def _repr_html_(self) -> str:
        return self.explain()._repr_html_()
