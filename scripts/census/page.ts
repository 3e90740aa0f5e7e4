import { sizeText, thousands } from '../../src/wording.js'
import { type Bar, barChart } from './chart.js'
import type { Waste } from './records.js'
import type { Census, Count, Share } from './take.js'

const WASTE_NAMES: Readonly<Record<Waste, string>> = {
  debug: 'debug data in binaries',
  caches: 'compiled Python files',
  objects: 'object files and .pdb files',
  leftovers: 'leftovers of editors and version control',
  tests: 'tests',
  duplicates: 'copies of other files of the wheel',
}

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)}%`

const countBars = (counts: readonly Count[]): readonly Bar[] =>
  counts.map(({ name, files }) => ({ label: name, value: files, text: thousands(files) }))
const errorBars = (shares: readonly Share[]): readonly Bar[] =>
  shares.map(({ name, files, withErrors }) => ({
    label: name,
    value: withErrors / files,
    text: percent(withErrors, files),
  }))

/** File name → chart. */
export function charts(census: Census): ReadonlyMap<string, string> {
  const { refusals, problems, backends, years, waste } = census
  return new Map([
    ['refusals.svg', barChart('Why PyPI would reject files, in files', countBars(refusals))],
    ['problems.svg', barChart('The commonest errors and warnings, in files', countBars(problems))],
    ['backends.svg', barChart('Files with an error, by build backend', errorBars(backends))],
    ['years.svg', barChart('Files with an error, by year', errorBars(years))],
    [
      'waste.svg',
      barChart(
        'Shipped for nothing, unpacked',
        waste.map(({ kind, bytes }) => ({ label: WASTE_NAMES[kind], value: bytes, text: sizeText(bytes) })),
      ),
    ],
  ])
}

const rule = (name: string) => `[${name}](rules/${name}.md)`
const countTable = (counts: readonly Count[]): string =>
  `| rule | files | projects |
|---|---|---|
${counts.map(({ name, files, projects }) => `| ${rule(name)} | ${thousands(files)} | ${thousands(projects)} |`).join('\n')}`
const shareTable = (what: string, shares: readonly Share[]): string =>
  `| ${what} | files | with an error | PyPI would reject | commonest error or warning |
|---|---|---|---|---|
${shares
  .map(
    ({ name, files, withErrors, refused, commonest }) =>
      `| ${name} | ${thousands(files)} | ${percent(withErrors, files)} | ${percent(refused, files)} | ${commonest === null ? '' : rule(commonest)} |`,
  )
  .join('\n')}`

/** docs/census.md */
export function page(census: Census): string {
  const { date, files, projects, wheels, refused, unimportable, waste, unpacked } = census
  const wasted = waste.reduce((total, { bytes }) => total + bytes, 0)
  return `# Census

Made by \`npm run census\` on ${date}; the numbers are in [census.json](census/census.json).

${thousands(files)} wheels and sdists of ${thousands(projects)} projects were downloaded from PyPI and audited: popular projects, the
middle, the long tail, and some that were chosen for their binaries or build tools. Several files of one release are in it. So it says
what such files look like, and is not a random sample of PyPI. PyPI accepted each of these files when it was uploaded; what it rejects has
changed since. An error is what distaudit calls one: a tool rejects the file, or it breaks for users.

## What PyPI would reject today

**${thousands(refused)} of ${thousands(files)} files (${percent(refused, files)}).** A file can have several reasons.

![Bar chart of the rules by which PyPI would reject files; the table below has the same numbers](census/refusals.svg)

${countTable(census.refusals)}

## The commonest problems

Errors and warnings, by the number of files.

![Bar chart of the commonest rules; the table below has the same numbers](census/problems.svg)

${countTable(census.problems)}

## By build backend

As the sdist of the release or the wheel's Generator says it. Backends with fewer than 20 files are left out.

![Bar chart of the share of files with an error by backend; the table below has the same numbers](census/backends.svg)

${shareTable('backend', census.backends)}

## By year

The year of the newest file inside. Builds that are reproducible have fixed dates and do not tell. Years with fewer than 20 files are
left out. The year is that of the build: the same project can be in several.

![Bar chart of the share of files with an error by year; the table below has the same numbers](census/years.svg)

${shareTable('year', census.years)}

## Wheels that cannot be imported

In **${thousands(unimportable.files)} of ${thousands(wheels)} wheels** something fails when it is imported on a machine that the wheel is
for: a module with a syntax error, a binary without its library, an import of a module that is not there. It need not be the module that users
import first.

${countTable(unimportable.rules)}

## Shipped for nothing

**${sizeText(wasted)} of ${sizeText(unpacked)}** that the wheels unpack to (${percent(wasted, unpacked)}). Each byte is counted once, in the
first row that fits. Some projects ship tests or copies on purpose.

![Bar chart of the bytes by kind; the table below has the same numbers](census/waste.svg)

| kind | unpacked | wheels |
|---|---|---|
${waste.map(({ kind, bytes, files: of }) => `| ${WASTE_NAMES[kind]} | ${sizeText(bytes)} | ${thousands(of)} |`).join('\n')}
`
}
