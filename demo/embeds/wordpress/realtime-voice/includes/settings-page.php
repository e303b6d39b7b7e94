<?php
/**
 * Settings → Realtime Voice. WordPress checks the nonce and `manage_options` of the form in options.php.
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_menu', __NAMESPACE__ . '\add_page' );
add_action( 'admin_notices', __NAMESPACE__ . '\say_that_no_key_is_saved' );

function add_page(): void {
	$title = __( 'Realtime Voice', 'realtime-voice' );
	add_options_page( $title, $title, 'manage_options', 'realtime-voice', __NAMESPACE__ . '\render_page' );
}

function say_that_no_key_is_saved(): void {
	if ( ! current_user_can( 'manage_options' ) || '' !== api_key() ) {
		return;
	}
	printf( '<div class="notice notice-warning"><p>%s</p></div>', wp_kses_post( no_key_message() ) );
}

/** For administrators only. */
function no_key_message(): string {
	return sprintf(
		/* translators: %s: link to the settings. */
		__( 'Realtime Voice: no API key is saved, so visitors cannot start a conversation. %s', 'realtime-voice' ),
		sprintf(
			'<a href="%s">%s</a>',
			esc_url( admin_url( 'options-general.php?page=realtime-voice' ) ),
			esc_html__( 'Save a key', 'realtime-voice' )
		)
	);
}

function render_page(): void {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$values = settings();
	?>
	<div class="wrap">
		<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
		<form action="options.php" method="post">
			<?php settings_fields( 'realtime-voice' ); ?>
			<table class="form-table" role="presentation">
				<?php
				render_row( 'api_key', __( 'API key', 'realtime-voice' ), __NAMESPACE__ . '\render_key', $values );
				foreach ( text_fields() as $name => $label ) {
					render_row( $name, $label, __NAMESPACE__ . '\render_text', $values );
				}
				render_row( 'instructions', __( 'Instructions for the assistant', 'realtime-voice' ), __NAMESPACE__ . '\render_instructions', $values );
				render_row( 'who', __( 'Who may talk', 'realtime-voice' ), __NAMESPACE__ . '\render_who', $values );
				foreach ( number_fields() as $name => $label ) {
					render_row( $name, $label, __NAMESPACE__ . '\render_number', $values );
				}
				?>
			</table>
			<?php submit_button(); ?>
		</form>
	</div>
	<?php
}

function text_fields(): array {
	return array(
		'model'         => __( 'Model', 'realtime-voice' ),
		'voice'         => __( 'Voice', 'realtime-voice' ),
		'transcription' => __( 'Model that writes what visitors say (empty: none)', 'realtime-voice' ),
		'base_url'      => __( 'Base URL of the service, without /v1', 'realtime-voice' ),
		'capability'    => __( 'Capability, if one is needed', 'realtime-voice' ),
	);
}

function number_fields(): array {
	return array(
		'per_address'     => __( 'Conversations a minute from one address', 'realtime-voice' ),
		'per_site'        => __( 'Conversations a minute on the whole site', 'realtime-voice' ),
		'trusted_proxies' => __( 'Reverse proxies before this server', 'realtime-voice' ),
	);
}

function render_row( string $name, string $label, callable $render, array $values ): void {
	printf( '<tr><th scope="row"><label for="realtime-voice-%s">%s</label></th><td>', esc_attr( $name ), esc_html( $label ) );
	$render( $name, $values );
	echo '</td></tr>';
}

/** The saved key is never printed. */
function render_key( string $name ): void {
	if ( has_key_constant() ) {
		printf( '<p>%s</p>', esc_html__( 'A key is set in wp-config.php (REALTIME_VOICE_API_KEY).', 'realtime-voice' ) );
		return;
	}
	printf(
		'<input type="password" id="realtime-voice-%s" name="%s" value="" class="regular-text" autocomplete="off" spellcheck="false">',
		esc_attr( $name ),
		esc_attr( API_KEY )
	);
	if ( '' === api_key() ) {
		return;
	}
	printf(
		'<p>%s</p><p><label><input type="checkbox" name="realtime_voice_delete_key" value="1"> %s</label></p>',
		esc_html__( 'A key is saved. Leave the field empty to keep it.', 'realtime-voice' ),
		esc_html__( 'Delete the saved key', 'realtime-voice' )
	);
}

function render_text( string $name, array $values ): void {
	printf(
		'<input type="text" id="realtime-voice-%1$s" name="%2$s[%1$s]" value="%3$s" class="regular-text">',
		esc_attr( $name ),
		esc_attr( SETTINGS ),
		esc_attr( $values[ $name ] )
	);
}

function render_number( string $name, array $values ): void {
	printf(
		'<input type="number" id="realtime-voice-%1$s" name="%2$s[%1$s]" value="%3$d" min="%4$d" max="%5$d">',
		esc_attr( $name ),
		esc_attr( SETTINGS ),
		(int) $values[ $name ],
		(int) RANGES[ $name ][0],
		(int) RANGES[ $name ][1]
	);
}

function render_instructions( string $name, array $values ): void {
	printf(
		'<textarea id="realtime-voice-%1$s" name="%2$s[%1$s]" rows="6" class="large-text">%3$s</textarea><p>%4$s</p>',
		esc_attr( $name ),
		esc_attr( SETTINGS ),
		esc_textarea( $values[ $name ] ),
		esc_html__( 'Visitors can read them with developer tools. Write nothing secret here.', 'realtime-voice' )
	);
}

function render_who( string $name, array $values ): void {
	$labels = array(
		'everyone'   => __( 'Everyone', 'realtime-voice' ),
		'logged-in'  => __( 'Logged-in users', 'realtime-voice' ),
		'capability' => __( 'Users with the capability above', 'realtime-voice' ),
	);
	printf( '<select id="realtime-voice-%1$s" name="%2$s[%1$s]">', esc_attr( $name ), esc_attr( SETTINGS ) );
	foreach ( $labels as $value => $label ) {
		printf( '<option value="%s"%s>%s</option>', esc_attr( $value ), selected( $values[ $name ], $value, false ), esc_html( $label ) );
	}
	echo '</select>';
}
