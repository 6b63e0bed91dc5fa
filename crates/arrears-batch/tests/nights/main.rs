//! Whole nights: tables of several batches, people with several accounts, states in any order,
//! and whatever ends a night before its results are complete.

#![cfg(test)]

mod bad_rows;
mod books;
mod changed;
mod damaged;
mod people;
mod settled;
mod slowly;
mod states;
mod stopped;
#[expect(dead_code, reason = "other test programs use the rest")]
#[path = "../support/mod.rs"]
mod support;
mod threads;
