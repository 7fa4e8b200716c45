//! Fields of a request that go into the path, the query or header fields of HTTP.

use http::{HeaderMap, HeaderName};

use crate::auth::header_value;
use crate::error::RequestErrorKind;
use crate::json::Parameter;
use crate::percent;
use crate::shape::Location;

/// The fields of a record that do not go into the body.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Parameters<'a>(pub(crate) &'a [Parameter]);

impl Parameters<'_> {
    /// The path that `template` stands for.
    pub(crate) fn path(&self, template: &str) -> Result<String, RequestErrorKind> {
        let mut path = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            path.push_str(before);
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            let value = self.in_path(name).map_err(|reason| wrong(name, reason))?;
            percent::encode(value, &mut path);
            rest = after;
        }
        path.push_str(rest);
        Ok(path)
    }

    fn in_path(&self, name: &str) -> Result<&str, &'static str> {
        let mut values = self
            .at(Location::Path)
            .filter(|parameter| parameter.name == name);
        match (
            values.next().map(|parameter| parameter.value.as_str()),
            values.next(),
        ) {
            // A client or a server on the way would take it for a step in the tree.
            (Some("." | ".."), None) => Err("cannot be `.` or `..` in the path"),
            (Some(value), None) if !value.is_empty() => Ok(value),
            (_, Some(_)) => Err("has more than one value for the path"),
            (_, None) => Err("is in the path and must not be empty"),
        }
    }

    /// The query, without the question mark.
    pub(crate) fn query(&self) -> String {
        let mut query = String::new();
        for parameter in self.at(Location::Query) {
            if !query.is_empty() {
                query.push('&');
            }
            percent::encode(parameter.name, &mut query);
            query.push('=');
            percent::encode(&parameter.value, &mut query);
        }
        query
    }

    /// Adds the header fields.
    pub(crate) fn headers(&self, headers: &mut HeaderMap) -> Result<(), RequestErrorKind> {
        for parameter in self.at(Location::Header) {
            let refused = |reason| wrong(parameter.name, reason);
            let name = HeaderName::from_bytes(parameter.name.as_bytes())
                .map_err(|_| refused("is no name of an HTTP header"))?;
            let mut value = header_value(&parameter.value).map_err(refused)?;
            value.set_sensitive(parameter.secret);
            headers.append(name, value);
        }
        Ok(())
    }

    fn at(&self, location: Location) -> impl Iterator<Item = &Parameter> {
        self.0
            .iter()
            .filter(move |parameter| parameter.location == location)
    }
}

fn wrong(name: &str, reason: &'static str) -> RequestErrorKind {
    RequestErrorKind::Parameter {
        name: name.to_owned(),
        reason,
    }
}
