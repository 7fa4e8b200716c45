"""Calls the mock of `schemas/` with zeep: python client.py BASE. All data is invented."""

import sys

import zeep

base = sys.argv[1].rstrip("/")
headers = {"Username": "user", "Password": "secret"}


def service(name, wish=None):
    transport = zeep.Transport()
    if wish:
        transport.session.headers["Castile-Mock"] = wish
    return zeep.Client(f"{base}/{name}/?wsdl", transport=transport).service


def fault(call):
    try:
        call()
    except zeep.exceptions.Fault as found:
        return found
    raise SystemExit("a fault was expected")


def expect(condition, shown):
    if not condition:
        raise SystemExit(f"not as expected: {shown!r}")


payment = service("PaymentService")
identity = dict(
    CorrelationId="c-1",
    CountryCode="SE",
    IntegrationId="X-17",
    IntegrationIdDescription=zeep.xsd.Nil,
    RegNo="199901010000",
    StoreId=17,
)
invoice = dict(CorrelationId="c-2", CountryCode="SE", InvoiceNo="90000001", StoreId=17)

payment.AddIntegrationId(**identity, _soapheaders=headers)
answer = payment.ExtendDueDate(**invoice, _soapheaders=headers)
expect(answer.DueDate is not None, answer)
found = fault(lambda: payment.AddIntegrationId(**{**identity, "CountryCode": "Sweden"}, _soapheaders=headers))
expect("AddIntegrationIdRequest/CountryCode" in found.message, found.message)
found = fault(lambda: payment.ExtendDueDate(**invoice))
expect("`Username`" in found.message and "missing" in found.message, found.message)
found = fault(lambda: service("PaymentService", "fault=INVOICE_NOT_FOUND").ExtendDueDate(**invoice, _soapheaders=headers))
expect(found.code.endswith("INVOICE_NOT_FOUND"), found.code)

query = dict(
    CorrelationId="c-3",
    CountryCode="SE",
    CustomerNo=zeep.xsd.Nil,
    IntegrationId=zeep.xsd.Nil,
    RegNo="199901010000",
    StoreId=17,
)
information = service("InformationService")
answer = information.GetAccounts(**query, _soapheaders=headers)
expect(len(answer.Accounts.Account) > 0, answer)
found = fault(lambda: information.GetAccounts(**{**query, "CustomerNo": "7"}, _soapheaders=headers))
expect("exactly one of" in found.message, found.message)

address = dict(addressLine1="Prosta 1", city="Warszawa", postalCode="00-001")
customer = dict(
    authorization=dict(apiKey="key", login="login", password="secret"),
    customer=dict(customerType="ZOO", email="a@example.com", name="Przykład", phone="000000001", regno="1", taxno="2"),
    mailingAddress=address,
    mainAddress=address,
    user=dict(email="u@example.com", login="u", name="Jan Przykładowy", password="secret", phone="000000002"),
)
answer = service("ApaczkaWebservice").registerCustomer(RegisterCustomerRequest=customer)
expect(answer is not None, answer)
refused = service("ApaczkaWebservice", "fault=LOGIN_FAILED").registerCustomer(RegisterCustomerRequest=customer)
expect(refused.messages.Message[0].code == "LOGIN_FAILED", refused)
print(f"zeep {zeep.__version__}: all calls as expected")
