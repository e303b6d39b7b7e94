<?php
/**
 * The scripts: registered everywhere, printed only on pages with the element.
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

defined( 'ABSPATH' ) || exit;

add_filter( 'script_loader_tag', __NAMESPACE__ . '\complete_tag', 10, 2 );

/** The hash of each file, as the packaging step wrote it. */
function integrity(): array {
	static $hashes = null;
	$file          = dirname( MAIN ) . '/assets/integrity.php';
	$hashes        = $hashes ?? ( is_readable( $file ) ? require $file : array() );
	return $hashes;
}

function register_scripts(): void {
	wp_register_script( 'realtime-voice', plugins_url( 'assets/realtime-voice.min.js', MAIN ), array(), VERSION, true );
	$parts = array( 'wp-blocks', 'wp-element', 'wp-components', 'wp-block-editor', 'wp-i18n' );
	wp_register_script( 'realtime-voice-editor', plugins_url( 'editor.js', MAIN ), $parts, VERSION, true );
	wp_set_script_translations( 'realtime-voice-editor', 'realtime-voice' );
	$list = array();
	foreach ( ATTRIBUTES as $name => $kind ) {
		$list[] = array(
			'name'  => block_name( $name ),
			'label' => $name,
			'kind'  => is_array( $kind ) ? 'words' : $kind,
			'words' => is_array( $kind ) ? $kind : array(),
		);
	}
	wp_add_inline_script( 'realtime-voice-editor', 'var realtimeVoiceAttributes = ' . wp_json_encode( $list, JSON_HEX_TAG ) . ';', 'before' );
}

/** Prints the element's script and its language on this page. English needs no file. */
function enqueue_scripts( string $lang ): void {
	wp_enqueue_script( 'realtime-voice' );
	$lang = strtolower( $lang );
	foreach ( array( $lang, strtok( $lang, '-' ) ) as $code ) {
		$file = "locales/$code.min.js";
		if ( isset( integrity()[ $file ] ) ) {
			wp_enqueue_script( "realtime-voice-$code", plugins_url( "assets/$file", MAIN ), array( 'realtime-voice' ), VERSION, true );
			return;
		}
	}
}

/**
 * Adds `defer` and the hash. By this filter, because WordPress knows `defer` only since 6.3.
 *
 * @param string $tag    The script element.
 * @param string $handle The name of the script.
 */
function complete_tag( string $tag, string $handle ): string {
	if ( ! preg_match( '/^realtime-voice(?:-([a-z-]+))?$/', $handle, $found ) || 'realtime-voice-editor' === $handle ) {
		return $tag;
	}
	$file  = isset( $found[1] ) ? "locales/$found[1].min.js" : 'realtime-voice.min.js';
	$hash  = integrity()[ $file ] ?? '';
	// With `crossorigin`, the hash also holds for a copy on another host.
	$added = ' defer' . ( '' === $hash ? '' : sprintf( ' integrity="%s" crossorigin="anonymous"', esc_attr( $hash ) ) );
	return preg_replace( '/ src=/', "$added src=", $tag, 1 );
}
