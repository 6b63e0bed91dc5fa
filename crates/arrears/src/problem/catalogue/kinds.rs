//! Problems with kinds and units.

use super::{Entry, entry};

#[rustfmt::skip]
pub(super) const ENTRIES: &[Entry] = &[
    entry("P201", "not a condition", "Something that is neither true nor false stands where a condition is needed."),
    entry("P202", "not a number", "Something that is no number stands where a number is needed. Conditions are not compared with each other."),
    entry("P203", "units that do not meet", "Days, counts, money and ratios are not compared with each other. Both sides are shown, because either may be the mistake."),
    entry("P204", "too many decimals", "The number has more decimals than its kind or the policy's currency has: days and counts have none, ratios six. Trailing zeros count, and nothing is rounded silently."),
    entry("P205", "too large", "The number does not fit."),
    entry("P206", "units that do not go together", "The operation does not exist for these kinds: money times a ratio is money, days plus days are days, days times money is nothing. Nothing is divided by zero."),
    entry("P207", "words have no order", "Words are the same or not; they are not greater or less."),
    entry("P208", "an option of the wrong kind", "The option or the result takes another kind of value; the help says what it means."),
    entry("P209", "an option is missing", "The statement must have this option."),
    entry("P210", "wrong number of arguments", "The function takes another number of arguments, or arguments of another kind."),
    entry("P211", "an empty range", "Nothing lies in the range, the list or the period. `1..5` leaves out 5, `1..=5` keeps it."),
    entry("P212", "a threshold of two kinds", "The threshold is used for two kinds of number; its kind is that of its first use."),
    entry("P213", "never cannot be", "The fact always has a value, so asking whether it never happened says nothing."),
    entry("P214", "a word compared with something that is no text", "Facts that hold words are compared with texts, and only they are."),
    entry("P215", "nothing is measured", "A comparison or a priority reads no fact: it is the same for every account, and nothing says what its numbers are."),
    entry("P216", "not one of the option's words", "The option takes one of a few words; the message lists them."),
    entry("P217", "a value that the fact cannot have", "The value assumed or given for the fact does not fit it, or the fact is computed and cannot be assumed."),
];
