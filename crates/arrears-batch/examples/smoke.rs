//! Smoke.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, reason = "smoke")]
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let loaded = arrears_rules::load(std::path::Path::new(&a[1]), &[]).unwrap();
    for p in &loaded.problems { println!("{p}"); }
    let policy = loaded.policy.unwrap();
    let table = arrears_batch::open(&a[2]).unwrap();
    println!("{}", arrears_batch::propose_mapping(table.schema(), &a[2], Some(&policy)));
    let mut o = arrears_batch::Options::new(a[3].parse().unwrap(), arrears::Law::none("test").unwrap());
    o.keep_going = a.get(5).is_some();
    for e in ["parquet","csv","jsonl"] { o.outputs.push(format!("{}.{e}", a[4]).into()); }
    o.state_out = Some(format!("{}.state.parquet", a[4]).into());
    match arrears_batch::run(&policy, &a[2], &o, arrears_batch::Hooks::default()) {
        Ok(s) => println!("{}", serde_json::to_string_pretty(&s).unwrap()),
        Err(e) => println!("{e}"),
    }
}
