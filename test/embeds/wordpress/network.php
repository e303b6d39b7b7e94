<?php
/** Makes a network of the installed site. Arguments: the folder, and host and port. */

define( 'WP_INSTALLING_NETWORK', true );
$_SERVER['HTTP_HOST'] = $argv[2];
require $argv[1] . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
foreach ( $wpdb->tables( 'ms_global' ) as $table => $name ) {
	$wpdb->$table = $name;
}
install_network();
$result = populate_network( 1, $argv[2], 'admin@example.com', 'Network', '/', false );
if ( is_wp_error( $result ) && 'no_wildcard_dns' !== $result->get_error_code() ) {
	throw new Exception( $result->get_error_message() );
}
