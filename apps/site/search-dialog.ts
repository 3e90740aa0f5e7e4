/** The part of a Vite plugin that is used here: VitePress does not export Vite's types. */
interface SourcePlugin {
  readonly name: string
  readonly enforce: 'pre'
  transform(code: string, id: string): string | undefined
}

/**
 * VitePress's search is a button with a list of options that are links, which no screen reader can make sense of. Here it is a dialog
 * with a combobox, and the links themselves are its options.
 */
const CHANGES: readonly (readonly [from: string, to: string])[] = [
  [
    `role="button"
      :aria-owns="results?.length ? 'localsearch-list' : undefined"
      aria-expanded="true"
      aria-haspopup="listbox"
      aria-labelledby="localsearch-label"`,
    `role="dialog"
      aria-modal="true"
      :aria-label="buttonText"`,
  ],
  [
    `aria-autocomplete="both"`,
    `role="combobox"
            :aria-expanded="results?.length ? 'true' : 'false'"
            aria-autocomplete="list"`,
  ],
  // The label has a title and no text, which is not a name everywhere.
  [
    `aria-labelledby="localsearch-label"
            autocapitalize="off"`,
    `:aria-label="buttonText"
            autocapitalize="off"`,
  ],
  [`:aria-labelledby="results?.length ? 'localsearch-label' : undefined"`, `:aria-label="buttonText"`],
  // A search field may not be a combobox, and Chromium gives it a second button that clears it.
  [`type="search"`, `type="text"`],
  [
    `:id="'localsearch-item-' + index"
            :aria-selected="selectedIndex === index ? 'true' : 'false'"
            role="option"`,
    `role="none"`,
  ],
  [
    `:aria-label="[...p.titles, p.title].join(' > ')"`,
    `:id="'localsearch-item-' + index"
              :aria-selected="selectedIndex === index ? 'true' : 'false'"
              role="option"`,
  ],
  ...['navigateUp', 'navigateDown', 'select', 'close'].map(key => {
    const label = `:aria-label="translate('modal.footer.${key}KeyAriaLabel')"`
    return [`<kbd ${label}`, `<kbd role="img" ${label}`] as const
  }),
  [`<span class="title-icon">`, `<span class="title-icon" aria-hidden="true">`],
]

/** The source of VitePress's component with all changes; another VitePress needs another look at them. */
export function accessibleSearch(source: string): string {
  let changed = source
  for (const [from, to] of CHANGES) {
    if (changed.split(from).length !== 2) throw new Error(`VPLocalSearchBox.vue does not have once: ${from}`)
    changed = changed.replace(from, () => to)
  }
  return changed
}

export const searchDialog: SourcePlugin = {
  name: 'accessible-search',
  enforce: 'pre',
  transform: (code, id) => (id.endsWith('/VPLocalSearchBox.vue') ? accessibleSearch(code) : undefined),
}
