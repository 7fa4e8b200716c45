//! A server on loopback that answers from a script, byte for byte, and keeps what it was sent.

#![allow(dead_code, reason = "no test uses all of it")]

use std::collections::VecDeque;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// What the server does with one request. Whether the connection stays open.
pub(crate) type Answer = Box<dyn FnOnce(&mut TcpStream) -> bool + Send>;

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    requests: Vec<String>,
    connections: usize,
}

impl Server {
    /// Starts a server that gives one answer a request, in this order, and then closes.
    pub(crate) fn start(answers: Vec<Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let record = Arc::clone(&seen);
        thread::spawn(move || {
            let mut answers = VecDeque::from(answers);
            while !answers.is_empty() {
                let Ok((mut stream, _)) = listener.accept() else {
                    return;
                };
                record.lock().unwrap().connections += 1;
                while let Some(request) = read_request(&mut stream) {
                    record.lock().unwrap().requests.push(request);
                    let Some(answer) = answers.pop_front() else {
                        break;
                    };
                    if !answer(&mut stream) {
                        break;
                    }
                }
            }
        });
        Self { address, seen }
    }

    /// The address for `path`, which starts with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The requests so far: head and body as they came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.seen.lock().unwrap().requests.clone()
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        self.seen.lock().unwrap().connections
    }
}

/// These bytes, then the connection closes.
pub(crate) fn raw(bytes: impl Into<Vec<u8>>) -> Answer {
    let bytes = bytes.into();
    Box::new(move |stream| {
        let _ = stream.write_all(&bytes);
        false
    })
}

/// A well-formed answer, then the connection closes.
pub(crate) fn answer(status: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    raw(message(
        status,
        &format!("Content-Type: {content_type}\r\nConnection: close\r\n"),
        body,
    ))
}

/// A well-formed answer on a connection that stays open.
pub(crate) fn kept_alive(status: &str, content_type: &str, body: impl Into<Vec<u8>>) -> Answer {
    let bytes = message(status, &format!("Content-Type: {content_type}\r\n"), body);
    Box::new(move |stream| stream.write_all(&bytes).is_ok())
}

/// The bytes of an answer with its right length.
pub(crate) fn message(status: &str, headers: &str, body: impl Into<Vec<u8>>) -> Vec<u8> {
    let body = body.into();
    let mut bytes = format!(
        "HTTP/1.1 {status}\r\n{headers}Content-Length: {}\r\n\r\n",
        body.len()
    )
    .into_bytes();
    bytes.extend(body);
    bytes
}

/// `head`, then `byte` again and again, `pause` apart, until the client goes.
pub(crate) fn endless(head: &'static str, piece: &'static [u8], pause: Duration) -> Answer {
    Box::new(move |stream| {
        let _ = stream.write_all(head.as_bytes());
        while stream.write_all(piece).is_ok() {
            thread::sleep(pause);
        }
        false
    })
}

fn read_request(stream: &mut TcpStream) -> Option<String> {
    stream
        .set_read_timeout(Some(Duration::from_secs(5)))
        .unwrap();
    let mut bytes = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        if let Some(head) = find(&bytes, b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&bytes[..head]).to_ascii_lowercase();
            let length = text
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .map_or(0, |n| n.trim().parse::<usize>().unwrap());
            if bytes.len() >= head + 4 + length {
                return Some(String::from_utf8_lossy(&bytes).into_owned());
            }
        }
        match stream.read(&mut buffer) {
            Ok(0) | Err(_) => return None,
            Ok(n) => bytes.extend_from_slice(&buffer[..n]),
        }
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}
