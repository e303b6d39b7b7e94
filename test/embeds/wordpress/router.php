<?php
/** What the rewrite rules of a network do: /second/wp-content/… and /second/index.php are files of the first site. */

$path = parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( ! preg_match( '#^/(?!wp-)[\w-]+(/(?:wp-(?:content|includes)/.+|index\.php))$#', $path, $found ) ) {
	return false;
}
$file = $_SERVER['DOCUMENT_ROOT'] . $found[1];
if ( 'php' === pathinfo( $file, PATHINFO_EXTENSION ) ) {
	require $file;
	return true;
}
header( 'Content-Type: ' . ( 'js' === pathinfo( $file, PATHINFO_EXTENSION ) ? 'text/javascript' : 'text/css' ) );
readfile( $file );
return true;
