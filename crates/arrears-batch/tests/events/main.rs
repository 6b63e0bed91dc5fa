//! Tables of events beside the table of accounts.

#![cfg(test)]

mod columns;
mod flat;
mod histories;
mod laws;
mod runs;
mod slow;
