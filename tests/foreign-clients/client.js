// Calls the mock of `schemas/` with node-soap: node client.js BASE. All data is invented.
const soap = require('soap');

const base = process.argv[2].replace(/\/$/, '');
const nil = { attributes: { 'xsi:nil': 'true' } };

function expect(condition, shown) {
  if (!condition) {
    console.error('not as expected:', shown);
    process.exit(1);
  }
}

async function client(service) {
  return soap.createClientAsync(`${base}/${service}/?wsdl`);
}

async function collector(service, headers = true) {
  const made = await client(service);
  if (headers) {
    const namespace = `http://schemas.ecommerce.collector.se/v30/${service}`;
    made.addSoapHeader({ Username: 'user' }, '', 'h', namespace);
    made.addSoapHeader({ Password: 'secret' }, '', 'h', namespace);
    made.wsdl.definitions.xmlns.h = namespace;
  }
  return made;
}

async function fault(call) {
  try {
    await call();
  } catch (found) {
    return String(found.root ? JSON.stringify(found.root.Envelope.Body.Fault) : found);
  }
  expect(false, 'no fault');
}

async function main() {
  const identity = {
    CorrelationId: 'c-1', CountryCode: 'SE', IntegrationId: 'X-17',
    IntegrationIdDescription: nil, RegNo: '199901010000', StoreId: 17,
  };
  const invoice = { CorrelationId: 'c-2', CountryCode: 'SE', InvoiceNo: '90000001', StoreId: 17 };
  const payment = await collector('PaymentService');
  await payment.AddIntegrationIdAsync(identity);
  const [extended] = await payment.ExtendDueDateAsync(invoice);
  expect(extended.DueDate, extended);
  let found = await fault(() => payment.AddIntegrationIdAsync({ ...identity, CountryCode: 'Sweden' }));
  expect(found.includes('AddIntegrationIdRequest/CountryCode'), found);
  const anonymous = await collector('PaymentService', false);
  found = await fault(() => anonymous.ExtendDueDateAsync(invoice));
  expect(found.includes('`Username`'), found);
  found = await fault(() => payment.ExtendDueDateAsync(invoice, {}, { 'Castile-Mock': 'fault=INVOICE_NOT_FOUND' }));
  expect(found.includes('INVOICE_NOT_FOUND'), found);

  const query = {
    CorrelationId: 'c-3', CountryCode: 'SE', CustomerNo: nil, IntegrationId: nil,
    RegNo: '199901010000', StoreId: 17,
  };
  const information = await collector('InformationService');
  const [accounts] = await information.GetAccountsAsync(query);
  expect(accounts.Accounts.Account.length > 0, accounts);
  found = await fault(() => information.GetAccountsAsync({ ...query, CustomerNo: '7' }));
  expect(found.includes('exactly one of'), found);

  const address = { addressLine1: 'Prosta 1', city: 'Warszawa', postalCode: '00-001' };
  const customer = {
    RegisterCustomerRequest: {
      authorization: { apiKey: 'key', login: 'login', password: 'secret' },
      customer: {
        customerType: 'ZOO', email: 'a@example.com', name: 'Przykład', phone: '000000001', regno: '1', taxno: '2',
      },
      mailingAddress: address,
      mainAddress: address,
      user: { email: 'u@example.com', login: 'u', name: 'Jan Przykładowy', password: 'secret', phone: '000000002' },
    },
  };
  const apaczka = await client('ApaczkaWebservice');
  const [registered] = await apaczka.registerCustomerAsync(customer);
  expect(registered.return, registered);
  const [refused] = await apaczka.registerCustomerAsync(customer, {}, { 'Castile-Mock': 'fault=LOGIN_FAILED' });
  expect(refused.return.result.messages.Message[0].code === 'LOGIN_FAILED', refused);
  console.log(`node-soap ${require('soap/package.json').version}: all calls as expected`);
}

main().catch((error) => {
  console.error(error.message || error);
  process.exit(1);
});
