//! Sentences, lists and samples: what stands between the tables.

use super::*;

impl Walk<'_> {
    pub(super) fn paragraph(&mut self, cell: &Cell) {
        let text = cell.text.trim();
        if let Some((method, address)) = call(text) {
            self.call(method, address, cell.span);
            return;
        }
        // `Request: POST /orders`
        if let Some((label, rest)) = text.split_once(':')
            && label.split_whitespace().count() <= 3
            && let Some((method, address)) = call(rest.trim_matches(['`', ' ']))
        {
            self.call(method, address, cell.span);
            return;
        }
        if self.about_items(std::slice::from_ref(cell)) {
            return;
        }
        self.soap_words(text, cell.span);
        if let Some((key, value)) = text.split_once(':')
            && fold(key) == "soapaction"
        {
            let value = value.trim().trim_matches('"').to_owned();
            self.operation().operation.action = Some(Fact::stated(value, cell.span));
            return;
        }
        let looks_like_code = text.ends_with([';', '{', '}'])
            || text.contains("@\"")
            || text.starts_with("//")
            || text.starts_with('[');
        let reading = self.operation();
        if looks_like_code {
            reading.code.push_str(text);
            reading.code.push('\n');
            return;
        }
        reading.sentences.push(cell.clone());
        let described = reading.operation.request.is_some() || reading.operation.response.is_some();
        let early = !described
            && self
                .now
                .section
                .is_none_or(|section| section == Section::Neutral);
        let status = self.now.status;
        let reading = self.operation();
        if let Some(status) = status
            && let Some(known) = reading
                .operation
                .statuses
                .iter_mut()
                .find(|known| known.code == status)
            && known.meaning.is_empty()
        {
            known.meaning = text.to_owned();
        } else if early && text.split_whitespace().count() > 3 {
            if reading.operation.prose.is_empty() {
                reading.operation.prose_span = cell.span;
            } else {
                reading.operation.prose.push(' ');
            }
            reading.operation.prose.push_str(text);
        }
    }

    pub(super) fn list(&mut self, items: &[Cell]) {
        if self.about_items(items) {
            return;
        }
        let texts: Vec<&str> = items.iter().map(|item| item.text.as_str()).collect();
        let code = texts
            .iter()
            .any(|text| text.contains(';') && text.contains(['(', '=', '"']));
        if code {
            let reading = self.operation();
            for text in &texts {
                reading.code.push_str(text);
                reading.code.push('\n');
            }
            return;
        }
        for item in items {
            self.operation().sentences.push(item.clone());
        }
        let found = values::in_items(texts.iter().copied());
        let named = self
            .now
            .subject
            .clone()
            .filter(|subject| values::is_code(&subject.text));
        if let (Some(found), Some(subject)) = (found, named)
            && found.list.len() >= 2
        {
            self.page.enumerations.push(Enumeration {
                name: Fact::stated(subject.text.clone(), subject.span),
                values: found.list,
                announced: self.now.section == Some(Section::Values),
            });
        }
    }

    pub(super) fn code(&mut self, cell: &Cell) {
        self.soap_words(&cell.text, cell.span);
        let Some(exchange) = exchanges::read(&cell.text) else {
            return self.sample(cell, None);
        };
        self.exchange(&exchange, cell.span);
        let direction = match exchange.status {
            Some(status) if status >= 300 => Direction::Error(status),
            Some(_) => Direction::Response,
            None => Direction::Request,
        };
        if !exchange.body.is_empty() {
            let body = Cell::new(exchange.body, cell.span);
            self.sample(&body, Some(direction));
        }
    }

    /// A sample of a message; `direction` where what is around it says which way it goes.
    fn sample(&mut self, cell: &Cell, direction: Option<Direction>) {
        let now = self.now.clone();
        let Some(payload) = sample::read(&cell.text) else {
            let cut = cell.text.trim_start().starts_with(['<', '{']);
            if cut {
                self.findings.push(
                    Kind::Oddity,
                    "L19",
                    cell.span,
                    "this example is cut off or not well-formed; it is left out",
                );
            }
            let reading = self.operation();
            reading.code.push_str(&cell.text);
            return;
        };
        let by_section = match (now.status, now.section) {
            (Some(status), _) if status >= 300 => Some(Direction::Error(status)),
            (Some(_), _) => Some(Direction::Response),
            (None, Some(Section::Request | Section::ExampleRequest)) => Some(Direction::Request),
            (None, Some(Section::Response | Section::ExampleResponse)) => Some(Direction::Response),
            (None, Some(Section::Errors)) => Some(Direction::Error(0)),
            _ => None,
        };
        let first = !self
            .operation()
            .operation
            .samples
            .iter()
            .any(|sample| sample.direction == Direction::Request);
        let guess = if first {
            Direction::Request
        } else {
            Direction::Response
        };
        let direction = payload
            .direction()
            .or(direction)
            .or(by_section)
            .unwrap_or_else(|| {
                self.findings.push(
                    Kind::Guess,
                    None,
                    cell.span,
                    format!(
                        "nothing says what this example is of; taken for a {}",
                        if first { "request" } else { "response" }
                    ),
                );
                guess
            });
        let reading = self.operation();
        reading.operation.samples.push(Sample {
            direction,
            text: cell.text.clone(),
            json: payload.json,
            span: cell.span,
        });
    }
}
