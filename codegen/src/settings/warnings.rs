//! Warnings that are accepted: `[warnings.allow]`.

use super::{Accepted, Glob, Settings};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity, nearest};

/// Takes out the warnings that settings accept, and reports entries that fit none.
pub(crate) fn accept(settings: &Settings, diagnostics: &mut Diagnostics) {
    let mut used = vec![false; settings.accepted.len()];
    diagnostics.retain(|diagnostic| {
        let mut stays = true;
        if diagnostic.severity == Severity::Warning {
            let key = diagnostic.key();
            for (accepted, used) in settings.accepted.iter().zip(&mut used) {
                if fits(accepted, diagnostic.code, &key) {
                    *used = true;
                    stays = false;
                }
            }
        }
        stays
    });
    for (accepted, _) in settings.accepted.iter().zip(used).filter(|(_, used)| !used) {
        let text = &accepted.pattern.text;
        let known = Code::ALL.iter().map(|code| code.name());
        let code = text.split(':').next().unwrap_or_default();
        let help = match nearest(code, known) {
            Some(near) if near != code => format!("did you mean `{near}`?"),
            _ => "take it out, if the warning is gone".to_owned(),
        };
        diagnostics.push(
            Diagnostic::error(
                Code::UnusedSetting,
                accepted.pattern.span,
                format!("no warning fits `{text}` of `warnings.allow`"),
            )
            .help(help),
        );
    }
}

fn fits(accepted: &Accepted, code: Code, key: &str) -> bool {
    let pattern = accepted.pattern.text.as_str();
    pattern == code.name() || Glob::new(pattern).matches(key)
}
