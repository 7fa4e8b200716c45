//! The namespaces of the specifications.

/// `xml:lang` and its like (Namespaces in XML 1.0 §3).
pub const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// XML Schema (Structures §2.6).
pub const XML_SCHEMA: &str = "http://www.w3.org/2001/XMLSchema";
/// `xsi:type`, `xsi:nil` and the places of schemas (Structures §2.6).
pub const XML_SCHEMA_INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// WSDL 1.1 (§1.2).
pub const WSDL: &str = "http://schemas.xmlsoap.org/wsdl/";
/// WSDL's binding of SOAP 1.1 (§3).
pub const WSDL_SOAP_11: &str = "http://schemas.xmlsoap.org/wsdl/soap/";
/// WSDL's binding of SOAP 1.2 (WSDL 1.1 Binding Extension for SOAP 1.2).
pub const WSDL_SOAP_12: &str = "http://schemas.xmlsoap.org/wsdl/soap12/";
/// WSDL's binding of HTTP (§4).
pub const WSDL_HTTP: &str = "http://schemas.xmlsoap.org/wsdl/http/";
/// WSDL's binding of MIME (§5).
pub const WSDL_MIME: &str = "http://schemas.xmlsoap.org/wsdl/mime/";

/// WS-Addressing 1.0 Metadata (§1.2): actions.
pub const ADDRESSING_METADATA: &str = "http://www.w3.org/2007/05/addressing/metadata";
/// Web Services Policy 1.5 (§2.4).
pub const POLICY: &str = "http://www.w3.org/ns/ws-policy";
/// Describing Media Content of Binary Data in XML (§2).
pub const XML_MIME: &str = "http://www.w3.org/2005/05/xmlmime";

/// Envelopes of SOAP 1.1 (§4).
pub const SOAP_ENVELOPE_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// Envelopes of SOAP 1.2 (Part 1 §5).
pub const SOAP_ENVELOPE_12: &str = "http://www.w3.org/2003/05/soap-envelope";
/// The encoding of SOAP 1.1 (§5).
pub const SOAP_ENCODING_11: &str = "http://schemas.xmlsoap.org/soap/encoding/";
/// The encoding of SOAP 1.2 (Part 2 §3).
pub const SOAP_ENCODING_12: &str = "http://www.w3.org/2003/05/soap-encoding";
/// The encodings of SOAP 1.1 and 1.2: arrays, and versions of the built-in types that may be referred to.
pub const SOAP_ENCODINGS: [&str; 2] = [SOAP_ENCODING_11, SOAP_ENCODING_12];

/// The transport of SOAP bindings: HTTP (WSDL 1.1 §3.3).
pub const SOAP_OVER_HTTP: &str = "http://schemas.xmlsoap.org/soap/http";
