<?php
// Calls the mock of `schemas/` with SoapClient: php client.php BASE. All data is invented.
ini_set('soap.wsdl_cache_enabled', '0');
$base = rtrim($argv[1], '/');

function expect(bool $condition, string $shown): void
{
    if (!$condition) {
        fwrite(STDERR, "not as expected: $shown\n");
        exit(1);
    }
}

function client(string $service, ?string $wish = null): SoapClient
{
    global $base;
    $http = $wish === null ? [] : ['header' => "Castile-Mock: $wish"];
    $context = stream_context_create(['http' => $http]);
    return new SoapClient("$base/$service/?wsdl", ['exceptions' => true, 'trace' => true, 'stream_context' => $context]);
}

function collector(string $service, ?string $wish = null, bool $headers = true): SoapClient
{
    $client = client($service, $wish);
    $namespace = "http://schemas.ecommerce.collector.se/v30/$service";
    if ($headers) {
        $client->__setSoapHeaders([
            new SoapHeader($namespace, 'Username', 'user'),
            new SoapHeader($namespace, 'Password', 'secret'),
        ]);
    }
    return $client;
}

function fault(callable $call): SoapFault
{
    try {
        $call();
    } catch (SoapFault $found) {
        return $found;
    }
    expect(false, 'no fault');
}

$identity = [
    'CorrelationId' => 'c-1', 'CountryCode' => 'SE', 'IntegrationId' => 'X-17',
    'IntegrationIdDescription' => null, 'RegNo' => '199901010000', 'StoreId' => 17,
];
$invoice = ['CorrelationId' => 'c-2', 'CountryCode' => 'SE', 'InvoiceNo' => '90000001', 'StoreId' => 17];
$payment = collector('PaymentService');
$payment->AddIntegrationId($identity);
expect(isset($payment->ExtendDueDate($invoice)->DueDate), $payment->__getLastResponse());
$found = fault(fn () => $payment->AddIntegrationId(['CountryCode' => 'Sweden'] + $identity));
expect(str_contains($found->getMessage(), 'AddIntegrationIdRequest/CountryCode'), $found->getMessage());
$found = fault(fn () => collector('PaymentService', null, false)->ExtendDueDate($invoice));
expect(str_contains($found->getMessage(), '`Username`'), $found->getMessage());
$found = fault(fn () => collector('PaymentService', 'fault=INVOICE_NOT_FOUND')->ExtendDueDate($invoice));
expect(str_ends_with($found->faultcode, 'INVOICE_NOT_FOUND'), $found->faultcode);

$query = [
    'CorrelationId' => 'c-3', 'CountryCode' => 'SE', 'CustomerNo' => null,
    'IntegrationId' => null, 'RegNo' => '199901010000', 'StoreId' => 17,
];
$information = collector('InformationService');
expect(isset($information->GetAccounts($query)->Accounts->Account), $information->__getLastResponse());
$found = fault(fn () => $information->GetAccounts(['CustomerNo' => '7'] + $query));
expect(str_contains($found->getMessage(), 'exactly one of'), $found->getMessage());

$address = ['addressLine1' => 'Prosta 1', 'city' => 'Warszawa', 'postalCode' => '00-001'];
$customer = ['RegisterCustomerRequest' => [
    'authorization' => ['apiKey' => 'key', 'login' => 'login', 'password' => 'secret'],
    'customer' => [
        'customerType' => 'ZOO', 'email' => 'a@example.com', 'name' => 'Przykład', 'phone' => '000000001',
        'regno' => '1', 'taxno' => '2',
    ],
    'mailingAddress' => $address,
    'mainAddress' => $address,
    'user' => [
        'email' => 'u@example.com', 'login' => 'u', 'name' => 'Jan Przykładowy', 'password' => 'secret',
        'phone' => '000000002',
    ],
]];
$apaczka = client('ApaczkaWebservice');
expect(isset($apaczka->registerCustomer($customer)->return), $apaczka->__getLastResponse());
$apaczka = client('ApaczkaWebservice', 'fault=LOGIN_FAILED');
$messages = $apaczka->registerCustomer($customer)->return->result->messages->Message;
$message = is_array($messages) ? $messages[0] : $messages;
expect($message->code === 'LOGIN_FAILED', $apaczka->__getLastResponse());
echo 'PHP ', PHP_VERSION, ' SoapClient: all calls as expected', "\n";
