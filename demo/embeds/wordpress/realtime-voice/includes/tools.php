<?php
/**
 * The tools of a page: JSON that must come through wpautop, wptexturize and kses unchanged.
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

defined( 'ABSPATH' ) || exit;

const ENCODED = 'base64:';

// Before blocks (9), paragraphs (10) and shortcodes (11).
add_filter( 'the_content', __NAMESPACE__ . '\protect_tools', 8 );
add_filter( 'widget_text', __NAMESPACE__ . '\protect_tools', 8 );
add_filter( 'widget_block_content', __NAMESPACE__ . '\protect_tools', 8 );

/**
 * Between the shortcode's tags, WordPress would add paragraphs and replace quotation marks. In its attributes it would do
 * the latter after a `>`, which it takes for the end of an HTML tag.
 */
function protect_tools( string $content ): string {
	if ( false === strpos( $content, '[realtime_voice' ) ) {
		return $content;
	}
	$protect = static function ( array $found ): string {
		list( $whole, $escape, , $attributes ) = $found;
		$inner                                 = $found[5] ?? '';
		if ( '[' === $escape ) {
			return $whole;
		}
		$start = '[realtime_voice' . str_replace( array( '<', '>' ), array( '&lt;', '&gt;' ), $attributes );
		if ( '' === trim( $inner ) || 0 === strpos( $inner, ENCODED ) ) {
			return $start . substr( $whole, strlen( '[realtime_voice' . $attributes ) );
		}
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- nothing is hidden by it.
		return $start . ']' . ENCODED . base64_encode( $inner ) . '[/realtime_voice]' . $found[6];
	};
	return preg_replace_callback( '/' . get_shortcode_regex( array( 'realtime_voice' ) ) . '/', $protect, $content ) ?? $content;
}

/** What the author wrote between the shortcode's tags. */
function original_text( string $inner ): string {
	if ( 0 === strpos( $inner, ENCODED ) ) {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- see protect_tools().
		$inner = (string) base64_decode( substr( $inner, strlen( ENCODED ) ), true );
	} else {
		// A place whose text is not protected, such as the field of another plugin.
		$inner = preg_replace( '#</?p>|<br ?/?>#', '', $inner );
	}
	// What authors save has gone through kses, which leaves no `&` that does not begin an entity.
	$is_filtered = ! preg_match( '/&(?!#?\w+;)/', $inner );
	return $is_filtered ? html_entity_decode( $inner, ENT_QUOTES | ENT_HTML5, 'UTF-8' ) : $inner;
}

/** The tools as an array; null if the text is no JSON array of tools with names. */
function read_tools( string $json ): ?array {
	$tools = json_decode( $json );
	if ( ! is_array( $tools ) ) {
		return null;
	}
	foreach ( $tools as $tool ) {
		if ( ! is_object( $tool ) || ! is_string( $tool->name ?? null ) || ! preg_match( '/^[\w-]{1,64}$/', $tool->name ) ) {
			return null;
		}
	}
	return $tools;
}

/**
 * The script element that holds the tools. No text in it can end the script, and none is a shortcode: the output of a
 * block is searched for shortcodes once more.
 */
function tools_markup( array $tools ): string {
	if ( array() === $tools ) {
		return '';
	}
	$json  = (string) wp_json_encode( $tools, JSON_HEX_TAG | JSON_HEX_AMP | JSON_HEX_APOS | JSON_HEX_QUOT );
	$plain = static function ( array $found ): string {
		return str_replace( array( '[', ']' ), array( '\u005b', '\u005d' ), $found[0] );
	};
	$json  = preg_replace_callback( '/"(?:[^"\\\\]|\\\\.)*"/', $plain, $json );
	return '<script type="application/json" slot="tools">' . $json . '</script>';
}
