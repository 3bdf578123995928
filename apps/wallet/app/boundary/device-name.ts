/** What this device is first called in its person's list: a kind, and nothing that tells it from others. */
export function deviceName(userAgent: string): string {
  if (/iPad|Tablet/i.test(userAgent)) return 'Tablet';
  return /Mobi|iPhone|Android/i.test(userAgent) ? 'Phone' : 'Computer';
}
