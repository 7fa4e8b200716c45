//! How often an element may be there, whether it may be nil, and what is meant where it is not there.

use super::super::report::Direction;
use super::content::Member;
use super::members::is_absent_tolerated;
use super::{Judged, breaking, compatible, unknown};
use crate::contract::{Absence, Compositor, ElementDeclaration, Location, Occurs, ValueConstraint};

/// What the old client may write, held against the new declaration.
pub(super) fn request(
    old: &Member,
    new: &Member,
    one: &ElementDeclaration,
    other: &ElementDeclaration,
    found: &mut Vec<Judged>,
) {
    let (was, is) = (old.occurs, new.occurs);
    if is.min > was.min && !new.claimed {
        let why = match was.min {
            0 => "it must be sent now, and could be left out".to_owned(),
            _ => format!(
                "it must be sent {} times at least, it was {}",
                is.min, was.min
            ),
        };
        found.push(breaking("minimum-raised", why, "always send it"));
    } else if is.min > was.min || new.claimed && !old.claimed && is.min > 0 {
        found.push(unknown(
            "minimum-raised",
            "the documentation claims that it must be sent now",
            "try a call without it, or ask the provider",
        ));
    }
    if is
        .max
        .is_some_and(|most| was.max.is_none_or(|was| was > most))
    {
        let most = is.max.unwrap_or_default();
        let why = format!("it may be sent {most} times, it could be {}", times(was));
        found.push(breaking("maximum-lowered", why, "send fewer of it"));
    }
    let widened = is.min < was.min || is.max != was.max && found.is_empty();
    if widened && found.is_empty() {
        let why = format!("it may be sent {}, it was {}", times(is), times(was));
        found.push(compatible("occurrence-widened", why));
    }
    found.extend(turns(Direction::Request, old, new));
    match (one.nillable, other.nillable) {
        (true, false) => found.push(breaking(
            "nil-refused",
            "nil is no longer allowed; old clients send it where there is no value",
            "always give a value",
        )),
        (false, true) => found.push(compatible(
            "nil-allowed",
            "nil may be sent now, and need not",
        )),
        _ => {}
    }
    let absences = (one.annotation.absence, other.annotation.absence);
    if absences.0 != absences.1 {
        let shown = |absence| match absence {
            Absence::Implied => "what occurrence and nil imply",
            Absence::Omit => "nothing",
            Absence::Nil => "nil",
            Absence::Empty => "an empty element",
        };
        let why = format!(
            "where there is no value, {} is sent now, it was {}",
            shown(absences.1),
            shown(absences.0)
        );
        let advice = "try what the service does with the old form";
        found.push(unknown("absence-changed", why, advice));
    }
}

/// What the new service may write, held against the old reader.
pub(super) fn response(
    old: &Member,
    new: &Member,
    one: &ElementDeclaration,
    other: &ElementDeclaration,
    found: &mut Vec<Judged>,
) {
    let (was, is) = (old.occurs, new.occurs);
    let advice = "regenerate the client before the service changes";
    if is.min < was.min {
        let why = "it may be missing now";
        // An element that may be nil may be missing, too, as the runtime reads it.
        found.push(if is_absent_tolerated(old) || one.nillable {
            compatible(
                "minimum-lowered",
                format!("{why}; old callers see no value"),
            )
        } else {
            breaking(
                "minimum-lowered",
                format!("{why}; the old client needs it and refuses the answer"),
                advice,
            )
        });
    } else if is.min > was.min || new.claimed != old.claimed {
        found.push(compatible(
            "minimum-raised",
            "more of it comes than before, or as much",
        ));
    }
    if is.is_repeated() && !was.is_repeated() {
        found.push(breaking(
            "became-repeated",
            "it may come several times now; the old client takes one and refuses a second",
            advice,
        ));
    } else if is.max != was.max {
        found.push(compatible(
            "maximum-changed",
            "how many may come has changed; old clients read any number",
        ));
    }
    found.extend(turns(Direction::Response, old, new));
    match (one.nillable, other.nillable) {
        (false, true) if was.is_repeated() => found.push(breaking(
            "nil-allowed",
            "items may be nil now; the old client needs a value of each",
            advice,
        )),
        (false, true) if was.min > 0 && !old.claimed => found.push(breaking(
            "nil-allowed",
            "it may be nil now; the old client needs a value and refuses the answer",
            advice,
        )),
        (false, true) => found.push(compatible(
            "nil-allowed",
            "it may be nil now; the old client reads that as no value",
        )),
        (true, false) => found.push(compatible("nil-refused", "it is never nil now")),
        _ => {}
    }
}

/// Occurrence inside a group that repeats: in each of its turns.
fn turns(direction: Direction, old: &Member, new: &Member) -> Option<Judged> {
    let (was, is) = (old.inner, new.inner);
    let repeats = (old.repeats?, new.repeats?);
    if was == is {
        return None;
    }
    let why = format!(
        "in each turn of the group that repeats it may be there {}, it was {}",
        times(is),
        times(was)
    );
    let fewer = is
        .max
        .is_some_and(|most| was.max.is_none_or(|was| was > most));
    let is_group = repeats.0 != Compositor::Choice;
    let more = is.is_repeated() && !was.is_repeated();
    Some(match direction {
        Direction::Request if is.min > was.min || fewer => breaking(
            "turn-narrowed",
            why,
            "send it as often as the new contract says",
        ),
        Direction::Response if is_group && (is.min < was.min && is.min == 0 || more) => breaking(
            "turn-widened",
            why,
            "regenerate the client before the service changes",
        ),
        _ => compatible("turn-changed", why),
    })
}

/// Default and fixed values.
pub(super) fn values(
    direction: Direction,
    old: Option<&ValueConstraint>,
    new: Option<&ValueConstraint>,
) -> Option<Judged> {
    use ValueConstraint::{Default, Fixed};
    if old == new {
        return None;
    }
    let text = |constraint: Option<&ValueConstraint>| match constraint {
        None => "none".to_owned(),
        Some(Default(value)) => format!("the default `{value}`"),
        Some(Fixed(value)) => format!("fixed as `{value}`"),
    };
    let why = format!("its value is {} now, it was {}", text(new), text(old));
    Some(match (direction, old, new) {
        (Direction::Request, _, Some(Fixed(_))) => breaking(
            "fixed-value-changed",
            format!("{why}: another value is refused"),
            "send the fixed value",
        ),
        (Direction::Response, Some(Fixed(_)), _) => compatible(
            "fixed-value-changed",
            format!("{why}; answers are read whatever the value"),
        ),
        (_, _, Some(Default(_))) | (_, Some(Default(_)), _) => unknown(
            "default-changed",
            format!("{why}: what is left out means another thing"),
            "give the value wherever you relied on the default",
        ),
        _ => compatible("fixed-value-changed", why),
    })
}

fn times(occurs: Occurs) -> String {
    match (occurs.min, occurs.max) {
        (_, None) => format!("any number of times from {}", occurs.min),
        (0, Some(1)) => "once or not at all".to_owned(),
        (1, Some(1)) => "once".to_owned(),
        (min, Some(max)) if min == max => format!("{max} times"),
        (min, Some(max)) => format!("{min} to {max} times"),
    }
}

pub(super) fn place(location: Location) -> &'static str {
    match location {
        Location::Body => "the body",
        Location::Path => "the path",
        Location::Query => "the query",
        Location::HttpHeader => "an HTTP header",
        Location::Attachment => "an attachment",
    }
}
