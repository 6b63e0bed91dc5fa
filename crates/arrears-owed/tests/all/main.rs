//! What is owed and what can be arranged, tried from outside.

#![cfg(test)]

mod arranged;
mod bad_terms;
mod delay;
mod examples;
mod facts;
mod happenings;
mod kept;
mod laws;
mod offers;
mod owed_by_hand;
mod performance;
mod plans;
mod schemas;
mod settlements;
mod ways_out;
