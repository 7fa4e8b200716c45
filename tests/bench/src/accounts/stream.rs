//! The accounts of a response one by one, from pieces as they come over a wire.

use bytes::Bytes;
use castile::stream::Decoder;
use castile::wire::{Binding, Branch, Operation, Repeated, StreamedResponse, one};
use castile::{Port, ReadError};
use castile_clients::collector::information_service::operations::GetAccounts;
use castile_clients::collector::information_service::{Account, GetAccountsResponse};
use http::Response;

use crate::measure::{Bench, Work};

const NAMESPACE: &str = "http://schemas.ecommerce.collector.se/v30/InformationService";

/// So many bytes come at once.
const PIECE: usize = 16 << 10;

/// `GetAccounts`, as it would be generated with `stream = ["GetAccounts"]`.
#[derive(Debug)]
struct Streamed;

impl Operation for Streamed {
    type Request = <GetAccounts as Operation>::Request;
    type Response = GetAccountsResponse;
    type Code = <GetAccounts as Operation>::Code;
    type Detail = <GetAccounts as Operation>::Detail;
    const BINDING: &'static Binding = GetAccounts::BINDING;
}

impl StreamedResponse for Streamed {
    type Item = Account;
    const ITEMS: &'static Repeated = &Repeated::new(
        NAMESPACE,
        &[],
        one("Accounts").nillable().wrapped("Account"),
    );

    fn read_item(item: Branch<'_, '_>) -> Result<Account, ReadError> {
        item.read()
    }
}

/// Reads all and keeps none: how many there were.
fn read(port: &Port<()>, body: &Bytes) -> usize {
    let mut rest = body.clone();
    let mut decoder: Decoder<Streamed> = port
        .decoder(&Response::new(()))
        .expect("the answer can be read so");
    let mut count = 0;
    loop {
        match decoder.next_item() {
            Some(item) => {
                item.expect("the document is a response");
                count += 1;
            }
            None if decoder.is_done() => return count,
            None if rest.is_empty() => decoder.end(),
            None => decoder.feed(rest.split_to(PIECE.min(rest.len()))),
        }
    }
}

/// From pieces to accounts that are dropped.
pub fn decode(bench: &mut Bench, name: &'static str, document: &str) {
    let body = Bytes::from(document.to_owned());
    let at = (name, document.len());
    let port = Port::new((), "http://localhost/");
    bench.measure(
        Work::Decode,
        at,
        "castile, items from a stream",
        || &port,
        |port| read(port, &body),
    );
}
