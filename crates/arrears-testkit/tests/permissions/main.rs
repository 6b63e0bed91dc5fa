//! The laws of the permission engine, on random packs, people and contacts.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test stops at what it did not expect")]

mod found;
mod hand;
