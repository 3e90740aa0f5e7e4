/** `tsx scripts/data/check-license-fingerprints.ts [DIR]`: every text of the SPDX list, in every disguise, must give its own id. */
import { matcher } from '../../src/licenses/matcher.js'
import { shingles } from '../../src/licenses/shingles.js'
import { DISGUISES } from '../../test/licenses/disguise.js'
import { fetchTemplates, templates } from './license-fingerprints.js'

const texts = templates(process.argv[2] ?? fetchTemplates())
let wrong = 0
for (const [name, disguise] of Object.entries(DISGUISES))
  for (const [id, text] of texts) {
    const [best] = matcher(shingles(disguise(text)))
    if (best?.ids.includes(id)) continue
    wrong++
    console.error(`${id} ${name}: ${best ? best.ids.join(' or ') : 'nothing'}`)
  }
console.log(`${texts.size} texts in ${Object.keys(DISGUISES).length} forms: ${wrong} wrong`)
if (wrong > 0) process.exitCode = 1
