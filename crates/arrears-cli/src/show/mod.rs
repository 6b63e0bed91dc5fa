//! How results look: numbers, tables, problems, the summary of a run.

mod events;
mod hindsight;
mod inputs;
mod learned;
mod numbers;
mod overview;
mod places;
mod report;
pub(crate) mod screen;
mod summary;
mod tables;
mod timeline;

pub(crate) use events::of_nobody_text;
pub(crate) use hindsight::{hindsight_json, hindsight_text};
pub(crate) use inputs::{inputs_json, inputs_text};
pub(crate) use learned::{learned_text, set_aside_text};
pub(crate) use numbers::{grouped, plural, share};
pub(crate) use overview::overview_text;
pub(crate) use places::{place, problems_json};
pub(crate) use report::report_text;
pub(crate) use summary::summary_text;
pub(crate) use timeline::{timeline_json, timeline_text};
