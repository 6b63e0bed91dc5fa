//! What is said to whom: call briefs, letters and short messages from templates that a bank can
//! replace, checked for what must and what must not be said.

pub mod brief;
pub mod checks;
mod columns;
pub mod disclosure;
pub mod house;
mod language;
pub mod message;
pub mod morning;
pub mod phrase;
mod plain;
pub mod practice;
pub mod said;
mod short_message;
mod spoken;
pub mod template;
pub mod told;
pub mod written;

pub use language::Language;
pub use plain::PlainStatement;
pub use short_message::{Encoding, ShortMessage, TooManyParts};
pub use spoken::{ReadingRate, units};
