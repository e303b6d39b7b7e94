<?php
/**
 * How many conversations may start in a minute, from one address and on the whole site.
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

defined( 'ABSPATH' ) || exit;

/**
 * Counts a start. Returns 0 if it is allowed, or the seconds to wait.
 *
 * @param string $address  As of visitor_address(); visitors without a known address share one count.
 * @param array  $settings The limits.
 */
function count_start( string $address, array $settings ): int {
	$minute = intdiv( time(), MINUTE_IN_SECONDS );
	// A site that is full is found first: then addresses that are made up cannot fill the database or the cache.
	$limits = array(
		'site' => $settings['per_site'],
		substr( keyed_hash( 'limit', $address ), 0, 22 ) => $settings['per_address'],
	);
	$is_free = wp_using_ext_object_cache() ? take_from_cache( $limits, $minute ) : take_from_database( $limits, $minute );
	return $is_free ? 0 : max( 1, ( $minute + 1 ) * MINUTE_IN_SECONDS - time() );
}

/**
 * The object cache counts atomically. The address is counted before the site: requests that are refused to an address
 * must not use up the starts of all others.
 */
function take_from_cache( array $limits, int $minute ): bool {
	if ( (int) wp_cache_get( "site-$minute", 'realtime-voice' ) >= $limits['site'] ) {
		return false;
	}
	foreach ( array_reverse( $limits, true ) as $name => $most ) {
		$name = "$name-$minute";
		wp_cache_add( $name, 0, 'realtime-voice', 2 * MINUTE_IN_SECONDS );
		$count = wp_cache_incr( $name, 1, 'realtime-voice' );
		if ( false === $count || $count > $most ) {
			return false;
		}
	}
	return true;
}

/** Transients do not: without a lock, requests that come at the same time would all read the same count. */
function take_from_database( array $limits, int $minute ): bool {
	global $wpdb;
	$lock       = substr( $wpdb->prefix, 0, 30 ) . 'realtime_voice';
	$suppressed = $wpdb->suppress_errors();
	// phpcs:disable WordPress.DB.DirectDatabaseQuery -- a lock must not be cached.
	$has_lock = $wpdb->get_var( $wpdb->prepare( 'SELECT GET_LOCK(%s, 3)', $lock ) );
	$is_free  = '0' !== $has_lock && take_from_transients( $limits, $minute );
	$wpdb->query( $wpdb->prepare( 'SELECT RELEASE_LOCK(%s)', $lock ) );
	// phpcs:enable
	$wpdb->suppress_errors( $suppressed );
	return $is_free;
}

/** A transient holds the minute and the count, so that an address has one of them, not one for each minute. */
function take_from_transients( array $limits, int $minute ): bool {
	$counts = array();
	foreach ( $limits as $name => $most ) {
		list( $then, $count ) = explode( ':', get_transient( "realtime_voice_$name" ) . ':' );
		$counts[ $name ]      = (int) $then === $minute ? (int) $count : 0;
		if ( $counts[ $name ] >= $most ) {
			return false;
		}
	}
	foreach ( $counts as $name => $count ) {
		set_transient( "realtime_voice_$name", $minute . ':' . ( $count + 1 ), 2 * MINUTE_IN_SECONDS );
	}
	return true;
}
