<?php
/**
 * `POST /wp-json/realtime-voice/v1/token`. Requests and answers have the form of `createTokenHandler`:
 * `{ value, expires_at, calls_url?, dcid? }`, or `{ "error": { "code", "message" } }`.
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

use WP_Error;
use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

const REST_NAMESPACE  = 'realtime-voice/v1';
const REST_ROUTE      = '/token';
const MOST_BODY_BYTES = 2048;

add_action( 'rest_api_init', __NAMESPACE__ . '\register_endpoint' );
add_filter( 'rest_authentication_errors', __NAMESPACE__ . '\ignore_old_nonce', 101 );
add_filter( 'rest_request_after_callbacks', __NAMESPACE__ . '\error_in_our_form', 10, 3 );
add_filter( 'rest_post_dispatch', __NAMESPACE__ . '\keep_private', 10, 3 );
add_filter( 'rest_pre_serve_request', __NAMESPACE__ . '\only_for_own_pages', 20, 3 );

function register_endpoint(): void {
	register_rest_route(
		REST_NAMESPACE,
		REST_ROUTE,
		array(
			// All methods, so that a wrong one gets an answer of our form.
			'methods'             => WP_REST_Server::ALLMETHODS,
			'callback'            => __NAMESPACE__ . '\answer',
			// Visitors have no login; answer() checks everything itself.
			'permission_callback' => '__return_true',
			'show_in_index'       => false,
		)
	);
}

/**
 * In this order, so that a request that is refused costs nothing: origin, method, type, user, key, limit.
 *
 * @return WP_REST_Response|WP_Error
 */
function answer( WP_REST_Request $request ) {
	if ( ! is_own_page( $request->get_header( 'origin' ), $request->get_header( 'sec_fetch_site' ) ) ) {
		return failure( 403, 'origin-not-allowed', 'This origin may not use this endpoint.' );
	}
	if ( 'POST' !== $request->get_method() ) {
		return failure( 405, 'method-not-allowed', 'Use POST.' );
	}
	// JSON only, because a form on another site cannot send JSON.
	if ( 'application/json' !== ( $request->get_content_type()['value'] ?? '' ) ) {
		return failure( 415, 'unsupported-media-type', 'Send application/json.' );
	}
	if ( strlen( $request->get_body() ) > MOST_BODY_BYTES ) {
		return failure( 413, 'body-too-large', sprintf( 'The body may have at most %d bytes.', MOST_BODY_BYTES ) );
	}
	$settings = settings();
	$user_id  = user_id();
	if ( ! may_talk( $user_id, $settings ) ) {
		return failure( 401, 'unauthorized', 'This visitor may not start a call.' );
	}
	$key = api_key();
	if ( '' === $key ) {
		$is_admin = $user_id > 0 && user_can( $user_id, 'manage_options' );
		return failure( 503, 'not-configured', $is_admin ? 'No API key is saved. Save one in Settings → Realtime Voice.' : 'The voice assistant is not set up yet.' );
	}
	$address = visitor_address( $settings['trusted_proxies'] );
	$wait    = count_start( $address, $settings );
	if ( $wait > 0 ) {
		return failure( 429, 'rate-limited', 'Too many calls. Try again later.', $wait );
	}
	$visitor = keyed_hash( 'safety identifier', $user_id > 0 ? "user $user_id" : $address );
	$secret  = new_secret( $key, $settings, $visitor );
	return is_wp_error( $secret ) ? $secret : new WP_REST_Response( $secret );
}

function is_our_route( WP_REST_Request $request ): bool {
	return '/' . REST_NAMESPACE . REST_ROUTE === untrailingslashit( $request->get_route() );
}

/**
 * A page from a cache may send a nonce of WordPress that is out of date. answer() needs none, so it must not end the
 * request. The user of the login cookie is forgotten, as without a nonce.
 *
 * @param mixed $result The result of the authentication so far.
 * @return mixed
 */
function ignore_old_nonce( $result ) {
	$route = untrailingslashit( $GLOBALS['wp']->query_vars['rest_route'] ?? '' );
	if ( ! is_wp_error( $result ) || 'rest_cookie_invalid_nonce' !== $result->get_error_code() || '/' . REST_NAMESPACE . REST_ROUTE !== $route ) {
		return $result;
	}
	wp_set_current_user( 0 );
	return true;
}

/**
 * Turns errors into answers of our form, also those of WordPress itself, which refuses a body that is no JSON.
 *
 * @param mixed           $response The answer so far.
 * @param array           $handler  The route.
 * @param WP_REST_Request $request  The request.
 * @return mixed
 */
function error_in_our_form( $response, $handler, $request ) {
	if ( ! is_our_route( $request ) || ! is_wp_error( $response ) ) {
		return $response;
	}
	$data = (array) $response->get_error_data();
	$code = (string) $response->get_error_code();
	$body = array(
		'error' => array(
			'code'    => 0 === strpos( $code, 'rest_' ) ? str_replace( '_', '-', substr( $code, 5 ) ) : $code,
			'message' => $response->get_error_message(),
		),
	);

	$answer = new WP_REST_Response( $body, (int) ( $data['status'] ?? 500 ) );
	if ( isset( $data['retry_after'] ) ) {
		$answer->header( 'Retry-After', (string) $data['retry_after'] );
	}
	if ( 405 === $answer->get_status() ) {
		$answer->header( 'Allow', 'POST, OPTIONS' );
	}
	return $answer;
}

/**
 * No cache may keep a secret, not even one that keeps answers of the REST API.
 *
 * @param WP_REST_Response $response The answer.
 * @param WP_REST_Server   $server   The server.
 * @param WP_REST_Request  $request  The request.
 */
function keep_private( $response, $server, $request ) {
	if ( is_our_route( $request ) ) {
		// With a nonce, WordPress would put a weaker header in the place of this one.
		add_filter( 'rest_send_nocache_headers', '__return_false', 100 );
		$response->header( 'Cache-Control', 'no-store' );
		$response->header( 'X-Content-Type-Options', 'nosniff' );
		$response->header( 'Referrer-Policy', 'no-referrer' );
	}
	return $response;
}

/**
 * WordPress lets every origin read its answers, with credentials. Not this one.
 *
 * @param bool             $served   Whether the answer is already sent.
 * @param WP_REST_Response $response The answer.
 * @param WP_REST_Request  $request  The request.
 */
function only_for_own_pages( $served, $response, $request ) {
	$origin = get_http_origin();
	if ( is_our_route( $request ) && ! is_own_page( $origin, null ) ) {
		header_remove( 'Access-Control-Allow-Origin' );
		header_remove( 'Access-Control-Allow-Credentials' );
	}
	return $served;
}
