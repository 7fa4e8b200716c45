//! What pages of services are: operations, actions, addresses, errors.

use super::*;

#[test]
fn a_soap_page_is_what_a_wsdl_of_wcf_is() {
    let page = soap(
        &format!(
            "{ACTION}\nport = \"BillingPort\"\nauth = {{ username = \"User\", password = \"Secret\" }}"
        ),
        "All about invoices.\n\n## Get\n\nFinds an invoice.\n\nOnce.\n\n### Request `GetRequest`\n\n\
         | Field | In | Occurs | Nillable | Max | Type | Description |\n|---|---|---|---|---|---|---|\n\
         | User | header | 1 | no | 50 | string | |\n| Secret | header | 0..1 | no | 50 | string | |\n\
         | Number | | 1 | yes | 20 | string | The *printed* number. |\n| Total | | 0..1 | no | 6,2 | decimal | |\n\
         \n### Response `GetResponse`\n\n| Field | Required | Type |\n|---|---|---|\n| Due | yes | date |\n",
    );
    let contract = contract(&page);
    let service = &contract.services[0];
    assert_eq!(service.name, QName::new("urn:b", "Billing"));
    assert_eq!(
        service.annotation.documentation.as_deref(),
        Some("All about invoices.")
    );
    let port = &service.ports[0];
    assert_eq!(port.name, "BillingPort");
    assert_eq!(port.addresses[0].environment.as_deref(), Some("test"));
    assert_eq!(
        port.addresses[0].location.as_deref(),
        Some("https://b.example/s")
    );
    assert!(port.addresses[0].verified);
    let binding = &contract.bindings[port.binding];
    assert_eq!(binding.name, QName::new("urn:b", "BillingPort"));
    assert_eq!(
        binding.protocol,
        Protocol::Soap {
            version: SoapVersion::Soap11,
            style: Style::Document,
            transport: "http://schemas.xmlsoap.org/soap/http".to_owned()
        }
    );
    let port_type = &contract.port_types[binding.port_type];
    assert_eq!(port_type.name, QName::new("urn:b", "IBilling"));
    let operation = &port_type.operations[0];
    assert_eq!(operation.name, "Get");
    assert_eq!(
        operation.annotation.documentation.as_deref(),
        Some("Finds an invoice.\n\nOnce.")
    );
    let input = operation.input.as_ref().expect("an input");
    let message = &contract.messages[input.message];
    assert_eq!(message.name, QName::new("urn:b", "Get_InputMessage"));
    assert_eq!(message.parts[0].name, "parameters");
    let bound = &binding.operations[0];
    assert_eq!(bound.action, Action::Known("urn:b/IBilling/Get".to_owned()));
    let headers: Vec<_> = bound
        .input
        .headers
        .iter()
        .map(|header| (header.part.as_str(), header.required))
        .collect();
    assert_eq!(headers, [("User", true), ("Secret", false)]);
    let headers = &contract.messages[bound.input.headers[0].message];
    assert_eq!(headers.name, QName::new("urn:b", "GetRequest_Headers"));
    assert!(bound.output.headers.is_empty());
    let user = element(&contract, "User");
    assert_eq!(
        (user.annotation.role, user.annotation.secret),
        (Some(Role::Username), false)
    );
    let secret = element(&contract, "Secret");
    assert_eq!(
        (secret.annotation.role, secret.annotation.secret),
        (Some(Role::Password), true)
    );

    let fields = request(&contract, "GetRequest");
    assert_eq!(names(&fields), ["Number", "Total"]);
    let (occurs, number) = fields[0];
    assert_eq!((occurs, number.nillable), (Occurs::ONCE, true));
    assert_eq!(number.name.namespace.as_ref(), "urn:b");
    assert_eq!(
        number.annotation.documentation.as_deref(),
        Some("The printed number.")
    );
    let (builtin, facets) = simple(&contract, number.type_definition);
    assert_eq!((builtin, facets.max_length), (Builtin::String, Some(20)));
    let (occurs, total) = fields[1];
    assert_eq!(occurs, Occurs::OPTIONAL);
    let (builtin, facets) = simple(&contract, total.type_definition);
    assert_eq!(
        (builtin, facets.total_digits, facets.fraction_digits),
        (Builtin::Decimal, Some(6), Some(2))
    );
    let (_, due) = request(&contract, "GetResponse")[0];
    assert_eq!(
        simple(&contract, due.type_definition),
        (Builtin::Date, Facets::default())
    );
}

#[test]
fn unknown_actions_and_addresses_stay_unknown() {
    let page = soap(
        "endpoint.live = { value = \"https://l.example/\", verified = false, from = \"client\" }\nendpoint.other = \"?\"\n\
         action = \"?\"\naction-candidates = [\"{namespace}/{operation}\", \"\"]\noperation.Get = { once = true }\n\
         operation.Put = { action = \"urn:put\", deprecated = \"Use Get.\", safe = true }",
        "## Get\n\n### Request `A`\n\nNo fields.\n\n### Response `B`\n\nNo fields.\n\
         \n## Put\n\n### Request `C`\n\nNo fields.\n\n### Response `D`\n\nNo fields.\n",
    );
    let contract = contract(&page);
    let port = &contract.services[0].ports[0];
    let addresses: Vec<_> = port
        .addresses
        .iter()
        .map(|address| {
            (
                address.environment.as_deref().unwrap_or_default(),
                address.location.as_deref(),
                address.verified,
                address.provenance.first().map(|said| said.witness),
            )
        })
        .collect();
    assert_eq!(
        addresses,
        [
            ("test", Some("https://b.example/s"), true, None),
            (
                "live",
                Some("https://l.example/"),
                false,
                Some(Witness::Client)
            ),
            ("other", None, false, None),
        ]
    );
    let binding = &contract.bindings[port.binding];
    assert_eq!(
        binding.operations[0].action,
        Action::Unknown {
            candidates: vec!["{namespace}/{operation}".to_owned(), String::new()]
        }
    );
    assert_eq!(
        binding.operations[1].action,
        Action::Known("urn:put".to_owned())
    );
    let operations = &contract.port_types[binding.port_type].operations;
    assert_eq!(operations[0].idempotency, Idempotency::Once);
    assert_eq!(operations[1].idempotency, Idempotency::Safe);
    assert_eq!(
        operations[1].annotation.deprecated.as_deref(),
        Some("Use Get.")
    );
}

#[test]
fn errors_inside_responses_have_a_place_and_a_catalogue() {
    let page = soap(
        &format!(
            "{ACTION}\noperation.Get.in-band = {{ path = \"result/messages/Message\", code = \"code\", \
             reason = \"text\", severity = \"severity\", errors = [\"ERROR\", \"FATAL\"] }}"
        ),
        "## Get\n\n### Request `GetRequest`\n\nNo fields.\n\n### Response `GetResponse/return`\n\n\
         | Field | Occurs | Type | Item |\n|---|---|---|---|\n| result | 1 | Result | |\n\
         \n### Faults\n\n| Code | Meaning |\n|---|---|\n| KNOWN | |\n| NEW\\_ONE | Newly seen. |\n\
         \n## Type `Result`\n\n| Field | Occurs | Type | Item |\n|---|---|---|---|\n| messages | 1 | object[] | Message |\n\
         | messages/code | 1 | string | |\n| messages/text | 1 | string | |\n| messages/severity | 1 | string | |\n\
         \n## Faults `Code`\n\n| Kod błędu | Znaczenie |\n|---|---|\n| KNOWN | Long known. |\n",
    );
    let contract = contract(&page);
    let errors = &contract.port_types.iter().next().expect("one").1.operations[0].errors;
    let in_band = errors.in_band.as_ref().expect("in-band errors");
    assert_eq!(in_band.path, ["result", "messages", "Message"]);
    assert_eq!(
        (in_band.code.as_str(), in_band.reason.as_deref()),
        ("code", Some("text"))
    );
    assert_eq!(
        in_band.severity,
        Some((
            "severity".to_owned(),
            vec!["ERROR".to_owned(), "FATAL".to_owned()]
        ))
    );
    assert_eq!(errors.codes, ["KNOWN", "NEW_ONE"]);
    let catalogue = &contract.catalogues[errors.catalogue.expect("a catalogue")];
    assert_eq!(catalogue.name, "Code");
    let codes: Vec<_> = catalogue
        .codes
        .iter()
        .map(|code| (code.value.as_str(), code.documentation.as_deref()))
        .collect();
    assert_eq!(
        codes,
        [
            ("KNOWN", Some("Long known.")),
            ("NEW_ONE", Some("Newly seen."))
        ]
    );
}

#[test]
fn a_json_page_is_paths_parameters_and_bodies() {
    let page = "+++\nservice = \"Shop\"\nprotocol = \"json\"\nendpoint.live = \"?\"\nauth.basic = true\n\
        [[http-header]]\nname = \"Authorization\"\nprefix = \"Session \"\nargument = \"sessionId\"\nsecret = true\n\
        [[http-header]]\nname = \"X-Device\"\nargument = \"device\"\nbase64-json = \"Device\"\nrequired = false\n\
        [operation.find]\nmethod = \"PUT\"\npath = \"/shops/{shopId}/orders\"\nsafe = true\n\
        status.404 = { body = \"Error\", code = \"errors/code\", reason = \"errors/text\", description = \"Not there.\" }\n+++\n\
        \n## find\n\n### Request `Find`\n\n| Property | In | Required | Type |\n|---|---|---|---|\n| shopId | path | yes | int |\n\
        | page | query | no | int |\n| X-Trace | http-header | no | string |\n| tags | | yes | string[] |\n| $filter | body | no | Device |\n\
        \n### Response `Found`\n\n| Property | Occurs | Type |\n|---|---|---|\n| orders | 2..9 | object[] |\n| orders/id | 1 | long |\n\
        \n### Example response: two\n\n```json\n{ \"orders\": [] }\n```\n\n### Example error 404\n\n```json\n{ \"errors\": [] }\n```\n\
        \n## Type `Error`\n\n| Property | Required | Type |\n|---|---|---|\n| errors | no | object[] |\n| errors/code | no | string |\n| errors/text | no | string |\n\
        \n## Type `Device`\n\n| Property | Required | Type |\n|---|---|---|\n| name | yes | string |\n";
    let contract = contract(page);
    let (_, binding) = contract.bindings.iter().next().expect("one binding");
    assert_eq!(
        binding.protocol,
        Protocol::Http {
            method: "POST".to_owned(),
            content: HttpContent::Json
        }
    );
    assert!(binding.authentication.basic);
    let [session, device] = binding.authentication.http_headers.as_slice() else {
        panic!("{:?}", binding.authentication);
    };
    assert_eq!(session.name, "Authorization");
    assert_eq!(
        (session.prefix.as_str(), session.argument.as_str()),
        ("Session ", "sessionId")
    );
    assert!(session.required && session.annotation.secret);
    assert_eq!(session.value, AuthenticationValue::Text);
    let device_type = contract
        .find_type(&QName::unqualified("Device"))
        .expect("declared");
    assert_eq!(device.value, AuthenticationValue::Base64Json(device_type));
    assert!(!device.required);
    let bound = &binding.operations[0];
    assert_eq!(bound.action, Action::Empty);
    assert_eq!(
        bound.http,
        Some(HttpOperation {
            method: "PUT".to_owned(),
            path: "/shops/{shopId}/orders".to_owned(),
            content: HttpContent::Json,
            answer: HttpAnswer::Document,
        })
    );
    let find = contract
        .find_element(&QName::unqualified("Find"))
        .expect("declared");
    let parameters = fields(&contract, complex(&contract, &contract.elements[find]));
    let places: Vec<_> = parameters
        .iter()
        .map(|(occurs, field)| (field.name.to_string(), field.annotation.location, *occurs))
        .collect();
    assert_eq!(
        places,
        [
            ("shopId".to_owned(), Location::Path, Occurs::ONCE),
            ("page".to_owned(), Location::Query, Occurs::OPTIONAL),
            ("X-Trace".to_owned(), Location::HttpHeader, Occurs::OPTIONAL),
            (
                "tags".to_owned(),
                Location::Body,
                Occurs { min: 1, max: None }
            ),
            ("$filter".to_owned(), Location::Body, Occurs::OPTIONAL),
        ]
    );
    let found = contract
        .find_element(&QName::unqualified("Found"))
        .expect("declared");
    let answer = fields(&contract, complex(&contract, &contract.elements[found]));
    assert_eq!(
        answer[0].0,
        Occurs {
            min: 2,
            max: Some(9)
        }
    );
    assert_eq!(
        names(&fields(&contract, complex(&contract, answer[0].1))),
        ["id"]
    );
    let operation = &contract.port_types[binding.port_type].operations[0];
    let status = &operation.errors.statuses[0];
    assert_eq!(
        (status.status, status.documentation.as_deref()),
        (404, Some("Not there."))
    );
    assert_eq!(
        Some(status.body),
        contract.find_type(&QName::unqualified("Error"))
    );
    assert_eq!(
        (status.code.join("."), status.reason.join(".")),
        ("errors.code".to_owned(), "errors.text".to_owned())
    );
    let examples: Vec<_> = operation
        .examples
        .iter()
        .map(|example| {
            (
                example.direction,
                example.title.as_deref(),
                example.text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        examples,
        [
            (Direction::Response, Some("two"), "{ \"orders\": [] }\n"),
            (Direction::Error(404), None, "{ \"errors\": [] }\n"),
        ]
    );
}

#[test]
fn two_services_share_a_namespace_and_its_headers() {
    let table = "| Field | In | Occurs | Max | Type |\n|---|---|---|---|---|\n| User | header | 1 | 50 | string |\n";
    let one = soap(
        ACTION,
        &format!("## Get\n\n### Request `GetRequest`\n\n{table}{ANSWER}"),
    );
    let two = soap(
        ACTION,
        &format!("## Put\n\n### Request `PutRequest`\n\n{table}{ANSWER}"),
    )
    .replace("\"Billing\"", "\"Archive\"")
    .replace("GetResponse", "PutResponse");
    let contract = contract_of(&[("one.md", &one), ("two.md", &two)]);
    assert_eq!(contract.services.len(), 2);
    let parts: Vec<_> = contract
        .messages
        .iter()
        .filter(|(_, message)| message.name.local.ends_with("_Headers"))
        .map(|(_, message)| message.parts[0].content)
        .collect();
    assert_eq!(parts.len(), 2);
    assert_eq!(parts[0], parts[1]);
}
