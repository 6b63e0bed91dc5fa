//! Why no brief can be given.

use crate::template::TemplateFault;

/// Why a brief cannot be given to anybody. All of them are told at once.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BriefProblem {
    /// A template cannot be written, or says what it must not.
    #[error(transparent)]
    Template(#[from] TemplateFault),
    /// It takes too long.
    #[error("takes {seconds} seconds to say, {over} more than {most}: leave something out", over = .seconds.saturating_sub(*.most))]
    TooLong {
        /// Seconds that it takes.
        seconds: u64,
        /// Seconds that it may take.
        most: u64,
    },
    /// The amount or the day comes too late after the identity check, or not at all.
    #[error("{what} ({written}) {}: it must stand within the first {within} characters after the identity check",
        .ends_at.map_or_else(|| "is not said in the opening".to_owned(), |at| format!("ends at character {at} of the opening")))]
    OpeningLate {
        /// The amount, or the day.
        what: &'static str,
        /// As it is written.
        written: String,
        /// Where it ends; none if it is not there.
        ends_at: Option<usize>,
        /// Within how many characters it must stand.
        within: usize,
    },
}
