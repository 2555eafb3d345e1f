/** The pages of those who answer for what is kept. */
export { CompliancePage } from './CompliancePage';
export { ErasePage } from './ErasePage';
export { HoldPage, LiftPage } from './HoldPage';
export { KeepUsesPage, ReleaseUsesPage } from './KeepUsesPage';
export { KeysPage } from './KeysPage';
export { RetentionPage } from './RetentionPage';
