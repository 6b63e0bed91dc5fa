mod support;
use arrears::Law;
use arrears_batch::{Hooks, Options, run};
use support::*;
#[test]
fn flip() {
    std::panic::set_hook(Box::new(|_| {}));
    let policy = policy();
    let folder = Folder::new();
    let names: Vec<&str> = HEADER.trim_end().split(',').collect();
    let cells = ["A1", "3", "1.00", "forgot", "no", "no", "0.1", "never"];
    let columns = names.iter().zip(cells).map(|(name, cell)| (*name, array(arrow_array::StringArray::from(vec![cell; 50]))));
    let path = folder.path("book.parquet");
    write_parquet(&path, columns.collect());
    let bytes = std::fs::read(&path).unwrap();
    let options = Options::new("2026-11-30".parse().unwrap(), Law::none("test").unwrap());
    let mut msgs = std::collections::BTreeMap::new();
    for at in 0..bytes.len() { for to in [0u8, 1, 0x7f, 0x80, 0xff, bytes[at].wrapping_add(1)] {
        let mut b = bytes.clone(); b[at] = to;
        std::fs::write(&path, &b).unwrap();
        let m = match run(&policy, &path, &options, Hooks::default()) { Ok(_) => "ok".to_owned(), Err(e) => { let e = folder.without(e); if e.contains("make no sense") { format!("PANIC {e}") } else { e.chars().take(50).collect() } } };
        *msgs.entry(m).or_insert(0) += 1;
    }}
    for (m, n) in msgs { eprintln!("{n} {m}"); }
}
