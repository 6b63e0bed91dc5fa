//! The functions of conditions.

/// A function of conditions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FunctionDef {
    /// Its name.
    pub(crate) name: &'static str,
    /// What it takes.
    pub(crate) arguments: &'static [&'static str],
    /// What it measures, by the word of the kind; `same` if that of its arguments.
    pub(crate) gives: &'static str,
    /// Whether only guardrails may call it.
    pub(crate) in_guardrails_only: bool,
    /// What it gives.
    pub(crate) meaning: &'static str,
}

const fn def(
    name: &'static str,
    arguments: &'static [&'static str],
    gives: &'static str,
    meaning: &'static str,
) -> FunctionDef {
    FunctionDef { name, arguments, gives, in_guardrails_only: false, meaning }
}

const fn of_contact(
    name: &'static str,
    arguments: &'static [&'static str],
    gives: &'static str,
    meaning: &'static str,
) -> FunctionDef {
    FunctionDef { in_guardrails_only: true, ..def(name, arguments, gives, meaning) }
}

#[rustfmt::skip]
const TABLE: &[FunctionDef] = &[
    def("times", &["event", "days"], "count", "How often it happened in the last so many days, today included. In guardrails: how many contacts of a class."),
    def("days_since", &["event"], "days", "Days since it last happened, or never. A comparison with never is false."),
    def("months_since", &["event"], "count", "Whole calendar months since it last happened, or never."),
    def("consent", &["channel"], "flag", "Whether the person has consented to the channel."),
    def("opted_out", &["channel"], "flag", "Whether the person has refused the channel."),
    def("tag", &["tag"], "flag", "Whether the account carries the tag."),
    of_contact("days_since_first", &["class"], "days", "Days since the first contact of a class, or never."),
    of_contact("minutes_since", &["class"], "count", "Whole minutes since the last contact of a class, or never."),
    of_contact("consented", &["kind"], "flag", "Whether consent of a kind that the pack describes covers the contact."),
    def("not_yet", &["fact"], "flag", "Whether it is known never to have happened."),
    def("not_since", &["fact", "fact"], "flag", "Whether the first never happened, or last happened before the second last did."),
    def("known", &["fact"], "flag", "Whether the fact is known."),
    def("min", &["number", "number"], "same", "The smaller of two numbers of one kind."),
    def("max", &["number", "number"], "same", "The greater of two numbers of one kind."),
    def("abs", &["number"], "same", "The number without its sign."),
];

/// Every function, in the order of the handbook.
pub(crate) const fn function_table() -> &'static [FunctionDef] {
    TABLE
}

impl FunctionDef {
    /// The function called `name`.
    pub(crate) fn find(name: &str) -> Option<&'static Self> {
        TABLE.iter().find(|function| function.name == name)
    }

    /// As it is written: `times(event, days)`.
    pub(crate) fn form(&self) -> String {
        format!("{}({})", self.name, self.arguments.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrears::Kind;
    use arrears::condition::FUNCTIONS;
    use arrears::facts::ParametricKind;

    #[test]
    fn every_function_of_conditions_is_described() {
        let described: Vec<&str> = TABLE.iter().map(|function| function.name).collect();
        assert_eq!(described, FUNCTIONS);
    }

    #[test]
    fn what_a_function_measures_is_what_conditions_take_it_for() {
        for function in TABLE {
            let family = ParametricKind::from_word(function.name);
            assert_eq!(family.is_some_and(ParametricKind::is_of_contact), function.in_guardrails_only, "{function:?}");
            let wanted = family.map_or(function.gives, |family| family.measures().word());
            assert_eq!(function.gives, wanted, "{function:?}");
            assert!(function.gives == "same" || Kind::from_word(function.gives).is_some());
        }
    }
}
