use castile_codegen::*;
fn load(p: &str) -> (source::Sources, contract::Contract, diagnostic::Diagnostics) {
    let mut s = source::Sources::default();
    let mut c = contract::Contract::new();
    let mut d = diagnostic::Diagnostics::new();
    let id = s.open(p.as_ref()).unwrap();
    if p.ends_with(".md") {
        frontend::table::parse(&mut s, id, &mut c, &mut d)
    } else {
        frontend::wsdl::parse(&mut s, id, &mut c, &mut d)
    }
    (s, c, d)
}
fn main() {
    let a: Vec<String> = std::env::args().skip(1).collect();
    let (s, c, d) = load(&a[0]);
    eprint!("{}", d.render(&s));
    if a.len() > 1 {
        let (s2, c2, d2) = load(&a[1]);
        eprint!("{}", d2.render(&s2));
        for x in diff::compare(&c, &c2) {
            println!("{x}");
        }
    } else {
        let mut d = d;
        if let Some(r) = resolve::resolve(c, &mut d) {
            print!("{}", dump::dump(&r));
        }
        eprint!("{}", d.render(&s));
    }
}
