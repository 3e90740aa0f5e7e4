import { auditFiles } from '../../fixtures/audit.js'
import { type Built, buildSdist, buildWheel } from '../../fixtures/build.js'
import { RULES } from '../../rules/registry/index.js'
import type { ExampleFile } from '../../src/example.js'

/** A file that grows with a number: of characters of a text, or of things in it. */
export interface Growing {
  readonly name: string
  /** The largest that is made; a half and a quarter of it show how the time grows. */
  readonly most: number
  make(size: number): Promise<Built>
}

/** What makes a careless reader try again and again: in one long run, and with something behind it that does not fit. */
const PIECES = [
  ...[
    'a',
    ' ',
    '\t',
    '-',
    '.',
    '0',
    '(',
    '[',
    '{',
    '<',
    '"',
    "'",
    '`',
    '*',
    '#',
    '/',
    '\\',
    ',',
    ';',
    ':',
    '=',
    '@',
    '!',
    '|',
  ],
  ...[
    'a.',
    'a-',
    '0.',
    'a ',
    '- ',
    '.*',
    '[^a',
    '[a](',
    '<!--',
    '=?',
    '-with-',
    'lib',
    '.so.',
    ' and ',
    '&a=',
    'a@',
    '::',
    '\u0301',
  ],
]
const LENGTH = 200_000
const runOf = (piece: string, size: number) => `a${piece.repeat(Math.ceil(size / piece.length))}!`

const FIELDS = [
  ...[
    'Name',
    'Version',
    'Summary',
    'Keywords',
    'Author',
    'Author-email',
    'License',
    'License-Expression',
    'License-File',
  ],
  ...['Classifier', 'Project-URL', 'Home-page', 'Requires-Dist', 'Requires-Python', 'Provides-Extra', 'Provides-Dist'],
  ...['Description-Content-Type', 'Import-Name', 'Dynamic', 'Requires-External', 'Platform', 'X-Unknown'],
]

/** A place for a text in a wheel or an sdist. */
type Place = (text: string) => { readonly wheel: ExampleFile } | { readonly sdist: ExampleFile }

const inWheel = (path: string, around: (text: string) => string = text => text): Place => {
  return text => ({ wheel: { files: { [path]: around(text) } } })
}
const inSdist = (path: string, around: (text: string) => string = text => text): Place => {
  return text => ({ sdist: { files: { [`{top}/${path}`]: around(text) } } })
}
const json = (text: string) => JSON.stringify(text)
const BUILD = '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n'
const component = (text: string) =>
  `{"bomFormat":"CycloneDX","specVersion":"1.6","version":1,"components":[{"type":"library","name":${text},"version":${text},"purl":${text}},{"type":"library","name":"b"}]}`
const inProject = (key: string): Place =>
  inSdist(
    'pyproject.toml',
    text => `${BUILD}[project]\nname = "demo"\nversion = "1.0"\n${key.replaceAll('?', json(text))}\n`,
  )

const PLACES: Readonly<Record<string, Place>> = {
  ...Object.fromEntries(FIELDS.map(field => [field, (text: string) => ({ wheel: { metadata: { [field]: text } } })])),
  'a Markdown description': text => ({ wheel: { description: text } }),
  'a description in reStructuredText': text => ({
    wheel: { description: text, metadata: { 'Description-Content-Type': 'text/x-rst' } },
  }),
  'a field of WHEEL': text => ({ wheel: { wheel: { Generator: text, Tag: text } } }),
  'a row of RECORD': text => ({ wheel: { record: `${text},sha256=${text},${text}\n` } }),
  'an entry point': text => ({
    wheel: { entryPoints: `[console_scripts]\na = ${text}\n${text} = b\n[${text}]\nc = d\n` },
  }),
  'a CycloneDX document': inWheel('{dist-info}/sboms/a.cdx.json', text => component(json(text))),
  'a CycloneDX document in XML': inWheel(
    '{dist-info}/sboms/a.cdx.xml',
    text =>
      `<?xml version="1.0"?>\n<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><components><component a="b" ${text}><name>${text}</name></component></components></bom>`,
  ),
  'an SPDX document': inWheel('{dist-info}/sboms/a.spdx', text => `SPDXVersion: SPDX-2.3\nPackageName: ${text}\n`),
  'variant.json': inWheel(
    '{dist-info}/variant.json',
    text =>
      `{"$schema":"https://variants-schema.wheelnext.dev/v0.0.3.json","providers":{"a":{"requires":["a @ https://x/${json(text).slice(1, -1)}"],"enable-if":${json(text)}}},"variants":{"x":{}},"default-priorities":{"namespace":["a"]}}`,
  ),
  'a path file': inWheel('demo.pth', text => `import a; ${text}\n${text}\n`),
  'a Python module': inWheel(
    'demo/b.py',
    text => `# SPDX-License-Identifier: ${text}\nimport ${text}\nfrom ${text} import b\n`,
  ),
  'a script': inWheel('{data}/scripts/demo', text => `#!python ${text}\n${text}\n`),
  'a license': inWheel(
    '{dist-info}/licenses/LICENSE',
    text => `MIT License\n\nSPDX-License-Identifier: ${text}\n${text}\n`,
  ),
  'a file of secrets': inWheel('demo/.npmrc', text => `//a/:_authToken=${text}\n${text}\n`),
  'pyproject.toml': inSdist('pyproject.toml'),
  'a name in pyproject.toml': inProject('description = ?\nkeywords = [?]\nauthors = [{name = ?, email = ?}]'),
  'a dependency in pyproject.toml': inProject('dependencies = [?]\nrequires-python = ?\nlicense = ?'),
  'a pattern in pyproject.toml': inProject('license-files = [?]\nreadme = ?'),
  'an entry point in pyproject.toml': inProject('[project.scripts]\na = ?\n[project.entry-points.b]\nc = ?'),
  'a dependency group': inProject('[dependency-groups]\na = [?, {include-group = ?}]'),
  'setup.cfg': inSdist('setup.cfg', text => `[metadata]\nname = ${text}\n${text}\n`),
  'requires.txt': inSdist('demo.egg-info/requires.txt', text => `${text}\n[${text}]\n`),
}

const buildAt = (example: ReturnType<Place>): Promise<Built> =>
  'wheel' in example ? buildWheel(example.wheel) : buildSdist(example.sdist)

const LONG_RUNS: readonly Growing[] = Object.entries(PLACES).flatMap(([place, at]) =>
  PIECES.map(piece => ({
    name: `a run of ${JSON.stringify(piece)} in ${place}`,
    most: LENGTH,
    make: size => buildAt(at(runOf(piece, size))),
  })),
)

const DEEP: readonly Growing[] = Object.entries(PLACES).flatMap(([place, at]) =>
  (
    [
      ['(', ')'],
      ['[', ']'],
      ['{"a":', '}'],
      ['<a>', '</a>'],
      ['> ', ''],
      ['a.', ''],
    ] as const
  ).map(([open, close]) => ({
    name: `${JSON.stringify(open)} in one another in ${place}`,
    most: LENGTH / 4,
    make: (size: number) => buildAt(at(`${open.repeat(size / 4)}1${close.repeat(size / 4)}`)),
  })),
)

const lines = (count: number, line: (i: number) => string) => Array.from({ length: count }, (_, i) => line(i))

/** Many of each thing: what compares every one with every other one takes the product. */
const MANY: Readonly<Record<string, (count: number) => ReturnType<Place>>> = {
  ...Object.fromEntries(
    FIELDS.map(field => [
      `lines of ${field}`,
      (count: number) => ({ wheel: { metadata: { [field]: lines(count, i => `a${i}`) } } }),
    ]),
  ),
  'requirements with extras and markers': count => ({
    wheel: {
      metadata: {
        'Provides-Extra': lines(count, i => `e${i}`),
        'Requires-Dist': lines(count, i => `a${i}[b]>=${i} ; python_version < "3.${i}" and extra == "e${i}"`),
      },
    },
  }),
  'versions of one requirement': count => ({ wheel: { metadata: { 'Requires-Dist': lines(count, i => `a!=${i}`) } } }),
  'clauses of one specifier': count => ({
    wheel: { metadata: { 'Requires-Dist': `a ${lines(count, i => `!=${i}`).join()}` } },
  }),
  'licenses of one expression': count => ({
    wheel: { metadata: { 'License-Expression': lines(count, i => `LicenseRef-${i}`).join(' OR ') } },
  }),
  'rows of RECORD': count => ({ wheel: { record: lines(count, i => `demo/a${i}.py,sha256=x,1\n`).join('') } }),
  'rows of RECORD for one path': count => ({ wheel: { record: 'demo/a.py,sha256=x,1\n'.repeat(count) } }),
  modules: count => ({
    wheel: { files: Object.fromEntries(lines(count, i => `demo/m${i}.py`).map(path => [path, 'import a\n'])) },
  }),
  packages: count => ({
    wheel: { files: Object.fromEntries(lines(count, i => `demo${i}/__init__.py`).map(path => [path, ''])) },
  }),
  'commands without modules': count => ({
    wheel: { entryPoints: `[console_scripts]\n${lines(count, i => `c${i} = demo.z${i}:f\n`).join('')}` },
  }),
  'commands of modules': count => ({
    wheel: {
      entryPoints: `[console_scripts]\n${lines(count, i => `c${i} = demo.m${i}:f\n`).join('')}`,
      files: Object.fromEntries(lines(count, i => `demo/m${i}.py`).map(path => [path, ''])),
    },
  }),
  'groups of entry points': count => ({ wheel: { entryPoints: lines(count, i => `[g${i}]\nc = demo:f\n`).join('') } }),
  'license files': count => ({
    wheel: {
      metadata: { 'License-File': lines(count, i => `L${i}`) },
      files: Object.fromEntries(lines(count, i => `{dist-info}/licenses/L${i}`).map(path => [path, 'x\n'])),
    },
  }),
  SBOMs: count => ({
    wheel: {
      files: Object.fromEntries(lines(count, i => `{dist-info}/sboms/${i}.json`).map(path => [path, component('"a"')])),
    },
  }),
  'components of an SBOM': count => ({
    wheel: {
      files: {
        '{dist-info}/sboms/a.json': `{"bomFormat":"CycloneDX","specVersion":"1.6","components":[${lines(count, i => `{"type":"library","name":"a${i}","bom-ref":"r${i}"}`)}],"dependencies":[${lines(count, i => `{"ref":"r${i}","dependsOn":["r${(i * 7) % count}"]}`)}]}`,
        ...Object.fromEntries(lines(count, i => `demo.libs/liba${i}.so.1`).map(path => [path, ''])),
      },
    },
  }),
  'backend paths': count => ({
    sdist: {
      pyproject: `${BUILD}backend-path = [${lines(count, i => `"p${i}"`)}]\n`,
      files: Object.fromEntries(lines(count, i => `{top}/m${i}`).map(path => [path, ''])),
    },
  }),
  'patterns of license files': count => ({
    sdist: {
      pyproject: `${BUILD}[project]\nname = "demo"\nversion = "1.0"\nlicense-files = [${lines(count, i => `"*a*${i}"`)}]\n`,
      files: Object.fromEntries(lines(count, i => `{top}/a${i}`).map(path => [path, ''])),
    },
  }),
  'dependency groups': count => ({
    sdist: {
      pyproject: `${BUILD}[dependency-groups]\n${lines(count, i => `g${i} = [{include-group = "g${i + 1}"}]\n`).join('')}`,
    },
  }),
  'groups in another spelling': count => ({
    sdist: { pyproject: `${BUILD}[dependency-groups]\n${lines(count, i => `G_${i} = []\n`).join('')}` },
  }),
  'extras in another spelling': count => ({
    sdist: {
      pyproject: `${BUILD}[project]\nname = "demo"\nversion = "1.0"\n[project.optional-dependencies]\n${lines(count, i => `E_${i} = []\n`).join('')}`,
    },
  }),
  'packages that are not there': count => ({
    sdist: {
      pyproject: `${BUILD}[project]\nname = "demo"\nversion = "1.0"\n[tool.setuptools]\npackages = [${lines(count, i => `"p${i}.q"`)}]\n`,
      files: Object.fromEntries(lines(count, i => `{top}/p${i}/__init__.py`).map(path => [path, ''])),
    },
  }),
  'packages of scikit-build-core': count => ({
    sdist: {
      pyproject: `[build-system]\nrequires = ["scikit-build-core"]\nbuild-backend = "scikit_build_core.build"\n[tool.scikit-build]\nwheel.packages = [${lines(count, i => `"p${i}.q"`)}]\n`,
      files: Object.fromEntries(lines(count, i => `{top}/a${i}.c`).map(path => [path, ''])),
    },
  }),
  'extras of Poetry': count => ({
    sdist: {
      pyproject: `[build-system]\nrequires = ["poetry-core"]\nbuild-backend = "poetry.core.masonry.api"\n[tool.poetry]\nname = "demo"\nversion = "1.0"\n[tool.poetry.dependencies]\n${lines(count, i => `d${i} = "*"\n`).join('')}[tool.poetry.extras]\n${lines(count, i => `e${i} = ["g${i}"]\n`).join('')}`,
    },
  }),
  'tables of pyproject.toml': count => ({
    sdist: { pyproject: BUILD + lines(count, i => `[tool.t${i}]\na.b.c = ${i}\n`).join('') },
  }),
  'folders in one another': count => ({
    sdist: {
      files: Object.fromEntries(
        lines(Math.ceil(count / 100), i => `{top}/${i}/${'d/'.repeat(1000)}x`).map(path => [path, '']),
      ),
    },
  }),
  'long names': count => ({
    wheel: {
      files: Object.fromEntries(
        lines(Math.ceil(count / 50), i => `demo${i}${'.cp'.repeat(1000)}`).map(path => [path, '']),
      ),
    },
  }),
  'names of models': count => ({
    wheel: {
      files: Object.fromEntries(
        lines(Math.ceil(count / 50), i => `demo/${i}${'model'.repeat(600)}.pth`).map(path => [path, '']),
      ),
    },
  }),
  leftovers: count => ({
    wheel: { files: Object.fromEntries(lines(count, i => `demo/.git/a${i}.orig`).map(path => [path, ''])) },
  }),
  secrets: count => ({
    wheel: { files: Object.fromEntries(lines(count, i => `demo/${i}/.env`).map(path => [path, 'API_KEY=abcdefgh\n'])) },
  }),
  'path files': count => ({
    wheel: { files: Object.fromEntries(lines(count, i => `a${i}.pth`).map(path => [path, `${path}\nimport os\n`])) },
  }),
}

export const GROWING: readonly Growing[] = [
  ...LONG_RUNS,
  ...DEEP,
  ...Object.entries(MANY).map(([name, at]) => ({
    name: `many ${name}`,
    most: 8000,
    make: (count: number) => buildAt(at(count)),
  })),
]

/** Milliseconds of the processor that the whole audit takes: the least of some tries, since others are busy too. */
async function costOf(built: Built, tries: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let i = 0; i < tries; i++) {
    const before = process.cpuUsage()
    const { internalErrors } = await auditFiles([built], RULES, { seconds: 120 })
    if (internalErrors) throw new Error(internalErrors.map(({ rule, message }) => `${rule}: ${message}`).join('; '))
    const { user, system } = process.cpuUsage(before)
    least = Math.min(least, (user + system) / 1000)
  }
  return least
}

/** What is not worth a second look: as much as a sound file of this size takes on a slow machine. */
const QUICK = 1000
/** Times four in size: 4 when linear, 4.4 for n log n, 16 when quadratic. */
const MOST_GROWTH = 8

/** Why the time for a file grows too fast, or undefined. */
export async function growthFault(one: Growing, cost = costOf): Promise<string | undefined> {
  const fault = await grownTooFast(one, cost)
  // A busy machine can make it look so once.
  return fault && (await grownTooFast(one, cost))
}

async function grownTooFast({ name, most, make }: Growing, cost: typeof costOf): Promise<string | undefined> {
  const whole = await make(most)
  if ((await cost(whole, 1)) < QUICK || (await cost(whole, 2)) < QUICK) return undefined
  const empty = await cost(await make(4), 3)
  const [quarter, half, all] = [
    await cost(await make(most / 4), 3),
    await cost(await make(most / 2), 3),
    await cost(whole, 2),
  ]
  const [a, b, c] = [quarter, half, all].map(one => Math.max(1, one - empty)) as [number, number, number]
  if (c / a <= MOST_GROWTH) return undefined
  return `${name}: ${a.toFixed(0)}, ${b.toFixed(0)}, ${c.toFixed(0)} ms for ${most / 4}, ${most / 2}, ${most}`
}
