//! Tables of codes, of values and of SOAP actions.

use super::*;

impl Walk<'_> {
    pub(super) fn codes(&mut self, table: &Table, roles: &[Option<Role>]) {
        let column = |wanted: &[Role]| {
            roles
                .iter()
                .position(|role| role.is_some_and(|role| wanted.contains(&role)))
        };
        let code = column(&[Role::Code])
            .or_else(|| column(&[Role::Name, Role::Value, Role::Id]))
            .unwrap_or(0);
        let meaning = column(&[Role::Description]).or_else(|| {
            (table.head.as_ref().map_or(2, |head| head.cells.len()) > 1)
                .then_some(usize::from(code == 0))
        });
        if table.rows.is_empty() {
            self.findings.push(Kind::Unknown, "L19", table.span, "this table of error codes has no rows: that is not to say that there are no errors");
            return;
        }
        let mut found: Vec<ErrorCode> = Vec::new();
        for row in &table.rows {
            let Some(cell) = row.cells.get(code).filter(|cell| !cell.is_empty()) else {
                continue;
            };
            let text = meaning
                .and_then(|at| row.cells.get(at))
                .map(|cell| cell.text.clone())
                .unwrap_or_default();
            for code in self.split_codes(cell) {
                if found.iter().any(|known| known.code == code) {
                    self.findings.push(
                        Kind::Oddity,
                        "L20",
                        cell.span,
                        format!("the code `{code}` is listed twice"),
                    );
                    continue;
                }
                found.push(ErrorCode {
                    code,
                    meaning: text.clone(),
                    span: cell.span,
                });
            }
        }
        if self.page.operations.is_empty() {
            self.page.catalogue.extend(found);
        } else {
            let faults = &mut self.operation().operation.faults;
            for code in found {
                if !faults.iter().any(|known| known.code == code.code) {
                    faults.push(code);
                }
            }
        }
    }

    /// The codes of a cell: mostly one; several with commas; one that a blank broke.
    fn split_codes(&mut self, cell: &Cell) -> Vec<String> {
        let text = cell.text.trim().trim_matches(['"', '\'', '.']);
        let parts: Vec<&str> = text
            .split([',', ';', '\n'])
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .collect();
        let mut codes = Vec::new();
        for part in &parts {
            if !part.contains(' ') {
                codes.push((*part).to_owned());
                continue;
            }
            let words: Vec<&str> = part.split(' ').filter(|word| !word.is_empty()).collect();
            let capitals = words
                .iter()
                .all(|word| values::is_code(word) && !word.chars().any(char::is_lowercase));
            let broken = capitals
                && words
                    .iter()
                    .any(|word| word.starts_with('_') || word.ends_with('_') || word.len() < 3);
            if broken
                || capitals
                    && words.iter().skip(1).any(|word| !word.contains('_'))
                    && words[0].contains('_')
            {
                let mended = words.concat();
                self.findings.push(
                    Kind::Repair,
                    "L15",
                    cell.span,
                    format!("the code `{part}` has a blank in it; read as `{mended}`"),
                );
                codes.push(mended);
            } else if capitals {
                codes.extend(words.iter().map(|word| (*word).to_owned()));
            } else {
                codes.push((*part).to_owned());
            }
        }
        if codes.len() > 1 {
            self.findings.push(
                Kind::Oddity,
                "L27",
                cell.span,
                format!(
                    "{} codes in one cell; each is listed with the same meaning",
                    codes.len()
                ),
            );
        }
        codes
    }

    pub(super) fn values(&mut self, table: &Table, roles: &[Option<Role>]) {
        let at = roles
            .iter()
            .position(|role| matches!(role, Some(Role::Value | Role::Code | Role::Name)))
            .unwrap_or(0);
        let meaning = roles
            .iter()
            .position(|role| *role == Some(Role::Description));
        let list: Vec<values::Value> = table
            .rows
            .iter()
            .filter_map(|row| {
                let value = row.cells.get(at).filter(|cell| !cell.is_empty())?;
                Some(values::Value {
                    value: value.text.trim_matches(['"', '\'', '`']).to_owned(),
                    meaning: meaning
                        .and_then(|at| row.cells.get(at))
                        .map(|cell| cell.text.clone())
                        .unwrap_or_default(),
                })
            })
            .collect();
        let name = self
            .now
            .subject
            .clone()
            .map(|subject| Fact::stated(subject.text.clone(), subject.span));
        match name {
            Some(name) if !list.is_empty() => self.page.enumerations.push(Enumeration {
                name,
                values: list,
                announced: true,
            }),
            _ => self.findings.push(
                Kind::Unknown,
                None,
                table.span,
                "nothing says whose values these are; they are left out",
            ),
        }
    }

    pub(super) fn actions(&mut self, table: &Table, roles: &[Option<Role>]) {
        let action = roles
            .iter()
            .position(|role| *role == Some(Role::Action))
            .unwrap_or(1);
        let name = usize::from(action == 0);
        for row in &table.rows {
            if let (Some(name), Some(action)) = (row.cells.get(name), row.cells.get(action))
                && !name.is_empty()
            {
                let fact = Fact::stated(action.text.trim_matches('"').to_owned(), action.span);
                self.page.actions.push((name.text.clone(), fact));
            }
        }
    }
}
