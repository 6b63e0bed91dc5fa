//! Tables in and decisions out, tried from outside.

#![cfg(test)]

#[path = "../support/mod.rs"]
mod support;

mod accounts;
mod any_table;
mod applies;
mod bad_tables;
mod berka_loans;
mod held;
mod learned;
mod mappings;
mod runs;
mod several;
mod sheets;
mod states;
