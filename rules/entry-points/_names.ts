import { fits } from '../../src/text/ascii.js'

export const isPlainName = fits(/^[\w.-]+$/, () => /^[\p{L}\p{N}_.-]+$/u)
