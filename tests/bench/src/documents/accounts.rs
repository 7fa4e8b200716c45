//! The response of `GetAccounts`, as a WCF server sends it, with a line break after each tag.

use std::fmt::Write as _;

const HEAD: &str = "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">\n<s:Body>\n\
    <GetAccountsResponse xmlns=\"http://schemas.ecommerce.collector.se/v30/InformationService\">\n\
    <Accounts xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">\n";

const TAIL: &str = "</Accounts>\n<CorrelationId>c0ffee-4711</CorrelationId>\n\
    </GetAccountsResponse>\n</s:Body>\n</s:Envelope>\n";

/// An envelope with so many accounts.
pub fn accounts(count: usize) -> String {
    let mut text = HEAD.to_owned();
    for number in 0..count {
        let _ = write!(
            text,
            "<Account>\n<InvoiceBalance>{}.{:02}</InvoiceBalance>\n\
             <InvoiceStatus>Activated</InvoiceStatus>\n\
             <InvoiceType>Direct Invoice Account</InvoiceType>\n\
             <LatestInvoiceNo>{}</LatestInvoiceNo>\n\
             <MovedToPaymentRef i:nil=\"true\"/>\n\
             <NotificationStopped>false</NotificationStopped>\n\
             <PaymentReference>1000026{number:08}</PaymentReference>\n</Account>\n",
            number * 7,
            number % 100,
            73_237_549 + number
        );
    }
    text.push_str(TAIL);
    text
}
