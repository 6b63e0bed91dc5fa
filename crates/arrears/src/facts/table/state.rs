//! Facts that the last decision left, and results of this one.

use super::page;
use crate::facts::{Group, Movement, Role, StateDefault, Words};

page! {
    /// What the last decision left.
    STATE, Group::State;
    PREVIOUS_STAGE: Category, "previous_stage", words(Words::Stages), role(Role::State(StateDefault::Never));
        "The stage of the last decision. Missing: no decision yet, the account starts at `current`; it then equals no stage."
    DAYS_IN_STAGE: Days, "days_in_stage", moves(Movement::Up), role(Role::State(StateDefault::Zero));
        "Days since the account entered that stage."
    PREVIOUS_RUNG: Category, "previous_rung", words(Words::Stages), role(Role::State(StateDefault::Never));
        "The rung of the ladder on which the account stands, kept while it is in a stage beside the ladder."
    DAYS_ON_RUNG: Days, "days_on_rung", moves(Movement::Up), role(Role::State(StateDefault::Zero));
        "Days on that rung; it stands still while the account is beside the ladder."
    DAYS_SINCE_DECISION: Days, "days_since_decision", moves(Movement::Up), or_never(), role(Role::State(StateDefault::Never));
        "Days since the last decision. Never: this is the first."
    PREVIOUS_TYPE: Category, "previous_type", words(Words::DebtorTypes), role(Role::State(StateDefault::Never));
        "The debtor type of the last decision."
    LAST_TREATMENT: Category, "last_treatment", words(Words::Treatments), role(Role::State(StateDefault::Never));
        "The treatment last chosen."
    DAYS_SINCE_TREATMENT: Days, "days_since_treatment", moves(Movement::Up), or_never(), role(Role::State(StateDefault::Never));
        "Days since a treatment was last chosen. Never: none was."
    PAUSE_LEFT: Days, "pause_left", moves(Movement::Down), or_never(), role(Role::State(StateDefault::Never));
        "Days for which demand still rests because of a result of a contact. Zero or below: the rest is over. Never: there was none."
    CALLBACK_IN: Days, "callback_in", moves(Movement::Down), or_never(), role(Role::State(StateDefault::Never));
        "Days until the day on which the person asked to be called again; demand rests until then. Zero: today. Below zero: that day has passed. Never: nothing is asked for."
    RETRY_IN: Days, "retry_in", moves(Movement::Down), or_never(), role(Role::State(StateDefault::Never));
        "Days until the treatment of `retry_treatment` may be used again, whatever its `every` says. Zero or below: it may. Never: no result of a contact says so."
    RETRY_TREATMENT: Category, "retry_treatment", words(Words::Treatments), role(Role::State(StateDefault::Never));
        "The treatment that may be used again after `retry_in` days. Never: none."
}

page! {
    /// What this decision has found so far.
    RESULT, Group::Result;
    DEBTOR_TYPE: Category, "debtor_type", words(Words::DebtorTypes), role(Role::Result);
        "The debtor type of this decision, readable from stages on."
    CURRENT_STAGE: Category, "current_stage", words(Words::Stages), role(Role::Result);
        "The stage of this decision, readable in treatments, acts, duties and priority."
    ACTION: Category, "action", words(Words::Actions), role(Role::Result);
        "The action of this decision, readable in never and always."
    CHANNEL: Category, "channel", words(Words::Channels), role(Role::Result);
        "The channel of this decision, readable in never and always."
    CHOSEN_TREATMENT: Category, "chosen_treatment", words(Words::Treatments), role(Role::Result);
        "The treatment of this decision, readable in never and always."
}
