<?php
/**
 * The saved settings: their defaults and what they may be.
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

defined( 'ABSPATH' ) || exit;

const DEFAULT_BASE = 'https://api.openai.com';

const DEFAULTS = array(
	'model'           => 'gpt-realtime-2.1',
	'transcription'   => 'gpt-transcribe',
	'voice'           => 'marin',
	'instructions'    => '',
	'base_url'        => DEFAULT_BASE,
	'who'             => 'everyone',
	'capability'      => 'read',
	'per_address'     => 10,
	'per_site'        => 100,
	'trusted_proxies' => 0,
);

const WHO = array( 'everyone', 'logged-in', 'capability' );

/** The smallest and the largest value of each number. */
const RANGES = array(
	'per_address'     => array( 1, 1000 ),
	'per_site'        => array( 1, 100000 ),
	'trusted_proxies' => array( 0, 5 ),
);

add_action( 'admin_init', __NAMESPACE__ . '\register_settings' );
register_activation_hook( MAIN, __NAMESPACE__ . '\create_options' );

/**
 * The key is not loaded with every page of the site. WordPress would do that if a form created the option. It is in an
 * array, because /wp-admin/options.php prints every option that is a text; earlier versions saved it as one.
 */
function create_options(): void {
	add_option( API_KEY, array( 'key' => '' ), '', false );
	add_option( SETTINGS, DEFAULTS, '', false );
	if ( is_string( get_option( API_KEY ) ) ) {
		update_option( API_KEY, array( 'key' => saved_key() ), false );
	}
}

function register_settings(): void {
	create_options();
	register_setting(
		'realtime-voice',
		SETTINGS,
		array(
			'type'              => 'array',
			'sanitize_callback' => __NAMESPACE__ . '\sanitize_settings',
		)
	);
	register_setting(
		'realtime-voice',
		API_KEY,
		array(
			'type'              => 'array',
			'sanitize_callback' => __NAMESPACE__ . '\sanitize_key_option',
		)
	);
}

/** All settings; what is missing or of the wrong type has its default. */
function settings(): array {
	$saved = get_option( SETTINGS, array() );
	return sanitize_settings( is_array( $saved ) ? $saved : array() );
}

/** The constant in wp-config.php wins, because it is in no database dump. */
function api_key(): string {
	if ( has_key_constant() ) {
		return (string) constant( 'REALTIME_VOICE_API_KEY' );
	}
	return saved_key();
}

/** Of an array, or of the text that earlier versions saved. */
function saved_key(): string {
	$saved = get_option( API_KEY, '' );
	$key   = is_array( $saved ) ? $saved['key'] ?? '' : $saved;
	return is_string( $key ) ? $key : '';
}

function has_key_constant(): bool {
	return defined( 'REALTIME_VOICE_API_KEY' ) && '' !== constant( 'REALTIME_VOICE_API_KEY' );
}

/**
 * Also called for settings that are already clean, so that it must not change those.
 *
 * @param mixed $input What the form sent, or the saved option.
 */
function sanitize_settings( $input ): array {
	$input = is_array( $input ) ? $input : array();
	$text  = static function ( string $name ) use ( $input ): string {
		$value = isset( $input[ $name ] ) && is_scalar( $input[ $name ] ) ? (string) $input[ $name ] : DEFAULTS[ $name ];
		return 'instructions' === $name ? sanitize_textarea_field( $value ) : sanitize_text_field( $value );
	};
	$clean = array();
	foreach ( array( 'model', 'transcription', 'voice' ) as $name ) {
		$clean[ $name ] = substr( preg_replace( '/[^\w.:\/-]/', '', $text( $name ) ), 0, 100 );
	}
	$clean['model']        = '' === $clean['model'] ? DEFAULTS['model'] : $clean['model'];
	$clean['instructions'] = $text( 'instructions' );
	$clean['base_url']     = sanitize_base_url( $text( 'base_url' ) );
	$clean['who']          = in_array( $text( 'who' ), WHO, true ) ? $text( 'who' ) : DEFAULTS['who'];
	$clean['capability']   = sanitize_key( $text( 'capability' ) );
	$clean['capability']   = '' === $clean['capability'] ? DEFAULTS['capability'] : $clean['capability'];
	foreach ( RANGES as $name => list( $least, $most ) ) {
		$number         = is_numeric( $text( $name ) ) ? (int) $text( $name ) : DEFAULTS[ $name ];
		$clean[ $name ] = max( $least, min( $most, $number ) );
	}
	return $clean;
}

/** The key is sent there, so only to https, or to a server on the same machine. */
function sanitize_base_url( string $url ): string {
	$parts   = wp_parse_url( trim( $url ) );
	$scheme  = strtolower( $parts['scheme'] ?? '' );
	$host    = strtolower( $parts['host'] ?? '' );
	$is_safe = 'https' === $scheme || ( 'http' === $scheme && in_array( $host, array( '127.0.0.1', 'localhost', '[::1]' ), true ) );
	if ( ! $is_safe || '' === $host || isset( $parts['user'] ) || isset( $parts['query'] ) || isset( $parts['fragment'] ) ) {
		return DEFAULT_BASE;
	}
	$port = isset( $parts['port'] ) ? ':' . $parts['port'] : '';
	$path = preg_replace( '#/v1$#', '', rtrim( $parts['path'] ?? '', '/' ) );
	return esc_url_raw( "$scheme://$host$port$path", array( 'http', 'https' ) );
}

/**
 * WordPress also calls it for an option that is already clean.
 *
 * @param mixed $input What the form sent, or the saved option.
 */
function sanitize_key_option( $input ): array {
	return array( 'key' => sanitize_key_text( is_array( $input ) ? $input['key'] ?? '' : $input ) );
}

/**
 * An empty field keeps the saved key, because the form never shows it.
 *
 * @param mixed $input The text of the field, or the saved key.
 */
function sanitize_key_text( $input ): string {
	$saved = saved_key();
	$key   = is_string( $input ) ? trim( $input ) : '';
	// phpcs:ignore WordPress.Security.NonceVerification.Missing -- options.php has verified it.
	if ( ! empty( $_POST['realtime_voice_delete_key'] ) ) {
		return '';
	}
	if ( '' === $key || $key === $saved ) {
		return $saved;
	}
	if ( preg_match( '/^[\x21-\x7e]{1,500}$/', $key ) ) {
		return $key;
	}
	if ( function_exists( 'add_settings_error' ) ) {
		$message = __( 'The API key has a character that no key has, such as a line break. Copy it again.', 'realtime-voice' );
		add_settings_error( API_KEY, 'invalid-key', $message );
	}
	return $saved;
}
