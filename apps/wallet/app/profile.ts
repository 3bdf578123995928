/**
 * Several people at one practice browser: `/?profile=alice` once, kept for the tab. The worker heeds it in
 * practice mode only; in production there is one person and one store.
 */
const key = 'profile';
const shape = /^[a-z0-9-]{1,40}$/;
export const ownProfile = 'own';

export function profileOf(query: string): string {
  const asked = new URLSearchParams(query).get(key);
  if (asked && shape.test(asked)) sessionStorage.setItem(key, asked);
  return sessionStorage.getItem(key) ?? ownProfile;
}
