//! What `build.rs` generates on every build: a client from `billing.wsdl`, and types from `fleet.xsd`.

#![forbid(unsafe_code)]

/// The client of the billing service.
pub mod billing {
    include!(concat!(env!("OUT_DIR"), "/billing.rs"));
}

/// The types of the fleet, where types stand for others and elements too.
pub mod fleet {
    include!(concat!(env!("OUT_DIR"), "/fleet.rs"));
}

#[cfg(test)]
mod polymorphism;

#[cfg(test)]
mod tests {
    use castile::transport::Mock;
    use castile::{Error, Nillable};

    use super::billing::{
        BillingService, GetInvoice, GetInvoiceFault, GetInvoiceResponse, Invoice, Line,
        LinePiecesOrHours, Status,
    };

    const XML: &str = "text/xml; charset=utf-8";

    fn envelope(body: &str) -> String {
        format!(
            "<e:Envelope xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\" \
             xmlns=\"urn:example:billing\" \
             xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><e:Body>{body}</e:Body>\
             </e:Envelope>"
        )
    }

    #[test]
    fn an_invoice_comes_back_typed() {
        let mock = Mock::new().answer(
            200,
            XML,
            envelope(
                "<GetInvoiceResponse><Invoice version=\"3\"><Number>INV-7</Number>\
                 <Total>1250.00</Total><IssuedOn xsi:nil=\"true\"/><DueOn xsi:nil=\"true\"/>\
                 <Status>paid in full</Status><Lines><Line><Text>Bolts</Text><Pieces>4</Pieces>\
                 </Line><Line><Text>Work</Text><Hours>1.50</Hours></Line></Lines></Invoice>\
                 <Cached>1</Cached></GetInvoiceResponse>",
            ),
        );
        let service = BillingService::new(mock.clone()).tenant("acme");
        let question = GetInvoice {
            include_lines: Some(true),
            ..GetInvoice::new("INV-7")
        };
        let response = service.get_invoice(question).send().unwrap();
        let line = |text: &str, amount| Line {
            text: text.into(),
            pieces_or_hours: Some(amount),
        };
        let expected = Invoice {
            version: 3,
            number: "INV-7".into(),
            total: "1250.00".parse().unwrap(),
            issued_on: None,
            due_on: Nillable::Nil,
            status: Status::PaidInFull,
            lines: Some(vec![
                line("Bolts", LinePiecesOrHours::Pieces(4)),
                line("Work", LinePiecesOrHours::Hours("1.50".parse().unwrap())),
            ]),
        };
        assert_eq!(
            response,
            GetInvoiceResponse {
                invoice: expected,
                cached: true
            }
        );
        let requests = mock.requests();
        let sent = String::from_utf8(requests[0].body().to_vec()).unwrap();
        assert!(sent.contains("Number>INV-7</"), "{sent}");
        assert_eq!(
            requests[0].headers()["soapaction"],
            "\"urn:example:billing/GetInvoice\""
        );
    }

    #[test]
    fn a_declared_fault_comes_back_typed() {
        let mock = Mock::new().answer(
            500,
            XML,
            envelope(
                "<e:Fault><faultcode>e:Client</faultcode><faultstring>no</faultstring><detail>\
                 <InvoiceNotFound><Number>INV-9</Number></InvoiceNotFound></detail></e:Fault>",
            ),
        );
        let service = BillingService::new(mock).tenant("acme");
        let error = service
            .get_invoice(GetInvoice::new("INV-9"))
            .send()
            .unwrap_err();
        let Error::Fault(fault) = error else {
            panic!("{error:?}")
        };
        let Some(GetInvoiceFault::InvoiceNotFound(detail)) = &fault.detail else {
            panic!("{fault:?}")
        };
        assert_eq!(detail.number, "INV-9");
    }
}
