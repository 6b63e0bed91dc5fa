//! Policy files in an editor.

#![cfg(test)]

mod formatting;
mod policies;
mod published;
mod scattered;
