//! The facts of one row.

use super::*;
use crate::import::dictionary::fold;

impl RowReader<'_> {
    pub(super) fn occurs(&mut self, field: &mut Field, told: &Told) {
        if let Some(cell) = self.cell(Role::Occurs).cloned()
            && let Some(read) = occurs(&cell.text)
        {
            field.occurs = Fact::stated(read, cell.span);
            return;
        }
        let bound = |role| self.cell(role).map(|cell| (fold(&cell.text), cell.span));
        if let (Some((min, span)), Some((max, _))) =
            (bound(Role::MinOccurs), bound(Role::MaxOccurs))
            && let Some(read) = occurs(&format!("{min}..{max}"))
        {
            field.occurs = Fact::stated(read, span);
            return;
        }
        if let (Some((min, span)), Some((max, _))) =
            (bound(Role::MinOccurs), bound(Role::MaxOccurs))
        {
            self.findings.push(
                Kind::Unknown,
                None,
                span,
                format!("`{min}` to `{max}` times: the descriptor has no word for it"),
            );
            return;
        }
        let cell = self
            .cell(Role::Required)
            .or_else(|| self.cell(Role::Occurs))
            .cloned();
        // A constraint column may say it: `Required`, `Max length: 10`.
        let read = cell.as_ref().map(|cell| (cell.text.clone(), cell.span));
        if let Some((text, span)) = read {
            if let Some(read) = self.flag(&text).or_else(|| services(&text)) {
                self.set_required(field, read, span, &text);
                return;
            }
            if let Some(read) = occurs(&text) {
                field.occurs = Fact::stated(read, span);
                return;
            }
            // Several words: the first that says it.
            let (told, _) = in_description(&text);
            if let Some(read) = told.required {
                self.set_required(field, read, span, &text);
                return;
            }
            self.findings.push(
                Kind::Unknown,
                None,
                span,
                format!("`{}` does not say whether this is required", short(&text)),
            );
            return;
        }
        if let Some(read) = told.occurs {
            field.occurs = Fact::stated(read, field.span);
        } else if let Some(read) = told.required {
            self.set_required(field, read, field.span, "");
        } else if let Some(read) = self.required {
            self.set_required(field, read, field.span, "");
        } else if self.cells.iter().any(|(role, _)| *role == Role::Required)
            && !self.table_lost_cells()
        {
            // An empty cell in a column of marks is no mark.
            field.occurs = Fact::guess(
                Occurs::OPTIONAL,
                field.span,
                "the cell that would say so is empty",
            );
            self.findings.push(
                Kind::Guess,
                None,
                self.row.span,
                format!(
                    "`{}` is taken to be optional: nothing marks it as required",
                    field.shown()
                ),
            );
        }
    }

    pub(super) fn flag(&self, text: &str) -> Option<Flag> {
        if self.french {
            return match text.trim() {
                "O" => Some(Flag::Yes),
                "N" => Some(Flag::No),
                _ => None,
            };
        }
        flag(text)
    }

    pub(super) fn set_required(&mut self, field: &mut Field, read: Flag, span: Span, text: &str) {
        field.occurs = match read {
            Flag::Yes => Fact::stated(Occurs::ONCE, span),
            Flag::No => Fact::stated(Occurs::OPTIONAL, span),
            Flag::Conditional => {
                let reason = match text.trim() {
                    "" => "required on a condition".to_owned(),
                    text => format!("required on a condition: {}", short(text)),
                };
                self.findings.push(
                    Kind::Guess,
                    "L11",
                    span,
                    format!("`{}` is {reason}; taken to be optional", field.shown()),
                );
                Fact::guess(Occurs::OPTIONAL, span, reason)
            }
        };
    }

    pub(super) fn nillable(&mut self, field: &mut Field, told: &Told) {
        if !self.cells.iter().any(|(role, _)| *role == Role::Nillable) && told.nillable.is_none() {
            return;
        }
        let read = self
            .cell(Role::Nillable)
            .map(|cell| (flag(&cell.text), cell.span))
            .or(told.nillable.map(|read| (Some(read), field.span)));
        field.nillable = Some(match read {
            Some((Some(Flag::Yes), span)) => Fact::stated(true, span),
            Some((Some(Flag::No), span)) => Fact::stated(false, span),
            Some((_, span)) => Fact::unknown(span),
            // The type may have said it.
            None => match field.nillable.take() {
                Some(known) => known,
                None => Fact::unknown(field.span),
            },
        });
    }

    pub(super) fn size(&mut self, field: &mut Field, told: &Told, prose: &mut String) {
        let cell = self.cell(Role::Size).cloned();
        let read = match &cell {
            Some(cell) => match size(&cell.text)
                .or_else(|| types::parse(&cell.text).and_then(|read| read.size))
            {
                Some(read) => Some((read, cell.span)),
                None => {
                    let (told, rest) = in_description(&cell.text);
                    if told.size.is_none() {
                        self.findings.push(
                            Kind::Unknown,
                            None,
                            cell.span,
                            format!("`{}` is no size that is known", short(&cell.text)),
                        );
                    }
                    if !rest.is_empty() && prose.is_empty() {
                        *prose = rest;
                    }
                    told.size.map(|read| (read, cell.span))
                }
            },
            None => { told.size.clone() }
                .or_else(|| in_sentence(prose).filter(|_| field.max.is_none()))
                .map(|read| (read, field.span)),
        };
        let Some((mut read, span)) = read else { return };
        if let Some(fraction) = self.cell(Role::Fraction).and_then(|cell| size(&cell.text)) {
            read.fraction = fraction
                .max
                .filter(|digits| *digits > 0 || is_decimal(field));
        }
        set_size(field, &read, span);
    }

    /// Ranges, formats and lists in a column of their own.
    pub(super) fn constraint(&mut self, field: &mut Field, told: &mut Told, prose: &mut String) {
        let mut texts: Vec<(String, Span)> = self
            .cells
            .iter()
            .filter(|(role, cell)| *role == Role::Constraint && !cell.is_empty())
            .map(|(_, cell)| (cell.text.clone(), cell.span))
            .collect();
        texts.extend(told.constraint.take().map(|text| (text, field.span)));
        let mut next = 0;
        while let Some((text, span)) = texts.get(next).cloned() {
            next += 1;
            let mut text = text.as_str();
            // `Required Max length: 10`.
            let first = text.split([' ', ',']).next().unwrap_or_default();
            if first.chars().count() > 4
                && let Some(read) = flag(first)
            {
                told.required = told.required.or(Some(read));
                text = text[first.len()..].trim_start_matches([' ', ',', '.', ';']);
            }
            if let Some(read) = size(text).filter(|read| read.max.is_some()) {
                set_size(field, &read, span);
                continue;
            }
            if let Some(inner) = text
                .strip_prefix('[')
                .and_then(|text| text.strip_suffix(']'))
            {
                text = inner.trim();
            }
            let (mut more, rest) = in_description(text);
            texts.extend(more.constraint.take().map(|text| (text, span)));
            told.add(&more);
            let rest = rest.trim();
            if rest.is_empty()
                || ["none.", "none", "-", "n/a"].contains(&rest.to_lowercase().as_str())
            {
                continue;
            }
            let dates = types::pattern(rest).is_some();
            let listed = values::in_cell(rest)
                .filter(|_| !dates)
                .filter(|read| read.list.iter().all(|value| values::is_code(&value.value)));
            if let Some(read) = size(rest).filter(|read| read.max.is_some()) {
                set_size(field, &read, span);
            } else if let Some(read) = listed {
                field.values = Some(Fact::stated(read.list, span));
            } else {
                // Kept in words.
                match prose.chars().next_back() {
                    None => {}
                    Some('.' | ';') => prose.push(' '),
                    Some(_) => prose.push_str("; "),
                }
                prose.push_str(rest);
            }
        }
    }

    pub(super) fn values(&mut self, field: &mut Field, description: &str) {
        if field.values.is_some() {
            return;
        }
        let Some(cell) = self.cell(Role::Description).cloned() else {
            return;
        };
        let text = if description.is_empty() {
            &cell.text
        } else {
            description
        };
        let announced = { self.cell(Role::Type) }
            .is_some_and(|cell| types::enumerated(&cell.text).is_some())
            .then(|| values::in_cell(text.lines().next().unwrap_or_default()))
            .flatten();
        let Some(read) = announced.or_else(|| values::in_prose(text)) else {
            return;
        };
        for broken in &read.mended {
            self.findings.push(
                Kind::Repair,
                "L15",
                cell.span,
                format!(
                    "the value `{broken}` has a blank in it; read as `{}`",
                    broken.split_whitespace().collect::<String>()
                ),
            );
        }
        let span = cell.span;
        field.values = Some(if read.guess {
            self.findings.push(
                Kind::Guess,
                "L23",
                span,
                format!(
                    "`{}` is taken to list values: {}",
                    field.shown(),
                    short(text)
                ),
            );
            Fact::guess(read.list, span, "nothing on the page calls them values")
        } else if read.mended.is_empty() {
            Fact::stated(read.list, span)
        } else {
            Fact::mended(read.list, span, "a blank stood in a value")
        });
    }

    /// Reports a smallest size, which descriptors have no place for.
    pub(super) fn least(&mut self, field: &Field) {
        if let Some(least) = field.least {
            self.findings.push(
                Kind::Oddity,
                None,
                self.row.span,
                format!(
                    "`{}` has a smallest size, too: {least}; descriptors hold the largest only",
                    field.shown()
                ),
            );
        }
    }

    pub(super) fn location(&mut self, field: &mut Field, told: &Told) {
        let text = self.text(Role::Location).or_else(|| told.location.clone());
        let Some(text) = text else { return };
        let location = match text.trim().to_lowercase().as_str() {
            "body" | "form" | "formdata" | "json" => Location::Body,
            "header" => Location::HttpHeader,
            "path" | "uri" | "url" => Location::Path,
            "query" | "querystring" => Location::Query,
            _ => return,
        };
        field.location = Fact::stated(location, field.span);
    }
}

pub(super) fn is_decimal(field: &Field) -> bool {
    matches!(
        field.kind.value,
        Some(FieldType {
            base: Base::Builtin("decimal"),
            list: false
        })
    )
}

/// The size as the descriptor writes it: enforced on text, kept with a mark on all else.
pub(super) fn set_size(field: &mut Field, read: &Size, span: Span) {
    field.least = read.min.filter(|least| *least > 0);
    let Some(max) = read.max else {
        if *read == Size::default() && field.max.is_none() {
            field.max = Some(Fact::stated("-".to_owned(), span));
        }
        return;
    };
    let text = matches!(
        field.kind.value,
        Some(FieldType {
            base: Base::Builtin("string" | "guid" | "anyURI" | "base64"),
            list: false
        })
    );
    let shown = match read.fraction {
        Some(fraction) => format!("{max},{fraction}?"),
        None if text => max.to_string(),
        None => format!("{max}?"),
    };
    field.max = Some(Fact::stated(shown, span));
}
