//! Clients of the first customers over a mock transport.

use castile::Secret;
use castile::transport::Mock;
use castile_clients::collector::information_service::InformationService;
use castile_clients::collector::payment_service::PaymentService;

/// The media type of SOAP 1.1.
pub const XML: &str = "text/xml; charset=utf-8";

/// A payment service that answers from the mock's script, with these credentials.
#[must_use]
pub fn payment(mock: &Mock, username: &str, password: &str) -> PaymentService<Mock> {
    PaymentService::new(mock.clone(), PaymentService::UNVERIFIED_ACTIONS[0])
        .credentials(username, Secret::from(password))
}

/// An information service that answers from the mock's script, with these credentials.
#[must_use]
pub fn information(mock: &Mock, username: &str, password: &str) -> InformationService<Mock> {
    InformationService::new(mock.clone(), InformationService::UNVERIFIED_ACTIONS[0])
        .credentials(username, Secret::from(password))
}

/// The body of the last request, as text.
///
/// # Errors
///
/// If nothing was sent, or no text.
pub fn last_body(mock: &Mock) -> Result<String, String> {
    let requests = mock.requests();
    let request = requests.last().ok_or("nothing was sent")?;
    String::from_utf8(request.body().to_vec()).map_err(|error| error.to_string())
}
