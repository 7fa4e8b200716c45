//! What tables of fields are: records, lists, enumerations, rules.

use super::*;

#[test]
fn wrapper_elements_enclose_the_record() {
    let page = soap(
        ACTION,
        "## Get\n\n### Request `get/GetRequest`\n\n| Field | Occurs | Type |\n|---|---|---|\n| number | 1 | int |\n\
         \n### Response `getResponse/return`\n\nNo fields.\n",
    );
    let contract = contract(&page);
    let outer = request(&contract, "get");
    assert_eq!(names(&outer), ["GetRequest"]);
    let inner = fields(&contract, complex(&contract, outer[0].1));
    assert_eq!(names(&inner), ["number"]);
    let answer = request(&contract, "getResponse");
    assert_eq!(names(&answer), ["return"]);
    assert!(fields(&contract, complex(&contract, answer[0].1)).is_empty());
}

#[test]
fn rows_with_paths_are_records_in_records() {
    let page = soap(
        ACTION,
        &format!(
            "## Get\n\n### Request `GetRequest`\n\n| Path | Item | Occurs | Type |\n|---|---|---|---|\n\
             | buyer | | 0..1 | object |\n| buyer/name | | 1 | string |\n| buyer/address | | 1 | object |\n\
             | buyer/address/city | | 1 | string |\n| lines | Line | 1 | object[] |\n| lines/text | | 1 | string |\n\
             | lines/Line/count | | 1 | int |\n\n### Rules\n\n- at least one of `buyer/name`, `buyer/address`\n{ANSWER}"
        ),
    );
    let contract = contract(&page);
    let top = request(&contract, "GetRequest");
    assert_eq!(names(&top), ["buyer", "lines"]);
    let buyer = complex(&contract, top[0].1);
    assert_eq!(names(&fields(&contract, buyer)), ["name", "address"]);
    assert_eq!(buyer.rules[0].kind, RuleKind::AtLeastOne);
    assert_eq!(buyer.rules[0].members, ["name", "address"]);
    assert!(
        complex(&contract, element(&contract, "GetRequest"))
            .rules
            .is_empty()
    );
    let address = fields(&contract, buyer)[1].1;
    assert_eq!(
        names(&fields(&contract, complex(&contract, address))),
        ["city"]
    );
    let list = fields(&contract, complex(&contract, top[1].1));
    assert_eq!((names(&list), list[0].0), (vec!["Line"], Occurs::ANY));
    let line = fields(&contract, complex(&contract, list[0].1));
    assert_eq!(names(&line), ["text", "count"]);
}

#[test]
fn lists_are_wrapped_or_repeat_themselves() {
    let page = soap(
        ACTION,
        &format!(
            "## Get\n\n### Request `GetRequest`\n\n| Field | Occurs | Nillable | Type | Item |\n|---|---|---|---|---|\n\
             | Lines | 1 | yes | Line[] | Line |\n| Ids | 0..1 | no | long[] | long |\n| Note | 0..3 | no | string | |\n{ANSWER}\
             \n## Type `Line`\n\n| Field | Occurs | Type |\n|---|---|---|\n| Text | 1 | string |\n"
        ),
    );
    let contract = contract(&page);
    let fields = request(&contract, "GetRequest");
    let (occurs, lines) = fields[0];
    assert_eq!((occurs, lines.nillable), (Occurs::ONCE, true));
    let items = super::fields(&contract, complex(&contract, lines));
    assert_eq!((items[0].0, items[0].1.nillable), (Occurs::ANY, false));
    let line = contract.find_type(&QName::new("urn:b", "Line"));
    assert_eq!(Some(items[0].1.type_definition), line);
    assert_eq!(fields[1].0, Occurs::OPTIONAL);
    assert_eq!(
        fields[2].0,
        Occurs {
            min: 0,
            max: Some(3)
        }
    );
    assert_eq!(
        simple(&contract, fields[2].1.type_definition).0,
        Builtin::String
    );
}

#[test]
fn enumerations_are_open_unless_closed_and_have_a_type() {
    let page = soap(
        ACTION,
        &format!(
            "## Get\n\n### Request `GetRequest`\n\n| Field | Occurs | Type | Values | Default |\n|---|---|---|---|---|\n\
             | Kind | 1 | string | A; B | A |\n| State | 1 | State | | |\n| Level | 1 | int | Level | |\n{ANSWER}\
             \n## Enumeration `State` (closed)\n\n| Value | Meaning |\n|---|---|\n| open\\_now | Not paid. |\n\
             \n## Enumeration `Level` of `int`\n\n| Value | Meaning |\n|---|---|\n| 0 | None. |\n| 1 | - |\n"
        ),
    );
    let contract = contract(&page);
    let fields = request(&contract, "GetRequest");
    let (_, facets) = simple(&contract, fields[0].1.type_definition);
    let values: Vec<_> = facets
        .enumeration
        .iter()
        .map(|value| value.value.as_str())
        .collect();
    assert_eq!((values, facets.open), (vec!["A", "B"], true));
    assert_eq!(
        fields[0].1.value_constraint,
        Some(ValueConstraint::Default("A".to_owned()))
    );
    let named = |name| {
        contract
            .find_type(&QName::new("urn:b", name))
            .expect("declared")
    };
    assert_eq!(fields[1].1.type_definition, named("State"));
    let (builtin, facets) = simple(&contract, named("State"));
    assert_eq!((builtin, facets.open), (Builtin::String, false));
    assert_eq!(
        facets.enumeration,
        [EnumerationValue {
            value: "open_now".to_owned(),
            documentation: Some("Not paid.".to_owned()),
            deprecated: None,
        }]
    );
    assert_eq!(fields[2].1.type_definition, named("Level"));
    let (builtin, facets) = simple(&contract, named("Level"));
    assert_eq!((builtin, facets.open), (Builtin::Int, true));
    assert_eq!(facets.enumeration[1].documentation, None);
}

#[test]
fn rules_name_what_is_on_the_wire() {
    let page = soap(
        ACTION,
        &format!(
            "## Get\n\n### Request `GetRequest`\n\n| Field | Wire | Occurs | Nillable | Type |\n|---|---|---|---|---|\n\
             | Number | InvoiceNo | 1 | yes | string |\n| Reference | | 1 | yes | string |\n| Note | | 0..1 | no | string |\n\
             \n### Rules\n\n- exactly one of `Number`, `Reference` as `InvoiceKey`\n- `Note` requires `InvoiceNo`: the page says so\n\
             - `Note` excludes `Reference`[^why]\n{ANSWER}\n[^why]: sibling: seen elsewhere.\n"
        ),
    );
    let contract = contract(&page);
    let element = element(&contract, "GetRequest");
    let rules: Vec<_> = complex(&contract, element)
        .rules
        .iter()
        .map(|rule| (rule.kind, rule.members.join(" "), rule.name.clone()))
        .collect();
    assert_eq!(
        rules,
        [
            (
                RuleKind::ExactlyOne,
                "InvoiceNo Reference".to_owned(),
                Some("InvoiceKey".to_owned())
            ),
            (RuleKind::Requires, "Note InvoiceNo".to_owned(), None),
            (RuleKind::Excludes, "Note Reference".to_owned(), None),
        ]
    );
    let (_, number) = request(&contract, "GetRequest")[0];
    assert_eq!(number.annotation.documented_name.as_deref(), Some("Number"));
    let why = &element.annotation.provenance[0];
    assert_eq!(
        (why.witness, why.fact.as_deref()),
        (Witness::SiblingPage, Some("rules"))
    );
}

#[test]
fn credentials_in_bodies_are_a_type() {
    let page = soap(
        &format!(
            "{ACTION}\ncredentials = \"Login\"\nauth = {{ username = \"name\", password = \"word\" }}"
        ),
        &format!(
            "## Get\n\n### Request `GetRequest`\n\n| Field | Occurs | Type |\n|---|---|---|\n| login | 1 | Login |\n{ANSWER}\
             \n## Type `Login`\n\n| Field | Occurs | Type |\n|---|---|---|\n| name | 1 | string |\n| word | 1 | string |\n"
        ),
    );
    let contract = contract(&page);
    let (_, login) = request(&contract, "GetRequest")[0];
    assert_eq!(login.annotation.role, Some(Role::Credentials));
    let Definition::Complex(record) = &contract.types[login.type_definition].definition else {
        panic!("no record");
    };
    let roles: Vec<_> = fields(&contract, record)
        .iter()
        .map(|(_, field)| (field.annotation.role, field.annotation.secret))
        .collect();
    assert_eq!(
        roles,
        [(Some(Role::Username), false), (Some(Role::Password), true)]
    );
}

#[test]
fn unqualified_elements_have_no_namespace() {
    let page = soap(
        &format!("{ACTION}\nelement-form = \"unqualified\""),
        &format!(
            "## Get\n\n### Request `GetRequest`\n\n| Field | Occurs | Type |\n|---|---|---|\n| number | 1 | int |\n{ANSWER}"
        ),
    );
    let contract = contract(&page);
    let (_, number) = request(&contract, "GetRequest")[0];
    assert_eq!(number.name, QName::unqualified("number"));
}
