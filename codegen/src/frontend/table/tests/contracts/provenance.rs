//! Who says what.

use super::*;

#[test]
fn every_fact_knows_who_says_it() {
    let page = soap(
        ACTION,
        &format!(
            "## Get\n\n### Request `GetRequest`\n\n| Field | Wire[^seen] | Occurs | Max | Type | Secret | Absent | Example | From |\n\
             |---|---|---|---|---|---|---|---|---|\n| Token | | 0..1 | 4?[^four] | int | x | empty | 12 | page, override[^over] |\n{ANSWER}\
             \n[^seen]: example, client: seen in both.\n[^four]: page\n[^over]: override: the page is wrong. Remove when it is mended.\n"
        ),
    );
    let contract = contract(&page);
    let (_, token) = request(&contract, "GetRequest")[0];
    let annotation = &token.annotation;
    assert_eq!(annotation.documented_maximum.as_deref(), Some("4"));
    assert_eq!(
        simple(&contract, token.type_definition),
        (Builtin::Int, Facets::default())
    );
    assert!(annotation.secret);
    assert_eq!(annotation.absence, Absence::Empty);
    assert_eq!(
        annotation.documentation, None,
        "an example of a secret is not shown"
    );
    let said: Vec<_> = annotation
        .provenance
        .iter()
        .map(|said| {
            (
                said.witness,
                said.fact.as_deref(),
                said.reason.as_deref(),
                said.remove_when.as_deref(),
            )
        })
        .collect();
    assert_eq!(
        said,
        [
            (Witness::Page, None, None, None),
            (Witness::Override, None, None, None),
            (Witness::Example, Some("wire"), Some("seen in both."), None),
            (Witness::Client, Some("wire"), Some("seen in both."), None),
            (Witness::Page, Some("max"), None, None),
            (
                Witness::Override,
                None,
                Some("the page is wrong."),
                Some("it is mended")
            ),
        ]
    );
}

#[test]
fn pages_only_claim_what_responses_hold() {
    let page = soap(
        ACTION,
        "## Get\n\n### Request `GetRequest`\n\n| Field | Occurs | Type |\n|---|---|---|\n| Own | 1 | Own |\n\
         \n### Response `GetResponse`\n\n| Field | Occurs | Type | From |\n|---|---|---|---|\n| A | 1 | string | page |\n\
         | B | 1 | string | page, example |\n| C | 0..1 | string | page |\n| Shared | 1 | Shared | wire |\n\
         \n## Type `Own`\n\n| Field | Occurs | Type |\n|---|---|---|\n| A | 1 | string |\n\
         \n## Type `Shared`\n\n| Field | Occurs | Type |\n|---|---|---|\n| A | 1 | string |\n",
    );
    let contract = contract(&page);
    let presence = |fields: Vec<(Occurs, &ElementDeclaration)>| -> Vec<Presence> {
        fields
            .iter()
            .map(|(_, field)| field.annotation.presence)
            .collect()
    };
    assert_eq!(
        presence(request(&contract, "GetResponse")),
        [
            Presence::Claimed,
            Presence::Proven,
            Presence::Proven,
            Presence::Proven
        ]
    );
    assert_eq!(
        presence(request(&contract, "GetRequest")),
        [Presence::Proven]
    );
    let of = |name| {
        let id = contract
            .find_type(&QName::new("urn:b", name))
            .expect("declared");
        match &contract.types[id].definition {
            Definition::Complex(complex) => presence(fields(&contract, complex)),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(of("Own"), [Presence::Proven]);
    assert_eq!(of("Shared"), [Presence::Claimed]);
}
