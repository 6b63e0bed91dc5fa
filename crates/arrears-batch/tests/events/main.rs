//! Tables of events beside the table of accounts.

#![cfg(test)]

mod columns;
mod flat;
mod histories;
mod laws;
mod persons;
mod runs;
mod slow;
