//! A network camera by ONVIF: device management, media and pan/tilt/zoom from three WSDLs that share
//! their schema and have no `wsdl:service`; the camera is invented.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use castile::Error;
use castile::transport::Mock;
use castile::{Duration, UsernameToken};
use onvif::device::{CreateUsers, Device, GetDeviceInformation, GetSystemDateAndTime};
use onvif::media::{GetProfiles, Media};
use onvif::onvif_schema::{PtzSpeed, SetDateTimeType, User, UserLevel, Vector1D, Vector2D};
use onvif::ptz::{ContinuousMove, Ptz};

const SOAP: &str = "application/soap+xml; charset=utf-8";
const CAMERA: &str = "http://camera.test/onvif/device_service";

fn body(mock: &Mock) -> String {
    let requests = mock.requests();
    String::from_utf8(requests.last().unwrap().body().to_vec()).unwrap()
}

fn envelope(body: &str) -> String {
    format!(
        "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://www.w3.org/2003/05/soap-envelope\" \
         xmlns:tt=\"http://www.onvif.org/ver10/schema\" \
         xmlns:tds=\"http://www.onvif.org/ver10/device/wsdl\" \
         xmlns:trt=\"http://www.onvif.org/ver10/media/wsdl\" \
         xmlns:ter=\"http://www.onvif.org/ver10/error\"><SOAP-ENV:Body>{body}</SOAP-ENV:Body>\
         </SOAP-ENV:Envelope>"
    )
}

#[test]
fn a_camera_says_what_it_is() {
    let mock = Mock::new().answer(
        200,
        SOAP,
        envelope(
            "<tds:GetDeviceInformationResponse><tds:Manufacturer>Argus</tds:Manufacturer>\
             <tds:Model>Panoptes 100</tds:Model><tds:FirmwareVersion>1.2</tds:FirmwareVersion>\
             <tds:SerialNumber>0042</tds:SerialNumber><tds:HardwareId>rev B</tds:HardwareId>\
             </tds:GetDeviceInformationResponse>",
        ),
    );
    let device = Device::new(mock.clone(), CAMERA);
    let answer = device
        .get_device_information(GetDeviceInformation {})
        .send()
        .unwrap();
    assert_eq!(answer.manufacturer, "Argus");
    assert_eq!(answer.hardware_id, "rev B");
    let request = &mock.requests()[0];
    assert_eq!(request.uri(), CAMERA);
    assert_eq!(
        request.headers()["Content-Type"],
        "application/soap+xml; charset=utf-8; \
         action=\"http://www.onvif.org/ver10/device/wsdl/GetDeviceInformation\""
    );
}

#[test]
fn the_time_comes_with_its_zone() {
    let mock = Mock::new().answer(
        200,
        SOAP,
        envelope(
            "<tds:GetSystemDateAndTimeResponse><tds:SystemDateAndTime>\
             <tt:DateTimeType>NTP</tt:DateTimeType><tt:DaylightSavings>false</tt:DaylightSavings>\
             <tt:TimeZone><tt:TZ>CET-1CEST,M3.5.0,M10.5.0/3</tt:TZ></tt:TimeZone>\
             <tt:UTCDateTime><tt:Time><tt:Hour>20</tt:Hour><tt:Minute>39</tt:Minute>\
             <tt:Second>29</tt:Second></tt:Time><tt:Date><tt:Year>2026</tt:Year>\
             <tt:Month>11</tt:Month><tt:Day>21</tt:Day></tt:Date></tt:UTCDateTime>\
             </tds:SystemDateAndTime></tds:GetSystemDateAndTimeResponse>",
        ),
    );
    let device = Device::new(mock, CAMERA);
    let now = device
        .get_system_date_and_time(GetSystemDateAndTime {})
        .send()
        .unwrap();
    assert_eq!(now.date_time_type, SetDateTimeType::Ntp);
    assert_eq!(now.time_zone.unwrap().tz, "CET-1CEST,M3.5.0,M10.5.0/3");
    let utc = now.utc_date_time.unwrap();
    assert_eq!((utc.date.year, utc.time.second), (2026, 29));
}

#[test]
fn users_are_made_with_a_header_and_refused_with_a_subcode() {
    let fault = envelope(
        "<SOAP-ENV:Fault><SOAP-ENV:Code><SOAP-ENV:Value>SOAP-ENV:Sender</SOAP-ENV:Value>\
         <SOAP-ENV:Subcode><SOAP-ENV:Value>ter:OperationProhibited</SOAP-ENV:Value>\
         <SOAP-ENV:Subcode><SOAP-ENV:Value>ter:UsernameClash</SOAP-ENV:Value></SOAP-ENV:Subcode>\
         </SOAP-ENV:Subcode></SOAP-ENV:Code><SOAP-ENV:Reason>\
         <SOAP-ENV:Text xml:lang=\"en\">Username already exists</SOAP-ENV:Text></SOAP-ENV:Reason>\
         </SOAP-ENV:Fault>",
    );
    let mock = Mock::new().answer(400, SOAP, fault);
    let device = Device::new(mock.clone(), CAMERA)
        .with_port(|port| port.username_token(UsernameToken::text("admin", "geheim")));
    let mut user = User::new("ada", UserLevel::Operator);
    user.password = Some("enigma".to_owned());
    let error = device
        .create_users(CreateUsers::new(vec![user]))
        .send()
        .unwrap_err();
    let Error::Fault(fault) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(fault.status, 400);
    assert_eq!(fault.code.to_string(), "UsernameClash");
    assert_eq!(fault.reason, "Username already exists");
    assert_eq!(
        body(&mock),
        r##"<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns="http://www.onvif.org/ver10/device/wsdl" xmlns:ns2="http://www.onvif.org/ver10/schema"><soap:Header><wsse:Security xmlns:wsse="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd" xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" soap:mustUnderstand="1"><wsse:UsernameToken><wsse:Username>admin</wsse:Username><wsse:Password Type="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText">geheim</wsse:Password></wsse:UsernameToken></wsse:Security></soap:Header><soap:Body><ns:CreateUsers><ns:User><ns2:Username>ada</ns2:Username><ns2:Password>enigma</ns2:Password><ns2:UserLevel>Operator</ns2:UserLevel></ns:User></ns:CreateUsers></soap:Body></soap:Envelope>"##
    );
}

#[test]
fn profiles_are_read_whole() {
    let mock = Mock::new().answer(
        200,
        SOAP,
        envelope(
            "<trt:GetProfilesResponse><trt:Profiles token=\"main\" fixed=\"true\">\
             <tt:Name>Main stream</tt:Name><tt:VideoEncoderConfiguration token=\"v0\">\
             <tt:Name>H264</tt:Name><tt:UseCount>1</tt:UseCount><tt:Encoding>H264</tt:Encoding>\
             <tt:Resolution><tt:Width>1920</tt:Width><tt:Height>1080</tt:Height></tt:Resolution>\
             <tt:Quality>4.5</tt:Quality><tt:Multicast><tt:Address><tt:Type>IPv4</tt:Type>\
             <tt:IPv4Address>239.0.0.1</tt:IPv4Address></tt:Address><tt:Port>5004</tt:Port>\
             <tt:TTL>1</tt:TTL><tt:AutoStart>false</tt:AutoStart></tt:Multicast>\
             <tt:SessionTimeout>PT60S</tt:SessionTimeout></tt:VideoEncoderConfiguration>\
             </trt:Profiles><trt:Profiles token=\"sub\"><tt:Name>Sub</tt:Name></trt:Profiles>\
             </trt:GetProfilesResponse>",
        ),
    );
    let media = Media::new(mock, "http://camera.test/onvif/media_service");
    let profiles = media.get_profiles(GetProfiles {}).send().unwrap().profiles;
    assert_eq!(profiles.len(), 2);
    assert_eq!(
        (&*profiles[0].token, profiles[0].fixed),
        ("main", Some(true))
    );
    let video = profiles[0].video_encoder_configuration.as_ref().unwrap();
    assert_eq!(
        (video.resolution.width, video.resolution.height),
        (1920, 1080)
    );
    assert_eq!(video.session_timeout, "PT60S".parse::<Duration>().unwrap());
    assert_eq!(profiles[1].video_encoder_configuration, None);
}

#[test]
fn the_camera_turns() {
    let mock = Mock::new();
    let ptz = Ptz::new(mock.clone(), "http://camera.test/onvif/ptz_service");
    let speed = PtzSpeed {
        pan_tilt: Some(Vector2D::new(0.5, -1.0)),
        zoom: Some(Vector1D::new(0.0)),
    };
    let mut turn = ContinuousMove::new("main", speed);
    turn.timeout = Some("PT2S".parse().unwrap());
    ptz.continuous_move(turn).send().unwrap_err();
    assert_eq!(
        body(&mock),
        r#"<soap:Envelope xmlns:soap="http://www.w3.org/2003/05/soap-envelope" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns="http://www.onvif.org/ver20/ptz/wsdl" xmlns:ns2="http://www.onvif.org/ver10/schema"><soap:Body><ns:ContinuousMove><ns:ProfileToken>main</ns:ProfileToken><ns:Velocity><ns2:PanTilt x="0.5" y="-1"/><ns2:Zoom x="0"/></ns:Velocity><ns:Timeout>PT2S</ns:Timeout></ns:ContinuousMove></soap:Body></soap:Envelope>"#
    );
}
