import { CLEAN, type Fields, STYLES, type Style } from './projects.js'

/** A mistake in a sample project, and the same project once the advice was followed. */
export interface AdviceCase {
  /** The rule that finds it. */
  readonly rule: string
  readonly bad: Partial<Fields>
  /** Default: the project without a mistake. */
  readonly good?: Partial<Fields> | undefined
  /** Where the mistake can be made; default everywhere. */
  readonly styles?: readonly Style[] | undefined
  /** What some styles need instead. */
  readonly goodIn?: Partial<Record<Style, Partial<Fields>>> | undefined
}

const PYTHON = 'Programming Language :: Python :: 3'
const MIT = 'License :: OSI Approved :: MIT License'
/** Poetry writes no License-Expression for its own table. */
const NOT_CLASSIC = STYLES.filter(style => style !== 'poetry-classic')
const SETUP_FILES: readonly Style[] = ['setup.py', 'setup.cfg']
const WITH_PROJECT = {
  'poetry-classic': {
    license: undefined,
    oldLicense: undefined,
    project: ['name = "tidemark"', 'version = "1.4.0"', 'license = "MIT"'],
  },
} as const
const script = (value: string) => ({ scripts: { tide: value } })
const GOOD_SCRIPT = script('tidemark.cli:main')

const FIELD_CASES: readonly AdviceCase[] = [
  { rule: 'requires-python-missing', bad: { requiresPython: undefined } },
  { rule: 'requires-python-upper-bound', bad: { requiresPython: '>=3.10,<4' } },
  { rule: 'requires-python-invalid', bad: { requiresPython: '>=3.10.*' } },
  { rule: 'requires-python-exact', bad: { requiresPython: '==3.12.*' } },
  { rule: 'requires-python-exclusive-minor', bad: { requiresPython: '>3.9' } },
  {
    rule: 'requires-python-le-minor',
    bad: { requiresPython: '>=3.10,<=3.12' },
    good: { requiresPython: '>=3.10,<3.13' },
  },
  { rule: 'requires-python-patch-floor', bad: { requiresPython: '>=3.10.4' } },
  { rule: 'requires-python-no-floor', bad: { requiresPython: '!=3.10.0' } },
  { rule: 'requires-python-vs-classifiers', bad: { classifiers: ['Programming Language :: Python :: 3.8'] } },
  { rule: 'classifier-unknown', bad: { classifiers: ['Programming Language :: Python3'] } },
  {
    rule: 'classifier-deprecated',
    bad: { classifiers: [PYTHON, 'Natural Language :: Ukranian'] },
    good: { classifiers: [PYTHON, 'Natural Language :: Ukrainian'] },
  },
  { rule: 'classifier-duplicate', bad: { classifiers: [PYTHON, PYTHON] } },
  { rule: 'classifier-private', bad: { classifiers: [PYTHON, 'Private :: Do Not Upload'] } },
  {
    rule: 'license-field-deprecated',
    bad: { license: undefined, oldLicense: 'MIT', classifiers: [PYTHON, MIT] },
    goodIn: WITH_PROJECT,
  },
  {
    rule: 'license-field-deprecated',
    bad: { license: undefined, oldLicense: 'BSD' },
    good: { license: 'MIT' },
    goodIn: WITH_PROJECT,
  },
  { rule: 'license-classifier-only', bad: { license: undefined, classifiers: [PYTHON, MIT] }, goodIn: WITH_PROJECT },
  { rule: 'license-expression-with-classifier', bad: { classifiers: [PYTHON, MIT] }, styles: NOT_CLASSIC },
  { rule: 'license-missing', bad: { license: undefined }, goodIn: WITH_PROJECT },
  {
    rule: 'license-field-vs-classifiers',
    bad: { license: undefined, oldLicense: 'MIT', classifiers: [PYTHON, 'License :: OSI Approved :: BSD License'] },
    goodIn: WITH_PROJECT,
  },
  { rule: 'license-expression-invalid', bad: { license: 'MIT License' }, styles: NOT_CLASSIC },
  {
    rule: 'license-expression-deprecated-id',
    bad: { license: 'GPL-3.0' },
    good: { license: 'GPL-3.0-only' },
    styles: NOT_CLASSIC,
  },
  { rule: 'license-expression-not-canonical', bad: { license: 'mit' }, styles: NOT_CLASSIC },
  { rule: 'summary-missing', bad: { summary: undefined } },
  { rule: 'summary-too-long', bad: { summary: 'Reads tide tables. '.repeat(30).trim() } },
  {
    rule: 'keywords-separated-by-spaces',
    bad: { keywords: ['tides tables harbor'] },
    good: { keywords: ['tides', 'tables', 'harbor'] },
  },
  { rule: 'author-missing', bad: { author: undefined, email: undefined }, good: { email: undefined } },
  {
    rule: 'maintainer-same-as-author',
    bad: { maintainer: 'Ada Moreau', email: undefined },
    good: { email: undefined },
  },
  { rule: 'author-contains-email', bad: { author: 'Ada Moreau <ada@tidemark.dev>', email: undefined } },
  { rule: 'email-invalid', bad: { email: 'ada at tidemark' } },
  { rule: 'project-url-missing', bad: { urls: undefined } },
  {
    rule: 'project-url-label-too-long',
    bad: { urls: { 'The place where the source of this project is kept': 'https://github.com/tidemark/tidemark' } },
  },
  { rule: 'url-invalid', bad: { urls: { Source: 'github.com/tidemark/tidemark' } } },
  { rule: 'field-deprecated', bad: { homepage: 'https://tidemark.dev', urls: undefined }, styles: SETUP_FILES },
  { rule: 'description-missing', bad: { readme: undefined } },
  {
    rule: 'description-content-type-invalid',
    bad: { readmeType: 'text/md' },
    good: { readmeType: 'text/markdown' },
    styles: NOT_CLASSIC,
  },
  { rule: 'requirement-invalid', bad: { dependencies: ['attrs>>23'] }, good: { dependencies: ['attrs>=23'] } },
  { rule: 'requirement-backport', bad: { dependencies: ['dataclasses'] }, good: { dependencies: [] } },
  {
    rule: 'extra-not-normalized',
    bad: { extras: { Dev_Tools: ['attrs>=23'] } },
    good: { extras: { 'dev-tools': ['attrs>=23'] } },
  },
  {
    rule: 'extra-invalid',
    bad: { extras: { 'dev tools': ['attrs>=23'] } },
    good: { extras: { 'dev-tools': ['attrs>=23'] } },
  },
  { rule: 'entry-point-module-missing', bad: script('tidemark.commands:main'), good: GOOD_SCRIPT },
  { rule: 'entry-point-object-missing', bad: script('tidemark.cli:run'), good: GOOD_SCRIPT },
  { rule: 'entry-point-script-no-callable', bad: script('tidemark.cli'), good: GOOD_SCRIPT },
  { rule: 'entry-point-value-invalid', bad: script('tidemark-cli:main'), good: GOOD_SCRIPT },
  {
    rule: 'entry-point-case-collision',
    bad: { scripts: { tide: 'tidemark.cli:main', Tide: 'tidemark.cli:main' } },
    good: GOOD_SCRIPT,
  },
  { rule: 'version-invalid', bad: { version: '1.4.x' } },
  { rule: 'version-not-normalized', bad: { version: '1.4.0-beta1' }, good: { version: '1.4.0b1' } },
  { rule: 'placeholder-value', bad: { author: 'Your Name' } },
  { rule: 'placeholder-value', bad: { summary: 'Add your description here' } },
  { rule: 'placeholder-value', bad: { urls: { Source: 'https://github.com/yourusername/tidemark' } } },
]

/** Mistakes that only `[project]` can have. */
const TABLE: readonly Style[] = ['setuptools', 'hatchling']
const GROUP = '[project.entry-points.console_scripts]'
const SYSTEM = 'build-backend = "hatchling.build"\n'
const inProject = (rule: string, bad: Partial<Fields>, good?: Partial<Fields>, styles = TABLE): AdviceCase => ({
  rule,
  bad,
  good,
  styles,
})

const PROJECT_CASES: readonly AdviceCase[] = [
  inProject('license-table-in-pyproject', { license: undefined, oldLicense: 'MIT', classifiers: [PYTHON, MIT] }, {}, [
    'setuptools',
    'hatchling',
    'flit',
    'poetry',
    'pdm',
    'uv',
  ]),
  inProject('license-table-in-pyproject', { license: undefined, project: ['license = { file = "LICENSE" }'] }, {}, [
    'hatchling',
    'flit',
    'pdm',
  ]),
  inProject('requirement-dev-tool', { dependencies: ['pytest>=8'] }, { dependencies: [] }),
  inProject('email-unquoted-comma', { author: 'Moreau, Ada' }, {}, ['hatchling', 'setup.py']),
  inProject('project-author-name-comma', { author: 'Moreau, Ada' }),
  inProject('project-author-email-invalid', { email: 'Ada <ada@tidemark.dev>' }),
  inProject('project-authors-invalid', { author: undefined, email: undefined, project: ['authors = ["Ada Moreau"]'] }),
  inProject('project-dependencies-invalid', { dependencies: ['attrs>>23'] }, { dependencies: ['attrs>=23'] }),
  inProject('project-description-multiline', { summary: 'Reads tide tables\nof every harbor' }),
  inProject('summary-multiline', { summary: 'Reads tide tables\nof every harbor' }, {}, ['setup.py']),
  inProject('project-dynamic-invalid', { project: ['dynamic = ["name"]'] }),
  inProject(
    'project-entry-points-console',
    { project: [GROUP, 'tide = "tidemark.cli:main"'], urls: undefined },
    GOOD_SCRIPT,
  ),
  inProject('project-entry-points-invalid', script('tidemark.cli main'), GOOD_SCRIPT),
  inProject(
    'project-entry-points-nested',
    { project: ['[project.entry-points.a.b]', 'tide = "tidemark.cli:main"'], urls: undefined },
    { project: ['[project.entry-points."a.b"]', 'tide = "tidemark.cli:main"'], urls: undefined },
  ),
  inProject('project-extra-invalid', { extras: { 'dev tools': ['attrs'] } }, { extras: { 'dev-tools': ['attrs'] } }),
  inProject(
    'project-extra-not-normalized',
    { extras: { Dev_Tools: ['attrs'] } },
    { extras: { 'dev-tools': ['attrs'] } },
  ),
  inProject('project-keywords-comma', { keywords: ['tides, tables'] }),
  inProject('project-license-invalid', { license: 'MIT License' }),
  inProject(
    'license-files-glob-invalid',
    { project: ['license-files = ["../LICENSE"]'] },
    { project: ['license-files = ["LICENSE"]'] },
  ),
  inProject('project-readme-content-type', { readmeType: 'text/md' }, { readmeType: 'text/markdown' }),
  inProject('project-readme-invalid', { readme: undefined, project: ['readme = { content-type = "text/markdown" }'] }),
  inProject('project-readme-suffix', { readme: 'README', files: { README: 'Tide tables\n', 'README.md': null } }),
  inProject('project-requires-python-invalid', { requiresPython: '>=3.10.*' }),
  inProject('build-system-requires-missing', { system: `[build-system]\n${SYSTEM}` }, {}, ['hatchling']),
  inProject('build-system-requires-invalid', { system: `[build-system]\nrequires = ["hatchling >="]\n${SYSTEM}` }, {}, [
    'hatchling',
  ]),
  inProject('build-system-missing', { system: '' }, {}, ['setuptools']),
  inProject(
    'wheel-in-build-requires',
    { system: '[build-system]\nrequires = ["setuptools>=77", "wheel"]\nbuild-backend = "setuptools.build_meta"\n' },
    {},
    ['setuptools'],
  ),
  inProject(
    'description-content-type-missing',
    { readme: 'README', files: { README: 'Tide tables\n', 'README.md': null } },
    {},
    ['poetry-classic', 'pdm'],
  ),
  inProject(
    'uv-build-unbounded',
    {},
    { system: '[build-system]\nrequires = ["uv_build>=0.9,<1"]\nbuild-backend = "uv_build"\n' },
    ['uv'],
  ),
  inProject(
    'build-backend-unknown',
    { system: '[build-system]\nrequires = ["setuptools>=77"]\nbuild-backend = "setuptools.build_metta"\n' },
    {},
    ['setuptools'],
  ),
  inProject(
    'build-backend-unknown',
    { system: '[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.builder"\n' },
    {},
    ['hatchling'],
  ),
]

const STATUS = 'Development Status :: '

/** Behind the others, since what was recorded is known by its number. */
const LATER_CASES: readonly AdviceCase[] = [
  {
    rule: 'development-status-multiple',
    bad: { classifiers: [PYTHON, `${STATUS}3 - Alpha`, `${STATUS}4 - Beta`] },
    good: { classifiers: [PYTHON, `${STATUS}4 - Beta`] },
  },
  inProject(
    'backend-key-unknown',
    { project: ['[tool.flit.sdist]', 'includes = ["README.md"]'], urls: undefined },
    { project: ['[tool.flit.sdist]', 'include = ["README.md"]'], urls: undefined },
    ['flit'],
  ),
  inProject('dynamic-key-unsupported', { project: ['dynamic = ["keywords"]'], keywords: undefined }, {}, [
    'setuptools',
    'flit',
    'uv',
  ]),
  { rule: 'poetry-constraint-invalid', bad: { requiresPython: '^3.x' }, styles: ['poetry-classic'] },
]

export const ADVICE_CASES: readonly AdviceCase[] = [...FIELD_CASES, ...PROJECT_CASES, ...LATER_CASES]

export const badProject = ({ bad }: AdviceCase): Fields => ({ ...CLEAN, ...bad })

export const goodProject = ({ good, goodIn }: AdviceCase, style: Style): Fields => ({
  ...CLEAN,
  ...good,
  ...goodIn?.[style],
})
