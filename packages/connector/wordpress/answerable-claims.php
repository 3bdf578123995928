<?php
/**
 * Plugin Name: Answerable, accounts from before
 * Description: Members attach the account they have to their person, by the day that the gateway's policy names.
 * Version: 1
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: Apache-2.0
 *
 * Beside answerable.php in wp-content/mu-plugins. Needs ANSWERABLE_API_TOKEN in wp-config.php: the `apiToken` that the
 * gateway's settings have for this site. Take it away when the last day is over.
 * Must never: attach an account that has a person already, or one that the gateway did not name.
 */

namespace Answerable\Claims;

use const Answerable\SUB_KEY;
use function Answerable\sub_of;

defined( 'ABSPATH' ) || exit;

const ACCOUNTS_AT_ONCE = 500;
const TIMEOUT          = 10; // seconds
const ATTACH           = 'answerable_attach';
const SEND             = 'answerable_send_names';

/** The gateway that the sign-in plugin is set to. */
function gateway(): string {
	$token_address = (string) ( get_option( 'openid_connect_generic_settings', array() )['endpoint_token'] ?? '' );
	return preg_match( '#^(https?://[^/]+)/oidc/token$#', $token_address, $found ) ? $found[1] : '';
}

/** What the gateway answers; null if it did not, or refused. */
function ask( string $path, array $body ): ?array {
	$sent = wp_remote_post(
		gateway() . $path,
		array(
			'timeout'     => TIMEOUT,
			'redirection' => 0,
			'headers'     => array(
				'Authorization' => 'Bearer ' . ANSWERABLE_API_TOKEN,
				'Content-Type'  => 'application/json',
			),
			'body'        => wp_json_encode( $body ),
		)
	);
	$told = wp_remote_retrieve_response_code( $sent ) === 200 ? json_decode( wp_remote_retrieve_body( $sent ), true ) : null;
	return is_array( $told ) ? $told : null;
}

/** A name as the gateway writes names: 3 to 30 of a-z, 0-9 and _. */
function handle_of( \WP_User $user ): string {
	$plain = preg_replace( '/[^a-z0-9_]/', '_', strtolower( remove_accents( $user->user_login ) ) );
	return substr( str_pad( $plain, 3, '_' ), 0, 30 );
}

function legacy( \WP_User $user ): array {
	return array( 'account' => (string) $user->ID, 'handle' => handle_of( $user ) );
}

function button( string $action, string $words ): void {
	$address = wp_nonce_url( admin_url( "admin-post.php?action=$action" ), $action );
	printf( '<p><a class="button" href="%s">%s</a></p>', esc_url( $address ), esc_html( $words ) );
}

/** Whoever runs the site keeps a way in that no gateway can shut. */
function may_attach( \WP_User $user ): bool {
	return sub_of( $user->ID ) === '' && ! user_can( $user, 'manage_options' );
}

function is_set_up(): bool {
	return defined( 'ANSWERABLE_API_TOKEN' ) && gateway() !== '';
}

add_action(
	'show_user_profile',
	function ( \WP_User $user ) {
		if ( ! is_set_up() ) {
			return;
		}
		if ( may_attach( $user ) ) {
			echo '<h2>' . esc_html__( 'Your account and you' ) . '</h2><p>' .
				esc_html__( 'Attach this account to one person: you. It keeps its name and what it wrote, and from then on you sign in with your wallet and no longer with a password.' ) . '</p>';
			button( ATTACH, __( 'Attach this account' ) );
		}
		if ( current_user_can( 'manage_options' ) ) {
			button( SEND, __( 'Tell the gateway which accounts there are' ) );
		}
	}
);

add_action(
	'admin_post_' . ATTACH,
	function () {
		check_admin_referer( ATTACH );
		$user = wp_get_current_user();
		$back = add_query_arg( 'reauth', '1', wp_login_url() );
		$told = is_set_up() && may_attach( $user )
			? ask( '/platform/claims', legacy( $user ) + array( 'returnTo' => $back ) )
			: null;
		$to   = (string) ( $told['address'] ?? '' );
		if ( strpos( $to, gateway() . '/claim/' ) !== 0 ) {
			wp_die( esc_html__( 'This account cannot be attached now. Please tell the people who run this site.' ), '', array( 'back_link' => true ) );
		}
		wp_redirect( $to ); // phpcs:ignore -- the gateway's own page, looked at above
		exit;
	}
);

add_action(
	'admin_post_' . SEND,
	function () {
		check_admin_referer( SEND );
		if ( ! current_user_can( 'manage_options' ) || ! is_set_up() ) {
			wp_die( '', '', array( 'response' => 403 ) );
		}
		$sent = 0;
		for ( $page = 1; ; $page++ ) {
			$users = get_users( array( 'number' => ACCOUNTS_AT_ONCE, 'paged' => $page, 'orderby' => 'ID' ) );
			$old   = array_filter( $users, __NAMESPACE__ . '\may_attach' );
			if ( $old && ask( '/platform/claims/accounts', array( 'accounts' => array_values( array_map( __NAMESPACE__ . '\legacy', $old ) ) ) ) === null ) {
				wp_die( esc_html__( 'The gateway took no names: is its policy open for claims?' ), '', array( 'back_link' => true ) );
			}
			$sent += count( $old );
			if ( count( $users ) < ACCOUNTS_AT_ONCE ) {
				break;
			}
		}
		/* translators: %d: how many accounts */
		wp_die( esc_html( sprintf( __( 'The gateway knows of %d accounts.' ), $sent ) ), '', array( 'response' => 200, 'back_link' => true ) );
	}
);

/** Somebody comes back from the gateway with the account that they attached: it is theirs from this sign-in on. */
add_filter(
	'openid-connect-generic-user-login-test',
	function ( $may, $claims ) {
		$account = (string) ( $claims['claimed_account'] ?? '' );
		$sub     = (string) ( $claims['sub'] ?? '' );
		if ( ! $may || $account === '' || ! preg_match( '/^[a-z2-7]{52}$/', $sub ) || \Answerable\users_of( $sub ) ) {
			return $may;
		}
		$user = ctype_digit( $account ) ? get_userdata( (int) $account ) : false;
		if ( $user && may_attach( $user ) ) {
			update_user_option( $user->ID, SUB_KEY, $sub, true );
			\WP_Session_Tokens::get_instance( $user->ID )->destroy_all();
			\WP_Application_Passwords::delete_all_application_passwords( $user->ID );
		}
		return $may;
	},
	20,
	2
);
