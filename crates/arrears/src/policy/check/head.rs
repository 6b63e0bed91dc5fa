//! The head of a policy: name, currency, zone, buckets.

use super::Checker;
use super::names::mended;
use super::options::{points, text};
use crate::draft::{Keyword, Statement};
use crate::number::Currency;
use crate::policy::Head;
use crate::problem::{Problem, nearest};
use crate::span::Span;
use chrono_tz::Tz;

const BUCKETS: [i64; 7] = [1, 31, 61, 91, 121, 151, 181];
const REVIEW_WITHIN: u32 = 7;

impl Checker<'_> {
    /// The `policy` statement.
    pub(crate) fn head(&mut self) -> Option<Head> {
        let mut heads = self.statements(Keyword::Policy);
        let Some(statement) = heads.next() else {
            if !self.declared.any_broken(Keyword::Policy) {
                let problem = Problem::error("P302", "the policy has no `policy` statement")
                    .at(Span::new(0, 0, 0), "expected before anything else")
                    .help("begin with: policy \"name\" #{ version: \"1\", currency: \"EUR\" };");
                self.report(problem);
            }
            return None;
        };
        for again in heads {
            self.once(again, statement);
        }
        self.check_options(statement);
        let currency = self.currency(statement);
        if let Some(currency) = currency {
            self.digits = currency.digits();
        }
        let zone = self.zone(statement);
        let buckets = self.buckets(statement);
        let from = statement.option("from").and_then(|value| self.date(value));
        let to = statement.option("to").and_then(|value| self.date(value));
        let review = statement.option("review_within").and_then(points);
        Some(Head {
            name: statement.name_text().to_owned(),
            version: text(statement, "version").unwrap_or_default(),
            from,
            to,
            currency: currency?,
            zone: zone?,
            jurisdiction: text(statement, "jurisdiction"),
            buckets,
            review_within: review
                .and_then(|days| u32::try_from(days).ok())
                .filter(|days| *days > 0)
                .unwrap_or(REVIEW_WITHIN),
            why: text(statement, "why").unwrap_or_default(),
            span: statement.span,
        })
    }

    /// Reports a statement that may stand once.
    pub(crate) fn once(&mut self, again: &Statement, first: &Statement) {
        let problem = Problem::error("P303", format!("`{}` stands twice", again.keyword))
            .at(again.span, "again")
            .at(first.span, "first here")
            .help("keep one of them");
        self.report(problem);
    }

    fn currency(&mut self, statement: &Statement) -> Option<Currency> {
        let value = statement.option("currency")?;
        let code = value.as_text()?;
        match code.parse() {
            Ok(currency) => Some(currency),
            Err(_) => {
                let problem = Problem::error("P315", format!("`{code}` is not a currency code"))
                    .at(value.span, "expected three capital letters")
                    .help("currencies are written by ISO 4217 code: \"EUR\", \"CNY\"");
                self.report(problem);
                None
            }
        }
    }

    fn zone(&mut self, statement: &Statement) -> Option<Tz> {
        let Some(value) = statement.option("zone") else {
            return Some(Tz::UTC);
        };
        let name = value.as_text()?;
        if let Ok(zone) = name.parse() {
            return Some(zone);
        }
        let names: Vec<&str> = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()).collect();
        let problem = Problem::error("P316", format!("`{name}` is not a time zone")).at(value.span, "unknown zone");
        let problem = match nearest(name, names) {
            Some(near) => mended(problem, value.span, near),
            None => problem.help("zones are written by IANA name: \"Europe/London\", \"Asia/Shanghai\""),
        };
        self.report(problem);
        None
    }

    fn buckets(&mut self, statement: &Statement) -> Vec<i64> {
        let Some(value) = statement.option("buckets") else {
            return BUCKETS.to_vec();
        };
        let days: Option<Vec<i64>> = value.parts().into_iter().map(points).collect();
        let Some(days) = days else {
            // Something among them is no whole number: reported with the options.
            return BUCKETS.to_vec();
        };
        let rises = days.windows(2).all(|pair| matches!(pair, [a, b] if a < b));
        if !rises || days.first().is_none_or(|first| *first < 1) || days.len() > 255 {
            let problem = Problem::error("P319", "bucket edges must rise from day 1")
                .at(value.span, "not rising")
                .help("first days past due, rising: [1, 31, 61, 91]");
            self.report(problem);
        }
        days
    }
}
