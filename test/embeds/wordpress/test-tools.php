<?php
/**
 * Loaded by WordPress before the plugin: the clock of its rate limit, which a test sets, and a record of PHP's warnings
 * about the plugin. WordPress 6.1 itself causes many in PHP 8.
 */

namespace RealtimeVoice;

function time(): int {
	return (int) file_get_contents( __DIR__ . '/clock.txt' );
}

/** Takes its time, so that requests that come at the same time read the same count, unless a lock prevents it. */
function get_transient( string $name ) {
	$value = \get_transient( $name );
	usleep( 30000 );
	return $value;
}

/** The classic editor, as its plugin brings it back. */
add_filter(
	'use_block_editor_for_post',
	static function ( bool $is_used ): bool {
		return $is_used && ! isset( $_GET['classic-editor'] );
	}
);

set_error_handler(
	static function ( $level, $message, $file, $line ) {
		if ( false !== strpos( $file, 'plugins/realtime-voice/' ) ) {
			file_put_contents( __DIR__ . '/warnings.txt', "$message ($file:$line)\n", FILE_APPEND );
		}
		return false;
	}
);
