//! The Collector contract is written down twice: as descriptors and as WSDL with XML Schema. Both must
//! promise the same.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use castile_codegen::contract::Contract;
use castile_codegen::{Generator, diff};
use castile_tests::schemas::root;

fn contract(inputs: &[&str]) -> Contract {
    let directory = root().join("schemas/collector");
    let generator = inputs.iter().fold(Generator::new(), |generator, input| {
        generator.input(directory.join(input))
    });
    generator
        .contract()
        .unwrap_or_else(|failure| panic!("{failure}"))
}

fn assert_same(wsdl: &str, descriptor: &str) {
    let (wsdl, descriptor) = (contract(&[wsdl]), contract(&[descriptor]));
    let differences = diff::compare(&wsdl, &descriptor);
    let shown: Vec<String> = differences.iter().map(ToString::to_string).collect();
    assert!(
        shown.is_empty(),
        "WSDL against descriptor:\n{}",
        shown.join("\n")
    );
}

#[test]
fn payment_service_is_the_same_from_wsdl_and_descriptor() {
    assert_same("wsdl/PaymentService.wsdl", "payment-service.md");
}

#[test]
fn information_service_is_the_same_from_wsdl_and_descriptor() {
    assert_same("wsdl/InformationService.wsdl", "information-service.md");
}

#[test]
fn a_difference_is_named() {
    let left = contract(&["payment-service.md"]);
    let mut right = left.clone();
    for (_, element) in right.elements.iter_mut() {
        if &*element.name.local == "InvoiceNo" {
            element.nillable = true;
        }
    }
    let differences = diff::compare(&left, &right);
    let shown: Vec<String> = differences.iter().map(ToString::to_string).collect();
    let expected = "element {http://schemas.ecommerce.collector.se/v30/PaymentService}\
                    ExtendDueDateRequest/type/\
                    {http://schemas.ecommerce.collector.se/v30/PaymentService}InvoiceNo/nillable: \
                    nothing against `true`";
    assert!(
        shown.iter().any(|line| line == expected),
        "{}",
        shown.join("\n")
    );
}
