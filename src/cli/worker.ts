import { parentPort, workerData } from 'node:worker_threads'
import { RULES } from '../../rules/registry/index.js'
import { auditPart } from '../audit.js'
import { chooseRules } from '../selection.js'
import { openTarget, type Target } from './files.js'
import type { Job, Settings } from './pool.js'

// A thread of the command: audits the files of one project after another.
const { choice, limits, tracked } = workerData as Settings
const selection = chooseRules(RULES, choice)
const open = (target: Target) => () => openTarget(target)
parentPort?.on('message', ({ targets, baseline }: Job) => {
  const work = auditPart(targets.map(open), { selection, limits, tracked }, baseline?.map(open))
  void work.then(part => parentPort?.postMessage(part))
})
