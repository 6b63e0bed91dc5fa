//! Signs, debtor types and holds.

use super::{Entry, OutlinedStatement, Outliner, set};
use crate::draft::Keyword;
use crate::policy::Scope;
use serde_json::json;

impl Outliner<'_> {
    pub(super) fn people(&self) -> Vec<OutlinedStatement> {
        let mut all = self.signs();
        all.extend(self.types());
        all.extend(self.holds());
        all
    }

    fn signs(&self) -> Vec<OutlinedStatement> {
        let points = |points: Option<i64>| points.map(|points| (json!(points), format!("{points:+}")));
        let sign = |sign: &crate::policy::Sign| {
            let entry = self.condition(Entry::of("sign", &sign.name), "when", Some(&sign.when));
            let entry = entry.given("willingness", points(sign.willingness)).given("ability", points(sign.ability));
            self.at(
                entry.clause("lasts", &json!(sign.lasts), sign.lasts.to_string()).remark("why", &sign.why),
                sign.span,
            )
            .0
        };
        self.policy.signs().iter().map(sign).collect()
    }

    fn types(&self) -> Vec<OutlinedStatement> {
        let kind = |kind: &crate::policy::DebtorType| {
            let entry = self.formerly(Entry::of("debtor", &kind.name).ordered(), Keyword::Debtor);
            let entry = self.condition(entry, "when", kind.when.as_ref());
            let entry = entry.given("otherwise", kind.when.is_none().then(|| (json!(true), "otherwise".to_owned())));
            let entry = entry.clause("review", &json!(kind.review), kind.review.to_string());
            let entry = self.shows(entry, &kind.shows, &kind.say);
            self.at(entry.remark("why", &kind.why), kind.span).0
        };
        self.policy.debtor_types().iter().map(kind).collect()
    }

    fn holds(&self) -> Vec<OutlinedStatement> {
        let hold = |hold: &crate::policy::Hold| {
            let entry = self.condition(Entry::of("hold", &hold.name), "when", Some(&hold.when));
            let classes = hold.stops.classes.iter().map(|class| class.word());
            let notice = hold.stops.required_notice.then_some("required_notice");
            let (stops, stops_text) = set(classes.chain(notice));
            let (duties, duties_text) = set(hold.stops.duties.iter().map(String::as_str));
            let (keeps, keeps_text) = set(hold.keeps.iter().map(|purpose| purpose.word()));
            let scope = match hold.scope {
                Scope::Account => "account",
                Scope::Customer => "customer",
            };
            let entry = entry
                .clause("stops", &stops, stops_text)
                .given("stops duties", (!hold.stops.duties.is_empty()).then_some((duties, duties_text)))
                .given("keeps", (!hold.keeps.is_empty()).then_some((keeps, keeps_text)))
                .clause("scope", &json!(scope), scope)
                .remark("why", &hold.why);
            self.at(entry, hold.span).0
        };
        self.policy.holds().iter().map(hold).collect()
    }

    /// Names shown to people, and talking points: they decide nothing.
    pub(super) fn shows(
        &self,
        entry: Entry,
        shows: &std::collections::BTreeMap<String, String>,
        say: &[String],
    ) -> Entry {
        let shows: Vec<String> = shows.iter().map(|(language, name)| format!("{language}: {name}")).collect();
        entry.remark("shows", &shows.join(", ")).remark("say", &say.join("; "))
    }
}
