//! A call over loopback, by the generated client and by hand: the same bytes posted with the same HTTP
//! client, settings included. By hand the answer is taken as it comes; the generated client also checks
//! and writes the request, and reads the answer into its record.

use std::hint::black_box;
use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use castile::transport::{Reqwest, Ureq};
use castile_clients::collector::information_service::{
    CustomerKey, GetAccountsRequest, GetAccountsResponse, InformationService,
};
use http::{HeaderMap, Request};

use crate::documents;
use crate::heap;
use crate::measure::{Bench, Row, Work};

/// What both sides give the HTTP clients.
const TOTAL: Duration = Duration::from_secs(60);
const CONNECT: Duration = Duration::from_secs(10);

/// Calls between two looks at the clock.
const BATCH: usize = 20;

/// A server that gives each request the same answer, and keeps connections open.
fn serve(answer: &str) -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}/service", listener.local_addr()?);
    let response = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Length: {}\r\n\r\n{answer}",
        answer.len()
    );
    thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            let response = response.clone();
            // A connection that breaks off is the client's to report.
            thread::spawn(move || drop(answer_all(connection, response.as_bytes())));
        }
    });
    Ok(address)
}

fn answer_all(connection: TcpStream, response: &[u8]) -> std::io::Result<()> {
    connection.set_nodelay(true)?;
    let mut reader = BufReader::with_capacity(64 << 10, connection);
    let mut line = String::new();
    let mut body = Vec::new();
    loop {
        let mut length = 0;
        loop {
            line.clear();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let Some((name, value)) = line.split_once(':') else {
                if line.trim_end().is_empty() {
                    break;
                }
                continue;
            };
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().unwrap_or_default();
            }
        }
        body.resize(length, 0);
        reader.read_exact(&mut body)?;
        reader.get_mut().write_all(response)?;
    }
}

fn client<T>(transport: T, address: &str) -> InformationService<T> {
    InformationService::new(transport, InformationService::UNVERIFIED_ACTIONS[0])
        .at(address)
        .credentials("ada", "a secret of ada")
}

fn question() -> GetAccountsRequest {
    GetAccountsRequest::new("SE", CustomerKey::RegNo("199901010000".into()), 1234)
}

/// What the generated client sends, for those who send it by hand.
fn posted<T>(client: &InformationService<T>) -> Request<Bytes> {
    let request = client.get_accounts(question()).request();
    request.expect("the request can be written")
}

fn check(response: &GetAccountsResponse, count: usize) {
    assert_eq!(response.accounts.as_ref().map(Vec::len), Some(count));
}

/// `GetAccounts` with an answer of four accounts: with a large one it is the reader that is measured.
pub fn run(bench: &mut Bench) {
    const COUNT: usize = 4;
    const DOCUMENT: &str = "accounts-4";
    let answer = documents::accounts(COUNT);
    let address = serve(&answer).expect("there is a free port");
    over_ureq(bench, DOCUMENT, &address, &answer, COUNT);
    over_reqwest(bench, DOCUMENT, &address, &answer, COUNT);
}

fn over_ureq(bench: &mut Bench, document: &'static str, address: &str, answer: &str, count: usize) {
    // As `Ureq::new` makes it.
    let agent = ureq::Agent::config_builder()
        .proxy(None)
        .user_agent("")
        .accept("")
        .accept_encoding("")
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .allow_non_standard_methods(true)
        .timeout_connect(Some(CONNECT))
        .timeout_global(Some(TOTAL))
        .build()
        .new_agent();
    let client = client(Ureq::from_agent(agent.clone()), address);
    let posted = posted(&client);
    let ours = || {
        let response = client.get_accounts(question()).send();
        check(&response.expect("the server answers"), count);
    };
    let by_hand = || {
        let mut request = agent.post(address);
        for (name, value) in posted.headers() {
            request = request.header(name, value);
        }
        let response = request.send(&posted.body()[..]);
        let mut response = response.expect("the server answers");
        let body = response.body_mut().read_to_vec();
        let body = body.expect("the answer is complete");
        assert_eq!(body.len(), answer.len());
        black_box(body);
    };
    let bytes = posted.body().len() + answer.len();
    alternate(
        bench,
        (document, bytes),
        ("castile over ureq", ours),
        ("by hand over ureq", by_hand),
    );
}

fn over_reqwest(
    bench: &mut Bench,
    document: &'static str,
    address: &str,
    answer: &str,
    count: usize,
) {
    // Nobody else sets one in this program.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http = reqwest::Client::builder()
        .http1_only()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .connect_timeout(CONNECT)
        .build()
        .expect("TLS can be set up");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("there is a runtime");
    let client = client(Reqwest::from_client(http.clone()), address);
    let posted = posted(&client);
    let headers: &HeaderMap = posted.headers();
    let ours = || {
        let response = runtime.block_on(async { client.get_accounts(question()).await });
        check(&response.expect("the server answers"), count);
    };
    let by_hand = || {
        let body = runtime.block_on(async {
            let request = http
                .post(address)
                .headers(headers.clone())
                .timeout(TOTAL)
                .body(posted.body().clone());
            request.send().await?.bytes().await
        });
        let body = body.expect("the answer is complete");
        assert_eq!(body.len(), answer.len());
        black_box(body);
    };
    let bytes = posted.body().len() + answer.len();
    alternate(
        bench,
        (document, bytes),
        ("castile over reqwest", ours),
        ("by hand over reqwest", by_hand),
    );
}

/// Measures both in turns, so that what else the machine does meets both.
fn alternate(
    bench: &mut Bench,
    (document, bytes): (&'static str, usize),
    (our_name, mut ours): (&'static str, impl FnMut()),
    (their_name, mut theirs): (&'static str, impl FnMut()),
) {
    let is_wanted = [our_name, their_name]
        .iter()
        .any(|name| bench.wants(Work::Call, document, name));
    if !is_wanted {
        return;
    }
    // The first call connects.
    ours();
    theirs();
    let our_heap = heap::of(&mut ours).1;
    let their_heap = heap::of(&mut theirs).1;
    let (mut our_times, mut their_times) = (Vec::new(), Vec::new());
    let begin = Instant::now();
    while begin.elapsed() < bench.patience() {
        our_times.push(batch(&mut ours));
        their_times.push(batch(&mut theirs));
    }
    for (competitor, mut times, heap) in [
        (our_name, our_times, our_heap),
        (their_name, their_times, their_heap),
    ] {
        times.sort_by(f64::total_cmp);
        bench.rows.push(Row {
            work: Work::Call,
            document,
            competitor,
            bytes,
            best: times[0],
            median: times[times.len() / 2],
            heap,
        });
    }
}

/// Nanoseconds of one call.
fn batch(call: &mut impl FnMut()) -> f64 {
    let start = Instant::now();
    for _ in 0..BATCH {
        call();
    }
    start.elapsed().as_secs_f64() * 1e9 / BATCH as f64
}
