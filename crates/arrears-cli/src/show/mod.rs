//! How results look: numbers, tables, problems, the summary of a run.

mod compare;
mod events;
mod hindsight;
mod inputs;
mod learned;
mod numbers;
mod overview;
mod report;
pub(crate) mod screen;
mod summary;
mod sweep;
mod tables;
mod timeline;

pub(crate) use compare::comparison_text;
pub(crate) use events::of_nobody_text;
pub(crate) use hindsight::{hindsight_json, hindsight_text};
pub(crate) use inputs::inputs_text;
pub(crate) use learned::{learned_text, set_aside_text, tried_aside_text};
pub(crate) use numbers::{grouped, plural, share};
pub(crate) use overview::overview_text;
pub(crate) use report::report_text;
pub(crate) use summary::summary_text;
pub(crate) use sweep::sweep_text;
pub(crate) use timeline::{timeline_json, timeline_text};
