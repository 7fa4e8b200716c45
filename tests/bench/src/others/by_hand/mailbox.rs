//! `contract/mailbox.xsd`.

use std::fmt::Write as _;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use rust_decimal::Decimal;

use crate::markup::{
    Events, Failure, INSTANCE, attributes, boolean, escape_attribute_into, escape_into, skip, text,
    xsi_type,
};

const NAMESPACE: Namespace<'static> = Namespace("urn:example:mailbox");

#[derive(Default)]
pub struct Found {
    total: i32,
    items: Vec<Item>,
}

#[derive(Default)]
pub struct Item {
    id: ItemId,
    subject: String,
    received: String,
    categories: Vec<String>,
    kind: Kind,
}

enum Kind {
    Message(Message),
    Appointment(Appointment),
    Task(Task),
}

impl Default for Kind {
    fn default() -> Self {
        Self::Task(Task::default())
    }
}

#[derive(Default)]
struct Message {
    from: Mailbox,
    to: Vec<Mailbox>,
    content: Option<Content>,
    is_read: bool,
}

enum Content {
    Text(String),
    Html(String),
    Reference(ItemId),
}

#[derive(Default)]
struct Appointment {
    start: String,
    end: String,
    location: Option<String>,
    when: Option<When>,
}

enum When {
    Once(bool),
    EveryDays(i32),
}

#[derive(Default)]
struct Task {
    due: Option<String>,
    percent_complete: Decimal,
}

#[derive(Default)]
struct ItemId {
    id: String,
    change_key: Option<String>,
}

#[derive(Default)]
struct Mailbox {
    name: Option<String>,
    email_address: String,
}

pub fn read(document: &str) -> Result<Found, Failure> {
    let mut reader = NsReader::from_str(document);
    let mut found = Found::default();
    loop {
        match reader.read_resolved_event()? {
            (ResolveResult::Bound(NAMESPACE), Event::Start(start)) => {
                match start.local_name().as_ref() {
                    "FindItemsResponse" => {}
                    "Total" => found.total = text(&mut reader)?.trim().parse()?,
                    "Item" => {
                        let kind = match xsi_type(&reader, &start)?.as_deref() {
                            Some("m:Message") => Kind::Message(Message::default()),
                            Some("m:Appointment") => Kind::Appointment(Appointment::default()),
                            Some("m:Task") => Kind::Task(Task::default()),
                            _ => return Err("an unknown type".into()),
                        };
                        found.items.push(item(&mut reader, kind)?);
                    }
                    _ => skip(&mut reader, start.name())?,
                }
            }
            (_, Event::Eof) => return Ok(found),
            _ => {}
        }
    }
}

fn item_id(start: &BytesStart<'_>) -> Result<ItemId, Failure> {
    let mut id = ItemId::default();
    attributes(start, |name, value| {
        match name {
            "Id" => id.id = value.into_owned(),
            "ChangeKey" => id.change_key = Some(value.into_owned()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(id)
}

fn item(reader: &mut NsReader<&[u8]>, kind: Kind) -> Result<Item, Failure> {
    let mut item = Item {
        kind,
        ..Item::default()
    };
    loop {
        match reader.read_resolved_event()? {
            (ResolveResult::Bound(NAMESPACE), Event::Empty(start)) => {
                match (start.local_name().as_ref(), &mut item.kind) {
                    ("ItemId", _) => item.id = item_id(&start)?,
                    ("Reference", Kind::Message(message)) => {
                        message.content = Some(Content::Reference(item_id(&start)?));
                    }
                    _ => {}
                }
            }
            (ResolveResult::Bound(NAMESPACE), Event::Start(start)) => {
                match (start.local_name().as_ref(), &mut item.kind) {
                    ("ItemId", _) => {
                        item.id = item_id(&start)?;
                        skip(reader, start.name())?;
                    }
                    ("Subject", _) => item.subject = text(reader)?,
                    ("Received", _) => item.received = text(reader)?,
                    ("Category", _) => item.categories.push(text(reader)?),
                    ("From", Kind::Message(message)) => message.from = mailbox(reader)?,
                    ("To", Kind::Message(message)) => message.to.push(mailbox(reader)?),
                    ("Text", Kind::Message(message)) => {
                        message.content = Some(Content::Text(text(reader)?));
                    }
                    ("Html", Kind::Message(message)) => {
                        message.content = Some(Content::Html(text(reader)?));
                    }
                    ("IsRead", Kind::Message(message)) => {
                        message.is_read = boolean(&text(reader)?)?;
                    }
                    ("Start", Kind::Appointment(appointment)) => appointment.start = text(reader)?,
                    ("End", Kind::Appointment(appointment)) => appointment.end = text(reader)?,
                    ("Location", Kind::Appointment(appointment)) => {
                        appointment.location = Some(text(reader)?);
                    }
                    ("Once", Kind::Appointment(appointment)) => {
                        appointment.when = Some(When::Once(boolean(&text(reader)?)?));
                    }
                    ("EveryDays", Kind::Appointment(appointment)) => {
                        let days = text(reader)?.trim().parse()?;
                        appointment.when = Some(When::EveryDays(days));
                    }
                    ("Due", Kind::Task(task)) => task.due = Some(text(reader)?),
                    ("PercentComplete", Kind::Task(task)) => {
                        task.percent_complete = text(reader)?.trim().parse()?;
                    }
                    _ => skip(reader, start.name())?,
                }
            }
            (_, Event::Start(start)) => skip(reader, start.name())?,
            (_, Event::End(_)) => return Ok(item),
            (_, Event::Eof) => return Err("the document ends".into()),
            _ => {}
        }
    }
}

fn mailbox(reader: &mut NsReader<&[u8]>) -> Result<Mailbox, Failure> {
    let mut mailbox = Mailbox::default();
    loop {
        match reader.read_resolved_event()? {
            (ResolveResult::Bound(NAMESPACE), Event::Start(start)) => {
                match start.local_name().as_ref() {
                    "Name" => mailbox.name = Some(text(reader)?),
                    "EmailAddress" => mailbox.email_address = text(reader)?,
                    _ => skip(reader, start.name())?,
                }
            }
            (_, Event::Start(start)) => skip(reader, start.name())?,
            (_, Event::End(_)) => return Ok(mailbox),
            (_, Event::Eof) => return Err("the document ends".into()),
            _ => {}
        }
    }
}

fn push_id(out: &mut String, name: &str, id: &ItemId) {
    out.push_str(name);
    escape_attribute_into(out, &id.id);
    if let Some(key) = &id.change_key {
        out.push_str("\" ChangeKey=\"");
        escape_attribute_into(out, key);
    }
    out.push_str("\"/>");
}

fn push_mailbox(out: &mut String, mailbox: &Mailbox) {
    if let Some(name) = &mailbox.name {
        out.push_str("<m:Name>");
        escape_into(out, name);
        out.push_str("</m:Name>");
    }
    out.push_str("<m:EmailAddress>");
    escape_into(out, &mailbox.email_address);
    out.push_str("</m:EmailAddress>");
}

pub fn push(found: &Found) -> String {
    let mut out = String::from(
        "<m:FindItemsResponse xmlns:m=\"urn:example:mailbox\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><m:Total>",
    );
    let _ = write!(out, "{}", found.total);
    out.push_str("</m:Total>");
    for item in &found.items {
        out.push_str(match item.kind {
            Kind::Message(_) => "<m:Item xsi:type=\"m:Message\">",
            Kind::Appointment(_) => "<m:Item xsi:type=\"m:Appointment\">",
            Kind::Task(_) => "<m:Item xsi:type=\"m:Task\">",
        });
        push_id(&mut out, "<m:ItemId Id=\"", &item.id);
        out.push_str("<m:Subject>");
        escape_into(&mut out, &item.subject);
        out.push_str("</m:Subject><m:Received>");
        escape_into(&mut out, &item.received);
        out.push_str("</m:Received>");
        for category in &item.categories {
            out.push_str("<m:Category>");
            escape_into(&mut out, category);
            out.push_str("</m:Category>");
        }
        match &item.kind {
            Kind::Message(message) => push_message(&mut out, message),
            Kind::Appointment(appointment) => push_appointment(&mut out, appointment),
            Kind::Task(task) => {
                if let Some(due) = &task.due {
                    out.push_str("<m:Due>");
                    escape_into(&mut out, due);
                    out.push_str("</m:Due>");
                }
                out.push_str("<m:PercentComplete>");
                let _ = write!(out, "{}", task.percent_complete);
                out.push_str("</m:PercentComplete>");
            }
        }
        out.push_str("</m:Item>");
    }
    out.push_str("</m:FindItemsResponse>");
    out
}

fn push_message(out: &mut String, message: &Message) {
    out.push_str("<m:From>");
    push_mailbox(out, &message.from);
    out.push_str("</m:From>");
    for to in &message.to {
        out.push_str("<m:To>");
        push_mailbox(out, to);
        out.push_str("</m:To>");
    }
    match &message.content {
        Some(Content::Text(text)) => {
            out.push_str("<m:Text>");
            escape_into(out, text);
            out.push_str("</m:Text>");
        }
        Some(Content::Html(text)) => {
            out.push_str("<m:Html>");
            escape_into(out, text);
            out.push_str("</m:Html>");
        }
        Some(Content::Reference(id)) => push_id(out, "<m:Reference Id=\"", id),
        None => {}
    }
    out.push_str("<m:IsRead>");
    out.push_str(if message.is_read { "true" } else { "false" });
    out.push_str("</m:IsRead>");
}

fn push_appointment(out: &mut String, appointment: &Appointment) {
    out.push_str("<m:Start>");
    escape_into(out, &appointment.start);
    out.push_str("</m:Start><m:End>");
    escape_into(out, &appointment.end);
    out.push_str("</m:End>");
    if let Some(location) = &appointment.location {
        out.push_str("<m:Location>");
        escape_into(out, location);
        out.push_str("</m:Location>");
    }
    match appointment.when {
        Some(When::Once(once)) => {
            out.push_str("<m:Once>");
            out.push_str(if once { "true" } else { "false" });
            out.push_str("</m:Once>");
        }
        Some(When::EveryDays(days)) => {
            out.push_str("<m:EveryDays>");
            let _ = write!(out, "{days}");
            out.push_str("</m:EveryDays>");
        }
        None => {}
    }
}

fn write_id(out: &mut Events, name: &str, id: &ItemId) {
    let mut start = BytesStart::new(name).with_attributes([("Id", id.id.as_str())]);
    if let Some(key) = &id.change_key {
        start.push_attribute(("ChangeKey", key.as_str()));
    }
    out.empty(start);
}

fn write_mailbox(out: &mut Events, name: &str, mailbox: &Mailbox) {
    out.open(name);
    if let Some(name) = &mailbox.name {
        out.element("m:Name", name);
    }
    out.element("m:EmailAddress", &mailbox.email_address);
    out.end(name);
}

pub fn events(found: &Found) -> Vec<u8> {
    let mut out = Events::new();
    out.start(
        BytesStart::new("m:FindItemsResponse")
            .with_attributes([("xmlns:m", NAMESPACE.0), ("xmlns:xsi", INSTANCE.0)]),
    );
    out.element("m:Total", &found.total.to_string());
    for item in &found.items {
        let type_ = match item.kind {
            Kind::Message(_) => "m:Message",
            Kind::Appointment(_) => "m:Appointment",
            Kind::Task(_) => "m:Task",
        };
        out.start(BytesStart::new("m:Item").with_attributes([("xsi:type", type_)]));
        write_id(&mut out, "m:ItemId", &item.id);
        out.element("m:Subject", &item.subject);
        out.element("m:Received", &item.received);
        for category in &item.categories {
            out.element("m:Category", category);
        }
        match &item.kind {
            Kind::Message(message) => {
                write_mailbox(&mut out, "m:From", &message.from);
                for to in &message.to {
                    write_mailbox(&mut out, "m:To", to);
                }
                match &message.content {
                    Some(Content::Text(text)) => out.element("m:Text", text),
                    Some(Content::Html(text)) => out.element("m:Html", text),
                    Some(Content::Reference(id)) => write_id(&mut out, "m:Reference", id),
                    None => {}
                }
                out.element("m:IsRead", &message.is_read.to_string());
            }
            Kind::Appointment(appointment) => {
                out.element("m:Start", &appointment.start);
                out.element("m:End", &appointment.end);
                if let Some(location) = &appointment.location {
                    out.element("m:Location", location);
                }
                match appointment.when {
                    Some(When::Once(once)) => out.element("m:Once", &once.to_string()),
                    Some(When::EveryDays(days)) => {
                        out.element("m:EveryDays", &days.to_string());
                    }
                    None => {}
                }
            }
            Kind::Task(task) => {
                if let Some(due) = &task.due {
                    out.element("m:Due", due);
                }
                out.element("m:PercentComplete", &task.percent_complete.to_string());
            }
        }
        out.end("m:Item");
    }
    out.end("m:FindItemsResponse");
    out.finish()
}

#[cfg(test)]
pub fn summary(document: &str) -> String {
    let found = read(document).unwrap();
    let shown = found.items.iter().map(|item| {
        let (id, subject) = (&item.id.id, &item.subject);
        match &item.kind {
            Kind::Message(it) => {
                let content = match it.content.as_ref().unwrap() {
                    Content::Text(text) | Content::Html(text) => text,
                    Content::Reference(other) => &other.id,
                };
                format!("Message {id} {subject} {content} {}", it.is_read)
            }
            Kind::Appointment(it) => {
                let when = match it.when.as_ref().unwrap() {
                    When::Once(once) => once.to_string(),
                    When::EveryDays(days) => days.to_string(),
                };
                let location = it.location.as_deref().unwrap_or_default();
                format!("Appointment {id} {subject} {location} {when}")
            }
            Kind::Task(it) => format!("Task {id} {subject} {}", it.percent_complete),
        }
    });
    shown.collect::<Vec<_>>().join("|")
}
