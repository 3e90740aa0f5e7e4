import { parentPort, workerData } from 'node:worker_threads'
import { RULES } from '../../rules/index.js'
import { auditPart } from '../audit.js'
import { chooseRules } from '../selection.js'
import { openTarget, type Target } from './files.js'
import type { Settings } from './pool.js'

/** A thread of the command: audits the files of one project after another. */
export function serve(): void {
  const { choice, limits } = workerData as Settings
  const selection = chooseRules(RULES, choice)
  parentPort?.on('message', (targets: readonly Target[]) => {
    const openers = targets.map(target => () => openTarget(target))
    void auditPart(openers, { selection, limits }).then(part => parentPort?.postMessage(part))
  })
}
