//! `castile vendor` against servers on loopback, and `castile generate` from what it wrote.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

mod bounds;
mod copies;

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
