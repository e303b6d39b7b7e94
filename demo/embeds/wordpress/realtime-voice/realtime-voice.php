<?php
/**
 * Plugin Name:       Realtime Voice
 * Plugin URI:        https://github.com/OWNER/realtime-voice
 * Description:       A spoken conversation with a realtime AI model, as a block and a shortcode. The API key stays on your server.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * Author:            The realtime-voice authors
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       realtime-voice
 *
 * @package RealtimeVoice
 */

namespace RealtimeVoice;

defined( 'ABSPATH' ) || exit;

const VERSION  = '0.1.0';
const MAIN     = __FILE__;
const SETTINGS = 'realtime_voice_settings';
const API_KEY  = 'realtime_voice_api_key';

require __DIR__ . '/includes/settings.php';
require __DIR__ . '/includes/settings-page.php';
require __DIR__ . '/includes/attributes.php';
require __DIR__ . '/includes/tools.php';
require __DIR__ . '/includes/element.php';
require __DIR__ . '/includes/scripts.php';
require __DIR__ . '/includes/visitor.php';
require __DIR__ . '/includes/rate-limit.php';
require __DIR__ . '/includes/service.php';
require __DIR__ . '/includes/token-endpoint.php';
