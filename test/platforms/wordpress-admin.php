<?php
/**
 * What the trial does at a WordPress as its administrator, on its own machine: reads versions and settings, types
 * what the gateway's command prints, makes and removes what is tried with. Called with the site's folder, its
 * address and a word; reads JSON, writes JSON.
 * Must never: leave anything behind that it made, or settings other than it found.
 */

list( , $folder, $url, $word ) = $argv;
$address                = parse_url( $url );
$_SERVER['HTTP_HOST']   = $address['host'] . ( isset( $address['port'] ) ? ":{$address['port']}" : '' );
$_SERVER['REQUEST_URI'] = '/';
$_SERVER['HTTPS']       = $address['scheme'] === 'https' ? 'on' : '';
ob_start();
require "$folder/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/plugin.php';
require_once ABSPATH . 'wp-admin/includes/user.php';
ob_end_clean();

$given = json_decode( (string) file_get_contents( 'php://stdin' ), true ) ?? array();
const SETTINGS = 'openid_connect_generic_settings';
const SUB      = 'openid-connect-generic-subject-identity';

/** Each field of the sign-in plugin's own page: what it is called there => what it is kept under. */
function fields_by_title() {
	require_once ABSPATH . 'wp-admin/includes/template.php';
	$settings = new OpenID_Connect_Generic_Option_Settings( array() );
	$page     = new OpenID_Connect_Generic_Settings_Page( $settings, new OpenID_Connect_Generic_Option_Logger() );
	$fields   = new ReflectionProperty( $page, 'settings_fields' );
	$fields->setAccessible( true );
	$found = array();
	foreach ( $fields->getValue( $page ) as $key => $field ) {
		$found[ $field['title'] ] = array( $key, $field['type'], $field['options'] ?? array() );
	}
	return $found;
}

function typed( $fields ) {
	$known = fields_by_title();
	$kept  = get_option( SETTINGS, array() );
	foreach ( $fields as list( $title, $value ) ) {
		if ( ! isset( $known[ $title ] ) ) {
			return array( 'unknown' => $title );
		}
		list( $key, $type, $options ) = $known[ $title ];
		if ( $type === 'checkbox' ) {
			$value = $value === 'on' ? 1 : 0;
		} elseif ( $type === 'select' ) {
			$value = array_search( $value, $options, true );
			if ( $value === false ) {
				return array( 'unknown' => "$title: no such choice" );
			}
		}
		$kept[ $key ] = $value;
	}
	update_option( SETTINGS, $kept );
	return array( 'unknown' => null );
}

function user_shown( $shown ) {
	$users = array_filter( get_users(), fn ( $user ) => $user->display_name === $shown );
	return array_map(
		fn ( $user ) => array(
			'id'       => $user->ID,
			'sub'      => (string) get_user_meta( $user->ID, SUB, true ),
			'login'    => $user->user_login,
			'nicename' => $user->user_nicename,
			'shown'    => $user->display_name,
			'email'    => $user->user_email,
			'roles'    => array_values( $user->roles ),
		),
		array_values( $users )
	);
}

function answer_to( $word, $given ) {
	switch ( $word ) {
		case 'look':
			return array(
				'version'  => get_bloginfo( 'version' ),
				'php'      => PHP_VERSION,
				'url'      => home_url(),
				'plugin'   => class_exists( 'OpenID_Connect_Generic' ) ? OpenID_Connect_Generic::VERSION : null,
				'ours'     => function_exists( 'Answerable\act' ),
				'secret'   => defined( 'ANSWERABLE_SECRET' ) ? ANSWERABLE_SECRET : null,
				'apiToken' => function_exists( 'Answerable\Claims\ask' ) && defined( 'ANSWERABLE_API_TOKEN' ) ? ANSWERABLE_API_TOKEN : null,
				'settings' => get_option( SETTINGS, null ),
			);
		case 'type':
			return typed( $given['fields'] );
		case 'put-back':
			$given['settings'] === null ? delete_option( SETTINGS ) : update_option( SETTINGS, $given['settings'] );
			foreach ( $given['pages'] as $page ) {
				wp_delete_post( $page, true );
			}
			foreach ( $given['users'] as list( $id, $sub ) ) {
				wp_delete_user( $id );
				delete_option( "answerable_away_$sub" );
				delete_option( "answerable_restricted_$sub" );
			}
			return array( 'done' => true );
		case 'user':
			return user_shown( $given['shown'] );
		case 'old-account':
			$id = wp_insert_user( array( 'user_login' => $given['login'], 'user_pass' => $given['password'], 'user_email' => "{$given['login']}@example.org" ) );
			return array( 'id' => $id );
		case 'would-open':
			// The attack with the defence taken away, in this process only.
			remove_all_filters( 'wp_authenticate_user' );
			return array( 'opens' => wp_authenticate( $given['login'], $given['password'] ) instanceof WP_User );
		case 'password':
			wp_set_password( $given['password'], $given['id'] );
			return array( 'done' => true );
		case 'page':
			$id = wp_insert_post(
				array( 'post_title' => 'A try', 'post_content' => 'Words for trying.', 'post_status' => 'publish', 'comment_status' => 'open' )
			);
			return array( 'id' => $id, 'address' => get_permalink( $id ) );
		case 'comments':
			$found = get_comments( array( 'post_id' => $given['page'] ) );
			return array_map( fn ( $one ) => array( 'id' => (int) $one->comment_ID, 'approved' => $one->comment_approved ), $found );
		case 'approve':
			return array( 'done' => (bool) wp_set_comment_status( $given['comment'], 'approve' ) );
	}
	return null;
}

echo wp_json_encode( answer_to( $word, $given ) );
