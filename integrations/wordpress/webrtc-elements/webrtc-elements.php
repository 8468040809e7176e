<?php
/**
 * Plugin Name: Video calls (webrtc-elements)
 * Description: Video calls in posts and pages, from a webrtc-elements server of your own: a block, a shortcode, or the pasted link of a room.
 * Version: 0.1.0
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: MIT
 *
 * Ships nothing of the call: the script comes from the server in Settings → Video calls, and so does every call. Authors choose
 * rooms and looks; only an administrator chooses the server, because visitors give it their cameras.
 */

defined( 'ABSPATH' ) || exit;

const WEBRTC_ELEMENTS_OPTION = 'webrtc_elements_server';
const WEBRTC_ELEMENTS_ROOM   = '[A-Za-z0-9][A-Za-z0-9_-]{0,63}';
/** What an author may set, besides the room: no server, no token, nothing that skips the door. */
const WEBRTC_ELEMENTS_ATTRIBUTES = array( 'display-name', 'audio', 'video', 'layout', 'video-fit', 'minimal', 'theme', 'lang', 'controls' );

require __DIR__ . '/settings.php';

/** The origin of the server, or an empty string while nobody set one. */
function webrtc_elements_server() {
	return (string) get_option( WEBRTC_ELEMENTS_OPTION, '' );
}

/** The element for a room, or for administrators a word about what is missing. */
function webrtc_elements_render( $room, $attributes = array() ) {
	$server = webrtc_elements_server();
	if ( '' === $server || ! preg_match( '/^' . WEBRTC_ELEMENTS_ROOM . '$/D', $room ) ) {
		$text = '' === $server
			? __( 'Video call: set the address of your server in Settings → Video calls.', 'webrtc-elements' )
			: __( 'Video call: a room is named with up to 64 letters, digits, hyphens and underscores.', 'webrtc-elements' );
		return current_user_can( 'edit_posts' ) ? '<p><em>' . esc_html( $text ) . '</em></p>' : '';
	}
	webrtc_elements_enqueue( $server );
	$html = sprintf( '<webrtc-room room="%s" server-url="%s"', esc_attr( $room ), esc_url( $server ) );
	foreach ( WEBRTC_ELEMENTS_ATTRIBUTES as $name ) {
		if ( isset( $attributes[ $name ] ) && is_scalar( $attributes[ $name ] ) && '' !== (string) $attributes[ $name ] ) {
			$html .= sprintf( ' %s="%s"', $name, esc_attr( (string) $attributes[ $name ] ) );
		}
	}
	$link = sprintf( '<a href="%s">%s</a>', esc_url( $server . '/r/' . $room ), esc_html__( 'Join the call', 'webrtc-elements' ) );
	return $html . '>' . $link . '</webrtc-room>';
}

/** Only on pages with a call. WordPress before 6.5 knows no modules, so its script tag is made one. */
function webrtc_elements_enqueue( $server ) {
	$url = $server . '/webrtc-elements.js';
	if ( function_exists( 'wp_enqueue_script_module' ) ) {
		wp_enqueue_script_module( 'webrtc-elements', $url, array(), null );
	} else {
		wp_enqueue_script( 'webrtc-elements', $url, array(), null, true );
	}
}

add_filter(
	'script_loader_tag',
	function ( $tag, $handle ) {
		return 'webrtc-elements' === $handle && false === strpos( $tag, 'type="module"' )
			? str_replace( '<script ', '<script type="module" ', str_replace( array( ' type="text/javascript"', " type='text/javascript'" ), '', $tag ) )
			: $tag;
	},
	10,
	2
);

/** `[webrtc_room name="standup" layout="grid"]`; hyphens of attributes are written as underscores, too. */
add_shortcode(
	'webrtc_room',
	function ( $given ) {
		$attributes = array();
		foreach ( (array) $given as $name => $value ) {
			$attributes[ str_replace( '_', '-', (string) $name ) ] = $value;
		}
		return webrtc_elements_render( (string) ( $attributes['name'] ?? $attributes['room'] ?? '' ), $attributes );
	}
);

add_action(
	'init',
	function () {
		$server = webrtc_elements_server();
		register_block_type( __DIR__ . '/block', array( 'render_callback' => 'webrtc_elements_render_block' ) );
		if ( '' !== $server ) {
			// No request is made for it, so it works for servers in a local network, too.
			$pattern = '#^' . preg_quote( $server, '#' ) . '/r/(' . WEBRTC_ELEMENTS_ROOM . ')/?(?:\#.*)?$#iD';
			wp_embed_register_handler(
				'webrtc-elements',
				$pattern,
				function ( $matches ) {
					return webrtc_elements_render( $matches[1] );
				}
			);
		}
	}
);

function webrtc_elements_render_block( $attributes ) {
	$room = webrtc_elements_render( (string) ( $attributes['room'] ?? '' ), $attributes );
	return '' === $room ? '' : sprintf( '<div %s>%s</div>', get_block_wrapper_attributes(), $room );
}

/** Authors whose HTML is filtered keep the tag; the attribute that names a server is not among what they keep. */
add_filter(
	'wp_kses_allowed_html',
	function ( $tags, $context ) {
		if ( 'post' === $context ) {
			$names               = array_merge( array( 'room', 'class', 'style' ), WEBRTC_ELEMENTS_ATTRIBUTES );
			$tags['webrtc-room'] = array_fill_keys( $names, true );
		}
		return $tags;
	},
	10,
	2
);

/** A tag that was written by hand, and kept by the filter above, gets the script and this site's server. */
add_filter(
	'the_content',
	function ( $content ) {
		$server = webrtc_elements_server();
		if ( '' === $server || false === strpos( $content, '<webrtc-room' ) ) {
			return $content;
		}
		webrtc_elements_enqueue( $server );
		return $content;
	},
	20
);
