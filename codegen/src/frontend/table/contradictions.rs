//! What the cells of one row say together, and cannot mean.

use super::cells::Place;
use super::columns::{Cells, Column};
use super::document::Located;
use super::front_matter::Wire;
use super::rows::{Row, TableReader};
use super::types::Kind;
use crate::contract::{Absence, Occurs};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

impl TableReader<'_> {
    pub(super) fn check_absence(&mut self, row: &Row, cells: &Cells<'_>) {
        if row.absence == Absence::Implied {
            return;
        }
        let span = cells.get(Column::Absent).map_or(row.span, |cell| cell.span);
        let never = row.occurs.min > 0 && !row.nillable;
        let fault = if row.occurs.is_repeated() {
            Some((
                "a field that repeats is absent when there is none of it",
                "leave `Absent` empty",
            ))
        } else if never {
            Some((
                "a field that occurs once and cannot be nil is never absent",
                "leave `Absent` empty, or write `0..1` or nillable `yes`",
            ))
        } else if row.absence == Absence::Nil && !row.nillable {
            Some((
                "a field that is not nillable cannot be sent as nil",
                "write `omit` or `empty`, or nillable `yes`",
            ))
        } else {
            None
        };
        if let Some((message, help)) = fault {
            self.error(Code::ContradictoryOccurrence, span, message, help);
        }
    }

    pub(super) fn check_place(&mut self, row: &Row) {
        let place = row.place.value;
        let allowed = match self.wire {
            Wire::Json => place != Place::SoapHeader,
            _ => matches!(place, Place::Body | Place::SoapHeader),
        };
        if !allowed {
            let (message, help) = match self.wire {
                Wire::Json => (
                    "JSON messages have no SOAP header",
                    "an HTTP header is written `http-header`",
                ),
                _ => (
                    "SOAP messages have a body and headers, nothing else",
                    "write `body` or `header`",
                ),
            };
            self.error(Code::InvalidLocation, row.place.span, message, help);
            return;
        }
        if place == Place::Body {
            return;
        }
        let simple = matches!(row.notation.kind, Kind::Builtin(_) | Kind::Enumeration(_));
        let list = row.notation.list && place != Place::Query;
        if !matches!(place, Place::SoapHeader) && (!simple || list) {
            self.error(
                Code::InvalidLocation,
                row.place.span,
                "only a simple value can travel there",
                "put it into the body, or write its parts as fields of their own",
            );
        }
        if place == Place::SoapHeader && (row.notation.list || row.occurs.is_repeated()) {
            self.error(
                Code::InvalidLocation,
                row.place.span,
                "a SOAP header is there once",
                "write a type that holds the list",
            );
        }
        if place == Place::Path && (row.occurs != Occurs::ONCE || row.nillable) {
            self.error(
                Code::ContradictoryOccurrence,
                row.span,
                "a part of the path is always there",
                "write occurs `1` and nillable `no`",
            );
        }
    }

    pub(super) fn check_repetition(&mut self, row: &Row, span: Span) {
        let repeated = row.occurs.is_repeated();
        if self.wire != Wire::Json && row.notation.list && repeated {
            self.error(
                Code::ContradictoryOccurrence,
                span,
                "`T[]` is one element that holds the items, and cannot occur more than once",
                "write `1` or `0..1`, or the type without `[]` for an element that repeats itself",
            );
        } else if self.wire == Wire::Json && !row.notation.list && repeated {
            self.error(
                Code::ContradictoryOccurrence,
                span,
                "in JSON only an array holds more than one value",
                "write the type as `T[]`",
            );
        }
    }

    /// Wrapped lists say what their items are called.
    pub(super) fn item_names(&mut self, rows: &mut [Row]) {
        for row in rows {
            if row.notation.list && row.item.is_none() {
                let kind = match &row.notation.kind {
                    Kind::Builtin(builtin) => builtin.name(),
                    Kind::Object => "Item",
                    Kind::Record(name) | Kind::Enumeration(name) => name,
                };
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::MissingItemName,
                        row.span,
                        format!("nothing says what the items of `{}` are called", row.name),
                    )
                    .help(format!(
                        "name their element in a column `Item` (`{kind}`?), or, if there is no \
                         element around them, write the type without `[]` and occurs `0..n`"
                    )),
                );
                row.item = Some(Located::new(kind.to_owned(), row.span));
            }
            self.item_names(&mut row.children);
        }
    }
}
