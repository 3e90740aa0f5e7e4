/** `npm run new-rule -- TOPIC ID`: writes the file of a new rule with every field to fill in. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const [topic, id] = process.argv.slice(2)
if (!topic || !id || !/^[a-z]+(?:-[a-z]+)*$/.test(topic) || !/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id)) {
  console.error('npm run new-rule -- TOPIC ID: both in kebab case, as in `metadata summary-too-long`.')
  process.exit(2)
}
const folder = fileURLToPath(new URL(`../rules/${topic}/`, import.meta.url))
const file = `${folder}${id}.ts`
if (existsSync(file)) {
  console.error(`There is a rule ${topic}/${id} already.`)
  process.exit(2)
}
mkdirSync(folder, { recursive: true })
writeFileSync(
  file,
  `import { finding, quote, rule } from '../../src/rule.js'

export default rule({
  id: '${id}',
  topic: '${topic}',
  severity: 'warning',
  applies: ['wheel', 'sdist'],
  enforcedBy: [],
  force: 'SHOULD',
  source: 'Specification, "Section"',
  url: 'https://packaging.python.org/en/latest/specifications/',
  summary: 'One sentence: the fault.',
  why: 'What happens to whom.',
  fix: 'What to do.',
  status: 'preview',
  bad: { wheel: { metadata: { Summary: 'what is wrong' } } },
  good: { wheel: {} },
  *check({ metadata }) {
    for (const field of metadata?.all('Summary') ?? [])
      if (field.value === 'what is wrong') yield finding(field, \`Summary is \${quote(field.value)}; it must be something else.\`)
  },
})
`,
)
console.log(file)
