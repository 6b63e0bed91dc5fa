//! Days as rows, hours as columns: when a contact is permitted.

use super::screen;
use arrears::Law;
use arrears::guardrail::{Answer, PermittedDay};
use arrears::policy::Pack;
use chrono::{Datelike, NaiveDate, Timelike};
use chrono_tz::Tz;
use std::collections::BTreeSet;

/// Two columns for each hour.
const HALVES: usize = 48;

/// The days, drawn to the half hour, and the names of holidays. What holds only for a part of a half
/// hour is drawn as the stricter.
pub(crate) fn week_text(law: &Law, packs: &[&Pack], zone: Tz, days: &[PermittedDay]) -> String {
    let hours: Vec<String> = (0..=24).step_by(3).map(|hour| format!("{hour:02}")).collect();
    let mut text = format!("             {}\n", hours.join("    "));
    let mut named = String::new();
    for day in days {
        let holidays = holidays(law, packs, day.date);
        let mark = if holidays.is_empty() { ' ' } else { '*' };
        let weekday = day.date.weekday();
        text.push_str(&format!("  {weekday} {} {mark}{}\n", day.date.format("%m-%d"), row(day, zone)));
        for holiday in holidays {
            named.push_str(&format!("  * {} {}\n", day.date.format("%m-%d"), screen::printable(&holiday)));
        }
    }
    text.push_str("  # permitted   ? a person must look   . not permitted\n");
    text.push_str(&named);
    text
}

/// The holidays of a date in the calendars of the packs.
pub(crate) fn holidays(law: &Law, packs: &[&Pack], date: NaiveDate) -> BTreeSet<String> {
    let names = packs.iter().filter_map(|pack| pack.head().calendar.as_deref());
    let calendars = names.collect::<BTreeSet<_>>().into_iter().filter_map(|name| law.calendar(name));
    calendars
        .filter_map(|calendar| {
            let name = calendar.holiday_name(date).map(|name| format!("{name} ({})", calendar.name()));
            let unknown = || format!("the calendar {} does not know this day", calendar.name());
            name.or_else(|| calendar.holiday(date).is_unknown().then(unknown))
        })
        .collect()
}

/// One day: what holds in each half hour by the clock of a zone.
fn row(day: &PermittedDay, zone: Tz) -> String {
    let mut halves: [Option<Answer>; HALVES] = [None; HALVES];
    for (from, to, answer) in &day.periods {
        let mut at = *from;
        while at < *to {
            let shown = at.with_timezone(&zone);
            let half = usize::try_from(shown.hour() * 2 + shown.minute() / 30).unwrap_or(0);
            if let Some(slot) = halves.get_mut(half) {
                *slot = Some(slot.map_or(*answer, |before| before.max(*answer)));
            }
            at += chrono::TimeDelta::minutes(15);
        }
    }
    let drawn = halves.chunk_by(|one, next| one == next).map(|run| {
        let answer = run.first().copied().flatten();
        let letter = match answer {
            None => " ",
            Some(Answer::Allow) => "#",
            Some(Answer::Review) => "?",
            Some(Answer::Block) => ".",
        };
        let letters = letter.repeat(run.len());
        match answer {
            Some(Answer::Allow) => screen::good(&letters),
            Some(Answer::Review) => screen::noted(&letters),
            _ => letters,
        }
    });
    drawn.collect::<String>().trim_end().to_owned()
}
