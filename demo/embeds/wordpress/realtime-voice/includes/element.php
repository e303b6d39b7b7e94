<?php
/**
 * The shortcode and the block. Both print the element, and ask for its script.
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

defined( 'ABSPATH' ) || exit;

add_action( 'init', __NAMESPACE__ . '\register_element' );

function register_element(): void {
	register_scripts();
	add_shortcode( 'realtime_voice', __NAMESPACE__ . '\render_shortcode' );
	register_block_type(
		'realtime-voice/voice',
		array(
			'api_version'     => 2,
			'title'           => __( 'Realtime Voice', 'realtime-voice' ),
			'description'     => __( 'A spoken conversation with an AI assistant.', 'realtime-voice' ),
			'category'        => 'widgets',
			'icon'            => 'microphone',
			'attributes'      => block_attributes(),
			'supports'        => array( 'html' => false ),
			'editor_script'   => 'realtime-voice-editor',
			'render_callback' => __NAMESPACE__ . '\render_block',
		)
	);
}

function block_attributes(): array {
	$types      = array(
		'flag'   => 'boolean',
		'number' => 'number',
	);
	$attributes = array( 'tools' => array( 'type' => 'string' ) );
	foreach ( ATTRIBUTES as $name => $kind ) {
		$attributes[ block_name( $name ) ] = array( 'type' => is_string( $kind ) ? $types[ $kind ] ?? 'string' : 'string' );
	}
	return $attributes;
}

/**
 * `[realtime_voice variant="floating" greet]`, with tools as `[realtime_voice][{"name": …}][/realtime_voice]`.
 *
 * @param array|string $given   The attributes; a word without a value has a number as its key.
 * @param string|null  $content The text between the tags.
 */
function render_shortcode( $given, ?string $content = null ): string {
	$named = array();
	foreach ( is_array( $given ) ? $given : array() as $name => $value ) {
		if ( is_int( $name ) ) {
			$named[ strtolower( $value ) ] = '';
		} else {
			$named[ str_replace( '_', '-', $name ) ] = $value;
		}
	}
	return render( $named, original_text( (string) $content ) );
}

function render_block( array $given ): string {
	$named = array();
	foreach ( array_keys( ATTRIBUTES ) as $name ) {
		$named[ $name ] = $given[ block_name( $name ) ] ?? null;
	}
	return render( $named, (string) ( $given['tools'] ?? '' ) );
}

function render( array $given, string $tools_json ): string {
	$attributes = allowed_attributes( $given );
	$tools      = '' === trim( $tools_json ) ? array() : read_tools( $tools_json );
	enqueue_scripts( $attributes['lang'] ?? get_bloginfo( 'language' ) );
	// Without host, so that a cached page works at every address of the site.
	$token_url = wp_make_link_relative( rest_url( REST_NAMESPACE . REST_ROUTE ) );
	return sprintf(
		'%s<realtime-voice token-url="%s"%s>%s</realtime-voice>',
		author_notice( null === $tools ),
		esc_url( $token_url ),
		attribute_markup( $attributes ),
		tools_markup( $tools ?? array() )
	);
}

/** What is wrong, for those who can mend it. */
function author_notice( bool $has_wrong_tools ): string {
	$notice = '';
	if ( '' === api_key() && current_user_can( 'manage_options' ) ) {
		$notice .= '<p class="realtime-voice-notice">' . wp_kses_post( no_key_message() ) . '</p>';
	}
	if ( $has_wrong_tools && current_user_can( 'edit_posts' ) ) {
		$message = __( 'Realtime Voice: the tools are no JSON array of tools with names, so they are left out.', 'realtime-voice' );
		$notice .= '<p class="realtime-voice-notice">' . esc_html( $message ) . '</p>';
	}
	return $notice;
}
