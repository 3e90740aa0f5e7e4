import type { DefaultTheme, Theme } from 'vitepress'
import DefaultThemeWithoutFonts from 'vitepress/theme-without-fonts'
import { sidebarOfRules, type TopicIds } from '../../rule-sidebar.ts'
import './style.css'

export default {
  extends: DefaultThemeWithoutFonts,
  enhanceApp({ siteData }) {
    const theme = siteData.value.themeConfig as DefaultTheme.Config & { readonly ruleTopics: readonly TopicIds[] }
    const sidebar = { ...sidebarOfRules(theme.ruleTopics), ...theme.sidebar }
    siteData.value = { ...siteData.value, themeConfig: { ...theme, sidebar } }
  },
} satisfies Theme
