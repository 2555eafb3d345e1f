/** The pages of Varsel's own accounts; they come together. */
export { AccountsPage } from './AccountsPage';
export { ConfirmEmailPage } from './ConfirmEmailPage';
export { WelcomePage } from './WelcomePage';
