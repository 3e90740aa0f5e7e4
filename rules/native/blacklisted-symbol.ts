import { fitOfTag } from '../../src/platform/platform.js'
import { policyOfTag } from '../../src/platform/policy.js'
import { quote, rule } from '../../src/rule.js'
import { nativeFinding, portableTags } from '../shared/native.js'

export default rule({
  id: 'blacklisted-symbol',
  topic: 'native',
  severity: 'error',
  applies: ['wheel'],
  enforcedBy: ['auditwheel'],
  force: 'none',
  source: 'auditwheel policies, blacklist',
  url: 'https://peps.python.org/pep-0600/',
  summary: 'A binary uses a symbol that the policy of its tag forbids.',
  why: 'Systems that the tag allows may have the library without that symbol.',
  fix: 'Link the library statically, or do not use its private symbols.',
  needs: ['native'],
  bad: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-blacklist' } },
  good: { wheel: { filename: 'demo-1.0-cp312-cp312-manylinux_2_17_x86_64.whl', make: 'elf-zlib' } },
  *check(wheel) {
    const seen = new Set<string>()
    for (const tag of portableTags(wheel)) {
      const fit = fitOfTag(wheel, tag)
      const policy = policyOfTag(tag)
      if (!fit || policy === undefined) continue
      for (const { file, library, symbol } of fit.forbidden(policy)) {
        if (seen.has(`${file.path} ${symbol}`)) continue
        seen.add(`${file.path} ${symbol}`)
        yield nativeFinding(
          file,
          symbol,
          `${quote(file.path)} uses ${quote(symbol)} from ${quote(library)}, which not every system of ${tag.tag} provides.`,
        )
      }
    }
  },
})
