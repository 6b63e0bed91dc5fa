"""What is told of a person whom one may want to contact, and of contacts: plain dicts, with types."""

from datetime import date, datetime, time
from typing import Required, TypeAlias, TypedDict

from arrears._facts import Never

Moment: TypeAlias = datetime | str
"""A `datetime` with its offset from UTC, or a text like `"2026-03-31T10:15:00-04:00"`."""

Day: TypeAlias = date | str
"""A `date`, or a text like `"2026-03-31"`."""

Clock: TypeAlias = time | str
"""A `time` of whole minutes, or a text from `"00:00"` to `"24:00"`."""

Told: TypeAlias = bool | int | str | Never | None
"""A fact: yes or no, a number of days or of things, a word. `None` is not known, as a fact that is left out is."""


class Debt(TypedDict, total=False):
    """A debt of the person."""

    id: Required[str]
    product: str | None
    """The product: `student_loan`."""
    account_number: str | None
    """The account number under which it is, or was when it was acquired, serviced."""
    facts: dict[str, Told]
    """Facts of this debt, by name; they go before those of the person."""


class Contact(TypedDict, total=False):
    """One contact: made, received, or proposed. What is not given is not known."""

    at: Required[Moment]
    """When: a message when it was sent, a call when it was placed."""
    channel: Required[str]
    """The channel: `phone`, `sms`, `email`, `letter`, `visit`, ..."""
    direction: str
    """`out`, if not given, or `in`."""
    outcome: str | None
    """What it resulted in: `no_answer`, `conversation`, ... Of a contact that is proposed nobody knows."""
    recipient: str | None
    """Who is contacted, or who made contact: `debtor`, `spouse`, `third_party`, ..."""
    person: str | None
    """Tells people of one role apart."""
    debts: list[str] | None
    """The debts it is about; all of them if not given."""
    discussed: list[str] | None
    """The debts that were talked about; those it was placed about if not given."""
    allocated_to: list[str] | None
    """The debt to which a contact that concerned none in particular is counted."""
    number: str | None
    number_kind: str | None
    """What number it is: `mobile`, `home`, `work`, `none`."""
    address: str | None
    """The address; of a contact that came in, the sender's."""
    address_kind: str | None
    """What address it is: `personal`, `home`, `work`, `employer`, `none`."""
    purpose: str | None
    """What it is for: `demand`, `location`, ..."""
    content: str | None
    """What it says: `collection`, `threat_of_suit`, ..."""
    opt_out_notice: bool | None
    """Whether it says how to refuse further ones."""
    reply_to: Moment | None
    """The moment of the contact that it answers."""
    same_call: bool
    """Whether it is said during that call, so that no call is placed."""
    reason: str | None
    """Why it is made although a limit is reached."""
    repeat_reason: str | None
    """Why another person is asked again."""
    debtor_at: str | None
    """Where the debtor is known to be at that moment: `home`, `work`, `elsewhere`."""
    active_session: bool | None
    """Whether the person is using the collector's own site or app at that moment."""
    returned_on: Day | None
    """The day on which a notice came that it could not be delivered."""


_Spell = TypedDict("_Spell", {"from": Moment | Day | None, "to": Moment | Day | None}, total=False)
_Times = TypedDict("_Times", {"from": Clock | None, "to": Clock | None}, total=False)


class Spell(_Spell, total=False):
    """A fact that holds for a time: a dispute, a moratorium, a notice to cease.

    It holds `from` a moment, or a local date, on; `to` a moment, which is not included, or a local date, which is.
    """

    fact: Required[str]
    debts: list[str] | None
    """The debts it concerns; all of them if not given."""


class Preference(_Times, total=False):
    """A time or a place that the person called convenient or inconvenient, `from` one clock time `to` another."""

    kind: Required[str]
    """`convenient_time`, `inconvenient_time`, `inconvenient_home`, `inconvenient_work`, `employer_prohibits`."""
    weekdays: list[str]
    """`mon` to `sun`; every day if not given."""
    until: Day | None
    """The last day on which it holds."""


class Consent(_Times, total=False):
    """What the person agreed to, if it is for some times of the day `from` one clock time `to` another."""

    kind: Required[str]
    """As packs name it: `contact_time`, `extra_calls`, `address`, ..."""
    given_at: Required[Moment]
    given_to: str | None
    """To whom: `collector`, `creditor`, `prior_collector`."""
    withdrawn_at: Moment | None
    weekdays: list[str]
    only_on: Day | None
    """The one day for which it was given."""
    until: Day | None
    """The last day for which it was given."""
    address: str | None
    """The address for which it was given; any if not given."""


class Refusal(TypedDict, total=False):
    """Channels that the person asked not to be used: altogether, or of one number or address."""

    at: Required[Moment]
    channels: Required[list[str]]
    number: str | None
    address: str | None


class WrongNumber(TypedDict):
    """A number that turned out not to be the person's."""

    number: str
    learned_at: Moment


class Standing(TypedDict, total=False):
    """What is known of a person whom one may want to contact.

    A list that is not given is *not known*; an empty list says that there is nothing.
    """

    debts: Required[list[Debt]]
    """The debts, at least one."""
    jurisdiction: str
    """Whose law binds contact with the person: `US-MA`."""
    zones: list[str]
    """Every time zone in which the person may be: `America/New_York`."""
    contacts: list[Contact] | None
    """Earlier contacts, in any order."""
    preferences: list[Preference] | None
    consents: list[Consent] | None
    refusals: list[Refusal] | None
    wrong_numbers: list[WrongNumber] | None
    spells: list[Spell]
    events: dict[str, Day | Never]
    """The last day on which each event of law happened; [NEVER][arrears.NEVER] if it never did."""
    facts: dict[str, Told]
    """Facts of the person and of all debts, by name: `{"collector": "third_party"}`."""
