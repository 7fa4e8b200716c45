//! Samples with what HTTP puts before them, and command lines of curl.

use super::*;

/// A request or answer as pages show it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Exchange {
    /// Method and address of a request.
    pub call: Option<(String, String)>,
    /// The status of an answer.
    pub status: Option<u16>,
    pub action: Option<String>,
    pub body: String,
}

/// Reads `POST /path HTTP/1.1` or `HTTP/1.1 200 OK` with headers and a body, `POST /path` alone, or
/// `curl -X POST https://host/path -d '…'`; `None` if a text is none of these.
pub(super) fn read(text: &str) -> Option<Exchange> {
    let text = text.trim();
    if let Some(rest) = text.trim_start_matches("$ ").strip_prefix("curl ") {
        return curl(rest);
    }
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut exchange = Exchange::default();
    if let Some(status) = first.strip_prefix("HTTP/") {
        exchange.status = Some(status.split_whitespace().nth(1)?.parse().ok()?);
    } else {
        let (method, address) = call(first)?;
        exchange.call = Some((method.to_owned(), address.to_owned()));
    }
    let mut host = None;
    let mut rest = rest;
    while let Some((name, value)) = header(rest) {
        match name.to_ascii_lowercase().as_str() {
            "host" => host = Some(value.to_owned()),
            "soapaction" => exchange.action = Some(value.trim_matches('"').to_owned()),
            _ => {}
        }
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    rest.trim().clone_into(&mut exchange.body);
    if let (Some((_, address)), Some(host)) = (&mut exchange.call, host)
        && address.starts_with('/')
    {
        *address = format!("https://{host}{address}");
    }
    Some(exchange)
}

/// `Name: value` in the first line of a text.
fn header(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.lines().next()?.split_once(':')?;
    let token = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    (!name.is_empty() && name.bytes().all(token)).then_some((name, value.trim()))
}

fn curl(text: &str) -> Option<Exchange> {
    let words = words(text);
    let mut words = words.iter().map(String::as_str);
    let (mut method, mut address, mut exchange) = (None, None, Exchange::default());
    while let Some(word) = words.next() {
        match word {
            "-X" | "--request" => method = words.next(),
            "-d" | "--data" | "--data-raw" | "--data-binary" => {
                words.next()?.clone_into(&mut exchange.body);
            }
            "-H" | "--header" => {
                let (name, value) = words.next()?.split_once(':')?;
                if name.trim().eq_ignore_ascii_case("soapaction") {
                    exchange.action = Some(value.trim().trim_matches('"').to_owned());
                }
            }
            "--url" => address = words.next(),
            _ if word.contains("://") && !word.starts_with('-') => address = Some(word),
            _ => {}
        }
    }
    let usual = if exchange.body.is_empty() {
        "GET"
    } else {
        "POST"
    };
    exchange.call = Some((method.unwrap_or(usual).to_owned(), address?.to_owned()));
    Some(exchange)
}

/// The words of a command line: quotes keep blanks, a backslash at the end of a line goes on with the next.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut quote: Option<char> = None;
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (Some('"') | None, '\\') => match characters.next() {
                Some('\n') | None => {}
                Some(escaped) => word.get_or_insert_default().push(escaped),
            },
            (Some(_), _) => word.get_or_insert_default().push(character),
            (None, '\'' | '"') => {
                quote = Some(character);
                word.get_or_insert_default();
            }
            (None, _) if character.is_whitespace() => words.extend(word.take()),
            (None, _) => word.get_or_insert_default().push(character),
        }
    }
    words.extend(word);
    words
}

impl Walk<'_> {
    /// Takes what an exchange says beside its body.
    pub(super) fn exchange(&mut self, exchange: &Exchange, span: Span) {
        let is_soap = exchange.action.is_some() || exchange.body.contains("Envelope");
        if is_soap {
            self.page.soap = true;
        }
        if let Some(action) = &exchange.action {
            let operation = &mut self.operation().operation;
            let fact = || Fact::example(action.clone(), span);
            operation.action.get_or_insert_with(fact);
        }
        let Some((method, address)) = &exchange.call else {
            return;
        };
        if is_soap {
            if self.page.endpoints.is_empty() {
                self.endpoint(address, None, span);
            }
        } else if self.operation().operation.path.is_none() {
            self.call(method, address, span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exchanges() {
        let soap =
            read("POST /s.asmx HTTP/1.1\nHost: h.example\nSOAPAction: \"urn:a\"\n\n<Envelope/>");
        let call = |method: &str, address: &str| Some((method.to_owned(), address.to_owned()));
        let expected = Exchange {
            call: call("POST", "https://h.example/s.asmx"),
            action: Some("urn:a".to_owned()),
            body: "<Envelope/>".to_owned(),
            status: None,
        };
        assert_eq!(soap, Some(expected));
        let answer = read("HTTP/1.1 404 Not Found\nContent-Type: application/json\n\n{}");
        let answer = answer.map(|answer| (answer.status, answer.body));
        assert_eq!(answer, Some((Some(404), "{}".to_owned())));
        let curl = read(
            "curl -X PUT 'https://h.example/v1/a' \\\n  -H \"Accept: text/json\" \\\n  -d '{\"a\": \"it is\"}'",
        );
        let curl = curl.map(|curl| (curl.call, curl.body));
        let expected = (
            call("PUT", "https://h.example/v1/a"),
            "{\"a\": \"it is\"}".to_owned(),
        );
        assert_eq!(curl, Some(expected));
        let get = read("curl https://h.example/v1/a").and_then(|curl| curl.call);
        assert_eq!(get, call("GET", "https://h.example/v1/a"));
        assert_eq!(read("curl --help"), None);
        assert_eq!(read("{\"a\": 1}"), None);
        assert_eq!(read("<a/>"), None);
    }
}
