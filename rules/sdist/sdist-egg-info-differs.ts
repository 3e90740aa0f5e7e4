import type { Place } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { canonicalName } from '../../src/standards/name.js'
import { SDIST_FORMAT } from '../shared/tar.js'

/** First value of a header before the first blank line, with its place. */
function header(
  member: string,
  text: string,
  name: string,
): { readonly value: string; readonly at: Place } | undefined {
  for (const [i, line] of text.split('\n', 1000).entries()) {
    if (line.trim() === '') return undefined
    if (!line.toLowerCase().startsWith(`${name.toLowerCase()}:`)) continue
    const value = line.slice(name.length + 1)
    const column = line.length - value.trimStart().length + 1
    return { value: value.trim(), at: { member, line: i + 1, column, field: name, mark: value.trim() } }
  }
  return undefined
}

const END = '.egg-info/PKG-INFO'

export default rule({
  id: 'sdist-egg-info-differs',
  topic: 'sdist',
  severity: 'warning',
  applies: ['sdist'],
  enforcedBy: [],
  force: 'none',
  source: 'Source distribution format, "Source distribution file format"',
  url: SDIST_FORMAT,
  summary: 'PKG-INFO and the PKG-INFO in .egg-info have different names or versions.',
  why: 'Some tools read one and some the other, so they see different versions.',
  fix: 'Delete the old .egg-info directory from the working copy and rebuild.',
  bad: [
    { sdist: { files: { '{top}/src/demo.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: demo\nVersion: 0.9\n' } } },
    { sdist: { files: { '{top}/src/demo.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: old\nVersion: 1.0\n' } } },
  ],
  good: {
    sdist: { files: { '{top}/src/demo.egg-info/PKG-INFO': 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n' } },
  },
  *check(subject) {
    const { metadata, top } = subject
    const name = metadata?.value('Name')
    const version = metadata?.value('Version')
    if (top === undefined || name === undefined || version === undefined) return
    for (const [path, { text }] of subject.texts) {
      if (!path.endsWith(END)) continue
      const [named, other] = [header(path, text, 'Name'), header(path, text, 'Version')]
      if (named && canonicalName(named.value) !== canonicalName(name)) {
        // Another project in the tree has a directory of its own name.
        const directory = path.slice(path.lastIndexOf('/', path.length - END.length) + 1, -END.length)
        if (canonicalName(directory) === canonicalName(name))
          yield finding(
            named.at,
            `Name is ${quote(named.value)} here, but ${quote(name)} in ${quote(`${top}/PKG-INFO`)}.`,
          )
        continue
      }
      if (other && other.value !== version)
        yield finding(
          other.at,
          `Version is ${quote(other.value)} here, but ${quote(version)} in ${quote(`${top}/PKG-INFO`)}.`,
        )
    }
  },
})
