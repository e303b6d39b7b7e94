<?php
/**
 * The attributes that a page may set. URLs are not among them: the conversation always starts at this site.
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

defined( 'ABSPATH' ) || exit;

/** Name of the attribute => `flag`, `number`, `text`, or the list of its words. */
const ATTRIBUTES = array(
	'label'         => 'text',
	'variant'       => array( 'inline', 'compact', 'floating' ),
	'placement'     => array( 'bottom-end', 'bottom-start', 'top-end', 'top-start' ),
	'lang'          => 'lang',
	'dir'           => array( 'ltr', 'rtl' ),
	'preconnect'    => 'flag',
	'greet'         => 'flag',
	'push-to-talk'  => 'flag',
	'muted'         => 'flag',
	'open'          => 'flag',
	'no-transcript' => 'flag',
	'no-text-input' => 'flag',
	'no-reconnect'  => 'flag',
	'idle-timeout'  => 'number',
	'max-duration'  => 'number',
	'consent'       => 'text',
);

/**
 * The attributes that are allowed and have a value that can be used.
 *
 * @param array $given Names as in HTML, with values of any type.
 */
function allowed_attributes( array $given ): array {
	$clean = array();
	foreach ( ATTRIBUTES as $name => $kind ) {
		$value = $given[ $name ] ?? null;
		$value = is_scalar( $value ) ? clean_value( $kind, $value ) : null;
		if ( null !== $value ) {
			$clean[ $name ] = $value;
		}
	}
	return $clean;
}

/**
 * The text of an attribute; null leaves it out.
 *
 * @param string|array $kind  As in ATTRIBUTES.
 * @param mixed        $value A scalar.
 */
function clean_value( $kind, $value ): ?string {
	if ( 'flag' === $kind ) {
		return in_array( $value, array( false, 0, '0', 'false', 'no' ), true ) ? null : '';
	}
	$text = sanitize_text_field( (string) $value );
	if ( '' === $text ) {
		return null;
	}
	if ( is_array( $kind ) ) {
		$word = strtolower( $text );
		return in_array( $word, $kind, true ) ? $word : null;
	}
	if ( 'number' === $kind ) {
		return is_numeric( $text ) && $text >= 0 ? (string) (float) $text : null;
	}
	if ( 'lang' === $kind ) {
		return preg_match( '/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/', $text ) ? $text : null;
	}
	return function_exists( 'mb_substr' ) ? mb_substr( $text, 0, 200 ) : substr( $text, 0, 200 );
}

/** `no-transcript` => `noTranscript`: block attributes are written in JavaScript's way. */
function block_name( string $attribute ): string {
	return lcfirst( str_replace( '-', '', ucwords( $attribute, '-' ) ) );
}

/** The attributes, escaped, each with a space before it. */
function attribute_markup( array $attributes ): string {
	$markup = '';
	foreach ( $attributes as $name => $value ) {
		// Shortcodes are looked for in attributes, too, after a block was rendered.
		$escaped = str_replace( array( '[', ']' ), array( '&#091;', '&#093;' ), esc_attr( $value ) );
		$markup .= '' === $value ? " $name" : sprintf( ' %s="%s"', $name, $escaped );
	}
	return $markup;
}
