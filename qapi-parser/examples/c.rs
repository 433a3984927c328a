use qapi_parser::*;
fn main() {
    let mut a = std::env::args().skip(1);
    let p = a.next().unwrap();
    let strict = a.next().is_some();
    let l = Loader::new().mode(if strict { Mode::Strict } else { Mode::Lenient });
    match l.load(&p) {
        Ok(s) => println!(
            "ok {} defs {} warnings",
            s.definitions().len(),
            s.warnings().len()
        ),
        Err(Error::Rejected(d)) => {
            let e: Vec<_> = d
                .iter()
                .filter(|x| x.severity() == Severity::Error)
                .collect();
            println!("REJ {}", e.len());
            println!("{d}");
        }
        Err(e) => println!("{e}"),
    }
}
