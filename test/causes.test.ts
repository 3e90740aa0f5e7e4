import { describe, expect, it } from 'vitest'
import { auditFiles } from '../fixtures/audit.js'
import { buildExample, buildSurroundings, buildWheel } from '../fixtures/build.js'
import { RULES } from '../rules/registry/index.js'
import { toldOnce } from '../src/causes.js'
import type { Example } from '../src/example.js'
import { type AnyRule, finding, type Rule, rule } from '../src/rule.js'
import { TEST_RULE } from './support/test-rule.js'

const base = { ...TEST_RULE, applies: ['wheel'] } as const

describe('a mistake', () => {
  it('is one finding, as severe as the worst of what it explains, and what PyPI rejects is always told', async () => {
    const one = (id: string, more: Partial<Rule<'wheel'>>, field?: string, value?: string) =>
      rule({
        ...base,
        severity: 'warning',
        ...more,
        id,
        *check() {
          yield finding({ member: 'METADATA', field, value }, id)
        },
      })
    const wheel = await buildWheel({})
    const told = async (...rules: readonly AnyRule[]) => {
      const { distributions, releases } = toldOnce(await auditFiles([wheel], rules), rules)
      return [...distributions, ...releases].flatMap(({ findings }) => findings.map(f => `${f.severity} ${f.rule}`))
    }
    const cause = one('cause', { severity: 'info', explains: ['Summary', 'packages'] })
    const empty = one('empty', { severity: 'error', follows: ['packages'] })
    expect(await told(cause, empty, one('bound', {}, 'Requires-Python'))).toEqual(['error cause', 'warning bound'])
    expect(await told(empty)).toEqual(['error empty'])
    expect(await told(cause, one('none', { misses: ['Summary'] }, 'Summary'))).toEqual(['warning cause'])
    const others = [
      one('long', { misses: ['Summary'] }, 'Summary', 'Reads demo files'),
      one('pin', { misses: ['Summary'] }, 'Requires-Dist', 'attrs==1'),
      one('rejected', { misses: ['Summary'], severity: 'error', enforcedBy: ['pypi'] }, 'Summary'),
    ]
    for (const other of others) expect(await told(cause, other)).toContain(`${other.severity} ${other.id}`)
    const written = one('project-dependencies-invalid', { severity: 'error' }, 'project.dependencies[0]', 'foo bar')
    const built = (value: string, more: Partial<Rule<'wheel'>>) =>
      one('requirement-invalid', more, 'Requires-Dist', value)
    const PYPI = { severity: 'error', enforcedBy: ['pypi'] } as const
    expect(await told(written, built('foo bar; extra == "x"', PYPI))).toEqual(['error requirement-invalid'])
    expect(await told(written, built('foo bar', {}))).toEqual(['error project-dependencies-invalid'])
    expect(await told(written, built('foo bar baz', PYPI))).toHaveLength(2)
  })

  it('of a project without a name explains nothing of another', async () => {
    const one = (id: string) =>
      rule({
        ...base,
        id,
        severity: 'error',
        *check() {
          yield finding({ member: 'METADATA', field: 'x', value: 'foo bar' }, id)
        },
      })
    const rules = [one('project-dependencies-invalid'), one('requirement-invalid')]
    const report = await auditFiles([await buildWheel({})], rules)
    const [only] = report.distributions
    const findings = [...report.distributions, ...report.releases].flatMap(({ findings }) => findings)
    const tree = (path: string, id: string) => ({
      ...only!,
      path,
      name: null,
      version: null,
      findings: findings.filter(({ rule }) => rule === id),
    })
    const both = [tree('a', rules[0]!.id), tree('b', rules[1]!.id)]
    const { distributions } = toldOnce({ ...report, distributions: both, releases: [] }, rules)
    expect(distributions.map(({ findings }) => findings.length)).toEqual([1, 1])
  })

  it('is one finding only where others explain all that it is about, and its cause says where it breaks', async () => {
    const wheel = await buildWheel({})
    const told = async (...rules: readonly AnyRule[]) => {
      const { distributions } = toldOnce(await auditFiles([wheel], rules), rules)
      return distributions.flatMap(({ findings }) => findings)
    }
    const one = (id: string, more: Partial<Rule<'wheel'>>) =>
      rule({
        ...base,
        severity: 'warning',
        ...more,
        id,
        *check() {
          yield finding({ member: `${id}.py`, line: 2 }, `It is ${id}.`)
        },
      })
    const [a, b] = [one('a', { explains: ['file a'] }), one('b', { explains: ['file b'] })]
    const both = one('both', { severity: 'error', follows: ['file a', 'file b'] })
    expect((await told(a, both)).map(found => found.rule)).toEqual(['both', 'a'])
    const related = [{ member: 'both.py', line: 2, message: 'It is both' }]
    expect(await told(a, b, both)).toMatchObject([
      { rule: 'a', severity: 'error', related },
      { rule: 'b', severity: 'error', related },
    ])
    // What the effect of a cause explains is an effect of that cause too; those that explain one another stay.
    const middle = one('middle', { follows: ['file a'], explains: ['file c'] })
    const last = one('last', { severity: 'error', follows: ['file c'] })
    expect(await told(a, middle, last)).toMatchObject([{ rule: 'a', severity: 'error' }])
    const round = [one('x', { follows: ['y'], explains: ['x'] }), one('y', { follows: ['x'], explains: ['y'] })]
    expect((await told(...round)).map(found => found.rule)).toEqual(['x', 'y'])
  })
})

const SETUPTOOLS = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'

/** What is told of each mistake, notes aside. */
const MISTAKES: readonly (readonly [string, Example, readonly string[]])[] = [
  [
    'a Requires-Python that nothing satisfies',
    { wheel: { metadata: { 'Requires-Python': '>=3.9,<3.8', Classifier: 'Programming Language :: Python :: 3.10' } } },
    ['specifier-unsatisfiable'],
  ],
  [
    'an address of an example that is none of the web',
    { wheel: { metadata: { 'Project-URL': 'Source, ftp://example.com/demo' } } },
    ['url-invalid'],
  ],
  [
    'a version that was not found',
    { wheel: { version: '0.0.0', files: { 'demo/__init__.py': '__version__ = "1.2"\n' } } },
    ['placeholder-value'],
  ],
  [
    'a package that the list leaves out of the wheel and, with it, of the sdist',
    {
      release: [
        {
          sdist: {
            pyproject: SETUPTOOLS,
            files: {
              '{top}/setup.cfg':
                '[metadata]\nname = demo\nversion = 1.0\n[options]\npackages = demo\npackage_dir =\n  = src\n',
            },
          },
        },
        { wheel: { files: { 'demo/__init__.py': 'from .formats import csv\n' } } },
      ],
      tracked: ['pyproject.toml', 'src/demo/__init__.py', 'src/demo/formats/__init__.py', 'src/demo/formats/csv.py'],
    },
    ['package-not-listed'],
  ],
  [
    'a folder of sources that is installed with the package in it',
    {
      wheel: {
        files: { 'demo/__init__.py': null, 'src/demo/__init__.py': '', 'src/demo/cli.py': 'def main(): ...\n' },
        entryPoints: '[console_scripts]\ndemo = demo.cli:main\n',
      },
    },
    ['toplevel-common-name'],
  ],
  [
    'a wheel without anything',
    {
      release: [
        { sdist: { pyproject: SETUPTOOLS } },
        {
          wheel: {
            files: { 'demo/__init__.py': null, 'demo/cli.py': null },
            entryPoints: '[console_scripts]\ndemo = demo:main\n',
          },
        },
      ],
    },
    ['package-not-in-wheel'],
  ],
  [
    'a file that the build reads and the sdist does not contain',
    {
      release: [
        {
          sdist: {
            pyproject: SETUPTOOLS,
            files: {
              '{top}/setup.cfg':
                '[metadata]\nname = demo\nversion = file: VERSION\n[options]\npackages = demo\npackage_dir =\n  = src\n',
            },
          },
        },
      ],
      tracked: ['pyproject.toml', 'setup.cfg', 'VERSION', 'src/demo/__init__.py'],
    },
    ['build-input-missing'],
  ],
  [
    'a name that is none, after which a backend looks for a package',
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n\n[project]\nname = "tidy thing"\nversion = "1.0"\ndescription = "x"\nlicense = "MIT"\nrequires-python = ">=3.10"\n',
        files: { 'src/tidy_thing/__init__.py': '' },
      },
    },
    ['project-name-missing'],
  ],
  [
    'a version that is static and dynamic, which flit does not find in the module',
    {
      tree: {
        pyproject:
          '[build-system]\nrequires = ["flit_core>=3.12,<5"]\nbuild-backend = "flit_core.buildapi"\n\n[project]\nname = "demo"\nversion = "1.0"\ndescription = "x"\nlicense = "MIT"\nrequires-python = ">=3.10"\ndynamic = ["version"]\n',
        files: { 'src/demo/__init__.py': '' },
      },
    },
    ['pyproject-static-and-dynamic'],
  ],
]

describe('one finding for one mistake:', () => {
  it.each(MISTAKES)('%s', async (_, example, expected) => {
    const report = toldOnce(
      await auditFiles(await buildExample(example), RULES, {}, await buildSurroundings(example), {
        profile: 'default',
      }),
      RULES,
    )
    const told = [...report.distributions, ...report.releases].flatMap(({ findings }) => findings)
    expect(told.filter(({ severity }) => severity !== 'info').map(found => found.rule)).toEqual(expected)
  })
})
