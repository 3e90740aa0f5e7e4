import { finding, rule } from '../../src/rule.js'
import { tagPlace } from '../../src/views/tags.js'
import { plural } from '../../src/wording.js'

export default rule({
  id: 'wheel-tag-set-too-large',
  topic: 'filename',
  severity: 'warning',
  applies: ['wheel'],
  enforcedBy: [],
  force: 'none',
  source: 'Platform compatibility tags, "Compressed tag sets"',
  url: 'https://packaging.python.org/en/latest/specifications/platform-compatibility-tags/',
  summary: 'The tags in the file name expand to more than 1,000 combinations.',
  why: 'Installers check every combination, and some have a limit.',
  fix: 'Keep only the tags that the wheel needs.',

  bad: {
    wheel: {
      filename:
        'demo-1.0-cp320.cp321.cp322.cp323.cp324.cp325.cp326.cp327.cp328.cp329.cp330.cp331.cp332.cp333.cp334.cp335.cp336.cp337.cp338.cp339-abi0.abi1.abi2.abi3.abi4.abi5.abi6.abi7.abi8.abi9.abi10.abi11.abi12.abi13.abi14.abi15.abi16.abi17.abi18.abi19.abi20.abi21.abi22.abi23.abi24.abi25.abi26.abi27.abi28.abi29.abi30.abi31.abi32.abi33.abi34.abi35.abi36.abi37.abi38.abi39.abi40.abi41.abi42.abi43.abi44.abi45.abi46.abi47.abi48.abi49.abi50.abi51.abi52.abi53.abi54.abi55.abi56.abi57.abi58.abi59-any.whl',
    },
    alsoGives: ['filename-too-long'],
  },
  good: { wheel: {} },
  *check(wheel) {
    const { name } = wheel
    const size = name ? name.python.length * name.abi.length * name.platform.length : 0
    if (size > 1000)
      yield finding(tagPlace(wheel, 'tag'), `The tags expand to ${plural(size, 'combination')}.`, { subject: 'tags' })
  },
})
