/** Why a license expression is not valid, as the end of a sentence; nothing where the message says only that it is not. */
export const licenseReason = (message: string): string =>
  message.startsWith('Invalid license expression')
    ? ''
    : `: ${message.replace(/^Unknown (license(?: exception)?): /, 'unknown $1 ')}`
