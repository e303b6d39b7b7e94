<?php
/**
 * Who asks: the origin of the page, the address, and the user.
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

defined( 'ABSPATH' ) || exit;

/**
 * Whether one of the site's own pages asks. The browser sets both headers, and no script can change them. A nonce of
 * WordPress would add nothing: all visitors who are not logged in share one, and in a cached page it is out of date.
 *
 * @param string|null $origin The header `Origin`, which browsers send with every POST.
 * @param string|null $site   The header `Sec-Fetch-Site`, which older browsers do not send.
 */
function is_own_page( ?string $origin, ?string $site ): bool {
	$own = array_map( __NAMESPACE__ . '\origin_of', array( home_url(), site_url() ) );
	/** Further origins that may start a conversation, such as `https://shop.example`. */
	$listed = (array) apply_filters( 'realtime_voice_allowed_origins', array() );
	if ( null === $origin || '' === $origin ) {
		return false;
	}
	$is_own = in_array( $origin, $own, true ) && ( null === $site || 'same-origin' === $site );
	return $is_own || in_array( $origin, $listed, true );
}

function origin_of( string $url ): string {
	$parts  = wp_parse_url( $url );
	$scheme = strtolower( $parts['scheme'] ?? '' );
	$port   = $parts['port'] ?? null;
	$usual  = array(
		'http'  => 80,
		'https' => 443,
	);
	return $scheme . '://' . strtolower( $parts['host'] ?? '' ) . ( null === $port || $usual[ $scheme ] === $port ? '' : ":$port" );
}

/**
 * The user of the login cookie, or 0. WordPress forgets the user of a REST request without its nonce; the check of the
 * origin has the nonce's place here, see is_own_page().
 */
function user_id(): int {
	return (int) wp_validate_auth_cookie( '', 'logged_in' );
}

function may_talk( int $user_id, array $settings ): bool {
	$is_allowed = 'everyone' === $settings['who']
		|| ( 'logged-in' === $settings['who'] && $user_id > 0 )
		|| ( 'capability' === $settings['who'] && $user_id > 0 && user_can( $user_id, $settings['capability'] ) );
	/** Decides who may start a conversation; only `true` lets a visitor in. */
	return true === apply_filters( 'realtime_voice_may_talk', $is_allowed, $user_id );
}

/** The address of the visitor: IPv4, or the /64 network of IPv6, which one visitor owns; empty if it is not known. */
function visitor_address( int $trusted_proxies ): string {
	// phpcs:disable WordPress.Security.ValidatedSanitizedInput -- only what inet_pton() can read is used.
	$address   = wp_unslash( $_SERVER['REMOTE_ADDR'] ?? '' );
	$forwarded = explode( ',', wp_unslash( $_SERVER['HTTP_X_FORWARDED_FOR'] ?? '' ) );
	// phpcs:enable
	// A shorter list has not come through all the proxies.
	if ( $trusted_proxies > 0 && count( $forwarded ) >= $trusted_proxies ) {
		$named   = trim( $forwarded[ count( $forwarded ) - $trusted_proxies ] );
		$address = '' === $named ? $address : $named;
	}
	$bytes = filter_var( $address, FILTER_VALIDATE_IP ) ? inet_pton( $address ) : false;
	if ( false === $bytes ) {
		return '';
	}
	if ( 0 === strpos( $bytes, str_repeat( "\0", 10 ) . "\xff\xff" ) && 16 === strlen( $bytes ) ) {
		$bytes = substr( $bytes, 12 );
	}
	return 4 === strlen( $bytes ) ? inet_ntop( $bytes ) : bin2hex( substr( $bytes, 0, 8 ) ) . '::/64';
}

/** A keyed hash, different for each purpose: neither the database nor the service learns who the visitor is. */
function keyed_hash( string $purpose, string $text ): string {
	$key = hash_hmac( 'sha256', "realtime-voice $purpose", wp_salt( 'auth' ), true );
	// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- a shorter form of the hash.
	return rtrim( strtr( base64_encode( hash_hmac( 'sha256', $text, $key, true ) ), '+/', '-_' ), '=' );
}
