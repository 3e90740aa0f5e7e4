import type { EntryPoint, EntryPointsProblemKind } from '../../src/distribution/entry-points.js'
import type { Draft, Enforcer } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { entryPointReadings, refused } from '../../src/views/entry-point-readings.js'
import { isSetuptools } from '../../src/views/pyproject.js'

const SAID: Readonly<Record<EntryPointsProblemKind, ((text: string) => string) | undefined>> = {
  'no-section': text => `${text} appears before the first [group] header.`,
  'no-delimiter': text => `${text} is not an entry point (expected name = value).`,
  'duplicate-section': text => `The group ${text} appears more than once.`,
  'duplicate-option': text => `The name ${text} appears more than once in its group.`,
  'bad-section-header': text => `${text} is not a valid [group] header.`,
  'not-utf8': undefined,
  'too-long': undefined,
}

export default rule({
  id: 'entry-points-syntax',
  topic: 'entry-points',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi', 'uv', 'pip'],
  force: 'MUST',
  source: 'Entry points specification, "File format"',
  url: 'https://packaging.python.org/en/latest/specifications/entry-points/',
  summary: 'entry_points.txt contains a syntax error.',
  why: 'PyPI and uv reject what ConfigParser cannot parse. pip crashes on a line without `=` even where ConfigParser accepts it, such as a comment that starts with `;` or the continuation of a value.',
  breaks: 'The build fails.',
  fix: 'Write each entry point as `name = module:function` on one line below a `[group]` header, use each name once per group, and start comments with `#`.',
  pypiMessage: "Wheel 'F' has invalid entry points defined in the entry_points.txt file",

  bad: [
    { wheel: { entryPoints: '[console_scripts]\ndemo\n' } },
    { wheel: { entryPoints: 'demo = demo.cli:main\n' } },
    { sdist: { files: { '{top}/src/demo.egg-info/entry_points.txt': '[console_scripts]\ndemo\n' } } },
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\na = demo.cli:main\n[console_scripts]\nb = demo.cli:main\n' } },
    { wheel: { entryPoints: '[console_scripts]\n; the tools\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '[demo.plugins]\none = demo.plugins:one\n  demo.plugins:two\n' } },
  ],
  good: [
    { wheel: { entryPoints: '[console_scripts]\ndemo = demo.cli:main\n' } },
    { wheel: { entryPoints: '# the tools\n[console_scripts]\n  # one\ndemo = demo.cli:main\n' } },
  ],
  *check(dist) {
    if (dist.kind === 'sdist') {
      for (const problem of dist.entryPoints?.problems ?? []) {
        const say = SAID[problem.kind]
        // setuptools stops at what a source tree declares; the tables of pyproject.toml have rules of their own.
        if (dist.tree)
          yield finding(
            problem,
            `${quote(problem.text)} is not an entry point (expected name = value): setuptools refuses to build that.`,
            { enforcedBy: [], help: 'Write `name = module:function`.' },
          )
        // A build writes the file of an sdist anew, from what it was written from.
        else if (say) yield finding(problem, say(quote(problem.text)), { severity: 'warning', enforcedBy: [] })
      }
      if (dist.tree && isSetuptools(dist)) yield* duplicates(dist.entryPoints?.entries ?? [])
      return
    }
    const found = new Map<string, { readonly at: Draft['at']; readonly said: string; readonly by: Enforcer[] }>()
    const note = (at: Draft['at'] & object, said: string, by: Enforcer) => {
      const key = `${at.line} ${said}`
      const known = found.get(key)
      if (known) known.by.push(by)
      else found.set(key, { at, said, by: [by] })
    }
    const { uvProblems } = entryPointReadings(dist)
    for (const [by, problems] of [
      ['pypi', dist.entryPoints?.problems ?? []],
      ['uv', uvProblems],
    ] as const)
      for (const problem of problems) {
        const say = SAID[problem.kind]
        if (say) note(problem, say(quote(problem.text)), by)
      }
    for (const entry of refused(dist, 'no-delimiter').keys())
      note(
        entry,
        entry.name.startsWith(';')
          ? `${quote(entry.name)} is not a comment for pip, which recognizes only '#'.`
          : `${quote(entry.name)} is not an entry point (expected name = value).`,
        'pip',
      )
    for (const { at, said, by } of found.values()) yield finding(at, said, { enforcedBy: by })
  },
})

/** What setup.cfg or setup.py declares twice; the tables of pyproject.toml cannot. */
function* duplicates(entries: readonly EntryPoint[]): Generator<Draft> {
  const seen = new Set<string>()
  for (const entry of entries) {
    const { group, name } = entry
    const id = `${group}\n${name}`
    if (seen.has(id))
      yield finding(
        entry,
        `The name ${quote(name)} appears more than once in [${group}]: setuptools refuses to build that.`,
        { enforcedBy: [], help: 'Remove one of the two, or give it another name.' },
      )
    seen.add(id)
  }
}
