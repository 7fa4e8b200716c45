//! One span a call: `castile.call`, with service, operation, host, HTTP status and outcome. No
//! bodies, no secrets.

use std::future::Future;

use crate::binding::Binding;
use crate::http_address::Address;

/// The span of a call; nothing without the feature `tracing`.
#[derive(Clone, Debug)]
pub(crate) struct CallSpan {
    #[cfg(feature = "tracing")]
    span: tracing::Span,
}

#[cfg(feature = "tracing")]
impl CallSpan {
    pub(crate) fn new(binding: &Binding, address: &Address) -> Self {
        use tracing::field::Empty;
        let host = address.uri().ok().and_then(http::Uri::host);
        let span = tracing::info_span!(
            "castile.call",
            service = binding.service,
            operation = binding.operation,
            host = host.unwrap_or_default(),
            status = Empty,
            outcome = Empty,
        );
        Self { span }
    }

    /// The HTTP status of the answer.
    pub(crate) fn status(&self, status: u16) {
        self.span.record("status", status);
    }

    /// How the call ended: `ok`, or the kind of the error.
    pub(crate) fn outcome(&self, outcome: &'static str) {
        self.span.record("outcome", outcome);
    }

    /// [`CallSpan::outcome`] of a call that goes on after its head; the span closes.
    pub(crate) fn ended(&mut self, outcome: &'static str) {
        self.outcome(outcome);
        self.span = tracing::Span::none();
    }

    pub(crate) fn in_scope<R>(&self, run: impl FnOnce() -> R) -> R {
        self.span.in_scope(run)
    }

    pub(crate) fn instrument<F: Future + Send>(
        &self,
        future: F,
    ) -> impl Future<Output = F::Output> + Send + use<F> {
        tracing::Instrument::instrument(future, self.span.clone())
    }
}

#[cfg(not(feature = "tracing"))]
impl CallSpan {
    pub(crate) fn new(_: &Binding, _: &Address) -> Self {
        Self {}
    }

    pub(crate) fn status(&self, _: u16) {}

    pub(crate) fn outcome(&self, _: &'static str) {}

    pub(crate) fn ended(&mut self, _: &'static str) {}

    pub(crate) fn in_scope<R>(&self, run: impl FnOnce() -> R) -> R {
        run()
    }

    pub(crate) fn instrument<F: Future + Send>(
        &self,
        future: F,
    ) -> impl Future<Output = F::Output> + Send + use<F> {
        future
    }
}
