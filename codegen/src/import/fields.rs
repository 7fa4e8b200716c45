//! Rows of a field table to drafts of fields: every fact that the row's cells state.

mod facts;

use facts::set_size;

use super::description::{Fact, Field, FieldType, Location};
use super::dictionary::{Role, SECRETS};
use super::finding::{Findings, Kind};
use super::fit;
use super::model::{Cell, Row, Style, Table};
use super::notation::occurs::{Flag, flag, occurs, services};
use super::notation::prose::{Named, Told, in_description, in_name};
use super::notation::size::{Size, in_sentence, size};
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
    let joined = children(table, roles);
    let table = joined.as_ref().unwrap_or(table);
    let is_container = |at: usize| {
        let next = table.rows.get(at + 1);
        next.is_some_and(|next| next.depth > table.rows[at].depth)
    };
    table
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !repeats_head(row))
        .map(|(at, row)| {
            let placed = place(row, roles, table, findings);
            let mut reader = RowReader {
                cells: placed,
                row,
                table,
                findings,
                french,
                required,
            };
            reader.reading(roles, is_container(at))
        })
        .collect()
}

/// A table with a column of names and one of names of what stands in them: paths instead.
fn children(table: &Table, roles: &[Option<Role>]) -> Option<Table> {
    let name = roles.iter().position(|role| *role == Some(Role::Name))?;
    let child = roles.iter().position(|role| *role == Some(Role::Child))?;
    let text = |row: &Row, at: usize| {
        { row.cells.get(at) }.map_or(String::new(), |cell| cell.text.trim().to_owned())
    };
    if table.rows.iter().all(|row| text(row, child).is_empty()) {
        return None;
    }
    let mut table = table.clone();
    let mut open = String::new();
    for row in &mut table.rows {
        let (own, inner) = (text(row, name), text(row, child));
        if !own.is_empty() {
            open = own;
        }
        if !inner.is_empty()
            && !open.is_empty()
            && let Some(cell) = row.cells.get_mut(name)
        {
            cell.text = format!("{open}/{inner}");
            if let Some(inner) = row.cells.get_mut(child) {
                inner.text.clear();
            }
        }
    }
    Some(table)
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

/// A table some of whose rows have a cell too many, since the bar of `string | null` was taken for one of the
/// table's, with those rows mended.
pub(crate) fn mended(table: &Table) -> Option<Table> {
    let head = table.head.as_ref()?;
    let is_type = |cell: &Cell| super::dictionary::head(&cell.text) == Some(Role::Type);
    let at = head.cells.iter().position(is_type)?;
    let is_split = |row: &Row| {
        row.cells.len() == head.cells.len() + 1
            && ["null", "nil"].contains(&row.cells[at + 1].text.trim().to_lowercase().as_str())
            && types::parse(&row.cells[at].text).is_some()
    };
    if table.style != Style::Piped || !table.rows.iter().any(is_split) {
        return None;
    }
    let mut table = table.clone();
    for row in table.rows.iter_mut().filter(|row| is_split(row)) {
        let null = row.cells.remove(at + 1);
        let cell = &mut row.cells[at];
        cell.text.push_str(" | null");
        cell.span.end = null.span.end;
    }
    Some(table)
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

    fn reading(&mut self, roles: &[Option<Role>], container: bool) -> Reading {
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
            && !container
            && !roles.contains(&Some(Role::Child))
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
        told.add(&named.told);
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
        self.least(&field);
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
        let begins = self.text(Role::Description).unwrap_or_default();
        let cut = self.table.style == Style::Blanks
            && begins.chars().next().is_some_and(char::is_lowercase);
        let glued = self.table.style == Style::Glued || cut;
        let read = match (&read.base, &read.guess) {
            (Base::Named(name), None) if glued && read.lists == 0 => Type {
                guess: Some(format!(
                    "nothing parts the cells; where the type `{name}` begins and ends is not sure"
                )),
                ..read
            },
            _ => read,
        };
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
        if read.nillable {
            field.nillable = Some(Fact::stated(true, span));
        }
        if !read.values.is_empty() {
            let values = read.values.iter().map(|value| values::Value {
                value: value.clone(),
                meaning: String::new(),
            });
            field.values = Some(Fact::stated(values.collect(), span));
        }
        bare
    }

    fn table_lost_cells(&self) -> bool {
        self.table.style == Style::Labels
    }
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
