"""What a policy has to say to one person."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from arrears import _arrears, _documents, _given
from arrears._facts import Facts, FactValue, given_facts
from arrears._history import Account
from arrears._law import Law, PackLike, chosen
from arrears._offers import Means, Offers
from arrears._policy_text import PolicyText
from arrears._said import Brief, House, Language, Practice, Texts, brief_of, practice_of, texts_of


class PolicyWords(PolicyText):
    """A policy, and what is said and written under it."""

    def brief(
        self,
        account: Facts | Account | Mapping[str, FactValue],
        house: House | None = None,
        *,
        as_of: date,
        language: Language | None = None,
        told: Mapping[str, Any] | None = None,
        offers: Offers | None = None,
        means: Means | None = None,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        known_by: date | None = None,
    ) -> Brief:
        """What to say to one person: a brief for a call or a visit.

        Args:
            account: Facts, or a history. With terms (`Account.with_terms`) amounts come from the statement, and what
                delay costs is told; otherwise they come from the facts.
            house: Who speaks; "the bank" if not given.
            as_of: The day.
            language: `en` or `zh`; that of the house if not given.
            told: What else is told of the account, in the form of `arrears-told/1` documents (docs/words.md): the
                person's name, a promise, offers.
            offers: Of a history with terms: what the bank offers; the plans of the menu are told as offers.
            means: What the person states of a month; without it no plan is offered.
            law: The law, as in `decide`, with `no_law`, `enable` and `packs`.
            no_law: Why it is decided without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.
            known_by: Of a history: as it is known on this day.

        Raises:
            WordsError: There is no brief: it takes too long, comes to the amount late, or says what nobody may say.
            DocumentError: What is told cannot be read.
        """
        asked = self._spoken(account, house, as_of, (law, no_law, enable, packs), known_by)
        found, text = _arrears.brief(self._native, *asked, _words(language, told, offers, means))
        return brief_of(json.loads(found), text)

    def texts(
        self,
        account: Facts | Account | Mapping[str, FactValue],
        house: House,
        *,
        as_of: date,
        preview: str | None = None,
        language: Language | None = None,
        told: Mapping[str, Any] | None = None,
        offers: Offers | None = None,
        means: Means | None = None,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        known_by: date | None = None,
    ) -> Texts:
        """What a decision writes to one person: letters, e-mails, messages, or why nothing is written.

        Args:
            account: Facts, or a history, as in `brief`.
            house: Who writes.
            as_of: The day.
            preview: Shows the text of this name, whatever is decided: `gentle`, or `sms/gentle` where two kinds have
                one of the name. An account that a hold may bind gets no demand here either.
            language: As in `brief`, like all that follow.
            told: What else is told of the account.
            offers: What the bank offers.
            means: What the person states of a month.
            law: The law.
            no_law: Why it is decided without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.
            known_by: Of a history: as it is known on this day.

        Raises:
            WordsError: The preview cannot be written.
            DocumentError: What is told cannot be read.
        """
        asked = self._spoken(account, house, as_of, (law, no_law, enable, packs), known_by)
        return texts_of(_arrears.texts(self._native, *asked, _words(language, told, offers, means), preview))

    def practice(
        self,
        house: House | None = None,
        *,
        as_of: date,
        language: Language | None = None,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
    ) -> Practice:
        """For each debtor type a made-up account that the policy really takes for it, its decision and its brief."""
        under = chosen(law, no_law, enable, packs)._native
        speaks = (house or House())._native
        return practice_of(*_arrears.practice(self._native, (_given.day(as_of), under), speaks, language))

    def _spoken(
        self,
        account: Facts | Account | Mapping[str, FactValue],
        house: House | None,
        as_of: date,
        under: tuple[Law | None, str | None, Sequence[str], Sequence[PackLike]],
        known_by: date | None,
    ) -> tuple[Any, tuple[str, _arrears.Law], _arrears.House]:
        whom: Any
        if isinstance(account, Account):
            whom = (account._history(), None if known_by is None else _given.day(known_by, "known_by"))
        elif known_by is not None:
            raise TypeError("`known_by` is asked of a history: facts are what is known")
        else:
            whom = (account.account if isinstance(account, Facts) else "the account", given_facts(account))
        return whom, (_given.day(as_of), chosen(*under)._native), (house or House())._native


def _words(
    language: str | None, told: Mapping[str, Any] | None, offers: Offers | None, means: Means | None
) -> tuple[str | None, str | None, str | None, str | None]:
    return (
        language,
        None if told is None else _documents.written({"format": "arrears-told/1", **told}),
        None if offers is None else offers.to_json(),
        None if means is None else means.to_json(),
    )
