<?php
/**
 * The request to the service, which exchanges the API key for a client secret.
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

use WP_Error;

defined( 'ABSPATH' ) || exit;

const SECRET_SECONDS  = 60;
const TIMEOUT_SECONDS = 8;
const MOST_BYTES      = 65536;

/** What the service is asked for. No request of a visitor can change it. */
function session_config( array $settings ): array {
	$input = array( 'turn_detection' => array( 'type' => 'server_vad' ) );
	if ( '' !== $settings['transcription'] ) {
		$input['transcription'] = array( 'model' => $settings['transcription'] );
	}
	$session = array(
		'type'  => 'realtime',
		'model' => $settings['model'],
		'audio' => array( 'input' => $input ),
	);
	if ( '' !== $settings['voice'] ) {
		$session['audio']['output'] = array( 'voice' => $settings['voice'] );
	}
	if ( '' !== $settings['instructions'] ) {
		$session['instructions'] = $settings['instructions'];
	}
	/** The session, as the service documents it. */
	return (array) apply_filters( 'realtime_voice_session', $session );
}

/**
 * A new client secret, as the browser gets it; or an error, whose data has the status and the seconds to wait.
 *
 * @param string $key      The API key.
 * @param array  $settings All settings.
 * @param string $visitor  The visitor's safety identifier.
 * @return array|WP_Error
 */
function new_secret( string $key, array $settings, string $visitor ) {
	$answer = wp_remote_post(
		$settings['base_url'] . '/v1/realtime/client_secrets',
		array(
			'timeout'             => TIMEOUT_SECONDS,
			// The key is for this address only.
			'redirection'         => 0,
			'limit_response_size' => MOST_BYTES,
			'headers'             => array(
				'Authorization'            => "Bearer $key",
				'Content-Type'             => 'application/json',
				'OpenAI-Safety-Identifier' => $visitor,
			),
			'body'                => wp_json_encode(
				array(
					'expires_after' => array(
						'anchor'  => 'created_at',
						'seconds' => SECRET_SECONDS,
					),
					'session'       => session_config( $settings ),
				)
			),
		)
	);
	if ( is_wp_error( $answer ) ) {
		$is_late = false !== stripos( $answer->get_error_message(), 'timed out' );
		return $is_late
			? failure( 504, 'upstream-timeout', 'The service did not answer in time.' )
			: failure( 502, 'upstream-unreachable', 'The service could not be reached.' );
	}
	$status = (int) wp_remote_retrieve_response_code( $answer );
	$body   = json_decode( wp_remote_retrieve_body( $answer ), true );
	$body   = is_array( $body ) ? $body : array();
	return $status >= 200 && $status < 300
		? secret_of( $body, $key, $settings['base_url'] )
		: failure_of( $status, $body, (string) wp_remote_retrieve_header( $answer, 'retry-after' ) );
}

/**
 * Reads `{ value }`, `{ client_secret: { value } }` or `{ client_secret: "…" }`, as compatible servers send it.
 *
 * @return array|WP_Error
 */
function secret_of( array $body, string $key, string $base_url ) {
	$nested = $body['client_secret'] ?? null;
	$holder = is_array( $nested ) ? $nested : $body;
	$value  = $holder['value'] ?? $nested;
	$is_key = is_string( $value ) && ( 0 === strpos( $value, 'sk-' ) || $value === $key || ( strlen( $key ) >= 8 && false !== strpos( $value, $key ) ) );
	if ( ! is_string( $value ) || $is_key || ! preg_match( '/^[\x21-\x7e]+$/', $value ) ) {
		return failure( 502, 'upstream-invalid', 'The service sent no client secret.' );
	}
	$secret = array( 'value' => $value );
	if ( is_int( $holder['expires_at'] ?? null ) ) {
		$secret['expires_at'] = $holder['expires_at'];
	}
	if ( DEFAULT_BASE !== $base_url ) {
		$secret['calls_url'] = "$base_url/v1/realtime/calls";
	}
	// A server that is not known to take a channel that is agreed on beforehand must say so.
	$is_openai = preg_match( '#^https://([^/:]+\.)?api\.openai\.com(:\d+)?(/|$)#', $base_url );
	if ( $is_openai || true === ( $body['dcid'] ?? null ) ) {
		$secret['dcid'] = true;
	}
	return $secret;
}

/** The service's own words stay here: it quotes parts of the key in them. */
function failure_of( int $status, array $body, string $retry_after ): WP_Error {
	if ( 401 === $status || 403 === $status ) {
		return failure( 502, 'upstream-unauthorized', 'The service refused the credentials of this site.' );
	}
	if ( 429 === $status && 'insufficient_quota' === ( $body['error']['code'] ?? null ) ) {
		return failure( 429, 'insufficient_quota', 'The quota of this site is used up.' );
	}
	if ( 429 === $status ) {
		$seconds = preg_match( '/^\d{1,6}$/', $retry_after ) ? (int) $retry_after : null;
		return failure( 429, 'rate-limited', 'The service is busy. Try again later.', $seconds );
	}
	if ( $status >= 500 ) {
		return failure( 502, 'upstream-unavailable', 'The service has a problem. Try again later.' );
	}
	return failure( 502, 'upstream-rejected', 'The service did not accept the session of this site.' );
}

function failure( int $status, string $code, string $message, ?int $retry_after = null ): WP_Error {
	return new WP_Error(
		$code,
		$message,
		array(
			'status'      => $status,
			'retry_after' => $retry_after,
		)
	);
}
