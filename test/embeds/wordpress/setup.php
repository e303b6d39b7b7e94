<?php
/**
 * Installs WordPress, activates the plugin, and creates the pages of the test. Arguments: the folder, and a JSON file
 * with the content of the posts, by name.
 */

define( 'WP_INSTALLING', true );
// No e-mail program is needed.
function wp_mail() {
	return true;
}
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install( 'Test site', 'admin', 'admin@example.com', true, '', 'admin-password' );
require_once ABSPATH . 'wp-admin/includes/plugin.php';
$wp_rewrite->set_permalink_structure( '/%postname%/' );

$author = wp_insert_user(
	array(
		'user_login' => 'author',
		'user_pass'  => 'author-password',
		'user_email' => 'author@example.com',
		'role'       => 'author',
	)
);
$result = activate_plugin( 'realtime-voice/realtime-voice.php' );
if ( is_wp_error( $result ) ) {
	throw new Exception( $result->get_error_message() );
}
foreach ( json_decode( file_get_contents( $argv[2] ), true ) as $name => $content ) {
	wp_set_current_user( 0 === strpos( $name, 'author' ) ? $author : 1 );
	// Filters what is saved as the editor does it: authors may not write any HTML.
	kses_init();
	wp_insert_post(
		wp_slash(
			array(
				'post_title'   => $name,
				'post_name'    => $name,
				'post_status'  => 'publish',
				'post_content' => $content,
			)
		)
	);
}
flush_rewrite_rules();
echo "ready\n";
