import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { SDIST_FORMAT } from '../shared/tar.js'

/** First value of a header before the first blank line. */
function header(text: string, name: string): string | undefined {
  for (const line of text.split('\n', 1000)) {
    if (line.trim() === '') return undefined
    if (line.toLowerCase().startsWith(`${name.toLowerCase()}:`)) return line.slice(name.length + 1).trim()
  }
  return undefined
}

export default rule({
  id: 'sdist-egg-info-differs',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'PKG-INFO and the one in .egg-info name different projects or versions.',
  why: 'Tools read either of them, and so see different things.',
  fix: 'Remove the old .egg-info directory from the working copy and build again.',
  bad: {
    sdist: { files: { '{top}/src/demo.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: demo\nVersion: 0.9\n' } },
  },
  good: {
    sdist: { files: { '{top}/src/demo.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n' } },
  },
  *check(subject) {
    const { metadata, top } = subject
    const name = metadata?.value('Name')
    const version = metadata?.value('Version')
    if (top === undefined || name === undefined || version === undefined) return
    for (const [path, { text }] of subject.texts) {
      if (!path.endsWith('.egg-info/PKG-INFO')) continue
      const other = { name: header(text, 'Name'), version: header(text, 'Version') }
      if (other.name !== undefined && canonicalName(other.name) !== canonicalName(name)) continue
      if (other.version !== undefined && other.version !== version)
        yield finding(
          { member: path, field: 'Version' },
          `Version is ${quote(other.version)} here and ${quote(version)} in ${quote(`${top}/PKG-INFO`)}.`,
        )
    }
  },
})
