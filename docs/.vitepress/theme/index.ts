/// <reference types="vite/client" />
// Without fonts: the site uses those of the reader's system.
export { default } from 'vitepress/theme-without-fonts';
import './colours.css';
