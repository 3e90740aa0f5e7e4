/** Version of this package; a test compares it with package.json. */
export const VERSION = '0.1.0'

/** Date of the newest data table; a test compares it with src/data/. */
export const DATA_DATE = '2026-11-25'
