<!doctype html>
<html <?php language_attributes(); ?>>
<head><meta charset="utf-8"><title>Classic</title><?php wp_head(); ?></head>
<body <?php body_class(); ?>>
<?php
while ( have_posts() ) {
	the_post();
	is_singular() ? the_content() : the_excerpt();
}
dynamic_sidebar( 'side' );
wp_footer();
?>
</body>
</html>
