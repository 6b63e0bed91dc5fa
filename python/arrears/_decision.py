"""The decision for one account, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from arrears import _html

if TYPE_CHECKING:
    from arrears import _arrears


class Explanation:
    """Why one account was decided as it was: what held and what did not, what is missing, what would change it."""

    def __init__(self, content: str, text: str) -> None:
        """Not for users: see `Policy.explain` and `Decision.explain`."""
        self._content = content
        self._text = text

    @classmethod
    def _of(cls, native: _arrears.One) -> Explanation:
        text = native.text()
        shared = native.shared()
        if shared is not None:
            customer, others = shared
            accounts = "1 other account" if others == 1 else f"{others} other accounts"
            text = (
                f"{text.rstrip()}\n\nExplained by itself: `decide` settles this account together with {accounts} of "
                f"{customer}, and its contact may ride with one of theirs\n"
            )
        return cls(native.explanation(), text)

    def to_dict(self) -> dict[str, Any]:
        """All of it, as data: `headline`, `parts`, `missing`, `would_change`, the hash of the facts, ..."""
        found: dict[str, Any] = json.loads(self._content)
        return found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Explanation) and (self._content, self._text) == (other._content, other._text)

    def __hash__(self) -> int:
        return hash(self._content)

    def __str__(self) -> str:
        return self._text

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
    _why: Explanation = field(repr=False, compare=False)

    @classmethod
    def _of(cls, native: _arrears.One) -> Decision:
        return cls(**_values(json.loads(native.decision())), _why=Explanation._of(native))

    def explain(self) -> Explanation:
        """Why it was decided so.

        Raises:
            ValueError: This is no longer the decision that was made.
        """
        if _values(self._why.to_dict()["decision"]) != self.to_dict():
            raise ValueError("this decision was changed after it was made: what was decided is explained, not this")
        return self._why

    def to_dict(self) -> dict[str, Any]:
        """The decision as a row: names and values."""
        return {each.name: getattr(self, each.name) for each in fields(self) if not each.name.startswith("_")}

    def _repr_html_(self) -> str:
        return self.explain()._repr_html_()


def _values(found: dict[str, Any]) -> dict[str, Any]:
    """A decision's values from its JSON."""
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in found.items()}
    if values["next_review_on"] is not None:
        values["next_review_on"] = date.fromisoformat(values["next_review_on"])
    if values["priority"] is not None:
        values["priority"] = Decimal(values["priority"])
    return values
