//! Problems of reading a policy's files.

use super::{Entry, entry};

#[rustfmt::skip]
pub(super) const ENTRIES: &[Entry] = &[
    entry("P001", "a statement cannot be read", "The statement's words are not in an order that the language knows. The rest of the file is read all the same."),
    entry("P002", "unknown statement", "A line begins with a word that begins no statement."),
    entry("P003", "a statement of a later version", "The word begins a statement that this version of the language does not have yet."),
    entry("P004", "a clause that the statement does not take", "The statement has no such clause; the message lists those it has."),
    entry("P005", "a clause is missing", "The statement says nothing without this clause."),
    entry("P006", "a clause is written twice", "Each clause may be written once."),
    entry("P007", "not UTF-8", "The file is not UTF-8 text. Save it as UTF-8."),
    entry("P008", "the file is too long", "A policy file may have at most 1 MiB and 65,535 lines."),
    entry("P009", "a line is too long", "A line may have at most 65,535 characters."),
    entry("P010", "a module is not found", "`import` names a file that is not in the policy's folder."),
    entry("P011", "a module outside the policy's folder", "Modules come only from the policy's own folder and those below it, without links that lead out of it."),
    entry("P012", "modules import each other", "The chain of imports comes back to where it began."),
    entry("P013", "a function that policies may not call", "A policy declares; it does not wait, print, end early or evaluate text."),
    entry("P014", "the policy runs too long", "Loading stopped at its limit of operations: look for a loop that never ends."),
    entry("P015", "the policy grows too large", "Loading stopped at its limit for texts, lists or maps."),
    entry("P016", "nested too deeply", "An expression or a block is nested more deeply than the language allows. Use `define` for parts of it."),
    entry("P017", "`&` or `|` where `&&` or `||` is meant", "Conditions are joined by `&&` and `||`."),
    entry("P018", "`=` where `==` is meant", "A comparison is written `==`."),
    entry("P019", "`and`, `or`, `not` where `&&`, `||`, `!` are meant", "Conditions are joined by `&&`, `||` and `!`."),
    entry("P020", "a chain of comparisons", "`1 <= dpd <= 30` is written `dpd in 1..=30`."),
    entry("P021", "a percent sign", "Ratios are written as decimals: 30 % is `0.30`."),
    entry("P022", "a method on a fact", "Facts have no methods: `abs(x)`, `min(a, b)` and `max(a, b)` are functions."),
    entry("P023", "a condition that decides while loading", "`if`, `for` and `while` run once, when the policy is loaded; facts and thresholds are not known then."),
    entry("P024", "the script fails while loading", "A function or an operator of the script failed when the policy was loaded."),
    entry("P025", "cannot be part of a condition", "Conditions are made of facts, thresholds, defines, numbers, texts, comparisons and arithmetic; no script runs in them."),
    entry("P026", "a reserved name", "The name is a word of the language, or of a fact, and cannot name anything else."),
    entry("P027", "a name of the wrong form", "The statement is named by a text in double quotes, or by a plain name; the message says which."),
    entry("P028", "floating point", "`1e3` and the like are no numbers of the language: write `1000`."),
    entry("P029", "a verb is expected", "`do` is followed by one verb with its options: `do phone(#{ at: \"15:00\" })`, or `do note()` without any."),
    entry("P030", "too many statements cannot be read", "Reading stopped after fifty. Mend those first; there may be more."),
];
