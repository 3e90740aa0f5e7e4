import { sha256 } from '../runtime.js'

/** A script or a style as the policy of its page names it. */
export function hashSource(text: string): string {
  const digest = sha256().update(text).digest('base64url')
  return `'sha256-${digest.replaceAll('-', '+').replaceAll('_', '/')}='`
}
