//! Fields of a request that go into the path, the query or header fields of HTTP.

use http::{HeaderMap, HeaderName};

use crate::auth::header_value;
use crate::complex::ComplexType;
use crate::error::RequestErrorKind;
use crate::json;
use crate::percent;
use crate::shape::{Field, Location, Shape};
use crate::value::{ContentWriter, Value};

/// The fields of a record that do not go into the body.
#[derive(Debug, Default)]
pub(crate) struct Parameters(Vec<Parameter>);

#[derive(Debug)]
struct Parameter {
    name: &'static str,
    location: Location,
    /// In lexical form. `None`: it has none.
    values: Option<Vec<String>>,
}

impl Parameters {
    pub(crate) fn of(record: &impl ComplexType) -> Self {
        let mut parameters = Self::default();
        record.write_content(&mut parameters);
        parameters
    }

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
        let parameter = self.at(Location::Path).find(|parameter| parameter.name == name);
        let parameter = parameter.ok_or("is in the path and no field of the request")?;
        let values = parameter.values.as_deref().ok_or(NOT_SIMPLE)?;
        match values {
            // A client or a server on the way would take it for a step in the tree.
            [value] if value == "." || value == ".." => Err("cannot be `.` or `..` in the path"),
            [value] if !value.is_empty() => Ok(value),
            [_, _, ..] => Err("has more than one value for the path"),
            _ => Err("is in the path and must not be empty"),
        }
    }

    /// The query, without the question mark.
    pub(crate) fn query(&self) -> Result<String, RequestErrorKind> {
        let mut query = String::new();
        for parameter in self.at(Location::Query) {
            let values = parameter.values.as_ref().ok_or_else(|| wrong(parameter.name, NOT_SIMPLE))?;
            for value in values {
                if !query.is_empty() {
                    query.push('&');
                }
                percent::encode(parameter.name, &mut query);
                query.push('=');
                percent::encode(value, &mut query);
            }
        }
        Ok(query)
    }

    /// Adds the header fields.
    pub(crate) fn headers(&self, headers: &mut HeaderMap) -> Result<(), RequestErrorKind> {
        for parameter in self.at(Location::Header) {
            let refused = |reason| wrong(parameter.name, reason);
            let name = HeaderName::from_bytes(parameter.name.as_bytes())
                .map_err(|_| refused("is no name of an HTTP header"))?;
            for value in parameter.values.as_ref().ok_or_else(|| refused(NOT_SIMPLE))? {
                headers.append(&name, header_value(value).map_err(refused)?);
            }
        }
        Ok(())
    }

    fn at(&self, location: Location) -> impl Iterator<Item = &Parameter> {
        self.0.iter().filter(move |parameter| parameter.location == location)
    }
}

const NOT_SIMPLE: &str = "is a record, which fits into the body alone";

fn wrong(name: &str, reason: &'static str) -> RequestErrorKind {
    RequestErrorKind::Parameter { name: name.to_owned(), reason }
}
