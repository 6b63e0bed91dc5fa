"""May we contact this person, now, this way?"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, cast

from arrears import _arrears
from arrears._attempts import AttemptPlan, Attempts, attempts_of
from arrears._case_document import Written, text
from arrears._errors import CaseError
from arrears._law import Law, PackLike, chosen
from arrears._permission import Answer, Permission, PermittedDays, Telling, days_of, permission_of
from arrears._policy import Policy
from arrears._standing import Contact, Standing

_MOST_DAYS = 366


class _Under(NamedTuple):
    """How a case is read."""

    law: Law
    policy: Policy | None
    nothing_else: bool

    def native(self) -> tuple[_arrears.Law, _arrears.Policy | None, bool]:
        """As the extension module takes it."""
        return self.law._native, None if self.policy is None else self.policy._native, self.nothing_else


class Case:
    """What is known of a person, prepared once: it judges any number of contacts that are proposed.

    What is not known never permits a contact. A rule that is neither surely kept nor surely broken calls for a person's
    look.

    >>> case = Case(
    ...     {"jurisdiction": "US-NY", "zones": ["America/New_York"], "debts": [{"id": "A-1"}], "contacts": []},
    ...     now="2026-11-30T09:00:00-05:00", no_law="an example",
    ... )
    >>> case.permission({"at": "2026-11-30T10:15:00-05:00", "channel": "phone"}).answer
    <Answer.ALLOW: 'allow'>
    """

    def __init__(
        self,
        standing: Standing | Mapping[str, object],
        *,
        now: datetime | str,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        policy: Policy | None = None,
        nothing_on_file: bool = False,
    ) -> None:
        """A person's case as of a moment.

        Args:
            standing: What is known of the person: a dict as [Standing][arrears.Standing] says. Contacts and whatever
                else lies after `now` is not known yet.
            now: The moment as of which everything is known. No contact before it can be proposed.
            law: The law; the packs that are shipped, those that bind the person's jurisdiction, if not given.
            no_law: Why it is judged without guardrails of law, in place of `law`.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own beside the others, by path or text.
            policy: A bank's policy whose own guardrails bind beside the law.
            nothing_on_file: Says that what is not told did not happen: no contact, consent or refusal, no event,
                and no flag that rules read. What an empty file does not tell, such as who collects, stays unknown.

        Raises:
            CaseError: Something that is told cannot be; all of it is listed with its path.
        """
        self._under = _Under(chosen(law, no_law, enable, packs), policy, nothing_on_file)
        written = Written()
        self._document: dict[str, object] = {"standing": written.standing(standing), "now": written.now(now)}
        self._native = self._made(written)

    def _made(self, written: Written) -> _arrears.Case:
        under, document = self._under.native(), self._document
        try:
            if "proposed" in document:
                made = _arrears.Case.of_inquiry(text(document), under)
            else:
                now = document["now"] if isinstance(document["now"], str) else json.dumps(document["now"])
                made = _arrears.Case.of_standing(text(document["standing"]), now, under)
        except CaseError as error:
            raise written.wrong(list(error.problems)) from None
        if written.troubles:
            raise written.wrong([])
        return made

    @classmethod
    def _of(cls, document: dict[str, object], under: _Under, written: Written) -> Case:
        case = cls.__new__(cls)
        case._under, case._document = under, document
        case._native = case._made(written)
        return case

    @staticmethod
    def from_file(
        path: str | os.PathLike[str],
        *,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        policy: Policy | None = None,
        nothing_on_file: bool = False,
    ) -> Case:
        """The case of a file, as `arrears permit` reads it (docs/permissions.md), with the contact that it proposes.

        Raises:
            CaseError: Something in it cannot be; all of it is listed with its path.
            OSError: The file cannot be read.
        """
        document = Path(path).read_text(encoding="utf-8-sig")
        under = _Under(chosen(law, no_law, enable, packs), policy, nothing_on_file)
        return Case._read(document, under)

    @staticmethod
    def from_json(
        document: str,
        *,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        policy: Policy | None = None,
        nothing_on_file: bool = False,
    ) -> Case:
        """As `from_file`, from the text of the file."""
        return Case._read(document, _Under(chosen(law, no_law, enable, packs), policy, nothing_on_file))

    @staticmethod
    def _read(document: str, under: _Under) -> Case:
        # What stands twice in an object is seen in the text alone.
        _arrears.Case.of_inquiry(document, under.native())
        return Case._of(json.loads(document), under, Written())

    def to_json(self, contact: Contact | Mapping[str, object] | None = None) -> str:
        """The case and a contact as `arrears permit` reads them.

        Args:
            contact: The contact; the one that the case proposes if not given.
        """
        written = self._contact(contact)
        proposed = {} if written is None else {"proposed": json.loads(written)}
        return text({"format": "arrears-case/1", **self._document, **proposed})

    @property
    def law(self) -> Law:
        """The law under which contacts are judged."""
        return self._under.law

    def permission(self, contact: Contact | Mapping[str, object] | None = None) -> Permission:
        """Whether a contact may be made, by which rules, and from when on it might be.

        Args:
            contact: The contact, at the case's moment or later; the one that the case proposes if not given.

        Raises:
            CaseError: Something of the contact cannot be; all of it is listed.
        """
        written = self._contact(contact)
        return permission_of(self._native.permission(written), partial(self._days, written), partial(_told, self))

    def answer(self, contact: Contact | Mapping[str, object] | None = None) -> Answer:
        """Whether a contact may be made, and nothing else: what `permission` says first, in less time."""
        return Answer(self._native.answer(self._contact(contact)))

    def attempts(
        self, plan: AttemptPlan | Mapping[str, object], contact: Contact | Mapping[str, object] | None = None
    ) -> Attempts:
        """When the numbers of a plan may be called, each attempt as if nobody had answered those before it.

        Nothing is attempted before the case's moment, nor where no zone or no history is known. After any other
        result than `goes_on_after`, make the plan again, with what happened in the history.

        Args:
            plan: Which numbers are called, how often and when: a dict as [AttemptPlan][arrears.AttemptPlan] says.
            contact: The call, but for its number, and from when on; the one that the case proposes if not given.

        Raises:
            CaseError: Something of the plan or of the contact cannot be; all of it is listed with its path.
        """
        written = Written()
        document = text(written.plan(plan))
        call = None if contact is None else text(written.contact(contact))
        try:
            found = self._native.attempts(document, call)
        except CaseError as error:
            raise written.wrong(list(error.problems)) from None
        if written.troubles:
            raise written.wrong([])
        return attempts_of(found)

    def days(self, contact: Contact | Mapping[str, object] | None = None, days: int = 7) -> PermittedDays:
        """What is said of a contact on each of some days, from its own on, to the quarter of an hour.

        Nothing is said where no zone is known.

        Args:
            contact: The contact; the one that the case proposes if not given.
            days: How many days, at most 366.
        """
        return self._days(self._contact(contact), days)

    def _days(self, contact: str | None, days: int) -> PermittedDays:
        if not 0 <= days <= _MOST_DAYS:
            raise ValueError(f"days: {days} are asked for, from 0 to {_MOST_DAYS} can be")
        return days_of(self._native.days(days, contact))

    def _contact(self, contact: Contact | Mapping[str, object] | None) -> str | None:
        """A contact as JSON, unless something is wrong with it."""
        if contact is None:
            return None
        written = Written()
        document = text(written.contact(contact))
        if not written.troubles:
            return document
        try:
            self._native.answer(document)
        except CaseError as error:
            raise written.wrong(list(error.problems)) from None
        raise written.wrong([])

    def __reduce__(self) -> tuple[Any, ...]:
        return Case._of, (self._document, self._under, Written())

    def __repr__(self) -> str:
        standing = cast("dict[str, Any]", self._document["standing"])
        debts = ", ".join(debt["id"] for debt in standing["debts"])
        return f"<Case of {debts} under {standing.get('jurisdiction') or 'no jurisdiction that is known'}>"


def permit(
    standing: Standing | Mapping[str, object],
    contact: Contact | Mapping[str, object],
    *,
    now: datetime | str | None = None,
    law: Law | None = None,
    no_law: str | None = None,
    enable: Sequence[str] = (),
    packs: Sequence[PackLike] = (),
    policy: Policy | None = None,
    nothing_on_file: bool = False,
) -> Permission:
    """Whether a person may be contacted at a moment in a way, by which rules of law, and from when on it might be.

    The result is true only if the contact may be made; one that is for a person to review is not.

    >>> permission = permit(
    ...     {"jurisdiction": "US-NY", "zones": ["America/New_York"], "debts": [{"id": "A-1"}],
    ...      "facts": {"collector": "third_party"}},
    ...     {"at": "2026-11-30T22:15:00-05:00", "channel": "phone", "recipient": "debtor"},
    ...     nothing_on_file=True,
    ... )
    >>> permission.answer, [rule.rule for rule in permission.rules]
    (<Answer.BLOCK: 'block'>, ['US-REGF-6b1i-hours'])

    Args:
        standing: What is known of the person, as [Standing][arrears.Standing] says.
        contact: The contact that is proposed, as [Contact][arrears.Contact] says.
        now: The moment as of which everything is known; that of the contact if not given.
        law: The law; the packs that are shipped, those that bind the person's jurisdiction, if not given.
        no_law: Why it is judged without guardrails of law, in place of `law`.
        enable: Rules that bind nobody by default.
        packs: Packs of the bank's own beside the others, by path or text.
        policy: A bank's policy whose own guardrails bind beside the law.
        nothing_on_file: Says that what is not told did not happen: no contact, consent or refusal, no event, and
            no flag that rules read. What an empty file does not tell, such as who collects, stays unknown.

    Raises:
        CaseError: Something that is told cannot be; all of it is listed with its path.
    """
    written = Written()
    document = {"standing": written.standing(standing), "proposed": written.contact(contact)}
    if now is not None:
        document["now"] = written.now(now)
    under = _Under(chosen(law, no_law, enable, packs), policy, nothing_on_file)
    return Case._of(document, under, written).permission()


def _told(case: Case, missing: tuple[str, ...]) -> tuple[Telling, ...]:
    return tuple(Telling(**each) for each in json.loads(case._native.how_to_tell(list(missing))))
