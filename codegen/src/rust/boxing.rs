//! Where boxes go.
//!
//! The rule: walk the records in order, depth first, along the fields (and variants of choices) that
//! hold another record without a `Vec` between; a field that leads back to a record on the way is
//! boxed. Every cycle has such a field, and no field outside a cycle is ever boxed. A choice is
//! never boxed itself: the box stands in its variant.

use super::model::{Argument, Item, ItemId, ItemKind, Type};

/// Where a type stands.
#[derive(Clone, Copy, Debug)]
struct Place {
    item: ItemId,
    /// The field or variant.
    index: usize,
    target: ItemId,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
}

/// Boxes what closes a cycle; `order` is that of the walk.
pub(super) fn place_boxes(items: &mut [Item], order: &[ItemId]) {
    let edges: Vec<Vec<Place>> = (0..items.len())
        .map(|index| edges(items, ItemId(index)))
        .collect();
    let mut states = vec![State::New; items.len()];
    let mut closing = Vec::new();
    for &ItemId(start) in order {
        let is_record = matches!(items[start].kind, ItemKind::Record(_));
        if !is_record || states[start] != State::New {
            continue;
        }
        states[start] = State::Open;
        let mut path = vec![(start, 0)];
        while let Some((at, next)) = path.last_mut() {
            let Some(&place) = edges[*at].get(*next) else {
                states[*at] = State::Done;
                path.pop();
                continue;
            };
            *next += 1;
            let target = place.target.0;
            match states[target] {
                State::Open => closing.push(place),
                State::Done => {}
                State::New => {
                    states[target] = State::Open;
                    path.push((target, 0));
                }
            }
        }
    }
    for place in closing {
        enclose(items, place);
    }
}

/// The records that an item holds directly, those of its choices among them.
fn edges(items: &[Item], id: ItemId) -> Vec<Place> {
    let ItemKind::Record(record) = &items[id.0].kind else {
        return Vec::new();
    };
    let mut places = Vec::new();
    for (index, field) in record.fields.iter().enumerate() {
        let Some(target) = held(&field.type_) else {
            continue;
        };
        match &items[target.0].kind {
            ItemKind::Record(_) => places.push(Place {
                item: id,
                index,
                target,
            }),
            ItemKind::Choice(choice) => {
                for (index, variant) in choice.variants.iter().enumerate() {
                    if let Some(held) = held(&variant.type_)
                        && matches!(items[held.0].kind, ItemKind::Record(_))
                    {
                        places.push(Place {
                            item: target,
                            index,
                            target: held,
                        });
                    }
                }
            }
            _ => {}
        }
    }
    places
}

/// The item whose value is inside a value of this type.
fn held(type_: &Type) -> Option<ItemId> {
    match type_ {
        Type::Item(id) => Some(*id),
        Type::Option(inner) | Type::Nillable(inner) => held(inner),
        Type::Vec(_) | Type::List(_) | Type::Boxed(_) => None,
        Type::Unit | Type::Std(_) | Type::Runtime(_) | Type::Mapped(_) => None,
    }
}

fn enclose(items: &mut [Item], place: Place) {
    match &mut items[place.item.0].kind {
        ItemKind::Record(record) => {
            if let Some(field) = record.fields.get_mut(place.index)
                && held(&field.type_).is_some()
            {
                boxed(&mut field.type_);
                if let Some(Argument::Plain(type_)) = &field.argument {
                    field.argument = Some(Argument::Boxed(type_.clone()));
                }
            }
        }
        ItemKind::Choice(choice) => {
            if let Some(variant) = choice.variants.get_mut(place.index)
                && held(&variant.type_).is_some()
            {
                boxed(&mut variant.type_);
            }
        }
        _ => {}
    }
}

fn boxed(type_: &mut Type) {
    match type_ {
        Type::Option(inner) | Type::Nillable(inner) => boxed(inner),
        Type::Item(_) => *type_ = type_.clone().boxed(),
        _ => {}
    }
}
