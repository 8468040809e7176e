<?php
/** Settings → Video calls: the address of the server, for administrators. Knows nothing of posts. */

defined( 'ABSPATH' ) || exit;

/** An origin, or what was there before. */
function webrtc_elements_sanitize_server( $value ) {
	$parts  = wp_parse_url( trim( (string) $value ) );
	$scheme = strtolower( (string) ( $parts['scheme'] ?? '' ) );
	if ( '' === trim( (string) $value ) ) {
		return '';
	}
	if ( ! is_array( $parts ) || empty( $parts['host'] ) || ! in_array( $scheme, array( 'https', 'http' ), true ) ) {
		add_settings_error(
			WEBRTC_ELEMENTS_OPTION,
			'address',
			__( 'Write the address of your server like https://calls.example.org.', 'webrtc-elements' )
		);
		return get_option( WEBRTC_ELEMENTS_OPTION, '' );
	}
	$port = isset( $parts['port'] ) ? ':' . (int) $parts['port'] : '';
	return esc_url_raw( $scheme . '://' . strtolower( $parts['host'] ) . $port );
}

add_action(
	'admin_init',
	function () {
		register_setting(
			'webrtc_elements',
			WEBRTC_ELEMENTS_OPTION,
			array(
				'type'              => 'string',
				'default'           => '',
				'sanitize_callback' => 'webrtc_elements_sanitize_server',
			)
		);
	}
);

add_action(
	'admin_menu',
	function () {
		$title = __( 'Video calls', 'webrtc-elements' );
		add_options_page( $title, $title, 'manage_options', 'webrtc-elements', 'webrtc_elements_settings_page' );
	}
);

function webrtc_elements_settings_page() {
	?>
	<div class="wrap">
		<h1><?php echo esc_html( get_admin_page_title() ); ?></h1>
		<form action="options.php" method="post">
			<?php settings_fields( 'webrtc_elements' ); ?>
			<table class="form-table" role="presentation">
				<tr>
					<th scope="row"><label for="webrtc-elements-server"><?php esc_html_e( 'Server', 'webrtc-elements' ); ?></label></th>
					<td>
						<input type="url" class="regular-text" id="webrtc-elements-server" name="<?php echo esc_attr( WEBRTC_ELEMENTS_OPTION ); ?>"
							value="<?php echo esc_attr( webrtc_elements_server() ); ?>" placeholder="https://calls.example.org">
						<p class="description">
							<?php esc_html_e( 'Your webrtc-elements server. Its ALLOWED_ORIGINS must list this site.', 'webrtc-elements' ); ?>
						</p>
					</td>
				</tr>
			</table>
			<?php submit_button(); ?>
		</form>
	</div>
	<?php
}
