//! What is said and written, tried from outside.

#![cfg(test)]

mod bad_templates;
mod briefs;
mod checks;
mod documents;
mod messages;
mod morning_documents;
mod mornings;
mod plain_statements;
mod safe_templates;
mod shipped_texts;
mod texts;
mod words_page;
