//! scratch
fn main() {
    let card = std::fs::read_to_string("examples/policies/cn-card.rhai").unwrap();
    let mut words: Vec<(usize, usize)> = vec![];
    let mut start = None;
    for (i, c) in card.char_indices() {
        if c.is_ascii_alphanumeric() || c == '_' {
            start.get_or_insert(i);
        } else if let Some(s) = start.take() {
            words.push((s, i));
        }
    }
    let step: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let mut by: std::collections::BTreeMap<usize, usize> = Default::default();
    for (s, e) in words
        .iter()
        .copied()
        .filter(|(s, _)| {
            let l = card[..*s].rfind('\n').map_or(0, |n| n + 1);
            !card[l..*s].trim_start().starts_with("//")
        })
        .step_by(step)
    {
        if e - s < 3 {
            continue;
        }
        let mut text = card.clone();
        text.replace_range(e - 1..e, if &card[e - 1..e] == "x" { "q" } else { "x" });
        let loaded = arrears_rules::load_source("card.rhai", &text, &[]);
        let n = loaded.problems.len();
        *by.entry(n).or_default() += 1;
        let line = card[..s].matches('\n').count() + 1;
        if n > 1 {
            println!("{line}: {} -> {n}", &text[s..e]);
            for p in loaded.problems.iter().take(4) {
                let l = text[..(p.span().start as usize).min(text.len())].matches('\n').count() + 1;
                println!("      {} @{l} {}", p.code, p.message);
            }
        }
    }
    println!("{by:?}");
}
