//! Joins services, ports, bindings and port types into clients (WSDL 1.1 §2.4–2.7, §3).

use std::collections::BTreeSet;

use super::model::{Call, Client, ClientProtocol, HeaderBlock, Resolved};
use crate::contract::{
    Address, Annotation, Binding, BindingOperation, Body, ComplexType, Compositor, Content,
    Contract, Definition, ElementDeclaration, Header, HttpContent, Id, Message, MessageReference,
    ModelGroup, Occurs, Operation, Part, PartContent, Particle, Protocol, QName, Scope, Style,
    Term, Transmission, TypeDefinition, Use,
};
use crate::contract::{DerivationSet, HttpOperation, UseOf};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::Span;
