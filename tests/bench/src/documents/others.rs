//! Documents of contracts of our own, each heavy in one way; see `contract/`.

use std::fmt::Write as _;

/// Items of several derived types, each with a choice: `contract/mailbox.xsd`.
pub fn mailbox(count: usize) -> String {
    let mut text = format!(
        "<m:FindItemsResponse xmlns:m=\"urn:example:mailbox\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><m:Total>{count}</m:Total>"
    );
    for number in 0..count {
        let kind = ["Message", "Appointment", "Message", "Task"][number % 4];
        let _ = write!(
            text,
            "<m:Item xsi:type=\"m:{kind}\"><m:ItemId Id=\"AAMkAGI2{number:08}\" \
             ChangeKey=\"CQAAABYA{number:04}\"/><m:Subject>Meeting &amp; minutes no {number}</m:Subject>\
             <m:Received>2026-03-{:02}T08:{:02}:00Z</m:Received><m:Category>Green</m:Category>",
            number % 28 + 1,
            number % 60
        );
        let tail = match kind {
            "Message" => {
                text.push_str(
                    "<m:From><m:Name>Ada</m:Name><m:EmailAddress>ada@example.org</m:EmailAddress>\
                     </m:From><m:To><m:EmailAddress>bob@example.org</m:EmailAddress></m:To>\
                     <m:To><m:Name>Cleo</m:Name><m:EmailAddress>cleo@example.org</m:EmailAddress>\
                     </m:To>",
                );
                if number % 8 == 0 {
                    "<m:Reference Id=\"AAMkAGI2x\"/><m:IsRead>false</m:IsRead>"
                } else {
                    "<m:Text>The minutes are attached, please comment by Friday.</m:Text>\
                     <m:IsRead>true</m:IsRead>"
                }
            }
            "Appointment" => {
                "<m:Start>2026-04-01T09:00:00+02:00</m:Start><m:End>2026-04-01T10:30:00+02:00</m:End>\
                 <m:Location>Room 4</m:Location><m:EveryDays>7</m:EveryDays>"
            }
            _ => "<m:Due>2026-05-01T00:00:00Z</m:Due><m:PercentComplete>12.5</m:PercentComplete>",
        };
        text.push_str(tail);
        text.push_str("</m:Item>");
    }
    text.push_str("</m:FindItemsResponse>");
    text
}

/// Elements that are all attributes: `contract/telemetry.xsd`.
pub fn telemetry(count: usize) -> String {
    let mut text = "<Readings xmlns=\"urn:example:telemetry\" station=\"north\">\n".to_owned();
    for number in 0..count {
        let _ = writeln!(
            text,
            "<Reading id=\"{number}\" sensor=\"t-{:03}\" kind=\"temperature\" value=\"{}.{:02}\" \
             unit=\"K\" at=\"2026-03-01T12:{:02}:{:02}Z\" channel=\"{}\" valid=\"true\" low=\"250.0\" \
             high=\"320.0\"{}/>",
            number % 500,
            270 + number % 40,
            number % 100,
            number / 60 % 60,
            number % 60,
            number % 16,
            if number % 10 == 0 {
                " note=\"after &lt;calibration&gt;\""
            } else {
                ""
            },
        );
    }
    text.push_str("</Readings>\n");
    text
}

/// Long text with a reference now and then, and Base64: `contract/archive.xsd`.
pub fn archive(count: usize) -> String {
    const SENTENCE: &str = "The quick brown fox jumps over the lazy dog, as it has done every day since \
        the first type foundry needed a specimen of all its letters. ";
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = "<a:Archive xmlns:a=\"urn:example:archive\">".to_owned();
    for number in 0..count {
        let _ = write!(text, "<a:Record><a:Title>Record {number}</a:Title><a:Body>");
        for paragraph in 0..8 {
            for _ in 0..6 {
                text.push_str(SENTENCE);
            }
            let _ = writeln!(text, "Smith &amp; Sons, \u{a7} {paragraph}.");
        }
        text.push_str("</a:Body><a:Scan>");
        let mut state = u32::try_from(number).unwrap_or_default() + 1;
        for _ in 0..16_384 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push(char::from(DIGITS[(state >> 26) as usize]));
        }
        text.push_str("</a:Scan></a:Record>");
    }
    text.push_str("</a:Archive>");
    text
}

/// An array of structs in SOAP encoding, each value with its type: `contract/ledger.wsdl`.
pub fn ledger(count: usize) -> String {
    let mut text = format!(
        "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:ns1=\"urn:example:ledger\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\" \
         SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><SOAP-ENV:Body>\
         <ns1:entriesResponse><return SOAP-ENC:arrayType=\"ns1:Entry[{count}]\" \
         xsi:type=\"ns1:ArrayOfEntry\">"
    );
    for number in 0..count {
        let _ = write!(
            text,
            "<item xsi:type=\"ns1:Entry\"><number xsi:type=\"xsd:int\">{number}</number>\
             <account xsi:type=\"xsd:string\">DE-{:06}</account>\
             <amount xsi:type=\"xsd:decimal\">{}.{:02}</amount>\
             <text xsi:type=\"xsd:string\">Rent for month {}</text>\
             <posted xsi:type=\"xsd:boolean\">true</posted></item>",
            number % 1000,
            number * 3,
            number % 100,
            number % 12 + 1
        );
    }
    text.push_str("</return></ns1:entriesResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>");
    text
}
