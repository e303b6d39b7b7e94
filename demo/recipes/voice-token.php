<?php

// PHP 8.1, without a framework: the token endpoint, as one file in the web root. For `token-url="/voice-token.php"`.
// Environment (in the pool of PHP-FPM: env[…]): OPENAI_API_KEY, and VOICE_ORIGINS with your sites, such as
// https://shop.example,https://www.shop.example

declare(strict_types=1);

const SESSION = [
    'type' => 'realtime',
    'model' => 'gpt-realtime-2.1',
    'instructions' => 'You are the friendly assistant of a bicycle shop. Be brief.',
    'audio' => ['input' => ['transcription' => ['model' => 'gpt-transcribe']], 'output' => ['voice' => 'marin']],
];
// Requests a minute.
const PER_ADDRESS = 10;
const PER_SITE = 100;
const SERVICE = 'https://api.openai.com';

// PHP's own messages have paths and parts of the arguments, such as the key. They are for no visitor, and the arguments for no log.
ini_set('display_errors', '0');
ini_set('zend.exception_ignore_args', '1');

function answer(int $status, array $body, array $headers = []): never
{
    http_response_code($status);
    foreach ($headers as $name => $value) {
        header("$name: $value");
    }
    header('Content-Type: application/json');
    exit(json_encode($body));
}

function refuse(int $status, string $code, string $message, array $headers = []): never
{
    answer($status, ['error' => ['code' => $code, 'message' => $message]], $headers);
}

/** Seconds to wait; 0 = the request is allowed. The counts are in a file, which one request at a time may use. */
function seconds_to_wait(string $key): int
{
    // An IPv6 visitor owns all addresses of a /64. Behind your own proxy, take the address that it sets.
    $address = preg_replace('/^::ffff:(?=\d+\.)/i', '', $_SERVER['REMOTE_ADDR']);
    $visitor = hash_hmac('sha256', substr((string) inet_pton($address), 0, 8), $key);
    $file = @fopen(sys_get_temp_dir() . '/voice-token-' . substr(hash('sha256', __FILE__ . $key), 0, 16), 'c+');
    if (!$file || !flock($file, LOCK_EX)) {
        error_log('voice-token.php cannot count requests: its file in the temporary folder cannot be written.');
        refuse(500, 'internal', 'The server has a problem.');
    }
    $minute = intdiv(time(), 60);
    $counts = json_decode(stream_get_contents($file), true);
    if (($counts['minute'] ?? null) !== $minute) {
        $counts = ['minute' => $minute, 'site' => 0];
    }
    $isAllowed = $counts['site'] < PER_SITE && ($counts[$visitor] ?? 0) < PER_ADDRESS;
    if ($isAllowed) {
        $counts['site']++;
        $counts[$visitor] = ($counts[$visitor] ?? 0) + 1;
        ftruncate($file, 0);
        rewind($file);
        fwrite($file, json_encode($counts));
    }
    fclose($file);
    return $isAllowed ? 0 : 60 - time() % 60;
}

/** The status, the answer and the headers of the service; status 0 if it did not answer. */
function ask_service(string $base, string $key): array
{
    $http = [
        'method' => 'POST',
        'header' => ["Authorization: Bearer $key", 'Content-Type: application/json'],
        'content' => json_encode(['expires_after' => ['anchor' => 'created_at', 'seconds' => 60], 'session' => SESSION]),
        'timeout' => 10,
        'ignore_errors' => true,
        'follow_location' => 0,
    ];
    $text = @file_get_contents("$base/v1/realtime/client_secrets", false, stream_context_create(['http' => $http]));
    $headers = $http_response_header ?? [];
    $status = (int) (explode(' ', $headers[0] ?? '')[1] ?? 0);
    return [$status, $text === false ? null : json_decode($text, true), implode("\n", $headers)];
}

header('Cache-Control: no-store');
header('Vary: Origin');
header('X-Content-Type-Options: nosniff');

$key = (string) getenv('OPENAI_API_KEY');
$base = getenv('OPENAI_BASE_URL') ?: SERVICE;
$origin = $_SERVER['HTTP_ORIGIN'] ?? '';
if (!in_array($origin, array_map('trim', explode(',', (string) getenv('VOICE_ORIGINS'))), true) || $origin === '') {
    refuse(403, 'origin-not-allowed', 'This origin may not use this endpoint. List it in VOICE_ORIGINS.');
}
header("Access-Control-Allow-Origin: $origin");
header('Access-Control-Expose-Headers: Retry-After');
if ($_SERVER['REQUEST_METHOD'] === 'OPTIONS') {
    header('Access-Control-Allow-Methods: POST');
    header('Access-Control-Allow-Headers: Content-Type');
    http_response_code(204);
    exit;
}
if ($_SERVER['REQUEST_METHOD'] !== 'POST') {
    refuse(405, 'method-not-allowed', 'Use POST.', ['Allow' => 'POST, OPTIONS']);
}
// A form of another site cannot send this type.
if (!str_starts_with($_SERVER['CONTENT_TYPE'] ?? '', 'application/json')) {
    refuse(415, 'unsupported-media-type', 'Send application/json.');
}
if ($key === '') {
    refuse(503, 'not-configured', 'The server has no OPENAI_API_KEY.');
}
if ($wait = seconds_to_wait($key)) {
    refuse(429, 'rate-limited', 'Too many calls. Try again later.', ['Retry-After' => $wait]);
}

[$status, $body, $headers] = ask_service($base, $key);
if ($status === 429) {
    $wait = preg_match('/^retry-after: *(\d{1,6})\s*$/mi', $headers, $found) ? $found[1] : 60;
    refuse(429, 'rate-limited', 'The service is busy. Try again later.', ['Retry-After' => $wait]);
}
match (true) {
    $status === 0 => refuse(502, 'upstream-unreachable', 'The service did not answer.'),
    $status === 401, $status === 403 => refuse(502, 'upstream-unauthorized', 'The service refused the key.'),
    $status >= 500 => refuse(502, 'upstream-unavailable', 'The service failed.'),
    $status !== 200 => refuse(502, 'upstream-rejected', 'The service rejected the session.'),
    default => null,
};
$secret = $body['value'] ?? null;
if (!is_string($secret) || str_contains($secret, $key)) {
    refuse(502, 'upstream-invalid', 'The service gave no client secret.');
}
$token = ['value' => $secret, 'expires_at' => $body['expires_at'] ?? null];
answer(200, $base === SERVICE ? $token : $token + ['calls_url' => "$base/v1/realtime/calls"]);
