//! The words that a fact may be.

use super::Checker;
use crate::draft::Keyword;
use crate::facts::{Channel, FactDef, Words, outcome_table, verb_table};
use crate::policy::Input;

impl Checker<'_> {
    pub(crate) fn give_words(&self, def: &FactDef, input: &mut Input) {
        match def.words {
            Words::None => {}
            Words::Closed(words) => input.words = texts(words),
            Words::Open => match self.declared.find(Keyword::Values, def.name) {
                Some(statement) => {
                    let list = statement.value.as_ref().map(crate::condition::Term::parts);
                    let words = list.unwrap_or_default().into_iter().filter_map(|word| word.as_text());
                    input.words = words.map(str::to_owned).collect();
                }
                None => input.open = true,
            },
            Words::Stages => {
                input.words = vec!["current".to_owned()];
                self.declared_words(Keyword::Stage, input);
            }
            Words::DebtorTypes => self.declared_words(Keyword::Debtor, input),
            Words::Treatments => self.declared_words(Keyword::Treatment, input),
            Words::Actions => {
                input.words = verb_table().iter().map(|verb| verb.word.to_owned()).collect();
                input.words.extend(texts(&["wait", "held", "review", "none"]));
                input.words.dedup();
                let mut seen = Vec::new();
                input.words.retain(|word| {
                    let new = !seen.contains(word);
                    seen.push(word.clone());
                    new
                });
            }
            Words::Outcomes => input.words = outcome_table().iter().map(|outcome| outcome.code.to_owned()).collect(),
            Words::Channels => {
                input.words = Channel::ALL.iter().map(|channel| channel.word().to_owned()).collect();
                input.words.push("none".to_owned());
            }
        }
    }

    fn declared_words(&self, keyword: Keyword, input: &mut Input) {
        for statement in self.declared.all(keyword) {
            let position = input.words.len();
            input.words.push(statement.name_text().to_owned());
            let former = statement.option("formerly").map(crate::condition::Term::parts);
            for old in former.unwrap_or_default().into_iter().filter_map(|old| old.as_text()) {
                input.formerly.push((old.to_owned(), position));
            }
        }
    }
}

fn texts(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}
