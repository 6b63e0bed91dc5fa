//! What the last decision left, and what this decision has found so far.

use super::{Meaning, days, since, until, word};

#[rustfmt::skip]
pub(super) const TABLE: &[Meaning] = &[
    word("previous_stage", "the stage of the last decision"),
    days("days_in_stage", "since the account entered its stage"),
    word("previous_rung", "the rung of the ladder before this decision"),
    days("days_on_rung", "on the present rung of the ladder"),
    since("days_since_decision", "decision", "the account was never decided before"),
    word("previous_type", "the type of debtor of the last decision"),
    word("last_treatment", "the treatment last chosen"),
    since("days_since_treatment", "treatment", "no treatment was ever chosen"),
    until("pause_left", "for which demand still rests", "demand never rested"),
    until("callback_in", "until the day for which the person asked to be called", "the person has asked for no call"),
    until("retry_in", "until a treatment may be tried again", "nothing is to be tried again"),
    word("retry_treatment", "the treatment to be tried again"),
    word("debtor_type", "the type of debtor"),
    word("current_stage", "the stage"),
    word("action", "the action decided"),
    word("channel", "the channel of the decision"),
    word("chosen_treatment", "the treatment chosen"),
];
