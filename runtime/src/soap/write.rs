use crate::binding::{Binding, Version};
use crate::complex::ComplexType;
use crate::error::RequestErrorKind;
use crate::port::Settings;
use crate::shape::one;
use crate::value::Value;
use crate::xml::{Writer, XSI};

/// The envelope with `record` in its body. No document type, no processing instruction, no encoding style.
pub(crate) fn envelope(
    settings: &Settings,
    binding: &Binding,
    version: Version,
    record: &impl ComplexType,
) -> Result<String, RequestErrorKind> {
    let soap = version.namespace();
    let headers = headers(settings, binding)?;
    let mut writer = Writer::new();
    writer.declare("soap", soap);
    writer.declare("xsi", XSI);
    let names = binding.request.iter().map(|name| name.namespace);
    let mut names = names.chain(headers.iter().map(|(name, _)| name.namespace));
    if let Some(namespace) = names.find(|namespace| !namespace.is_empty() && *namespace != soap) {
        writer.declare("ns", namespace);
    }
    writer.start(soap, "Envelope");
    if !headers.is_empty() || settings.credentials.is_given() {
        writer.start(soap, "Header");
        settings.credentials.write(soap, &mut writer);
        for (name, value) in headers {
            value.write_xml(&one(name.local).in_namespace(name.namespace), &mut writer);
        }
        writer.end();
    }
    writer.start(soap, "Body");
    for name in binding.request {
        writer.start(name.namespace, name.local);
    }
    record.write_content(&mut writer);
    writer.finish().map_err(RequestErrorKind::Write)
}

/// The header blocks that the operation declares, in its order.
fn headers<'a>(
    settings: &'a Settings,
    binding: &Binding,
) -> Result<Vec<(crate::binding::Name, &'a dyn Value)>, RequestErrorKind> {
    let mut blocks: Vec<(_, &dyn Value)> = Vec::new();
    for header in binding.headers {
        match settings
            .headers
            .iter()
            .find(|(name, _)| *name == header.name)
        {
            Some((name, value)) => blocks.push((*name, &**value)),
            None if header.required => {
                return Err(RequestErrorKind::MissingHeader(
                    header.name.local.to_owned(),
                ));
            }
            None => {}
        }
    }
    Ok(blocks)
}
