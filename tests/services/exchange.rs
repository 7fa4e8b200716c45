//! Exchange Web Services: a search for mails and meetings, a mail sent, and refusals, in the words of
//! Exchange; the messages are invented.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use castile::Error;
use castile::transport::Mock;
use exchange::exchange_services::{
    CreateItemType, ExchangeServices, FindItemType, FindItemTypeView, ResponseMessage,
};
use exchange::exchange_types::{
    AllItem, AnyCalendarItemType, AnyItemIdType, AnyMessageType, BaseFolderId, BodyType,
    BodyTypeType, ConnectingSidType, ConnectingSidTypeChoice, ConstantValueType,
    DefaultShapeNamesType, DistinguishedFolderIdNameType, DistinguishedFolderIdType,
    EmailAddressType, ExchangeImpersonationType, FieldUriOrConstantType,
    FieldUriOrConstantTypeChoice, FindItemParentTypeItemsOrGroups, IndexBasePointType,
    IndexedPageViewType, IsEqualToType, ItemQueryTraversalType, ItemResponseShapeType,
    MessageDispositionType, MessageType, Path, PathToUnindexedFieldType, RealItem,
    RequestServerVersion, ResponseClassType, RestrictionType, SearchExpression,
    UnindexedFieldUriType,
};

const XML: &str = "text/xml; charset=utf-8";

fn service(mock: &Mock) -> ExchangeServices<Mock> {
    ExchangeServices::new(mock.clone())
        .request_server_version(RequestServerVersion::default())
        .exchange_impersonation(ExchangeImpersonationType::new(ConnectingSidType::new(
            ConnectingSidTypeChoice::PrimarySmtpAddress("ada@example.com".to_owned()),
        )))
}

fn body(mock: &Mock) -> String {
    let requests = mock.requests();
    String::from_utf8(requests.last().unwrap().body().to_vec()).unwrap()
}

fn unread() -> FindItemType {
    let inbox = DistinguishedFolderIdType::new(DistinguishedFolderIdNameType::Inbox);
    let is_read = PathToUnindexedFieldType::new(UnindexedFieldUriType::MessageIsRead);
    let no = FieldUriOrConstantTypeChoice::Constant(ConstantValueType::new("false"));
    let mut request = FindItemType::new(
        ItemQueryTraversalType::Shallow,
        ItemResponseShapeType::new(DefaultShapeNamesType::Default),
        vec![BaseFolderId::DistinguishedFolderId(inbox)],
    );
    let mut page = IndexedPageViewType::new(0, IndexBasePointType::Beginning);
    page.max_entries_returned = Some(2);
    request.view = Some(FindItemTypeView::IndexedPageItemView(page));
    request.restriction = Some(RestrictionType::new(SearchExpression::IsEqualTo(
        IsEqualToType::new(Path::FieldUri(is_read), FieldUriOrConstantType::new(no)),
    )));
    request
}

/// What every request begins and ends with.
const HEAD: &str = r#"<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:ns2="http://schemas.microsoft.com/exchange/services/2006/types"><soap:Header><ns2:ExchangeImpersonation><ns2:ConnectingSID><ns2:PrimarySmtpAddress>ada@example.com</ns2:PrimarySmtpAddress></ns2:ConnectingSID></ns2:ExchangeImpersonation><ns2:RequestServerVersion Version="Exchange2013_SP1"/></soap:Header><soap:Body>"#;
const TAIL: &str = "</soap:Body></soap:Envelope>";

const FIND: &str = r#"<ns:FindItem Traversal="Shallow"><ns:ItemShape><ns2:BaseShape>Default</ns2:BaseShape></ns:ItemShape><ns:IndexedPageItemView MaxEntriesReturned="2" Offset="0" BasePoint="Beginning"/><ns:Restriction><ns2:IsEqualTo><ns2:FieldURI FieldURI="message:IsRead"/><ns2:FieldURIOrConstant><ns2:Constant Value="false"/></ns2:FieldURIOrConstant></ns2:IsEqualTo></ns:Restriction><ns:ParentFolderIds><ns2:DistinguishedFolderId Id="inbox"/></ns:ParentFolderIds></ns:FindItem>"#;

const CREATE: &str = r#"<ns:CreateItem MessageDisposition="SendAndSaveCopy"><ns:Items><ns2:Message><ns2:Subject>Åska &lt;nu&gt;</ns2:Subject><ns2:Body BodyType="Text">1 &lt; 2</ns2:Body><ns2:ToRecipients><ns2:Mailbox><ns2:EmailAddress>charles@example.com</ns2:EmailAddress></ns2:Mailbox></ns2:ToRecipients></ns2:Message></ns:Items></ns:CreateItem>"#;

const FOUND: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">
  <s:Header>
    <h:ServerVersionInfo MajorVersion="15" MinorVersion="20" MajorBuildNumber="7962" MinorBuildNumber="28" Version="V2018_01_08" xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types" xmlns="http://schemas.microsoft.com/exchange/services/2006/types" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>
  </s:Header>
  <s:Body xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
    <m:FindItemResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">
      <m:ResponseMessages>
        <m:FindItemResponseMessage ResponseClass="Success">
          <m:ResponseCode>NoError</m:ResponseCode>
          <m:RootFolder IndexedPagingOffset="2" TotalItemsInView="7" IncludesLastItemInRange="false">
            <t:Items>
              <t:Message>
                <t:ItemId Id="AAMk=" ChangeKey="CQAA"/>
                <t:Subject>Engine &amp; notes</t:Subject>
                <t:DateTimeReceived>1843-10-01T09:30:00Z</t:DateTimeReceived>
                <t:Size>4711</t:Size>
                <t:Categories><t:String>Blue</t:String><t:String>Work</t:String></t:Categories>
                <t:HasAttachments>false</t:HasAttachments>
                <t:From><t:Mailbox><t:Name>Charles</t:Name><t:EmailAddress>charles@example.com</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType><t:MailboxType>OneOff</t:MailboxType></t:Mailbox></t:From>
                <t:IsRead>false</t:IsRead>
              </t:Message>
              <t:CalendarItem>
                <t:ItemId Id="AAMl=" ChangeKey="DwAA"/>
                <t:Subject>Tea</t:Subject>
                <t:Start>2026-11-21T15:00:00Z</t:Start>
                <t:End>2026-11-21T16:00:00Z</t:End>
                <t:Location/>
              </t:CalendarItem>
            </t:Items>
          </m:RootFolder>
        </m:FindItemResponseMessage>
        <m:FindItemResponseMessage ResponseClass="Error">
          <m:MessageText>The specified folder could not be found in the store.</m:MessageText>
          <m:ResponseCode>ErrorFolderNotFound</m:ResponseCode>
          <m:DescriptiveLinkKey>0</m:DescriptiveLinkKey>
        </m:FindItemResponseMessage>
      </m:ResponseMessages>
    </m:FindItemResponse>
  </s:Body>
</s:Envelope>"#;

#[test]
fn a_search_goes_out_with_headers() {
    let mock = Mock::new().answer(200, XML, FOUND);
    service(&mock).find_item(unread()).send().unwrap();
    let request = &mock.requests()[0];
    assert_eq!(
        request.headers()["SOAPAction"],
        "\"http://schemas.microsoft.com/exchange/services/2006/messages/FindItem\""
    );
    assert_eq!(body(&mock), format!("{HEAD}{FIND}{TAIL}"));
}

#[test]
fn mails_meetings_and_refusals_come_back() {
    let mock = Mock::new().answer(200, XML, FOUND);
    let answer = service(&mock)
        .find_item(unread())
        .with_headers()
        .send()
        .unwrap();
    let version = answer.headers.server_version_info.unwrap();
    assert_eq!(version.major_version, Some(15));
    assert_eq!(version.version.as_deref(), Some("V2018_01_08"));
    let response = answer.response;
    let [
        ResponseMessage::FindItemResponseMessage(found),
        ResponseMessage::FindItemResponseMessage(refused),
    ] = response.response_messages.as_slice()
    else {
        panic!("{response:?}")
    };
    assert_eq!(found.response_class, ResponseClassType::Success);
    let folder = found.root_folder.as_ref().unwrap();
    assert_eq!(folder.total_items_in_view, Some(7));
    assert_eq!(folder.includes_last_item_in_range, Some(false));
    let Some(FindItemParentTypeItemsOrGroups::Items(items)) = &folder.items_or_groups else {
        panic!("{folder:?}")
    };
    let [
        RealItem::Message(AnyMessageType::MessageType(mail)),
        RealItem::CalendarItem(AnyCalendarItemType::CalendarItemType(tea)),
    ] = items.choice.as_slice()
    else {
        panic!("{items:?}")
    };
    let Some(AnyItemIdType::ItemIdType(id)) = &mail.item_id else {
        panic!("{mail:?}")
    };
    assert_eq!((&*id.id, id.change_key.as_deref()), ("AAMk=", Some("CQAA")));
    assert_eq!(mail.subject.as_deref(), Some("Engine & notes"));
    assert_eq!(
        mail.date_time_received.as_ref().unwrap().to_string(),
        "1843-10-01T09:30:00Z"
    );
    assert_eq!(
        mail.categories,
        Some(vec!["Blue".to_owned(), "Work".to_owned()])
    );
    let from = &mail.from.as_ref().unwrap().mailbox;
    assert_eq!(from.email_address.as_deref(), Some("charles@example.com"));
    assert_eq!(mail.is_read, Some(false));
    assert_eq!(tea.location.as_deref(), Some(""));
    assert_eq!(
        tea.end.as_ref().unwrap().to_string(),
        "2026-11-21T16:00:00Z"
    );

    assert_eq!(refused.response_class, ResponseClassType::Error);
    assert_eq!(refused.root_folder, None);
    assert_eq!(
        refused.message_text.as_deref(),
        Some("The specified folder could not be found in the store.")
    );
}

#[test]
fn a_mail_is_sent() {
    let mock = Mock::new();
    let mail = MessageType {
        subject: Some("Åska <nu>".to_owned()),
        body: Some(BodyType::new(BodyTypeType::Text, "1 < 2")),
        to_recipients: Some(vec![EmailAddressType {
            email_address: Some("charles@example.com".to_owned()),
            ..EmailAddressType::default()
        }]),
        ..MessageType::default()
    };
    let mut request = CreateItemType::new(vec![AllItem::Message(mail.into())]);
    request.message_disposition = Some(MessageDispositionType::SendAndSaveCopy);
    service(&mock).create_item(request).send().unwrap_err();
    assert_eq!(body(&mock), format!("{HEAD}{CREATE}{TAIL}"));
}

#[test]
fn a_fault_keeps_what_exchange_says() {
    let fault = r#"<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:ErrorImpersonateUserDenied</faultcode><faultstring xml:lang="en-US">The account does not have permission to impersonate the requested user.</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">ErrorImpersonateUserDenied</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">The account does not have permission to impersonate the requested user.</e:Message></detail></s:Fault></s:Body></s:Envelope>"#;
    let mock = Mock::new().answer(500, XML, fault);
    let error = service(&mock).find_item(unread()).send().unwrap_err();
    let Error::Fault(fault) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(fault.status, 500);
    assert_eq!(fault.code.to_string(), "ErrorImpersonateUserDenied");
    let detail = fault.raw_detail.as_ref().unwrap();
    let said: Vec<_> = detail.children().map(|child| child.text()).collect();
    assert_eq!(said[0], "ErrorImpersonateUserDenied");
}
