"""The extension module: tables, policies and decisions handed over. The package says what they mean."""

from collections.abc import Callable, Mapping, Sequence
from typing import final

__all__ = [
    "Case",
    "Decided",
    "Deciding",
    "House",
    "Law",
    "One",
    "Policy",
    "Regimes",
    "Stream",
    "Table",
    "Terms",
    "__version__",
    "account_facts",
    "account_json",
    "analyse",
    "arranged",
    "brief",
    "check_means",
    "check_offers",
    "compare_policies",
    "conform",
    "coverage",
    "decide_account",
    "decide_facts",
    "decide_history",
    "decide_stream",
    "decide_table",
    "delay",
    "differ",
    "finish",
    "graph",
    "handbook",
    "import_overdue",
    "language",
    "layout",
    "lifecycle",
    "morning",
    "morning_of",
    "plain_statement",
    "practice",
    "recorded_law",
    "region",
    "replay_decisions",
    "replay_record",
    "report",
    "statement",
    "statements",
    "sweep_table",
    "texts",
    "timeline",
]

__version__: str

@final
class Table:
    """Rows in memory, in Arrow's layout."""

    @staticmethod
    def of(object: object, called: str) -> Table:
        """The rows of an object that has `__arrow_c_stream__`: where they are, not copied."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def __len__(self) -> int: ...
    def columns(self) -> list[tuple[str, str]]:
        """Names and types of the columns."""

    def texts(self, start: int, rows: int) -> list[list[str | None]]:
        """Some rows as text."""

    def addresses(self, column: int) -> list[list[int]]:
        """Where the buffers of a column are, batch by batch."""

@final
class Stream:
    """Rows that come once."""

    @staticmethod
    def of(object: object, called: str) -> Stream:
        """The rows of an object that has `__arrow_c_stream__`, one batch after another."""

@final
class Policy:
    """A policy, read once and never changed."""

    @staticmethod
    def load(path: str, set: Sequence[tuple[str, str]]) -> tuple[Policy | None, str, str]:
        """Reads a policy file: the policy, what was found as JSON, and as text."""

    @staticmethod
    def load_source(name: str, text: str, set: Sequence[tuple[str, str]]) -> tuple[Policy | None, str, str]:
        """Reads a policy from its text."""

    def with_thresholds(self, set: Sequence[tuple[str, str]]) -> tuple[Policy | None, str, str]:
        """The same policy with other thresholds; its text is not read again."""

    def sources(self) -> list[tuple[str, str]]:
        """Its files: names and texts, the first one first."""

    def head(self) -> str:
        """What it is, as JSON."""

    def thresholds(self) -> str:
        """Its thresholds, as JSON."""

    def inputs(self) -> str:
        """The columns that it reads, as JSON."""

    def inputs_under(self, law: Law, as_of: str) -> str:
        """The columns that it reads under a law, as JSON."""

    def test(self, samples: int) -> str:
        """Its own tests, run: what they found, as JSON."""

@final
class Law:
    """The law that a host chose."""

    @staticmethod
    def shipped() -> Law:
        """Every pack that is shipped, with the shipped calendars."""

    @staticmethod
    def none(reason: str) -> Law:
        """No guardrails, for a reason."""

    def with_pack(self, path: str) -> tuple[Law | None, str, str, list[tuple[str, str]]]:
        """The same law with a pack file: the law, what was found as JSON and as text, and the pack's files."""

    def with_pack_source(self, name: str, text: str) -> tuple[Law | None, str, str, list[tuple[str, str]]]:
        """The same law with a pack, from its text."""

    def enabling(self, rules: Sequence[str]) -> Law:
        """The same law with rules that bind nobody by default."""

    def with_unverified(self) -> Law:
        """The same law with every rule enabled that a pack ships as unverified."""

    def with_thresholds(self, set: Sequence[tuple[str, str]]) -> tuple[Law | None, str, str, list[tuple[str, str]]]:
        """The same law with thresholds set, each named with its pack."""

    def stamp(self) -> str:
        """What is stamped on every decision."""

    def is_none(self) -> bool:
        """Whether no guardrails apply at all, for a reason that is stamped."""

    def enabled(self) -> list[str]:
        """The rules that were enabled by name."""

    def packs(self, on: str | None = None, jurisdiction: str | None = None) -> tuple[str, Table]:
        """Its packs, as JSON, and their rules as a table."""

@final
class Case:
    """What is known of a person, made ready to judge contacts."""

    @staticmethod
    def of_inquiry(document: str, under: tuple[Law, Policy | None, bool]) -> Case:
        """A case and a contact that is proposed, from one JSON document."""

    @staticmethod
    def of_standing(standing: str, now: str, under: tuple[Law, Policy | None, bool]) -> Case:
        """A case as of a moment, from what is known of the person, as JSON."""

    def permission(self, contact: str | None = None) -> str:
        """What is said of a contact, or of the one that is proposed, as JSON."""

    def answer(self, contact: str | None = None) -> str:
        """Whether a contact may be made, and nothing else."""

    def days(self, days: int, contact: str | None = None) -> str:
        """What is said of a contact on each of some days, as JSON."""

    def attempts(self, plan: str, contact: str | None = None) -> str:
        """Attempts of a contact, or of the one that is proposed, under a plan, as JSON."""

    def how_to_tell(self, missing: Sequence[str]) -> str:
        """Where each of some facts that are not known is told, as JSON."""

@final
class Decided:
    """The decisions of a table, what they leave, and the count."""

    def decisions(self) -> Table:
        """The decisions."""

    def state(self) -> Table | None:
        """What the decisions leave for the next ones, if it was asked for."""

    def summary(self) -> str:
        """What was decided, counted, as JSON; with every row that could not be."""

@final
class Deciding:
    """A table that is decided while its decisions are read, once."""

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object: ...
    def __arrow_c_schema__(self) -> object: ...
    def next(self) -> Table | None:
        """The next decisions, or none at the end."""

    def summary(self) -> str | None:
        """What was decided, counted, as JSON; none before the end."""

@final
class One:
    """A decision for one account, with why."""

    def decision(self) -> str:
        """The decision, as JSON."""

    def explanation(self) -> str:
        """Why, as JSON."""

    def shared(self) -> tuple[str, int] | None:
        """The person of the account and how many other accounts of the table are that person's, if there are any."""

    def text(self) -> str:
        """Why, as text."""

    def what_if(self, days: int, counts: int, steps: int) -> str:
        """What would change it, as JSON."""

def decide_table(
    policy: Policy,
    table: Table | str,
    asked: Mapping[str, object],
    progress: Callable[[str, int, int | None], None] | None = None,
) -> Decided:
    """Decides a table."""

def decide_stream(policy: Policy, table: Stream | Table | str, asked: Mapping[str, object]) -> Deciding:
    """Decides a table while its decisions are read."""

def decide_account(policy: Policy, table: Table | str, account: str, asked: Mapping[str, object]) -> One:
    """Decides one account of a table."""

def decide_facts(policy: Policy, account: str, facts: Sequence[tuple[str, str, str]], as_of: str, law: Law) -> One:
    """Decides one account by its facts."""

def decide_history(
    policy: Policy, history: tuple[str, str | None, Terms | None], as_of: str, known_by: str | None, law: Law
) -> One:
    """Decides one account over its history, night after night."""

def finish() -> None:
    """Tells every thread to end, and waits for them."""

def account_json(text: str) -> str:
    """Checks a history and gives it back in its one form."""

def account_facts(history: tuple[str, str | None, Terms | None], as_of: str, known_by: str | None = None) -> str:
    """The facts of a day as they were known on another, as JSON."""

def timeline(
    history: tuple[str, str | None, Terms | None],
    under: tuple[Policy, Law] | None,
    days: tuple[str | None, str | None, str | None],
) -> tuple[str, str]:
    """An account day by day, as JSON and as a picture."""

def sweep_table(
    policy: Policy,
    threshold: str,
    values: Sequence[str],
    table: Table | str,
    asked: Mapping[str, object],
    progress: Callable[[str, int, int | None], None] | None = None,
) -> tuple[str, str, list[Table]]:
    """Tries values of a threshold on a table: as JSON, as text, and as a table."""

def compare_policies(
    policies: tuple[Policy, Policy],
    table: Table | str,
    asked: Mapping[str, object],
    progress: Callable[[str, int, int | None], None] | None = None,
) -> tuple[str, str, list[Table]]:
    """Decides a table under two policies: as JSON, and as tables of flows and of accounts that moved."""

def report(
    asked: Mapping[str, object], progress: Callable[[str, int, int | None], None] | None = None
) -> tuple[str, str, list[Table]]:
    """Measures a portfolio: as JSON, as text, and as a table."""

def conform(paths: Sequence[str]) -> tuple[str, str]:
    """Decides the cases of suite files: the verdicts as JSON, and the report as text."""

@final
class Terms:
    """The terms of a product, read once and never changed."""

    @staticmethod
    def of(text: str) -> Terms:
        """Terms from their JSON document."""

    def currency(self) -> str:
        """The currency."""

    def digits(self) -> int:
        """Digits of its minor unit."""

def statement(history: str, terms: Terms, as_of: str, known_by: str | None = None) -> tuple[str, Table]:
    """What is owed on a day, as JSON, and its lines."""

def statements(histories: Sequence[str], terms: Terms, days: Sequence[str]) -> Table:
    """What is owed on each of several accounts, on each of several days."""

def plain_statement(owed: str, language: str) -> tuple[list[str], list[str]]:
    """A statement in plain words: the short form, and every line."""

def delay(
    history: str,
    terms: Terms,
    as_of: str,
    days: Sequence[int],
    given: Sequence[tuple[str, Sequence[tuple[str, str]], Terms | None]],
) -> tuple[str, Table]:
    """What delay costs, as JSON and as a table: for the usual behaviours, and for payments that are given."""

def check_offers(text: str) -> str:
    """Checks what a bank offers, and gives its currency."""

def check_means(text: str) -> tuple[str, int, int, int]:
    """Checks what somebody states: currency, its digits, what can be afforded, by how much it falls short."""

def arranged(
    history: tuple[str, str | None, Terms | None],
    terms: Terms,
    documents: tuple[str, str | None],
    as_of: str,
    asked: tuple[str | None, str | None],
) -> tuple[str, str, Table]:
    """What can be arranged, as JSON, and what delay costs, as JSON and as a table."""

@final
class House:
    """The words of a house: who speaks, and its templates."""

    @staticmethod
    def of(text: str | None, templates: Sequence[tuple[str, str]]) -> House:
        """A house from its JSON document, with templates of its own by name."""

    def language(self) -> str:
        """The language where none is asked for."""

_Whom = tuple[tuple[str, str | None, Terms | None], str | None] | tuple[str, Sequence[tuple[str, str, str]]]
_Asked = tuple[str | None, str | None, str | None, str | None]

def brief(policy: Policy, whom: _Whom, day_and_law: tuple[str, Law], house: House, asked: _Asked) -> tuple[str, str]:
    """A brief, as JSON and as text."""

def texts(
    policy: Policy, whom: _Whom, day_and_law: tuple[str, Law], house: House, asked: _Asked, preview: str | None
) -> str:
    """What a decision writes, as JSON."""

def practice(
    policy: Policy, day_and_law: tuple[str, Law], house: House, language: str | None
) -> tuple[list[tuple[str, str, str]], list[str]]:
    """A case to practise on for each debtor type, and why there is none for the others."""

@final
class Regimes:
    """The regimes that are shipped, with what a host enabled of them."""

    @staticmethod
    def shipped(enable: Sequence[str], unverified: bool) -> Regimes:
        """The regimes that are shipped, with rules enabled that were not verified."""

    def listed(self) -> str:
        """Every regime with its rules, as JSON."""

    def answer(self, name: str, given: str) -> str:
        """What a regime answers to an object, as JSON."""

    def answer_of(
        self,
        name: str,
        history: tuple[str, str | None, Terms | None],
        days: tuple[str, str | None],
        product: str | None,
    ) -> str:
        """What a regime answers of an account, as JSON."""

def lifecycle(
    history: tuple[str, str | None, Terms | None],
    days: tuple[str | None, str, str | None],
    re_aged: str | None,
) -> str:
    """What became of an account until a day, as JSON."""

def morning(
    policy: Policy,
    table: Table | str,
    asked: Mapping[str, object],
    beside: tuple[str | None, str, str | None, str | None, str | None],
    progress: Callable[[str, int, int | None], None] | None = None,
) -> tuple[str, str, str, str]:
    """The page of the morning: as JSON, as text, in Markdown and in HTML."""

def morning_of(text: str) -> tuple[str, str, str, str]:
    """The page of a document, in the same forms."""

def analyse(policy: Policy, as_of: str | None, law: Law | None) -> str:
    """What is wrong with a policy as a whole, as JSON."""

def differ(a: Policy, b: Policy) -> tuple[str, str, str]:
    """What changed from policy A to policy B: as JSON, as text, and in Markdown."""

def region(a: Policy, b: Policy, as_of: str | None, law: Law | None) -> tuple[str, str]:
    """Where two policies decide otherwise: as JSON and as text."""

def coverage(
    policy: Policy,
    table: tuple[Table | str, Mapping[str, object]] | None,
    search: tuple[int, int],
    progress: Callable[[str, int, int | None], None] | None = None,
) -> str:
    """What of a policy its own tests exercise, and a table if one is given, as JSON."""

def handbook(policy: Policy, as_of: str, law: Law, before: Policy | None, samples: int) -> tuple[str, str, str]:
    """A policy in plain words: as JSON, in Markdown, and as a page of HTML."""

def graph(policy: Policy) -> tuple[str, str, str, str]:
    """The ladder of a policy: as JSON, for Mermaid, for Graphviz, and as SVG."""

def layout(name: str, text: str) -> tuple[str | None, str, str]:
    """A text laid out, unless it cannot be read; what is wrong with it, as JSON and as text."""

def language(word: str | None = None) -> tuple[str, list[str], str | None]:
    """The language as JSON and as a list; of a word, all that it means and the nearest word there is."""

def replay_decisions(
    decisions: Table | str,
    policies: str,
    table: Table | str,
    asked: Mapping[str, object],
    beside: tuple[Sequence[tuple[str, str]], int],
    progress: Callable[[str, int, int | None], None] | None = None,
) -> str:
    """Decides a table again, and holds it against its decisions, as JSON."""

def replay_record(
    record: str,
    policies: str,
    law: Law,
    elsewhere: Mapping[str, str],
    shown: int,
    progress: Callable[[str, int, int | None], None] | None = None,
) -> str:
    """Decides again what was decided, as the record of its run says, as JSON."""

def recorded_law(record: str) -> tuple[str | None, list[str], list[str]]:
    """The law of a record: why there was none, the bank's own packs, and the rules that were enabled."""

def import_overdue(xml: str, file: str, currency: str, zone: str | None) -> tuple[str, str]:
    """The policy of an overdue configuration, laid out, and its notes as JSON."""
