/** The pages of one's own account; they come together. */
export { AccountPage } from './AccountPage';
export { BootstrapPage } from './BootstrapPage';
export { SignedInPage } from './SignedInPage';
export { RequestRightPage } from './RequestRightPage';
