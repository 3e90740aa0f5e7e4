/**
 * Whether the text report is colored: `--color` decides, then FORCE_COLOR, NO_COLOR (when not empty), CLICOLOR_FORCE,
 * CLICOLOR=0, TERM=dumb, and at last whether the stream is a terminal.
 */
export function wantsColor(option: string | undefined, env: NodeJS.ProcessEnv, isTerminal: boolean): boolean {
  if (option === 'always') return true
  if (option === 'never') return false
  const force = env.FORCE_COLOR
  if (force !== undefined) return force !== '0' && force !== 'false'
  if (env.NO_COLOR) return false
  const cliForce = env.CLICOLOR_FORCE
  if (cliForce !== undefined && cliForce !== '0') return true
  if (env.CLICOLOR === '0' || env.TERM === 'dumb') return false
  return isTerminal
}
