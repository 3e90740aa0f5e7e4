/** `npm run new-rule -- TOPIC ID`: writes the file of a new rule with every field to fill in. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { RULES } from '../rules/registry/index.js'
import { UsageError } from '../src/usage-error.js'
import { ruleFile, ruleFiles } from './generate-registry.js'
import { checkNewRule, ruleTemplate } from './rule-template.js'

process.chdir(fileURLToPath(new URL('../', import.meta.url)))

const [topic, id, ...more] = process.argv.slice(2)
try {
  if (topic === undefined || id === undefined || more.length > 0)
    throw new UsageError('npm run new-rule -- TOPIC ID, as in `npm run new-rule -- metadata summary-too-long`.')
  checkNewRule(topic, id, ruleFiles(), RULES)
  const file = ruleFile({ topic, id })
  // A topic may have no rule yet.
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, ruleTemplate(topic, id))
  console.log(file)
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(error.message)
  process.exitCode = 2
}
