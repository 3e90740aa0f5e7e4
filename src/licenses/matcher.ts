import table from '../data/license-fingerprints.json' with { type: 'json' }
import { licenseMatcher } from './match.js'

/** The matcher of the SPDX license list. Import this module only when there is a text to match: it brings the table. */
export const matcher = licenseMatcher(table)
