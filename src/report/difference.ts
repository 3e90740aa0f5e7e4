export { differenceHtml } from './difference-html.js'
export { differenceJson } from './difference-json.js'
export { differenceMarkdown } from './difference-markdown.js'
export { differenceText } from './difference-text.js'
