<?php
// php -S 127.0.0.1:PORT encoded.php, with the WSDL in the environment variable WSDL: rpc/encoded as PHP's own
// SoapServer does it, which sends an object that is there twice as `href` and `id`.
ini_set('soap.wsdl_cache_enabled', '0');

class Zoo
{
    /** A keeper per number, all with the same chief, who comes last. */
    public function keepers($ids)
    {
        $chief = (object) ['name' => 'Boss & Co', 'age' => 60, 'chief' => null];
        $keepers = [];
        foreach ($ids as $id) {
            $keepers[] = (object) ['name' => "K$id", 'age' => $id, 'chief' => $chief];
        }
        $keepers[] = $chief;
        return $keepers;
    }

    public function describe($keeper, $extra)
    {
        $names = [$keeper->name];
        for ($chief = $keeper->chief ?? null; $chief !== null; $chief = $chief->chief ?? null) {
            $names[] = $chief->name;
        }
        $names[] = gettype($extra) . ' ' . json_encode($extra);
        return ['return' => $names, 'count' => count($names)];
    }
}

$server = new SoapServer(getenv('WSDL'), ['soap_version' => SOAP_1_1]);
$server->setClass('Zoo');
$server->handle();
