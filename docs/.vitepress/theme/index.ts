/// <reference types="vite/client" />
import type { Theme } from 'vitepress';
// Without fonts: the site uses those of the reader's system.
import DefaultTheme from 'vitepress/theme-without-fonts';
import './colours.css';

// An object of its own: package.json says that modules have no side effects, so a mere re-export would lose the CSS.
export default { extends: DefaultTheme } satisfies Theme;
