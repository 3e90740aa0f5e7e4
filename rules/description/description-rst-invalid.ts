import type { Metadata } from '../../src/distribution/metadata.js'
import type { Related } from '../../src/finding.js'
import { finding, quote, rule } from '../../src/rule.js'
import { contentType, descriptionPlace, readmePlace } from './_place.js'

const MAX_MORE = 10

export default rule({
  id: 'description-rst-invalid',
  topic: 'description',
  severity: 'error',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: ['pypi', 'twine'],
  force: 'none',
  source: 'PyPI, upload; readme_renderer 45.0 with docutils 0.23 as of 2026-08-21, halt level 2',
  url: 'https://packaging.python.org/en/latest/guides/making-a-pypi-friendly-readme/',
  summary: 'The description is not valid reStructuredText.',
  why: 'PyPI renders it with docutils and rejects the upload at the first warning. Sphinx directives and roles are not available there.',
  fix: 'Correct the README at that line, or if it is Markdown, set its content type to `text/markdown`.',
  pypiMessage:
    "The description failed to render for 'text/x-rst'. / The description failed to render in the default format of reStructuredText.",
  needs: ['rendering'],
  bad: [
    {
      wheel: {
        metadata: { 'Description-Content-Type': 'text/x-rst' },
        description: 'Demo\n====\n\nSee :py:func:`demo.read`.\n',
      },
    },
    {
      sdist: {
        metadata: {
          'Metadata-Version': '1.1',
          'License-Expression': null,
          'License-File': null,
          'Description-Content-Type': null,
        },
        description: 'Demo\n====\n\n.. automodule:: demo\n',
        files: { '{top}/README.rst': 'Demo\n====\n\n.. automodule:: demo\n' },
      },
      alsoGives: ['field-newer-than-version'],
    },
  ],
  good: {
    wheel: {
      metadata: { 'Description-Content-Type': 'text/x-rst' },
      description: 'Demo\n====\n\nReads demo files::\n\n    demo.read()\n\n.. code-block:: no-such-language\n\n    x\n',
    },
  },
  *check(dist) {
    const { metadata, rendering } = dist
    if (!metadata || rendering?.outcome !== 'failed') return
    const [first, ...more] = rendering.messages
    if (!first) return
    const type = contentType(metadata)
    const untyped =
      type === undefined ? ' Without a Description-Content-Type, the description is read as reStructuredText.' : ''
    const readme = readmePlace(dist, first.line, 'the same line in the README')
    const message = `docutils reports: ${quote(first.text.replace(/\.$/, ''))}.${untyped}${causeOf(metadata, rendering.okIfDedented)}`
    // What docutils names in double quotes.
    const named = /"([^"]+)"/.exec(first.text)?.[1]
    yield finding(descriptionPlace(metadata, first.line, named), message, {
      related: rendering.okIfDedented ? [] : related(metadata, readme, more),
      help: helpFor(rendering.okIfDedented === true && metadata.description?.from === 'header', readme?.member),
      subject: 'description',
    })
  },
})

const HEADER_HELP =
  'Build with a current version of the build backend, which writes the description as the body of the file.'

function causeOf(metadata: Metadata, okIfDedented: boolean | undefined): string {
  if (!okIfDedented) return ''
  return metadata.description?.from === 'header'
    ? ' The text itself is valid, but the build tool wrote it as an indented header, and twine 6.1 and later uploads it with that indentation.'
    : ' It is valid without the indentation that all lines after the first have.'
}

function helpFor(isHeader: boolean, readme: string | undefined): string | undefined {
  if (isHeader) return HEADER_HELP
  return readme?.toLowerCase().endsWith('.md')
    ? 'The README is Markdown: set its content type to `text/markdown`.'
    : undefined
}

/** Where it is in the README, and what docutils would have reported next. */
function related(
  metadata: Metadata,
  readme: Related | undefined,
  more: readonly { readonly line: number | undefined; readonly text: string }[],
): readonly Related[] {
  const others = more.slice(0, MAX_MORE).map(one => ({ ...descriptionPlace(metadata, one.line), message: one.text }))
  // In a source tree, the README is where the finding points already.
  const isElsewhere = readme && readme.member !== descriptionPlace(metadata, readme.line).member
  return isElsewhere ? [readme, ...others] : others
}
