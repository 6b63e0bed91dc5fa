//! A person's case under a law, as the command line tells both.

use crate::args::{self, PackChoice, PackThreshold, PolicyArgs};
use crate::case_file::CaseArgs;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::policy_file;
use crate::show::screen;
use arrears::Law;
use arrears::guardrail::{Case, Inquiry, Standing};
use chrono::{DateTime, FixedOffset};
use rust_decimal::Decimal;
use std::path::{Path, PathBuf};

/// A case, the law, and a policy whose guardrails bind beside it.
#[derive(clap::Args, Debug)]
pub(crate) struct AskedCase {
    #[command(flatten)]
    pub(crate) case: CaseArgs,
    #[command(flatten)]
    packs: PackChoice,
    /// Adds the guardrails of a bank's policy; they can only add to the law
    #[arg(long, value_name = "POLICY")]
    policy: Option<PathBuf>,
    /// Sets a threshold of a pack, PACK.NAME=VALUE, or of the policy, NAME=VALUE, inside its range; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = args::threshold)]
    set: Vec<(String, Decimal)>,
}

/// Thresholds by name, with the values to which they are set.
type Set = Vec<(String, Decimal)>;

impl AskedCase {
    /// Thresholds of packs, and those of the policy.
    fn thresholds(&self) -> (Set, Set) {
        self.set.iter().cloned().partition(|(name, _)| name.contains('.'))
    }

    /// The law, and what is asked under it.
    pub(crate) fn asked(&self) -> Result<(Law, Inquiry), Failure> {
        let set = self.thresholds().0.into_iter().map(PackThreshold::of).collect::<Vec<_>>();
        let law = self.packs.law(&set)?;
        let inquiry = self.case.inquiry(&law)?;
        Ok((law, inquiry))
    }

    /// The case as of its moment, or another, with the guardrails of the policy beside the law.
    pub(crate) fn case(
        &self,
        law: &Law,
        inquiry: &Inquiry,
        now: Option<DateTime<FixedOffset>>,
    ) -> Result<Case, Failure> {
        let inquiry = Inquiry { now: now.or(inquiry.now), ..inquiry.clone() };
        let case = inquiry.case(law).map_err(|troubles| self.case.wrong(troubles))?;
        let of_policy = self.thresholds().1;
        match &self.policy {
            Some(path) => with_house(case, path, of_policy, &inquiry.standing),
            None => no_policy(&of_policy).map(|()| case),
        }
    }
}

/// The case with the guardrails of a bank's own policy beside the law.
fn with_house(case: Case, path: &Path, set: Vec<(String, Decimal)>, standing: &Standing) -> Result<Case, Failure> {
    let (policy, _) = policy_file::load(&PolicyArgs { policy: path.to_owned(), set })?;
    match policy.house_rules() {
        Some(house) => Ok(case.with_house(house, standing)),
        None => {
            screen::note(&format!("{} has no guardrails of its own", path.display()))?;
            Ok(case)
        }
    }
}

/// Thresholds of a policy are set only where there is one.
fn no_policy(set: &[(String, Decimal)]) -> Result<(), Failure> {
    match set.first() {
        None => Ok(()),
        Some((name, _)) => {
            let message = format!(
                "--set {name}: a threshold of a pack is set with its pack, as in us-regf.{name}; one of a policy needs --policy"
            );
            Err(Failure::new(Exit::Usage, message))
        }
    }
}
