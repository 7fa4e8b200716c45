//! Rows of a field table to drafts of fields: every fact that the row's cells state.

use super::description::{Fact, Field, FieldType, Location};
use super::dictionary::{Role, SECRETS};
use super::finding::{Findings, Kind};
use super::fit;
use super::model::{Cell, Row, Style, Table};
use super::notation::occurs::{Flag, flag, occurs};
use super::notation::prose::{Named, Told, in_description, in_name};
use super::notation::size::{Size, size};
use super::notation::types::{self, Base, Type};
use super::notation::values;
use crate::contract::Occurs;
use crate::source::Span;

/// A field and where the row puts it.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub field: Field,
    /// The name as it stands, path and all.
    pub written: String,
    pub depth: usize,
    pub id: Option<String>,
    pub parent: Option<String>,
    /// The whole path, where the row gives it beside the name.
    pub path: Option<String>,
    pub input: Option<bool>,
    pub output: Option<bool>,
    /// Not a field: the type of the items of the list above, whose fields follow.
    pub object: bool,
    /// The page says list, and not of what.
    pub bare_list: bool,
}

/// A row that is no field.
#[derive(Clone, Debug)]
pub(crate) enum Reading {
    Field(Box<Draft>),
    /// A title within the table: the name of what the rows below belong to.
    Title(Cell),
    /// A rule or remark that stands among the rows.
    Remark(Cell),
}

/// Reads the rows of `table`.
pub(crate) fn read(
    table: &Table,
    roles: &[Option<Role>],
    required: Option<Flag>,
    findings: &mut Findings,
) -> Vec<Reading> {
    let french = speaks_french(table, roles);
    table
        .rows
        .iter()
        .filter(|row| !repeats_head(row))
        .map(|row| {
            let placed = place(row, roles, table, findings);
            let mut reader = RowReader {
                cells: placed,
                row,
                table,
                findings,
                french,
                required,
            };
            reader.reading(roles)
        })
        .collect()
}

/// A head that is repeated within the table.
fn repeats_head(row: &Row) -> bool {
    row.cells.len() > 2
        && row
            .cells
            .iter()
            .filter(|cell| super::dictionary::head(&cell.text).is_some())
            .count()
            == row.cells.len()
}

/// Whether `O` and `N` are oui and non.
fn speaks_french(table: &Table, roles: &[Option<Role>]) -> bool {
    let Some(at) = roles.iter().position(|role| *role == Some(Role::Required)) else {
        return false;
    };
    let mut seen: Vec<&str> = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(at))
        .map(|cell| cell.text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    seen.sort_unstable();
    seen.dedup();
    seen == ["N", "O"]
}

/// The cells of a row by role, moved if they have shifted.
fn place<'a>(
    row: &'a Row,
    roles: &[Option<Role>],
    table: &Table,
    findings: &mut Findings,
) -> Vec<(Role, &'a Cell)> {
    let known: Vec<Role> = roles
        .iter()
        .map(|role| role.unwrap_or(Role::Other))
        .collect();
    let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
    let loose =
        matches!(table.style, Style::Piped | Style::Markup | Style::Tabs) && known.len() > 2;
    let filled = cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let (places, moved) = if loose && filled > 1 {
        fit::place(&cells, &known)
    } else {
        (
            (0..cells.len())
                .map(|at| (at < known.len()).then_some(at))
                .collect(),
            false,
        )
    };
    if moved {
        findings.push(
            Kind::Repair,
            "L26",
            row.span,
            format!(
                "the cells of this row stand in other columns than the head has them; read as {}",
                shown(&places, roles, &cells)
            ),
        );
    }
    let mut placed: Vec<(Role, &Cell)> = Vec::new();
    for (cell, column) in row.cells.iter().zip(places) {
        if let Some(role) = column.and_then(|column| roles.get(column).copied().flatten()) {
            placed.push((role, cell));
        } else if column.is_none() && !cell.is_empty() {
            findings.push(
                Kind::Oddity,
                "L26",
                cell.span,
                format!(
                    "a cell without a column: `{}` is left out",
                    short(&cell.text)
                ),
            );
        }
    }
    placed
}

fn shown(places: &[Option<usize>], roles: &[Option<Role>], cells: &[&str]) -> String {
    let parts: Vec<String> = places
        .iter()
        .zip(cells)
        .filter_map(|(column, cell)| {
            let role = roles.get((*column)?)?.as_ref()?;
            Some(
                format!("{role:?} `{}`", short(cell))
                    .to_lowercase()
                    .replacen(&cell.to_lowercase(), cell, 1),
            )
        })
        .collect();
    parts.join(", ")
}

pub(crate) fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() > 40 {
        format!("{}…", line.chars().take(39).collect::<String>())
    } else {
        line.to_owned()
    }
}

struct RowReader<'a> {
    cells: Vec<(Role, &'a Cell)>,
    row: &'a Row,
    table: &'a Table,
    findings: &'a mut Findings,
    french: bool,
    required: Option<Flag>,
}

impl RowReader<'_> {
    fn cell(&self, role: Role) -> Option<&Cell> {
        self.cells
            .iter()
            .find(|(known, cell)| *known == role && !cell.is_empty())
            .map(|(_, cell)| *cell)
    }

    fn text(&self, role: Role) -> Option<String> {
        self.cell(role).map(|cell| cell.text.clone())
    }

    fn reading(&mut self, roles: &[Option<Role>]) -> Reading {
        let name = self.cell(Role::Name).cloned();
        let filled = self
            .row
            .cells
            .iter()
            .filter(|cell| !cell.is_empty())
            .count();
        let first = self.row.cells.first().cloned();
        if let Some(cell) = &first
            && filled == 1
            && roles.len() > 2
            && name.is_some()
            && fit::fit(Role::Name, &cell.text).is_some_and(|score| score > 1)
            && self.table.style != Style::Labels
            && roles.contains(&Some(Role::Type))
        {
            return Reading::Title(cell.clone());
        }
        let named = name
            .as_ref()
            .map(|cell| in_name(&cell.text))
            .unwrap_or_default();
        if let Some(cell) = &name
            && !named.rest.is_empty()
            && self
                .cell(Role::Type)
                .is_none_or(|_| fit::fit(Role::Name, &cell.text).is_none_or(|score| score < 2))
            && named.rest.split_whitespace().count() > 1
        {
            return Reading::Remark(Cell::new(
                format!(
                    "{}: {}",
                    cell.text,
                    self.text(Role::Description).unwrap_or_default()
                ),
                self.row.span,
            ));
        }
        if named.name.is_empty() && filled == 0 {
            return Reading::Remark(Cell::new("", self.row.span));
        }
        Reading::Field(Box::new(self.draft(name.as_ref(), named)))
    }

    fn draft(&mut self, name: Option<&Cell>, named: Named) -> Draft {
        let span = name.map_or(self.row.span, |cell| cell.span);
        let written = named.name.clone();
        let fact = if written.is_empty() {
            Fact::unknown(span)
        } else {
            Fact::stated(written.clone(), span)
        };
        let description = self.text(Role::Description).unwrap_or_default();
        let (mut told, mut prose) = in_description(&description);
        merge(&mut told, &named.told);
        let mut field = Field::new(Vec::new(), fact);
        field.span = self.row.span;
        field.deprecated = told.deprecated;
        field.default = self
            .text(Role::Default)
            .or_else(|| told.default.clone())
            .filter(|text| {
                !["-", "–", "n/a", "none", "null"].contains(&text.to_lowercase().as_str())
            });
        field.example = self
            .text(Role::Example)
            .or_else(|| told.example.clone())
            .filter(|text| text != "-");
        let bare_list = self.kind(&mut field, &told);
        self.constraint(&mut field, &mut told, &mut prose);
        self.occurs(&mut field, &told);
        self.nillable(&mut field, &told);
        self.size(&mut field, &told, &mut prose);
        self.values(&mut field, &description);
        self.location(&mut field, &told);
        field.wire = self
            .cell(Role::Wire)
            .map(|cell| Fact::stated(in_name(&cell.text).name, cell.span));
        field.wire = field
            .wire
            .filter(|wire| wire.value.as_deref() != Some(written.as_str()));
        field.secret = is_secret(&written);
        field.prose = prose;
        let object = written.is_empty()
            && description.is_empty()
            && matches!(
                field.kind.value,
                Some(FieldType {
                    base: Base::Named(_),
                    ..
                })
            );
        Draft {
            depth: self.row.depth + named.depth,
            id: self.text(Role::Id),
            parent: self.text(Role::Parent),
            path: self.text(Role::Path).or(told.path),
            input: self
                .cell(Role::Input)
                .and_then(|cell| flag(&cell.text))
                .map(|flag| flag != Flag::No),
            output: self
                .cell(Role::Output)
                .and_then(|cell| flag(&cell.text))
                .map(|flag| flag != Flag::No),
            field,
            written,
            object,
            bare_list,
        }
    }

    /// The type; says whether it is a list of nobody knows what.
    fn kind(&mut self, field: &mut Field, told: &Told) -> bool {
        let cell = self.cell(Role::Type).cloned();
        let read = match &cell {
            Some(cell) => match types::charset(&cell.text).or_else(|| types::parse(&cell.text)) {
                Some(read) => Some((read, cell.span)),
                None => {
                    self.findings.push(
                        Kind::Unknown,
                        None,
                        cell.span,
                        format!("`{}` is no type that is known", short(&cell.text)),
                    );
                    None
                }
            },
            None => told.type_.clone().map(|read| (read, field.span)),
        };
        let read = read.or_else(|| {
            let cell = self.cell(Role::Size)?;
            let charset = size(&cell.text)?.charset?;
            let span = cell.span;
            types::parse(&format!("12 {charset}")).map(|read| (Type { size: None, ..read }, span))
        });
        let Some((read, span)) = read else {
            field.kind = Fact::unknown(field.span);
            return false;
        };
        if read.lists > 1 {
            self.findings.push(
                Kind::Unknown,
                None,
                span,
                "a list of lists: the descriptor has no word for it",
            );
            field.kind = Fact::unknown(span);
            return false;
        }
        let bare = read.base == Base::Unknown && read.lists == 1;
        let kind = FieldType {
            base: read.base.clone(),
            list: read.lists == 1,
        };
        field.kind = match (&read.guess, read.base == Base::Unknown && !bare) {
            (Some(reason), true) => {
                self.findings
                    .push(Kind::Unknown, None, span, reason.clone());
                Fact::unknown(span)
            }
            (Some(reason), false) => {
                self.findings.push(Kind::Guess, None, span, reason.clone());
                Fact::guess(kind, span, reason.clone())
            }
            (None, _) => Fact::stated(kind, span),
        };
        if let Some(read) = &read.size {
            set_size(field, read, span);
        }
        bare
    }

    fn occurs(&mut self, field: &mut Field, told: &Told) {
        if let Some(cell) = self.cell(Role::Occurs).cloned()
            && let Some(read) = occurs(&cell.text)
        {
            field.occurs = Fact::stated(read, cell.span);
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

    fn table_lost_cells(&self) -> bool {
        self.table.style == Style::Labels
    }

    fn flag(&self, text: &str) -> Option<Flag> {
        if self.french {
            return match text.trim() {
                "O" => Some(Flag::Yes),
                "N" => Some(Flag::No),
                _ => None,
            };
        }
        flag(text)
    }

    fn set_required(&mut self, field: &mut Field, read: Flag, span: Span, text: &str) {
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

    fn nillable(&mut self, field: &mut Field, told: &Told) {
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
            None => Fact::unknown(field.span),
        });
    }

    fn size(&mut self, field: &mut Field, told: &Told, prose: &mut String) {
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
            None => told.size.clone().map(|read| (read, field.span)),
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
    fn constraint(&mut self, field: &mut Field, told: &mut Told, prose: &mut String) {
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
            let (mut more, rest) = in_description(text);
            texts.extend(more.constraint.take().map(|text| (text, span)));
            merge(told, &more);
            let rest = rest.trim();
            if rest.is_empty()
                || ["none.", "none", "-", "n/a"].contains(&rest.to_lowercase().as_str())
            {
                continue;
            }
            let listed = values::in_cell(rest)
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

    fn values(&mut self, field: &mut Field, description: &str) {
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
        let Some(read) = values::in_prose(text) else {
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

    fn location(&mut self, field: &mut Field, told: &Told) {
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

fn merge(told: &mut Told, more: &Told) {
    let more = more.clone();
    told.required = told.required.or(more.required);
    told.occurs = told.occurs.or(more.occurs);
    told.type_ = told.type_.take().or(more.type_);
    told.size = told.size.take().or(more.size);
    told.default = told.default.take().or(more.default);
    told.example = told.example.take().or(more.example);
    told.path = told.path.take().or(more.path);
    told.constraint = told.constraint.take().or(more.constraint);
    told.location = told.location.take().or(more.location);
    told.nillable = told.nillable.or(more.nillable);
    told.deprecated |= more.deprecated;
}

/// `authService (R) creditService (O)`: what several services ask for.
fn services(text: &str) -> Option<Flag> {
    let marks: Vec<Flag> = text
        .split('(')
        .skip(1)
        .filter_map(|part| part.split(')').next())
        .filter_map(flag)
        .collect();
    match marks.as_slice() {
        [] => None,
        [Flag::Yes, rest @ ..] if rest.iter().all(|mark| *mark == Flag::Yes) => Some(Flag::Yes),
        [Flag::No, rest @ ..] if rest.iter().all(|mark| *mark == Flag::No) => Some(Flag::No),
        _ => Some(Flag::Conditional),
    }
}

fn is_decimal(field: &Field) -> bool {
    matches!(
        field.kind.value,
        Some(FieldType {
            base: Base::Builtin("decimal"),
            list: false
        })
    )
}

/// The size as the descriptor writes it: enforced on text, kept with a mark on all else.
fn set_size(field: &mut Field, read: &Size, span: Span) {
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

/// Whether a field's name says that its value is a secret.
pub(crate) fn is_secret(name: &str) -> bool {
    let last = name.rsplit(['/', '.']).next().unwrap_or(name);
    let plain: String = last
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect::<String>()
        .to_lowercase();
    SECRETS
        .iter()
        .any(|word| plain == *word || word.len() > 4 && plain.ends_with(word))
}
