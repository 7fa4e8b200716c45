//! The server around a mock: HTTP/1.1 on one listener, bounded in everything that a caller can grow.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use super::{Answer, Mock, Request};

/// What callers can make the server hold at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServeLimits {
    /// The request line and all headers, in bytes.
    pub head: usize,
    /// The body of a request, in bytes.
    pub body: usize,
    /// Connections at a time; one more is told to come again.
    pub connections: usize,
    /// How long a caller may take for what it has to send or take, each time.
    pub timeout: Duration,
}

impl Default for ServeLimits {
    fn default() -> Self {
        Self {
            head: 32 * 1024,
            body: 8 * 1024 * 1024,
            connections: 64,
            timeout: Duration::from_secs(10),
        }
    }
}

/// Answers requests until the listener fails. `log` gets a line for each, without anything of a body.
///
/// # Errors
///
/// If the listener fails.
pub fn serve(
    mock: Mock,
    listener: &TcpListener,
    limits: ServeLimits,
    log: impl Fn(&str) + Send + Sync + 'static,
) -> io::Result<()> {
    let (mock, log) = (Arc::new(mock), Arc::new(log));
    let open = Arc::new(AtomicUsize::new(0));
    loop {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            // A caller that gave up before its turn is no failure of the listener.
            Err(error) if is_of_caller(&error) => continue,
            Err(error) => return Err(error),
        };
        let bounded = stream.set_read_timeout(Some(limits.timeout));
        if bounded
            .and_then(|()| stream.set_write_timeout(Some(limits.timeout)))
            .is_err()
        {
            continue;
        }
        if open.fetch_add(1, Ordering::SeqCst) >= limits.connections {
            open.fetch_sub(1, Ordering::SeqCst);
            // Who is gone already need not be told.
            drop(write(
                &stream,
                &Answer::text(503, "too many connections, come again\n"),
            ));
            continue;
        }
        let (mock, log, open) = (Arc::clone(&mock), Arc::clone(&log), Arc::clone(&open));
        thread::spawn(move || {
            if let Some(answer) = exchange(&mock, &stream, &limits) {
                log(&answer.summary);
            }
            open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

fn is_of_caller(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionReset, Interrupted};
    [ConnectionAborted, ConnectionReset, Interrupted].contains(&error.kind())
}

/// One request and its answer; the connection ends with it.
fn exchange(mock: &Mock, stream: &TcpStream, limits: &ServeLimits) -> Option<Answer> {
    let mut reader = BufReader::new(stream);
    let answer = match read(&mut reader, stream, limits) {
        Ok(Some(request)) => mock.answer(&request),
        Ok(None) => return None,
        Err(Refusal(status, reason)) => {
            let mut answer = Answer::text(status, format!("{reason}\n"));
            answer.summary = format!("refused: {reason}");
            answer
        }
    };
    drop(write(stream, &answer));
    Some(answer)
}

/// Why a request is not answered: status and reason.
struct Refusal(u16, &'static str);

fn read(
    reader: &mut BufReader<&TcpStream>,
    stream: &TcpStream,
    limits: &ServeLimits,
) -> Result<Option<Request>, Refusal> {
    let mut left = limits.head;
    let Some(line) = read_line(reader, &mut left)? else {
        return Ok(None);
    };
    let mut words = line.split(' ');
    let (Some(method), Some(target), Some(version)) = (words.next(), words.next(), words.next())
    else {
        return Err(Refusal(400, "this is no request of HTTP"));
    };
    if !version.starts_with("HTTP/1.") {
        return Err(Refusal(505, "HTTP/1.0 and HTTP/1.1 are spoken here"));
    }
    let mut request = Request {
        method: method.to_owned(),
        target: target.to_owned(),
        ..Request::default()
    };
    loop {
        let Some(line) = read_line(reader, &mut left)? else {
            return Err(Refusal(400, "the headers break off"));
        };
        if line.is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else {
            return Err(Refusal(400, "a header without a colon"));
        };
        let name = name.trim().to_ascii_lowercase();
        request.headers.push((name, value.trim().to_owned()));
    }
    if request
        .header("expect")
        .is_some_and(|expect| expect.eq_ignore_ascii_case("100-continue"))
    {
        let mut stream = stream;
        drop(stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n"));
    }
    request.body = body(reader, &request, limits)?;
    Ok(Some(request))
}

const BROKEN: Refusal = Refusal(400, "the body breaks off");
const TOO_LARGE: Refusal = Refusal(413, "the body is larger than this server takes");

fn body(
    reader: &mut BufReader<&TcpStream>,
    request: &Request,
    limits: &ServeLimits,
) -> Result<Vec<u8>, Refusal> {
    if request
        .header("transfer-encoding")
        .is_some_and(|coding| coding.eq_ignore_ascii_case("chunked"))
    {
        return chunks(reader, limits);
    }
    let Some(length) = request.header("content-length") else {
        return Ok(Vec::new());
    };
    let Ok(length) = length.parse::<usize>() else {
        return Err(Refusal(400, "the content length is no number"));
    };
    if length > limits.body {
        return Err(TOO_LARGE);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).map_err(|_| BROKEN)?;
    Ok(body)
}

fn chunks(reader: &mut BufReader<&TcpStream>, limits: &ServeLimits) -> Result<Vec<u8>, Refusal> {
    let mut body = Vec::new();
    loop {
        let mut left = limits.head;
        let size = read_line(reader, &mut left)?.ok_or(BROKEN)?;
        let digits = size.split(';').next().unwrap_or_default().trim();
        let size = usize::from_str_radix(digits, 16).map_err(|_| BROKEN)?;
        if size > limits.body.saturating_sub(body.len()) {
            return Err(TOO_LARGE);
        }
        if size == 0 {
            // Trailers, up to an empty line.
            while read_line(reader, &mut left)?.is_some_and(|line| !line.is_empty()) {}
            return Ok(body);
        }
        let start = body.len();
        body.resize(start + size, 0);
        reader.read_exact(&mut body[start..]).map_err(|_| BROKEN)?;
        if read_line(reader, &mut left)?.is_none_or(|line| !line.is_empty()) {
            return Err(BROKEN);
        }
    }
}

/// A line without its end; `None` if there is nothing more.
fn read_line(
    reader: &mut BufReader<&TcpStream>,
    left: &mut usize,
) -> Result<Option<String>, Refusal> {
    let mut bytes = Vec::new();
    let most = u64::try_from(*left).unwrap_or(u64::MAX);
    let read = reader.by_ref().take(most).read_until(b'\n', &mut bytes);
    let read = read.map_err(|_| Refusal(408, "the request did not come in time"))?;
    if read == 0 && *left > 0 {
        return Ok(None);
    }
    if bytes.last() != Some(&b'\n') {
        return Err(Refusal(
            431,
            "the headers are longer than this server takes",
        ));
    }
    *left -= read;
    let text = String::from_utf8(bytes).map_err(|_| Refusal(400, "the headers are no text"))?;
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}

fn write(mut stream: &TcpStream, answer: &Answer) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        answer.status,
        reason(answer.status),
        answer.content_type,
        answer.body.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(answer.body.as_bytes())?;
    stream.flush()
}

fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        202 => "Accepted",
        400 => "Bad Request",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        415 => "Unsupported Media Type",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        503 => "Service Unavailable",
        _ => "Status",
    }
}
