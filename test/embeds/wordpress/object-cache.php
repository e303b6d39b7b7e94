<?php
/**
 * A persistent object cache, as a site with Redis or Memcached has one: WordPress loads it from wp-content. Each value
 * is a file, which one request at a time may use, so that counting is atomic between the servers of the site.
 */

const OBJECT_CACHE = WP_CONTENT_DIR . '/object-cache';

/** Calls `$change` with the value, or null, while no other request can. What it returns is saved; null deletes it. */
function with_cached( $key, string $group, callable $change ) {
	$path = OBJECT_CACHE . '/' . md5( get_current_blog_id() . ":$group:$key" );
	$file = fopen( $path, 'c+' );
	flock( $file, LOCK_EX );
	$stored = unserialize( stream_get_contents( $file ) );
	$old    = is_array( $stored ) && ( 0 === $stored['until'] || $stored['until'] > time() ) ? $stored : null;
	$new    = $change( $old );
	if ( $new !== $old ) {
		ftruncate( $file, 0 );
		rewind( $file );
		fwrite( $file, null === $new ? '' : serialize( $new ) );
	}
	fclose( $file );
	return $new;
}

function wp_cache_init() {
	if ( ! is_dir( OBJECT_CACHE ) ) {
		mkdir( OBJECT_CACHE );
	}
}

function wp_cache_get( $key, $group = '', $force = false, &$found = null ) {
	$stored = with_cached( $key, (string) $group, static fn ( $old ) => $old );
	$found  = null !== $stored;
	return $found ? $stored['value'] : false;
}

function wp_cache_set( $key, $value, $group = '', $expire = 0 ) {
	$until = (int) $expire > 0 ? time() + (int) $expire : 0;
	with_cached( $key, (string) $group, static fn () => array( 'until' => $until, 'value' => $value ) );
	return true;
}

function wp_cache_add( $key, $value, $group = '', $expire = 0 ) {
	$is_new = false;
	with_cached(
		$key,
		(string) $group,
		static function ( $old ) use ( $value, $expire, &$is_new ) {
			$is_new = null === $old;
			$until  = (int) $expire > 0 ? time() + (int) $expire : 0;
			return $old ?? array( 'until' => $until, 'value' => $value );
		}
	);
	return $is_new;
}

function wp_cache_replace( $key, $value, $group = '', $expire = 0 ) {
	wp_cache_get( $key, $group, false, $found );
	return $found && wp_cache_set( $key, $value, $group, $expire );
}

function wp_cache_incr( $key, $offset = 1, $group = '' ) {
	$new = with_cached(
		$key,
		(string) $group,
		static fn ( $old ) => null === $old ? null : array( 'value' => (int) $old['value'] + $offset ) + $old
	);
	return null === $new ? false : $new['value'];
}

function wp_cache_decr( $key, $offset = 1, $group = '' ) {
	return wp_cache_incr( $key, -$offset, $group );
}

function wp_cache_delete( $key, $group = '' ) {
	with_cached( $key, (string) $group, static fn () => null );
	return true;
}

function wp_cache_flush() {
	array_map( 'unlink', glob( OBJECT_CACHE . '/*' ) );
	return true;
}

function wp_cache_close() {
	return true;
}

function wp_cache_add_global_groups( $groups ) {}

function wp_cache_add_non_persistent_groups( $groups ) {}

function wp_cache_switch_to_blog( $blog_id ) {}
