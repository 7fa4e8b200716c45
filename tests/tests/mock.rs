//! The mock answers what a contract's service would, and says what is wrong with requests.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use castile::validation::Schema;
use castile_codegen::Generator;
use castile_codegen::contract::{Contract, Direction, Protocol};
use castile_codegen::mock::{Answer, Mock, Request, ServeLimits, serve};
use castile_codegen::validation::schema_text;
use castile_tests::schemas::root;

fn contract(input: &str) -> Contract {
    let generator = Generator::new().input(root().join(input));
    generator
        .contract()
        .unwrap_or_else(|failure| panic!("{failure}"))
}

fn mock(input: &str) -> Mock {
    Mock::new(contract(input), "http://127.0.0.1:1").unwrap()
}

fn post(target: &str, headers: &[(&str, &str)], body: &str) -> Request {
    Request {
        method: "POST".to_owned(),
        target: target.to_owned(),
        headers: headers
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
        body: body.as_bytes().to_vec(),
    }
}

const LIBRARY: &str = "tests/tests/export/golden/library.md";
const SHOP: &str = "tests/tests/export/golden/shop.md";

/// An envelope for the library; `pin` and `content` as they are.
fn lend(pin: &str, content: &str) -> String {
    format!(
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' xmlns:l='urn:example:library' \
         xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'><e:Header><l:Reader>ada</l:Reader>{pin}\
         </e:Header><e:Body><l:Lend>{content}</l:Lend></e:Body></e:Envelope>"
    )
}

const PIN: &str = "<l:Pin>1234</l:Pin>";
const BOOK: &str = "<l:BookNo>7</l:BookNo><l:Isbn xsi:nil='true'/>";

/// The text of the fault that a request is answered with.
fn refusal(request: &str) -> String {
    let answer = mock(LIBRARY).answer(&post("/", &[], request));
    assert_eq!(answer.status, 500);
    assert_eq!(answer.summary, "POST / -> 500 the request is refused");
    let (_, rest) = answer
        .body
        .split_once("<faultstring xml:lang=\"en\">")
        .unwrap();
    assert!(
        answer.body.contains("<faultcode>s:Client</faultcode>"),
        "{}",
        answer.body
    );
    rest.split_once("</faultstring>").unwrap().0.to_owned()
}

#[test]
fn a_request_gets_a_specimen() {
    let answer = mock(LIBRARY).answer(&post("/", &[], &lend(PIN, BOOK)));
    let expected = Answer {
        status: 200,
        content_type: "text/xml; charset=utf-8",
        body: "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><LendResponse \
               xmlns=\"urn:example:library\"><Until>2024-01-31</Until></LendResponse></s:Body></s:Envelope>"
            .to_owned(),
        summary: "POST / -> 200 Lend specimen".to_owned(),
    };
    assert_eq!(answer, expected);
}

#[test]
fn a_line_of_the_log_is_one_line_of_text() {
    let answer = mock(LIBRARY).answer(&post("/\u{1b}[31m\r?pin=1234", &[], ""));
    assert_eq!(answer.summary, "POST /\\u{1b}[31m\\r -> 404");
}

#[test]
fn what_is_wrong_with_a_request_is_said() {
    for (request, expected) in [
        (
            lend("", BOOK),
            "Lend: Header: the block `Pin` of `urn:example:library` is missing",
        ),
        (
            lend(PIN, "<l:BookNo>7</l:BookNo><l:Isbn>8</l:Isbn>"),
            "Lend: Lend: exactly one of `BookNo`, `Isbn` may be given, and `BookNo`, `Isbn` is",
        ),
        (
            "<a/>".to_owned(),
            "`a` is no envelope: `{http://schemas.xmlsoap.org/soap/envelope/}Envelope` is expected",
        ),
        (
            lend(PIN, BOOK).replace("l:Lend", "l:Land"),
            "no operation of this port has the request `{urn:example:library}Land`; did you mean \
             `{urn:example:library}Lend`?",
        ),
    ] {
        assert_eq!(refusal(&request), expected);
    }
    let order = refusal(&lend(PIN, "<l:Isbn xsi:nil='true'/><l:BookNo>7</l:BookNo>"));
    let expected = "Lend: Lend/Isbn: `{urn:example:library}Isbn` where `{urn:example:library}BookNo` is \
                    expected (cvc-complex-type.2.4, line 1, column ";
    assert!(order.starts_with(expected), "{order}");
}

#[test]
fn secrets_are_in_no_error() {
    let text = refusal(&lend("<l:Pin>123456789</l:Pin>", BOOK));
    assert!(text.starts_with("Lend: Header/Pin: "), "{text}");
    assert!(!text.contains("123456789"), "{text}");
    let text = refusal(&lend("<l:Pin>987654321</l:Pan>", BOOK));
    assert!(!text.contains("987654321"), "{text}");
}

#[test]
fn credentials_have_to_be_there() {
    for pin in ["<l:Pin/>", "<l:Pin> </l:Pin>"] {
        let text = refusal(&lend(pin, BOOK));
        assert_eq!(text, "Lend: Header/Pin: the credential is empty");
    }
    // In the body, in a record of its own.
    let ask = |key: &str, password: &str| {
        let body = format!(
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><validateAuthData \
             xmlns='http://api.pretius.com'><Authorization><apiKey>{key}</apiKey><login>ada</login>\
             <password>{password}</password></Authorization></validateAuthData></s:Body></s:Envelope>"
        );
        mock("schemas/apaczka").answer(&post("/", &[], &body))
    };
    let answer = ask("key-of-ada", "word-of-ada");
    assert_eq!(answer.status, 200, "{}", answer.body);
    let answer = ask("key-of-ada", "");
    let expected =
        "validateAuthData: validateAuthData/Authorization/password: the credential is empty<";
    assert!(answer.body.contains(expected), "{}", answer.body);
    assert!(!answer.body.contains("key-of-ada"), "{}", answer.body);
    let answer = ask(" ", "word-of-ada");
    assert!(
        answer
            .body
            .contains("Authorization/apiKey: the credential is empty")
    );
    assert!(!answer.body.contains("word-of-ada"), "{}", answer.body);
}

#[test]
fn what_no_document_can_hold_is_replaced() {
    let headers = [("castile-mock", "fault=a\u{1}b\u{b}")];
    let answer = mock(LIBRARY).answer(&post("/", &headers, &lend(PIN, BOOK)));
    assert!(
        answer.body.contains("`Lend` has no fault `a\u{fffd}b"),
        "{}",
        answer.body
    );
}

const ENCODED: &str = "tests/cases/generate/rpc-encoded/input.wsdl";

/// The answer to a request of a case, after `change`.
fn encoded(name: &str, change: impl Fn(String) -> String) -> Answer {
    let path = root().join(format!(
        "tests/cases/generate/rpc-encoded/{name}.request.xml"
    ));
    let request = change(std::fs::read_to_string(path).unwrap());
    let action = format!("\"urn:example:rpc-encoded#{name}\"");
    mock(ENCODED).answer(&post("/", &[("soapaction", &action)], &request))
}

#[test]
fn encoded_requests_get_encoded_specimens() {
    let answer = encoded("describe", |request| request);
    let xsi = "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"";
    let encoding = "http://schemas.xmlsoap.org/soap/encoding/";
    let expected = format!(
        "<s:Body><m:describeResponse xmlns:m=\"urn:example:rpc-encoded\" s:encodingStyle=\"{encoding}\">\
         <return {xsi} xmlns:e=\"{encoding}\" xmlns:t=\"{encoding}\" xsi:type=\"e:Array\" \
         e:arrayType=\"t:string[1]\"><item {xsi} xmlns:t=\"{encoding}\" xsi:type=\"t:string\">example</item>\
         </return><count {xsi} xmlns:t=\"http://www.w3.org/2001/XMLSchema\" xsi:type=\"t:int\">1</count>\
         </m:describeResponse></s:Body>"
    );
    assert!(answer.body.contains(&expected), "{}", answer.body);
    let answer = encoded("keepers", |request| request);
    let expected = "xsi:type=\"e:Array\" e:arrayType=\"t:Keeper[1]\"><item ";
    assert!(answer.body.contains(expected), "{}", answer.body);
    // An array of arrays is empty.
    let answer = encoded("plan", |request| request);
    assert!(
        answer.body.contains("e:arrayType=\"t:int[][0]\"/>"),
        "{}",
        answer.body
    );
}

#[test]
fn what_is_wrong_with_an_encoded_request_is_said() {
    let keeper = |content: &str| {
        let request = format!(
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:xs='http://www.w3.org/2001/XMLSchema' \
             xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' xmlns:e='http://schemas.xmlsoap.org/soap/encoding/' \
             xmlns:z='urn:example:rpc-encoded'><s:Body>{content}</s:Body></s:Envelope>"
        );
        let action = [("soapaction", "\"urn:example:rpc-encoded#describe\"")];
        let body = mock(ENCODED).answer(&post("/", &action, &request)).body;
        let text = body.split("<faultstring xml:lang=\"en\">").nth(1);
        let text = text.and_then(|text| text.split("</faultstring>").next());
        text.unwrap_or_default().to_owned()
    };
    let good = "<name>Ada</name><age>7</age>";
    for (content, expected) in [
        (format!("<keeper>{good}</keeper><extra xsi:nil='1'/>"), ""),
        (
            "<keeper href='#k'/><extra/>".to_owned(),
            "describe: describe/keeper: it refers to an `id` that the message does not have",
        ),
        (
            format!("<keeper>{good}<chief href='#c'/></keeper><extra id='c' href='#c'/>"),
            "describe: describe/keeper/chief: it refers to itself, by way of others&#10;describe/extra: it \
             refers to itself, by way of others",
        ),
        (
            format!("<keepr>{good}</keepr><extra/>"),
            "describe: describe/keepr: there is no such part; did you mean `keeper`?&#10;describe/keeper: the \
             part is missing",
        ),
        (
            "<keeper xsi:type='xs:string'>Ada</keeper><extra/>".to_owned(),
            "describe: describe/keeper: it says that it is of type `xs:string`, which does not fit&#10;\
             describe/keeper/name: it is missing&#10;describe/keeper/age: it is missing",
        ),
        (
            "<keeper><name>Ada</name><age>old</age><hat/></keeper><extra/>".to_owned(),
            "describe: describe/keeper/age: ",
        ),
    ] {
        let said = keeper(&format!("<z:describe>{content}</z:describe>"));
        if expected.ends_with(": ") {
            assert!(said.starts_with(expected), "{said}");
            assert!(
                said.ends_with("&#10;describe/keeper/hat: there is no such member"),
                "{said}"
            );
        } else {
            assert_eq!(said, expected);
        }
    }
    let answer = encoded("keepers", |request| request.replacen("[", "[9", 1));
    assert!(
        answer.body.contains("it says that it has 9"),
        "{}",
        answer.body
    );
}

#[test]
fn failures_come_on_request() {
    let wish = |wish| {
        let headers = [("castile-mock", wish)];
        mock(LIBRARY)
            .answer(&post("/", &headers, &lend(PIN, BOOK)))
            .body
    };
    let body = wish("fault=ON_LOAN");
    let expected = "<s:Fault><faultcode>s:ON_LOAN</faultcode><faultstring xml:lang=\"en\">Somebody has it.\
                    </faultstring></s:Fault>";
    assert!(body.contains(expected), "{body}");
    assert!(
        wish("fault=ON_LAON").contains("`Lend` has no fault `ON_LAON`; did you mean `ON_LOAN`?")
    );
    assert!(wish("nonsense").contains("write `fault=CODE`"));
}

#[test]
fn the_description_has_the_address_of_the_mock() {
    let get = |input: &str, target: &str| {
        let request = Request {
            method: "GET".to_owned(),
            ..post(target, &[], "")
        };
        mock(input).answer(&request)
    };
    let wsdl = get(LIBRARY, "/?WSDL");
    assert_eq!(
        (wsdl.status, wsdl.content_type),
        (200, "text/xml; charset=utf-8")
    );
    assert!(
        wsdl.body
            .contains("<soap:address location=\"http://127.0.0.1:1/\"/>"),
        "{}",
        wsdl.body
    );
    assert!(!wsdl.body.contains("library.example"), "{}", wsdl.body);
    let openapi = get(SHOP, "/?openapi");
    assert!(
        openapi.body.contains("\"url\": \"http://127.0.0.1:1/\""),
        "{}",
        openapi.body
    );
    assert_eq!(get(LIBRARY, "/elsewhere").status, 404);
    assert_eq!(get(LIBRARY, "/").status, 405);
}

#[test]
fn json_is_held_against_the_contract() {
    let shop = mock(SHOP);
    let session = ("authorization", "Session 1");
    let call = |method: &str, target: &str, headers: &[(&str, &str)], body: &str| {
        let request = Request {
            method: method.to_owned(),
            ..post(target, headers, body)
        };
        let answer = shop.answer(&request);
        (answer.status, answer.body)
    };
    let (status, body) = call("GET", "/shops/7/orders?state=other", &[session], "");
    assert_eq!(
        (status, body.trim()),
        (
            200,
            "{ \"total\": 12.50, \"lines\": [ { \"text\": \"Tea\" } ] }"
        )
    );
    let (status, body) = call("GET", "/shops/x/orders?page=1", &[], "");
    assert_eq!(status, 400);
    for expected in [
        "findOrders: the header `Authorization` is missing",
        "findOrders: path/shopId: a whole number is expected",
        "findOrders: query/page: there is no such parameter",
    ] {
        assert!(body.contains(expected), "{body}");
    }
    let (status, body) = call(
        "PATCH",
        "/shops/7/orders",
        &[session],
        "{\"phone\": null, \"count\": 3, \"x\": 1}",
    );
    assert_eq!(status, 400);
    for expected in [
        "changeOrder: count: none of 1, 2",
        "changeOrder: x: there is no such member",
        "the rule AtLeastOne of `phone`, `mail` is broken",
    ] {
        assert!(body.contains(expected), "{body}");
    }
    assert_eq!(
        call("PATCH", "/shops/7/orders", &[session], "{\"mail\": \"a\"}").0,
        200
    );
    assert_eq!(call("DELETE", "/shops/7/orders", &[session], "").0, 405);
    assert_eq!(call("GET", "/shops/7", &[session], "").0, 404);
    let wish = ("castile-mock", "fault=404");
    let (status, body) = call("GET", "/shops/7/orders", &[session, wish], "");
    assert_eq!(
        (status, body.as_str()),
        (404, "{\n  \"code\": \"example\"\n}\n")
    );
}

/// Every example of a request is right, and every specimen of an answer fits its schema.
#[test]
fn the_descriptors_agree_with_the_mock() {
    let mut answered = 0;
    for provider in ["schemas/collector", "schemas/apaczka"] {
        let contract = contract(provider);
        let schema = Schema::parse(&schema_text(&contract)).unwrap();
        let mock = Mock::new(contract.clone(), "http://127.0.0.1:1").unwrap();
        let single = contract.services.len() == 1;
        for service in &contract.services {
            let binding = &contract.bindings[service.ports[0].binding];
            assert!(matches!(binding.protocol, Protocol::Soap { .. }));
            let target = if single {
                "/".to_owned()
            } else {
                format!("/{}/", service.name.local)
            };
            for operation in &contract.port_types[binding.port_type].operations {
                for example in &operation.examples {
                    if example.direction != Direction::Request || !example.text.contains("Envelope")
                    {
                        continue;
                    }
                    for wish in ["specimen", "example=1"] {
                        let request = post(&target, &[("castile-mock", wish)], &example.text);
                        let answer = mock.answer(&request);
                        if wish == "example=1" && answer.body.contains("and none is") {
                            continue;
                        }
                        assert_eq!(answer.status, 200, "{}: {}", operation.name, answer.body);
                        let judged = schema
                            .validate_body(answer.body.as_bytes(), &castile::Limits::default());
                        judged.unwrap_or_else(|found| {
                            panic!("{}: {found}\n{}", operation.name, answer.body)
                        });
                        answered += 1;
                    }
                }
            }
        }
    }
    assert!(answered > 10, "{answered}");
}

#[test]
fn the_server_bounds_what_callers_send() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || serve(mock(LIBRARY), &listener, ServeLimits::default(), |_| {}));
    let exchange = |request: &str| {
        let mut stream = TcpStream::connect(address).unwrap();
        // A server that refuses may close before it has read everything.
        drop(stream.write_all(request.as_bytes()));
        let mut answer = String::new();
        drop(stream.read_to_string(&mut answer));
        answer.lines().next().unwrap_or_default().to_owned()
    };
    let body = lend(PIN, BOOK);
    let length = body.len();
    assert_eq!(
        exchange(&format!(
            "POST / HTTP/1.1\r\nContent-Length: {length}\r\n\r\n{body}"
        )),
        "HTTP/1.1 200 OK"
    );
    let (first, second) = body.split_at(20);
    let chunked = format!(
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{first}\r\n{:x};a=b\r\n{second}\r\n0\r\n\r\n",
        first.len(),
        second.len()
    );
    assert_eq!(exchange(&chunked), "HTTP/1.1 200 OK");
    assert_eq!(
        exchange("POST / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n"),
        "HTTP/1.1 413 Content Too Large"
    );
    assert_eq!(
        exchange("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n"),
        "HTTP/1.1 413 Content Too Large"
    );
    let long = format!("GET / HTTP/1.1\r\nA: {}\r\n\r\n", "a".repeat(40_000));
    assert_eq!(
        exchange(&long),
        "HTTP/1.1 431 Request Header Fields Too Large"
    );
    assert_eq!(exchange("nonsense\r\n\r\n"), "HTTP/1.1 400 Bad Request");
}
