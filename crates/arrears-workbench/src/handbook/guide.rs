//! Purpose, and how the handbook is read.

use super::book::Book;
use super::document::{Block, Chapter, Told};
use crate::wording::Prose;

pub(super) fn chapter(book: &Book<'_>) -> Chapter {
    let mut chapter = Chapter::new("guide", "Purpose, and how to read this");
    let why = &book.policy.head().why;
    if !why.is_empty() {
        chapter.text(format!("The policy's own words for its purpose: \u{201c}{why}\u{201d}."));
    }
    chapter.text(
        "This handbook is made from the policy itself. It says in plain words what the policy does, and nothing else: \
         where handbook and policy could differ, they do not, since both are read from the same statements. What \
         stands in italics below a name is the bank's own reason, as its authors wrote it.",
    );
    chapter.text("Every account is decided once a day, in this order:");
    let step = |number: &str, text: &str, id: &str| {
        let said = Prose::plain(format!("{number} ")).and(Prose::link(text, format!("ch-{id}")));
        Told::from(said.and("."))
    };
    chapter.blocks.push(Block::List(vec![
        step("Does the policy apply to the account?", "Whom it applies to", "applies"),
        step("What has been seen of the person?", "Signs", "signs"),
        step("What stops work?", "Holds", "holds"),
        step("Who is this? The first type that fits is taken.", "Types of debtor", "types"),
        step("Where is the account?", "The ladder", "ladder"),
        step("What is owed to the person, and what is done to the account?", "Duties and acts", "work"),
        step("What is done next? At most one contact, the first treatment that fits.", "Treatments", "treatments"),
        step("May it be done, and at what hour?", "Guardrails", "guardrails"),
        step("What did a contact result in?", "Results of contacts", "outcomes"),
    ]));
    chapter.text("How conditions are read:");
    chapter.blocks.push(Block::List(vec![
        "Words in \u{201c}quotation marks\u{201d} are the policy's own names. They lead to where they are explained.".into(),
        "A name in brackets behind a number is the threshold that sets it, and leads to its range and its reason.".into(),
        "What is not known counts neither as so nor as not so. Missing data never causes a contact, and never a stronger \
         one: the account waits, or a person looks."
            .into(),
        "What never happened is known. It is in no number of days since: \u{201c}at least 30 days since the last \
         demand\u{201d} asks for a demand."
            .into(),
        "An episode of arrears lasts from the first day late to the day on which the arrears are paid.".into(),
    ]));
    chapter
}
