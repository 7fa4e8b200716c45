//! What is left unknown in the end, and what the page says against itself.

use super::*;

/// Names of users and passwords among headers.
pub(super) fn credentials(request: &mut Message, findings: &mut Findings) {
    for field in &mut request.record.fields {
        let plain: String = field
            .shown()
            .chars()
            .filter(|c| c.is_alphanumeric())
            .collect::<String>()
            .to_lowercase();
        let about = SECRETS.contains(&plain.as_str()) || USERS.contains(&plain.as_str());
        let top = field.parents.is_empty() && field.location.value == Some(Location::Body);
        if about && top && field.secret {
            findings.push(
                Kind::Guess,
                "L03",
                field.span,
                format!(
                    "`{}` may travel elsewhere than in the body: no example shows where",
                    field.shown()
                ),
            );
        }
    }
}

/// What nobody knows in the end.
pub(crate) fn unknowns(service: &Service, findings: &mut Findings) {
    let messages = { service.operations.iter() }
        .flat_map(|operation| [operation.request.as_ref(), operation.response.as_ref()])
        .flatten()
        .map(|message| &message.record);
    let records = messages.chain(service.types.iter().map(|table| &table.record));
    for field in records.flat_map(|record| &record.fields) {
        if field.name.value.is_none() {
            let prose = crate::import::fields::short(&field.prose);
            findings.push(
                Kind::Unknown,
                "L25",
                field.span,
                format!("the name of this field is lost: `{prose}`"),
            );
        } else if field.kind.value.is_none() {
            findings.push(
                Kind::Unknown,
                None,
                field.span,
                format!("nothing says the type of `{}`", field.path().join("/")),
            );
        }
    }
}

/// Fields of calls without a body travel in the query.
pub(super) fn queries(operation: &mut Operation, findings: &mut Findings) {
    let bodiless =
        ["GET", "DELETE", "HEAD"].contains(&operation.method.as_deref().unwrap_or_default());
    let Some(request) = operation.request.as_mut().filter(|_| bodiless) else {
        return;
    };
    for field in &mut request.record.fields {
        let scalar = matches!(
            field.kind.value,
            None | Some(FieldType {
                base: Base::Builtin(_),
                ..
            })
        );
        let unsaid =
            field.location.value == Some(Location::Body) && field.location.span == field.name.span;
        if field.parents.is_empty() && unsaid && scalar {
            findings.push(
                Kind::Guess,
                None,
                field.span,
                format!(
                    "`{}` is taken to travel in the query: the call has no body",
                    field.shown()
                ),
            );
            field.location = Fact::guess(
                Location::Query,
                field.span,
                "a call of this method has no body",
            );
        }
    }
}

/// What the descriptions and the flags of one operation say against each other.
pub(super) fn contradictions(operation: &Operation, findings: &mut Findings) {
    let messages = [&operation.request, &operation.response];
    for field in messages
        .into_iter()
        .flatten()
        .flat_map(|message| &message.record.fields)
    {
        let prose = fold(&field.prose);
        let conditional = [
            "only nillable if",
            "required if",
            "mandatory if",
            "only if",
            "required for",
            "forbidden for",
            "wymagane gdy",
            "wymagane jesli",
        ];
        if conditional.iter().any(|words| prose.contains(words)) {
            findings.push(
                Kind::Oddity,
                "L11",
                field.span,
                format!(
                    "the description of `{}` has a condition that its flags do not show",
                    field.path().join("/")
                ),
            );
        }
        if let Some(FieldType {
            base: Base::Builtin(builtin),
            list,
        }) = &field.kind.value
            && let Some(max) = field.max.as_ref().and_then(|max| max.value.as_deref())
            && max.ends_with('?')
        {
            let what = if *list { "a list" } else { builtin };
            findings.push(
                Kind::Oddity,
                "L09",
                field.span,
                format!(
                    "a size of `{}` on {what} can be read in more than one way; kept as `{max}`",
                    max.trim_end_matches('?')
                ),
            );
        }
        if prose.contains("alpha-2")
            && field
                .max
                .as_ref()
                .and_then(|max| max.value.as_deref())
                .is_some_and(|max| max != "2" && max != "-")
        {
            findings.push(Kind::Oddity, "L06", field.span, format!("`{}` is an alpha-2 code of two letters by its description, and its size is another", field.shown()));
        }
    }
}
