/** The pages of those who keep the rules. */
export { ChangePage } from './ChangePage';
export { ProvidersPage } from './ProvidersPage';
export { RulesPage } from './RulesPage';
export { SettingsPage } from './SettingsPage';
export { RulesVersionPage } from './RulesVersionPage';
