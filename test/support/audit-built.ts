import { auditFiles } from '../../fixtures/audit.js'
import type { Finding, InternalError } from '../../src/finding.js'
import { allFindings } from '../../src/report/report.js'

export interface Audited {
  readonly findings: readonly Finding[]
  readonly errors: readonly InternalError[]
}

/** The findings of a report on files in memory, and the rules that threw. */
export async function auditBuilt(...args: Parameters<typeof auditFiles>): Promise<Audited> {
  const report = await auditFiles(...args)
  return { findings: [...allFindings(report)], errors: report.internalErrors ?? [] }
}
