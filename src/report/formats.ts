// What a page writes of a report, of files that are shown, and of a comparison.

export { differenceHtml, differenceJson } from './difference.js'
export { renderJson } from './json.js'
export { renderShow, SHOW_JSON_END, SHOW_JSON_START, showJson } from './show.js'
