<?php
/**
 * Removes the key, the settings and the counts when the plugin is deleted.
 *
 * @package RealtimeVoice
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

global $wpdb;

$realtime_voice_sites = is_multisite() ? get_sites( array( 'fields' => 'ids', 'number' => 0 ) ) : array( get_current_blog_id() );
foreach ( $realtime_voice_sites as $realtime_voice_site ) {
	if ( is_multisite() ) {
		switch_to_blog( $realtime_voice_site );
	}
	delete_option( 'realtime_voice_api_key' );
	delete_option( 'realtime_voice_settings' );
	// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- the counts of the rate limit, whose names are not known.
	$wpdb->query( "DELETE FROM $wpdb->options WHERE option_name LIKE '\_transient\_%realtime\_voice\_%'" );
	if ( is_multisite() ) {
		restore_current_blog();
	}
}
