"""Policies: read, checked, tested, and what they decide."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from arrears import _arrears, _given
from arrears._decision import Decision, Explanation
from arrears._decisions import Decisions, DecisionStream
from arrears._errors import Diagnostic, PolicyError, diagnostics_of
from arrears._facts import Facts, FactValue, given_facts
from arrears._given import AnyTable, ProgressLike
from arrears._history import Account, Timeline
from arrears._law import Law, PackLike, chosen
from arrears._policy_bench import PolicyBench
from arrears._policy_text import inputs_of
from arrears._reads import Input


class Policy(PolicyBench):
    """A bank's policy, read once and never changed.

    >>> policy = Policy.from_source('''
    ...     policy "small" #{ version: "1", currency: "GBP", zone: "Europe/London" };
    ...     stage "reminder" when dpd >= 1;
    ...     assume opted_out("letter") = false #{ why: "letters need no consent" };
    ...     treatment "first_letter" in ["reminder"] do letter(#{ text: "gentle", every: 7 });
    ... ''')
    >>> policy.decide_one(Facts("A-1", dpd=12), as_of=date(2026, 3, 31), no_law="an example").action
    'letter'
    """

    # ---- reading

    @staticmethod
    def from_file(path: str | os.PathLike[str], *, thresholds: Mapping[str, _given.Threshold] | None = None) -> Policy:
        """Read a policy file and the modules it imports.

        Args:
            path: The file, `.rhai`.
            thresholds: Values for thresholds, inside the ranges that the policy gives.

        Raises:
            PolicyError: The file has problems; `error.diagnostics` lists all of them.
            FileError: The file cannot be read.
        """
        return _usable(_arrears.Policy.load(os.fspath(path), _given.thresholds(thresholds or {})))

    @staticmethod
    def from_source(
        text: str, *, name: str = "policy.rhai", thresholds: Mapping[str, _given.Threshold] | None = None
    ) -> Policy:
        """Read a policy from its text. It has no folder, so it can import nothing.

        Args:
            text: The policy.
            name: What messages call it.
            thresholds: Values for thresholds, inside the ranges that the policy gives.

        Raises:
            PolicyError: The text has problems; `error.diagnostics` lists all of them.
        """
        return _usable(_arrears.Policy.load_source(name, text, _given.thresholds(thresholds or {})))

    @staticmethod
    def check(path: str | os.PathLike[str]) -> tuple[Diagnostic, ...]:
        """Everything that is wrong with a policy file, and what it is warned of, in file order.

        Raises:
            FileError: The file cannot be read.
        """
        return diagnostics_of(_arrears.Policy.load(os.fspath(path), [])[1])

    def with_thresholds(self, **values: _given.Threshold) -> Policy:
        """The same policy with other thresholds; its text is not read again.

        Raises:
            PolicyError: A value names no threshold, has too many decimals, or lies outside its range; all of them
                are listed.
        """
        # What was set before stays set.
        set_already = {name: each.value for name, each in self.thresholds.items() if each.value != each.written}
        given = _given.thresholds({**set_already, **values})
        policy = _usable(self._native.with_thresholds(given), "the thresholds cannot be set")
        return Policy(policy._native, self._warnings)

    # ---- what it decides

    def decide(
        self,
        accounts: AnyTable,
        *,
        as_of: date,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        contacts: AnyTable | None = None,
        payments: AnyTable | None = None,
        promises: AnyTable | None = None,
        holds: AnyTable | None = None,
        state: AnyTable | None = None,
        columns: Mapping[str, str | None] | None = None,
        never: Mapping[str, object] | None = None,
        event_columns: Mapping[str, Mapping[str, str]] | None = None,
        holds_cover: Sequence[str] | None = None,
        reviews: bool = True,
        keep_going: bool = False,
        keep_state: bool = False,
        progress: ProgressLike = None,
    ) -> Decisions:
        """Decide every account of a table, in order.

        Args:
            accounts: Any table that speaks Arrow, read where it is, or the path of a Parquet or CSV file. One row an
                account. An empty cell is not known, not zero.
            as_of: The day the decisions are for. A `datetime` is refused.
            law: The law; the packs that are shipped, those that bind the policy's jurisdiction, if not given.
            no_law: Why it is decided without guardrails of law, in place of `law`. It is stamped on every decision.
            enable: Rules that bind nobody by default; they are stamped on every decision.
            packs: Packs of the bank's own beside the others, by path or text.
            contacts: Calls, messages, letters and visits: a table of events beside the accounts.
            payments: Payments that were received.
            promises: Promises to pay.
            holds: Disputes and whatever else protects.
            state: What the last decisions left: `Decisions.state` of the night before, or its file.
            columns: Which column holds which fact, where their names differ: `{"dpd": "days_late"}`. `None` says that
                the table has no column for it.
            never: Which values mean *never*, by fact: `{"days_since_payment": -1}`.
            event_columns: Columns of tables of events: `{"contacts": {"on": "called_at"}}`.
            holds_cover: The protections that the table of holds records.
            reviews: Whether to find out when to look at each account again, which takes most of the time.
            keep_going: Whether to decide the good rows of a table that has bad ones; these are in `errors`.
            keep_state: Whether to keep what these decisions leave for the next ones, in `state`.
            progress: `True` for a bar, or a function that is called with how far the run has come.

        Returns:
            One row for each account, in the order of the table: `debtor_type`, `stage`, `treatment`, `action`,
            `held_by`, `next_review_on`, ...

        Raises:
            SchemaError: Columns that the policy reads are absent or hold something else; all are listed.
            RowErrors: Rows cannot be decided, and `keep_going` is false.
            TableError: The table cannot be read.
            KeyboardInterrupt: Somebody pressed Ctrl-C.
        """
        asked = _given.asked(
            as_of,
            chosen(law, no_law, enable, packs),
            _given.mapping(columns, never, event_columns, holds_cover),
            {"state": state, "contacts": contacts, "payments": payments, "promises": promises, "holds": holds},
            reviews=reviews,
            keep_going=keep_going,
            keep_state=keep_state,
        )
        table = _given.held(accounts, "accounts")
        return Decisions(_arrears.decide_table(self._native, table, asked, _given.progress(progress)))

    def decide_stream(
        self,
        accounts: AnyTable,
        *,
        as_of: date,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        columns: Mapping[str, str | None] | None = None,
        never: Mapping[str, object] | None = None,
        reviews: bool = True,
        keep_going: bool = False,
    ) -> DecisionStream:
        """Decide a table while its decisions are read, in memory that does not depend on its length.

        Each row is decided for itself, as it comes: the table must not name customers, whose accounts could not be
        settled together, there is no state, and whether an account comes twice goes unnoticed.

        Args:
            accounts: A stream of batches, like `pyarrow.RecordBatchReader`, or any table or file.
            as_of: The day the decisions are for.
            law: The law, as in `decide`, with `no_law`, `enable` and `packs`.
            no_law: Why it is decided without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.
            columns: Which column holds which fact, where their names differ.
            never: Which values mean *never*, by fact.
            reviews: Whether to find out when to look at each account again.
            keep_going: Whether to leave out rows that cannot be decided, rather than to end with an error.
        """
        asked = {
            "as_of": _given.day(as_of),
            "law": chosen(law, no_law, enable, packs)._native,
            "mapping": _given.mapping(columns, never, None, None),
            "reviews": reviews,
            "keep_going": keep_going,
            "apart": True,
        }
        return DecisionStream(_arrears.decide_stream(self._native, _given.once(accounts, "accounts"), asked))

    def decide_one(
        self,
        account: Facts | Account | Mapping[str, FactValue],
        *,
        as_of: date,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        known_by: date | None = None,
    ) -> Decision:
        """Decide one account, by its facts or over its history.

        Args:
            account: Facts, or a history. Over its history an account is decided every night up to the day, the state
                carried from each to the next.
            as_of: The day the decision is for.
            law: The law, as in `decide`, with `no_law`, `enable` and `packs`.
            no_law: Why it is decided without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.
            known_by: Of a history: as it is known on this day; nights after it as they were known on themselves. If
                not given, each night as it was known on itself.

        Raises:
            FactsError: The policy cannot read the facts; everything that is wrong is listed.
            TypeError: A fact is given as a `float`.
        """
        day, native = _given.day(as_of), chosen(law, no_law, enable, packs)._native
        if isinstance(account, Account):
            known = None if known_by is None else _given.day(known_by, "known_by")
            history = account._history()
            return Decision._of(_arrears.decide_history(self._native, history, day, known, native))
        if known_by is not None:
            raise TypeError("`known_by` is asked of a history: facts are what is known")
        called = account.account if isinstance(account, Facts) else "the account"
        return Decision._of(_arrears.decide_facts(self._native, called, given_facts(account), day, native))

    def explain(
        self,
        accounts: AnyTable,
        account: str,
        *,
        as_of: date,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        contacts: AnyTable | None = None,
        payments: AnyTable | None = None,
        promises: AnyTable | None = None,
        holds: AnyTable | None = None,
        state: AnyTable | None = None,
        columns: Mapping[str, str | None] | None = None,
        never: Mapping[str, object] | None = None,
        event_columns: Mapping[str, Mapping[str, str]] | None = None,
        holds_cover: Sequence[str] | None = None,
    ) -> Explanation:
        """Why one account of a table is decided as it is. For facts at hand, see `decide_one(...).explain()`.

        The account is explained by itself. Where other accounts of the table are of the same person, that is said:
        `decide` settles them together, and the contact of one may ride with another's.

        Args:
            accounts: The table.
            account: The account, as its row names it.
            as_of: The day the decision is for.
            law: The law, as in `decide`, with `no_law`, `enable` and `packs`.
            no_law: Why it is decided without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.
            contacts: As in `decide`, like all that follow.
            payments: Payments that were received.
            promises: Promises to pay.
            holds: Disputes and whatever else protects.
            state: What the last decisions left.
            columns: Which column holds which fact.
            never: Which values mean *never*.
            event_columns: Columns of tables of events.
            holds_cover: The protections that the table of holds records.

        Raises:
            ValueError: No row is of that account.
            RowErrors: Its row cannot be decided, or it has several.
            NotInForceError: The policy does not decide on that day.
        """
        mapped = _given.mapping(columns, never, event_columns, holds_cover)
        beside = {"state": state, "contacts": contacts, "payments": payments, "promises": promises, "holds": holds}
        asked = _given.asked(as_of, chosen(law, no_law, enable, packs), mapped, beside)
        return Explanation._of(_arrears.decide_account(self._native, _given.held(accounts, "accounts"), account, asked))

    def timeline(
        self,
        account: Account,
        *,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
        first: date | None = None,
        last: date | None = None,
        known_by: date | None = None,
    ) -> Timeline:
        """An account day by day, with what would have been decided each night.

        Args:
            account: The history.
            law: The law, as in `decide`, with `no_law`, `enable` and `packs`.
            no_law: Why it is decided without guardrails of law.
            enable: Rules that bind nobody by default.
            packs: Packs of the bank's own.
            first: The first day; the day before the first event if not given.
            last: The last day; two weeks after the last event if not given.
            known_by: As it is known on this day; each night as it was known on itself if not given.
        """
        return account._timeline((self._native, chosen(law, no_law, enable, packs)._native), first, last, known_by)

    def inputs_under(
        self,
        *,
        as_of: date,
        law: Law | None = None,
        no_law: str | None = None,
        enable: Sequence[str] = (),
        packs: Sequence[PackLike] = (),
    ) -> tuple[Input, ...]:
        """The columns that a table may have for it under a law: `inputs`, and what rules of law read besides."""
        under = chosen(law, no_law, enable, packs)
        return inputs_of(self._native.inputs_under(under._native, _given.day(as_of)))

    # ---- as an object

    def __reduce__(self) -> tuple[Any, ...]:
        set_values = {name: each.value for name, each in self.thresholds.items() if each.value != each.written}
        return _again, (self._native.sources(), set_values, self.hash)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Policy) and other.hash == self.hash

    def __hash__(self) -> int:
        return hash(self.hash)


def _usable(found: tuple[_arrears.Policy | None, str, str], failed: str = "the policy cannot be used") -> Policy:
    native, problems, text = found
    diagnostics = diagnostics_of(problems)
    if native is None:
        errors = sum(problem.severity == "error" for problem in diagnostics)
        said = "1 problem" if errors == 1 else f"{errors} problems"
        raise PolicyError(f"{failed}: {said}\n{text}", diagnostics)
    return Policy(native, diagnostics)


def _again(sources: list[tuple[str, str]], thresholds: dict[str, Decimal], expected: str) -> Policy:
    """The policy that was pickled: its files, its thresholds, and the hash that it must have."""
    if len(sources) == 1:
        (name, text) = sources[0]
        policy = Policy.from_source(text, name=name, thresholds=thresholds)
    else:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in sources:
                path = Path(folder) / name
                if not path.resolve().is_relative_to(Path(folder).resolve()):
                    raise PolicyError(f"the policy was pickled with a file `{name}`, which lies outside its folder")
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="")
            policy = Policy.from_file(Path(folder) / sources[0][0], thresholds=thresholds)
    if policy.hash != expected:
        raise PolicyError(f"the policy was pickled with hash {expected} and is read here with hash {policy.hash}")
    return policy
