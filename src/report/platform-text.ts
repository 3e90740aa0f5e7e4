import type { PlatformReport } from '../platform/platform.js'

/** What a wheel can run on, a label and a text a line; lines that would say nothing are left out. Unescaped. */
export function platformLines(platform: PlatformReport): readonly (readonly [label: string, text: string])[] {
  const { fits = [], symbolVersions = {}, external = {}, missing = {}, minimumOs = {}, pythonAbi } = platform
  const rows: (readonly [string, string])[] = [
    ['fits', fits.join(', ')],
    ['symbols', named(symbolVersions)],
    [
      'minimum system',
      Object.entries(minimumOs)
        .map(([arch, version]) => `${arch} ${version}`)
        .join(', '),
    ],
    ['from outside', Object.keys(external).join(', ')],
    ['missing', Object.keys(missing).join(', ')],
    ['Python ABI', pythonText(pythonAbi)],
    ['not in abi3', (pythonAbi?.nonStable ?? []).join(', ')],
    [
      'too new for the tag',
      Object.entries(pythonAbi?.tooNew ?? {})
        .map(([symbol, since]) => `${symbol} (${since})`)
        .join(', '),
    ],
  ]
  return rows.filter(([, text]) => text !== '')
}

const named = (table: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(table)
    .map(([prefix, versions]) => `${prefix} ${versions.join(' ')}`)
    .join(', ')

function pythonText(abi: PlatformReport['pythonAbi']): string {
  if (abi?.tag === undefined) return ''
  return abi.abi3Lowest === undefined ? abi.tag : `${abi.tag}, works from Python ${abi.abi3Lowest} on`
}
