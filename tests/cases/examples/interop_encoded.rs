//! Calls rpc/encoded servers of other makers through the client of the case `rpc-encoded`:
//!
//! ```text
//! cargo run -p castile-cases --example interop_encoded -- URL
//! ```
//!
//! The servers are those in `tests/interop`. Exits with 0 only if every value is right.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command line"
)]

use std::fmt::Debug;
use std::process::ExitCode;

use castile::transport::Ureq;
use castile::{AnyElement, QName};
use castile_cases::rpc_encoded::zoo::{Describe, Keeper, Keepers, Zoo};

const XSD: &str = "http://www.w3.org/2001/XMLSchema";
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";
const ENCODING: &str = "http://schemas.xmlsoap.org/soap/encoding/";

fn main() -> ExitCode {
    let Some(address) = std::env::args().nth(1) else {
        eprintln!("usage: interop_encoded URL");
        return ExitCode::from(2);
    };
    match check(&address) {
        Ok(()) => {
            println!("every value is right");
            ExitCode::SUCCESS
        }
        Err(message) => {
            println!("FAILED {message}");
            ExitCode::FAILURE
        }
    }
}

fn check(address: &str) -> Result<(), String> {
    let zoo = Zoo::new(Ureq::default()).at(address);
    let answer = zoo
        .keepers(Keepers::new(vec![7, 8]))
        .send()
        .map_err(|error| format!("keepers: {error:?}"))?;
    let chief = Keeper {
        name: "Boss & Co".to_owned(),
        age: 60,
        ..Keeper::default()
    };
    let keeper = |name: &str, age| Keeper {
        name: name.to_owned(),
        age,
        chief: castile::Nillable::Value(Box::new(chief.clone())),
    };
    let [seven, eight, last] = answer.r#return.as_slice() else {
        return Err(format!("keepers: {answer:?}"));
    };
    // An absent chief and a nil one are the same to these servers.
    let plain = |keeper: &Keeper| (keeper.name.clone(), keeper.age, chief_of(keeper));
    equal("keepers[1]", &plain(seven), &plain(&keeper("K7", 7)))?;
    equal("keepers[2]", &plain(eight), &plain(&keeper("K8", 8)))?;
    equal("keepers[3]", &plain(last), &plain(&chief))?;
    let extra = AnyElement::new(QName::new("", "extra"))
        .with_namespace("enc", ENCODING)
        .with_namespace("xsd", XSD)
        .with_attribute(QName::new(XSI, "type"), "enc:Array")
        .with_attribute(QName::new(ENCODING, "arrayType"), "xsd:int[2]")
        .with_child(AnyElement::new(QName::new("", "item")).with_text("5"))
        .with_child(AnyElement::new(QName::new("", "item")).with_text("6"));
    let answer = zoo
        .describe(Describe::new(keeper("Ann", 30), extra))
        .send()
        .map_err(|error| format!("describe: {error:?}"))?;
    let [first, second, third] = answer.r#return.as_slice() else {
        return Err(format!("describe: {answer:?}"));
    };
    equal("describe.return[1]", &first.as_str(), &"Ann")?;
    equal("describe.return[2]", &second.as_str(), &"Boss & Co")?;
    let known = ["array [5,6]", "ARRAY 5 6"];
    equal(
        "describe.return[3]",
        &known.contains(&third.as_str()),
        &true,
    )?;
    equal("describe.count", &answer.count, &3)
}

fn chief_of(keeper: &Keeper) -> Option<String> {
    keeper.chief.as_ref().map(|chief| chief.name.clone())
}

fn equal<T: PartialEq + Debug>(what: &str, found: &T, expected: &T) -> Result<(), String> {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: {found:?}, expected {expected:?}"))
}
