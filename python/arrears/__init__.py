"""A rules engine for bank debt collection.

Given accounts that are late, or about to be, and a bank's written policy, it says for each account: what kind of debtor
this is, which stage of collection the account is in, what to do next, by which channel, and why, and why not something
else.

```python
from datetime import date
import arrears

policy = arrears.Policy.from_file("card.rhai")
decisions = policy.decide(accounts, as_of=date(2026, 3, 31))
decisions.to_polars()
```
"""

import atexit as _atexit

from arrears import _arrears as _native
from arrears._analysis import Analysis, ExampleAccount, Finding, StatementAt, Unanalysed, Verdict
from arrears._arrangement import (
    ArrangementKept,
    PlannedInstalment,
    PlanOffered,
    PlanRefused,
    Roll,
    Settlement,
    WaysOut,
)
from arrears._arrears import __version__
from arrears._attempts import Attempt, AttemptPlan, Attempts, Dialled, LeftOut, NumberPlanned, Slot
from arrears._case import Case, permit
from arrears._conform import ConformReport, conform
from arrears._coverage import Coverage, Measured, Share, SuggestedTest, Uncovered
from arrears._decision import Decision, Explanation
from arrears._decisions import Decisions, DecisionStream, Table
from arrears._delay import Delay, DelayCell, Payments
from arrears._difference import ClauseChange, Difference, PartChange, StatementChange
from arrears._errors import (
    ArrearsError,
    CaseError,
    ColumnProblem,
    Diagnostic,
    DocumentError,
    FactsError,
    Fault,
    FileError,
    HistoryError,
    NotInForceError,
    OwedError,
    Place,
    PolicyError,
    RowError,
    RowErrors,
    SchemaError,
    TableError,
    WordsError,
)
from arrears._facts import NEVER, Facts, FactValue, Money, Never
from arrears._given import AnyTable, ArrowStream, Progress
from arrears._handbook import Graph, Handbook
from arrears._history import Account, Timeline
from arrears._imported import ImportedPolicy, ImportNote, import_overdue
from arrears._language import about, format, language
from arrears._law import Law, PackLike, packs
from arrears._morning import Morning, briefing
from arrears._offers import Means, Offers
from arrears._packs import Pack, PackRule, Packs
from arrears._permission import (
    Answer,
    Decisive,
    Lifted,
    NotEnabled,
    Period,
    Permission,
    PermittedDay,
    PermittedDays,
    Presumption,
    Telling,
    Used,
)
from arrears._policy import Policy
from arrears._reads import Input, Threshold
from arrears._regimes import LifeStory, Regime, RegimeAnswer, RegimeRule, Regimes, lifecycle
from arrears._region import FactBounds, Region, RegionMove, RegionOutcome, RegionPart
from arrears._replay import Differing, Replay, replay, replay_record
from arrears._report import Report, report
from arrears._said import Brief, House, Practice, Recording, Said, Scenario, ShortMessage, Texts, Unsaid
from arrears._standing import Consent, Contact, Debt, Preference, Refusal, Spell, Standing, WrongNumber
from arrears._statement import Line, NextDue, Statement, statements
from arrears._terms import Terms
from arrears._tested import Tested, TestReport
from arrears._tried import Comparison, Sweep, compare, sweep
from arrears._what_if import NearestChange, Outcome, Turned, WhatIf

# No thread of the engine outlives the interpreter, from which it may ask for rows.
_atexit.register(_native.finish)

__all__ = [
    "NEVER",
    "Account",
    "Analysis",
    "Answer",
    "AnyTable",
    "ArrangementKept",
    "ArrearsError",
    "ArrowStream",
    "Attempt",
    "AttemptPlan",
    "Attempts",
    "Brief",
    "Case",
    "CaseError",
    "ClauseChange",
    "ColumnProblem",
    "Comparison",
    "ConformReport",
    "Consent",
    "Contact",
    "Coverage",
    "Debt",
    "Decision",
    "DecisionStream",
    "Decisions",
    "Decisive",
    "Delay",
    "DelayCell",
    "Diagnostic",
    "Dialled",
    "Difference",
    "Differing",
    "DocumentError",
    "ExampleAccount",
    "Explanation",
    "FactBounds",
    "FactValue",
    "Facts",
    "FactsError",
    "Fault",
    "FileError",
    "Finding",
    "Graph",
    "Handbook",
    "HistoryError",
    "House",
    "ImportNote",
    "ImportedPolicy",
    "Input",
    "Law",
    "LeftOut",
    "LifeStory",
    "Lifted",
    "Line",
    "Means",
    "Measured",
    "Money",
    "Morning",
    "NearestChange",
    "Never",
    "NextDue",
    "NotEnabled",
    "NotInForceError",
    "NumberPlanned",
    "Offers",
    "Outcome",
    "OwedError",
    "Pack",
    "PackLike",
    "PackRule",
    "Packs",
    "PartChange",
    "Payments",
    "Period",
    "Permission",
    "PermittedDay",
    "PermittedDays",
    "Place",
    "PlanOffered",
    "PlanRefused",
    "PlannedInstalment",
    "Policy",
    "PolicyError",
    "Practice",
    "Preference",
    "Presumption",
    "Progress",
    "Recording",
    "Refusal",
    "Regime",
    "RegimeAnswer",
    "RegimeRule",
    "Regimes",
    "Region",
    "RegionMove",
    "RegionOutcome",
    "RegionPart",
    "Replay",
    "Report",
    "Roll",
    "RowError",
    "RowErrors",
    "Said",
    "Scenario",
    "SchemaError",
    "Settlement",
    "Share",
    "ShortMessage",
    "Slot",
    "Spell",
    "Standing",
    "Statement",
    "StatementAt",
    "StatementChange",
    "SuggestedTest",
    "Sweep",
    "Table",
    "TableError",
    "Telling",
    "Terms",
    "TestReport",
    "Tested",
    "Texts",
    "Threshold",
    "Timeline",
    "Turned",
    "Unanalysed",
    "Uncovered",
    "Unsaid",
    "Used",
    "Verdict",
    "WaysOut",
    "WhatIf",
    "WordsError",
    "WrongNumber",
    "__version__",
    "about",
    "briefing",
    "compare",
    "conform",
    "format",
    "import_overdue",
    "language",
    "lifecycle",
    "packs",
    "permit",
    "replay",
    "replay_record",
    "report",
    "statements",
    "sweep",
]
