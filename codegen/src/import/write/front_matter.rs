//! The front matter: what no table says.

use super::*;

impl Writer<'_> {
    pub(super) fn front_matter(&mut self, sources: &[PageSource]) {
        let service = self.service;
        self.line("+++");
        let name = service.name.value.clone().or_else(|| self.only_name());
        let guessed = service.name.value.is_none() && name.is_some();
        let note = if guessed {
            "    # a guess: no page names the service"
        } else {
            ""
        };
        self.line(format!("service = {}{note}", known(name.as_deref())));
        let protocol = service.protocol.value.map(Protocol::word);
        let guess = if service.protocol.confidence == Confidence::Guess {
            "    # a guess: no example shows the envelope"
        } else {
            ""
        };
        self.line(format!("protocol = {}{guess}", known(protocol)));
        let json = service.protocol.value == Some(Protocol::Json);
        if !json {
            self.line(format!(
                "namespace = {}",
                known(service.namespace.value.as_deref())
            ));
            self.action();
            self.auth();
        }
        self.endpoints();
        self.sources(sources);
        for operation in &service.operations {
            self.operation_facts(operation, json);
        }
        self.line("+++");
    }

    /// The name of a service that has no other than its only operation's.
    pub(super) fn only_name(&self) -> Option<String> {
        match self.service.operations.as_slice() {
            [only] => only.name.value.as_deref().map(capitalised),
            _ => None,
        }
    }

    pub(super) fn action(&mut self) {
        let known = self
            .service
            .operations
            .iter()
            .all(|operation| operation.action.is_some());
        if known && !self.service.operations.is_empty() {
            return;
        }
        let address = self
            .service
            .endpoints
            .iter()
            .filter_map(|(_, address)| address.value.as_deref())
            .next()
            .unwrap_or_default()
            .to_lowercase();
        // What servers of each kind mostly take. The client asks for the action all the same.
        let candidates: &[&str] = if address.ends_with(".svc") {
            &[
                "{namespace}/I{service}/{operation}",
                "{namespace}/{operation}",
            ]
        } else if address.ends_with(".asmx") {
            &["{namespace}/{operation}"]
        } else {
            &["", "{namespace}/{operation}"]
        };
        let shown: Vec<String> = candidates
            .iter()
            .map(|candidate| toml_string(candidate))
            .collect();
        self.line("action = \"?\"    # on no page");
        self.line(format!("action-candidates = [{}]", shown.join(", ")));
    }

    pub(super) fn auth(&mut self) {
        let mut headers = self
            .service
            .operations
            .iter()
            .filter_map(|operation| operation.request.as_ref())
            .flat_map(|request| &request.record.fields)
            .filter(|field| field.location.value == Some(Location::SoapHeader))
            .filter(|field| field.parents.is_empty());
        let user = headers.clone().find(|field| {
            let plain = field.wire_name().to_lowercase();
            crate::import::dictionary::USERS
                .iter()
                .any(|word| plain.ends_with(word))
        });
        let password = headers.find(|field| field.secret);
        if let (Some(user), Some(password)) = (user, password) {
            let line = format!(
                "auth = {{ username = {}, password = {} }}",
                toml_string(user.wire_name()),
                toml_string(password.wire_name())
            );
            self.line(line);
        }
    }

    pub(super) fn endpoints(&mut self) {
        self.line("\n[endpoint]");
        if self.service.endpoints.is_empty() {
            self.line("production = \"?\"    # on no page");
        }
        for (name, address) in &self.service.endpoints {
            let line = match (&address.value, address.confidence) {
                (None, _) => format!("{name} = \"?\""),
                (Some(address), Confidence::Guess) => {
                    format!(
                        "{name} = {{ value = {}, verified = false, from = \"inferred\" }}",
                        toml_string(address)
                    )
                }
                (Some(address), _) => format!("{name} = {}", toml_string(address)),
            };
            self.line(line);
        }
    }

    pub(super) fn sources(&mut self, sources: &[PageSource]) {
        if sources.is_empty() {
            return;
        }
        self.line("\n[source]");
        for (at, source) in sources.iter().enumerate() {
            let keys = [
                ("url", &source.url),
                ("retrieved", &source.retrieved),
                ("language", &source.language),
                ("vendored", &source.vendored),
                ("sha256", &Some(source.sha256.clone())),
            ];
            for (key, value) in keys {
                if let Some(value) = value {
                    self.line(format!("{} = {}", numbered(key, at), toml_string(value)));
                }
            }
        }
        if let [_] = sources
            && !self.service.title.is_empty()
        {
            let title = format!("title = {}", toml_string(&self.service.title));
            self.line(title);
        }
    }

    pub(super) fn operation_facts(&mut self, operation: &Operation, json: bool) {
        let mut lines = Vec::new();
        if let Some(action) = operation.action.as_ref().filter(|_| !json) {
            lines.push(format!("action = {}", known(action.value.as_deref())));
        }
        if json {
            let note = match operation.method {
                Some(_) => "",
                None => "    # a guess: no page names the method",
            };
            lines.push(format!(
                "method = {}{note}",
                toml_string(operation.method.as_deref().unwrap_or("POST"))
            ));
            lines.push(format!("path = {}", known(operation.path.as_deref())));
            for status in &operation.statuses {
                let Some(body) = &status.body else { continue };
                let mut parts = vec![format!("body = {}", toml_string(body))];
                let (code, reason) = self.error_paths(body);
                parts.extend(code.map(|path| format!("code = {}", toml_string(&path))));
                parts.extend(reason.map(|path| format!("reason = {}", toml_string(&path))));
                let meaning = reduced(&status.meaning);
                if !meaning.is_empty() {
                    parts.push(format!("description = {}", toml_string(&meaning)));
                }
                lines.push(format!(
                    "status.{} = {{ {} }}",
                    status.code,
                    parts.join(", ")
                ));
            }
        }
        if lines.is_empty() {
            return;
        }
        let name = operation.name.value.as_deref().unwrap_or("?");
        let plain = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        let shown = if plain {
            name.to_owned()
        } else {
            toml_string(name)
        };
        self.line(format!("\n[operation.{shown}]"));
        for line in lines {
            self.line(line);
        }
    }

    /// Where a body of errors has its code and its text, by the names of its fields.
    pub(super) fn error_paths(&self, body: &str) -> (Option<String>, Option<String>) {
        let table = self
            .service
            .types
            .iter()
            .find(|table| table.name.value.as_deref() == Some(body));
        let Some(table) = table else {
            return (None, None);
        };
        let find = |names: &[&str]| {
            names.iter().find_map(|name| {
                let field = table
                    .record
                    .fields
                    .iter()
                    .find(|field| field.shown().eq_ignore_ascii_case(name))?;
                Some(field.path().join("/"))
            })
        };
        (
            find(&["code", "errorcode", "error_code", "faultcode"]),
            find(&[
                "message",
                "errormessage",
                "description",
                "reason",
                "text",
                "detail",
            ]),
        )
    }
}

/// The key of a fact about one of several pages: `sha256`, `sha256-2`.
pub(crate) fn numbered(key: &str, at: usize) -> String {
    match at {
        0 => key.to_owned(),
        at => format!("{key}-{}", at + 1),
    }
}
