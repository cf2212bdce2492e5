// without the fonts of the default theme: those of the reader's system
import theme from 'vitepress/theme-without-fonts'
import './style.css'

export default theme
