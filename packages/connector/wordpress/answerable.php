<?php
/**
 * Plugin Name: Answerable
 * Description: Obeys the gateway: whom it bars is out at once, and nobody who signs in through it has another way in.
 * Version: 1
 * Requires at least: 6.1
 * Requires PHP: 7.4
 * License: Apache-2.0
 *
 * The other side of the signed webhook (docs/platforms/other.md), for WordPress with the plugin OpenID Connect Generic.
 * Put it into wp-content/mu-plugins, and the line with ANSWERABLE_SECRET, which the gateway's command prints, into
 * wp-config.php. A comment is `post/c7`, a page or an article `page/7`, an account `account/<sub>`.
 * Must never: let anybody in, or write to anything but its own options and what an act names.
 */

namespace Answerable;

defined( 'ABSPATH' ) || exit;

const SECRET_CHARS_MIN   = 32;
const BODY_BYTES_MAX     = 65536;
const CLOCKS_APART_MAX   = 300; // seconds
const ACT_REMEMBERED_FOR = 3600; // seconds
const TEXT_CHARS_MAX     = 5000;
const COMMENTS_MAX       = 500;
/** Where the sign-in plugin keeps what the gateway calls an account. */
const SUB_KEY = 'openid-connect-generic-subject-identity';
/** How a comment or a page was before it was put away. */
const WAS_KEY = '_answerable_was';

// --- Accounts: what stands against one is kept under its name at the gateway, whether or not it has come here yet.

function sub_of( int $user ): string {
	return (string) get_user_meta( $user, SUB_KEY, true );
}

function option_of( string $flag, string $name ): string {
	return "answerable_{$flag}_$name";
}

/** What was said with a flag (`away` or `restricted`) on an account; '' if there is none. */
function flagged( string $flag, int $user ): string {
	$sub   = sub_of( $user );
	$names = $sub === '' ? array( "user$user" ) : array( "user$user", $sub );
	foreach ( $names as $name ) {
		$said = (string) get_option( option_of( $flag, $name ), '' );
		if ( $said !== '' ) {
			return $said;
		}
	}
	return '';
}

/** On each request, whatever somebody shows: a cookie from before is worth nothing. */
add_filter(
	'determine_current_user',
	fn ( $user ) => $user && flagged( 'away', (int) $user ) !== '' ? false : $user,
	100
);

add_filter(
	'openid-connect-generic-user-login-test',
	function ( $may, $claims ) {
		$sub = (string) ( $claims['sub'] ?? '' );
		return $may && (string) get_option( option_of( 'away', $sub ), '' ) === '';
	},
	10,
	2
);

// --- No other way in: a password of somebody's own would open the account that the gateway has shut.

add_filter(
	'wp_authenticate_user',
	function ( $user ) {
		if ( ! $user instanceof \WP_User ) {
			return $user;
		}
		$none = sub_of( $user->ID ) === '' ? '' : __( 'This account has no password: press the button above.' );
		$said = flagged( 'away', $user->ID ) ?: $none;
		return $said === '' ? $user : new \WP_Error( 'answerable', esc_html( $said ) );
	}
);
add_filter( 'allow_password_reset', fn ( $may, $user ) => sub_of( (int) $user ) === '' ? $may : false, 10, 2 );
add_filter(
	'wp_is_application_passwords_available_for_user',
	fn ( $may, $user ) => $may && sub_of( $user->ID ) === '',
	10,
	2
);
add_filter( 'show_password_fields', fn ( $show, $user ) => $show && sub_of( $user->ID ) === '', 10, 2 );

// --- Restricted: reads, and writes nothing.

add_filter(
	'user_has_cap',
	fn ( $can, $caps, $args, $user ) => flagged( 'restricted', $user->ID ) === ''
		? $can
		: array_intersect_key( $can, array_flip( array( 'read', 'exist', 'level_0' ) ) ),
	100,
	4
);
add_filter(
	'preprocess_comment',
	function ( $comment ) {
		$said = flagged( 'restricted', get_current_user_id() );
		if ( $said !== '' ) {
			wp_die( esc_html( $said ), '', array( 'response' => 403, 'back_link' => true ) );
		}
		return $comment;
	}
);
add_filter(
	'rest_pre_insert_comment',
	function ( $comment ) {
		$said = flagged( 'restricted', get_current_user_id() );
		return $said === '' ? $comment : new \WP_Error( 'answerable', $said, array( 'status' => 403 ) );
	}
);
// A name and a few words about oneself are shown to everybody: they are writing too.
add_action(
	'user_profile_update_errors',
	function ( \WP_Error $errors ) {
		$said = flagged( 'restricted', get_current_user_id() );
		if ( $said !== '' ) {
			$errors->add( 'answerable', esc_html( $said ) );
		}
	}
);
add_filter(
	'map_meta_cap',
	fn ( $caps, $cap, $user ) => $cap === 'edit_user' && defined( 'REST_REQUEST' ) && flagged( 'restricted', (int) $user ) !== ''
		? array( 'do_not_allow' )
		: $caps,
	10,
	3
);

function set_flag( array $asked, string $flag, bool $on ): array {
	$name = name_of( $asked );
	if ( $name === '' ) {
		return by_hand( 'This account is not known here by that name.' );
	}
	if ( ! $on ) {
		delete_option( option_of( $flag, $name ) );
		return done();
	}
	$notice = sanitize_text_field( (string) ( $asked['notice'] ?? '' ) );
	update_option( option_of( $flag, $name ), $notice === '' ? 'This account may not do this.' : $notice, false );
	if ( $flag === 'away' ) {
		foreach ( users_of( $name ) as $user ) {
			\WP_Session_Tokens::get_instance( $user )->destroy_all();
		}
	}
	return done();
}

/** By what an act names an account: its `sub`, or WordPress' own number for one from before the gateway. */
function name_of( array $asked ): string {
	if ( isset( $asked['account'] ) ) {
		$number = (string) $asked['account'];
		return preg_match( '/^[1-9]\d{0,9}$/', $number ) && get_userdata( (int) $number ) ? "user$number" : '';
	}
	return preg_match( '#^account/([a-z2-7]{52})$#', $asked['target'], $found ) ? $found[1] : '';
}

function users_of( string $name ): array {
	if ( strncmp( $name, 'user', 4 ) === 0 && ctype_digit( substr( $name, 4 ) ) ) {
		return array( (int) substr( $name, 4 ) );
	}
	$query = array( 'meta_key' => SUB_KEY, 'meta_value' => $name, 'fields' => 'ID', 'blog_id' => 0 );
	return array_map( 'intval', get_users( $query ) );
}

// --- Comments and pages: put away, and brought back as they were.

function comment_of( string $target ): ?\WP_Comment {
	return preg_match( '#^post/c(\d{1,10})$#', $target, $found ) ? get_comment( (int) $found[1] ) : null;
}

function page_of( string $target ): ?\WP_Post {
	$page = preg_match( '#^page/(\d{1,10})$#', $target, $found ) ? get_post( (int) $found[1] ) : null;
	return $page && in_array( $page->post_type, array( 'post', 'page' ), true ) ? $page : null;
}

function put_away_comment( \WP_Comment $comment ): array {
	if ( $comment->comment_approved !== '1' ) {
		return done();
	}
	update_comment_meta( (int) $comment->comment_ID, WAS_KEY, 'approve' );
	return wp_set_comment_status( $comment, 'hold' ) ? done() : by_hand( 'Hold this comment: Comments, Unapprove.' );
}

function bring_back_comment( \WP_Comment $comment ): array {
	$id = (int) $comment->comment_ID;
	// What others held stays held.
	if ( get_comment_meta( $id, WAS_KEY, true ) === '' ) {
		return done();
	}
	delete_comment_meta( $id, WAS_KEY );
	return $comment->comment_approved === '0' && ! wp_set_comment_status( $comment, 'approve' )
		? by_hand( 'Approve this comment again: Comments, Approve.' )
		: done();
}

function put_away_page( \WP_Post $page ): array {
	if ( $page->post_status !== 'publish' ) {
		return done();
	}
	update_post_meta( $page->ID, WAS_KEY, $page->post_status );
	return wp_update_post( array( 'ID' => $page->ID, 'post_status' => 'private' ) ) ? done() : by_hand( 'Make this private.' );
}

function bring_back_page( \WP_Post $page ): array {
	$was = (string) get_post_meta( $page->ID, WAS_KEY, true );
	if ( $was === '' ) {
		return done();
	}
	delete_post_meta( $page->ID, WAS_KEY );
	return $page->post_status === 'private' && ! wp_update_post( array( 'ID' => $page->ID, 'post_status' => $was ) )
		? by_hand( 'Publish this again.' )
		: done();
}

// --- What is asked, and what is answered.

function done(): array {
	return array( 'done' => true, 'could' => '' );
}

function by_hand( string $could ): array {
	return array( 'done' => false, 'could' => $could );
}

/** Null: there is no such thing. */
function act( array $asked ): ?array {
	$comment = comment_of( $asked['target'] );
	$page    = page_of( $asked['target'] );
	switch ( $asked['kind'] ) {
		case 'suspend-account':
			return set_flag( $asked, 'away', true );
		case 'restore-account':
			return set_flag( $asked, 'away', false );
		case 'restrict-account':
			return set_flag( $asked, 'restricted', true );
		case 'end-restriction':
			return set_flag( $asked, 'restricted', false );
		case 'hide-item':
			return $comment ? put_away_comment( $comment ) : null;
		case 'restore-item':
			return $comment ? bring_back_comment( $comment ) : null;
		case 'hold-page':
		case 'shut-page':
			return $page ? put_away_page( $page ) : null;
		case 'restore-page':
			return $page ? bring_back_page( $page ) : null;
		case 'tell-account':
			return by_hand( 'WordPress has no messages, and mail to this account is thrown away.' );
		default:
			return by_hand( 'WordPress has nothing for this: do what you think right, by hand.' );
	}
}

/** The same act twice is done once: a second asking, by whomever, gets the first answer. */
function act_once( array $asked ): ?array {
	$name  = 'answerable_act_' . md5( $asked['act'] );
	$known = get_transient( $name );
	if ( is_array( $known ) ) {
		return $known;
	}
	$told = act( $asked );
	if ( $told !== null ) {
		set_transient( $name, $told, ACT_REMEMBERED_FOR );
	}
	return $told;
}

function snapshot( string $kind, string $locator, int $author, string $text, string $written ): array {
	$sub = $author > 0 ? sub_of( $author ) : '';
	return array(
		'platform' => (string) ( get_option( 'openid_connect_generic_settings', array() )['client_id'] ?? '' ),
		'kind'     => $kind,
		'locator'  => $locator,
		'author'   => $sub === '' ? null : $sub,
		'text'     => mb_substr( trim( wp_strip_all_tags( $text ) ), 0, TEXT_CHARS_MAX ),
		'language' => substr( (string) get_bloginfo( 'language' ), 0, 12 ),
		'posted'   => gmdate( 'Y-m-d\TH:i:s.000\Z', strtotime( "$written UTC" ) ),
	);
}

function comment_as_item( \WP_Comment $comment ): array {
	$locator = "post/c{$comment->comment_ID}";
	return snapshot( 'post', $locator, (int) $comment->user_id, $comment->comment_content, $comment->comment_date_gmt );
}

function item( string $locator ): ?array {
	$comment = comment_of( $locator );
	if ( $comment ) {
		return comment_as_item( $comment );
	}
	$page = page_of( $locator );
	$text = $page ? "{$page->post_title}\n\n{$page->post_content}" : '';
	return $page ? snapshot( 'page', $locator, (int) $page->post_author, $text, $page->post_date_gmt ) : null;
}

function page_record( string $locator ): ?array {
	$page = page_of( $locator );
	if ( ! $page ) {
		return null;
	}
	$comments = get_comments( array( 'post_id' => $page->ID, 'number' => COMMENTS_MAX, 'orderby' => 'comment_date_gmt' ) );
	return array(
		'page'     => item( $locator ),
		'posts'    => array_map( __NAMESPACE__ . '\comment_as_item', $comments ),
		'warnings' => array(),
	);
}

function locate( string $url ): array {
	if ( preg_match( '/#comment-(\d{1,10})$/', $url, $found ) ) {
		return array( 'locator' => get_comment( (int) $found[1] ) ? "post/c{$found[1]}" : null );
	}
	$id = url_to_postid( $url );
	return array( 'locator' => $id > 0 && page_of( "page/$id" ) ? "page/$id" : null );
}

function is_signed( string $header, string $body, string $secret ): bool {
	if ( strlen( $secret ) < SECRET_CHARS_MIN || ! preg_match( '/^t=(\d{1,12}),v1=([0-9a-f]{64})$/', $header, $found ) ) {
		return false;
	}
	$expected = hash_hmac( 'sha256', "{$found[1]}.$body", $secret );
	return hash_equals( $expected, $found[2] ) && abs( time() - (int) $found[1] ) <= CLOCKS_APART_MAX;
}

/** Every field a text. */
function is_asked( $asked, string ...$fields ): bool {
	foreach ( $fields as $field ) {
		if ( ! is_string( $asked[ $field ] ?? null ) ) {
			return false;
		}
	}
	return true;
}

/** Null: not there, or not known here. */
function reply_to( array $asked ): ?array {
	switch ( $asked['ask'] ) {
		case 'check':
			return array( 'as' => null );
		case 'act':
			return is_asked( $asked, 'act', 'kind', 'target' ) ? act_once( $asked ) : null;
		case 'item':
			return is_asked( $asked, 'locator' ) ? item( $asked['locator'] ) : null;
		case 'page-record':
			return is_asked( $asked, 'locator' ) ? page_record( $asked['locator'] ) : null;
		case 'locate':
			return is_asked( $asked, 'url' ) ? locate( $asked['url'] ) : null;
		default:
			return null;
	}
}

function answer( int $status, ?array $body ): void {
	status_header( $status );
	header( 'Content-Type: application/json' );
	echo wp_json_encode( $body ?? new \stdClass() );
	exit;
}

/** wp-admin/admin-post.php answers on every WordPress, with any kind of permalinks; others may use it for theirs. */
add_action(
	'admin_post_nopriv',
	function () {
		$header = $_SERVER['HTTP_ANSWERABLE_SIGNATURE'] ?? '';
		if ( ! is_string( $header ) || $header === '' ) {
			return;
		}
		$body   = (string) file_get_contents( 'php://input', false, null, 0, BODY_BYTES_MAX + 1 );
		$secret = defined( 'ANSWERABLE_SECRET' ) ? (string) ANSWERABLE_SECRET : '';
		if ( strlen( $body ) > BODY_BYTES_MAX || ! is_signed( $header, $body, $secret ) ) {
			answer( 401, null );
		}
		$asked = json_decode( $body, true, 8 );
		if ( ! is_array( $asked ) || ! is_asked( $asked, 'ask' ) ) {
			answer( 400, null );
		}
		$reply = reply_to( $asked );
		answer( $reply === null ? 404 : 200, $reply );
	}
);
