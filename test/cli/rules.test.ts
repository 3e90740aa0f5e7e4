import { describe, expect, it } from 'vitest'
import { buildExample, buildWheel } from '../../fixtures/build.js'
import binaries from '../../rules/registry/binaries.js'
import { RULES } from '../../rules/registry/index.js'
import sdists from '../../rules/registry/sdists.js'
import { auditPart } from '../../src/audit.js'
import { rulesFor } from '../../src/cli/rules.js'
import type { Example } from '../../src/example.js'
import { chooseRules } from '../../src/selection.js'
import { bytesSource } from '../../src/source/source.js'

const target = (filename: string) => ({ path: filename, filename })

describe('the rules that a lone pure wheel calls for', () => {
  it('leave out none that can speak of it', async () => {
    const { rules, partial } = await rulesFor([target('demo-1.0-py3-none-any.whl')], { all: false })
    expect(partial).toBe(true)
    expect(new Set(RULES.filter(rule => !rules.includes(rule)))).toEqual(new Set([...binaries, ...sdists]))
    expect(sdists.filter(rule => rule.applies.includes('wheel'))).toEqual([])
    // Those of a release start from the pyproject.toml of its sdist.
    const ofReleases = sdists.filter(rule => rule.applies.includes('release'))
    expect(ofReleases.filter(rule => rule.topic !== 'pyproject')).toEqual([])
  })

  it('leave out rules about binaries, which say nothing of a wheel without any', async () => {
    const selection = chooseRules(binaries, { profile: 'strict', preview: true })
    const examples = RULES.flatMap(rule => [rule.bad, rule.good].flat() as readonly Example[])
    const wheels = examples.filter(
      ({ wheel }) => wheel && !wheel.make && (wheel.filename ?? '-any.whl').endsWith('-any.whl'),
    )
    expect(wheels.length).toBeGreaterThan(200)
    const said: string[] = []
    for (const example of wheels) {
      const [file] = await buildExample(example)
      if (!file) continue
      const open = async () => ({ ...target(file.filename), source: bytesSource(file.bytes) })
      const { distributions } = await auditPart([open], { selection })
      said.push(...distributions.flatMap(one => one.findings.map(finding => `${finding.rule}: ${finding.message}`)))
    }
    expect(said).toEqual([])
  })

  it('are all of them for other files', async () => {
    for (const names of [
      ['demo-1.0.tar.gz'],
      ['demo-1.0-cp313-cp313-win32.whl'],
      ['a-1-py3-none-any.whl', 'a-1.tar.gz'],
    ])
      expect((await rulesFor(names.map(target), { all: false })).rules).toBe(RULES)
  })

  it('find a declared import name that the wheel lacks', async () => {
    const built = await buildWheel({ metadata: { 'Metadata-Version': '2.5', 'Import-Name': 'other' } })
    const { rules } = await rulesFor([target(built.filename)], { all: false })
    const open = async () => ({ ...target(built.filename), source: bytesSource(built.bytes) })
    const { releases } = await auditPart([open], { selection: chooseRules(rules) })
    expect(releases.flatMap(one => one.findings.map(finding => finding.rule))).toContain('import-name-not-provided')
  })
})
