"""Calls the mock of `schemas/` with zeep: python client.py BASE. The data is invented."""
import sys

import zeep

base = sys.argv[1].rstrip("/")
headers = {"Username": "user", "Password": "secret"}


def client(service, wish=None):
    transport = zeep.Transport()
    if wish:
        transport.session.headers["Castile-Mock"] = wish
    return zeep.Client(f"{base}/{service}/?wsdl", transport=transport).service


def fault(call):
    try:
        call()
    except zeep.exceptions.Fault as found:
        return found
    raise SystemExit("a fault was expected")


payment = client("PaymentService/PaymentServiceV10")
identity = dict(
    CorrelationId="c-1",
    CountryCode="SE",
    IntegrationId="X-17",
    IntegrationIdDescription=zeep.xsd.Nil,
    RegNo="199901010000",
    StoreId=17,
)
answer = payment.AddIntegrationId(**identity, _soapheaders=headers)
print("AddIntegrationId:", answer)
invoice = dict(CorrelationId="c-2", CountryCode="SE", InvoiceNo="90000001", StoreId=17)
answer = payment.ExtendDueDate(**invoice, _soapheaders=headers)
assert answer.NewDueDate is not None, answer
print("ExtendDueDate:", answer.NewDueDate)

found = fault(lambda: payment.AddIntegrationId(**{**identity, "CountryCode": "Sweden"}, _soapheaders=headers))
assert "CountryCode" in found.message and "at most 4" in found.message, found.message
print("a value too long:", found.message)
found = fault(lambda: payment.ExtendDueDate(**invoice))
assert "Username" in found.message and "missing" in found.message, found.message
refusing = client("PaymentService/PaymentServiceV10", "fault=INVOICE_NOT_FOUND")
found = fault(lambda: refusing.ExtendDueDate(**invoice, _soapheaders=headers))
assert found.code.endswith("INVOICE_NOT_FOUND"), found.code
print("a fault on request:", found.code)
