//! One pack of law with everything that it says.

use super::packs::{head_text, status_word, strength_words};
use super::prose::{hanging, named, paragraph, title};
use super::{plural, screen};
use arrears::policy::pack::{Citation, Rule};
use arrears::{Law, Pack, Span};
use chrono::NaiveDate;

/// The pack, part by part.
pub(crate) fn pack_text(law: &Law, pack: &Pack, on: Option<NaiveDate>) -> String {
    let page = Page { law, pack, on };
    let mut text = head_text(pack, on);
    text.push_str(&paragraph(4, &pack.head().why));
    text.push_str(&format!("    pack hash {}\n", pack.hash()));
    for part in [
        page.thresholds(),
        page.classes(),
        page.rules(),
        page.exceptions(),
        page.duties(),
        page.deadlines(),
        page.others(),
        page.reads(),
    ] {
        text.push_str(&part);
    }
    text
}

struct Page<'p> {
    law: &'p Law,
    pack: &'p Pack,
    on: Option<NaiveDate>,
}

impl Page<'_> {
    fn thresholds(&self) -> String {
        let values = self.pack.threshold_values().iter();
        let lines = self.pack.thresholds().iter().zip(values).map(|(threshold, value)| {
            let shown = |value| Pack::value_in_words(value, threshold.kind);
            let unit = threshold.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
            let range = format!("from {} to {}", shown(threshold.from), shown(threshold.to));
            let line = hanging("  ", 4, &format!("{} = {}{unit}, {range}", threshold.name, shown(*value)));
            [line, paragraph(4, &threshold.why)].concat()
        });
        section("Thresholds, which a host may set inside their ranges", lines)
    }

    fn classes(&self) -> String {
        let classes = self.pack.classes().iter().map(|class| {
            let same = [
                ("person", class.same.person),
                ("debt", class.same.debt),
                ("number", class.same.number),
                ("address", class.same.address),
            ];
            let same: Vec<&str> = same.iter().filter(|(_, same)| *same).map(|(word, _)| *word).collect();
            let head = format!("{}: of the same {}", class.name, same.join(" and "));
            [hanging("  ", 4, &head), self.condition("when", class.when.span)].concat()
        });
        section("Contacts that are counted", classes)
    }

    fn rules(&self) -> String {
        section("Limits on contact", self.pack.rules().iter().map(|rule| self.rule(rule)))
    }

    fn rule(&self, rule: &Rule) -> String {
        let mut text = self.cited(&rule.citation, rule.part.as_deref());
        text.push_str(&named(4, "allows", &self.pack.limit_in_words(&rule.limit)));
        text.push_str(&rule.when.as_ref().map_or(String::new(), |when| self.condition("when", when.span)));
        text.push_str(&rule.unless.as_ref().map_or(String::new(), |unless| self.condition("unless", unless.span)));
        if rule.review {
            text.push_str(&paragraph(4, "calls for a person's look instead of a block"));
        }
        if rule.presumes {
            let rebuts = rule.rebutted_by.join(", ");
            let rebuts = if rebuts.is_empty() { "nothing".to_owned() } else { rebuts };
            text.push_str(&named(4, "only presumed to break the law; may be rebutted by", &rebuts));
        }
        text
    }

    fn exceptions(&self) -> String {
        let exceptions = self.pack.exceptions().iter().map(|exception| {
            let lifts = named(4, "lifts", &exception.lifts.join(", "));
            let when = self.condition("when", exception.when.span);
            [self.cited(&exception.citation, None), lifts, when].concat()
        });
        section("What lifts them", exceptions)
    }

    fn duties(&self) -> String {
        let duties = self.pack.duties().iter().map(|(duty, citation)| {
            let done = format!("{}, by {}", duty.name, duty.verb.word());
            let when = self.condition("when", duty.when.span);
            [self.cited(citation, None), named(4, "obliges", &done), when].concat()
        });
        section("Duties", duties)
    }

    fn deadlines(&self) -> String {
        let deadlines = self.pack.deadlines().iter().map(|deadline| {
            let date = format!("{}: {}", deadline.name, self.pack.deadline_in_words(deadline));
            [self.cited(&deadline.citation, None), named(4, "date", &date)].concat()
        });
        section("Dates that follow from others", deadlines)
    }

    fn others(&self) -> String {
        let pack = self.pack;
        let remarks = pack.remarks().iter().map(|remark| {
            let said = named(4, "says beside the answer", &remark.name);
            let when = self.condition("when", remark.when.span);
            [self.cited(&remark.citation, None), said, when].concat()
        });
        let messages = pack.messages().iter().map(|form| {
            let name = named(4, "form of a message", &form.name);
            let (needs, may) = (named(4, "needs", &form.needs.join(", ")), named(4, "may hold", &form.may.join(", ")));
            [self.cited(&form.citation, None), name, needs, may].concat()
        });
        let procedures = pack.procedures().iter().map(|procedure| {
            let name = named(4, "procedure", &procedure.name);
            let when = self.condition("satisfied when", procedure.when.span);
            [self.cited(&procedure.citation, None), name, when].concat()
        });
        let meanings = pack.meanings().iter().map(|meaning| {
            [self.cited(&meaning.citation, None), named(4, "is the meaning of", &meaning.of.join(", "))].concat()
        });
        [
            section("What is said beside an answer", remarks),
            section("Forms of messages", messages),
            section("Procedures", procedures),
            section("Meanings", meanings),
        ]
        .concat()
    }

    fn reads(&self) -> String {
        let facts: Vec<&str> = self.pack.inputs().iter().map(|input| input.written.as_str()).collect();
        let title = format!("It reads {}", plural(facts.len(), "fact", "facts"));
        section(&title, std::iter::once(paragraph(2, &facts.join(", "))))
    }

    /// A rule with where it stands, how it is known, what it says and what it leaves out.
    fn cited(&self, citation: &Citation, part: Option<&str>) -> String {
        let part = part.map_or(String::new(), |part| format!(" ({part})"));
        let rule = screen::heading(&screen::printable(&format!("{}{part}", citation.rule)));
        let mut text = format!("  {rule}  {}  {}", status_word(citation), strength_words(citation.strength));
        let absent = self.on.is_some_and(|on| !citation.in_days(on));
        if absent {
            text.push_str(&format!("  {}", screen::noted("not on that day")));
        } else if self.law.enabled().any(|enabled| enabled == citation.rule) {
            text.push_str("  enabled");
        }
        text.push('\n');
        text.push_str(&paragraph(4, &citation.says));
        let known = format!("{}, certainty {}", citation.basis.word(), citation.certainty.word());
        let cites = if citation.cites.is_empty() { "nothing" } else { &citation.cites };
        text.push_str(&named(4, "stands in", &format!("{cites} ({known})")));
        text.push_str(&named(4, "in force", &term(citation)));
        text.push_str(&named(4, "not covered", &citation.not_covered));
        text
    }

    fn condition(&self, word: &str, span: Span) -> String {
        named(4, word, &self.pack.quote(span).unwrap_or_default())
    }
}

fn term(citation: &Citation) -> String {
    let from = citation.from.map(|from| format!("from {from}"));
    let to = citation.to.map(|to| format!("to {to}"));
    from.into_iter().chain(to).collect::<Vec<_>>().join(" ")
}

/// A part with its heading; nothing where it is empty.
fn section(heading: &str, items: impl Iterator<Item = String>) -> String {
    let items: Vec<String> = items.collect();
    if items.is_empty() { String::new() } else { format!("{}{}", title(heading), items.concat()) }
}
