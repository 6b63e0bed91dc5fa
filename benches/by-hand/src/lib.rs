//! The reference policy as developers write it by hand: what an engine is measured against.
//!
//! Amounts and scores are floating-point numbers, flags are bytes, every column lies by itself.

pub mod columns;
pub mod rows;

use std::ops::Range;

/// What each reason does: hold, none, wait, auto debit, legal, field visit, restructure,
/// senior call, formal letter, text, call.
pub const ACTIONS: [u8; 16] = [0, 0, 0, 0, 1, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2];
/// The least stage of each reason.
pub const FLOORS: [u8; 16] = [0, 0, 0, 0, 0, 0, 0, 0, 6, 5, 0, 3, 4, 1, 2, 0];

/// The places of the four codes of each account: type, action, reason, stage.
pub type Places<'a> = [&'a mut [u8]; 4];

macro_rules! accounts {
    ($($(#[$doc:meta])* $name:ident: $of:ty),* $(,)?) => {
        /// The columns that the policy reads, all of one length.
        #[derive(Clone, Copy, Debug)]
        pub struct Accounts<'a> {
            $($(#[$doc])* pub $name: &'a [$of],)*
        }

        impl Accounts<'_> {
            /// Some of the accounts; none where there are not so many.
            pub fn part(&self, range: Range<usize>) -> Option<Self> {
                Some(Self { $($name: self.$name.get(range.clone())?,)* })
            }

            /// How many there are.
            pub const fn len(&self) -> usize {
                self.dpd.len()
            }

            /// Whether there are none.
            pub const fn is_empty(&self) -> bool {
                self.dpd.is_empty()
            }
        }
    };
}

accounts! {
    /// Days past due.
    dpd: i64,
    /// What is overdue.
    overdue: f64,
    /// Promises that were broken.
    broken: i64,
    /// Calls that were made.
    calls: i64,
    /// Calls that nobody answered.
    unanswered: i64,
    /// Contacts in the last seven days.
    contacts: i64,
    /// Days since the last contact.
    since: i64,
    /// What came in within three days.
    inflow: f64,
    /// Days until an open promise falls due; -1: none is open.
    promise: i64,
    /// The score of the ability to pay.
    ability: f64,
    /// The score of what the customer is worth.
    worth: f64,
    /// The stage of last night.
    stage: i64,
    /// Whether the person is hostile.
    hostile: bool,
    /// Whether the person refused to pay.
    refused: bool,
    /// Whether no number answers.
    unreachable: bool,
    /// Whether the debt is disputed.
    dispute: bool,
    /// Whether the person is bankrupt.
    bankrupt: bool,
    /// Whether the person is dead.
    deceased: bool,
    /// Whether the person is in hardship.
    hardship: bool,
    /// The segment; 0 is retail.
    segment: u8,
}
