//! An invented service, as generated code would state it: parcels over SOAP 1.1, 1.2 and JSON.

#![allow(dead_code, reason = "no test uses all of it")]

use castile::transport::Mock;
use castile::wire::{
    Action, Binding, Branch, ComplexType, ContentReader, ContentWriter, Field, Header, Method,
    Name, Operation, Record, Shape, Status, many, one, opt,
};
use castile::{Code, Decimal, FaultDetail, NoDetail, Port, ReadError, Rejection, Secret};

pub(crate) const NS: &str = "urn:example:post";

macro_rules! record {
    ($name:ident { $($slot:ident: $type:ty = $field:expr,)* } in $namespace:expr) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct $name { $(pub(crate) $slot: $type,)* }

        impl ComplexType for $name {
            const SHAPE: &'static Shape = &Shape::new($namespace, &[$($field,)*]);
        }

        impl Record for $name {
            fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
                reader.content(Self::SHAPE, &mut [$(&mut self.$slot,)*])
            }

            fn write_content(&self, writer: &mut dyn ContentWriter) {
                writer.content(Self::SHAPE, &[$(&self.$slot,)*]);
            }
        }
    };
}

record!(Track { number: String = one("Number").max_length(10), } in NS);
record!(Parcel {
    weight: Decimal = one("Weight"),
    note: Option<String> = opt("Note"),
} in NS);
record!(NotFound { number: String = one("Number"), } in NS);
record!(Busy { seconds: i32 = one("Seconds"), } in NS);

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum TrackDetail {
    NotFound(NotFound),
    Busy(Busy),
}

impl FaultDetail for TrackDetail {
    const BRANCHES: &'static [Field] = &[
        one("NotFound").in_namespace(NS),
        one("Busy").in_namespace(NS),
    ];

    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        match branch {
            0 => value.read().map(Self::NotFound),
            _ => value.read().map(Self::Busy),
        }
    }
}

const CREDENTIALS: &[Header] = &[Header::new(NS, "Username"), Header::new(NS, "Password")];

macro_rules! operation {
    ($marker:ident: $request:ty => $response:ty, $detail:ty, $binding:expr) => {
        operation!($marker: $request => $response, $detail, $binding, {});
    };
    ($marker:ident: $request:ty => $response:ty, $detail:ty, $binding:expr, { $($more:tt)* }) => {
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct $marker;

        impl Operation for $marker {
            type Request = $request;
            type Response = $response;
            type Code = Code;
            type Detail = $detail;
            const BINDING: &'static Binding = &$binding;
            $($more)*
        }
    };
}

operation!(TrackOperation: Track => Parcel, TrackDetail,
    Binding::soap11("Post", "Track", Action::Fixed("urn:example:post/Track"))
        .headers(CREDENTIALS)
        .request(&[Name::new(NS, "Track")])
        .response(&[Name::new(NS, "TrackResponse")])
        .safe());

operation!(Track12Operation: Track => Parcel, TrackDetail,
    Binding::soap12("Post", "Track", Action::Fixed("urn:example:post/Track"))
        .request(&[Name::new(NS, "Track")])
        .response(&[Name::new(NS, "TrackResponse")]));

operation!(Plain12Operation: Track => Parcel, TrackDetail,
    Binding::soap12("Post", "Track", Action::Empty)
        .request(&[Name::new(NS, "Track")])
        .response(&[Name::new(NS, "TrackResponse")]));

operation!(WeighOperation: Track => Parcel, NoDetail,
    Binding::soap11("Post", "Weigh", Action::Client)
        .headers(&[Header::new(NS, "Username").optional()])
        .request(&[Name::new(NS, "Weigh")])
        .response(&[Name::new(NS, "WeighResponse")]));

operation!(PingOperation: () => (), NoDetail, Binding::soap11("Post", "Ping", Action::Empty));

operation!(NotifyOperation: Track => (), NoDetail,
    Binding::soap11("Post", "Notify", Action::Empty)
        .request(&[Name::new(NS, "Notify")])
        .one_way());

record!(Login {
    user: String = one("user"),
    password: Secret = one("password").secret(),
} in NS);
record!(Register {
    login: Login = one("login"),
    email: String = one("email").max_length(20),
} in NS);
record!(Message {
    code: String = one("code"),
    text: String = one("text"),
} in NS);
record!(Registered {
    id: Option<i64> = opt("id"),
    messages: Vec<Message> = many("message"),
} in NS);

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refused(pub(crate) Registered);

impl FaultDetail for Refused {
    const BRANCHES: &'static [Field] = &[];

    fn read(_: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        value.read().map(Self)
    }
}

operation!(RegisterOperation: Register => Registered, Refused,
    Binding::soap11("Post", "register", Action::Empty)
        .request(&[Name::new(NS, "register"), Name::new(NS, "RegisterRequest")])
        .response(&[Name::new(NS, "registerResponse"), Name::new(NS, "return")]), {
    fn rejection(response: &Registered) -> Option<Rejection> {
        let message = response.messages.first()?;
        Some(Rejection { code: message.code.clone(), reason: message.text.clone() })
    }

    fn detail_from_response(response: Registered) -> Option<Refused> {
        Some(Refused(response))
    }
});

record!(Question {
    customer: String = one("customerId").in_path(),
    thing: i32 = one("thingId").in_path(),
    verbose: Option<bool> = opt("verbose").in_query(),
    tags: Vec<String> = many("tag").in_query(),
    trace: Option<String> = opt("X-Trace").in_header(),
    country: String = one("country").max_length(2),
    pin: Option<Secret> = opt("pin").secret(),
} in "");
record!(Reply {
    city: Option<String> = opt("city"),
    total: Option<Decimal> = opt("total"),
} in "");
record!(ErrorItem {
    code: Option<String> = opt("code"),
    message: Option<String> = opt("message"),
} in "");
record!(ErrorBody {
    id: Option<String> = opt("errorId"),
    errors: Vec<ErrorItem> = many("errors"),
} in "");

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum AskDetail {
    Error(ErrorBody),
}

impl FaultDetail for AskDetail {
    const BRANCHES: &'static [Field] = &[one("ErrorBody")];

    fn read(_: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        value.read().map(Self::Error)
    }

    fn rejection(&self) -> Option<Rejection> {
        let Self::Error(body) = self;
        let first = body.errors.first()?;
        Some(Rejection {
            code: first.code.clone().unwrap_or_default(),
            reason: first.message.clone().unwrap_or_default(),
        })
    }
}

operation!(AskOperation: Question => Reply, AskDetail,
    Binding::json("Post", "ask", Method::Post, "/{customerId}/things/{thingId}/details")
        .http_headers(&["Authorization"])
        .statuses(&[Status::new(400, 0), Status::new(404, 0)]));

record!(Glance {
    customer: String = one("customerId").in_path(),
    pages: Vec<i32> = many("page").in_query(),
} in "");

operation!(LookOperation: Glance => Reply, NoDetail,
    Binding::json("Post", "look", Method::Get, "/{customerId}/look"));

operation!(ForgetOperation: () => (), NoDetail,
    Binding::json("Post", "forget", Method::Delete, "/all"));

/// A port of the SOAP service with credentials.
pub(crate) fn post<T>(transport: T) -> Port<T> {
    Port::new(transport, "http://post.example/soap")
        .header(Name::new(NS, "Username"), &"ada & co".to_owned())
        .header(Name::new(NS, "Password"), &Secret::new("hunter<2000"))
}

/// A port of the JSON service with its session.
pub(crate) fn shop<T>(transport: T) -> Port<T> {
    Port::new(transport, "https://shop.example/client/v1/").http_secret(
        "Authorization",
        "Session ",
        "session-4711",
    )
}

/// A tracked parcel.
pub(crate) fn track() -> Track {
    Track {
        number: "P-1".to_owned(),
    }
}

/// The answer to it.
pub(crate) fn parcel() -> Parcel {
    Parcel {
        weight: "2.50".parse().unwrap(),
        note: None,
    }
}

/// An envelope of SOAP 1.1 around `body`.
pub(crate) fn envelope(body: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>{body}</s:Body></s:Envelope>"
    )
}

/// An envelope of SOAP 1.2 around `body`.
pub(crate) fn envelope_12(body: &str) -> String {
    format!(
        "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body>{body}</e:Body></e:Envelope>"
    )
}

/// What the service answers to [`track`].
pub(crate) const TRACKED: &str =
    "<TrackResponse xmlns=\"urn:example:post\"><Weight>2.50</Weight></TrackResponse>";

/// A mock with one answer of a SOAP service.
pub(crate) fn answering(status: u16, body: impl Into<bytes::Bytes>) -> Mock {
    Mock::new().answer(status, "text/xml; charset=utf-8", body)
}
