//! The parts of what is told that stand alone, by the names of their variables.

use super::Told;
use arrears::Money;
use chrono::NaiveDate;

macro_rules! by_name {
    ($($kind:ty, $read:ident, $write:ident: $($field:ident)+;)+) => {
        impl Told {
            $(
                /// Each part of this kind with the name of its variable.
                pub(super) fn $read(&self) -> Vec<(&'static str, &Option<$kind>)> {
                    vec![$((stringify!($field), &self.$field)),+]
                }

                /// Each part of this kind, to be told.
                pub(super) fn $write(&mut self) -> Vec<(&'static str, &mut Option<$kind>)> {
                    vec![$((stringify!($field), &mut self.$field)),+]
                }
            )+
        }
    };
}

by_name! {
    String, texts, texts_mut:
        speaker neutral_name phone reply_hours stop_word name identity_question address verify_at write_to pay_at
        branch regulations product account_ending enclosed creditor_then;
    Money, amounts, amounts_mut:
        amount overdue total principal interest penalty_interest fees promised instalment itemised interest_since fees_since
        payments_since credits_since;
    NaiveDate, days, days_mut: due_on promised_on instalment_on open_until returns_on itemised_on dispute_by;
}
