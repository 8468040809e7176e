<?php
/** As much of WordPress as the plugin calls, to run it without one: what is registered is remembered, what is escaped is escaped. */

define( 'ABSPATH', '/' );
$GLOBALS['seen'] = array( 'shortcodes' => array(), 'filters' => array(), 'actions' => array(), 'embeds' => array(), 'modules' => array() );

function add_filter( $name, $callback ) { $GLOBALS['seen']['filters'][ $name ][] = $callback; }
function add_action( $name, $callback ) { $GLOBALS['seen']['actions'][ $name ][] = $callback; }
function add_shortcode( $name, $callback ) { $GLOBALS['seen']['shortcodes'][ $name ] = $callback; }
function register_block_type( $folder, $options ) { $GLOBALS['seen']['block'] = $options['render_callback']; }
function wp_embed_register_handler( $id, $pattern, $callback ) { $GLOBALS['seen']['embeds'][] = array( $pattern, $callback ); }
function wp_enqueue_script_module( $id, $url ) { $GLOBALS['seen']['modules'][ $url ] = true; }
function add_settings_error() { $GLOBALS['seen']['error'] = true; }
function get_option( $name, $otherwise = false ) { return getenv( 'SERVER' ) ?: $otherwise; }
function current_user_can() { return true; }
function get_block_wrapper_attributes() { return 'class="wp-block-webrtc-room"'; }
function wp_parse_url( $url ) { return parse_url( $url ); }
function esc_attr( $text ) { return htmlspecialchars( $text, ENT_QUOTES ); }
function esc_html( $text ) { return htmlspecialchars( $text, ENT_QUOTES ); }
function esc_url( $url ) { return htmlspecialchars( $url, ENT_QUOTES ); }
function esc_url_raw( $url ) { return $url; }
function esc_html__( $text ) { return esc_html( $text ); }
function __( $text ) { return $text; }

require $argv[1];
foreach ( $GLOBALS['seen']['actions']['init'] as $init ) {
	$init();
}

$embedded = array();
foreach ( array( '/r/standup', '/r/standup#embed', '/r/a/b', '.evil.example/r/standup' ) as $end ) {
	[ $pattern, $callback ] = $GLOBALS['seen']['embeds'][0] ?? array( '/^$/', null );
	$embedded[ $end ]       = preg_match( $pattern, getenv( 'SERVER' ) . $end, $matches ) ? $callback( $matches ) : null;
}
$shortcode = $GLOBALS['seen']['shortcodes']['webrtc_room'];
$kses      = $GLOBALS['seen']['filters']['wp_kses_allowed_html'][0];
echo json_encode(
	array(
		'shortcode' => $shortcode( array( 'name' => 'standup', 'display_name' => '"><script>', 'server-url' => 'https://evil.example', 'autojoin' => 'on' ) ),
		'wrong'     => $shortcode( array( 'name' => '"><b>' ) ),
		'none'      => $shortcode( '' ),
		'block'     => $GLOBALS['seen']['block']( array( 'room' => 'standup', 'layout' => 'grid' ) ),
		'kses'      => array_keys( $kses( array(), 'post' )['webrtc-room'] ),
		'embedded'  => $embedded,
		'modules'   => array_keys( $GLOBALS['seen']['modules'] ),
		'addresses' => array_map( 'webrtc_elements_sanitize_server', array( ' https://Calls.example.org/r/x ', 'javascript:alert(1)', 'calls', 'http://10.0.0.5:8080', '' ) ),
	)
);
