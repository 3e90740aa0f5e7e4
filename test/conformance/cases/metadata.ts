// Fields of the metadata.
import { type Case, described, meta, older, refuses, sdist, section, takes, wheel } from './case.js'

const field = (name: string, ...values: readonly string[]) => meta({ [name]: values })
const raw = (rawMetadata: string) => wheel({ rawMetadata })
const HEAD = 'Metadata-Version: 2.1\nName: demo\nVersion: 1.0\n'
const email = (value: string) => field('Author-email', value)
const requirement = (...values: readonly string[]) => field('Requires-Dist', ...values)

const placeholders = section('0 What the server drops', [
  ...['Summary', 'Home-page', 'Author-email', 'Keywords', 'Classifier', 'Download-URL', 'Platform', 'License-File'].map(
    name => takes(`${name}: UNKNOWN`, field(name, 'UNKNOWN')),
  ),
  takes('License: UNKNOWN beside License-Expression', field('License', 'UNKNOWN')),
  takes('UNKNOWN as the description', described('text/markdown', 'UNKNOWN\n')),
  refuses('Name: UNKNOWN', wheel({ name: 'UNKNOWN', filename: 'unknown-1.0-py3-none-any.whl' }), 'name-invalid'),
  refuses(
    'Description-Content-Type: UNKNOWN',
    field('Description-Content-Type', 'UNKNOWN'),
    'description-content-type-invalid',
  ),
  refuses('Requires-Python: UNKNOWN', field('Requires-Python', 'UNKNOWN'), 'requires-python-invalid'),
  refuses('Project-URL: UNKNOWN', field('Project-URL', 'UNKNOWN'), 'project-url-malformed'),
  refuses(
    'UNKNOWN before a classifier',
    field('Classifier', 'UNKNOWN', 'Programming Language :: Python'),
    'classifier-unknown',
  ),
  takes('a wrong classifier before UNKNOWN', field('Classifier', 'No Such :: Thing', 'UNKNOWN')),
  takes('NUL in the summary', field('Summary', 'a\u0000b')),
])

const versions = section('7 Metadata-Version', [
  ...['1.0', '1.1', '1.2', '2.1', '2.2', '2.3'].map(version => takes(version, older(version))),
  takes('2.4', wheel()),
  takes('2.5', field('Metadata-Version', '2.5')),
  refuses('2.0', older('2.0'), 'metadata-version-withdrawn'),
  refuses('1.3', older('1.3'), 'metadata-version-invalid'),
  refuses('2.6', field('Metadata-Version', '2.6'), 'metadata-version-unsupported-by-index'),
  refuses('2.7', field('Metadata-Version', '2.7'), 'metadata-version-too-new'),
  refuses('3.0', field('Metadata-Version', '3.0'), 'metadata-version-too-new'),
  refuses('none', meta({ 'Metadata-Version': null }), 'metadata-version-missing'),
  ...(
    [
      ['2.3', 'License-Expression', 'MIT'],
      ['2.1', 'Dynamic', 'Classifier'],
      ['1.2', 'Description-Content-Type', 'text/x-rst'],
      ['1.2', 'Provides-Extra', 'fast'],
      ['1.1', 'Requires-Dist', 'attrs'],
      ['1.1', 'Project-URL', 'Source, https://demo.dev'],
      ['1.1', 'Requires-Python', '>=3'],
      ['1.1', 'Maintainer', 'Ann'],
      ['1.0', 'Classifier', 'Programming Language :: Python'],
      ['1.0', 'Download-URL', 'https://demo.dev/x'],
      ['1.0', 'Requires', 'attrs'],
      ['1.0', 'Supported-Platform', 'linux'],
      ['2.4', 'Import-Name', 'demo'],
      ['2.4', 'Import-Namespace', 'demo'],
    ] as const
  ).map(([version, name, value]) =>
    refuses(`${name} in ${version}`, older(version, { [name]: value }), 'field-newer-than-version'),
  ),
  takes('License-File in 2.1, which twine drops', older('2.1', { 'License-File': 'LICENSE' })),
  takes('Import-Name in 2.5', meta({ 'Metadata-Version': '2.5', 'Import-Name': ['demo'] })),
  refuses(
    'an import name that is a keyword',
    meta({ 'Metadata-Version': '2.5', 'Import-Name': 'class' }),
    'import-name-invalid',
  ),
  refuses(
    'an import name with a hyphen',
    meta({ 'Metadata-Version': '2.5', 'Import-Name': 'de-mo' }),
    'import-name-invalid',
  ),
  takes('a private import name', meta({ 'Metadata-Version': '2.5', 'Import-Name': 'demo; private' })),
  refuses(
    'a public import name',
    meta({ 'Metadata-Version': '2.5', 'Import-Name': 'demo; public' }),
    'import-name-invalid',
  ),
])

const core = section('7 Name, Version, Summary', [
  refuses(
    'a character that no name has',
    wheel({ name: 'demo!', filename: 'demo-1.0-py3-none-any.whl' }),
    'name-invalid',
    'wheel-filename-metadata-mismatch',
  ),
  refuses('no name', meta({ Name: null }), 'name-invalid'),
  refuses('no version', meta({ Version: null }), 'version-invalid'),
  refuses('no PEP 440 version', meta({ Version: '1.0-SNAPSHOT' }), 'version-invalid'),
  refuses('a local version', wheel({ version: '1.0+local.1' }), 'version-local'),
  refuses('a local version in an sdist', sdist({ version: '1.0+local.1' }), 'version-local'),
  takes('512 characters', field('Summary', 'x'.repeat(512))),
  refuses('513 characters', field('Summary', 'x'.repeat(513)), 'summary-too-long'),
  takes('512 characters outside the BMP', field('Summary', '\u{1f600}'.repeat(512))),
  refuses('513 characters outside the BMP', field('Summary', '\u{1f600}'.repeat(513)), 'summary-too-long'),
  refuses('two lines', field('Summary', 'one\n  two'), 'summary-multiline'),
  takes('an empty summary', field('Summary', '')),
])

const types = section('7 Description-Content-Type', [
  takes('text/plain', described('text/plain', 'x')),
  takes('text/x-rst', described('text/x-rst', 'x')),
  takes('text/markdown; charset=UTF-8; variant=GFM', described('text/markdown; charset=UTF-8; variant=GFM', 'x')),
  takes('variant=CommonMark', described('text/markdown; variant=CommonMark', 'x')),
  takes('a quoted parameter', described('text/markdown; charset="UTF-8"', 'x')),
  takes('in capitals', described('Text/Markdown', 'x')),
  refuses('text/html', described('text/html', 'x'), 'description-content-type-invalid'),
  refuses('charset=utf-8', described('text/markdown; charset=utf-8', 'x'), 'description-content-type-invalid'),
  refuses('charset=latin1', described('text/plain; charset=latin1', 'x'), 'description-content-type-invalid'),
  refuses('variant=gfm', described('text/markdown; variant=gfm', 'x'), 'description-content-type-invalid'),
  takes('a variant of rst', described('text/x-rst; variant=GFM', 'x')),
  refuses('markdown', described('markdown', 'x'), 'description-content-type-invalid'),
  refuses('text/rst', described('text/rst', 'x'), 'description-content-type-invalid'),
])

const people = section('7 Email addresses', [
  takes('an address', email('ann@demo.dev')),
  takes('a name and an address', email('Ann Author <ann@demo.dev>')),
  takes('a wrong second one', email('ann@demo.dev, bob (at) demo')),
  takes('without a domain after the first', email('Ann <ann@demo.dev>, Bob <bob>')),
  takes('no address', email('""')),
  takes('a local part of 64', email(`${'a'.repeat(64)}@demo.dev`)),
  takes('a local part of 65', email(`${'a'.repeat(65)}@demo.dev`)),
  refuses('no dot in the domain', email('ann@localhost'), 'email-invalid'),
  refuses('no @', email('Ann <ann>'), 'email-invalid'),
  refuses('two dots', email('ann..b@demo.dev'), 'email-invalid'),
  refuses('a reserved domain', email('ann@demo.test'), 'email-invalid'),
  takes('example.com', email('ann@example.com')),
  takes('letters of another alphabet', email('jürgen@bücher.de')),
  refuses('a wrong Maintainer-email', field('Maintainer-email', 'bob'), 'email-invalid'),
  takes('a wrong Author, which is no address', field('Author', 'bob (at) demo')),
])

const classifiers = section('7 Classifiers', [
  refuses('unknown', field('Classifier', 'Programming Language :: Python3'), 'classifier-unknown'),
  refuses('another case', field('Classifier', 'Programming Language :: python'), 'classifier-unknown'),
  refuses('Private ::', field('Classifier', 'Private :: Do Not Upload'), 'classifier-private'),
  refuses('deprecated', field('Classifier', 'Natural Language :: Ukranian'), 'classifier-deprecated'),
  takes('twice', field('Classifier', 'Programming Language :: Python', 'Programming Language :: Python')),
  takes('License :: beside License-Expression', field('Classifier', 'License :: OSI Approved :: MIT License')),
])

const urls = section('7 URLs', [
  takes('http', field('Home-page', 'http://demo.dev')),
  takes('https:', field('Home-page', 'https:')),
  takes('an empty one', field('Home-page', '')),
  refuses('no scheme', field('Home-page', 'demo.dev'), 'url-invalid'),
  refuses('ftp', field('Home-page', 'ftp://demo.dev'), 'url-invalid'),
  refuses('git+https', field('Home-page', 'git+https://demo.dev'), 'url-invalid'),
  refuses('a wrong port', field('Home-page', 'https://demo.dev:99999/'), 'url-invalid'),
  takes('a space in the path', field('Home-page', 'https://demo.dev/a b')),
  takes('a space in the host', field('Home-page', 'https://de mo.dev/')),
  refuses('a wrong Download-URL', field('Download-URL', 'demo'), 'url-invalid'),
  takes('a label of 32', field('Project-URL', `${'x'.repeat(32)}, https://demo.dev`)),
  refuses('a label of 33', field('Project-URL', `${'x'.repeat(33)}, https://demo.dev`), 'project-url-label-too-long'),
  refuses('no label', field('Project-URL', ', https://demo.dev'), 'project-url-malformed'),
  refuses('no URL', field('Project-URL', 'Source,'), 'project-url-malformed'),
  refuses('no comma', field('Project-URL', 'https://demo.dev'), 'project-url-malformed'),
  refuses('a wrong URL', field('Project-URL', 'Source, demo.dev'), 'url-invalid'),
  refuses(
    'a label twice',
    field('Project-URL', 'Source, https://a.dev', 'Source, https://b.dev'),
    'project-url-label-duplicate',
  ),
  takes('labels of two cases', field('Project-URL', 'Source, https://a.dev', 'source, https://b.dev')),
])

const dependencies = section('7 Dependencies', [
  takes('requirements', requirement('attrs>=23', 'tomli; python_version < "3.11"')),
  refuses('no requirement', requirement('attrs =>23'), 'requirement-invalid'),
  refuses('a direct reference', requirement('attrs @ https://demo.dev/attrs.whl'), 'requirement-url'),
  refuses(
    'a direct reference of an extra',
    meta({ 'Provides-Extra': 'fast', 'Requires-Dist': 'attrs @ https://demo.dev/attrs.whl ; extra == "fast"' }),
    'requirement-url',
  ),
  refuses('a direct reference by file:', requirement('attrs @ file:///tmp/attrs.whl'), 'requirement-url'),
  takes('parentheses', requirement('attrs (>=23)')),
  refuses('Provides-Dist that is none', field('Provides-Dist', 'demo files'), 'legacy-dist-invalid'),
  refuses('Obsoletes-Dist that is none', field('Obsoletes-Dist', 'demo =>1'), 'legacy-dist-invalid'),
  refuses('Provides-Dist with a URL', field('Provides-Dist', 'demo @ https://demo.dev/a.whl'), 'legacy-dist-invalid'),
  takes('Provides-Dist', field('Provides-Dist', 'other (>=1)')),
  takes('Requires-External of any form', field('Requires-External', 'C; or something')),
  refuses('Requires-Python that is none', field('Requires-Python', '>=3.6.*'), 'requires-python-invalid'),
  takes('Requires-Python that nothing satisfies', field('Requires-Python', '>4,<3')),
  refuses('a wrong extra', field('Provides-Extra', 'fast[x]'), 'extra-invalid'),
  takes('an extra that is not normalized', field('Provides-Extra', 'Fast_One')),
])

const licences = section('7 Licences', [
  takes('an expression in other case', field('License-Expression', 'mit or apache-2.0')),
  takes('LicenseRef-', field('License-Expression', 'LicenseRef-Mine')),
  refuses('no SPDX expression', field('License-Expression', 'Apache 2.0'), 'license-expression-invalid'),
  refuses('an unknown id', field('License-Expression', 'Nonesuch-1.0'), 'license-expression-invalid'),
  refuses('License beside License-Expression', field('License', 'MIT'), 'license-conflict'),
  takes('an empty License beside License-Expression', field('License', '')),
  takes('License alone', meta({ 'License-Expression': null, License: 'MIT' })),
  refuses('License-File with ..', field('License-File', '../LICENSE'), 'license-file-path', 'license-file-missing'),
  refuses('an absolute License-File', field('License-File', '/LICENSE'), 'license-file-path', 'license-file-missing'),
  refuses('License-File with *', field('License-File', 'LICENS*'), 'license-file-path', 'license-file-missing'),
  refuses(
    'License-File with a backslash',
    field('License-File', 'a\\LICENSE'),
    'license-file-path',
    'license-file-missing',
  ),
])

const dynamic = section('7 Dynamic', [
  takes('a field', field('Dynamic', 'Classifier', 'requires-dist')),
  refuses('Name', field('Dynamic', 'Name'), 'dynamic-field-invalid'),
  refuses('Version', field('Dynamic', 'version'), 'dynamic-field-invalid'),
  refuses('Metadata-Version', field('Dynamic', 'metadata-version'), 'dynamic-field-invalid'),
  refuses('an unknown field', field('Dynamic', 'Nonesuch'), 'dynamic-field-invalid'),
  takes('Import-Name', field('Dynamic', 'Import-Name')),
  refuses('Dynamic itself', field('Dynamic', 'Dynamic'), 'dynamic-field-invalid'),
])

const twine = section('7 What twine refuses', [
  refuses('an unknown field', field('X-Note', 'a'), 'metadata-field-unknown'),
  refuses('a single field twice', field('Summary', 'a', 'b'), 'metadata-field-duplicated'),
  refuses('Latin-1', wheel({ make: 'latin1Author' }), 'metadata-encoding'),
  refuses('no Metadata-Version anywhere', raw('Name: demo\nVersion: 1.0\n'), 'metadata-version-missing'),
  refuses('an empty METADATA', raw(''), 'metadata-not-parseable'),
  takes('a description as a header', raw(`${HEAD}Description: One line\n`)),
  refuses(
    'a description as a header and as the body',
    raw(`${HEAD}Description: One line\n\nAnother\n`),
    'metadata-field-duplicated',
  ),
  refuses(
    'Content-Transfer-Encoding',
    field('Content-Transfer-Encoding', 'base64'),
    'metadata-mime-header',
    'metadata-encoding',
  ),
  takes('CR LF', raw(`${HEAD}Summary: x\n\ntext\n`.replaceAll('\n', '\r\n'))),
  refuses(
    'Metadata-Version in other case',
    raw('METADATA-VERSION: 2.1\nname: demo\nvErsion: 1.0\n'),
    'metadata-version-missing',
  ),
  takes('names of fields in other case', raw('Metadata-Version: 2.1\nNAME: demo\nvErsion: 1.0\n')),
  takes(
    'METADATA deeper in the wheel, which twine does not take',
    wheel({ files: { 'demo/vendor/x-1.dist-info/METADATA': 'Metadata-Version: 9.9\n' } }),
  ),
  refuses(
    'METADATA at the top, which twine takes',
    wheel({ files: { METADATA: 'Metadata-Version: 2.1\nName: other\nVersion: 1.0\n' } }),
    'metadata-elsewhere',
  ),
  refuses(
    'METADATA of a dist-info that comes first',
    wheel({ files: { 'acme-2.dist-info/METADATA': 'Metadata-Version: 2.1\nName: acme\nVersion: 2\n' } }),
    'metadata-elsewhere',
  ),
  takes(
    'METADATA of a dist-info that comes last',
    wheel({ files: { 'zope-2.dist-info/METADATA': 'Metadata-Version: 2.1\nName: zope\nVersion: 2\n' } }),
  ),
  takes('a METADATA at the top without Metadata-Version', wheel({ files: { METADATA: 'Name: other\n' } })),
])

export const cases: readonly Case[] = [
  ...placeholders,
  ...versions,
  ...core,
  ...types,
  ...people,
  ...classifiers,
  ...urls,
  ...dependencies,
  ...licences,
  ...dynamic,
  ...twine,
]
