<?php
/** A theme as they were made before blocks: PHP templates, a sidebar with widgets, excerpts in lists. */

add_action(
	'widgets_init',
	static function () {
		register_sidebar( array( 'id' => 'side' ) );
	}
);
