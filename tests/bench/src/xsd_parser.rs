//! What `xsd-parser` generates from the schemas in `contract/`, see `build.rs`.
#![allow(unused, unreachable_pub, clippy::all, reason = "it is another tool's")]

macro_rules! generated {
    ($name:ident) => {
        pub mod $name {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($name), ".rs"));
        }
    };
}

generated!(archive);
generated!(envelope);
generated!(telemetry);
