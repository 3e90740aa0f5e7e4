import { finding, rule } from '../../src/rule.js'
import { conflictIn } from '../../src/text/conflict.js'
import { splitLines } from '../../src/text/lines.js'
import { descriptionPlace, givenDescription } from './_place.js'

const CONFLICT = '# Demo\n\n<<<<<<< HEAD\nInstall it with pip.\n=======\nInstall it with uv.\n>>>>>>> main\n'

export default rule({
  id: 'description-conflict-markers',
  topic: 'description',
  severity: 'warning',
  applies: ['wheel', 'sdist', 'source-tree'],
  enforcedBy: [],
  force: 'none',
  source: 'Git, "Resolving conflicts"',
  url: 'https://git-scm.com/docs/git-merge#_how_conflicts_are_presented',
  summary: 'The description contains merge conflict markers.',
  why: "The project's page on PyPI shows both versions of the text and the markers.",
  fix: 'Resolve the merge conflict in the README and rebuild.',
  precision: 'high',
  bad: [{ wheel: { description: CONFLICT } }, { wheel: { description: `<pre>pip install demo</pre>\n\n${CONFLICT}` } }],
  good: [
    { wheel: { description: `# Demo\n\n\`\`\`\n${CONFLICT}\`\`\`\n` } },
    { wheel: { description: `Demo::\n\n    ${CONFLICT.replaceAll('\n', '\n    ')}\n` } },
  ],
  *check({ metadata }) {
    const text = givenDescription(metadata)?.text
    const line = text === undefined ? undefined : conflictIn(text)
    if (!metadata || text === undefined || line === undefined) return
    // What a fence surrounds shows how a conflict looks.
    const fences = splitLines(text)
      .slice(0, line)
      // Not where the same line has its end.
      .filter(
        one =>
          /^\s*(?:```(?!`*[^`]+```)|~~~|<pre\b|<\/pre\b)/.test(one) && !(/<pre\b/.test(one) && one.includes('</pre')),
      )
    if (fences.length % 2 === 1) return
    yield finding(descriptionPlace(metadata, line), 'The description contains merge conflict markers.')
  },
})
