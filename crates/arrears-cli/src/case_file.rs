//! The case of a person and the contact that is proposed: a file, or what the command line says.

use crate::args;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::show::plural;
use arrears::guardrail::{Contact, Debt, Inquiry, Standing, Told, Trouble};
use arrears::{Channel, Law, table};
use chrono::{DateTime, FixedOffset, MappedLocalTime, NaiveDateTime, TimeZone};
use chrono_tz::Tz;
use clap::builder::PossibleValuesParser;
use serde_json::json;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// The case, as a file or in a few words. What is not said is not known.
#[derive(clap::Args, Debug)]
pub(crate) struct CaseArgs {
    /// The case as a JSON object with `standing` and `proposed` (docs/permissions.md); `-` reads stdin
    #[arg(long, value_name = "FILE.json", conflicts_with = "words", required_unless_present = "channel")]
    case: Option<PathBuf>,
    #[command(flatten)]
    words: Words,
    /// States that there is nothing else on file: no contacts, preferences, consents, refusals,
    /// protections and events but those that are told
    #[arg(long)]
    nothing_on_file: bool,
}

/// A simple case in words.
#[derive(clap::Args, Debug)]
#[group(id = "words", multiple = true)]
struct Words {
    /// The channel, such as phone, sms, email, letter, visit
    #[arg(long, value_name = "CHANNEL", value_parser = PossibleValuesParser::new(Channel::ALL.map(Channel::word)), hide_possible_values = true, requires = "at")]
    channel: Option<String>,
    /// When: by the clock of the first zone, as in 2026-03-31T18:15, or with its offset from UTC
    #[arg(long, value_name = "MOMENT")]
    at: Option<String>,
    /// Whose law binds contact with the person, such as US-MA
    #[arg(long, value_name = "CODE")]
    jurisdiction: Option<String>,
    /// A time zone in which the person may be, such as America/New_York; may be repeated
    #[arg(long, value_name = "ZONE")]
    zone: Vec<String>,
    /// Who is contacted, such as debtor, spouse, third_party
    #[arg(long, value_name = "WHO", value_parser = PossibleValuesParser::new(table::RECIPIENTS), hide_possible_values = true)]
    recipient: Option<String>,
    /// Who collects
    #[arg(long, value_name = "WHO", value_parser = ["third_party", "first_party", "first_party_other_name"])]
    collector: Option<String>,
    /// What the contact is for
    #[arg(long, value_name = "PURPOSE", value_parser = PossibleValuesParser::new(table::CONTACT_PURPOSES))]
    purpose: Option<String>,
    /// What it says, such as collection, payment_request, identity_check
    #[arg(long, value_name = "CONTENT", value_parser = PossibleValuesParser::new(table::CONTENTS), hide_possible_values = true)]
    content: Option<String>,
    /// What number is used
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(table::NUMBER_KINDS))]
    number_kind: Option<String>,
    /// What address is used
    #[arg(long, value_name = "KIND", value_parser = PossibleValuesParser::new(table::ADDRESS_KINDS))]
    address_kind: Option<String>,
    /// Whether the message says how to refuse further ones
    #[arg(long, value_name = "true|false")]
    opt_out_notice: Option<bool>,
    /// The product of the debt
    #[arg(long, value_name = "NAME")]
    product: Option<String>,
    /// A fact of the person or of the debt, such as dispute=true or dpd=40; may be repeated
    #[arg(long, value_name = "NAME=VALUE", value_parser = args::pair)]
    fact: Vec<(String, String)>,
}

impl CaseArgs {
    /// What is wrong with the case, by the fields of its file or by the options of the command line.
    pub(crate) fn wrong(&self, troubles: Vec<Trouble>) -> Failure {
        match &self.case {
            Some(path) => wrong(&shown(path), Exit::Table, troubles),
            None => wrong("the case", Exit::Usage, by_flags(troubles)),
        }
    }

    /// What is asked. Everything that is wrong with it is told with its place.
    pub(crate) fn inquiry(&self, law: &Law) -> Result<Inquiry, Failure> {
        let mut inquiry = match &self.case {
            Some(path) => read(path)?,
            None => {
                let inquiry = self.words.inquiry()?;
                inquiry.check().map_err(|troubles| self.wrong(troubles))?;
                inquiry
            }
        };
        if self.nothing_on_file {
            inquiry.standing = inquiry.standing.with_nothing_else_on_file(law);
        }
        Ok(inquiry)
    }

    /// Whether the case comes from stdin.
    pub(crate) fn is_piped(&self) -> bool {
        self.case.as_ref().is_some_and(|path| path.as_os_str() == "-")
    }

    /// Whether the case was told in words.
    pub(crate) const fn in_words(&self) -> bool {
        self.case.is_none()
    }
}

/// The option of the command line that tells a field of a case; none where only a file does.
pub(crate) fn option(path: &str) -> Option<String> {
    const LISTS: [&str; 6] = ["contacts", "preferences", "consents", "refusals", "wrong_numbers", "events"];
    const OF_CONTACT: [&str; 8] =
        ["at", "channel", "recipient", "purpose", "content", "number_kind", "address_kind", "opt_out_notice"];
    let mut steps = path.split(['.', '[']);
    match (steps.next()?, steps.next()?, steps.next()) {
        ("standing", "facts", Some("collector")) => Some("--collector".to_owned()),
        ("standing", "facts", Some(fact)) => Some(format!("--fact {fact}")),
        ("standing", "jurisdiction", _) => Some("--jurisdiction".to_owned()),
        ("standing", "zones", _) => Some("--zone".to_owned()),
        ("standing", list, _) if LISTS.contains(&list) => Some("--nothing-on-file".to_owned()),
        ("proposed", field, None) if OF_CONTACT.contains(&field) => Some(format!("--{}", field.replace('_', "-"))),
        _ => None,
    }
}

fn by_flags(troubles: Vec<Trouble>) -> Vec<Trouble> {
    let named = |trouble: Trouble| Trouble { path: option(&trouble.path).unwrap_or(trouble.path), ..trouble };
    troubles.into_iter().map(named).collect()
}

impl Words {
    fn inquiry(&self) -> Result<Inquiry, Failure> {
        let at = self.moment().map_err(|message| Failure::new(Exit::Usage, format!("--at: {message}")))?;
        let channel = self.channel.as_deref().and_then(Channel::from_word).unwrap_or(Channel::Phone);
        let proposed = Contact {
            recipient: self.recipient.clone(),
            purpose: self.purpose.clone(),
            content: self.content.clone(),
            number_kind: self.number_kind.clone(),
            address_kind: self.address_kind.clone(),
            opt_out_notice: self.opt_out_notice,
            ..Contact::new(at, channel)
        };
        let mut standing = Standing {
            jurisdiction: self.jurisdiction.clone().unwrap_or_default(),
            zones: self.zone.clone(),
            debts: vec![Debt { id: "the debt".to_owned(), product: self.product.clone(), ..Debt::default() }],
            ..Standing::default()
        };
        let collector = self.collector.iter().map(|who| ("collector".to_owned(), who.clone()));
        for (name, value) in collector.chain(self.fact.iter().cloned()) {
            standing.facts.insert(name, told(value));
        }
        Ok(Inquiry { standing, proposed, now: None })
    }

    /// The moment of `--at`.
    fn moment(&self) -> Result<DateTime<FixedOffset>, String> {
        let text = self.at.as_deref().unwrap_or_default();
        if let Ok(moment) = DateTime::parse_from_rfc3339(text) {
            return Ok(moment);
        }
        let forms = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"];
        let shown = forms.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
        let shown = shown.ok_or_else(|| {
            format!("`{text}` is not a moment: expected one such as 2026-03-31T18:15, or 2026-03-31T18:15:00-04:00")
        })?;
        let name = self.zone.first().ok_or_else(|| {
            format!("`{text}` has no offset from UTC: say one, as in {text}:00-04:00, or the person's --zone")
        })?;
        let zone: Tz = name.parse().map_err(|_| format!("`{name}` is not a time zone, such as America/New_York"))?;
        match zone.from_local_datetime(&shown) {
            MappedLocalTime::Single(moment) => Ok(moment.fixed_offset()),
            MappedLocalTime::Ambiguous(..) => {
                Err(format!("clocks in {name} show `{text}` twice: say its offset from UTC"))
            }
            MappedLocalTime::None => Err(format!("clocks in {name} never show `{text}`: they are put forward over it")),
        }
    }
}

/// A fact as it is written on the command line.
fn told(value: String) -> Told {
    match (value.as_str(), value.parse()) {
        ("true", _) => Told::Flag(true),
        ("false", _) => Told::Flag(false),
        (_, Ok(number)) => Told::Number(number),
        (_, Err(_)) => Told::Word(value),
    }
}

/// How a file is called in what is said of it.
pub(crate) fn shown(path: &Path) -> String {
    if path.as_os_str() == "-" { "stdin".to_owned() } else { path.display().to_string() }
}

/// The text of a file, or of stdin.
pub(crate) fn text_of(path: &Path) -> Result<String, Failure> {
    let shown = shown(path);
    let bytes = if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    let bytes = bytes.map_err(|error| Failure::new(Exit::File, format!("{shown}: cannot be read: {error}")))?;
    // A mark of the byte order is no part of a JSON document.
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let text = std::str::from_utf8(text).map_err(|error| {
        Failure::new(Exit::Table, format!("{shown}: is not text in UTF-8 ({error}): save it in UTF-8"))
    })?;
    Ok(text.to_owned())
}

fn read(path: &Path) -> Result<Inquiry, Failure> {
    Inquiry::from_json(&text_of(path)?).map_err(|troubles| wrong(&shown(path), Exit::Table, troubles))
}

/// Everything that is wrong with a case or a plan, under its name.
pub(crate) fn wrong(shown: &str, exit: Exit, troubles: Vec<Trouble>) -> Failure {
    let mut message = format!("{shown}: {}", plural(troubles.len(), "problem", "problems"));
    for trouble in &troubles {
        message.push_str(&format!("\n  {trouble}"));
    }
    let listed = troubles.iter().map(|trouble| json!({ "path": trouble.path, "message": trouble.message }));
    Failure::new(exit, message).with("problems", listed.collect())
}
