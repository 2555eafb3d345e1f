/** The pages of those who answer for what is kept. */
export { CompliancePage } from './CompliancePage';
export { HoldPage, LiftPage } from './HoldPage';
export { RetentionPage } from './RetentionPage';
