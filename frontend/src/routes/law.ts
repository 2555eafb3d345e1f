/** The pages that show the rules: one part, since whoever reads one reads the next. */
export { LawItemPage } from './LawItemPage';
export { LawPage } from './LawPage';
export { LawPartPage } from './LawPartPage';
export { LawVersionPage } from './LawVersionPage';
