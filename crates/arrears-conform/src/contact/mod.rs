//! Contacts and debts of a case: as written, and as told to the engine.

pub(crate) mod case;
pub(crate) mod debts;
pub(crate) mod local;
pub(crate) mod telling;
pub(crate) mod words;
