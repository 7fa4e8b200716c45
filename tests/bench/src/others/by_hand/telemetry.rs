//! `contract/telemetry.xsd`.

use std::fmt::Write as _;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use rust_decimal::Decimal;

use crate::markup::{Events, Failure, attributes, boolean, escape_attribute_into, skip};

const NAMESPACE: Namespace<'static> = Namespace("urn:example:telemetry");

#[derive(Default)]
pub struct Readings {
    station: String,
    readings: Vec<Reading>,
}

#[derive(Default)]
pub struct Reading {
    id: i64,
    sensor: String,
    kind: String,
    value: Decimal,
    unit: String,
    at: String,
    channel: i32,
    valid: bool,
    low: Option<Decimal>,
    high: Option<Decimal>,
    note: Option<String>,
}

pub fn read(document: &str) -> Result<Readings, Failure> {
    let mut reader = NsReader::from_str(document);
    let mut readings = Readings::default();
    loop {
        match reader.read_resolved_event()? {
            (ResolveResult::Bound(NAMESPACE), Event::Start(start)) => {
                match start.local_name().as_ref() {
                    "Readings" => attributes(&start, |name, value| {
                        if name == "station" {
                            readings.station = value.into_owned();
                        }
                        Ok(())
                    })?,
                    "Reading" => {
                        readings.readings.push(reading(&start)?);
                        skip(&mut reader, start.name())?;
                    }
                    _ => skip(&mut reader, start.name())?,
                }
            }
            (ResolveResult::Bound(NAMESPACE), Event::Empty(start)) => {
                if start.local_name().as_ref() == "Reading" {
                    readings.readings.push(reading(&start)?);
                }
            }
            (_, Event::Eof) => return Ok(readings),
            _ => {}
        }
    }
}

fn reading(start: &BytesStart<'_>) -> Result<Reading, Failure> {
    let mut reading = Reading::default();
    attributes(start, |name, value| {
        match name {
            "id" => reading.id = value.trim().parse()?,
            "sensor" => reading.sensor = value.into_owned(),
            "kind" => reading.kind = value.into_owned(),
            "value" => reading.value = value.trim().parse()?,
            "unit" => reading.unit = value.into_owned(),
            "at" => reading.at = value.into_owned(),
            "channel" => reading.channel = value.trim().parse()?,
            "valid" => reading.valid = boolean(&value)?,
            "low" => reading.low = Some(value.trim().parse()?),
            "high" => reading.high = Some(value.trim().parse()?),
            "note" => reading.note = Some(value.into_owned()),
            _ => {}
        }
        Ok(())
    })?;
    Ok(reading)
}

pub fn push(readings: &Readings) -> String {
    let mut out = String::from("<Readings xmlns=\"urn:example:telemetry\" station=\"");
    escape_attribute_into(&mut out, &readings.station);
    out.push_str("\">");
    for reading in &readings.readings {
        out.push_str("<Reading id=\"");
        let _ = write!(out, "{}", reading.id);
        out.push_str("\" sensor=\"");
        escape_attribute_into(&mut out, &reading.sensor);
        out.push_str("\" kind=\"");
        escape_attribute_into(&mut out, &reading.kind);
        out.push_str("\" value=\"");
        let _ = write!(out, "{}", reading.value);
        out.push_str("\" unit=\"");
        escape_attribute_into(&mut out, &reading.unit);
        out.push_str("\" at=\"");
        escape_attribute_into(&mut out, &reading.at);
        out.push_str("\" channel=\"");
        let _ = write!(out, "{}", reading.channel);
        out.push_str("\" valid=\"");
        out.push_str(if reading.valid { "true" } else { "false" });
        out.push('"');
        for (name, value) in [(" low=\"", &reading.low), (" high=\"", &reading.high)] {
            if let Some(value) = value {
                out.push_str(name);
                let _ = write!(out, "{value}");
                out.push('"');
            }
        }
        if let Some(note) = &reading.note {
            out.push_str(" note=\"");
            escape_attribute_into(&mut out, note);
            out.push('"');
        }
        out.push_str("/>");
    }
    out.push_str("</Readings>");
    out
}

pub fn events(readings: &Readings) -> Vec<u8> {
    let mut out = Events::new();
    out.start(BytesStart::new("Readings").with_attributes([
        ("xmlns", NAMESPACE.0),
        ("station", readings.station.as_str()),
    ]));
    for reading in &readings.readings {
        let mut start = BytesStart::new("Reading");
        start.push_attribute(("id", reading.id.to_string().as_str()));
        start.push_attribute(("sensor", reading.sensor.as_str()));
        start.push_attribute(("kind", reading.kind.as_str()));
        start.push_attribute(("value", reading.value.to_string().as_str()));
        start.push_attribute(("unit", reading.unit.as_str()));
        start.push_attribute(("at", reading.at.as_str()));
        start.push_attribute(("channel", reading.channel.to_string().as_str()));
        start.push_attribute(("valid", if reading.valid { "true" } else { "false" }));
        for (name, value) in [("low", &reading.low), ("high", &reading.high)] {
            if let Some(value) = value {
                start.push_attribute((name, value.to_string().as_str()));
            }
        }
        if let Some(note) = &reading.note {
            start.push_attribute(("note", note.as_str()));
        }
        out.empty(start);
    }
    out.end("Readings");
    out.finish()
}

#[cfg(test)]
pub fn summary(document: &str) -> String {
    let readings = read(document).unwrap();
    let shown = readings.readings.iter().map(|it| {
        format!(
            "{} {} {} {} {} {} {:?}",
            it.id, it.sensor, it.value, it.unit, it.channel, it.valid, it.note
        )
    });
    let all = [readings.station.clone()].into_iter().chain(shown);
    all.collect::<Vec<_>>().join("|")
}
