//! That memory does not grow with an answer whose items are read one by one, nor with a request whose
//! items are sent so. A program of its own: it looks at the memory of the whole process.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]
#![cfg(all(target_os = "linux", feature = "reqwest", feature = "ureq"))]

#[allow(dead_code, reason = "other tests use the rest")]
#[path = "streaming/ledger.rs"]
mod ledger;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use castile::Port;
use castile::transport::{Reqwest, Ureq};
use ledger::*;

/// The most memory that the process has had, in KiB.
fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let digits = line.unwrap().trim().trim_end_matches("kB").trim();
    digits.parse().unwrap()
}

/// Answers each request with as many entries as it asks for, in chunks that end at odd places. It does
/// not keep what it reads.
fn server() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            answer(&mut stream.unwrap());
        }
    });
    address
}

fn answer(stream: &mut TcpStream) -> Option<()> {
    // The end of the request is that of the envelope.
    let mut end = Vec::new();
    let mut buffer = [0; 4096];
    while !String::from_utf8_lossy(&end).contains(":Envelope>") {
        let length = stream.read(&mut buffer).ok().filter(|n| *n > 0)?;
        end.drain(..end.len().saturating_sub(600));
        end.extend_from_slice(&buffer[..length]);
    }
    let text = String::from_utf8_lossy(&end).into_owned();
    let count: usize = text
        .split("Since>")
        .nth(1)
        .and_then(|rest| rest.split('<').next()?.parse().ok())
        .unwrap_or(0);
    let head = format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><p:ListResponse \
         xmlns:p='{NS}'><p:Total>1</p:Total><p:Entries>"
    );
    let posted = format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><Posted \
         xmlns='{NS}'><Count>7</Count></Posted></s:Body></s:Envelope>"
    );
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nConnection: close\r\n\
         Transfer-Encoding: chunked\r\n\r\n"
    )
    .ok()?;
    if text.contains("Post>") {
        write!(stream, "{:x}\r\n{posted}\r\n0\r\n\r\n", posted.len()).ok()?;
        return Some(());
    }
    let mut pending = head.into_bytes();
    let mut size = 1;
    for number in 0..count {
        let text = "0123456789".repeat(8);
        pending.extend(
            format!("<p:Entry><p:Number>{number}</p:Number><p:Text>{text}</p:Text></p:Entry>\n")
                .into_bytes(),
        );
        while pending.len() > 8192 {
            size = (size * 31 + 7) % 4093 + 1;
            write!(stream, "{size:x}\r\n").ok()?;
            stream.write_all(&pending[..size]).ok()?;
            stream.write_all(b"\r\n").ok()?;
            pending.drain(..size);
        }
    }
    pending.extend(b"</p:Entries><p:Next>n</p:Next></p:ListResponse></s:Body></s:Envelope>");
    write!(stream, "{:x}\r\n", pending.len()).ok()?;
    stream.write_all(&pending).ok()?;
    stream.write_all(b"\r\n0\r\n\r\n").ok()
}

fn list(count: i32) -> List {
    List {
        since: count.to_string(),
    }
}

fn read_blocking(port: &Port<Ureq>, count: i32) {
    let mut items = port
        .call::<ListEntries>(list(count))
        .items()
        .send()
        .unwrap();
    let mut expected = 0;
    for entry in &mut items {
        assert_eq!(entry.unwrap().unwrap().number, expected);
        expected += 1;
    }
    assert_eq!(
        (expected, items.finish().unwrap().next.as_str()),
        (count, "n")
    );
}

async fn read_asynchronous(port: &Port<Reqwest>, count: i32) {
    let mut items = port.call::<ListEntries>(list(count)).items().await.unwrap();
    let mut expected = 0;
    while let Some(entry) = items.next().await {
        assert_eq!(entry.unwrap().unwrap().number, expected);
        expected += 1;
    }
    assert_eq!(
        (expected, items.finish().await.unwrap().next.as_str()),
        (count, "n")
    );
}

fn write(port: &Port<Ureq>, count: i32) {
    let record = PostEntries {
        entries: Some(Vec::new()),
        ..PostEntries::default()
    };
    let entries = (0..count).map(|number| Entry {
        number,
        text: Some("0123456789".repeat(8)),
        ..Entry::default()
    });
    // The contract has a limit on the number, which is none of this test.
    let call = port.call::<Post>(record).unchecked().sending(entries);
    assert_eq!(call.send().unwrap().count, 7);
}

#[test]
fn memory_does_not_grow_with_messages() {
    /// Some 150 bytes each.
    const MANY: i32 = 200_000;
    let address = format!("http://{}/", server());
    let blocking = Port::new(Ureq::new(), address.clone()).timeout(Duration::from_secs(300));
    let asynchronous =
        Port::new(Reqwest::new().unwrap(), address).timeout(Duration::from_secs(300));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let each = |count| {
        read_blocking(&blocking, count);
        runtime.block_on(read_asynchronous(&asynchronous, count));
        write(&blocking, count);
    };
    each(2_000);
    let before = peak();
    each(MANY);
    let grown = peak() - before;
    assert!(grown < 1024, "{grown} KiB more");
}
