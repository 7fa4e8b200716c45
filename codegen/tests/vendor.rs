//! `castile vendor` against servers on loopback, and `castile generate` from what it wrote.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};

use castile_codegen::Generator;
use castile_codegen::lock::sha256;
use castile_codegen::vendor::{Report, Vendor};

const XS: &str = "xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"";

/// What a server answers at a path with its query.
#[derive(Clone)]
enum Answer {
    Body(Vec<u8>),
    Redirect(String),
    Status(u16),
    /// A body for this `Authorization` only.
    Guarded(&'static str, Vec<u8>),
    /// A `Content-Length` that is larger than what comes.
    Promise(u64),
    Encoded(Vec<u8>),
}

/// A request line's path, and its `Authorization`.
type Seen = (String, Option<String>);

/// An HTTP server that lives as long as the test process.
struct Server {
    port: u16,
    answers: Arc<Mutex<BTreeMap<String, Answer>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Server {
    fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let server = Self {
            port: listener.local_addr().unwrap().port(),
            answers: Arc::default(),
            seen: Arc::default(),
        };
        let (answers, seen) = (server.answers.clone(), server.seen.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answers, seen) = (answers.clone(), seen.clone());
                std::thread::spawn(move || serve(stream, &answers, &seen));
            }
        });
        server
    }

    fn put(&self, path: &str, answer: Answer) {
        self.answers.lock().unwrap().insert(path.to_owned(), answer);
    }

    fn body(&self, path: &str, body: impl Into<Vec<u8>>) {
        self.put(path, Answer::Body(body.into()));
    }

    fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// The same server by another name of its host.
    fn elsewhere(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.port)
    }

    fn paths(&self) -> Vec<String> {
        let seen = self.seen.lock().unwrap();
        seen.iter().map(|(path, _)| path.clone()).collect()
    }
}

fn serve(
    mut stream: TcpStream,
    answers: &Mutex<BTreeMap<String, Answer>>,
    seen: &Mutex<Vec<Seen>>,
) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let first = lines.next().unwrap().unwrap();
    let path = first.split(' ').nth(1).unwrap().to_owned();
    let mut authorization = None;
    for line in lines
        .map_while(Result::ok)
        .take_while(|line| !line.is_empty())
    {
        if let Some((name, value)) = line.split_once(": ")
            && name.eq_ignore_ascii_case("authorization")
        {
            authorization = Some(value.to_owned());
        }
    }
    seen.lock()
        .unwrap()
        .push((path.clone(), authorization.clone()));
    let answer = answers.lock().unwrap().get(&path).cloned();
    let (status, header, body) = match answer {
        Some(Answer::Body(body)) => (200, String::new(), body),
        Some(Answer::Redirect(to)) => (302, format!("Location: {to}\r\n"), Vec::new()),
        Some(Answer::Status(status)) => (status, String::new(), Vec::new()),
        Some(Answer::Guarded(wanted, body)) if authorization.as_deref() == Some(wanted) => {
            (200, String::new(), body)
        }
        Some(Answer::Guarded(..)) => (401, String::new(), Vec::new()),
        Some(Answer::Encoded(body)) => (200, "Content-Encoding: gzip\r\n".to_owned(), body),
        Some(Answer::Promise(length)) => {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n<");
            stream.write_all(head.as_bytes()).unwrap();
            return;
        }
        None => (404, String::new(), Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status} Answer\r\n{header}Content-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    // A client that has seen enough hangs up.
    let _ = stream.write_all(&[head.as_bytes(), &body].concat());
}

fn scratch(name: &str) -> PathBuf {
    let directory =
        std::env::temp_dir().join(format!("castile-vendor-{name}-{}", std::process::id()));
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    directory
}

fn castile(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_castile"))
        .args(arguments)
        .env("CASTILE_TEST_PASSWORD", "open sesame")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// All files below a directory, with `/`, sorted.
fn files(directory: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(directory).unwrap();
                found.push(below.to_str().unwrap().replace('\\', "/"));
            }
        }
    }
    found.sort();
    found
}

/// A schema of `urn:example:NAME` with one type `NAME`, after `links`.
fn schema(name: &str, links: &str) -> String {
    format!(
        "<xs:schema {XS} targetNamespace=\"urn:example:{name}\">\n{links}\n\
         <xs:complexType name=\"{name}\"><xs:sequence><xs:element name=\"value\" type=\"xs:int\"/>\
         </xs:sequence></xs:complexType>\n</xs:schema>\n"
    )
}

fn import(name: &str, location: &str) -> String {
    format!("<xs:import namespace=\"urn:example:{name}\" schemaLocation=\"{location}\"/>")
}

/// A service of one operation, whose messages are of the types `Order` and `Receipt`.
fn shop(import: &str, links: &str) -> String {
    format!(
        "<w:definitions xmlns:w=\"http://schemas.xmlsoap.org/wsdl/\" {XS}\n \
         xmlns:s=\"http://schemas.xmlsoap.org/wsdl/soap/\" xmlns:t=\"urn:example:shop\"\n \
         xmlns:o=\"urn:example:Order\" xmlns:r=\"urn:example:Receipt\" \
         targetNamespace=\"urn:example:shop\">\n{import}\n<w:types>\
         <xs:schema targetNamespace=\"urn:example:shop\">\n{links}\n\
         <xs:element name=\"Buy\" type=\"o:Order\"/><xs:element name=\"Bought\" type=\"r:Receipt\"/>\
         </xs:schema></w:types>\n\
         <w:message name=\"In\"><w:part name=\"p\" element=\"t:Buy\"/></w:message>\n\
         <w:message name=\"Out\"><w:part name=\"p\" element=\"t:Bought\"/></w:message>\n\
         <w:portType name=\"Shop\"><w:operation name=\"Buy\"><w:input message=\"t:In\"/>\
         <w:output message=\"t:Out\"/></w:operation></w:portType>\n\
         <w:binding name=\"B\" type=\"t:Shop\">\
         <s:binding transport=\"http://schemas.xmlsoap.org/soap/http\"/>\
         <w:operation name=\"Buy\"><s:operation soapAction=\"urn:buy\"/>\
         <w:input><s:body use=\"literal\"/></w:input><w:output><s:body use=\"literal\"/></w:output>\
         </w:operation></w:binding>\n\
         <w:service name=\"Shop\"><w:port name=\"P\" binding=\"t:B\">\
         <s:address location=\"http://shop.example/\"/></w:port></w:service>\n</w:definitions>\n"
    )
}

/// A schema that needs nothing.
fn plain(name: &str) -> String {
    schema(name, "")
}

fn run(vendor: &Vendor) -> Report {
    vendor.run().unwrap_or_else(|failure| panic!("{failure}"))
}

fn failure(vendor: &Vendor) -> String {
    vendor.run().unwrap_err().to_string()
}

fn generated(input: &Path) -> (Vec<(String, String)>, String) {
    let output = Generator::new()
        .input(input)
        .origin("the same")
        .generate()
        .unwrap_or_else(|failure| panic!("{failure}"));
    let files = output.modules.iter();
    let files = files
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    (files, output.warnings)
}

#[test]
fn copies_what_is_imported_and_generates_the_same_offline() {
    let server = Server::new();
    let out = scratch("copies");
    // Relative, rooted, absolute and by query; a cycle; a redirect on the way.
    let wsdl = shop(
        "",
        &[
            import("Order", "?xsd=order"),
            import("Receipt", &server.at("/schemas/receipt.xsd#top")),
        ]
        .concat(),
    );
    let order = schema("Order", &import("Item", "/moved/item.xsd"));
    let receipt = schema(
        "Receipt",
        &[
            import("Order", "../v1/Shop.svc?xsd=order"),
            "<xs:include schemaLocation=\"parts/./more.xsd\"/>".to_owned(),
        ]
        .concat(),
    );
    let item = schema("Item", "<xs:redefine schemaLocation=\"more.xsd\"/>");
    let (more, others) = (
        plain("Receipt").replace("name=\"Receipt\"", "name=\"More\""),
        plain("Item"),
    );
    let others = others.replace("name=\"Item\"", "name=\"Other\"");
    server.body("/v1/Shop.svc?wsdl", &*wsdl);
    server.body("/v1/Shop.svc?xsd=order", &*order);
    server.body("/schemas/receipt.xsd", &*receipt);
    server.body("/schemas/parts/more.xsd", &*more);
    server.put(
        "/moved/item.xsd",
        Answer::Redirect("/items/v2/item.xsd".into()),
    );
    server.body("/items/v2/item.xsd", &*item);
    server.body("/items/v2/more.xsd", &*others);

    let target = out.join("shop");
    let report = run(&Vendor::new(&target).input(server.at("/v1/Shop.svc?wsdl")));
    let host = format!("127_0_0_1_{}", server.port);
    let expected = [
        format!("{host}/items/v2/item.xsd"),
        format!("{host}/items/v2/more.xsd"),
        format!("{host}/schemas/parts/more.xsd"),
        format!("{host}/schemas/receipt.xsd"),
        "Shop.order.xsd".to_owned(),
        "Shop.wsdl".to_owned(),
    ];
    let mut added = report.added.clone();
    added.sort();
    assert_eq!(added, expected);
    assert_eq!(report.warnings, "");
    let mut all = expected.to_vec();
    all.extend(["castile.lock", "castile.toml", "catalog.tsv"].map(str::to_owned));
    all.sort();
    assert_eq!(files(&target), all);
    let mut asked = server.paths();
    asked.sort();
    assert_eq!(
        asked,
        [
            "/items/v2/item.xsd",
            "/items/v2/more.xsd",
            "/moved/item.xsd",
            "/schemas/parts/more.xsd",
            "/schemas/receipt.xsd",
            "/v1/Shop.svc?wsdl",
            "/v1/Shop.svc?xsd=order",
        ],
        "each once"
    );
    assert_eq!(fs::read_to_string(target.join("Shop.wsdl")).unwrap(), wsdl);
    let catalog = fs::read_to_string(target.join("catalog.tsv")).unwrap();
    let catalog: Vec<&str> = catalog.lines().skip(1).collect();
    let receipt_uri = server.at("/schemas/receipt.xsd");
    assert_eq!(
        catalog,
        [
            format!(
                "{}\turn:example:Item\t{}",
                server.at("/items/v2/item.xsd"),
                expected[0]
            ),
            format!("{}\t\t{}", server.at("/moved/item.xsd"), expected[0]),
            format!("{}\t\t{}", server.at("/items/v2/more.xsd"), expected[1]),
            format!(
                "{}\t\t{}",
                server.at("/schemas/parts/more.xsd"),
                expected[2]
            ),
            format!("{receipt_uri}\turn:example:Receipt\t{}", expected[3]),
            format!("{receipt_uri}#top\t\t{}", expected[3]),
            format!(
                "{}\turn:example:Order\tShop.order.xsd",
                server.at("/v1/Shop.svc?xsd=order")
            ),
            format!("{}\t\tShop.wsdl", server.at("/v1/Shop.svc?wsdl")),
        ]
    );
    let lock = fs::read_to_string(target.join("castile.lock")).unwrap();
    assert!(
        lock.contains(&format!(
            "[[file]]\npath = \"Shop.wsdl\"\nuri = \"{}\"\nsha256 = \"{}\"\nbytes = {}\nentry = true\n",
            server.at("/v1/Shop.svc?wsdl"),
            sha256(wsdl.as_bytes()),
            wsdl.len()
        )),
        "{lock}"
    );
    assert_eq!(
        fs::read_to_string(target.join("castile.toml")).unwrap(),
        "inputs = [\"Shop.wsdl\"]\n"
    );

    // By hand, with the locations rewritten.
    let local = out.join("local");
    fs::create_dir_all(local.join("parts")).unwrap();
    let by_hand = |path: &str, text: &str| {
        let text = text
            .replace(&server.at("/schemas/receipt.xsd#top"), "receipt.xsd")
            .replace("../v1/Shop.svc?xsd=order", "order.xsd")
            .replace("?xsd=order", "order.xsd")
            .replace("/moved/item.xsd", "item.xsd");
        fs::write(local.join(path), text).unwrap();
    };
    by_hand("Shop.wsdl", &wsdl);
    by_hand("order.xsd", &order);
    by_hand("receipt.xsd", &receipt);
    by_hand("parts/more.xsd", &more);
    by_hand("item.xsd", &item);
    by_hand("more.xsd", &others);
    let offline = generated(&target);
    assert_eq!(offline.1, "");
    assert!(
        offline
            .0
            .iter()
            .any(|(_, text)| text.contains("pub struct Receipt")),
        "{:?}",
        offline.0
    );
    assert_eq!(offline, generated(&local.join("Shop.wsdl")));
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_second_run_shows_what_changed() {
    let server = Server::new();
    let out = scratch("second");
    server.body(
        "/a.wsdl",
        shop(
            "",
            &[import("Order", "o.xsd"), import("Receipt", "r.xsd")].concat(),
        ),
    );
    server.body("/o.xsd", plain("Order"));
    server.body("/r.xsd", plain("Receipt"));
    run(&Vendor::new(&out).input(server.at("/a.wsdl")));
    let lock = fs::read(out.join("castile.lock")).unwrap();
    fs::write(
        out.join("castile.toml"),
        "name = \"mine\"\ninputs = [\"a.wsdl\"]\n",
    )
    .unwrap();

    let again = run(&Vendor::new(&out).input(server.at("/a.wsdl")));
    assert_eq!((again.unchanged, again.changed.len()), (3, 0));
    assert_eq!(fs::read(out.join("castile.lock")).unwrap(), lock);

    server.body(
        "/a.wsdl",
        shop(
            "",
            &[import("Order", "o.xsd"), import("Receipt", "new/r.xsd")].concat(),
        ),
    );
    server.body("/o.xsd", plain("Order") + "<!-- new -->");
    server.body("/new/r.xsd", plain("Receipt"));
    let shown = castile(&["vendor", "--update", "--out", out.to_str().unwrap()]);
    assert!(shown.status.success(), "{}", text(&shown.stderr));
    assert_eq!(
        text(&shown.stdout),
        format!(
            "added new/r.xsd\nchanged a.wsdl\nchanged o.xsd\nremoved r.xsd\n\
             1 added, 2 changed, 1 removed, 0 unchanged in {}\n",
            out.display()
        )
    );
    assert_eq!(
        files(&out),
        [
            "a.wsdl",
            "castile.lock",
            "castile.toml",
            "catalog.tsv",
            "new/r.xsd",
            "o.xsd"
        ]
    );
    assert!(
        fs::read_to_string(out.join("castile.toml"))
            .unwrap()
            .starts_with("name = \"mine\""),
        "castile.toml is the user's"
    );
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_changed_or_missing_file_stops_generate() {
    let server = Server::new();
    let out = scratch("changed");
    server.body(
        "/a.wsdl",
        shop(
            "",
            &[import("Order", "o.xsd"), import("Receipt", "r.xsd")].concat(),
        ),
    );
    let order = plain("Order");
    server.body("/o.xsd", &*order);
    server.body("/r.xsd", plain("Receipt"));
    run(&Vendor::new(&out).input(server.at("/a.wsdl")));
    let edited = order.replace("xs:int", "xs:long");
    fs::write(out.join("o.xsd"), &edited).unwrap();
    fs::remove_file(out.join("r.xsd")).unwrap();
    let report = Generator::new()
        .input(&out)
        .generate()
        .unwrap_err()
        .to_string();
    let lock = out.join("castile.lock").display().to_string();
    let expected = format!(
        "error[changed-source]: `o.xsd` is not as it was vendored: expected SHA-256 {}, found {}\n  \
         --> {lock}:14:10\n",
        sha256(order.as_bytes()),
        sha256(edited.as_bytes())
    );
    assert!(report.contains(&expected), "{report}");
    let expected = format!(
        "error[changed-source]: `r.xsd` is missing: expected SHA-256 {}, found no file\n  \
         --> {lock}:18:8\n",
        sha256(plain("Receipt").as_bytes())
    );
    assert!(report.contains(&expected), "{report}");
    assert!(
        report.contains(
            "= help: `git checkout` brings back the file that was committed, `castile vendor \
             --update` fetches the present one"
        ),
        "{report}"
    );

    let mended = run(&Vendor::new(&out).update());
    assert_eq!(mended.changed, ["o.xsd", "r.xsd"]);
    generated(&out);
    fs::write(out.join("castile.lock"), "version = 1\nfile = 3\n").unwrap();
    let report = Generator::new()
        .input(&out)
        .generate()
        .unwrap_err()
        .to_string();
    assert!(report.contains("error[malformed-lock]"), "{report}");
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_missing_import_is_located_and_nothing_is_written() {
    let server = Server::new();
    let out = scratch("missing");
    let target = out.join("target");
    server.body(
        "/a.wsdl",
        shop(
            "",
            &[
                import("Order", "o.xsd"),
                "\n".into(),
                import("Receipt", "r.xsd"),
            ]
            .concat(),
        ),
    );
    server.body("/o.xsd", plain("Order"));
    let vendor = Vendor::new(&target).input(server.at("/a.wsdl"));
    let report = failure(&vendor);
    let expected = format!(
        "error[unresolved-import]: cannot fetch the imported document: `{at}` answers with status \
         404 Not Found\n --> {}:7:60\n",
        server.at("/a.wsdl"),
        at = server.at("/r.xsd"),
    );
    assert!(report.starts_with(&expected), "{report}\n{expected}");
    assert!(
        report.contains("= help: `--keep-going` writes what can be had without it"),
        "{report}"
    );
    assert!(!target.exists(), "nothing may be written");

    let kept = run(&vendor.clone().keep_going());
    assert_eq!(kept.added, ["a.wsdl", "o.xsd"]);
    assert!(
        kept.warnings
            .starts_with("warning[unresolved-import]: cannot fetch"),
        "{}",
        kept.warnings
    );

    server.put(
        "/r.xsd",
        Answer::Body(b"<html><body>Sign in</body></html>".to_vec()),
    );
    let report = failure(&vendor);
    assert!(
        report
            .starts_with("error[unknown-input]: `html` is the root of neither a WSDL nor a schema"),
        "{report}"
    );
    assert!(
        report.contains(&format!("::: {}:7:60", server.at("/a.wsdl"))),
        "{report}"
    );
    let none = failure(&Vendor::new(&target).input(server.at("/none.wsdl")));
    assert!(
        none.starts_with("error[unreadable-source]: cannot fetch"),
        "{none}"
    );
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn redirects_are_bounded_and_stay_on_allowed_hosts() {
    let server = Server::new();
    let out = scratch("redirects");
    let vendor = |path: &str| Vendor::new(out.join("target")).input(server.at(path));
    server.put("/loop", Answer::Redirect("/loop".into()));
    for hop in 0..6 {
        server.put(
            &format!("/{hop}"),
            Answer::Redirect(format!("/{}", hop + 1)),
        );
    }
    server.body("/6", plain("Order"));
    assert!(failure(&vendor("/loop")).contains("more than 5 redirects, the last to"));
    assert_eq!(server.paths(), vec!["/loop"; 6]);
    assert!(failure(&vendor("/0")).contains("more than 5 redirects"));
    assert_eq!(run(&vendor("/1")).added, ["6.xsd"]);
    fs::remove_dir_all(out.join("target")).unwrap();

    server.put("/away", Answer::Redirect(server.elsewhere("/6")));
    let refused = failure(&vendor("/away"));
    assert!(
        refused.contains("the host `localhost` was neither given nor allowed"),
        "{refused}"
    );
    assert!(
        refused.contains("add `--allow-host localhost`"),
        "{refused}"
    );
    assert_eq!(
        run(&vendor("/away").allow_host("localhost")).added,
        ["6.xsd"]
    );

    server.put("/file", Answer::Redirect("file:///etc/passwd".into()));
    assert!(failure(&vendor("/file")).contains("only http and https are fetched, and not `file`"));
    server.put("/nowhere", Answer::Status(302));
    assert!(failure(&vendor("/nowhere")).contains("redirects without saying where"));
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn imports_stay_on_allowed_hosts_and_off_the_file_system() {
    let server = Server::new();
    let out = scratch("hosts");
    let links = [
        import("Order", &server.elsewhere("/o.xsd")),
        import("Receipt", "file:///etc/passwd"),
        import("Secret", "http://ada:s3cret@127.0.0.1/x.xsd"),
        "<xs:import namespace=\"http://www.w3.org/XML/1998/namespace\" \
         schemaLocation=\"http://169.254.169.254/xml.xsd\"/>"
            .to_owned(),
    ];
    server.body("/a.wsdl", shop("", &links.join("\n")));
    server.body("/o.xsd", plain("Order"));
    let report = failure(&Vendor::new(out.join("target")).input(server.at("/a.wsdl")));
    let at = server.at("/a.wsdl");
    for expected in [
        format!(
            "error[refused-address]: the import is not followed: the host `localhost` was neither \
             given nor allowed\n --> {at}:6:58\n"
        ),
        format!(
            "error[refused-address]: the import is not followed: only http and https are fetched, \
             and not `file`\n --> {at}:7:60\n"
        ),
        format!(
            "error[refused-address]: {at}:8: the import is not followed: the address holds a user \
             or a password (the rest of it is `http://127.0.0.1/x.xsd`)\n"
        ),
        // Nothing depends on this one.
        format!(
            "warning[refused-address]: the import is not followed: the host `169.254.169.254` was \
             neither given nor allowed\n --> {at}:9:"
        ),
    ] {
        assert!(report.contains(&expected), "{expected}\n{report}");
    }
    assert!(!report.contains("s3cret"), "{report}");
    assert_eq!(server.paths(), ["/a.wsdl"]);
    let userinfo = failure(&Vendor::new(&out).input("http://ada:s3cret@127.0.0.1/x.xsd"));
    assert!(
        userinfo.contains("use `--user NAME --password-env VAR`"),
        "{userinfo}"
    );
    assert!(!userinfo.contains("s3cret"), "{userinfo}");
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn credentials_go_to_the_origin_of_the_inputs_only() {
    let (server, other) = (Server::new(), Server::new());
    let out = scratch("credentials");
    // "ada:open sesame"
    let basic = "Basic YWRhOm9wZW4gc2VzYW1l";
    let links = [
        import("Order", &other.at("/o.xsd")),
        import("Receipt", "r.xsd"),
    ]
    .concat();
    server.put(
        "/a.wsdl",
        Answer::Guarded(basic, shop("", &links).into_bytes()),
    );
    server.put("/r.xsd", Answer::Redirect(other.at("/r.xsd")));
    other.body("/o.xsd", plain("Order"));
    other.body("/r.xsd", plain("Receipt"));
    let target = out.join("target");
    let (input, shown) = (server.at("/a.wsdl"), target.to_str().unwrap());

    let none = failure(&Vendor::new(&target).input(&*input));
    assert!(none.contains("asks for a user and a password"), "{none}");
    assert!(none.contains("`--user NAME --password-env VAR`"), "{none}");
    let wrong = Vendor::new(&target).input(&*input).login("ada", "wrong");
    assert!(!format!("{wrong:?}").contains("wrong"));
    let wrong = failure(&wrong);
    assert!(
        wrong.contains("does not accept the user and password"),
        "{wrong}"
    );
    assert!(!wrong.contains("YWRh"), "{wrong}");

    let right = castile(&[
        "vendor",
        &input,
        "--out",
        shown,
        "--user",
        "ada",
        "--password-env",
        "CASTILE_TEST_PASSWORD",
    ]);
    assert!(right.status.success(), "{}", text(&right.stderr));
    for (path, authorization) in &*other.seen.lock().unwrap() {
        assert_eq!(*authorization, None, "{path}");
    }
    assert_eq!(other.paths(), ["/o.xsd", "/r.xsd"]);
    let last = server.seen.lock().unwrap().last().cloned();
    assert_eq!(last, Some(("/r.xsd".to_owned(), Some(basic.to_owned()))));
    for file in files(&target) {
        let stored = fs::read_to_string(target.join(file)).unwrap();
        assert!(
            !stored.contains("sesame") && !stored.contains("YWRh"),
            "{stored}"
        );
    }

    let unset = castile(&[
        "vendor",
        &input,
        "--out",
        shown,
        "--user",
        "ada",
        "--password-env",
        "CASTILE_TEST_UNSET",
    ]);
    assert_eq!(unset.status.code(), Some(1));
    assert!(text(&unset.stderr).contains("`CASTILE_TEST_UNSET` is not set"));
    let two = Vendor::new(&target)
        .input(&*input)
        .input(other.at("/o.xsd"));
    assert!(failure(&two.login("ada", "x")).contains("go to one origin"));
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn what_is_too_large_is_refused() {
    let server = Server::new();
    let out = scratch("large");
    let vendor = |path: &str| Vendor::new(out.join("target")).input(server.at(path));
    let order = plain("Order");
    let size = order.len() as u64;
    server.body("/o.xsd", &*order);
    let refused = failure(&vendor("/o.xsd").max_bytes(size - 1));
    assert!(
        refused.starts_with(&format!(
            "error[limit-exceeded]: `{}` is larger than the limit of {} bytes",
            server.at("/o.xsd"),
            size - 1
        )),
        "{refused}"
    );
    assert!(
        refused.contains("`--max-bytes N` raises the limit"),
        "{refused}"
    );
    assert_eq!(run(&vendor("/o.xsd").max_bytes(size)).added, ["o.xsd"]);

    server.put("/promise", Answer::Promise(65 << 20));
    assert!(failure(&vendor("/promise")).contains("larger than the limit of 67108864 bytes"));
    server.put("/short", Answer::Promise(1000));
    assert!(failure(&vendor("/short")).contains("no answer from"));
    server.put("/encoded", Answer::Encoded(order.into()));
    assert!(failure(&vendor("/encoded")).contains("the encoding `gzip`, which was not asked for"));
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn bytes_are_stored_as_they_come() {
    let server = Server::new();
    let out = scratch("bytes");
    let utf16 = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    let wsdl = utf16(&shop(
        "",
        &[import("Order", "o.xsd"), import("Receipt", "r.xsd")].concat(),
    ));
    let order = [
        b"\xEF\xBB\xBF",
        plain("Order").replace('\n', "\r\n").as_bytes(),
    ]
    .concat();
    let receipt = plain("Receipt").replace("<xs:complexType", "<!-- \u{e9} --><xs:complexType");
    let receipt = format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{receipt}");
    let receipt: Vec<u8> = receipt.chars().map(|c| u8::try_from(c).unwrap()).collect();
    server.body("/a.wsdl", wsdl.clone());
    server.body("/o.xsd", order.clone());
    server.body("/r.xsd", receipt.clone());
    run(&Vendor::new(&out).input(server.at("/a.wsdl")));
    assert_eq!(fs::read(out.join("a.wsdl")).unwrap(), wsdl);
    assert_eq!(fs::read(out.join("o.xsd")).unwrap(), order);
    assert_eq!(fs::read(out.join("r.xsd")).unwrap(), receipt);
    generated(&out);
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn local_files_keep_their_paths_and_may_import_from_allowed_hosts() {
    let server = Server::new();
    let out = scratch("local");
    let from = out.join("from");
    fs::create_dir_all(from.join("my types")).unwrap();
    server.body("/r.xsd", plain("Receipt"));
    let remote = server.at("/r.xsd");
    let links = [
        import("Order", "my%20types/o.xsd"),
        import("Receipt", &remote),
    ]
    .concat();
    let wsdl = from.join("shop.wsdl");
    fs::write(&wsdl, shop("", &links)).unwrap();
    fs::write(
        from.join("my types/o.xsd"),
        schema(
            "Order",
            "<xs:include schemaLocation=\"../shop-types.xsd\"/>",
        ),
    )
    .unwrap();
    let more = plain("Order").replace("name=\"Order\"", "name=\"More\"");
    fs::write(from.join("shop-types.xsd"), more).unwrap();
    let target = out.join("target");
    let vendor = Vendor::new(&target).input(wsdl.to_str().unwrap());
    assert!(failure(&vendor).contains("the host `127.0.0.1` was neither given nor allowed"));
    run(&vendor.clone().allow_host("127.0.0.1"));
    let host = format!("127_0_0_1_{}/r.xsd", server.port);
    assert_eq!(
        files(&target),
        [
            host.as_str(),
            "castile.lock",
            "castile.toml",
            "catalog.tsv",
            "my types/o.xsd",
            "shop-types.xsd",
            "shop.wsdl"
        ]
    );
    let (_, warnings) = generated(&target);
    assert_eq!(warnings, "");
    let refused = failure(&Vendor::new(&target).update());
    assert!(
        refused.contains("`shop.wsdl` was copied from a local file"),
        "{refused}"
    );

    fs::write(out.join("outside.xsd"), plain("Order")).unwrap();
    fs::write(&wsdl, shop("", &import("Order", "../outside.xsd"))).unwrap();
    let outside = failure(&vendor);
    assert!(outside.contains("error[unresolved-import]"), "{outside}");
    assert!(
        outside.contains("lies outside the directories of the inputs"),
        "{outside}"
    );
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_directory_with_other_files_is_left_alone() {
    let server = Server::new();
    let out = scratch("foreign");
    server.body("/o.xsd", plain("Order"));
    fs::write(out.join("o.xsd"), "mine").unwrap();
    let refused = failure(&Vendor::new(&out).input(server.at("/o.xsd")));
    assert!(
        refused.contains("is there already, and no lock file says"),
        "{refused}"
    );
    assert_eq!(files(&out), ["o.xsd"]);
    assert_eq!(fs::read_to_string(out.join("o.xsd")).unwrap(), "mine");
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_wsdl_may_import_wsdls_in_a_cycle() {
    let server = Server::new();
    let out = scratch("cycle");
    let links = [import("Order", "o.xsd"), import("Receipt", "r.xsd")].concat();
    let own = "<w:import namespace=\"urn:example:shop\" location=\"b.wsdl\"/>";
    server.body("/a.wsdl", shop(own, &links));
    server.body(
        "/b.wsdl",
        "<w:definitions xmlns:w=\"http://schemas.xmlsoap.org/wsdl/\" \
         targetNamespace=\"urn:example:shop\"><w:import namespace=\"urn:example:shop\" \
         location=\"a.wsdl\"/></w:definitions>",
    );
    server.body("/o.xsd", schema("Order", &import("Receipt", "r.xsd")));
    server.body("/r.xsd", schema("Receipt", &import("Order", "o.xsd")));
    let report = run(&Vendor::new(&out).input(server.at("/a.wsdl")));
    assert_eq!(report.added, ["a.wsdl", "b.wsdl", "o.xsd", "r.xsd"]);
    assert_eq!(server.paths().len(), 4);
    generated(&out);
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn a_broken_catalog_is_located() {
    let out = scratch("catalog");
    fs::write(out.join("o.xsd"), plain("Order")).unwrap();
    fs::write(out.join("castile.toml"), "inputs = [\"o.xsd\"]\n").unwrap();
    fs::write(out.join("catalog.tsv"), "# mine\nurn:a\to.xsd\n").unwrap();
    let report = Generator::new()
        .input(&out)
        .generate()
        .unwrap_err()
        .to_string();
    assert!(
        report.starts_with(&format!(
            "error[malformed-lock]: not `location`, `namespace` and `path`, separated by tabs\n \
             --> {}:2:1\n",
            out.join("catalog.tsv").display()
        )),
        "{report}"
    );
    fs::remove_dir_all(out).unwrap();
}

#[test]
fn the_number_of_documents_is_bounded() {
    let server = Server::new();
    let out = scratch("number");
    for number in 0..1001 {
        let next = format!("<xs:include schemaLocation=\"{}.xsd\"/>", number + 1);
        server.body(&format!("/{number}.xsd"), schema("Many", &next));
    }
    let vendor = Vendor::new(out.join("target")).input(server.at("/0.xsd"));
    let report = failure(&vendor);
    assert_eq!(
        report,
        "error[limit-exceeded]: more than 1000 documents, or 536870912 bytes in all\n\n"
    );
    assert_eq!(server.paths().len(), 1000);
    fs::remove_dir_all(out).unwrap();
}
