//! Policy files in an editor.

#![cfg(test)]

mod client;
mod formatting;
mod hostile;
mod policies;
mod published;
mod scattered;
mod serving;
