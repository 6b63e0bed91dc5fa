//! One account as somebody speaks or writes to it: its decision, what is told of it, and the words of the house.

use crate::args::{self, LawArgs, PolicyArgs, ReadArgs};
use crate::exit::Exit;
use crate::failure::Failure;
use crate::{given, history_file, house_file, offers_file, one_account, policy_file, terms_file};
use arrears::account::{Account, Conventions};
use arrears::nights::Case;
use arrears::{Decision, Law, Policy};
use arrears_owed::arrangement::WaysOutAsked;
use arrears_owed::facts::OwedFacts;
use arrears_owed::terms::Terms;
use arrears_rules::Scripts;
use arrears_words::Language;
use arrears_words::brief::HouseWords;
use arrears_words::house::House;
use arrears_words::told::Told;
use arrears_workbench::script_facts;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use std::path::{Path, PathBuf};

/// The account, and in whose words it is spoken of.
#[derive(clap::Args, Debug)]
pub(crate) struct TellingArgs {
    #[command(flatten)]
    pub(crate) policy: PolicyArgs,
    /// The table of accounts, .parquet or .csv
    #[arg(long, value_name = "TABLE", required_unless_present_any = ["facts", "history", "without_account"], requires = "account")]
    on: Option<PathBuf>,
    /// The account, as its row names it
    #[arg(long, value_name = "ID", required_unless_present_any = ["facts", "history", "without_account"])]
    account: Option<String>,
    /// The facts themselves in the place of a table: dpd=12 overdue=40.00 promise_open=false
    #[arg(long, value_name = "KEY=VALUE", num_args = 1.., value_parser = args::pair, conflicts_with_all = ["on", "columns", "state"])]
    pub(crate) facts: Vec<(String, String)>,
    /// The account's history in the place of a table: decided every night up to the day, state carried
    #[arg(long, value_name = "ACCOUNT.json", conflicts_with_all = ["on", "facts", "columns", "state", "account"])]
    history: Option<PathBuf>,
    /// How the bank counts; days from the due date, without grace or tolerance, if not given
    #[arg(long, value_name = "FILE.json", requires = "history")]
    conventions: Option<PathBuf>,
    /// Decides as the history is known on this day; if not given, each night as it was known on itself
    #[arg(long, value_name = "DATE", value_parser = args::day, requires = "history")]
    known_by: Option<NaiveDate>,
    /// The terms of the product: amounts come from the statement of the history, and not from facts
    #[arg(long, value_name = "TERMS.json", requires = "history")]
    terms: Option<PathBuf>,
    /// What the bank offers, in the format arrears-offers/1: the plans that can be kept are told as offers
    #[arg(long, value_name = "OFFERS.json", requires = "means")]
    offers: Option<PathBuf>,
    /// What the person states of a month, in the format arrears-means/1
    #[arg(long, value_name = "MEANS.json", requires = "terms")]
    means: Option<PathBuf>,
    #[command(flatten)]
    words: WordsArgs,
    /// What else is told of the account, in the format arrears-told/1: the person's name, a promise, offers
    #[arg(long, value_name = "TOLD.json", conflicts_with = "without_account")]
    told: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) law: LawArgs,
    #[command(flatten)]
    read: ReadArgs,
}

/// In whose words.
#[derive(clap::Args, Debug)]
struct WordsArgs {
    /// Who speaks, in the format arrears-house/1
    #[arg(long, value_name = "HOUSE.json")]
    house: Option<PathBuf>,
    /// A folder of templates, KIND/NAME.LANGUAGE.txt, in the place of the shipped ones or beside them
    #[arg(long, value_name = "DIR")]
    templates: Option<PathBuf>,
    /// The language; that of the house if not given
    #[arg(long, value_name = "LANGUAGE", value_parser = PossibleValuesParser::new(Language::ALL.map(Language::tag)))]
    language: Option<String>,
}

/// The policy under its law, with the words of the house.
pub(crate) struct Telling {
    pub(crate) policy: Policy,
    pub(crate) law: Law,
    pub(crate) house: House,
    pub(crate) words: HouseWords,
    /// The language that was asked for, or that of the house.
    pub(crate) language: Language,
    /// What every account is told.
    pub(crate) told: Told,
    scripts: Scripts,
}

/// One account, decided.
pub(crate) struct Spoken {
    /// Its name.
    pub(crate) account: String,
    pub(crate) decision: Decision,
    /// What is told of it.
    pub(crate) told: Told,
}

impl TellingArgs {
    /// Whether a language was asked for.
    pub(crate) const fn asks_for_a_language(&self) -> bool {
        self.words.language.is_some()
    }

    /// Whether it is said who speaks.
    pub(crate) const fn names_a_house(&self) -> bool {
        self.words.house.is_some()
    }

    /// The policy and the words.
    pub(crate) fn open(&self) -> Result<Telling, Failure> {
        let (policy, scripts) = policy_file::load(&self.policy)?;
        let as_of = self.law.as_of;
        arrears_batch::check_in_force(&policy, as_of)?;
        let law = self.law.choice.law()?;
        let policy = policy_file::under(&policy, &law, as_of)?;
        let house = house_file::house(self.words.house.as_deref())?;
        let asked = self.words.language.as_deref().and_then(Language::from_tag);
        let language = asked.unwrap_or(house.language);
        let told = house.told(language, as_of).map_err(|error| Failure::new(Exit::Usage, error))?;
        let mut words = house.words(house_file::templates(self.words.templates.as_deref())?);
        if let Some(jurisdiction) = &policy.head().jurisdiction {
            words.checks = words.checks.under(&law, jurisdiction, as_of);
        }
        Ok(Telling { policy, law, house, words, language, told, scripts })
    }

    /// The account, decided as `explain` does, and what is told of it.
    pub(crate) fn account(&self, telling: &Telling) -> Result<Spoken, Failure> {
        let Telling { policy, law, told, scripts, .. } = telling;
        let as_of = self.law.as_of;
        let told = told.clone();
        let (account, decision, told) = match (&self.on, &self.history) {
            (Some(table), _) => {
                let account = self.account.clone().unwrap_or_default();
                let row = one_account::row(policy, scripts, (table, &account), &self.read, as_of)?;
                (account, arrears::decide(policy, &row, law, as_of), told.owing_by(policy, &row))
            }
            (None, Some(path)) => {
                let account = history_file::account(path)?;
                let conventions = history_file::conventions(self.conventions.as_deref(), &account)?;
                let filled = script_facts::filled_in(scripts);
                let terms = terms_file::beside(self.terms.as_deref(), &account)?;
                let owed = terms.as_ref().map(|terms| OwedFacts::new(&account, terms, &conventions));
                let case = Case::new(policy, &account, &conventions, law).with_scripts(&filled);
                let case = owed.iter().fold(case, |case, owed| case.with_beside(owed));
                let night = one_account::last_night(case, self.known_by, as_of)?;
                let told = match &terms {
                    Some(terms) => self.reckoned(told, path, (&account, terms, &conventions))?,
                    None => told.owing_by(policy, &night.row),
                };
                (account.id().to_owned(), night.decision, told)
            }
            (None, None) => {
                let row = given::row(policy, scripts, &self.facts)?;
                ("the account".to_owned(), arrears::decide(policy, &row, law, as_of), told.owing_by(policy, &row))
            }
        };
        let told = match &self.told {
            Some(path) => {
                let more = told.with_json(&history_file::text(path)?);
                more.map_err(|problems| history_file::wrong(path, Exit::Usage, &problems))?
            }
            None => told,
        };
        Ok(Spoken { account, decision, told })
    }

    /// What is told by the statement, by what delay costs, and of the plans that can be kept.
    fn reckoned(
        &self,
        told: Told,
        path: &Path,
        (account, terms, conventions): (&Account, &Terms, &Conventions),
    ) -> Result<Told, Failure> {
        let as_of = self.law.as_of;
        let rules = self.offers.as_deref().map(offers_file::offers).transpose()?;
        let means = self.means.as_deref().map(offers_file::means).transpose()?;
        let offered = rules.as_ref().map(|rules| WaysOutAsked {
            account,
            terms,
            conventions,
            rules,
            means: means.as_ref(),
            share: None,
            each: None,
        });
        told.by_terms((account, terms), offered, (as_of, self.known_by.unwrap_or(as_of)))
            .map_err(|error| Failure::new(Exit::Table, format!("{}: {error}", path.display())))
    }
}
