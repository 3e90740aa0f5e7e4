const DATE = /^(\d{4})-(\d\d)-(\d\d)$/
const TIME = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:[zZ]|[+-]([01]\d|2[0-3]):[0-5]\d)$/
/** RFC 3987 has these in no IRI. */
const NOT_IN_IRI = /[\u0000-\u0020<>"{}|\\^`\u007f]/

/** What a value of a JSON Schema format must be, when this one is not; undefined when it is, or the format is not tested. */
export function formatFault(format: string, value: string): string | undefined {
  switch (format) {
    case 'date':
      return isDate(value) ? undefined : 'must be a date such as 2026-01-31'
    case 'date-time':
      return isDateTime(value) ? undefined : 'must be a date and time with offset (RFC 3339)'
    case 'iri-reference':
      return NOT_IN_IRI.test(value) ? 'must be a URL or relative reference' : undefined
    case 'uri':
      return !NOT_IN_IRI.test(value) && /^[A-Za-z][A-Za-z0-9+.-]*:/.test(value) ? undefined : 'must be a URI'
    case 'idn-email':
      return /^[^\s@]+@[^\s@]+$/.test(value) ? undefined : 'must be an email address'
    default:
      return undefined
  }
}

function isDate(value: string): boolean {
  const [, year, month, day] = DATE.exec(value) ?? []
  if (year === undefined || month === undefined || day === undefined) return false
  const date = new Date(`${value}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day)
}

function isDateTime(value: string): boolean {
  if (!/^[tT ]$/.test(value.charAt(10))) return false
  const [, hour, minute, second] = TIME.exec(value.slice(11)) ?? []
  // A leap second is 60.
  return isDate(value.slice(0, 10)) && Number(hour) < 24 && Number(minute) < 60 && Number(second) <= 60
}
