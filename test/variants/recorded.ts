import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** What variantlib 0.2.2 said: `npm run variants -- --record`. */
export const RECORDED = fileURLToPath(new URL('variantlib-answers.json', import.meta.url))
/** Wheels and the index-level file that it made. */
export const WHEELS = fileURLToPath(new URL('variantlib/', import.meta.url))

/** `profile: fault` → class of the error, or null where it reads the document. */
export function recordedAnswers(): Readonly<Record<string, string | null>> {
  return (JSON.parse(readFileSync(RECORDED, 'utf8')) as { answers: Record<string, string | null> }).answers
}
